"""Checklists that the office writes, and experiences that count once."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from core.domain.cells import Status
from core.domain.records import Record
from core.domain.zone_checklists import starting_checklist
from core.domain.zone_work import ChecklistItem
from core.domain.zones import Area
from core.errors import ConflictError, DuplicateError, ForbiddenError, InputError
from core.services.experiences import (
    ExperienceWish,
    Promotion,
    enter_experience,
    experience_library,
    experiences_table,
    promote_experience,
)
from core.services.recording import void_record
from core.services.zone_checklists import keep_item
from core.services.zoning import zone_board
from core.store.engine import Store
from tests.city_examples import (
    LOCAL_CLERK,
    NOW,
    OFFICE,
    TODAY,
    cell_of,
    count_records,
    enter,
    journal,
    version_read,
)
from tests.zone_examples import QUESTION, press

WISH = ExperienceWish("L1", "Z1", "“一区一策”精细管理", "分类分级，按企业风险定检查频次。", TODAY)


def written(store: Store, wish: ExperienceWish = WISH, operation: str = "once") -> int:
    return enter_experience(store, LOCAL_CLERK, wish, operation, today=TODAY, now=NOW).number


def own_record(store: Store, unit: str = "L1") -> Record:
    record = Record(unit, "experience_summary", TODAY, "经验做法总结", entered_on=TODAY, entered_by="local")
    return enter(store, record, actor=OFFICE)


def test_the_starting_checklist_gives_each_area_a_hundred_points() -> None:
    for area in Area:
        assert sum(item.points for item in starting_checklist() if item.area == area) == 100


def test_an_experience_turns_the_cell_once_however_often_it_is_sent(city: Store) -> None:
    before = count_records(city)
    assert cell_of(city, "L1", "locality.zone_experience", "2025").status == Status.DUE_SOON
    assert written(city) == written(city)
    cell = cell_of(city, "L1", "locality.zone_experience", "2025")
    assert (cell.status, cell.done, count_records(city)) == (Status.MET, 1, before + 1)
    assert [each.title for each in experience_library(city, LOCAL_CLERK, QUESTION).experiences] == [
        WISH.title
    ]


def test_a_record_that_stands_is_linked_and_not_counted_twice(town: Store) -> None:
    record = own_record(town)
    assert [each.record_id for each in experience_library(town, OFFICE, QUESTION).records] == [
        record.record_id
    ]
    before = journal(town)
    with pytest.raises(DuplicateError, match="不要重复计数"):
        written(town)
    assert journal(town) == before
    written(town, replace(WISH, record_id=record.record_id))
    assert cell_of(town, "L1", "locality.zone_experience", "2025").done == 1
    assert experience_library(town, OFFICE, QUESTION).records == ()
    with pytest.raises(InputError, match="已经有一份经验做法"):
        written(town, replace(WISH, record_id=record.record_id), "again")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"title": ""}, "请填写标题"),
        ({"content": " "}, "请填写主要做法"),
        ({"noted_on": TODAY + timedelta(days=1)}, "晚于今天"),
        ({"zone": "Z9"}, "不属于这个属地"),
        ({"record_id": 1}, "不是这个属地的经验做法总结"),
    ],
)
def test_an_experience_that_cannot_be_kept_leaves_nothing(
    town: Store, wrong: dict[str, object], said: str
) -> None:
    before = journal(town)
    with pytest.raises(InputError, match=said):
        written(town, replace(WISH, **wrong))  # type: ignore[arg-type]
    assert journal(town) == before


def test_the_office_promotes_and_the_day_decides_what_is_shown(town: Store) -> None:
    number = written(town)
    with pytest.raises(ForbiddenError):
        promote_experience(
            town, LOCAL_CLERK, Promotion(number, TODAY, "印发简报"), press(), today=TODAY, now=NOW
        )
    for asked, said in (
        (Promotion(number, TODAY, ""), "请写明怎样推广"),
        (Promotion(number, TODAY - timedelta(days=1), "观摩"), "早于总结日期"),
        (Promotion(number, TODAY + timedelta(days=1), "观摩"), "晚于今天"),
    ):
        with pytest.raises(InputError, match=said):
            promote_experience(town, OFFICE, asked, press(), today=TODAY, now=NOW)
    promote_experience(town, OFFICE, Promotion(number, TODAY, "印发简报"), press(), today=TODAY, now=NOW)
    shown = experience_library(town, OFFICE, QUESTION)
    assert experiences_table(shown, {"L1": "肥城市"}, TODAY).lines[0][-2:] == (TODAY, "印发简报")
    assert experiences_table(shown, {}, date(2025, 6, 18)).lines[0][-2:] == (None, "")
    with pytest.raises(ConflictError, match="刚被别人修改"):
        promote_experience(town, OFFICE, Promotion(number, TODAY, "观摩会"), press(1), today=TODAY, now=NOW)


def test_an_experience_whose_record_was_voided_is_marked(town: Store) -> None:
    record = own_record(town)
    written(town, replace(WISH, record_id=record.record_id))
    void_record(town, OFFICE, record.record_id, version_read(town, record), "重复", now=NOW)
    assert experience_library(town, OFFICE, QUESTION).voided == {record.record_id}


def test_the_office_adds_changes_and_takes_out_items(town: Store) -> None:
    added = keep_item(town, OFFICE, ChecklistItem("", Area.DIGITAL, "视频接入", 10, 90), press(), now=NOW)
    keep_item(town, OFFICE, replace(starting_checklist()[0], content="改过的内容"), press(), now=NOW)
    keep_item(town, OFFICE, replace(starting_checklist()[1], kept=False), press(), now=NOW)
    items = zone_board(town, LOCAL_CLERK, QUESTION).items
    contents = [item.content for item in items]
    assert "改过的内容" in contents
    assert contents[-1] == "视频接入"
    assert len(items) == len(starting_checklist())
    with pytest.raises(ConflictError, match="刚被别人修改"):
        keep_item(town, OFFICE, replace(added, content="又改"), press(1), now=NOW)


def test_items_that_are_none_and_the_last_of_an_area_are_refused(town: Store) -> None:
    first, *rest = [item for item in starting_checklist() if item.area == Area.DIGITAL]
    for item, said in (
        (replace(first, content=" "), "请填写清单内容"),
        (replace(first, content="字" * 501), "最多 500 个字"),
        (replace(first, points=0), "分值应在 1 至 100 之间"),
    ):
        with pytest.raises(InputError, match=said):
            keep_item(town, OFFICE, item, press(), now=NOW)
    for item in rest:
        keep_item(town, OFFICE, replace(item, kept=False), press(), now=NOW)
    with pytest.raises(InputError, match="至少要保留一条"):
        keep_item(town, OFFICE, replace(first, kept=False), press(), now=NOW)
    with pytest.raises(ForbiddenError):
        keep_item(town, LOCAL_CLERK, first, press(), now=NOW)
