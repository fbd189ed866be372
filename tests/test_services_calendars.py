"""A unit's calendar: every due day is the cell's last day, and nobody is shown another's hazards."""

from datetime import date

import pytest
from icalendar import Calendar

from core.auth import Actor
from core.domain.deadlines import is_dated
from core.domain.measures import ItemKind, Rung
from core.domain.sentences import last_day
from core.errors import ForbiddenError, NotFoundError
from core.services.calendars import unit_calendar
from core.services.judging import Question
from core.services.proposing import items_of
from core.services.scoreboard import cells_for
from core.services.supervising import Draft, issue_measure
from core.store.engine import Store
from tests.city_examples import CLERK, LEADER, LOCAL_CLERK, NOW, OFFICE, SCREEN, TODAY, enter, meeting

QUESTION = Question(2025, TODAY)


def events(
    store: Store, unit: str, actor: Actor = OFFICE, question: Question = QUESTION
) -> dict[str, tuple[date, str, int]]:
    """Day, summary and number of every event, by its name."""
    calendar = Calendar.from_ical(unit_calendar(store, actor, question, unit))
    return {
        str(each["uid"]): (each["dtstart"].dt, str(each["summary"]), int(each["sequence"]))
        for each in calendar.events
    }


@pytest.mark.parametrize("unit", ["C06", "L02", "D01"])
def test_every_due_day_is_the_last_day_of_its_cell(demonstration: Store, unit: str) -> None:
    cells = [cell for cell in cells_for(demonstration, OFFICE, QUESTION, unit) if is_dated(cell)]
    found = events(demonstration, unit)
    assert len(cells) > 5
    assert {f"{'.'.join(cell.key)}@anze-board": last_day(cell) for cell in cells} == {
        uid: day for uid, (day, _, _) in found.items() if uid.startswith(f"{unit}.")
    }


def test_a_meeting_that_was_held_is_marked_in_a_later_edition_of_the_same_event(town: Store) -> None:
    uid = "C1.committee.meeting.2025Q2@anze-board"
    before = events(town, "C1")[uid]
    enter(town, meeting())
    after = events(town, "C1")[uid]
    assert before[1] == "工作会议 第二季度（待完成）"
    assert after[1] == "✓ 工作会议 第二季度（已完成）"
    assert (after[0], after[2] > before[2]) == (before[0], True)


def test_a_day_alone_makes_a_later_edition(town: Store) -> None:
    uid = "C1.committee.meeting.2025Q2@anze-board"
    held = events(town, "C1")[uid]
    later = events(town, "C1", question=Question(2025, date(2025, 7, 1)))[uid]
    assert later[1] == "✕ 工作会议 第二季度（未完成）"
    assert later[2] > held[2]


def test_hazards_and_measures_stand_in_the_calendar_of_whom_they_concern(demonstration: Store) -> None:
    owed = items_of(demonstration, OFFICE, QUESTION, "L02")
    items = tuple(item.key for item in owed)
    draft = Draft("L02", Rung.LETTER, "请落实。", items, date(2025, 6, 29), "issued")
    issue_measure(demonstration, OFFICE, draft, today=TODAY, now=NOW)
    own, other = Actor("a", "甲", LOCAL_CLERK.role, "L02"), Actor("b", "乙", LOCAL_CLERK.role, "L01")
    kinds = {uid.partition(".")[0] for uid in events(demonstration, "L02", own)}
    assert kinds == {"L02", "hazard", "measure"}
    assert {uid.partition(".")[0] for uid in events(demonstration, "L02", LEADER)} == kinds
    seen_by_other = events(demonstration, "L02", other)
    assert not any(uid.startswith("measure") for uid in seen_by_other)
    assert ItemKind.HAZARD in {item.kind for item in owed}


def test_a_calendar_is_for_whoever_sees_the_unit(town: Store) -> None:
    assert events(town, "C2", CLERK)
    with pytest.raises(NotFoundError):
        unit_calendar(town, CLERK, QUESTION, "L1")
    with pytest.raises(NotFoundError):
        unit_calendar(town, OFFICE, QUESTION, "X9")
    with pytest.raises(ForbiddenError):
        unit_calendar(town, SCREEN, QUESTION, "C1")
