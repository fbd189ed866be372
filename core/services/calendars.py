"""The calendar of one unit's deadlines: for whoever may see the unit, and behind a private link."""

from datetime import UTC, date, datetime, time

from core.auth import Actor, Scope, scope_of
from core.config import LOCAL_ZONE
from core.domain.deadlines import deadlines_of_cells, deadlines_of_hazards, deadlines_of_measures
from core.domain.measures import measures_as_of
from core.reports.calendars import Edition, calendar_of
from core.services.hazards import cases_within
from core.services.judging import Question
from core.services.scoreboard import cells_within
from core.store.engine import Store
from core.store.journal import newest_news
from core.store.measures import all_measures
from core.store.unit_of_work import Reader

_FIRST_DAY = date(2025, 1, 1)


def unit_calendar(store: Store, actor: Actor, question: Question, unit: str) -> bytes:
    """The unit's deadlines of the year as an .ics file.

    Raises:
        ForbiddenError: the role sees no business data.
        NotFoundError: the unit does not exist, or lies outside what the actor may see.
    """
    with store.reading(question.known_at) as reader:
        return calendar_within(reader, scope_of(actor), actor.unit, question, unit)


def calendar_within(reader: Reader, scope: Scope, own: str, question: Question, unit: str) -> bytes:
    """The unit's deadlines within a scope; hazards and measures are shown to whom they concern.

    Raises:
        NotFoundError: the unit does not exist, has none, or lies outside the scope.
    """
    cells = cells_within(reader, scope, question, unit)
    cases = cases_within(reader, scope, own, question.as_of)
    measures = measures_as_of(all_measures(reader), question.as_of) if scope.everything or unit == own else []
    deadlines = [
        *deadlines_of_cells(cells),
        *deadlines_of_hazards(cases, unit, question.as_of),
        *deadlines_of_measures(measures, unit, question.as_of),
    ]
    owed = [each for each in deadlines if each.day.year == question.year]
    name = cells[0].unit.name if cells else unit
    return calendar_of(name, sorted(owed, key=lambda each: (each.day, each.uid)), _edition(reader, question))


def _edition(reader: Reader, question: Question) -> Edition:
    """Later for every change of the data and for every day: a day alone can make something late."""
    number, at = newest_news(reader)
    days = max(0, (question.as_of - _FIRST_DAY).days)
    midnight = datetime.combine(question.as_of, time.min, LOCAL_ZONE).astimezone(UTC)
    changed = at.replace(tzinfo=UTC, microsecond=0) if at else midnight
    return Edition(number + days, max(changed, midnight))
