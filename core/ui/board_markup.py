"""A board as markup: a table for wide screens, a list of what presses for phones; text in, markup out."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from core.charts import PALETTE
from core.domain.boards import Matrix, Row
from core.domain.cells import PRESSING, Cell, Rates, Status, percent
from core.domain.sentences import days_phrase, label_of, mark_of
from core.store.memory import Keyed, Memory
from core.ui.html import Markup, element, join, link_to

_BLANK = join()
_ROWS = Memory(most=800)
"""Rows that were written, by the very cells they show: where one unit's cells change, one row is written."""


@dataclass(frozen=True, slots=True)
class _Page:
    """What every part of one board needs: the matrix and the address parameters that its links keep."""

    matrix: Matrix
    kept: Mapping[str, str]

    def link(self, unit: str, obligation: str = "", period: str = "") -> str:
        picked = {"unit": unit, "obligation": obligation, "period": period}
        return link_to("", {**self.kept, **picked})


def board_markup(matrix: Matrix, kept: Mapping[str, str] | None = None) -> Markup:
    """Write the whole board: both renderings (the style sheet shows one) and the legend.

    `kept` are the address parameters that links carry on, such as `as_of`.
    """
    page = _Page(matrix, kept or {})
    wide = element("div", _table(page), class_="board-wide")
    narrow = element("div", _list(page), class_="board-narrow")
    return join(wide, narrow, legend_markup())


def legend_markup() -> Markup:
    """Write what the glyphs and colours mean."""
    items = [
        element(
            "li",
            element("span", _glyph(status) or "3次", class_="pill", aria_hidden="true"),
            status.label,
            data_status=status.value,
        )
        for status in PALETTE
    ]
    return element("ul", *items, class_="board-legend", aria_label="图例")


def pill_content(cell: Cell) -> Markup:
    """Write the glyph and the figure; what is read aloud comes from the label around it."""
    return join(_glyph(cell.status), element("span", mark_of(cell), class_="figure"))


def _glyph(status: Status) -> Markup:
    """A glyph's word (✓迟) is drawn by the style sheet: text that is seen must occur in the label."""
    glyph = PALETTE[status].glyph
    if not glyph:
        return _BLANK
    return element("span", glyph[0], class_="glyph", aria_hidden="true", data_word=glyph[1:] or None)


def rates_phrase(rates: Rates) -> str:
    """Say the numbers that belong together: 应完成 6，已完成 5，完成率 83.3%；按期 5，及时率 83.3%."""
    if not rates.settled:
        return "尚无到期事项，完成率为空"
    done = f"应完成 {rates.settled}，已完成 {rates.fulfilled}，完成率 {percent(rates.completion)}"
    return f"{done}；按期 {rates.on_time}，及时率 {percent(rates.punctuality)}"


def cell_data(cell: Cell) -> dict[str, str]:
    """The attributes by which scripts and tests find a cell."""
    unit, obligation, period = cell.key
    return {
        "data_unit": unit,
        "data_obligation": obligation,
        "data_period": period,
        "data_status": cell.status.value,
    }


# The table -------------------------------------------------------------------------------------------------


def _table(page: _Page) -> Markup:
    count = len(page.matrix.columns)
    columns = [element("col", class_="unit"), *[element("col")] * count, element("col", class_="rate")]
    return element(
        "table",
        element("caption", page.matrix.caption, class_="unseen"),
        element("colgroup", *columns),
        element("thead", _heads(page.matrix)),
        element("tbody", *(_once(_table_row, page, row) for row in page.matrix.rows)),
        style=f"min-width:{290 + 58 * count}px",
        class_="dense" if count > _ROOMY else None,
    )


_ROOMY = 16
"""Up to so many columns the cells have room for larger figures."""


_LONG_HEAD = 5
_PAUSE = re.compile(r"(?<=[前内”])(?=.)|(?<=每季度|每半年)(?=.)|(?<=每月|全年)(?=.)|(?<=月)(?=[0-9])")


def _head_in_parts(head: str) -> Markup:
    """A long head may break before its last two characters: 第一主任|检查."""
    return join(head) if len(head) < _LONG_HEAD else join(head[:-2], element("wbr"), head[-2:])


def _rule_in_parts(rule: str) -> Markup:
    """A rule may break where a reader pauses: 每季度|1次, 12月|31日前."""
    first, *rest = _PAUSE.split(rule)
    return join(first, *(part for each in rest for part in (element("wbr"), each)))


