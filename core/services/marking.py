"""The file sent back with what is wrong in it: each wrong cell red with its reason, and a list of them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from core.domain.columns import places_of_days
from core.domain.texts import parse_day
from core.errors import InputError, RowProblem
from core.reports.sheets import Sheet, workbook_of
from core.services.table_forms import Table
from core.services.workbooks import FAULTS

WHOLE_ROW = -1
_WIDEST_GAPS = 10_000
_FAULT_HEADS = ("工作表", "行", "列", "原因")


def marked_workbook(tables: Sequence[Table], problems: Sequence[RowProblem]) -> bytes:
    """A workbook that can be corrected and sent again: the rows as they were, the reasons as remarks."""
    sheets = [_marked(table, problems) for table in tables]
    known = {table.file: (table.form.label, _row_numbers(table)) for table in tables}
    rows = [_fault(each, *known.get(each.file, (each.file, {}))) for each in problems]
    return workbook_of([*sheets, Sheet(FAULTS, _FAULT_HEADS, rows)])


def marks_of(table: Table, problems: Iterable[RowProblem]) -> dict[tuple[int, int], str]:
    """The reasons by row number, as the file counts, and column; a column of -1 stands for the whole row."""
    places = _places(table)
    found: dict[tuple[int, int], str] = {}
    for each in problems:
        if each.file == table.file:
            key = (each.row, places.get(each.column, WHOLE_ROW))
            found[key] = f"{found[key]}\n{each.reason}" if key in found else each.reason
    return found


def all_lines(table: Table) -> dict[int, tuple[str, ...]]:
    """Every row of a table by its number, those that could not be read among them, in their order."""
    return dict(sorted((*table.rows, *table.spoilt)))


def _fault(problem: RowProblem, sheet: str, numbers: Mapping[int, int]) -> tuple[object, ...]:
    return sheet, numbers.get(problem.row, problem.row) or None, problem.column, problem.reason


def _row_numbers(table: Table) -> dict[int, int]:
    """Where each row stands in the marked sheet: at its own number, unless the gaps are very wide."""
    numbers = list(all_lines(table))
    if numbers and numbers[-1] - table.first_row > _WIDEST_GAPS + len(numbers):
        return {number: place for place, number in enumerate(numbers, 2)}
    return {number: number - table.first_row + 1 for number in numbers}


def _places(table: Table) -> Mapping[str, int]:
    """Where a column stands, by the name that problems call it."""
    places: dict[str, int] = {}
    for place, name in enumerate(table.header):
        column = table.form.find(name)
        places[name] = place
        if column:
            places[column.label] = place
    return places


def _marked(table: Table, problems: Sequence[RowProblem]) -> Sheet:
    """The rows with the reasons beside them; empty lines stay, so that numbers do too."""
    numbers, days = _row_numbers(table), places_of_days(table.form, table.header)
    lines = {numbers[number]: cells for number, cells in all_lines(table).items()}
    rows = [
        [_value(text, place in days) for place, text in enumerate(lines.get(number, ()))]
        for number in range(2, max(lines, default=1) + 1)
    ]
    marks = {
        (numbers[row] - 2, column): said
        for (row, column), said in marks_of(table, problems).items()
        if row in numbers
    }
    heads = [(column.label if (column := table.form.find(name)) else name) for name in table.header]
    return Sheet(table.form.label, heads, rows, marks)


def _value(text: str, is_day: bool) -> date | str:  # noqa: FBT001 - called once, beside its meaning
    """A day as a day where it can be read as one; everything else as it was typed."""
    if not is_day:
        return text
    try:
        return parse_day(text) or text
    except InputError:
        return text
