"""The page 大屏: who may open it, and what everybody else is told."""

import pytest

from tests.page_examples import ROLES, open_page

MAY = {"office", "leader", "screen"}


@pytest.mark.parametrize("role", ROLES)
def test_the_wall_opens_for_whom_it_is_meant_and_says_no_to_everybody_else(
    demonstration_url: str, role: str
) -> None:
    page = open_page(demonstration_url, "wall", role)
    assert not page.exception
    refused = [error.value for error in page.error if "账号不能查看“大屏”" in error.value]
    assert bool(refused) == (role not in MAY)
    assert bool(page.get("bidi_component")) == (role in MAY)
