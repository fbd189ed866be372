"""Each page for each role: what is shown, and what is refused with a sentence."""

from importlib import import_module

import pytest

from tests.page_examples import PAGE_NAMES, ROLES, open_page, texts

OPEN = {
    "overview": {"office", "committee", "locality", "department", "leader"},
    "committees": {"office", "committee", "leader"},
    "localities": {"office", "locality", "leader"},
    "departments": {"office", "department", "leader"},
    "covert_checks": {"office", "committee", "locality", "department", "leader"},
    "hazards": {"office", "committee", "locality", "department", "leader"},
    "zones": {"office", "locality", "leader"},
    "enterprises": {"office", "committee", "locality", "leader"},
    "supervision": {"office", "committee", "locality", "department", "leader"},
    "entry": {"office", "committee", "locality", "department"},
    "records": {"office", "committee", "locality", "department", "leader"},
    "reports": {"office", "committee", "locality", "department", "leader"},
    "exchange": {"office"},
    "admin": {"office", "admin", "auditor"},
}
"""The written-down table: who may open what."""
SECRETS = ("消防专委会", "岱岳区", "市应急管理局")
"""Units that nobody without business data may read of."""


@pytest.mark.parametrize("name", PAGE_NAMES)
@pytest.mark.parametrize("role", ROLES)
def test_a_page_opens_for_whom_it_is_meant_and_says_no_to_everybody_else(
    demonstration_url: str, name: str, role: str
) -> None:
    page = open_page(demonstration_url, name, role)
    assert not page.exception
    refused = [error.value for error in page.error if "账号不能查看" in error.value]
    assert bool(refused) == (role not in OPEN[name])


@pytest.mark.parametrize("role", ["screen", "admin", "auditor"])
@pytest.mark.parametrize("name", [each for each in PAGE_NAMES if each != "admin"])
def test_who_has_no_business_data_reads_of_no_unit(demonstration_url: str, name: str, role: str) -> None:
    shown = texts(open_page(demonstration_url, name, role))
    assert not [each for each in SECRETS if each in shown]


@pytest.mark.parametrize(
    ("name", "role", "unit"),
    [
        ("committees", "locality", "C06"),
        ("localities", "committee", "L02"),
        ("departments", "department", "D02"),
    ],
)
def test_a_unit_out_of_reach_is_not_shown_by_its_address(
    demonstration_url: str, name: str, role: str, unit: str
) -> None:
    page = open_page(demonstration_url, name, role, {"unit": unit})
    assert page.error


@pytest.mark.parametrize("name", [each for each in PAGE_NAMES if each != "admin"])
def test_the_first_heading_is_the_menu_title_and_the_head_says_the_date(
    demonstration_url: str, name: str
) -> None:
    title = import_module(f"pages.{name}").PAGE.title
    shown = texts(open_page(demonstration_url, name, "office"))
    assert f"<h1>{title}</h1>" in shown
    assert "截至 2025-06-19" in shown
    assert "示例数据" in shown
    assert "数据时间" in shown


@pytest.mark.parametrize("name", ["overview", "committees", "localities", "departments"])
def test_an_as_of_date_in_the_address_is_said_and_used(demonstration_url: str, name: str) -> None:
    early = texts(open_page(demonstration_url, name, "office", {"as_of": "2025-02-14"}))
    late = texts(open_page(demonstration_url, name, "office", {"as_of": "2026-03-01"}))
    assert "截至 2025-02-14" in early
    assert "截至 2026-03-01" in late
    assert early != late


@pytest.mark.parametrize("typed", ["昨天", "2025-02-30", "9999-01-01", "<b>x</b>"])
def test_an_as_of_date_that_is_none_gives_a_sentence_and_todays_board(
    demonstration_url: str, typed: str
) -> None:
    page = open_page(demonstration_url, "committees", "office", {"as_of": typed})
    assert not page.exception
    assert "不是有效日期" in page.warning[0].value
    assert "截至 2025-06-19" in texts(page)


def test_a_cell_that_does_not_exist_is_refused_with_a_sentence(demonstration_url: str) -> None:
    address = {"unit": "C06", "obligation": "committee.meeting", "period": "2031Q9"}
    page = open_page(demonstration_url, "committees", "office", address)
    assert "没有这一格" in page.error[0].value


@pytest.mark.parametrize("number", ["0", "abc", "99999999999999999999", "-1"])
def test_a_record_that_does_not_exist_is_refused_with_a_sentence(demonstration_url: str, number: str) -> None:
    page = open_page(demonstration_url, "records", "office", {"record": number})
    assert not page.exception
    assert page.error
