"""The frame of every page: the head says of when it speaks, key figures keep their words."""

from datetime import date, datetime

from core.ui.frame import Kpi, Moment, Tone, head_markup, kpis_markup

TODAY = date(2025, 6, 19)
MORNING = datetime(2025, 6, 19, 9, 42)  # noqa: DTZ001 what is shown is local already


def test_the_first_heading_is_the_title() -> None:
    assert "<h1>专委会</h1>" in head_markup("专委会", Moment(TODAY, TODAY, MORNING))


def test_an_earlier_day_stands_out_in_the_head() -> None:
    told = head_markup("总览", Moment(date(2025, 5, 20), TODAY, MORNING))
    assert '<span class="tag past">截至 2025-05-20</span>' in told


def test_today_is_named_quietly() -> None:
    assert '<span class="tag">截至 2025-06-19</span>' in head_markup("总览", Moment(TODAY, TODAY))


def test_the_data_time_is_the_newest_change() -> None:
    assert "数据时间 2025-06-19 09:42" in head_markup("总览", Moment(TODAY, TODAY, MORNING))
    assert "尚无数据" in head_markup("总览", Moment(TODAY, TODAY))


def test_demonstration_data_are_called_so() -> None:
    assert "示例数据" in head_markup("总览", Moment(TODAY, TODAY), demonstration=True)
    assert "示例数据" not in head_markup("总览", Moment(TODAY, TODAY))


def test_a_key_figure_stands_with_its_word_and_what_belongs_to_it() -> None:
    told = kpis_markup([Kpi("87.4%", "完成率", "应完成 12，已完成 10", Tone.GOOD), Kpi("<4>", "未完成")])
    assert '<div class="good"><dt>完成率</dt><dd>87.4%</dd>' in told
    assert '<dd class="hint">应完成 12，已完成 10</dd>' in told
    assert "<dd>&lt;4&gt;</dd>" in told
