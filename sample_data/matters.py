"""Committees' members, “一件事” links and what surveys of new businesses found, with gaps left on purpose.

Departments are real kinds, the links' answers and every liaison officer are invented.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from cast import units
from dice import Dice
from records import Record

MEMBER_COLUMNS = ("committee", "member", "office", "liaison", "phone", "from", "until")
LINK_COLUMNS = ("chain", "name", "department", "order", "settled_on", "document")
FINDING_COLUMNS = (
    *("surveyed_by", "surveyed_on", "survey", "name", "found_on"),
    *("risk", "department", "settled_on", "note"),
)

_OFFICES = ("安全科", "办公室", "行业管理科", "法规科", "综合科")
_SURNAMES = "孔颜曾冉仲端木公冶宰言"
_GIVEN = ("润泽", "明谦", "怀远", "以恒", "书宁", "可立", "景行", "若谷", "思齐", "望舒")
# Who answers for which link: code of the link, department or nobody, and how far the office has got with it.
_LINKS = {
    "gas": ("D04", "D06", "D03", "D04", "D04", "D06", "D04"),
    "hot_work": ("D01", "D01", "D05", "D05", "D11", ""),
    "bicycles": ("D06", "D06", "D02", "D05", "", "D02", "D11"),
    "charging": ("D12", "D06", "D04", "D12", "D12", "D05"),
    "insulation": ("D07", "D06", "D04", "D04", "D04", ""),
    "grassroots": ("D01", "D05", "D05", "D04", "D04", ""),
}
# The links as the program begins with them, in their order.
_NAMES = {
    "gas": ("生产储配", "充装", "运输配送", "销售经营", "用户使用", "燃气具和配件", "管网建设维护"),
    "hot_work": ("作业单位管理", "作业人员资格", "审批报备", "现场监护", "场所日常管理", "违规处置"),
    "bicycles": ("生产", "销售", "登记上牌", "停放充电", "维修改装", "路面通行", "报废回收"),
    "charging": ("规划布局", "产品质量", "施工验收", "运营维护", "供电保障", "消防管理"),
    "insulation": ("生产", "流通销售", "设计审查", "施工使用", "竣工验收", "存量整治"),
    "grassroots": ("乡镇街道", "村居社区", "九小场所", "居民住宅", "物业服务", "微型消防站"),
}
_SETTLED = {"gas": 6, "hot_work": 1, "bicycles": 4, "charging": 4, "insulation": 2, "grassroots": 2}
_NUMBER = "泰安办函〔2025〕{}号"
_AWAY = ("high", "general", "general", "low")


def members() -> Iterator[tuple[object, ...]]:
    """Each committee's lead department and three to five others; here and there nobody is named yet."""
    departments = [unit.code for unit in units() if unit.kind == "department"]
    for unit in units():
        if unit.kind != "committee":
            continue
        dice = Dice("members", unit.code)
        others = [code for code in departments if code != unit.lead_unit and dice.chance(0.35)][:5]
        for code in (unit.lead_unit, *others):
            yield _member(unit.code, code)


def _member(committee: str, department: str) -> tuple[object, ...]:
    dice = Dice("member", committee, department)
    office = dice.pick(_OFFICES) if dice.chance(0.95) else ""
    named = office and dice.chance(0.85)
    liaison = dice.pick(_SURNAMES) + dice.pick(_GIVEN) if named else ""
    phone = f"0538-{dice.between(6000000, 6999999)}" if liaison else ""
    return (committee, department, office, liaison, phone, "2025-01-01", "")


def links() -> Iterator[tuple[object, ...]]:
    """Every link with its department; the first ones of each chain are clear, some nobody answers for."""
    number = 10
    for chain, departments in _LINKS.items():
        day = date(2025, 2, 10) + timedelta(days=Dice("chain", chain).between(0, 60))
        for place, department in enumerate(departments, start=1):
            clear = department and place <= _SETTLED[chain]
            number += bool(clear)
            document = _NUMBER.format(number) if clear else ""
            settled = (day + timedelta(days=7 * place)).isoformat() if clear else ""
            yield (chain, _NAMES[chain][place - 1], department, place * 10, settled, document)


def findings(records: Iterable[Record]) -> Iterator[tuple[object, ...]]:
    """What each survey found: the business its title names; the later ones are not all settled."""
    for record in records:
        if record.event == "new_business_survey" and "（" in record.title:
            yield _finding(record)


def _finding(record: Record) -> tuple[object, ...]:
    name = record.title.partition("（")[2].rstrip("）")
    dice = Dice("finding", record.unit, record.title)
    department = record.unit if dice.chance(0.7) else ""
    settled = ""
    if department and dice.chance(0.8):
        day = record.occurred_on + timedelta(days=dice.between(10, 45))
        settled = day.isoformat() if day.year == record.occurred_on.year else ""
    count = dice.between(2, 40)
    note = f"全市共 {count} 家，示例。"
    found = record.occurred_on.isoformat()
    return (record.unit, found, record.title, name, found, dice.pick(_AWAY), department, settled, note)
