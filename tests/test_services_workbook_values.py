"""What stands in a workbook's cells: days in every form, names whatever their blanks, numbers."""

from datetime import date, datetime
from typing import Any

import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from core.auth import OPERATOR
from core.services.importing import import_tables
from core.services.tables import Table, read_tables
from core.store.engine import Store
from tests.city_examples import NOW, TODAY, take_in
from tests.workbook_examples import HEADS, ROW, records_book

KEPT = ("危险化学品专委会", "专委会工作会议", "2025-03-12", "第一季度工作会议")


def read(content: bytes) -> list[Table]:
    return read_tables("x.xlsx", content)


@pytest.mark.parametrize(
    "day",
    [
        date(2025, 3, 12),
        datetime(2025, 3, 12, 9, 30),  # noqa: DTZ001 - a workbook knows no time zone
        "2025-03-12",
        "2025/3/12",
        "2025.3.12",
        "2025年3月12日",
        "20250312",
        20250312,
        45728,
        45728.0,
        "２０２５年３月１２日",
        " 2025-03-12　",
    ],
)
def test_a_day_is_understood_in_whatever_form_it_stands(lite_store: Store, day: object) -> None:
    take_in(lite_store)
    tables = read(records_book((*ROW[:2], day, ROW[3])))
    assert str(import_tables(lite_store, OPERATOR, tables, today=TODAY, now=NOW)).endswith("未变 1")


def test_days_of_a_workbook_that_counts_from_1904_are_right() -> None:
    def count_from_1904(book: Any) -> None:
        book.epoch = CALENDAR_MAC_1904

    assert read(records_book(ROW, change=count_from_1904))[0].rows == ((2, KEPT),)
    assert read(records_book((*ROW[:2], 44266), change=count_from_1904))[0].rows[0][1][2] == "2025-03-12"


@pytest.mark.parametrize(
    ("unit", "event", "leader"),
    [
        ("肥城市", "包保督导检查", "赵一鸣"),
        ("　肥城市 ", "包保督导检查　", "赵　一鸣"),
        ("肥 城 市", " 包保督导检查", " 赵一 鸣"),
        ("\uff2c\uff11", "leader_inspection", "赵一鸣\u3000"),
        ("L1 ", "包保督导 检查", "赵一鸣"),
    ],
)
def test_blanks_and_full_width_signs_in_names_do_no_harm(
    lite_store: Store, unit: str, event: str, leader: str
) -> None:
    take_in(lite_store)
    book = records_book((unit, event, date(2025, 4, 15), "包保督导检查", leader), heads=(*HEADS, "带队领导"))
    plan = import_tables(lite_store, OPERATOR, read(book), today=TODAY, now=NOW)
    assert str(plan) == "新增 0，更新 0，未变 1"


def test_full_width_digits_and_real_numbers_are_counts(lite_store: Store) -> None:
    take_in(lite_store)
    heads = ("单位", "事项", "日期", "标题", "指标", "数值", "总数")
    rows = [
        ("肥城市", "“九个一”统计", date(2025, 6, day), "六月", "一本", value, total)
        for day, value, total in ((2, "３０", 45), (3, 30.0, "45"), (4, 30, " 45.0 "))
    ]
    plan = import_tables(lite_store, OPERATOR, read(records_book(*rows, heads=heads)), today=TODAY, now=NOW)
    assert [(record.value, record.total) for record in plan.added] == [(30, 45)] * 3  # type: ignore[union-attr]
