"""One unit's state in one sentence."""

from datetime import date

from core.domain.cells import Status
from core.domain.summaries import NOTHING_MISSING, summary_of
from tests.ui_examples import cell_of

S = Status
TODAY = date(2025, 6, 19)


def test_a_chair_reads_what_the_quarter_still_lacks() -> None:
    cells = [
        cell_of("committee.meeting", S.MET, "1/1"),
        cell_of("committee.director_inspection", S.DUE_SOON, "0/1", left=11),
    ]
    assert summary_of(cells, TODAY) == "本季度还差：第一主任检查 1 次，剩 11 天。"


def test_what_ends_first_comes_first_and_what_was_missed_last() -> None:
    cells = [
        cell_of("committee.meeting", S.MISSED, "0/1", period="2025Q1"),
        cell_of("committee.plenary", S.DUE_SOON, "0/1", period="2025H1", left=11),
        cell_of("locality.zone_experience", S.DUE_SOON, "0/1", period="2025", left=5),
        cell_of("committee.staff", S.SHORT, "2/3", period="2025"),
    ]
    assert summary_of(cells, TODAY) == (
        "6月30日前还差：经验做法，剩 5 天；上半年还差：全体会议 1 次，剩 11 天；"
        "未完成：第一季度工作会议；未达标：专职力量。"
    )


def test_open_work_that_does_not_press_is_named_only_where_nothing_else_is() -> None:
    open_cell = cell_of("committee.meeting", S.PENDING, "0/1", left=60)
    missed = cell_of("committee.rules", S.MISSED, "0/1", period="2025")
    assert summary_of([open_cell], TODAY) == "本季度还差：工作会议 1 次，剩 60 天。"
    assert summary_of([open_cell, missed], TODAY) == "未完成：规则修订。"


def test_a_unit_that_lacks_nothing_is_told_so() -> None:
    assert summary_of([cell_of("committee.meeting", S.MET, "1/1")], TODAY) == NOTHING_MISSING


def test_a_long_list_ends_in_its_number() -> None:
    codes = ("meeting", "director_inspection", "covert_check", "plenary", "joint_enforcement")
    cells = [cell_of(f"committee.{code}", S.MISSED, "0/1", period="2025Q1") for code in codes]
    assert summary_of(cells, TODAY).endswith("等 5 项。")
