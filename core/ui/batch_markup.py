"""A table of records as people read it back: its wrong cells, and what it did to the quotas."""

from collections.abc import Sequence

from core.domain.cells import Cell
from core.domain.entering import effect_sentence
from core.errors import RowProblem
from core.ui.html import Markup, element, join

_SHOWN_EFFECTS = 12


def problems_markup(problems: Sequence[RowProblem]) -> Markup:
    """Write every wrong cell with its row, its column and the reason."""
    heads = element("tr", *(element("th", each, scope="col") for each in ("行", "列", "问题")))
    rows = [
        element(
            "tr",
            element("td", f"第{each.row}行"),
            element("td", each.column),
            element("td", each.reason, class_="fault"),
        )
        for each in problems
    ]
    table = element("table", element("thead", heads), element("tbody", *rows), class_="plain problems")
    return element("div", table, class_="anze-lists")


def saved_markup(head: str, cells: Sequence[Cell]) -> Markup:
    """Write what was kept and how the cells stand that it counts for; the first few by name."""
    lines = [
        element("li", f"{cell.unit.name} {effect_sentence(cell)}", data_status=cell.status.value)
        for cell in cells[:_SHOWN_EFFECTS]
    ]
    more = [element("li", f"等 {len(cells)} 项")] if len(cells) > len(lines) else []
    listed = element("ul", *lines, *more) if lines else join()
    return element("div", element("p", element("b", head)), listed, class_="saved", role="status")
