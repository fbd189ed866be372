"""Boards as plain data: units down, obligations across, one cell or nothing where they meet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from core.domain.cells import PRESSING, Cell, Rates, rates_of
from core.domain.obligations import Obligation
from core.domain.units import Unit


@dataclass(frozen=True, slots=True)
class Column:
    """One obligation as a head: the short word, the rule in small under it, the whole title to point at."""

    head: str
    rule: str
    title: str


@dataclass(frozen=True, slots=True)
class Row:
    """One unit; as many cells as the matrix has columns, None where the unit owes nothing there."""

    unit: str
    name: str
    cells: tuple[Cell | None, ...]
    rates: Rates


@dataclass(frozen=True, slots=True)
class Matrix:
    """A board; the caption names it for those who cannot see it."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def matrix_of(caption: str, obligations: Sequence[Obligation], cells: Iterable[Cell], day: date) -> Matrix:
    """Lay out the cells of the periods a board shows on that day; the order of units is that of the cells.

    Each row's rates are those of the cells it shows.
    """
    wanted = {each.code for each in obligations}
    by_unit: dict[Unit, dict[str, Cell]] = {}
    for cell in cells:
        shown = by_unit.setdefault(cell.unit, {})
        if cell.obligation.code in wanted and _is_shown(cell, day):
            shown[cell.obligation.code] = cell
    columns = tuple(Column(each.short, each.head, each.title) for each in obligations)
    codes = [each.code for each in obligations]
    rows = (_row(unit, [shown.get(code) for code in codes]) for unit, shown in by_unit.items() if shown)
    return Matrix(caption, columns, tuple(rows))


def only_pressing(matrix: Matrix) -> Matrix:
    """Keep the rows and columns that hold something missed, short, unreported or due soon; rates stay."""
    kept = [
        index
        for index in range(len(matrix.columns))
        if any(_presses(row.cells[index]) for row in matrix.rows)
    ]
    rows = tuple(
        Row(row.unit, row.name, tuple(_pressing_or_none(row.cells[index]) for index in kept), row.rates)
        for row in matrix.rows
        if any(map(_presses, row.cells))
    )
    return Matrix(matrix.caption, tuple(matrix.columns[index] for index in kept), rows)


def _row(unit: Unit, cells: Sequence[Cell | None]) -> Row:
    return Row(unit.code, unit.name, tuple(cells), rates_of(cell for cell in cells if cell))


def _is_shown(cell: Cell, day: date) -> bool:
    return cell.period == cell.obligation.period_at(cell.period.year, day)


def _presses(cell: Cell | None) -> bool:
    return cell is not None and cell.status in PRESSING


def _pressing_or_none(cell: Cell | None) -> Cell | None:
    return cell if _presses(cell) else None
