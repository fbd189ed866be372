"""What the wall shows of covert checks and hazards: by unit, by week, the grave ones."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from core.domain.cells import Cell, Status
from core.domain.hazard_figures import Figures, Group, belongs, cases_as_of, figures_of
from core.domain.hazards import Case
from core.domain.units import Unit, UnitKind
from core.domain.wall_boards import short_name

WEEKS = 12
COVERT_CHECK = "covert_check"


@dataclass(frozen=True, slots=True)
class Week:
    """One week, from Monday: its number in the year, covert checks held, hazards found and closed in it."""

    number: int
    checks: int = 0
    found: int = 0
    closed: int = 0


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One unit's covert checks of the period: how many were held, how many are owed, how that stands."""

    unit: str
    name: str
    done: int
    required: int | None
    status: Status


@dataclass(frozen=True, slots=True)
class HazardRow:
    """One locality's hazards."""

    unit: str
    name: str
    figures: Figures


@dataclass(frozen=True, slots=True)
class GraveHazard:
    """One major hazard that is not closed; `days_left` is negative past its date, None where none is set."""

    locality: str
    place: str
    stage: str
    days_left: int | None
    listed: bool


@dataclass(frozen=True, slots=True)
class Checks:
    """Covert checks of the period by kind of unit, checks and hazards by week, and the hazards."""

    groups: tuple[tuple[str, tuple[CheckRow, ...]], ...]
    weeks: tuple[Week, ...]
    year_to_date: int
    hazards: Figures
    by_locality: tuple[HazardRow, ...]
    grave: tuple[GraveHazard, ...]

    @property
    def has_hazards(self) -> bool:
        """Tell whether any hazard was found so far."""
        return self.hazards.count(Group.FOUND) > 0


def checks_of(
    cells: Iterable[Cell], days: Iterable[date], cases: Iterable[Case], units: Sequence[Unit], as_of: date
) -> Checks:
    """Put together cells, the days of the year's covert checks so far, and hazards as they stood."""
    held, known = list(days), cases_as_of(cases, as_of)
    return Checks(
        _groups(cells, as_of),
        _weeks(held, known, as_of),
        len(held),
        figures_of(known, as_of),
        _by_locality(known, units, as_of),
        _grave(known, units, as_of),
    )


def _groups(cells: Iterable[Cell], day: date) -> tuple[tuple[str, tuple[CheckRow, ...]], ...]:
    shown = [
        cell
        for cell in cells
        if cell.obligation.event == COVERT_CHECK
        and cell.period == cell.obligation.period_at(cell.period.year, day)
    ]
    kinds = (UnitKind.COMMITTEE, UnitKind.LOCALITY, UnitKind.DEPARTMENT)
    groups = ((kind.label, tuple(_check_row(c) for c in shown if c.unit.kind == kind)) for kind in kinds)
    return tuple((label, rows) for label, rows in groups if rows)


def _check_row(cell: Cell) -> CheckRow:
    return CheckRow(cell.unit.code, short_name(cell.unit), cell.done, cell.required, cell.status)


def _weeks(days: Sequence[date], cases: Sequence[Case], as_of: date) -> tuple[Week, ...]:
    monday = as_of - timedelta(days=as_of.weekday())
    firsts = [monday - timedelta(weeks=back) for back in range(WEEKS - 1, -1, -1)]
    checks = Counter(map(_monday, days))
    found = Counter(_monday(case.hazard.found_on) for case in cases)
    closed = Counter(_monday(case.course.closed_on) for case in cases if case.course.closed_on)
    return tuple(Week(d.isocalendar().week, checks[d], found[d], closed[d]) for d in firsts)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _by_locality(cases: Sequence[Case], units: Sequence[Unit], day: date) -> tuple[HazardRow, ...]:
    localities = [unit for unit in units if unit.kind == UnitKind.LOCALITY] if cases else []
    return tuple(
        HazardRow(
            unit.code,
            short_name(unit),
            figures_of([case for case in cases if case.hazard.locality == unit.code], day),
        )
        for unit in localities
    )


def _grave(cases: Sequence[Case], units: Sequence[Unit], day: date) -> tuple[GraveHazard, ...]:
    """Open major hazards, the nearest date first, those without a date last."""
    names = {unit.code: short_name(unit) for unit in units}
    grave = [case for case in cases if belongs(case, Group.MAJOR_OPEN, day)]
    ordered = sorted(grave, key=lambda case: (case.course.due is None, case.course.due or day))
    return tuple(
        GraveHazard(
            names.get(case.hazard.locality, case.hazard.locality),
            case.hazard.place,
            case.course.stage.label,
            case.days_left(day),
            case.course.listed,
        )
        for case in ordered
    )
