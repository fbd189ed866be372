"""Who owes something: the city's office, localities, committees and departments, and their leaders."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.domain.labels import Labelled
from core.domain.periods import Period


class UnitKind(Labelled):
    """The four kinds of units the notice speaks to."""

    CITY = "city", "市级"
    LOCALITY = "locality", "属地"
    COMMITTEE = "committee", "专委会"
    DEPARTMENT = "department", "部门"


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit; `county` marks 县市区, `heavy_duty` 任务较重; an empty active date is open.

    `successor` is the unit it was merged into: its records stay its own and are shown with that one.
    """

    code: str
    kind: UnitKind
    name: str
    parent: str = ""
    county: bool = False
    heavy_duty: bool = False
    lead_unit: str = ""
    sort_no: int = 0
    active_from: date | None = None
    active_until: date | None = None
    successor: str = ""

    def active_during(self, period: Period) -> bool:
        """Tell whether the unit was active on at least one day of the period."""
        return _overlaps(self.active_from, self.active_until, period.start, period.end)

    def active_on(self, day: date) -> bool:
        """Tell whether the unit is active that day."""
        return _overlaps(self.active_from, self.active_until, day, day)


@dataclass(frozen=True, slots=True)
class Leader:
    """One leader on a unit's roster; `starts` and `until` are inclusive, empty is open."""

    unit: str
    name: str
    title: str = ""
    starts: date | None = None
    until: date | None = None

    def active_on(self, day: date) -> bool:
        """Tell whether the leader holds the post that day."""
        return _overlaps(self.starts, self.until, day, day)


@dataclass(frozen=True, slots=True)
class Member:
    """A member unit (成员单位) of a committee: a unit's code, or a name where it is none of ours."""

    committee: str
    member: str
    office: str = ""
    liaison: str = ""
    phone: str = ""
    starts: date | None = None
    until: date | None = None

    def active_on(self, day: date) -> bool:
        """Tell whether it is a member that day."""
        return _overlaps(self.starts, self.until, day, day)

    @property
    def key(self) -> tuple[str, str]:
        """The natural key: committee and member."""
        return self.committee, self.member


def city_of_each(units: Sequence[Unit]) -> dict[str, str]:
    """The city that each unit belongs to, up its parents; the first city where they lead to none."""
    by_code = {each.code: each for each in units}
    first = next((each.code for each in units if each.kind == UnitKind.CITY), "")
    found: dict[str, str] = {}
    for unit in units:
        at, seen = unit, {unit.code}
        while at.kind != UnitKind.CITY and at.parent in by_code and at.parent not in seen:
            at = by_code[at.parent]
            seen.add(at.code)
        found[unit.code] = at.code if at.kind == UnitKind.CITY else first
    return found


def _overlaps(start: date | None, end: date | None, first: date, last: date) -> bool:
    return max(start or first, first) <= min(end or last, last)
