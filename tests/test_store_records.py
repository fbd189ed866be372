"""Records in versions: kept, corrected, voided, found again, and seen as they were known."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from core.domain.records import Record, RecordSearch
from core.store.engine import Store
from core.store.records import (
    add_records,
    all_records,
    end_record,
    find_by_key,
    find_record,
    newest_records,
    records_of_day,
    replace_record,
    search_records,
    versions_of,
)
from tests.city_examples import NOW, local, meeting

FULL = Record(
    "L1",
    "nine_ones_report",
    date(2025, 5, 20),
    "五月统计",
    "赵一鸣",
    led_by_first_director=True,
    reported_on=date(2025, 5, 21),
    measure="log",
    value=30,
    total=45,
    note="分两批\n补报",
    entered_on=date(2025, 5, 22),
    entered_by="local",
)


def keep(store: Store, *records: Record, now: datetime = NOW) -> list[int]:
    with store.unit_of_work("某人", now) as work:
        numbers = add_records(work, [(work.change("record.entered"), record) for record in records])
        work.commit()
    return numbers


def correct(store: Store, record: Record, now: datetime = NOW) -> None:
    with store.unit_of_work("更正人", now) as work:
        replace_record(work, work.change("record.corrected", reason="写错了"), record)
        work.commit()


def void(store: Store, number: int, now: datetime = NOW) -> None:
    with store.unit_of_work("作废人", now) as work:
        end_record(work, work.change("record.voided", reason="重复"), number)
        work.commit()


def titles(store: Store, known_at: datetime | None = None, **search: object) -> list[str]:
    with store.reading(known_at) as reader:
        return [each.title for each in all_records(reader, RecordSearch(**search))]  # type: ignore[arg-type]


def test_a_record_comes_back_as_it_went_in(store: Store) -> None:
    (number,) = keep(store, FULL)
    with store.reading() as reader:
        found = find_record(reader, number)
    assert found
    assert found[0] == replace(FULL, record_id=number)


def test_texts_of_any_length_and_script_come_back_unchanged(store: Store) -> None:
    text = "<b>&amp;</b> =1+1 | **粗** 𠮷 😀 '\"\\ %_ \t\n" + "长" * 9_000
    (number,) = keep(store, replace(FULL, note=text))
    with store.reading() as reader:
        found = find_record(reader, number)
    assert found
    assert found[0].note == text


def test_numbers_of_records_follow_the_order_of_entry(store: Store) -> None:
    first = keep(store, meeting("2025-05-01"), meeting("2025-03-01"))
    second = keep(store, meeting("2025-04-01"))
    assert first + second == [1, 2, 3]


def test_a_number_is_not_given_again_after_a_record_was_voided(store: Store) -> None:
    (number,) = keep(store, meeting())
    void(store, number)
    assert keep(store, meeting()) == [number + 1]


def test_a_corrected_record_keeps_its_number_and_shows_its_new_content(store: Store) -> None:
    (number,) = keep(store, meeting(title="旧"))
    correct(store, replace(meeting(title="新"), record_id=number))
    assert titles(store) == ["新"]
    with store.reading() as reader:
        found = find_record(reader, number)
        assert found
        assert found[0].title == "新"
        assert find_by_key(reader, meeting(title="旧")) is None


def test_a_voided_record_is_gone_from_every_list_but_its_history(store: Store) -> None:
    (number,) = keep(store, meeting())
    void(store, number)
    with store.reading() as reader:
        assert (find_record(reader, number), all_records(reader)) == (None, [])
        assert find_by_key(reader, meeting()) is None
        assert records_of_day(reader, "C1", "committee_meeting", date(2025, 4, 20)) == []
        assert len(versions_of(reader, number)) == 1


def test_the_history_tells_every_version_with_who_when_and_why(store: Store) -> None:
    (number,) = keep(store, meeting(title="一"), now=local("2025-04-20 09:00"))
    correct(store, replace(meeting(title="二"), record_id=number), now=local("2025-04-21 09:00"))
    void(store, number, now=local("2025-04-22 09:00"))
    with store.reading() as reader:
        first, second = versions_of(reader, number)
    assert (first.record.title, first.action, first.begun_by) == ("一", "record.entered", "某人")
    assert (first.ended_action, first.ended_by, first.ended_reason) == (
        "record.corrected", "更正人", "写错了",
    )  # fmt: skip
    assert first.ended_at == second.begun_at == datetime(2025, 4, 21, 1, 0)  # noqa: DTZ001 - naive UTC
    assert (second.reason, second.ended_action, second.ended_reason) == ("写错了", "record.voided", "重复")


def test_each_moment_shows_the_version_that_was_known_then(store: Store) -> None:
    (number,) = keep(store, meeting(title="一"), now=local("2025-04-20 09:00"))
    correct(store, replace(meeting(title="二"), record_id=number), now=local("2025-04-21 09:00"))
    void(store, number, now=local("2025-04-22 09:00"))
    known = [
        "2025-04-20 08:00",
        "2025-04-20 10:00",
        "2025-04-21 09:00",
        "2025-04-22 08:59",
        "2025-04-22 09:00",
    ]
    assert [titles(store, local(moment)) for moment in known] == [[], ["一"], ["二"], ["二"], []]


def test_a_search_gives_the_newest_day_first_a_page_at_a_time_and_counts_all(store: Store) -> None:
    days = ["2025-03-01", "2025-05-01", "2025-04-01", "2025-05-01"]
    keep(store, *(meeting(on, title=f"{place}") for place, on in enumerate(days, start=1)))
    with store.reading() as reader:
        first, total = search_records(reader, RecordSearch(), limit=3)
        rest, _ = search_records(reader, RecordSearch(), limit=3, offset=3)
    assert ([each.title for each in first], [each.title for each in rest], total) == (
        ["4", "2", "3"], ["1"], 4,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ({"units": frozenset({"C1"})}, ["甲", "乙"]),
        ({"units": frozenset()}, []),
        ({"events": frozenset({"covert_check"})}, ["丙 Safety"]),
        ({"since": date(2025, 4, 20)}, ["乙", "丙 Safety"]),
        ({"until": date(2025, 4, 20)}, ["甲", "乙"]),
        ({"since": date(2025, 4, 20), "until": date(2025, 4, 20)}, ["乙"]),
        ({"words": "丙"}, ["丙 Safety"]),
        ({"words": "safety 仓库"}, ["丙 Safety"]),
        ({"words": "赵一鸣"}, ["乙"]),
        ({"words": "100%"}, ["甲"]),
        ({"words": "_"}, []),
    ],
)
def test_a_search_narrows_by_unit_event_day_and_words(
    store: Store, search: dict[str, object], found: list[str]
) -> None:
    keep(
        store,
        replace(meeting("2025-03-01", "甲"), note="完成100%"),
        replace(meeting("2025-04-20", "乙"), leader="赵一鸣"),
        replace(meeting("2025-05-01", "丙 Safety", "D1"), event="covert_check", note="仓库"),
    )
    assert titles(store, **search) == found  # type: ignore[arg-type]


def test_what_was_entered_last_comes_first_of_the_asked_units_up_to_the_day(store: Store) -> None:
    keep(store, meeting("2025-05-01", "甲"), now=local("2025-05-01 09:00"))
    keep(store, meeting("2025-03-01", "乙"), now=local("2025-05-02 09:00"))
    keep(store, meeting("2025-03-02", "丙", "C2"), now=local("2025-05-03 09:00"))
    keep(store, meeting("2025-06-01", "丁"), now=local("2025-06-01 09:00"))
    with store.reading() as reader:
        rows = newest_records(reader, frozenset({"C1"}), date(2025, 5, 31), 5)
    assert [record.title for record, _ in rows] == ["乙", "甲"]
