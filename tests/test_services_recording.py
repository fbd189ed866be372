"""Entering records: what is refused, and that nothing is kept twice."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from core.domain.records import Record
from core.errors import ConflictError, DuplicateError, ForbiddenError
from core.services.recording import (
    FaultyRecordError,
    LikelyDuplicateError,
    enter_record,
    find_current,
    void_record,
)
from core.store.engine import Store
from tests.city_examples import (
    CLERK,
    LEADER,
    LOCAL_CLERK,
    NOW,
    OFFICE,
    TODAY,
    cell_of,
    count_records,
    enter,
    journal,
    meeting,
    take_in,
    version_read,
)


def send(store: Store, record: Record, operation: str, seconds: float = 0) -> tuple[int, bool]:
    now = NOW + timedelta(seconds=seconds)
    kept = enter_record(store, CLERK, record, operation, today=TODAY, now=now)
    return kept.record.record_id, kept.again


def test_a_meeting_that_is_entered_turns_its_cell(city: Store) -> None:
    before = cell_of(city, "C1", "committee.meeting", "2025Q2")
    kept = enter(city, meeting())
    after = cell_of(city, "C1", "committee.meeting", "2025Q2")
    assert (before.fraction, after.fraction, after.status) == ("0/1", "1/1", "met")
    assert (kept.entered_on, kept.entered_by) == (TODAY, "clerk")
    assert journal(city)[-1].action == "record.entered"


def test_a_clerk_cannot_record_for_another_unit_and_is_told_so(town: Store) -> None:
    with pytest.raises(ForbiddenError, match="您只能为本单位办理“录入”"):
        enter(town, meeting(unit="C2"))
    with pytest.raises(ForbiddenError, match="“领导”账号没有“录入”的权限"):
        enter(town, meeting(), actor=LEADER)


def test_one_operation_is_kept_once_however_often_it_is_sent(city: Store) -> None:
    first = send(city, meeting(), "op-a")
    assert first[1] is False
    assert send(city, meeting(), "op-a", seconds=60) == (first[0], True)
    assert send(city, meeting(title="改过再发"), "op-a", seconds=3600) == (first[0], True)
    assert count_records(city) == 6


def test_the_same_content_within_three_seconds_is_kept_once_though_sent_as_another_operation(
    city: Store,
) -> None:
    first = send(city, meeting(), "op-a")
    assert send(city, meeting(), "op-b", seconds=3) == (first[0], True)
    with pytest.raises(DuplicateError):
        send(city, meeting(), "op-c", seconds=4)
    assert count_records(city) == 6


def test_two_persons_content_is_not_taken_for_one_persons_double_click(town: Store) -> None:
    enter(town, meeting())
    with pytest.raises(DuplicateError):
        enter(town, meeting(), actor=OFFICE)


def test_an_operation_sent_again_after_its_record_was_voided_is_told_so(city: Store) -> None:
    number, _ = send(city, meeting(), "op-a")
    kept = replace(meeting(), record_id=number)
    void_record(city, CLERK, number, version_read(city, kept), "重复", now=NOW)
    with pytest.raises(ConflictError, match="后来被作废"):
        send(city, meeting(), "op-a", seconds=60)
    assert send(city, meeting(), "op-b", seconds=61) == (number + 1, False)


def test_another_meeting_of_the_day_is_kept_only_when_the_person_is_sure(city: Store) -> None:
    first = enter(city, meeting())
    with pytest.raises(LikelyDuplicateError, match="第二季度工作会议") as told:
        enter(city, meeting(title="第二次"))
    assert told.value.record_id == first.record_id
    assert enter(city, meeting(title="第二次"), sure=True).record_id == first.record_id + 1


def test_an_exact_twin_is_refused_even_when_the_person_is_sure(city: Store) -> None:
    first = enter(city, meeting())
    with pytest.raises(DuplicateError, match="注明区别") as told:
        enter(city, replace(meeting(), note="只有备注不同"), sure=True)
    assert told.value.record_id == first.record_id
    assert not isinstance(told.value, LikelyDuplicateError)


def test_two_leaders_or_two_measures_of_one_day_are_no_likely_duplicates(town: Store) -> None:
    take_in(town, {"leaders": "unit,name\nL1,李三\n"})
    day = date(2025, 6, 10)
    for name in ("赵一鸣", "李三"):
        enter(town, Record("L1", "leader_inspection", day, "查", name), actor=LOCAL_CLERK)
    for measure in ("log", "review"):
        report = Record("L1", "nine_ones_report", day, "表", measure=measure, value=1, total=2)
        enter(town, report, actor=LOCAL_CLERK)
    assert count_records(town) == 9


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"event": "tea_party"}, {"event"}),
        ({"event": "standing_meeting"}, {"event"}),
        ({"occurred_on": date(2025, 6, 20)}, {"occurred_on"}),
        ({"occurred_on": date(2024, 6, 1)}, {"occurred_on"}),
        ({"title": "长" * 100_000}, {"title"}),
        ({"note": "长" * 10_001, "title": "长" * 1_001}, {"title", "note"}),
        ({"measure": "log"}, {"measure"}),
        ({"value": -1}, {"value"}),
        ({"value": 3, "total": 2}, {"value"}),
        ({"value": 2**63}, {"value"}),
        ({"reported_on": date(2025, 6, 20)}, {"reported_on"}),
        ({"event": "staffing_report"}, {"value"}),
    ],
)
def test_a_faulty_entry_names_every_field_at_fault_and_is_not_kept(
    town: Store, changes: dict[str, object], fields: set[str]
) -> None:
    with pytest.raises(FaultyRecordError) as told:
        enter(town, replace(meeting(), **changes))  # type: ignore[arg-type]
    assert {fault.column for fault in told.value.faults} == fields
    assert (told.value.field in fields, count_records(town)) == (True, 5)


def test_an_entry_for_a_unit_that_is_none_is_refused(town: Store) -> None:
    with pytest.raises(FaultyRecordError, match="单位“X9”不存在"):
        enter(town, meeting(unit="X9"), actor=OFFICE)


def test_today_is_the_last_day_that_can_be_entered(town: Store) -> None:
    assert enter(town, meeting("2025-06-19")).occurred_on == TODAY


def test_texts_are_kept_as_typed_but_for_control_characters_and_outer_blanks(city: Store) -> None:
    typed = "  \x0b<b>会议</b>\x00 =1+1\t**粗**\r\n第二行\x1b 　"
    kept = enter(city, replace(meeting(title=typed), note="\ufeff\ud800注\x7f"))
    assert (kept.title, kept.note) == ("<b>会议</b> =1+1\t**粗**\n第二行", "注")
    found = find_current(city, CLERK, kept.record_id)
    assert found
    assert found[0] == kept
