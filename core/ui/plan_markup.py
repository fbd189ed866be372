"""What an import would do, as a table: each row with its outcome, each wrong cell with its reason."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.domain.texts import shorten
from core.errors import RowProblem
from core.services.marking import WHOLE_ROW, all_lines, marks_of
from core.services.planning import Outcome, Plan, PlannedRow
from core.services.table_forms import Table
from core.ui.html import Markup, element, join

ORDER = (Outcome.WRONG, Outcome.UPDATED, Outcome.ADDED, Outcome.UNCHANGED)
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Shown:
    """Which rows of a plan a person looks at, and at most how many."""

    outcome: Outcome | None
    limit: int


def plan_markup(table: Table, rows: Sequence[PlannedRow], plan: Plan) -> Markup:
    """Write the rows of one table, what is wrong or changed beside them."""
    lines, marks = all_lines(table), marks_of(table, plan.problems)
    labels = [column.label if (column := table.form.find(name)) else name for name in table.header]
    heads = [element("th", text, scope="col") for text in ("结果", "行", *labels, "说明")]
    body = [_line(row, lines.get(row.number, ()), marks, len(labels)) for row in rows]
    head = element("thead", element("tr", *heads))
    written = element("table", head, element("tbody", *body), class_="plain plan")
    return element(
        "div", written, class_="anze-lists", tabindex=0, role="region", aria_label=table.form.label
    )


def rows_shown(plan: Plan, table: int, shown: Shown) -> list[PlannedRow]:
    """A table's rows of the outcome asked for, what is wrong first, as many as are shown."""
    rows = [row for row in plan.rows if row.table == table and shown.outcome in (None, row.outcome)]
    return sorted(rows, key=lambda row: (ORDER.index(row.outcome), row.number))[: shown.limit]


def problems_markup(problems: Sequence[RowProblem]) -> Markup:
    """Write problems as a list, each with its place."""
    return element(
        "div",
        element("ul", *(element("li", str(each)) for each in problems), class_="faults"),
        class_="anze-lists",
    )


def _line(row: PlannedRow, cells: Sequence[str], marks: dict[tuple[int, int], str], width: int) -> Markup:
    tag = element("span", row.outcome.label, class_=f"outcome {row.outcome.value}")
    filled = [*cells, *[""] * (width - len(cells))][:width]
    whole = marks.get((row.number, WHOLE_ROW), "")
    return element(
        "tr",
        element("td", tag),
        element("td", str(row.number)),
        *(_cell(text, marks.get((row.number, place), "")) for place, text in enumerate(filled)),
        element("td", whole or row.changes, class_="wrong" if whole else "told"),
    )


def _cell(text: str, reason: str) -> Markup:
    said = shorten(text, _LONGEST)
    if not reason:
        return element("td", said)
    return element("td", join(said, element("small", reason)), class_="wrong")
