"""Many records put right at once: previewed, with one reason, in one transaction, nobody else's."""

import pytest

from core.domain.records import Record
from core.errors import ConflictError, ForbiddenError, InputError
from core.services.recording import find_current, record_history, void_record
from core.services.tidying import (
    RefusedStepsError,
    move_many,
    preview_moving,
    preview_voiding,
    void_many,
)
from core.store.engine import Store
from tests.city_examples import CLERK, LEADER, NOW, OFFICE, TODAY, enter, journal, meeting, version_read


@pytest.fixture
def two(city: Store) -> list[Record]:
    """Two meetings of C1."""
    return [enter(city, meeting("2025-04-20", "甲")), enter(city, meeting("2025-05-20", "乙"))]


def seen(store: Store, records: list[Record]) -> dict[int, int]:
    return {each.record_id: version_read(store, each) for each in records}


def test_many_are_voided_with_one_reason_and_one_entry_in_the_journal(city: Store, two: list[Record]) -> None:
    ids = [each.record_id for each in two]
    assert [step.problem for step in preview_voiding(city, CLERK, ids)] == ["", ""]
    before = len(journal(city))
    assert void_many(city, CLERK, seen(city, two), "重复导入", now=NOW) == 2
    assert [find_current(city, OFFICE, each) for each in ids] == [None, None]
    last = record_history(city, OFFICE, ids[0])[-1]
    assert (last.ended_action, last.ended_reason) == ("record.voided", "重复导入")
    assert (len(journal(city)), journal(city)[-1].subject) == (before + 1, "2 条记录")


def test_many_are_given_to_another_unit_that_may_record_the_event(city: Store, two: list[Record]) -> None:
    ids = [each.record_id for each in two]
    steps = preview_moving(city, OFFICE, ids, "C2", today=TODAY)
    assert [(step.after.unit if step.after else "", step.problem) for step in steps] == [("C2", "")] * 2
    moved = move_many(city, OFFICE, seen(city, two), "C2", "录错单位", today=TODAY, now=NOW)
    assert moved == 2
    history = record_history(city, OFFICE, ids[0])
    assert [version.record.unit for version in history] == ["C1", "C2"]
    assert (history[-1].action, history[-1].reason) == ("record.corrected", "录错单位")


def test_a_unit_that_cannot_record_the_event_stands_in_the_way_of_all(city: Store, two: list[Record]) -> None:
    steps = preview_moving(city, OFFICE, [each.record_id for each in two], "L1", today=TODAY)
    assert all("不是属地的事项" in step.problem for step in steps)
    with pytest.raises(RefusedStepsError, match="一条也没有改动"):
        move_many(city, OFFICE, seen(city, two), "L1", "录错单位", today=TODAY, now=NOW)


def test_what_the_other_unit_has_already_stands_in_the_way(city: Store, two: list[Record]) -> None:
    enter(city, meeting("2025-05-20", "乙", unit="C2"), actor=OFFICE)
    steps = preview_moving(city, OFFICE, [each.record_id for each in two], "C2", today=TODAY)
    assert [bool(step.problem) for step in steps] == [False, True]
    with pytest.raises(RefusedStepsError):
        move_many(city, OFFICE, seen(city, two), "C2", "录错单位", today=TODAY, now=NOW)
    assert find_current(city, OFFICE, two[0].record_id) == (two[0], version_read(city, two[0]))


def test_a_unit_its_own_records_are_not_moved_to_itself(city: Store, two: list[Record]) -> None:
    steps = preview_moving(city, OFFICE, [two[0].record_id], "C1", today=TODAY)
    assert steps[0].problem == "已经是该单位的记录。"


def test_a_clerk_voids_records_of_the_own_unit_only(city: Store, two: list[Record]) -> None:
    foreign = enter(city, meeting("2025-04-21", "丙", unit="C2"), actor=OFFICE)
    ids = [two[0].record_id, foreign.record_id]
    assert [bool(step.problem) for step in preview_voiding(city, CLERK, ids)] == [False, True]
    with pytest.raises(RefusedStepsError):
        void_many(city, CLERK, seen(city, [two[0], foreign]), "误录", now=NOW)
    assert find_current(city, OFFICE, two[0].record_id)


def test_a_clerk_gives_no_record_to_another_unit(city: Store, two: list[Record]) -> None:
    with pytest.raises(ForbiddenError):
        move_many(city, CLERK, seen(city, two), "C2", "录错单位", today=TODAY, now=NOW)
    with pytest.raises(ForbiddenError):
        preview_moving(city, CLERK, [two[0].record_id], "C2", today=TODAY)


def test_who_corrects_nothing_is_refused(city: Store, two: list[Record]) -> None:
    with pytest.raises(ForbiddenError):
        void_many(city, LEADER, seen(city, two), "误录", now=NOW)
    with pytest.raises(ForbiddenError):
        preview_voiding(city, LEADER, [])


def test_what_somebody_else_changed_or_voided_meanwhile_stops_everything(
    city: Store, two: list[Record]
) -> None:
    old = seen(city, two)
    with pytest.raises(RefusedStepsError, match="刚刚被别人更正过"):
        void_many(city, OFFICE, {**old, two[0].record_id: 0}, "误录", now=NOW)
    void_record(city, OFFICE, two[1].record_id, old[two[1].record_id], "误录", now=NOW)
    with pytest.raises(ConflictError, match="已被作废"):
        void_many(city, OFFICE, old, "误录", now=NOW)
    assert find_current(city, OFFICE, two[0].record_id)


@pytest.mark.parametrize(
    ("reason", "empty"), [("  ", False), ("", False), ("长" * 501, False), ("误录", True)]
)
def test_one_reason_and_at_least_one_record_are_needed(
    city: Store,
    two: list[Record],
    reason: str,
    empty: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    with pytest.raises(InputError):
        void_many(city, OFFICE, {} if empty else seen(city, two), reason, now=NOW)


def test_pressing_twice_voids_once(city: Store, two: list[Record]) -> None:
    versions, before = seen(city, two), len(journal(city))
    void_many(city, OFFICE, versions, "误录", now=NOW)
    with pytest.raises(ConflictError):
        void_many(city, OFFICE, versions, "误录", now=NOW)
    assert len(journal(city)) == before + 1
