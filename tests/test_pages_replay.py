"""Replay on 总览: begun, stepped, stopped, left."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.page_examples import open_page, texts


def press(page: AppTest, label: str) -> AppTest:
    """Press the button with this label."""
    return next(each for each in page.button if each.label == label).click().run()


def stop(page: AppTest) -> str:
    """The day in the address, which the test runner gives as a text or as a list of one."""
    named = page.query_params["replay"]
    return named if isinstance(named, str) else named[0]


def test_a_replay_begins_with_the_year_and_goes_on_week_by_week(demonstration_url: str) -> None:
    page = press(open_page(demonstration_url, "overview", "office"), "会议回放")
    assert not page.exception
    first = stop(page)
    page.run()
    assert stop(page) > first
    assert "截至 2025年1月" in texts(page)


def test_a_pause_stands_still_and_the_end_leads_back(demonstration_url: str) -> None:
    page = open_page(demonstration_url, "overview", "office", {"replay": "2025-03-30"})
    shown = texts(page)
    assert "截至 2025年3月30日" in shown
    assert "第 13 周" in shown
    page.run()
    assert stop(page) == "2025-03-30"
    page = press(page, "结束回放")
    assert "replay" not in page.query_params
    assert "最紧要" in texts(page)


def test_at_the_end_it_stops_and_begins_again_when_played(demonstration_url: str) -> None:
    page = open_page(demonstration_url, "overview", "office", {"replay": "2025-06-19"})
    page = press(page, "播放")
    assert "暂停" in {each.label for each in page.button}
    assert stop(page) < "2025-02-01"


@pytest.mark.parametrize("typed", ["昨天", "2031-01-01", "1999-01-01"])
def test_a_day_that_is_none_leads_to_the_nearest_stop(demonstration_url: str, typed: str) -> None:
    page = open_page(demonstration_url, "overview", "office", {"replay": typed})
    assert not page.exception
    assert "截至 2025年" in texts(page)
