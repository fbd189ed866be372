"""Texts, days, flags and counts as people type them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.texts import clean, parse_count, parse_day, parse_flag, shorten
from core.errors import InputError


@given(st.text())
def test_a_text_that_was_cleaned_is_clean(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(
    st.text(
        st.characters(exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp"), exclude_characters="\ufeff￾\uffff")
    )
)
def test_a_text_without_control_characters_and_blanks_is_kept_to_the_last_character(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  会议 ", "会议"),
        ("　会议　", "会议"),
        ("甲\r\n乙\r丙", "甲\n乙\n丙"),
        ("甲\t乙", "甲\t乙"),
        ("甲\x00\x0b\x0c\x1b\x7f\x85乙", "甲乙"),
        ("\ufeff甲\ud800", "甲"),
        ("<b>=1+1</b>", "<b>=1+1</b>"),
        ("👩‍👩‍👧 𠮷", "👩‍👩‍👧 𠮷"),
        (" \n\x00 ", ""),
    ],
)
def test_only_control_characters_and_outer_blanks_go(typed: str, kept: str) -> None:
    assert clean(typed) == kept


@pytest.mark.parametrize(
    "typed", ["2025-03-01", "2025/3/1", "2025/03/01", " 2025-3-1 ", "２０２５－０３－０１"]
)
def test_a_day_may_be_written_with_lines_or_strokes(typed: str) -> None:
    assert parse_day(typed) == date(2025, 3, 1)


@given(st.dates(min_value=date(1000, 1, 1)))
def test_every_day_is_read_as_it_is_written(day: date) -> None:
    assert parse_day(day.isoformat()) == day


@pytest.mark.parametrize(
    "typed",
    [
        "2025-02-29",
        "2025-13-01",
        "2025-00-10",
        "25-3-1",
        "2025-3/1",
        "45000",
        "三月一日",
    ],
)
def test_what_is_no_day_is_told_in_a_sentence(typed: str) -> None:
    with pytest.raises(InputError, match="不是有效日期，请写成 2025-03-31 或 2025/3/31"):
        parse_day(typed)


def test_nothing_typed_is_no_day_no_count_and_no() -> None:
    assert (parse_day(" "), parse_count(" "), parse_flag(" ")) == (None, None, False)


@pytest.mark.parametrize(
    ("typed", "meant"), [("1", True), ("是", True), ("TRUE", True), ("0", False), ("否", False)]
)
def test_yes_and_no_are_read_in_three_ways(typed: str, *, meant: bool) -> None:
    assert parse_flag(typed) is meant


@pytest.mark.parametrize("typed", ["2", "对", "yes!", "未知"])
def test_what_is_neither_yes_nor_no_is_told(typed: str) -> None:
    with pytest.raises(InputError, match="请填写“是”或“否”"):
        parse_flag(typed)


@given(st.integers(0, 2_000_000_000))
def test_every_count_is_read_as_it_is_written(number: int) -> None:
    assert parse_count(str(number)) == parse_count(f"{number}.0") == number


@pytest.mark.parametrize("typed", ["-1", "1.5", "1e3", "1,000", "一", "0x10", "٣", "1 2"])
def test_what_is_no_whole_number_is_told(typed: str) -> None:
    with pytest.raises(InputError, match="应为不小于 0 的整数"):
        parse_count(typed)


def test_a_count_beyond_all_measure_is_told() -> None:
    with pytest.raises(InputError, match="数值过大"):
        parse_count("2000000001")


def test_a_long_text_is_cut_for_a_message() -> None:
    assert shorten("长" * 100) == "长" * 30 + "…"
    assert shorten("一\n二  三") == "一 二 三"
