"""What one cell asks, how it stands and what it lacks, as a person reads it."""

from datetime import date, timedelta

import pytest

from core.domain.cells import Cell, Status
from core.domain.facts import facts_from
from core.domain.sentences import (
    day_in_prose,
    days_phrase,
    label_of,
    mark_of,
    standing_of,
    title_in_prose,
    title_of,
    what_is_missing,
    what_is_required,
)
from core.domain.status import Roll, evaluate
from tests.domain_examples import CITY, COUNTY, DEPARTMENT, HEAVY_COMMITTEE, LED_COMMITTEE, NOTICE
from tests.ui_examples import cell_of

S = Status


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        (cell_of("committee.meeting", S.DUE_SOON, "0/1", left=11), "本季度还差 1 次，剩 11 天。"),
        (cell_of("committee.meeting", S.DUE_SOON, "0/1", left=0), "本季度还差 1 次，今天到期。"),
        (
            cell_of("committee.plenary", S.PENDING, "0/1", period="2025H1", left=40),
            "上半年还差 1 次，剩 40 天。",
        ),
        (
            cell_of("committee.four.training", S.PENDING, "0/1", period="2025", left=200),
            "本年度还差 1 次，剩 200 天。",
        ),
        (
            cell_of("committee.meeting", S.MISSED, "0/1", period="2025Q1"),
            "第一季度要求 1 次，实有 0 次，差 1 次。",
        ),
        (
            cell_of("committee.meeting", S.MET, "3/1", on=date(2025, 4, 8)),
            "2025年4月8日完成，要求 1 次，实有 3 次。",
        ),
        (cell_of("committee.meeting", S.NOT_STARTED, "0/1", period="2025Q4"), "第四季度尚未开始。"),
        (cell_of("committee.plan", S.NOT_STARTED, "0/1", period="2025"), "2025年尚未开始。"),
        (cell_of("committee.meeting", S.EXEMPT, "0/1"), "市安委会办公室已予豁免，不计入完成率。"),
        (
            cell_of("committee.rules", S.DUE_SOON, "0/1", period="2025", left=3),
            "尚未完成，2月28日前完成，剩 3 天。",
        ),
        (cell_of("committee.rules", S.MISSED, "0/1", period="2025"), "已过 2月28日的期限，尚未完成。"),
        (
            cell_of("committee.rules", S.MET, "1/1", period="2025", on=date(2025, 2, 28)),
            "2025年2月28日完成，未超期限。",
        ),
        (
            cell_of("committee.rules", S.MET_LATE, "1/1", period="2025", on=date(2025, 3, 5)),
            "2025年3月5日完成，逾期 5 天。",
        ),
        (
            cell_of("locality.zone", S.DUE_SOON, "0/1", period="2025", left=11),
            "还差 1 个功能区，6月30日前完成，剩 11 天。",
        ),
        (cell_of("locality.zone", S.MISSED, "0/1", period="2025"), "已过 6月30日的期限，还差 1 个功能区。"),
        (
            cell_of("committee.staff", S.SHORT, "2/3", period="2025"),
            "现有 2 人，要求不少于 3 人，还差 1 人。",
        ),
        (cell_of("committee.staff", S.MET, "4/3", period="2025"), "现有 4 人，要求不少于 3 人，已达标。"),
        (
            cell_of("committee.staff", S.UNREPORTED, "0/3", period="2025"),
            "尚未报送人数，要求不少于 3 人。",
        ),
        (
            cell_of("committee.inspection_reported", S.NOT_STARTED, "0/0", period="2025"),
            "尚未开展第一主任检查，暂无须报送的情况。",
        ),
        (
            cell_of("committee.inspection_reported", S.PENDING, "1/2", period="2025", left=3),
            "还有 1 次检查情况未报送，剩 3 天。",
        ),
        (
            cell_of("committee.inspection_reported", S.MISSED, "1/2", period="2025"),
            "1 次检查情况未报送，已超过 5 天。",
        ),
        (
            cell_of("committee.inspection_reported", S.MET, "2/2", period="2025"),
            "2 次检查情况均已报送。",
        ),
        (
            cell_of("locality.leader_inspection", S.DUE_SOON, "7/9", left=11),
            "本季度还差 2 名领导，剩 11 天。",
        ),
        (
            cell_of("locality.leader_inspection", S.MISSED, "7/9", period="2025Q1"),
            "第一季度 9 名领导中有 2 名未开展。",
        ),
        (
            cell_of("locality.leader_inspection", S.MET, "9/9", on=date(2025, 6, 1)),
            "2025年6月1日完成，9 名领导均已开展。",
        ),
        (
            cell_of("locality.leader_inspection", S.UNREPORTED, "0/0"),
            "没有在任领导名册，无法统计。",
        ),
        (
            cell_of("enterprise.warning", S.DUE_SOON, "184/200", left=11),
            "已覆盖 184/200（92%），还差 16，剩 11 天。",
        ),
        (cell_of("enterprise.warning", S.DUE_SOON, "0", left=11), "尚未报送覆盖情况，剩 11 天。"),
        (
            cell_of("enterprise.log", S.MISSED, "184/200", period="2025"),
            "已过 1月31日的期限，已覆盖 184/200（92%），还差 16。",
        ),
        (
            cell_of("enterprise.log", S.MET_LATE, "200/200", period="2025"),
            "已全覆盖（200/200），晚于规定期限。",
        ),
        (cell_of("locality.town_staff", S.UNREPORTED, "0", period="2025"), "尚未报送覆盖情况。"),
        (
            cell_of("committee.four.report", S.NOT_STARTED, "0/1", period="2025"),
            "“四个一”尚未全部完成，暂不需要报告。",
        ),
        (
            cell_of("committee.four.report", S.DUE_SOON, "0/1", period="2025", left=20),
            "“四个一”已全部完成，还未报告，剩 20 天。",
        ),
        (cell_of("committee.four.report", S.MISSED, "0/1", period="2025"), "2025年未报告。"),
        (
            cell_of("committee.four.report", S.MET, "1/1", period="2025", on=date(2025, 12, 1)),
            "2025年12月1日报告。",
        ),
        (cell_of("committee.risk_consultation", S.TRACKED, "3"), "第二季度已开展 3 次，仅作统计。"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_cell_says_what_it_lacks(cell: Cell, sentence: str) -> None:
    assert what_is_missing(cell) == sentence


@pytest.mark.parametrize(
    ("code", "period", "sentence"),
    [
        ("committee.meeting", "2025Q2", "2025年第二季度（4月1日至6月30日）不少于 1 次。"),
        (
            "committee.director_inspection",
            "2025Q2",
            "2025年第二季度（4月1日至6月30日）不少于 1 次，由第一主任主持或带队。",
        ),
        ("committee.four.training", "2025", "2025年（1月1日至12月31日）不少于 1 次。"),
        ("committee.rules", "2025", "2025年2月28日前完成。"),
        ("locality.zone", "2025", "2025年6月30日前，至少 1 个功能区通过验收。"),
        ("committee.staff", "2025", "不少于 1 人，以最近一次报送为准。"),
        ("committee.inspection_reported", "2025", "每次检查后 5 天内报送市安委会办公室。"),
        (
            "locality.leader_inspection",
            "2025Q2",
            "2025年第二季度（4月1日至6月30日）名册上的每名领导至少 1 次。",
        ),
        ("enterprise.log", "2025", "2025年1月31日前实现全覆盖，以最近一次报送为准。"),
        (
            "enterprise.review",
            "2025H1",
            "2025年上半年（1月1日至6月30日）内实现全覆盖，以最近一次报送为准。",
        ),
        ("locality.town_staff", "2025", "实现全覆盖，以最近一次报送为准。"),
        ("committee.four.report", "2025", "“四个一”全部完成后报告，最迟 2025年12月31日。"),
        (
            "committee.risk_consultation",
            "2025Q2",
            "2025年第二季度（4月1日至6月30日）如实统计，不设次数要求。",
        ),
    ],
)
def test_a_cell_says_what_it_asks(code: str, period: str, sentence: str) -> None:
    assert what_is_required(cell_of(code, S.PENDING, "0/1", period=period)) == sentence


def test_a_unit_with_heavy_duty_reads_why_more_is_asked() -> None:
    cell = cell_of("committee.staff", S.SHORT, "3/5", period="2025", unit=HEAVY_COMMITTEE)
    assert what_is_required(cell) == "不少于 5 人（任务较重单位），以最近一次报送为准。"


def test_a_label_reads_unit_obligation_period_figure_status_and_days() -> None:
    cell = cell_of("committee.meeting", S.DUE_SOON, "0/1", left=11)
    assert label_of(cell) == "消防专委会 工作会议 第二季度：0/1 临近到期，剩11天"


def test_a_label_of_a_coverage_reads_both_numbers_and_the_share() -> None:
    cell = cell_of("enterprise.warning", S.MET, "200/200")
    assert label_of(cell).endswith("第二季度：100% 200/200 已完成")


def test_a_label_does_not_say_the_same_word_twice() -> None:
    assert label_of(cell_of("committee.staff", S.UNREPORTED, "0/3", period="2025")).count("未报送") == 1


def test_a_label_says_that_nothing_was_reported_on_an_open_cell() -> None:
    cell = cell_of("enterprise.warning", S.DUE_SOON, "0", left=11)
    assert label_of(cell).endswith("未报送 临近到期，剩11天")


def test_a_one_off_bears_its_due_date_instead_of_a_period() -> None:
    assert title_of(cell_of("committee.rules", S.MISSED, "0/1", period="2025")) == "规则修订 2月28日前"


@pytest.mark.parametrize(
    ("cell", "mark"),
    [
        (cell_of("committee.meeting", S.MET, "3/1"), "3/1"),
        (cell_of("locality.leader_inspection", S.PENDING, "7/9"), "7/9人"),
        (cell_of("committee.staff", S.SHORT, "2/3", period="2025"), "2/3人"),
        (cell_of("enterprise.warning", S.PENDING, "184/200"), "92%"),
        (cell_of("enterprise.warning", S.PENDING, "1999/2000"), "99%"),
        (cell_of("enterprise.warning", S.MET, "210/200"), "100%"),
        (cell_of("committee.risk_consultation", S.TRACKED, "3"), "3次"),
        (cell_of("committee.meeting", S.NOT_STARTED, "0/1"), "未开始"),
        (cell_of("committee.meeting", S.EXEMPT, "0/1"), "豁免"),
    ],
)
def test_a_mark_is_what_fits_beside_the_glyph(cell: Cell, mark: str) -> None:
    assert mark_of(cell) == mark


def test_the_last_day_is_today() -> None:
    assert (days_phrase(0), days_phrase(1)) == ("今天到期", "剩 1 天")


def test_a_day_in_prose_has_no_leading_zero() -> None:
    assert day_in_prose(date(2025, 6, 1)) == "2025年6月1日"


def test_every_cell_of_the_notice_can_be_said_on_any_day() -> None:
    units = [CITY, LED_COMMITTEE, COUNTY, DEPARTMENT]
    for days in range(-10, 400, 20):
        as_of = date(2025, 1, 1) + timedelta(days)
        for cell in evaluate(NOTICE, Roll(units), facts_from([], NOTICE, as_of), as_of):
            said = f"{what_is_missing(cell)}{what_is_required(cell)}{label_of(cell)}{mark_of(cell)}"
            assert "None" not in said, (cell, said)


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("“责任制清单 落实巩固提升年”活动", "“责任制清单落实巩固提升年”活动"),
        ("责任制清单\n落实　提升年", "责任制清单落实提升年"),
        ("关于印发 2025 年计划的通知", "关于印发 2025 年计划的通知"),
        ("", ""),
    ],
)
def test_a_title_stands_in_a_sentence_without_the_gap_where_its_line_ended(title: str, said: str) -> None:
    assert title_in_prose(title) == said


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (cell_of("committee.meeting", S.MISSED, "0/1", period="2025Q1"), "未完成 0/1"),
        (cell_of("enterprise.duty_list", S.MISSED, "308/318", period="2025"), "未完成，已覆盖 97%"),
        (cell_of("locality.liability_insurance", S.SHORT, "97/127", period="2025"), "未达标，已覆盖 76%"),
        (cell_of("locality.liability_insurance", S.UNREPORTED, "0/0", period="2025"), "未报送"),
        (cell_of("committee.meeting", S.EXEMPT, "0/1"), "已豁免"),
    ],
)
def test_a_share_is_never_read_as_what_is_left(cell: Cell, said: str) -> None:
    assert standing_of(cell) == said
