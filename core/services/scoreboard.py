"""Who has done what, who is late: the cells a person may see, as of any day and as known at any moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from core.auth import Actor, Scope, scope_of
from core.domain.catalogue import Catalogue, catalogues
from core.domain.cells import Cell
from core.domain.obligations import Obligation
from core.domain.periods import Period
from core.domain.status import Roll, evaluate
from core.domain.units import Unit, UnitKind
from core.errors import InputError, NotFoundError
from core.store.counting import read_facts
from core.store.engine import Store
from core.store.journal import newest_news
from core.store.rolls import read_roll
from core.store.unit_of_work import Reader


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: the catalogue's year, the as-of date, and, for a past view, the moment of knowledge."""

    year: int
    as_of: date
    known_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One unit's line: its shown cells in the order of the columns (None = not owed), and all of its year."""

    unit: Unit
    shown: tuple[Cell | None, ...]
    year: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """A matrix: units down, obligations across; `day` decides which period each column shows."""

    question: Question
    kind: UnitKind
    day: date
    columns: tuple[Obligation, ...]
    rows: tuple[BoardRow, ...]

    @property
    def shown(self) -> list[Cell]:
        """All shown cells."""
        return [cell for row in self.rows for cell in row.shown if cell]


def catalogue_of(year: int) -> Catalogue:
    """The catalogue of a year.

    Raises:
        InputError: there is none.
    """
    if year not in catalogues():
        known = "、".join(str(each) for each in sorted(catalogues()))
        raise InputError(f"没有 {year} 年的事项目录，现有年度：{known}。")
    return catalogues()[year]


def default_year(as_of: date) -> int:
    """The year of the as-of date if it has a catalogue, else the nearest before, else the first."""
    years = sorted(catalogues())
    return max((year for year in years if year <= as_of.year), default=years[0])


def cells_for(store: Store, actor: Actor, question: Question, unit: str = "") -> list[Cell]:
    """Every cell the actor may see, of all units or of one.

    Raises:
        ForbiddenError: the role sees no business data.
        NotFoundError: the unit does not exist, or lies outside what the actor may see.
    """
    scope = scope_of(actor)
    with store.reading(question.known_at) as reader:
        return _cells(reader, scope, question, unit)


def _cells(reader: Reader, scope: Scope, question: Question, unit: str = "") -> list[Cell]:
    catalogue, roll = catalogue_of(question.year), read_roll(reader)
    seen = [each for each in roll.units if scope.covers(each.kind, each.code)]
    if unit:
        seen = [each for each in seen if each.code == unit]
        if not seen:
            raise NotFoundError(f"单位“{unit}”不存在，或您无权查看。")
    facts = read_facts(reader, catalogue, question.as_of)
    seen_roll = Roll(seen, roll.leaders, roll.zones, roll.exemptions)
    return evaluate(catalogue, seen_roll, facts, question.as_of)


def board_from(cells: Sequence[Cell], question: Question, kind: UnitKind, day: date) -> Board:
    """Lay one kind's cells out as a matrix that shows, for each obligation, the period holding `day`."""
    columns = tuple(catalogue_of(question.year).addressed_to(kind))
    by_unit: dict[str, list[Cell]] = {}
    for cell in cells:
        if cell.unit.kind == kind:
            by_unit.setdefault(cell.unit.code, []).append(cell)
    rows = tuple(_row(each, columns, question.year, day) for each in by_unit.values())
    return Board(question, kind, day, columns, rows)


def _row(cells: list[Cell], columns: Sequence[Obligation], year: int, day: date) -> BoardRow:
    by_key = {(cell.obligation.code, cell.period): cell for cell in cells}
    shown = tuple(by_key.get((each.code, each.period_at(year, day))) for each in columns)
    return BoardRow(cells[0].unit, shown, tuple(cells))


def shown_cells(cells: Sequence[Cell], year: int, day: date) -> list[Cell]:
    """Of all cells, those of the periods that hold the day."""
    return [cell for cell in cells if cell.period == cell.obligation.period_at(year, day)]


def pressing_first(cells: Sequence[Cell]) -> list[Cell]:
    """What is open and due soon, the nearest first."""
    still_open = [cell for cell in cells if cell.days_left is not None]
    return sorted(still_open, key=lambda cell: cell.days_left or 0)


def days_overdue(cell: Cell, as_of: date) -> int | None:
    """Days since a missed cell's last day; None where it is not missed or has no last day."""
    last: date = cell.obligation.due or cell.period.end
    return (as_of - last).days if as_of > last else None


def board_day(period: Period | None, as_of: date) -> date:
    """The day whose periods a board shows: the as-of date, or the last day of a chosen period."""
    return period.end if period else as_of


def data_time(store: Store, known_at: datetime | None = None) -> tuple[int, datetime | None]:
    """The newest change that concerns business data, and its moment (naive UTC)."""
    with store.reading(known_at) as reader:
        return newest_news(reader)
