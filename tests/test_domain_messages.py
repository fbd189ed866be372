"""Digests in words, and cut by bytes without a character or a word being lost."""

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.domain.messages import digest_text, parts_of
from core.domain.reminders import Level, Thing

DAY = date(2025, 6, 19)
SOON = Thing("C1", "a", Level.SOON, "工作会议 第二季度：本季度还差 1 次，剩 11 天。")
MISSED = Thing("C1", "b", Level.MISSED, "全体会议 上半年：差 1 次。")


def test_one_units_digest_is_addressed_to_it_with_what_is_late_first() -> None:
    assert digest_text([("消防专委会", [SOON, MISSED])], DAY, 12) == (
        "【安全生产责任落实提醒】（第12号）\n"
        "消防专委会：\n"
        "截至2025年6月19日，你单位有以下事项需要办理：\n"
        "一、逾期未完成（1项）\n"
        "1. 全体会议 上半年：差 1 次。\n"
        "二、临近到期（1项）\n"
        "1. 工作会议 第二季度：本季度还差 1 次，剩 11 天。\n"
        "请抓紧落实，并及时在安责看板录入、回复。\n"
        "市安委会办公室"
    )


def test_a_digest_for_several_names_each() -> None:
    text = digest_text([("消防专委会", [SOON]), ("肥城市", [MISSED])], DAY)
    assert text.startswith(
        "【安全生产责任落实提醒】\n截至2025年6月19日，下列单位有事项需要办理：\n■ 消防专委会\n"
    )
    assert "■ 肥城市\n一、逾期未完成（1项）\n" in text


def test_of_two_units_with_one_name_neither_is_lost() -> None:
    text = digest_text([("应急局", [SOON]), ("应急局", [MISSED])], DAY)
    assert SOON.said in text
    assert MISSED.said in text


def bodies(parts: list[str]) -> str:
    """The parts put together again, their marks taken off."""
    return parts[0] + "".join(part.partition("\n")[2] for part in parts[1:])


@example("x" + "安全生产" * 1_000, 2_048)
@example("责" * 50 + "😀" * 50, 64)
@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=3_000), st.sampled_from([64, 200, 2_048]))
def test_no_part_is_too_long_and_together_they_are_the_text(text: str, most: int) -> None:
    parts = parts_of(text, most)
    assert all(len(part.encode()) <= most for part in parts)
    assert bodies(parts) == text


@given(st.lists(st.text("一二三，。", max_size=40), min_size=30))
def test_where_lines_fit_they_are_kept_whole(lines: list[str]) -> None:
    parts = parts_of("\n".join(lines), 400)
    assert all(part.endswith("\n") for part in parts[:-1])


@pytest.mark.parametrize("excess", [0, 1])
def test_the_last_byte_that_fits_is_used(excess: int) -> None:
    text = "安" * 682 + "x" * (2 + excess)
    assert len(parts_of(text, 2_048)) == 1 + excess


def test_the_parts_after_the_first_say_which_they_are() -> None:
    parts = parts_of("一行字\n" * 700, 2_048)
    assert [part.partition("\n")[0] for part in parts[1:]] == [
        f"（续 {n}/{len(parts)}）" for n in range(2, len(parts) + 1)
    ]
