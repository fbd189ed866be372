"""The clocks of listed supervision: which step is due by when, in working days that the office can set."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from core.domain.hazards import Case, Level
from core.domain.labels import Labelled
from core.domain.working_days import add_working_days


class Clock(Labelled):
    """What a clock waits for."""

    LIST = "list", "确认重大隐患后挂牌"
    REPORT = "report", "挂牌后报告进展"
    ACCEPT = "accept", "整改完成后现场验收"
    DELIST = "delist", "验收合格后摘牌公示"
    LOOK_BACK = "look_back", "销号后回头看"


DEFAULT_DAYS: Mapping[Clock, int] = {
    Clock.LIST: 7,
    Clock.REPORT: 10,
    Clock.ACCEPT: 5,
    Clock.DELIST: 3,
    Clock.LOOK_BACK: 60,
}
"""Working days; the notice names none, so every number is the office's own (办公室设定)."""
MOST_DAYS = 250


@dataclass(frozen=True, slots=True)
class Ticking:
    """One clock that runs for a hazard; `due` is its last working day."""

    clock: Clock
    since: date
    due: date

    def late(self, as_of: date) -> bool:
        """Tell whether the last day has passed."""
        return self.due < as_of


def ticking(case: Case, days: Mapping[Clock, int]) -> list[Ticking]:
    """The clocks that run for a major hazard; a general one has none."""
    if case.hazard.level != Level.MAJOR:
        return []
    return [
        Ticking(clock, since, add_working_days(since, days.get(clock, DEFAULT_DAYS[clock])))
        for clock, since in _running(case)
    ]


def _running(case: Case) -> Iterator[tuple[Clock, date]]:
    course = case.course
    if course.open and course.listed_on is None:
        yield Clock.LIST, case.hazard.found_on
    if course.listed and course.listed_on and course.rectified_on is None:
        yield Clock.REPORT, course.reported_on or course.listed_on
    if course.listed and course.rectified_on and course.accepted_on is None:
        yield Clock.ACCEPT, course.rectified_on
    if course.listed and course.accepted_on:
        yield Clock.DELIST, course.accepted_on
    if course.closed_on and course.looked_back_on is None:
        yield Clock.LOOK_BACK, course.closed_on
