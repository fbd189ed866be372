"""One unit's whole year as a table: obligations down, the year's quarters across."""

from collections.abc import Mapping, Sequence

from core.domain.cells import Cell
from core.domain.obligations import Obligation
from core.domain.periods import Cadence
from core.domain.sentences import label_of
from core.ui.board_markup import cell_data, pill_content
from core.ui.html import Markup, element, link_to

_COLUMNS = 4
_QUARTERS = ("第一季度", "第二季度", "第三季度", "第四季度")


def year_markup(name: str, cells: Sequence[Cell], kept: Mapping[str, str]) -> Markup:
    """Draw every cell of a unit; a half-year spans two quarters, a one-off or a year all four."""
    by_obligation: dict[Obligation, list[Cell]] = {}
    for cell in cells:
        by_obligation.setdefault(cell.obligation, []).append(cell)
    heads = [element("th", each, scope="col") for each in ("事项", *_QUARTERS)]
    rows = [_row(obligation, group, kept) for obligation, group in by_obligation.items()]
    table = element(
        "table",
        element("caption", f"{name}全年各项任务", class_="unseen"),
        element("thead", element("tr", *heads)),
        element("tbody", *rows),
        class_="year",
    )
    return element("div", table, class_="year-wrap")


def _row(obligation: Obligation, cells: Sequence[Cell], kept: Mapping[str, str]) -> Markup:
    head = element(
        "th",
        obligation.short,
        element("small", obligation.head),
        scope="row",
        title=obligation.title,
    )
    return element("tr", head, *_filled(obligation, cells, kept))


def _filled(obligation: Obligation, cells: Sequence[Cell], kept: Mapping[str, str]) -> list[Markup]:
    """The row's cells; a period in which the unit was not active leaves its place empty."""
    by_period = {cell.period: cell for cell in cells}
    year = cells[0].period.year
    return [_cell(by_period.get(period), _span(obligation), kept) for period in obligation.periods(year)]


def _span(obligation: Obligation) -> int:
    per_year = (obligation.cadence or Cadence.YEAR).per_year
    return max(1, _COLUMNS // per_year)


def _cell(cell: Cell | None, span: int, kept: Mapping[str, str]) -> Markup:
    if cell is None:
        return element("td", colspan=span, class_="blank")
    unit, obligation, period = cell.key
    address = {**kept, "unit": unit, "obligation": obligation, "period": period}
    href = link_to("", address)
    link = element("a", pill_content(cell), href=href, aria_label=label_of(cell), class_="pill")
    return element("td", link, colspan=span, **cell_data(cell))
