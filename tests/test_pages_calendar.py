"""到期日历 on a unit's page: for whom there is a download, and who may make links."""

import pytest

from core.services.calendar_links import Visit, list_calendar_links, open_calendar_link
from core.store.engine import Store
from tests.city_examples import NOW, OFFICE, TODAY
from tests.page_examples import open_page

OWN = {
    "committee": ("committees", "C06"),
    "locality": ("localities", "L02"),
    "department": ("departments", "D01"),
}


@pytest.mark.parametrize("role", [*OWN, "office"])
def test_a_link_is_made_for_ones_own_unit_shown_once_and_revoked(
    demonstration_url: str, demonstration: Store, role: str
) -> None:
    name, unit = OWN.get(role, ("committees", "C06"))
    page = open_page(demonstration_url, name, role, {"unit": unit})
    page.text_input(key=f"calendar_purpose_{unit}").set_value("手机")
    next(each for each in page.button if each.label == "新建订阅链接").click().run()
    token = page.code[0].value.rpartition("/")[2].removesuffix(".ics")
    assert open_calendar_link(demonstration, token, Visit("", TODAY, NOW))
    page.run()
    assert not page.code
    page.button(key=f"calendar_revoke_{unit}").click().run()
    assert not page.exception
    assert open_calendar_link(demonstration, token, Visit("", TODAY, NOW)) is None
    assert list_calendar_links(demonstration, OFFICE, unit)[0].purpose == "手机"


@pytest.mark.parametrize(
    ("role", "name", "unit"), [("leader", "committees", "C06"), ("committee", "committees", "C01")]
)
def test_who_only_looks_may_download_and_makes_no_link(
    demonstration_url: str, role: str, name: str, unit: str
) -> None:
    page = open_page(demonstration_url, name, role, {"unit": unit})
    assert "下载日历" in [each.label for each in page.get("download_button")]
    assert not [each for each in page.text_input if each.label == "链接用途"]


def test_a_link_without_a_purpose_is_refused_with_a_sentence(demonstration_url: str) -> None:
    page = open_page(demonstration_url, "committees", "committee", {"unit": "C06"})
    next(each for each in page.button if each.label == "新建订阅链接").click().run()
    assert "请填写链接用途" in page.error[0].value


def test_a_unit_that_is_not_there_has_no_calendar(demonstration_url: str) -> None:
    page = open_page(demonstration_url, "committees", "office", {"unit": "X9"})
    assert not page.get("download_button")
