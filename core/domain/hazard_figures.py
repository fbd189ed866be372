"""What the hazard pages count: groups of cases by name, so that every number is the length of its list."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from core.domain.courses import as_of as case_as_of
from core.domain.hazards import Case, Level, Stage
from core.domain.labels import Labelled


class Group(Labelled):
    """A set of hazards with a name; its code stands in the address of its list."""

    FOUND = "found", "发现"
    OPEN = "open", "未销号"
    WAITING = "waiting", "待交办"
    RECTIFYING = "rectifying", "整改中"
    RECHECKING = "rechecking", "待复查"
    CLOSED = "closed", "已销号"
    OVERDUE = "overdue", "逾期未改"
    DUE = "due", "应整改"
    ON_TIME = "on_time", "按期整改"
    RECHECKED = "rechecked", "经过复查"
    RETURNED = "returned", "曾被退回"
    AT_ONCE = "at_once", "即查即改"
    ASKING = "asking", "申请延期"
    MAJOR = "major", "重大隐患"
    MAJOR_OPEN = "major_open", "重大未销号"
    LISTED = "listed", "挂牌督办中"
    ESCALATED = "escalated", "提级督办"
    EXPOSED = "exposed", "已曝光"


_TESTS: Mapping[Group, Callable[[Case, date], bool]] = {
    Group.FOUND: lambda _case, _day: True,
    Group.OPEN: lambda case, _day: case.course.open,
    Group.WAITING: lambda case, _day: case.course.stage == Stage.FOUND,
    Group.RECTIFYING: lambda case, _day: case.course.stage == Stage.RECTIFYING,
    Group.RECHECKING: lambda case, _day: case.course.stage == Stage.RECHECKING,
    Group.CLOSED: lambda case, _day: case.course.stage == Stage.CLOSED,
    Group.OVERDUE: lambda case, day: case.overdue(day),
    Group.DUE: lambda case, day: case.course.on_time is not None or case.overdue(day),
    Group.ON_TIME: lambda case, _day: case.course.on_time is True,
    Group.RECHECKED: lambda case, _day: case.course.rechecks > 0,
    Group.RETURNED: lambda case, _day: case.course.returns > 0,
    Group.AT_ONCE: lambda case, _day: case.course.at_once,
    Group.ASKING: lambda case, _day: case.course.asked_until is not None,
    Group.MAJOR: lambda case, _day: case.hazard.level == Level.MAJOR,
    Group.MAJOR_OPEN: lambda case, _day: case.hazard.level == Level.MAJOR and case.course.open,
    Group.LISTED: lambda case, _day: case.course.listed,
    Group.ESCALATED: lambda case, _day: case.course.escalated_on is not None,
    Group.EXPOSED: lambda case, _day: case.course.exposed_on is not None,
}


@dataclass(frozen=True, slots=True)
class Age:
    """A stretch of days that open hazards have been open; `most` None is without end."""

    code: str
    label: str
    least: int
    most: int | None

    def holds(self, days: int) -> bool:
        """Tell whether so many days lie inside."""
        return self.least <= days and (self.most is None or days <= self.most)


AGES = (
    Age("0-7", "7天以内", 0, 7),
    Age("8-15", "8至15天", 8, 15),
    Age("16-30", "16至30天", 16, 30),
    Age("31-60", "31至60天", 31, 60),
    Age("61", "60天以上", 61, None),
)


@dataclass(frozen=True, slots=True)
class Narrowing:
    """How a list of hazards is narrowed; an empty field does not narrow it."""

    group: Group | None = None
    age: str = ""
    locality: str = ""
    industry: str = ""
    source: str = ""
    level: str = ""
    unit: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """The counts of a set of cases on a day; a rate's denominator is the count named beside it."""

    counts: Mapping[Group, int] = field(default_factory=dict)
    days_to_close: int = 0

    def count(self, group: Group) -> int:
        """How many cases are in a group."""
        return self.counts.get(group, 0)

    def rate(self, part: Group, whole: Group) -> float | None:
        """A share from 0 to 1; None where the whole is empty."""
        return self.count(part) / self.count(whole) if self.count(whole) else None

    @property
    def average_days(self) -> float | None:
        """Days from found to closed, on average over the closed; None where none is closed."""
        closed = self.count(Group.CLOSED)
        return self.days_to_close / closed if closed else None


def cases_as_of(cases: Iterable[Case], day: date) -> list[Case]:
    """The cases as they stood at the end of a day; what had not been found is left out."""
    return [case for each in cases if (case := case_as_of(each, day))]


def figures_of(cases: Sequence[Case], day: date) -> Figures:
    """Count every group."""
    days = sum((case.course.closed_on - case.hazard.found_on).days for case in cases if case.course.closed_on)
    return Figures({group: sum(test(case, day) for case in cases) for group, test in _TESTS.items()}, days)


def belongs(case: Case, group: Group, day: date) -> bool:
    """Tell whether a case is in a group."""
    return _TESTS[group](case, day)


def narrowed(cases: Iterable[Case], wanted: Narrowing, day: date) -> list[Case]:
    """The cases that fit, the order kept."""
    return [case for case in cases if _fits(case, wanted, day)]


def _fits(case: Case, wanted: Narrowing, day: date) -> bool:
    hazard = case.hazard
    pairs = (
        (wanted.locality, hazard.locality),
        (wanted.industry, hazard.industry),
        (wanted.source, hazard.source),
        (wanted.level, hazard.level.value),
    )
    if wanted.group and not belongs(case, wanted.group, day):
        return False
    if any(want and want != have for want, have in pairs) or (wanted.unit and wanted.unit not in case.units):
        return False
    return _aged(case, wanted.age, day) and _mentions(case, wanted.words)


def _aged(case: Case, age: str, day: date) -> bool:
    if not age:
        return True
    return case.course.open and age_of(case, day).code == age


def age_of(case: Case, day: date) -> Age:
    """The stretch of days that a case has been open."""
    return next(each for each in AGES if each.holds(max(0, case.age(day))))


def _mentions(case: Case, words: str) -> bool:
    text = f"{case.hazard.code} {case.hazard.place} {case.hazard.description}".lower()
    return all(word in text for word in words.lower().split())
