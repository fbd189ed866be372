"""Links to the wall in 系统管理: made there, shown once, revoked there."""

import pytest
from streamlit.testing.v1 import AppTest

from core.services.wall_links import link_holds, list_links
from core.store.engine import open_store
from tests.city_examples import OFFICE
from tests.page_examples import open_page


def made(url: str) -> tuple[AppTest, str]:
    """The page after a link was made, and the link's token."""
    page = open_page(url, "admin", "office", {"section": "wall"})
    page.text_input(key="wall_link_place").set_value("一楼大厅")
    page.button[0].click().run()
    return page, page.code[0].value.rpartition("/")[2]


def test_a_link_is_shown_once_and_works_until_it_is_revoked(demonstration_url: str) -> None:
    page, token = made(demonstration_url)
    store = open_store(demonstration_url)
    assert link_holds(store, token)
    page.run()
    assert not page.code
    assert token not in str(page.session_state)
    page.button(key="wall_link_revoke").click().run()
    assert not page.exception
    assert not link_holds(store, token)
    assert list_links(store, OFFICE)[0].place == "一楼大厅"
    store.close()


def test_a_link_without_a_place_is_refused_with_a_sentence(demonstration_url: str) -> None:
    page = open_page(demonstration_url, "admin", "office", {"section": "wall"})
    page.button[0].click().run()
    assert "请填写大屏所在位置" in page.error[0].value
    assert not page.code


@pytest.mark.parametrize("role", ["admin", "auditor"])
def test_nobody_but_the_office_is_offered_links(demonstration_url: str, role: str) -> None:
    page = open_page(demonstration_url, "admin", role)
    assert not [each for each in page.text_input if each.key == "wall_link_place"]
