"""隐患闭环: the page's numbers against a recount, and what a person is offered to do."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from core.auth import OPERATOR
from core.domain.hazard_figures import Group, figures_of
from core.domain.hazards import Stage
from core.services.hazards import cases_for
from core.store.engine import Store
from tests.page_examples import open_page, texts

SHOWN = date(2025, 6, 19)


def drawn(page: AppTest) -> str:
    """What the linked markup of the page holds."""
    return "\n".join(str(each.proto) for each in page.get("bidi_component"))


def offered(page: AppTest) -> list[str]:
    """The moves that the page offers."""
    return [option.content for group in page.button_group for option in group.proto.options if option.content]


def a_case(store: Store, stage: Stage, locality: str = "L02") -> str:
    """The code of a hazard of a locality that stands so on the demonstration date."""
    cases = cases_for(store, OPERATOR, SHOWN)
    return next(
        case.hazard.code for case in cases if case.course.stage == stage and case.hazard.locality == locality
    )


@pytest.mark.parametrize("group", [Group.FOUND, Group.OPEN, Group.OVERDUE, Group.CLOSED])
def test_a_list_says_how_many_it_holds_and_the_recount_agrees(
    demonstration_url: str, demonstration: Store, group: Group
) -> None:
    page = open_page(demonstration_url, "hazards", "office", {"view": "list", "show": group.value})
    figures = figures_of(cases_for(demonstration, OPERATOR, SHOWN), SHOWN)
    assert f"共 {figures.count(group)} 处" in texts(page)


@pytest.mark.parametrize("day", ["2025-01-02", "2025-03-31", "2026-02-01"])
def test_every_day_has_its_own_hazards(demonstration_url: str, demonstration: Store, day: str) -> None:
    count = len(cases_for(demonstration, OPERATOR, date.fromisoformat(day)))
    page = open_page(demonstration_url, "hazards", "office", {"as_of": day, "view": "list"})
    assert not page.exception
    shown = texts(page)
    assert (f"共 {count} 处" in shown) if count else ("还没有隐患" in shown)


def test_the_one_who_must_rectify_is_offered_to_and_the_office_to_judge(
    demonstration_url: str, demonstration: Store
) -> None:
    code = a_case(demonstration, Stage.RECTIFYING)
    own = offered(open_page(demonstration_url, "hazards", "locality", {"hazard": code}))
    office = offered(open_page(demonstration_url, "hazards", "office", {"hazard": code}))
    leader = offered(open_page(demonstration_url, "hazards", "leader", {"hazard": code}))
    assert {"整改完成", "申请延期"} <= set(own)
    assert not {"复查销号", "挂牌督办", "提级督办"} & set(own)
    assert "提级督办" in office
    assert leader == []


def test_a_past_day_is_looked_at_and_not_acted_on(demonstration_url: str, demonstration: Store) -> None:
    code = a_case(demonstration, Stage.RECTIFYING)
    found = next(case for case in cases_for(demonstration, OPERATOR, SHOWN) if case.hazard.code == code)
    day = {"hazard": code, "as_of": found.hazard.found_on.isoformat()}
    page = open_page(demonstration_url, "hazards", "office", day)
    assert not page.exception
    assert offered(page) == []


def test_a_hazard_of_another_locality_is_not_shown_by_its_address(
    demonstration_url: str, demonstration: Store
) -> None:
    code = a_case(demonstration, Stage.CLOSED, "L01")
    page = open_page(demonstration_url, "hazards", "locality", {"hazard": code})
    assert "您无权查看" in page.error[0].value


@pytest.mark.parametrize("address", [{"show": "x"}, {"age": "<b>"}, {"page": "99999"}, {"locality": "X"}])
def test_an_address_that_cannot_be_read_does_no_harm(demonstration_url: str, address: dict[str, str]) -> None:
    page = open_page(demonstration_url, "hazards", "office", {"view": "list", **address})
    assert not page.exception
