"""Reminders: whatever days the job runs or does not run, each thing that is due is sent once a level."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.catalogue import catalogues
from core.domain.cells import Cell, Status
from core.domain.measures import Follow, Item, ItemKind, Measure, Rung, Step
from core.domain.periods import parse_period
from core.domain.reminders import Level, Thing, Wanted, by_unit, due_things, unsent
from core.domain.units import Unit, UnitKind
from tests.hazard_examples import assigned, hazard, history, rectified

UNIT = Unit("C1", UnitKind.COMMITTEE, "消防专委会")
MEETING = next(each for each in catalogues()[2025].obligations if each.code == "committee.meeting")
FOLLOWUP = next(
    each for each in catalogues()[2025].obligations if each.code == "committee.inspection_reported"
)
FIRST = date(2025, 3, 20)
DAYS = st.dates(FIRST, date(2025, 8, 31))
ALL = Wanted()


def cell_on(day: date, met_on: date | None = None) -> Cell:
    """The second quarter's meeting as it stands on a day."""
    period = parse_period("2025Q2")
    assert period
    cell = Cell(UNIT, MEETING, period, 1, 0, Status.NOT_STARTED)
    if day < period.start:
        return cell
    if met_on and met_on <= day and met_on <= period.end:
        return replace(cell, done=1, status=Status.MET, completed_on=met_on)
    left = period.days_left(day)
    if left < 0:
        return replace(cell, status=Status.MISSED)
    return replace(
        cell, status=Status.DUE_SOON if left <= MEETING.warn_days else Status.PENDING, days_left=left
    )


def run(log: Counter[tuple[str, str]], things: list[Thing]) -> None:
    """What one run of the job does: it sends what is due and not yet sent, and writes it down."""
    ledger: dict[str, set[str]] = {}
    for reference, level in log:
        ledger.setdefault(reference, set()).add(level)
    log.update(each.key for each in unsent(things, ledger))


@given(st.lists(DAYS, max_size=40), st.none() | DAYS)
def test_whatever_days_the_job_runs_each_level_that_held_on_one_of_them_is_sent_once(
    days: list[date], met_on: date | None
) -> None:
    log: Counter[tuple[str, str]] = Counter()
    held = set()
    for day in sorted(days):
        things = due_things([cell_on(day, met_on)], [], [], day, ALL)
        held |= {each.key for each in things}
        run(log, things)
    assert log == Counter(held)


@given(st.lists(st.tuples(DAYS, st.booleans()), max_size=40))
def test_even_when_a_record_is_voided_and_entered_again_nothing_is_sent_twice(
    days: list[tuple[date, bool]],
) -> None:
    log: Counter[tuple[str, str]] = Counter()
    for day, met in sorted(days):
        run(log, due_things([cell_on(day, FIRST if not met else day)], [], [], day, ALL))
        run(log, due_things([cell_on(day, None if met else day)], [], [], day, ALL))
    assert set(log.values()) <= {1}


@given(st.sets(st.integers(0, 200)))
def test_a_run_a_day_and_any_fewer_runs_end_with_the_same_gravest_level(skipped: set[int]) -> None:
    def gravest(kept: list[int]) -> set[tuple[str, str]]:
        log: Counter[tuple[str, str]] = Counter()
        for place in [*kept, 201]:
            day = FIRST + timedelta(days=place)
            run(log, due_things([cell_on(day)], [], [], day, ALL))
        return {key for key in log if key[1] == Level.MISSED}

    assert gravest([place for place in range(201) if place not in skipped]) == gravest(list(range(201)))


def test_after_a_downtime_what_was_missed_meanwhile_is_said_once_and_as_missed() -> None:
    log: Counter[tuple[str, str]] = Counter()
    for day in (date(2025, 4, 30), date(2025, 7, 6), date(2025, 7, 6), date(2025, 7, 7)):
        run(log, due_things([cell_on(day)], [], [], day, ALL))
    assert list(log.elements()) == [("cell:C1/committee.meeting/2025Q2", "missed")]


