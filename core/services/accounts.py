"""Accounts: make, list, disable, enable and unlock them, set their passwords, give them another place."""

import re
from collections.abc import Mapping
from datetime import datetime

from core.auth import KIND_OF_ROLE, Actor, Permission, Role, require
from core.domain.units import Unit
from core.errors import ConflictError, InputError, NotFoundError
from core.services.passwords import check_new_password, hash_password, matches, random_password
from core.services.policies import policy_now, policy_of
from core.services.signing_in import hash_cost, normal_username
from core.store import accounts, sessions
from core.store.accounts import Account, NewAccount
from core.store.engine import Store
from core.store.rolls import unit_name, units
from core.store.unit_of_work import Reader, UnitOfWork

DEMONSTRATION_PASSWORD = "Anze-Demo-2025"  # noqa: S105 - said on the login page of a demonstration, nowhere else
DEMONSTRATION_ACCOUNTS: tuple[NewAccount, ...] = (
    NewAccount("office", "周明远", Role.OFFICE, "T00"),
    NewAccount("committee", "孟庆林", Role.COMMITTEE, "C06"),
    NewAccount("locality", "宋雅琴", Role.LOCALITY, "L02"),
    NewAccount("department", "高建业", Role.DEPARTMENT, "D01"),
    NewAccount("leader", "秦立新", Role.LEADER, "T00"),
    NewAccount("screen", "指挥大厅大屏", Role.SCREEN),
    NewAccount("admin", "郝思齐", Role.ADMIN, "T00"),
    NewAccount("auditor", "田文静", Role.AUDITOR, "T00"),
)
FIRST_ADMINISTRATOR = NewAccount("admin", "系统管理员", Role.ADMIN)
_USERNAME = re.compile(r"[\w.\-]{2,32}")
_NAME_LENGTH = 50
_IDENTITY_LENGTH = 200


def add_account(store: Store, actor: Actor, account: NewAccount, password: str, *, now: datetime) -> None:
    """Make an account that must change its password at first sign-in.

    Raises:
        InputError: a user name, name, role, unit or password that cannot be.
        ConflictError: the user name is taken.
    """
    require(actor, Permission.ACCOUNTS)
    clean = _cleaned(account)
    with store.reading() as reader:
        policy, cost = policy_of(reader), hash_cost(reader)
    check_new_password(password, clean.username, policy)
    password_hash = hash_password(password, cost)
    with store.unit_of_work(actor.username, now) as work:
        if accounts.find_account(work, clean.username):
            raise ConflictError(f"用户名“{clean.username}”已经有人使用。")
        _check_place(work, clean.role, clean.unit)
        _add(work, clean, password_hash, must_change=True)
        work.commit()


def list_accounts(store: Store, actor: Actor) -> list[Account]:
    """All accounts by user name."""
    require(actor, Permission.ACCOUNTS)
    with store.reading() as reader:
        return accounts.list_accounts(reader)


def disable(store: Store, actor: Actor, username: str, *, now: datetime) -> None:
    """Shut an account out at once, wherever it is signed in."""
    _switch(store, actor, username, active=False, now=now)


def enable(store: Store, actor: Actor, username: str, *, now: datetime) -> None:
    """Let an account in again."""
    _switch(store, actor, username, active=True, now=now)


def set_password(store: Store, actor: Actor, username: str, password: str, *, now: datetime) -> None:
    """Give an account another password, to be changed at the next sign-in; all its sessions end."""
    require(actor, Permission.ACCOUNTS)
    password_hash = new_hash(store, normal_username(username), password)
    with store.unit_of_work(actor.username, now) as work:
        account = _present(work, username)
        accounts.set_password(work, account.username, password_hash, must_change=True)
        work.change("account.password", account.username)
        work.commit()


def move(store: Store, actor: Actor, username: str, role: str, unit: str, *, now: datetime) -> None:
    """Give an account another role or unit; all its sessions end."""
    require(actor, Permission.ACCOUNTS)
    with store.unit_of_work(actor.username, now) as work:
        account = _present(work, username)
        wanted = _role(role)
        _check_place(work, wanted, unit)
        if wanted != account.role:
            _keep_an_administrator(work, account)
        accounts.set_place(work, account.username, wanted, unit)
        before = {"role": account.role, "unit": account.unit}
        after = {"role": str(wanted), "unit": unit}
        work.change("account.moved", account.username, detail={"before": before, "after": after})
        work.commit()


def bind(store: Store, actor: Actor, username: str, external_id: str, *, now: datetime) -> None:
    """Say by what name the office's identity provider knows an account (empty: by none); its sessions end.

    Raises:
        InputError: a name too long or with signs that no provider uses.
        ConflictError: another account is bound to it.
    """
    require(actor, Permission.ACCOUNTS)
    wanted = external_id.strip()
    if len(wanted) > _IDENTITY_LENGTH or not wanted.isprintable():
        raise InputError(f"单点登录标识最多 {_IDENTITY_LENGTH} 个字，不能有换行和控制字符。", "external_id")
    with store.unit_of_work(actor.username, now) as work:
        account = _present(work, username)
        other = accounts.find_by_external_id(work, wanted) if wanted else None
        if other and other.username != account.username:
            raise ConflictError(f"单点登录标识“{wanted}”已经绑定账号“{other.username}”。")
        accounts.set_external_id(work, account.username, wanted)
        before, after = {"external_id": account.external_id}, {"external_id": wanted}
        work.change("account.bound", account.username, detail={"before": before, "after": after})
        work.commit()