def _heads(matrix: Matrix) -> Markup:
    heads = [
        element(
            "th",
            element("span", _head_in_parts(column.head)),
            element("small", _rule_in_parts(column.rule)),
            scope="col",
            title=column.title,
        )
        for column in matrix.columns
    ]
    rate = element("th", element("span", "完成率"), element("small", "完成/应完成"), scope="col")
    return element("tr", element("th", element("span", "单位"), scope="col", class_="unit"), *heads, rate)


def _once(write: Callable[[_Page, Row], Markup], page: _Page, row: Row) -> Markup:
    """Write a row unless it was written of these cells before."""
    shown = (row.unit, row.name, row.rates, tuple(map(id, row.cells)), tuple(page.kept.items()))
    return _ROWS.recall(write, 0, Keyed(shown, row.cells), lambda: write(page, row))


def _table_row(page: _Page, row: Row) -> Markup:
    name = element("a", row.name, href=page.link(row.unit), title=row.name)
    cells = [_table_cell(page, cell) for cell in row.cells]
    head = element("th", name, scope="row", class_="unit", data_unit=row.unit)
    return element("tr", head, *cells, _rate_cell(row.rates))


def _table_cell(page: _Page, cell: Cell | None) -> Markup:
    if cell is None:
        return element("td", class_="none")
    label = label_of(cell)
    href = page.link(*cell.key)
    link = element("a", pill_content(cell), class_="pill", href=href, aria_label=label, title=label)
    return element("td", link, **cell_data(cell))


def _rate_cell(rates: Rates) -> Markup:
    phrase = rates_phrase(rates)
    if rates.completion is None:
        return element("td", element("span", "—", aria_label=phrase, role="img"), class_="rate", title=phrase)
    bar = element("span", class_="bar", style=f"width:{rates.completion * 100:.1f}%")
    figures = join(
        element("b", percent(rates.completion)), element("small", f"{rates.fulfilled}/{rates.settled}")
    )
    return element("td", element("span", bar, figures, class_="track"), class_="rate", title=phrase)


# The list for narrow screens -------------------------------------------------------------------------------

_URGENCY = {Status.MISSED: 0, Status.SHORT: 1, Status.UNREPORTED: 2, Status.DUE_SOON: 3}


def _list(page: _Page) -> Markup:
    pressed = [row for row in page.matrix.rows if _pressing(row)]
    calm = [row for row in page.matrix.rows if not _pressing(row)]
    parts = [_section(page, "未完成与临近到期", pressed), _section(page, "其他单位", calm)]
    return join(*parts)


def _section(page: _Page, title: str, rows: list[Row]) -> Markup:
    if not rows:
        return _BLANK
    heading = element("h2", title, element("small", f"{len(rows)} 个单位"))
    return element("section", heading, *(_once(_unit_card, page, row) for row in rows))


def _unit_card(page: _Page, row: Row) -> Markup:
    name = element("a", row.name, href=page.link(row.unit))
    rate = element("span", percent(row.rates.completion), title=rates_phrase(row.rates))
    head = element("h3", name, rate, data_unit=row.unit)
    urgent = [_list_item(page, cell) for cell in _pressing(row)]
    shown = element("ul", *urgent) if urgent else _BLANK
    return element("article", head, shown, _rest(page, row))


def _pressing(row: Row) -> list[Cell]:
    """What presses, the missed first and then by days left."""
    cells = [cell for cell in row.cells if cell and cell.status in PRESSING]
    return sorted(cells, key=lambda cell: (_URGENCY[cell.status], cell.days_left or 0))


def _rest(page: _Page, row: Row) -> Markup:
    calm = [cell for cell in row.cells if cell and cell.status not in PRESSING]
    if not calm:
        return _BLANK
    counts = {status.label: sum(cell.status == status for cell in calm) for status in PALETTE}
    told = "，".join(f"{label} {count}" for label, count in counts.items() if count)
    items = element("ul", *(_list_item(page, cell) for cell in calm))
    return element("details", element("summary", f"其余 {len(calm)} 项：{told}"), items)


def _list_item(page: _Page, cell: Cell) -> Markup:
    left = cell.status.label if cell.days_left is None else days_phrase(cell.days_left)
    title = element("span", cell.obligation.short, element("small", _rule_in_small(cell)), class_="title")
    link = element(
        "a",
        element("span", pill_content(cell), class_="pill"),
        title,
        element("span", left, class_="left"),
        href=page.link(*cell.key),
        aria_label=label_of(cell),
    )
    return element("li", link, **cell_data(cell))


def _rule_in_small(cell: Cell) -> str:
    if cell.obligation.cadence:
        return f"{cell.period.short_label} · {cell.obligation.head}"
    return cell.obligation.head