@pytest.mark.parametrize(
    ("day", "level"),
    [
        (date(2025, 6, 14), None),
        (date(2025, 6, 15), Level.SOON),
        (date(2025, 6, 26), Level.SOON),
        (date(2025, 6, 27), Level.LAST),
        (date(2025, 6, 30), Level.LAST),
        (date(2025, 7, 1), Level.MISSED),
        (date(2025, 12, 31), Level.MISSED),
    ],
)
def test_a_cell_bears_the_gravest_level_that_holds(day: date, level: Level | None) -> None:
    found = [each.level for each in due_things([cell_on(day)], [], [], day, ALL)]
    assert found == ([level] if level else [])


def test_a_level_that_the_office_switched_off_gives_way_to_the_one_below() -> None:
    wanted = Wanted(frozenset({Level.SOON}))
    for day, expected in ((date(2025, 6, 29), [Level.SOON]), (date(2025, 7, 1), [])):
        assert [each.level for each in due_things([cell_on(day)], [], [], day, wanted)] == expected


def test_what_was_late_is_not_soon_due_afterwards() -> None:
    thing = Thing("C1", "cell:x", Level.SOON, "")
    assert unsent([thing], {}) == [thing]
    assert unsent([thing], {"cell:x": {"missed"}}) == []
    assert unsent([replace(thing, level=Level.MISSED)], {"cell:x": {"soon", "last"}})


def test_each_report_that_is_missing_is_a_thing_of_its_own() -> None:
    period = parse_period("2025")
    assert period
    late = [Cell(UNIT, FOLLOWUP, period, 3, done, Status.MISSED) for done in (1, 1, 2)]
    references = [due_things([cell], [], [], FIRST, ALL)[0].reference for cell in late]
    assert len(set(references)) == 2


def test_an_extension_makes_a_hazard_a_new_thing() -> None:
    late = due_things([], [history(assigned(10))], [], date(2025, 6, 12), ALL)
    again = due_things([], [history(assigned(14))], [], date(2025, 6, 12), ALL)
    assert [(each.level, each.reference) for each in (*late, *again)] == [
        (Level.HAZARD_LATE, "hazard:YH1@2025-06-10"),
        (Level.HAZARD_SOON, "hazard:YH1@2025-06-14"),
    ]
    assert late[0].said == f"一般隐患 YH1 {hazard().place}：配电箱门缺失，整改期限 6月10日，已逾期 2 天。"


def test_a_rectified_hazard_calls_for_nothing() -> None:
    cases = [history(assigned(10), rectified(11))]
    assert due_things([], cases, [], date(2025, 6, 12), ALL) == []


def test_a_letter_is_reminded_of_until_it_is_answered() -> None:
    item = Item(ItemKind.CELL, "x", "工作会议", "未完成", FIRST)
    letter = Measure("C1", Rung.LETTER, FIRST, "请落实。", (item,), date(2025, 4, 10), 0, 3, measure_id=7)
    found = {
        day: [(each.level, each.said) for each in due_things([], [], [letter], date(2025, 4, day), ALL)]
        for day in (6, 10, 12)
    }
    assert found == {
        6: [],
        10: [(Level.REPLY_SOON, f"督促函 {letter.label}，回复期限 4月10日，今天到期，尚未回复。")],
        12: [(Level.REPLY_LATE, f"督促函 {letter.label}，回复期限 4月10日，已逾期 2 天，尚未回复。")],
    }
    answered = replace(letter, steps=(Step(Follow.REPLIED, date(2025, 4, 11), "clerk", "已整改"),))
    assert due_things([], [], [answered], date(2025, 4, 12), ALL) == []


def test_things_are_grouped_by_unit_in_the_units_order() -> None:
    things = [Thing(unit, f"x{unit}", Level.SOON, "") for unit in ("L1", "C1", "L1")]
    assert list(by_unit(things, ["C1", "C2", "L1"])) == ["C1", "L1"]
