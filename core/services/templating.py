"""Templates to fill in for each kind of file, with the units and events that there are."""

from collections.abc import Mapping, Sequence

from core.auth import Actor, Permission, require
from core.domain.columns import Holds, holds
from core.domain.findings import Risk
from core.domain.forms import FORMS, Column, Form
from core.domain.hazards import Level
from core.domain.measure_files import ITEM_FORM, STEP_FORM
from core.domain.measures import Rung
from core.domain.one_matters import Chain
from core.domain.units import UnitKind
from core.errors import InputError
from core.reports.templates import Names, TemplateColumn, TemplateSheet, template_of
from core.services.catalogues import catalogues_of
from core.services.exporting_workbooks import event_names, names_of_units
from core.services.looking_up import vocabulary
from core.services.workbooks import CHOICES, EXPLANATION
from core.store.engine import Store
from core.store.rolls import units

_NOTES = (
    "填写说明：黄色表头为必填列；表头和工作表名称请勿改动，列的顺序可以调整，用不到的选填列可以删除。",
    "每行一条，从第2行填起，不要合并单元格，不要在表头上方另加标题。示例只在本页，不必删除。",
    "导入前先预览，一行有误则全部不保存；已有的（编码或关键字段相同）按本表内容更新。",
)
_LISTS: Mapping[Holds, str] = {
    Holds.UNIT: "list_units",
    Holds.EVENT: "list_events",
    Holds.MEASURE: "list_measures",
    Holds.UNIT_KIND: "list_unit_kinds",
    Holds.LEVEL: "list_levels",
    Holds.RUNG: "list_rungs",
    Holds.CHAIN: "list_chains",
    Holds.RISK: "list_risks",
}
_HINTS: Mapping[Holds, str] = {
    Holds.DAY: "日期，写成 2025-03-31。",
    Holds.FLAG: "填“是”或“否”，不填为否。",
    Holds.COUNT: "不小于 0 的整数。",
    Holds.UNIT: "从下拉列表中选，或填写单位编码、全称。",
    Holds.EVENT: "从下拉列表中选；须是该类单位的事项。",
    Holds.MEASURE: "“九个一”统计必填，其他事项留空。",
    Holds.UNIT_KIND: "市级、属地、专委会、部门之一。",
    Holds.LEVEL: "一般或重大。",
    Holds.RUNG: "提醒、督促函、约谈、通报、曝光之一。",
    Holds.CHAIN: "从下拉列表中选。",
    Holds.RISK: "较大、一般或较低，不填为一般。",
}
_COLUMN_HINTS: Mapping[str, str] = {
    "code": "编码，每条不同；再次导入时按编码更新。",
    "title": "最多 1000 字。",
    "note": "最多 10000 字。",
    "leader": "包保督导检查必填，须在该单位领导名单中。",
    "reported_on": "报送日期，写成 2025-03-31；第一主任检查等须报送的事项填写。",
    "until": "任职截止日期，在任的留空。",
    "description": "问题描述，必填。",
    "number": "文号，每份不同；已有的文号只能追加办理情况。",
    "items": f"每行一项：{ITEM_FORM}。",
    "steps": f"每行一步：{STEP_FORM}。",
    "department": "从下拉列表中选，须是部门；没有明确的留空。",
    "settled_on": "日期，写成 2025-03-31；填写的须有责任部门。",
    "document": "依据的文件或会议纪要，有厘清日期的必填，最多 200 字。",
    "surveyed_on": "台账中这个单位这次摸底排查的日期。",
    "survey": "台账记录的标题；同一天有几次摸底排查的才须填写。",
    "zone": "功能区的编码或名称。",
    "drawn_on": "日期，写成 2025-03-31；同一天以后导入的为准。",
    "content": "最多 10000 字。",
    "recorded_on": "台账中“经验做法总结”记录的日期；与总结日期相同的可以不填。",
    "record": "台账记录的标题；与标题相同的，或这一天只有一条的，可以不填。",
    "promoted_on": "日期，写成 2025-03-31；没有推广的留空。",
    "promotion": "怎样推广，有推广日期的必填，最多 500 字。",
    "raised_from": "由哪一份升级而来，填文号；没有的留空。",
}
_EXAMPLES: Mapping[Holds, str] = {
    Holds.DAY: "2025-03-31",
    Holds.FLAG: "是",
    Holds.COUNT: "30",
    Holds.UNIT_KIND: UnitKind.COMMITTEE.label,
    Holds.LEVEL: Level.GENERAL.label,
    Holds.RUNG: Rung.LETTER.label,
    Holds.CHAIN: Chain.GAS.label,
    Holds.RISK: Risk.GENERAL.label,
}


def template_workbook(store: Store, actor: Actor, kinds: Sequence[str]) -> bytes:
    """A template with a sheet for each of these kinds.

    Raises:
        ForbiddenError: the actor may not exchange data.
        InputError: an unknown kind.
    """
    require(actor, Permission.EXCHANGE)
    unknown = [kind for kind in kinds if kind not in FORMS]
    if unknown:
        raise InputError(f"没有“{unknown[0]}”这一类表。")
    choices = _choices(store)
    sheets = [_sheet(FORMS[kind], choices) for kind in kinds]
    return template_of(sheets, choices, _NOTES, Names(EXPLANATION, CHOICES))


def _choices(store: Store) -> dict[str, list[str]]:
    with store.reading() as reader:
        unit_names = list(names_of_units(units(reader)).values())
        events, words = event_names(reader), vocabulary(catalogues_of(reader), {})
    lists = {
        Holds.UNIT: unit_names,
        Holds.EVENT: events,
        Holds.MEASURE: list(dict.fromkeys(words.measures.values())),
        Holds.UNIT_KIND: [kind.label for kind in UnitKind],
        Holds.LEVEL: [level.label for level in Level],
        Holds.RUNG: [rung.label for rung in Rung],
        Holds.CHAIN: [chain.label for chain in Chain],
        Holds.RISK: [risk.label for risk in Risk],
    }
    return {_LISTS[what]: names for what, names in lists.items()}


def _sheet(form: Form, choices: Mapping[str, Sequence[str]]) -> TemplateSheet:
    return TemplateSheet(form.label, [_column(column, choices) for column in form.columns])


def _column(column: Column, choices: Mapping[str, Sequence[str]]) -> TemplateColumn:
    what = holds(column.name)
    listed = _LISTS.get(what, "")
    names = choices.get(listed, ())
    return TemplateColumn(
        column.label,
        what,
        column.needed,
        _COLUMN_HINTS.get(column.name) or _HINTS.get(what, "文字。"),
        _EXAMPLES.get(what) or next(iter(names), ""),
        listed if names else "",
    )
