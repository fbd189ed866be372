"""Read the journal of changes, in Chinese: who did what, when, to what and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from core.auth import Actor, Permission, Role, require
from core.domain.attachments import OwnerKind
from core.domain.before_after import Names, before_and_after
from core.domain.enterprises import Duty, Industry, Visit
from core.domain.findings import Risk
from core.domain.hazards import Deed, Level, Source
from core.domain.labels import Labelled
from core.domain.measures import Follow, ItemKind, Rung
from core.domain.one_matters import Chain
from core.domain.papers import PaperKind
from core.domain.units import UnitKind
from core.domain.zone_checklists import starting_checklist
from core.domain.zone_work import Deed as ZoneDeed
from core.domain.zone_work import ItemState
from core.domain.zones import Area
from core.services.catalogues import catalogues_of
from core.services.looking_up import vocabulary
from core.store.accounts import names_of_accounts
from core.store.catalogues import Stage
from core.store.engine import Store
from core.store.journal import Change, journal_page
from core.store.rolls import units, zones
from core.store.unit_of_work import Reader
from core.store.zone_work import own_items

ACTIONS: Mapping[str, str] = {
    "found": "建立数据库",
    "import": "导入文件",
    "record.entered": "录入记录",
    "record.corrected": "更正记录",
    "record.voided": "作废记录",
    "measure.issued": "发出督办",
    **{f"measure.{follow.value}": f"督办{follow.label}" for follow in Follow},
    "setting.changed": "调整设置",
    "obligation.adjusted": "调整事项设置",
    "catalogue.begun": "建立年度目录草稿",
    "catalogue.revised": "修改年度目录草稿",
    "catalogue.published": "发布年度目录",
    "catalogue.withdrawn": "撤回年度目录",
    "catalogue.discarded": "放弃年度目录草稿",
    "exemption.granted": "豁免",
    "exemption.lifted": "取消豁免",
    "unit.heavy_duty": "调整任务较重标记",
    "unit.added": "新增单位",
    "unit.changed": "修改单位",
    "unit.closed": "停用单位",
    "unit.merged": "合并单位",
    "unit.placed": "调整单位顺序",
    "leader.added": "新增领导",
    "leader.changed": "修改领导任职",
    "leader.removed": "移除领导",
    "member.added": "新增成员单位",
    "member.changed": "修改成员单位",
    "member.removed": "移除成员单位",
    "link.added": "新增“一件事”环节",
    "link.changed": "修改“一件事”环节",
    "link.removed": "取消“一件事”环节",
    "link.settled": "厘清“一件事”环节",
    "finding.added": "登记新业态",
    "finding.changed": "修改新业态",
    "finding.removed": "移除新业态",
    "key_period.changed": "调整重点时段",
    **{f"hazard.{deed.value}": f"隐患：{deed.label}" for deed in Deed},
    "enterprise.added": "登记企业",
    "enterprise.corrected": "更正企业",
    "enterprise.duties": "登记企业履责",
    "enterprise.duties_removed": "取消企业履责登记",
    "enterprise.checked": "登记四个必查",
    "town.kept": "登记乡镇街道",
    "town.counted": "登记乡镇力量",
    "inspectors.counted": "登记技术检查员",
    "zone.registered": "登记功能区",
    "zone.planned": "制定功能区方案",
    "zone.marked": "填报功能区清单",
    **{f"zone.{deed.value}": f"功能区{deed.label}" for deed in ZoneDeed},
    "zone.item_changed": "修改规范化清单",
    "zone.item_removed": "移除清单条目",
    "experience.entered": "录入经验做法",
    "experience.promoted": "推广经验做法",
    "attachment.added": "添加附件",
    "attachment.replaced": "替换附件",
    "attachment.removed": "移除附件",
    "attachment.mended": "修复附件内容",
    "account.added": "新增账号",
    "account.disabled": "停用账号",
    "account.enabled": "启用账号",
    "account.password": "重设密码",
    "account.moved": "调整角色或单位",
    "account.unlocked": "解除锁定",
    "account.bound": "绑定单点登录",
    "account.own_password": "修改本人密码",
    "account.codes_begun": "启用动态验证码",
    "account.code_dropped": "取消动态验证码",
    "wall.link_made": "新建大屏链接",
    "wall.link_revoked": "停用大屏链接",
    "wall.link_opened": "打开大屏链接",
    "calendar.link_made": "新建日历链接",
    "calendar.link_revoked": "停用日历链接",
    "calendar.link_opened": "读取日历链接",
    "reminder.rules": "调整提醒设置",
    "reminder.mail": "设置邮件服务器",
    "reminder.address_added": "新增提醒地址",
    "reminder.address_changed": "修改提醒地址",
    "reminder.address_removed": "移除提醒地址",
    "reminder.queued": "生成提醒",
    "reminder.copied": "人工转发提醒",
    "reminder.sent": "发送提醒",
    "reminder.failed": "提醒未送达",
    "session.accepted": "密码核对通过",
    "session.vouched": "单点登录核对通过",
    "session.began": "登录",
    "session.ended": "退出登录",
    "session.others_ended": "结束其他登录",
    "session.code_accepted": "动态验证码核对通过",
    "session.failed": "登录失败",
    "session.refused": "登录被拒（锁定或过于频繁）",
    "security.policy": "调整安全设置",
    "backup.made": "制作备份",
    "backup.taken": "下载备份",
    "backup.dropped": "清理旧备份",
    "backup.restored": "从备份恢复",
    "document.issued": "发出文书",
    "audit.refused": "越权被拒",
    "audit.exported": "导出",
    "audit.downloaded": "下载",
}


def _labels(*kinds: type[Labelled]) -> dict[str, str]:
    return {member.value: member.label for kind in kinds for member in kind}


_ENUMS: Names = {
    "role": _labels(Role),
    "deed": _labels(Deed),
    "zone_deed": _labels(ZoneDeed),
    "progress": _labels(ItemState),
    "area": _labels(Area),
    "step": _labels(Follow),
    "rung": _labels(Rung),
    "grade": _labels(Level),
    "source": _labels(Source),
    "kind": _labels(UnitKind, ItemKind, PaperKind),
    "owner_kind": _labels(OwnerKind),
    "stage": _labels(Stage),
    **dict.fromkeys(("duty", "found_true", "found_false"), _labels(Duty)),
    "chain": _labels(Chain),
    "risk": _labels(Risk),
    "industry": _labels(Industry),
    "visit": _labels(Visit),
}
"""What codes of each column are called."""


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of the journal as people read it; `at` is naive UTC."""

    change_id: int
    at: datetime
    person: str
    action: str
    subject: str
    reason: str
    address: str = ""
    succeeded: bool = True
    content: str = ""
    digest: str = ""


