"""What the wall shows of zones and enterprises: five areas a zone, nine ones a locality."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from core.domain.cells import Cell, Status
from core.domain.obligations import Obligation, Rule
from core.domain.units import Unit, UnitKind
from core.domain.wall_boards import short_name
from core.domain.zone_standing import AreaState, ZoneStanding
from core.domain.zones import Area

NINE_ONES_PREFIX = "enterprise."


@dataclass(frozen=True, slots=True)
class ZoneRow:
    """One zone: each area's acceptance date up to the day, in the order of `Area`; None = not yet.

    `states` tell how far the others are, `late` which have let their planned day pass.
    """

    code: str
    name: str
    locality: str
    accepted: tuple[date | None, ...]
    states: tuple[AreaState, ...]
    late: tuple[bool, ...]

    @property
    def done(self) -> int:
        """How many areas are accepted."""
        return sum(day is not None for day in self.accepted)

    @property
    def complete(self) -> bool:
        """Tell whether all five are."""
        return self.done == len(self.accepted)


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of something is covered: `done` of `total` enterprises; the status of the cell behind it."""

    done: int
    total: int
    status: Status | None = None

    @property
    def share(self) -> float | None:
        """From 0 to 1; None where nothing was reported."""
        return min(1.0, self.done / self.total) if self.total else None


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """One locality's nine ones."""

    unit: str
    name: str
    fields: tuple[Coverage | None, ...]


@dataclass(frozen=True, slots=True)
class Standardisation:
    """Zones and, of the counties, how many have reached the number of zones required of them."""

    zones: tuple[ZoneRow, ...]
    areas: tuple[int, ...]
    counties: int
    counties_met: int
    due: date | None

    def count(self, state: AreaState) -> int:
        """How many areas of all zones stand there."""
        return sum(each == state for zone in self.zones for each in zone.states)


@dataclass(frozen=True, slots=True)
class NineOnes:
    """The nine ones by locality, and each summed over the city."""

    heads: tuple[tuple[str, str], ...]
    rows: tuple[CoverageRow, ...]
    sums: tuple[Coverage, ...]

    def reported(self, number: int) -> int:
        """How many localities have reported on one of the nine."""
        return sum(
            field is not None and field.total > 0 for row in self.rows for field in row.fields[number:][:1]
        )


def standardisation_of(
    standings: Iterable[ZoneStanding], units: Sequence[Unit], cells: Iterable[Cell], day: date
) -> Standardisation:
    """The zones in the order of their localities, as they stand on the day."""
    names = {unit.code: short_name(unit) for unit in units}
    place = {unit.code: number for number, unit in enumerate(units)}
    ordered = sorted(standings, key=lambda each: (place.get(each.zone.locality, len(place)), each.zone.code))
    rows = tuple(
        ZoneRow(
            each.zone.code,
            each.zone.name,
            names.get(each.zone.locality, each.zone.locality),
            tuple(area.accepted_on for area in each.areas),
            tuple(area.state for area in each.areas),
            tuple(area.late(day) for area in each.areas),
        )
        for each in ordered
    )
    owed = [cell for cell in cells if cell.obligation.rule == Rule.ZONE and cell.status != Status.EXEMPT]
    met = sum(cell.status in (Status.MET, Status.MET_LATE) for cell in owed)
    due = next((cell.obligation.due for cell in owed), None)
    areas = tuple(sum(row.accepted[number] is not None for row in rows) for number in range(len(Area)))
    return Standardisation(rows, areas, len(owed), met, due)


def nine_ones_of(obligations: Sequence[Obligation], cells: Iterable[Cell], day: date) -> NineOnes:
    """The coverage of each of the nine, from the cells of the periods that hold the day."""
    nine = [each for each in obligations if each.code.startswith(NINE_ONES_PREFIX)]
    by_unit: dict[Unit, dict[str, Cell]] = {}
    for cell in cells:
        shown = cell.period == cell.obligation.period_at(cell.period.year, day)
        if cell.unit.kind == UnitKind.LOCALITY and cell.obligation in nine and shown:
            by_unit.setdefault(cell.unit, {})[cell.obligation.code] = cell
    rows = tuple(
        CoverageRow(unit.code, short_name(unit), tuple(_coverage(own.get(each.code)) for each in nine))
        for unit, own in by_unit.items()
    )
    heads = tuple((each.short, each.head) for each in nine)
    return NineOnes(
        heads, rows, tuple(_sum(row.fields[number] for row in rows) for number in range(len(nine)))
    )


def _coverage(cell: Cell | None) -> Coverage | None:
    return Coverage(cell.done, cell.required or 0, cell.status) if cell else None


def _sum(fields: Iterable[Coverage | None]) -> Coverage:
    known = [each for each in fields if each and each.total]
    return Coverage(sum(each.done for each in known), sum(each.total for each in known))
