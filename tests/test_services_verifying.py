"""Verifying: a whole database says nothing, a damaged one names each damage."""

import contextlib
import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, update

from core.auth import Actor, Role
from core.errors import ForbiddenError
from core.services.founding import found
from core.services.recording import void_record
from core.services.verifying import verify
from core.store.engine import Store
from core.store.records import end_record
from core.store.schema import ChangeRow, LeaderRow, UnitRow, ZoneRow
from core.store.tally_rows import TallyRow
from core.store.unit_of_work import UnitOfWork
from tests.city_examples import ADMIN, CLERK, NOW, enter, meeting, version_read
from tests.tampering import unguard

_NOTHING = {
    "unit": "L1",
    "event": "covert_check",
    "plain": "[1,1]",
    "led": "[]",
    "visits": "{}",
    "reports": "{}",
    "reported": "[]",
    "plain_brief": "[1,1]",
    "led_brief": "[]",
    "reports_brief": "{}",
}


def damage(store: Store, harm: Callable[[UnitOfWork], object]) -> list[str]:
    """Do harm behind the program's back, as a broken disk or a stranger's tool would, and verify."""
    with store.unit_of_work("破坏者", NOW) as work:
        harm(work)
        work.commit()
    return verify(store, ADMIN)


def test_a_database_in_use_is_whole(city: Store) -> None:
    kept = enter(city, meeting())
    void_record(city, CLERK, kept.record_id, version_read(city, kept), "重复", now=NOW)
    assert verify(city, ADMIN) == []


def test_a_founded_demonstration_is_whole(demonstration: Store) -> None:
    assert verify(demonstration, ADMIN) == []


def test_a_real_database_is_whole_on_its_first_day(store: Store) -> None:
    found(store, empty=True, now=NOW)
    assert verify(store, ADMIN) == []


def test_a_hole_in_the_journal_is_named(city: Store) -> None:
    def harm(work: UnitOfWork) -> None:
        for _ in range(3):
            work.change("tick")
        unguard(work)
        work.session.execute(delete(ChangeRow).where(ChangeRow.id.in_([2, 3])))

    assert damage(city, harm) == ["变更日志缺少第 2 至 3 号。"]


def test_a_journal_whose_time_goes_back_is_named(city: Store) -> None:
    def harm(work: UnitOfWork) -> None:
        number = work.change("tick")
        work.session.execute(update(ChangeRow).where(ChangeRow.id == number).values(at=date(2020, 1, 1)))

    assert damage(city, harm) == ["变更日志第 2 号的时间早于前一号。"]


def test_two_current_versions_of_one_thing_are_named(city: Store) -> None:
    def harm(work: UnitOfWork) -> None:
        change = work.change("tick")
        zone = {"begun_by": change, "code": "Z1", "locality": "L1", "name": "又一个"}
        work.session.execute(insert(ZoneRow), [zone])

    assert damage(city, harm) == ["功能区“Z1”有多个现行版本。"]


def test_a_version_that_ends_before_it_begins_is_named(city: Store) -> None:
    def harm(work: UnitOfWork) -> None:
        work.change("tick")
        leader = LeaderRow.name == "赵一鸣"
        work.session.execute(update(LeaderRow).where(leader).values(begun_by=2, ended_by=1))

    altered, said = damage(city, harm)
    assert altered == "变更日志第 1 号写入的数据被改动过，与日志不符。"
    assert said.startswith("领导版本 ")
    assert said.endswith("的起止变更有误。")


def test_records_of_a_unit_that_is_gone_are_named(city: Store) -> None:
    def harm(work: UnitOfWork) -> None:
        work.session.execute(delete(UnitRow).where(UnitRow.code == "D1"))

    altered = "变更日志第 1 号写入的数据被改动过，与日志不符。"
    assert damage(city, harm) == [altered, "记录版本 5 属于不存在的单位“D1”。"]


def test_a_version_without_its_change_is_named(lite_store: Store, tmp_path: Path) -> None:
    columns = (
        "begun_by, record_id, unit, event, occurred_on, title, leader, measure, note, entered_on, entered_by"
    )
    with contextlib.closing(sqlite3.connect(tmp_path / "anze.db")) as stranger, stranger:
        values = "77, 1, 'C1', 'x', '2025-01-01', '', '', '', '', '2025-01-01', ''"
        stranger.execute(f"insert into record_version ({columns}) values ({values})")  # noqa: S608
    said = verify(lite_store, ADMIN)
    assert "表 record_version 第 1 行指向不存在的内容。" in said
    assert "记录版本 1 的起止变更有误。" in said


def test_a_kept_count_that_is_not_what_the_records_come_to_is_named_with_its_month(city: Store) -> None:
    def harm(work: UnitOfWork) -> None:
        own = (TallyRow.unit == "C1", TallyRow.event == "committee_meeting")
        work.session.execute(update(TallyRow).where(*own).values(plain="[12,2]"))
        work.session.execute(delete(TallyRow).where(TallyRow.unit == "D1"))
        work.session.execute(insert(TallyRow), [{**_NOTHING, "month": date(2025, 7, 1)}])

    assert damage(city, harm) == [
        "单位“C1”事项“committee_meeting”2025年3月的计数与记录不符。",
        "单位“D1”事项“covert_check”2025年5月的计数与记录不符。",
        "单位“L1”事项“covert_check”2025年7月的计数与记录不符。",
    ]


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMIN])
def test_only_an_administrator_verifies(lite_store: Store, role: Role) -> None:
    with pytest.raises(ForbiddenError):
        verify(lite_store, Actor("somebody", "某人", role, "C1"))


def test_history_is_no_damage(city: Store) -> None:
    def harm(work: UnitOfWork) -> None:
        change = work.change("tick")
        end_record(work, change, 5)
        work.session.execute(update(UnitRow).where(UnitRow.code == "D1").values(ended_by=change))

    assert damage(city, harm) == []
