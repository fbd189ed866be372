"""A table of records at one sitting: every wrong cell by row and column, all or nothing, once."""

from datetime import timedelta

import pytest

from core.auth import Actor
from core.errors import ForbiddenError, InputError
from core.services.entering_many import (
    AT_MOST,
    EnteredMany,
    FaultyTableError,
    Line,
    check_many,
    enter_many,
)
from core.store.engine import Store
from tests.city_examples import (
    CLERK,
    LEADER,
    LOCAL_CLERK,
    NOW,
    OFFICE,
    TODAY,
    count_records,
    enter,
    journal,
    meeting,
)

MEETING = {"unit": "C1", "event": "专委会工作会议", "occurred_on": "2025-04-20", "title": "第二季度工作会议"}
TRAINING = {"unit": "C1", "event": "行业专题培训", "occurred_on": "2025/5/9", "title": "培训"}


def send(
    store: Store,
    *rows: dict[str, str],
    actor: Actor = CLERK,
    operation: str = "op",
    seconds: float = 0,
    sure: bool = False,
) -> EnteredMany:
    lines: list[Line] = list(enumerate(rows, 1))
    now = NOW + timedelta(seconds=seconds)
    return enter_many(store, actor, lines, operation, today=TODAY, now=now, sure=sure)


def problems(store: Store, *rows: dict[str, str], actor: Actor = CLERK) -> list[tuple[int, str]]:
    with pytest.raises(FaultyTableError) as caught:
        send(store, *rows, actor=actor)
    return [(each.row, each.column) for each in caught.value.problems]


def test_a_table_is_kept_as_typed_with_one_entry_in_the_journal(city: Store) -> None:
    before = count_records(city)
    kept = send(city, MEETING, {}, TRAINING | {"title": "  培训  "})
    assert [each.title for each in kept.records] == ["第二季度工作会议", "培训"]
    assert [each.entered_by for each in kept.records] == ["clerk", "clerk"]
    assert count_records(city) == before + 2
    assert (journal(city)[-1].action, journal(city)[-1].subject) == ("record.entered", "2 条记录")


def test_every_wrong_cell_is_named_and_nothing_is_kept(city: Store) -> None:
    before = count_records(city)
    wrong = MEETING | {"occurred_on": "六月", "value": "三", "event": "开会"}
    assert problems(city, TRAINING, wrong, MEETING | {"occurred_on": "2025-12-31"}) == [
        (2, "事项"),
        (2, "日期"),
        (2, "数值"),
        (3, "日期"),
    ]
    assert count_records(city) == before


def test_rows_keep_the_numbers_that_the_person_sees(city: Store) -> None:
    assert problems(city, {}, {}, {"unit": "C1"}) == [(3, "事项"), (3, "日期")]


def test_a_clerk_cannot_slip_in_a_row_of_another_unit(city: Store) -> None:
    assert problems(city, MEETING, MEETING | {"unit": "消防专委会"}) == [(2, "单位")]
    assert problems(city, MEETING, actor=LOCAL_CLERK) == [(1, "单位")]
    with pytest.raises(ForbiddenError):
        send(city, MEETING, actor=LEADER)
    with pytest.raises(ForbiddenError):
        check_many(city, LEADER, [], today=TODAY)


def test_the_office_enters_for_several_units_by_name(city: Store) -> None:
    kept = send(city, MEETING | {"unit": "危险化学品专委会"}, MEETING | {"unit": "消防专委会"}, actor=OFFICE)
    assert [each.unit for each in kept.records] == ["C1", "C2"]


def test_the_same_row_twice_and_a_record_that_stands_already_are_refused(city: Store) -> None:
    enter(city, meeting())
    assert problems(city, MEETING, TRAINING, TRAINING) == [(1, "标题"), (3, "标题")]


def test_likely_duplicates_are_asked_about_and_kept_when_sure(city: Store) -> None:
    enter(city, meeting())
    second, third = MEETING | {"title": "当天第二次"}, MEETING | {"title": "当天第三次"}
    with pytest.raises(FaultyTableError) as caught:
        send(city, second, third)
    assert [each.row for each in caught.value.problems] == [1, 2]
    assert "可能重复" in caught.value.problems[0].reason
    assert len(send(city, second, third, sure=True).records) == 2


def test_one_table_is_kept_once_however_often_it_is_sent(city: Store) -> None:
    before = count_records(city)
    first = send(city, MEETING, TRAINING)
    assert send(city, MEETING, TRAINING, seconds=60) == EnteredMany(first.records, again=True)
    assert send(city, MEETING, TRAINING, operation="other", seconds=2).again
    assert count_records(city) == before + 2


@pytest.mark.parametrize("rows", [[], [{}], [{"title": "  "}]])
def test_an_empty_table_is_refused(city: Store, rows: list[dict[str, str]]) -> None:
    with pytest.raises(InputError, match="表格是空的"):
        send(city, *rows)


def test_a_table_beyond_all_measure_is_refused(city: Store) -> None:
    rows = [TRAINING | {"title": f"第{number}次"} for number in range(AT_MOST + 1)]
    with pytest.raises(InputError, match=f"一次最多 {AT_MOST} 条"):
        send(city, *rows, sure=True)


def test_checking_says_the_same_and_writes_nothing(city: Store) -> None:
    before = journal(city)
    enter(city, meeting())
    lines = list(enumerate([MEETING | {"title": "另一次"}, TRAINING | {"occurred_on": "x"}], 1))
    checked = check_many(city, CLERK, lines, today=TODAY)
    assert [each.row for each in checked.doubts] == [1]
    assert [(each.row, each.column) for each in checked.problems] == [(2, "日期")]
    assert len(journal(city)) == len(before) + 1


@pytest.mark.parametrize("typed", ["工作会议", "专委会工作会议", "committee_meeting", "  工作会议 "])
def test_an_event_is_known_by_code_by_name_and_by_what_only_one_is_called(city: Store, typed: str) -> None:
    assert send(city, MEETING | {"event": typed}).records[0].event == "committee_meeting"


@pytest.mark.parametrize("typed", ["会议", "检查", "常委会会议"])
def test_an_event_that_could_be_several_or_none_of_the_unit_is_refused(city: Store, typed: str) -> None:
    assert problems(city, MEETING | {"event": typed}) == [(1, "事项")]
