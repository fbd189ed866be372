"""The boards: what they show of the demonstration city, and how filters change it."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from core.auth import OPERATOR
from core.domain.cells import percent, rates_of
from core.services.judging import Question
from core.services.scoreboard import cells_for, shown_cells
from core.store.engine import Store
from core.ui.asking import end_of_day
from tests.page_examples import open_page, texts


def figures(page: AppTest) -> str:
    return next(each.proto.body for each in page.get("html") if 'class="kpis"' in each.proto.body)


def test_the_key_figures_are_those_of_the_cells(demonstration_url: str, demonstration: Store) -> None:
    day = date(2025, 6, 19)
    cells = cells_for(demonstration, OPERATOR, Question(2025, day))
    own = [cell for cell in shown_cells(cells, 2025, day) if cell.unit.kind.value == "committee"]
    shown = figures(open_page(demonstration_url, "committees", "office"))
    assert percent(rates_of(own).completion) in shown
    assert f"应完成 {rates_of(own).settled}，已完成 {rates_of(own).fulfilled}" in shown


def test_another_quarter_shows_other_cells_and_stands_in_the_address(demonstration_url: str) -> None:
    page = open_page(demonstration_url, "committees", "office")
    before = figures(page)
    page.selectbox[0].select("2025Q1").run()
    assert page.query_params["period_shown"] in ("2025Q1", ["2025Q1"])
    assert figures(page) != before
    assert "2025年第一季度" in texts(page)


def test_the_filter_for_what_presses_stands_in_the_address(demonstration_url: str) -> None:
    page = open_page(demonstration_url, "committees", "office")
    page.toggle[0].set_value(True).run()
    assert page.query_params["pressing"] in ("1", ["1"])
    assert not page.exception


def test_another_date_redraws_the_board_and_stands_in_the_address(demonstration_url: str) -> None:
    page = open_page(demonstration_url, "committees", "office")
    page.date_input[1].set_value(date(2025, 3, 31)).run()
    assert page.query_params["as_of"] in ("2025-03-31", ["2025-03-31"])
    assert "截至 2025-03-31" in texts(page)


def test_the_demonstration_date_can_be_changed_in_its_banner(demonstration_url: str) -> None:
    page = open_page(demonstration_url, "overview", "office")
    page.date_input[0].set_value(date(2025, 9, 30)).run()
    assert "截至 2025-09-30" in texts(page)


@pytest.mark.parametrize(
    ("role", "name", "unit", "sentence"),
    [
        ("committee", "committees", "C06", "本季度还差：工作会议 1 次"),
        ("locality", "localities", "L02", "本季度还差：包保检查 2 人、暗查暗访 1 次"),
        ("department", "departments", "D01", "新业态摸排 1 次"),
    ],
)
def test_a_chair_reads_first_what_is_still_lacking(
    demonstration_url: str, role: str, name: str, unit: str, sentence: str
) -> None:
    assert sentence in texts(open_page(demonstration_url, name, role, {"unit": unit}))
    assert sentence in texts(open_page(demonstration_url, "overview", role))


def test_after_the_year_every_cell_is_settled_and_the_board_shows_the_last_periods(
    demonstration_url: str,
) -> None:
    shown = texts(open_page(demonstration_url, "committees", "office", {"as_of": "2026-06-01"}))
    assert "2025年第四季度" in shown
    assert "<dd>0</dd>" in figures(
        open_page(demonstration_url, "committees", "office", {"as_of": "2026-06-01"})
    )


def test_a_year_without_a_catalogue_is_said(demonstration_url: str) -> None:
    page = open_page(demonstration_url, "overview", "office", {"year": "1999"})
    assert "没有这一年度的事项目录" in page.warning[0].value
    assert not page.exception


def test_a_past_view_as_it_was_known_leaves_out_what_was_entered_later(
    demonstration_url: str, demonstration: Store
) -> None:
    day = date(2025, 3, 31)
    page = open_page(demonstration_url, "committees", "office", {"as_of": day.isoformat()})
    now = figures(page)
    page.toggle[1].set_value(True).run()
    assert page.query_params["as_known"] in ("1", ["1"])
    assert "当时所知" in texts(page)
    assert figures(page) != now
    cells = cells_for(demonstration, OPERATOR, Question(2025, day, end_of_day(day)))
    own = [cell for cell in shown_cells(cells, 2025, day) if cell.unit.kind.value == "committee"]
    assert f"应完成 {rates_of(own).settled}，已完成 {rates_of(own).fulfilled}" in figures(page)