def unlock(store: Store, actor: Actor, username: str, *, now: datetime) -> None:
    """Forget the failed attempts of an account, so that it may try again at once."""
    require(actor, Permission.ACCOUNTS)
    with store.unit_of_work(actor.username, now) as work:
        account = _present(work, username)
        sessions.note_attempt(work, account.username, "", sessions.UNLOCKED)
        work.change("account.unlocked", account.username)
        work.commit()


def drop_second_factor(store: Store, actor: Actor, username: str, *, now: datetime) -> None:
    """Let an account in without one-time codes, for somebody who has lost the telephone."""
    require(actor, Permission.ACCOUNTS)
    with store.unit_of_work(actor.username, now) as work:
        account = _present(work, username)
        if not account.second_factor:
            raise ConflictError("这个账号没有启用动态验证码。")
        accounts.set_second_factor(work, account.username, "", 0)
        work.change("account.code_dropped", account.username, detail=_turned("second_factor", on=False))
        work.commit()


def new_hash(store: Store, username: str, password: str) -> str:
    """The hash of a password that the account may have next.

    Raises:
        InputError: it breaks a rule, or the account had it lately.
    """
    with store.reading() as reader:
        policy, cost = policy_of(reader), hash_cost(reader)
        past = accounts.last_hashes(reader, username, policy.remembered)
    check_new_password(password, username, policy)
    if any(matches(password, each) for each in past):
        raise InputError(f"不能使用最近{policy.remembered}次用过的密码。", "密码")
    return hash_password(password, cost)


def fresh_password(store: Store) -> str:
    """A random password that keeps the rules."""
    return random_password(policy_now(store))


def add_demonstration_accounts(work: UnitOfWork) -> None:
    """Make the accounts of the demonstration, one for each role, all with the same known password."""
    password_hash = hash_password(DEMONSTRATION_PASSWORD, hash_cost(work))
    for account in DEMONSTRATION_ACCOUNTS:
        _add(work, account, password_hash, must_change=False)


def add_first_administrator(work: UnitOfWork) -> str:
    """Make the first account of a real database and return its random password, to be shown once."""
    password = random_password()
    _add(work, FIRST_ADMINISTRATOR, hash_password(password, hash_cost(work)), must_change=True)
    return password


def workplace(store: Store, actor: Actor) -> str:
    """The name of the actor's unit; empty where the account has none."""
    if not actor.unit:
        return ""
    with store.reading() as reader:
        return unit_name(reader, actor.unit) or actor.unit


def _add(work: UnitOfWork, account: NewAccount, password_hash: str, *, must_change: bool) -> None:
    accounts.add_account(work, account, password_hash, must_change=must_change)
    after = {"name": account.name, "role": account.role, "unit": account.unit}
    work.change("account.added", account.username, detail={"after": after})


def _turned(name: str, *, on: bool) -> dict[str, dict[str, bool]]:
    return {"before": {name: not on}, "after": {name: on}}


def _switch(store: Store, actor: Actor, username: str, *, active: bool, now: datetime) -> None:
    require(actor, Permission.ACCOUNTS)
    with store.unit_of_work(actor.username, now) as work:
        account = _present(work, username)
        if account.active == active:
            return
        if not active:
            _keep_an_administrator(work, account)
        accounts.set_active(work, account.username, active=active)
        action = "account.enabled" if active else "account.disabled"
        work.change(action, account.username, detail=_turned("active", on=active))
        work.commit()


def _present(reader: Reader, username: str) -> Account:
    account = accounts.find_account(reader, normal_username(username))
    if account is None:
        raise NotFoundError(f"没有用户名为“{username}”的账号。")
    return account


def _keep_an_administrator(reader: Reader, account: Account) -> None:
    """Refuse to take away the last account that could repair the mistake."""
    keepers = [a.username for a in accounts.list_accounts(reader) if a.active and a.role == Role.ADMIN]
    if keepers == [account.username]:
        raise ConflictError("这是最后一个可用的系统管理员账号，不能停用或改为其他角色。")


def _cleaned(account: NewAccount) -> NewAccount:
    username, name = normal_username(account.username), account.name.strip()
    if not _USERNAME.fullmatch(username):
        raise InputError("用户名应为2至32个汉字、字母、数字、点、横线或下划线。", "用户名")
    if not 0 < len(name) <= _NAME_LENGTH:
        raise InputError(f"姓名应为1至{_NAME_LENGTH}个字。", "姓名")
    return NewAccount(username, name, _role(account.role), account.unit.strip())


def _role(text: str) -> Role:
    role = Role.parse(text)
    if role is None:
        raise InputError(f"“{text}”不是可用的角色。可用的角色：{'、'.join(r.label for r in Role)}。", "角色")
    return role


def _check_place(reader: Reader, role: str, unit: str) -> None:
    """A role that works for one unit needs a unit of its kind; any unit that is named must exist."""
    kind = KIND_OF_ROLE.get(Role.of(role))
    found = next((u for u in units(reader) if u.code == unit), None) if unit else None
    if unit and found is None:
        raise InputError(f"没有编码为“{unit}”的单位。", "单位")
    if kind is not None and (found is None or found.kind != kind):
        raise InputError(f"“{Role.of(role).label}”账号必须写明一个{kind.label}的编码。", "单位")


def _unit_names(reader: Reader) -> Mapping[str, str]:
    return {unit.code: unit.name for unit in units(reader)}


def places(store: Store, actor: Actor) -> list[Unit]:
    """The units an account can belong to, by name and code only."""
    require(actor, Permission.ACCOUNTS)
    with store.reading() as reader:
        return units(reader)