def read_journal(
    store: Store, actor: Actor, words: str = "", limit: int = 50, offset: int = 0
) -> tuple[list[Line], int]:
    """A page of the journal, newest first, and how many entries fit in all.

    Raises:
        ForbiddenError: the role may not read the journal.
    """
    require(actor, Permission.JOURNAL)
    with store.reading() as reader:
        changes, total = journal_page(reader, limit, offset, _codes(words))
        people = names_of_accounts(reader)
        catalogues = catalogues_of(reader)
        names = vocabulary(catalogues, {unit.code: unit.name for unit in units(reader)})
        of_zones = _names_of_zones(reader)
    titles = {each.code: each.title for year in sorted(catalogues) for each in catalogues[year].obligations}
    spoken = {**titles, **names.measures, **names.events, **names.units}
    by_column = {
        **_ENUMS,
        **of_zones,
        "": spoken,
        **dict.fromkeys(("entered_by", "person", "added_by"), people),
    }
    return [_line(change, people, spoken, by_column) for change in changes], total


def _names_of_zones(reader: Reader) -> Names:
    """What zones, their areas and the items of their checklists are called; one taken out had a name too."""
    items = {each.code: each.content for each in (*starting_checklist(), *own_items(reader))}
    named = {each.code: each.name for each in zones(reader)}
    areas = {f"{code}.{area.value}": f"{name} {area.label}" for code, name in named.items() for area in Area}
    return {"item": items, "zone": named, "owner_number": areas}


def _codes(words: str) -> str:
    """What a person types for an action is its Chinese name; the journal holds its code."""
    codes = {label: code for code, label in ACTIONS.items()}
    return " ".join(codes.get(word, word) for word in words.split())


def _line(change: Change, people: Mapping[str, str], spoken: Mapping[str, str], by_column: Names) -> Line:
    return Line(
        change.change_id,
        change.at,
        people.get(change.person, change.person),
        ACTIONS.get(change.action, change.action),
        " ".join(spoken.get(word, word) for word in change.subject.split(" ")),
        change.reason,
        change.address,
        change.succeeded,
        before_and_after(change.detail, by_column),
        change.digest,
    )
