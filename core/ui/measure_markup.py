"""Measures as markup: who is due which step and why, the register, one measure with its items of that day."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from core.config import local_moment
from core.domain.measures import Item, ItemKind, Measure, State
from core.domain.proposals import Proposal
from core.ui.html import Markup, element, join, link_to

_BLANK = join()
_TONES = {
    State.WAITING: "open",
    State.REPLIED: "checking",
    State.SETTLED: "closed",
    State.RAISED: "waiting",
}


def proposals_markup(
    proposals: Sequence[Proposal], names: Mapping[str, str], kept: Mapping[str, str]
) -> Markup:
    """Write proposals as a table; each opens the form with its items."""
    heads = ("单位", "建议措施", "依据", "")
    rows = [_proposal(each, names, kept) for each in proposals]
    return _table("建议督办", heads, rows)


def _proposal(proposal: Proposal, names: Mapping[str, str], kept: Mapping[str, str]) -> Markup:
    reasons = [
        element("li", element("b", reason.item.title), " ", element("span", reason.said))
        for reason in proposal.reasons[:3]
    ]
    more = len(proposal.reasons) - len(reasons)
    rest = element("li", f"……共 {len(proposal.reasons)} 项") if more else _BLANK
    address = {**kept, "unit": proposal.unit, "rung": proposal.rung.value}
    return element(
        "tr",
        element("td", names.get(proposal.unit, proposal.unit)),
        element("td", element("span", proposal.rung.label, class_="rung")),
        element("td", element("ul", *reasons, rest, class_="reasons")),
        element("td", element("a", "办理", href=link_to("", address)), class_="day"),
        data_unit=proposal.unit,
        data_rung=proposal.rung.value,
    )


def register_markup(
    measures: Sequence[Measure], names: Mapping[str, str], kept: Mapping[str, str], day: date
) -> Markup:
    """Write the register of measures as a table; each number opens its measure."""
    heads = ("文号", "单位", "措施", "发出", "回复期限", "事项", "状态")
    rows = [_line(each, names, kept, day) for each in measures]
    return _table("督办登记", heads, rows)


def _line(measure: Measure, names: Mapping[str, str], kept: Mapping[str, str], day: date) -> Markup:
    href = link_to("", {**kept, "measure": str(measure.measure_id)})
    late = element("small", "逾期未回复", class_="late") if measure.late(day) else _BLANK
    return element(
        "tr",
        element("td", element("a", measure.label, href=href), class_="code"),
        element("td", names.get(measure.unit, measure.unit)),
        element("td", element("span", measure.rung.label, class_="rung")),
        element("td", measure.issued_on.isoformat(), class_="day", data_label="发出"),
        element("td", _reply_day(measure), late, class_="day", data_label="回复期限"),
        element("td", f"{len(measure.items)} 项"),
        element("td", state_markup(measure)),
        data_measure=measure.measure_id,
    )


def _reply_day(measure: Measure) -> str:
    return measure.reply_by.isoformat() if measure.reply_by else "—"


def state_markup(measure: Measure) -> Markup:
    """Write where a measure stands, as a word on a tone of its own."""
    return element("span", measure.state.label, class_=f"stage {_TONES[measure.state]}")


def measure_markup(
    measure: Measure, names: Mapping[str, str], people: Mapping[str, str], day: date
) -> Markup:
    """Write one measure: what it says, and the list of items as it was that day."""
    pairs = [
        ("督办对象", names.get(measure.unit, measure.unit)),
        ("措施", measure.rung.label),
        ("发出", f"{measure.issued_on} {people.get(measure.issued_by, measure.issued_by)}"),
        ("回复期限", _reply_by(measure, day)),
        ("内容", measure.content),
    ]
    parts = [part for label, text in pairs if text for part in (element("dt", label), element("dd", text))]
    standing = element("p", state_markup(measure), class_="standing")
    return element("div", standing, element("dl", *parts, class_="record"), class_="anze-lists hazard-facts")


def _reply_by(measure: Measure, day: date) -> str:
    if measure.reply_by is None:
        return "未设"
    return f"{measure.reply_by}（逾期未回复）" if measure.late(day) else f"{measure.reply_by}"


def items_markup(items: Sequence[Item]) -> Markup:
    """Write the cells and hazards behind a measure, as they were."""
    heads = ("类别", "事项", "当时情况", "到期")
    rows = [
        element(
            "tr",
            element("td", item.kind.label),
            element("td", _title(item)),
            element("td", item.standing),
            element("td", item.fell_due.isoformat(), class_="day", data_label="到期"),
        )
        for item in items
    ]
    return element("div", _table("督办事项", heads, rows), class_="anze-links")


def _title(item: Item) -> Markup:
    if item.kind == ItemKind.HAZARD:
        return element("a", item.title, href=link_to("hazards", {"hazard": item.reference}))
    return join(item.title)


def steps_markup(measure: Measure, people: Mapping[str, str]) -> Markup:
    """Write what followed, the newest first, with who, when and what they said."""
    items = [
        element(
            "li",
            element(
                "p",
                element("b", step.follow.label),
                f" {step.on} ",
                element("small", _signed(people.get(step.person, step.person), step.at)),
            ),
            element("p", step.note),
        )
        for step in reversed(measure.steps)
    ]
    issued = element(
        "li",
        element(
            "p",
            element("b", "发出"),
            f" {measure.issued_on} ",
            element("small", _signed(people.get(measure.issued_by, measure.issued_by), measure.at)),
        ),
    )
    return element("div", element("ol", *items, issued, class_="versions moves"), class_="anze-lists")


def _signed(who: str, at: datetime | None) -> str:
    return f"{who} {local_moment(at):%Y-%m-%d %H:%M} 录入" if at else who


def _table(caption: str, heads: Sequence[str], rows: Sequence[Markup]) -> Markup:
    return element(
        "table",
        element("caption", caption, class_="unseen"),
        element("thead", element("tr", *(element("th", head, scope="col") for head in heads))),
        element("tbody", *rows),
        class_="plain hazards measures",
    )
