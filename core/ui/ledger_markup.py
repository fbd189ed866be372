"""Records as people read them: a page of the ledger, one record, the history of its versions."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from core.config import local_moment
from core.domain.differences import Clash, Vocabulary, differences, shown_fields
from core.domain.records import Record, RecordVersion
from core.ui.html import Markup, element, join, link_to

ACTIONS: Mapping[str, str] = {
    "record.entered": "录入",
    "record.corrected": "更正",
    "record.voided": "作废",
    "import": "导入",
    "found": "装入",
}
_BLANK = join()
_HEADS = ("日期", "单位", "事项", "标题", "带队领导", "录入")


def ledger_markup(
    records: Sequence[Record], names: Vocabulary, people: Mapping[str, str], grace_days: int
) -> Markup:
    """Write a page of the ledger as a table; every title opens its record."""
    heads = [element("th", each, scope="col") for each in _HEADS]
    rows = [_row(record, names, people, grace_days) for record in records]
    return element(
        "table",
        element("caption", "台账", class_="unseen"),
        element("thead", element("tr", *heads)),
        element("tbody", *rows),
        class_="ledger",
    )


def _row(record: Record, names: Vocabulary, people: Mapping[str, str], grace_days: int) -> Markup:
    number = str(record.record_id)
    title = element("a", record.title or "（无标题）", href=link_to("", {"record": number}))
    measure = names.measures.get(record.measure, record.measure)
    amount = amount_phrase(record)
    beside = "，".join(part for part in (measure, amount) if part)
    small = element("small", beside) if beside else _BLANK
    return element(
        "tr",
        element("td", record.occurred_on.isoformat(), class_="day"),
        element("td", names.units.get(record.unit, record.unit)),
        element("td", names.events.get(record.event, record.event)),
        element("td", title, small, data_record=number, data_unit=record.unit),
        element("td", record.leader),
        element("td", _entered(record, people), _late(record, grace_days)),
    )


def amount_phrase(record: Record) -> str:
    """What a report says: 184/200, or 4; empty for a plain event."""
    if record.value is None:
        return ""
    return str(record.value) if record.total is None else f"{record.value}/{record.total}"


def _entered(record: Record, people: Mapping[str, str]) -> str:
    return f"{people.get(record.entered_by, record.entered_by)} {record.entered_on or ''} "


def _late(record: Record, grace_days: int) -> Markup:
    return element("span", "补录", class_="late") if record.backfilled(grace_days) else _BLANK


def record_markup(record: Record, names: Vocabulary, grace_days: int) -> Markup:
    """Write one record's fields."""
    pairs = [
        part
        for label, text in shown_fields(record, names)
        for part in (element("dt", label), element("dd", text))
    ]
    late = join(element("dt", "标记"), element("dd", _late(record, grace_days)))
    marks = late if record.backfilled(grace_days) else _BLANK
    return element("div", element("dl", *pairs, marks, class_="record"), class_="anze-lists")


def history_markup(versions: Sequence[RecordVersion], names: Vocabulary, people: Mapping[str, str]) -> Markup:
    """Write every version, newest first, with who, when, why and what changed."""
    items = [
        _version(version, before, names, people)
        for version, before in zip(versions, [None, *versions], strict=False)
    ]
    voided = [_voided(versions[-1], people)] if versions[-1].ended_at else []
    steps = element("ol", *voided, *reversed(items), class_="versions")
    return element("div", steps, class_="anze-lists")


def overtaken_markup(last: RecordVersion, changed: Sequence[Clash], people: Mapping[str, str]) -> Markup:
    """Write who was first and what it changed, each field as read, as it stands, and as typed here."""
    who = people.get(last.begun_by, last.begun_by)
    told = f"您打开之后，{who}于 {_moment(last.begun_at)} 更正了这条记录（原因：{last.reason}）。"
    heads = ("项目", "您打开时", "对方改为", "您填写的")
    head = element("tr", *(element("th", each, scope="col") for each in heads))
    lines = [
        element(
            "tr",
            element("th", each.label, scope="row"),
            element("td", each.read),
            element("td", each.now),
            element("td", each.wanted, element("b", "（双方都改了）") if each.is_contested else _BLANK),
        )
        for each in changed
    ]
    table = element("table", element("thead", head), element("tbody", *lines), class_="plain")
    way_out = (
        "您填写的内容都还在。请选择保留对方的改动、加上您的，还是全部以您填写的为准；"
        "双方都改了的，按您填写的保存。"
    )
    parts = (element("p", told), *([table] if lines else []), element("p", way_out))
    return element("div", *parts, class_="anze-lists overtaken", role="alert")


def _version(
    version: RecordVersion, before: RecordVersion | None, names: Vocabulary, people: Mapping[str, str]
) -> Markup:
    who = people.get(version.begun_by, version.begun_by)
    head = element(
        "p",
        element("b", ACTIONS.get(version.action, version.action)),
        f" {_moment(version.begun_at)} {who}",
    )
    why = element("p", f"原因：{version.reason}") if version.reason else _BLANK
    changed = differences(before.record, version.record, names) if before else []
    lines = [element("p", f"{label}：{old} → {new}") for label, old, new in changed]
    return element("li", head, why, *lines, class_=None if version.ended_at else "current")


def _voided(version: RecordVersion, people: Mapping[str, str]) -> Markup:
    who = people.get(version.ended_by, version.ended_by)
    moment = _moment(version.ended_at) if version.ended_at else ""
    done = ACTIONS.get(version.ended_action, version.ended_action)
    head = element("p", element("b", done), f" {moment} {who}")
    return element("li", head, element("p", f"原因：{version.ended_reason}"))


def _moment(at: datetime) -> str:
    return f"{local_moment(at):%Y-%m-%d %H:%M}"
