"""Correcting and voiding records, and who may see which record with its history."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from core.auth import Actor
from core.domain.records import Record, RecordSearch
from core.errors import ConflictError, DuplicateError, ForbiddenError, InputError, NotFoundError
from core.services.recording import (
    FaultyRecordError,
    correct_record,
    find_current,
    find_records,
    just_entered,
    record_history,
    void_record,
)
from core.store.engine import Store
from tests.city_examples import (
    ADMIN,
    AUDITOR,
    CLERK,
    DEPARTMENT_CLERK,
    LEADER,
    LOCAL_CLERK,
    NOW,
    OFFICE,
    OTHER_CLERK,
    SCREEN,
    TODAY,
    cell_of,
    enter,
    journal,
    local,
    meeting,
    version_read,
)

WRITERS = (OFFICE, CLERK)
STRANGERS = (OTHER_CLERK, LOCAL_CLERK, DEPARTMENT_CLERK, LEADER, SCREEN, ADMIN, AUDITOR)


def correct(
    store: Store, wanted: Record, version: int, *, actor: Actor = CLERK, reason: str = "写错了"
) -> Record:
    return correct_record(store, actor, version, wanted, reason, today=TODAY, now=NOW)


def void(store: Store, record: Record, version: int, *, actor: Actor = CLERK, reason: str = "重复") -> None:
    void_record(store, actor, record.record_id, version, reason, now=NOW)


@pytest.mark.parametrize("actor", WRITERS)
def test_the_office_and_the_units_own_clerk_may_enter_correct_and_void(town: Store, actor: Actor) -> None:
    kept = enter(town, meeting(), actor=actor)
    corrected = correct(town, replace(kept, note="补记"), version_read(town, kept), actor=actor)
    void(town, corrected, version_read(town, corrected), actor=actor)
    assert find_current(town, OFFICE, kept.record_id) is None


@pytest.mark.parametrize("actor", STRANGERS, ids=lambda actor: actor.role.value + actor.unit)
def test_nobody_else_may_enter_correct_or_void_for_the_unit(town: Store, actor: Actor) -> None:
    kept = enter(town, meeting())
    version, before = version_read(town, kept), journal(town)
    attempts: list[Callable[[], object]] = [
        lambda: enter(town, meeting("2025-05-01"), actor=actor),
        lambda: correct(town, replace(kept, note="改"), version, actor=actor),
        lambda: void(town, kept, version, actor=actor),
    ]
    for attempt in attempts:
        with pytest.raises(ForbiddenError):
            attempt()
    assert journal(town) == before


def test_a_clerk_cannot_give_a_record_away_to_another_unit(town: Store) -> None:
    kept = enter(town, meeting())
    with pytest.raises(ForbiddenError):
        correct(town, replace(kept, unit="C2"), version_read(town, kept))


def test_a_correction_needs_a_reason_of_a_bearable_length(town: Store) -> None:
    kept = enter(town, meeting())
    for reason, said in (("", "请填写原因"), (" \n\x00", "请填写原因"), ("长" * 501, "最多 500 个字")):
        with pytest.raises(InputError, match=said):
            correct(town, replace(kept, note="改"), version_read(town, kept), reason=reason)
        with pytest.raises(InputError, match=said):
            void(town, kept, version_read(town, kept), reason=reason)


def test_a_correction_that_changes_nothing_is_told_so(town: Store) -> None:
    kept = enter(town, meeting())
    with pytest.raises(InputError, match="没有改动"):
        correct(town, replace(kept, title=" 第二季度工作会议 "), version_read(town, kept))


def test_a_correction_is_checked_like_an_entry(town: Store) -> None:
    kept = enter(town, meeting())
    with pytest.raises(FaultyRecordError, match="晚于今天"):
        correct(town, replace(kept, occurred_on=date(2025, 7, 1)), version_read(town, kept))


def test_a_correction_cannot_make_two_records_the_same(city: Store) -> None:
    enter(city, meeting("2025-04-20"))
    other = enter(city, meeting("2025-04-21"))
    with pytest.raises(DuplicateError):
        correct(city, replace(other, occurred_on=date(2025, 4, 20)), version_read(city, other))


def test_of_two_who_correct_the_same_version_the_second_is_told(city: Store) -> None:
    kept = enter(city, meeting())
    version = version_read(city, kept)
    correct(city, replace(kept, note="一"), version)
    with pytest.raises(ConflictError, match="刚刚被别人更正过"):
        correct(city, replace(kept, note="二"), version, actor=OFFICE)
    with pytest.raises(ConflictError, match="刚刚被别人更正过"):
        void(city, kept, version, actor=OFFICE)
    found = find_current(city, OFFICE, kept.record_id)
    assert found
    assert found[0].note == "一"


def test_a_voided_record_can_be_neither_corrected_nor_voided_again(city: Store) -> None:
    kept = enter(city, meeting())
    version = version_read(city, kept)
    void(city, kept, version)
    for attempt in (
        lambda: correct(city, replace(kept, note="改"), version),
        lambda: void(city, kept, version),
    ):
        with pytest.raises(ConflictError, match="已被作废"):
            attempt()


def test_a_voided_meeting_turns_its_cell_back_and_may_be_entered_anew(city: Store) -> None:
    kept = enter(city, meeting())
    void(city, kept, version_read(city, kept))
    assert cell_of(city, "C1", "committee.meeting", "2025Q2").fraction == "0/1"
    assert enter(city, meeting(), now=NOW + timedelta(minutes=1)).record_id == kept.record_id + 1


def test_the_history_tells_each_version_with_its_person_moment_and_reason(city: Store) -> None:
    kept = enter(city, meeting(), now=local("2025-06-18 09:00"))
    corrected = correct(
        city, replace(kept, note="补记"), version_read(city, kept), actor=OFFICE, reason=" 漏了 "
    )
    void(city, corrected, version_read(city, corrected))
    first, second = record_history(city, CLERK, kept.record_id)
    assert (first.record, first.begun_by, first.ended_by, first.ended_reason) == (
        kept, "clerk", "office", "漏了",
    )  # fmt: skip
    assert (second.record.note, second.ended_action, second.ended_by) == ("补记", "record.voided", "clerk")
    assert second.record.entered_on == date(2025, 6, 18)


def test_a_history_is_told_to_those_who_see_the_unit(town: Store) -> None:
    kept = enter(town, meeting())
    for actor in (OFFICE, LEADER, CLERK, OTHER_CLERK):
        assert len(record_history(town, actor, kept.record_id)) == 1
    for actor in (LOCAL_CLERK, DEPARTMENT_CLERK):
        with pytest.raises(NotFoundError):
            record_history(town, actor, kept.record_id)
    for actor in (SCREEN, ADMIN, AUDITOR):
        with pytest.raises(ForbiddenError):
            record_history(town, actor, kept.record_id)
    with pytest.raises(NotFoundError, match="999"):
        record_history(town, OFFICE, 999)


def test_a_search_finds_only_what_the_person_may_see(town: Store) -> None:
    found = {actor.username: find_records(town, actor, RecordSearch())[1] for actor in
             (OFFICE, LEADER, CLERK, OTHER_CLERK, LOCAL_CLERK, DEPARTMENT_CLERK)}  # fmt: skip
    assert found == {"office": 5, "leader": 5, "clerk": 2, "other": 2, "local": 2, "depart": 1}
    assert find_records(town, DEPARTMENT_CLERK, RecordSearch(units=frozenset({"C1"}))) == ([], 0)
    with pytest.raises(ForbiddenError):
        find_records(town, SCREEN, RecordSearch())


def test_what_was_entered_last_is_shown_only_of_units_the_person_sees(town: Store) -> None:
    enter(town, meeting())
    assert [record.unit for record, _ in just_entered(town, CLERK, TODAY, limit=1)] == ["C1"]
    assert {record.unit for record, _ in just_entered(town, DEPARTMENT_CLERK, TODAY)} == {"D1"}
    assert just_entered(town, OFFICE, date(2025, 1, 1)) == []


def test_a_record_of_a_unit_one_may_not_see_cannot_be_opened(town: Store) -> None:
    kept = enter(town, meeting())
    assert find_current(town, OTHER_CLERK, kept.record_id)
    assert find_current(town, DEPARTMENT_CLERK, kept.record_id) is None
