"""The picture on the wall: everything its four scenes show, and nobody's name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from core.auth import Actor, Permission, Scope, require
from core.config import local_moment
from core.domain.catalogue import Catalogue
from core.domain.cells import Cell, Rates, Status, rates_of
from core.domain.periods import Cadence, Period, period_nearest
from core.domain.records import RecordSearch
from core.domain.tile_map import Tile, tiles_of
from core.domain.units import Unit, UnitKind
from core.domain.wall_boards import WallBoard, short_name, wall_board
from core.domain.wall_checks import COVERT_CHECK, Checks, checks_of
from core.domain.wall_fields import NineOnes, Standardisation, nine_ones_of, standardisation_of
from core.domain.wall_lists import Pressing, pressing_of
from core.services.catalogues import catalogue_of, default_year
from core.services.founding import is_demonstration
from core.services.judging import Question
from core.services.scoreboard import cells_within, shown_cells
from core.services.zoning import standings_on
from core.store.engine import Store
from core.store.hazards import all_cases
from core.store.journal import Tidings, newest_news, tidings_since
from core.store.records import all_records, newest_records
from core.store.rolls import units
from core.store.unit_of_work import Reader, newest_change

ENTERED_SHOWN = 12
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class JustEntered:
    """A unit and an event that somebody just entered, and when (local); never who, and no title."""

    at: datetime
    unit: str
    event: str


@dataclass(frozen=True, slots=True)
class Headline:
    """The city in figures: the cells of the periods that hold the day, and the rate a week before."""

    rates: Rates
    week_before: Rates
    counts: tuple[tuple[Status, int], ...]

    def count(self, *statuses: Status) -> int:
        """How many cells stand in one of these."""
        return sum(count for status, count in self.counts if status in statuses)


@dataclass(frozen=True, slots=True)
class WallPicture:
    """What the wall shows on `day`; `data_time` is local, None before the first change."""

    day: date
    period: Period
    data_time: datetime | None
    demonstration: bool
    office: str
    headline: Headline
    committees: WallBoard
    localities: WallBoard
    tiles: tuple[Tile, ...]
    entered: tuple[JustEntered, ...]
    pressing: Pressing
    checks: Checks
    standardisation: Standardisation
    nine_ones: NineOnes

    @property
    def days_left(self) -> int:
        """Days to the quarter's last day; 0 on it."""
        return max(0, self.period.days_left(self.day))


def newest_id(store: Store) -> int:
    """The newest change's id: all that an idle wall asks for."""
    with store.reading() as reader:
        return newest_change(reader)


def newest_business_id(store: Store) -> int:
    """The newest change that concerns business data; signing in and out is none."""
    with store.reading() as reader:
        return newest_news(reader)[0]


def tidings(store: Store, seen: int) -> Tidings:
    """What was written after the change with this id (0: so far): ids, and whether sessions were touched."""
    with store.reading() as reader:
        if seen:
            return tidings_since(reader, seen)
        return Tidings(newest_change(reader), newest_news(reader)[0], quiet=True)


def wall_picture(store: Store, actor: Actor, day: date) -> WallPicture:
    """Everything the wall shows as of a day.

    Raises:
        ForbiddenError: the role may not see the wall.
    """
    require(actor, Permission.SEE_WALL)
    with store.reading() as reader:
        return _picture(reader, day)


def _picture(reader: Reader, day: date) -> WallPicture:
    year = default_year(reader, day)
    catalogue, everybody = catalogue_of(reader, year), units(reader)
    cells = cells_within(reader, Scope(everything=True), Question(year, day))
    shown = shown_cells(cells, year, day)
    at = newest_news(reader)[1]
    return WallPicture(
        day,
        period_nearest(Cadence.QUARTER, year, day),
        local_moment(at) if at else None,
        is_demonstration(reader),
        next((unit.name for unit in everybody if unit.kind == UnitKind.CITY), ""),
        _headline(reader, shown, year, day),
        _board(catalogue, UnitKind.COMMITTEE, cells, day),
        _board(catalogue, UnitKind.LOCALITY, cells, day),
        tiles_of(shown),
        _entered(reader, catalogue, everybody, day),
        pressing_of(cells, day),
        _checks(reader, cells, everybody, year, day),
        standardisation_of(standings_on(reader, day), everybody, cells, day),
        nine_ones_of(catalogue.obligations, cells, day),
    )


def _headline(reader: Reader, shown: Sequence[Cell], year: int, day: date) -> Headline:
    before = day - _WEEK
    earlier = cells_within(reader, Scope(everything=True), Question(year, before))
    counts = tuple((status, sum(cell.status == status for cell in shown)) for status in Status)
    return Headline(rates_of(shown), rates_of(shown_cells(earlier, year, before)), counts)


def _board(catalogue: Catalogue, kind: UnitKind, cells: Sequence[Cell], day: date) -> WallBoard:
    own = [cell for cell in cells if cell.unit.kind == kind]
    return wall_board(catalogue.addressed_to(kind), own, day)


def _entered(
    reader: Reader, catalogue: Catalogue, everybody: Sequence[Unit], day: date
) -> tuple[JustEntered, ...]:
    names = {unit.code: short_name(unit) for unit in everybody}
    newest = newest_records(reader, frozenset(names), day, ENTERED_SHOWN)
    return tuple(
        JustEntered(local_moment(at), names[record.unit], catalogue.events.get(record.event, record.event))
        for record, at in newest
    )


def _checks(reader: Reader, cells: Sequence[Cell], everybody: Sequence[Unit], year: int, day: date) -> Checks:
    search = RecordSearch(events=frozenset({COVERT_CHECK}), since=date(year, 1, 1), until=day)
    held = [record.occurred_on for record in all_records(reader, search)]
    return checks_of(cells, held, all_cases(reader), everybody, day)
