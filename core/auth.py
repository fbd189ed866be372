"""Who may do what: roles, permissions and the one table of grants; nothing else compares a role."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from core.domain.labels import Labelled
from core.domain.units import UnitKind
from core.errors import ForbiddenError


class Role(Labelled):
    """The roles an account can have."""

    OFFICE = "office", "安委办"
    COMMITTEE = "committee", "专委会"
    LOCALITY = "locality", "属地"
    DEPARTMENT = "department", "部门"
    LEADER = "leader", "领导"
    SCREEN = "screen", "大屏"
    ADMIN = "admin", "系统管理员"
    AUDITOR = "auditor", "审计员"


class Permission(Labelled):
    """What can be done; whether to which units is the grant's reach."""

    SEE = "see", "查看业务数据"
    SEE_WALL = "see_wall", "查看大屏"
    ENTER = "enter", "录入"
    CORRECT = "correct", "更正和作废"
    EXCHANGE = "exchange", "导入和导出全部数据"
    SETTINGS = "settings", "调整事项设置"
    ACCOUNTS = "accounts", "管理账号"
    BACKUP = "backup", "备份和恢复"
    JOURNAL = "journal", "查看变更日志"
    HANDLE = "handle", "登记和办理隐患"
    CLOSE = "close", "隐患复查销号、挂牌和提级"
    MEASURE = "measure", "发出和办结督办"
    REPLY = "reply", "回复督办"
    WALL_LINKS = "wall_links", "管理大屏链接"
    CALENDAR_LINKS = "calendar_links", "管理日历链接"
    REMIND = "remind", "发送提醒"
    REPORT = "report", "生成和发出文书"
    PLAN_ZONE = "plan_zone", "制定功能区方案和自评"
    ACCEPT_ZONE = "accept_zone", "验收功能区"


class Reach(Labelled):
    """To which units a grant extends."""

    ALL = "all", "所有单位"
    KIND = "kind", "本类单位"
    OWN = "own", "本单位"


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who asks: the account's name, the person's name, the role and, for some roles, the unit."""

    username: str
    name: str
    role: Role
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Scope:
    """Which units' data a person may see: everything, one kind, or one unit; `nothing` sees none."""

    everything: bool = False
    kind: UnitKind | None = None
    unit: str = ""

    def covers(self, kind: UnitKind, unit: str) -> bool:
        """Tell whether a unit of this kind and code lies inside."""
        return self.everything or (bool(unit) and unit == self.unit) or (kind == self.kind)


P, R = Permission, Reach
GRANTS: Mapping[Role, Mapping[Permission, Reach]] = {
    Role.OFFICE: {
        P.SEE: R.ALL,
        P.SEE_WALL: R.ALL,
        P.ENTER: R.ALL,
        P.CORRECT: R.ALL,
        P.EXCHANGE: R.ALL,
        P.SETTINGS: R.ALL,
        P.JOURNAL: R.ALL,
        P.HANDLE: R.ALL,
        P.CLOSE: R.ALL,
        P.MEASURE: R.ALL,
        P.REPLY: R.ALL,
        P.WALL_LINKS: R.ALL,
        P.CALENDAR_LINKS: R.ALL,
        P.REMIND: R.ALL,
        P.REPORT: R.ALL,
        P.PLAN_ZONE: R.ALL,
        P.ACCEPT_ZONE: R.ALL,
    },
    Role.COMMITTEE: {
        P.SEE: R.KIND,
        P.ENTER: R.OWN,
        P.CORRECT: R.OWN,
        P.HANDLE: R.OWN,
        P.REPLY: R.OWN,
        P.CALENDAR_LINKS: R.OWN,
    },
    Role.LOCALITY: {
        P.SEE: R.KIND,
        P.ENTER: R.OWN,
        P.CORRECT: R.OWN,
        P.HANDLE: R.OWN,
        P.REPLY: R.OWN,
        P.CALENDAR_LINKS: R.OWN,
        P.PLAN_ZONE: R.OWN,
    },
    Role.DEPARTMENT: {
        P.SEE: R.OWN,
        P.ENTER: R.OWN,
        P.CORRECT: R.OWN,
        P.HANDLE: R.OWN,
        P.REPLY: R.OWN,
        P.CALENDAR_LINKS: R.OWN,
    },
    Role.LEADER: {P.SEE: R.ALL, P.SEE_WALL: R.ALL},
    Role.SCREEN: {P.SEE_WALL: R.ALL},
    Role.ADMIN: {P.ACCOUNTS: R.ALL, P.BACKUP: R.ALL},
    Role.AUDITOR: {P.JOURNAL: R.ALL},
}
KIND_OF_ROLE = {
    Role.COMMITTEE: UnitKind.COMMITTEE,
    Role.LOCALITY: UnitKind.LOCALITY,
    Role.DEPARTMENT: UnitKind.DEPARTMENT,
}
OPERATOR = Actor("命令行", "命令行", Role.OFFICE)
"""Whoever holds the machine and its database file: the command line acts with the office's rights."""
KEEPER = Actor("命令行", "命令行", Role.ADMIN)
"""The same person, where accounts and backups are concerned."""


RefusalListener = Callable[[Actor, Permission, str | None], None]
_LISTENERS: list[RefusalListener] = []


def on_refusal(listener: RefusalListener) -> None:
    """Have the one listener of this process told of every refusal, before the person is."""
    _LISTENERS[:] = [listener]


def may(actor: Actor, permission: Permission, unit: str | None = None) -> bool:
    """Tell whether the actor may do this, and to this unit where one is named."""
    reach = GRANTS[Role.of(actor.role)].get(permission)
    if reach is None:
        return False
    return unit is None or reach == Reach.ALL or (bool(unit) and unit == actor.unit)


def require(actor: Actor, permission: Permission, unit: str | None = None) -> None:
    """Refuse what the actor may not do.

    Raises:
        ForbiddenError: with a sentence that names the role and what it lacks.
    """
    if may(actor, permission, unit):
        return
    for listener in _LISTENERS:
        listener(actor, permission, unit)
    if unit is not None and may(actor, permission):
        raise ForbiddenError(f"您只能为本单位办理“{permission.label}”，不能操作其他单位的数据。")
    raise ForbiddenError(f"“{Role.of(actor.role).label}”账号没有“{permission.label}”的权限。")


def scope_of(actor: Actor) -> Scope:
    """The units whose data the actor may see.

    Raises:
        ForbiddenError: the role sees no business data.
    """
    require(actor, Permission.SEE)
    reach = GRANTS[Role.of(actor.role)][Permission.SEE]
    if reach == Reach.ALL:
        return Scope(everything=True)
    return Scope(kind=KIND_OF_ROLE.get(actor.role) if reach == Reach.KIND else None, unit=actor.unit)
