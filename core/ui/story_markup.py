"""One cell's story as markup: the notice's words, what is asked, what is missing, the year, the records."""

from collections.abc import Mapping

from core.domain.cells import Cell
from core.domain.sentences import label_of
from core.domain.stories import CellStory, CountedRecord
from core.ui.board_markup import cell_data, pill_content
from core.ui.html import Markup, element, join, link_to

_BLANK = join()


def story_markup(story: CellStory, kept: Mapping[str, str] | None = None) -> Markup:
    """Write the whole story; the links of the year's periods keep the address parameters `kept`."""
    return element(
        "div",
        _standing(story),
        _source(story),
        element("p", element("b", "要求"), story.required, class_="asked"),
        _year(story, kept or {}),
        _outstanding(story),
        _records(story),
        class_="story",
    )


def _standing(story: CellStory) -> Markup:
    pill = element("span", pill_content(story.cell), class_="pill")
    reason = f"理由：{story.reason}" if story.reason else ""
    said = element("span", element("b", story.cell.status.label), f" {story.missing}{reason}")
    return element("p", pill, said, class_="standing", data_status=story.cell.status.value)


def _source(story: CellStory) -> Markup:
    cited = element("cite", f"通知{story.source}")
    tag = element("span", "办公室设定", class_="office") if story.set_by_office else _BLANK
    notes = ["通知只作原则要求，次数和期限由市安委会办公室设定，可以调整。"] if story.set_by_office else []
    notes += [f"办公室设定：{story.adjusted}。"] if story.adjusted else []
    note = "".join(notes)
    explained = element("small", note) if note else _BLANK
    return element(
        "figure",
        element("blockquote", f"“{story.cell.obligation.quote}”"),
        element("figcaption", cited, tag, explained),
    )


def _year(story: CellStory, kept: Mapping[str, str]) -> Markup:
    if len(story.history) < 2:  # noqa: PLR2004 a single period has no course over the year
        return _BLANK
    chips = [_chip(each, each.period == story.cell.period, kept) for each in story.history]
    return join(element("h3", "全年各期"), element("ol", *chips, class_="year"))


def _chip(cell: Cell, current: bool, kept: Mapping[str, str]) -> Markup:  # noqa: FBT001
    unit, obligation, period = cell.key
    link = element(
        "a",
        element("small", cell.period.short_label),
        element("span", pill_content(cell), class_="pill"),
        href=link_to("", {**kept, "unit": unit, "obligation": obligation, "period": period}),
        aria_label=label_of(cell),
        aria_current="true" if current else None,
    )
    return element("li", link, **cell_data(cell))


def _outstanding(story: CellStory) -> Markup:
    if not story.outstanding:
        return _BLANK
    return element("p", element("b", "尚未开展"), "、".join(story.outstanding), class_="asked")


def _records(story: CellStory) -> Markup:
    heading = element("h3", f"计入的记录（{len(story.records)}）")
    if not story.records:
        return join(heading, element("p", "本期没有计入的记录。", class_="nothing"))
    heads = [element("th", each, scope="col") for each in ("日期", "内容", "录入")]
    rows = [_record(each) for each in story.records]
    table = element("table", element("thead", element("tr", *heads)), element("tbody", *rows))
    return join(heading, table)


def _record(record: CountedRecord) -> Markup:
    beside = "，".join(part for part in (record.leader, record.amount) if part)
    title = element("span", record.title or "（无标题）", class_="title", title=record.title)
    what = join(title, element("small", beside) if beside else _BLANK)
    late = element("span", "补录", class_="late") if record.backfilled else _BLANK
    entered = join(record.entered_by, element("small", _entered(record), late))
    return element(
        "tr",
        element("td", record.occurred_on.isoformat() if record.occurred_on else "—", class_="day"),
        element("td", what),
        element("td", entered),
        data_record=record.record_id,
    )


def _entered(record: CountedRecord) -> str:
    return record.entered_on.isoformat() if record.entered_on else ""
