"""Whatever form somebody types into: the draft of it is back, and it goes once it was saved."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

import pytest
from streamlit.testing.v1 import AppTest

from core.auth import Actor, Role
from core.domain.hazards import Stage
from core.domain.measures import State
from core.services.drafting import Typed, find_draft, keep_draft
from core.services.hazards import cases_for
from core.services.judging import Question
from core.services.proposing import measures_for
from core.store.engine import Store
from tests.page_examples import open_page, texts

OFFICE = Actor("office", "周明远", Role.OFFICE, "T00")
LOCALITY = Actor("locality", "宋雅琴", Role.LOCALITY, "L02")
SHOWN = date(2025, 6, 19)
NOW = datetime(2025, 6, 19, 2, 0, tzinfo=UTC)
WORDS = "写到一半的话"


def press(page: AppTest, label: str) -> AppTest:
    return next(each for each in page.button if each.label == label).click().run()


def held(page: AppTest) -> list[str]:
    return [each.value for each in (*page.text_input, *page.text_area)]


def a_hazard(store: Store) -> str:
    found = cases_for(store, LOCALITY, SHOWN)
    return next(
        each.hazard.code
        for each in found
        if each.course.stage == Stage.RECTIFYING and each.responsible == "L02"
    )


def a_measure(store: Store) -> int:
    found = measures_for(store, OFFICE, Question(2025, SHOWN))
    return next(each.measure_id for each in found if each.state == State.WAITING)


def cases(store: Store) -> list[tuple[Actor, str, Mapping[str, str], str, str]]:
    """Who, which page, at which address, the form's name, and the field that was being typed."""
    measure = str(a_measure(store))
    return [
        (OFFICE, "hazards", {}, "hazard:new", "description"),
        (OFFICE, "covert_checks", {}, "covert_check", "title"),
        (OFFICE, "supervision", {"unit": "C06", "rung": "letter"}, "issue:C06:letter:0", "content"),
        (OFFICE, "supervision", {"measure": measure}, f"answer:{measure}:settled", "note"),
    ]


@pytest.mark.parametrize("place", range(4))
def test_a_draft_is_back_in_its_form(demonstration_url: str, demonstration: Store, place: int) -> None:
    actor, name, address, form, field = cases(demonstration)[place]
    keep_draft(demonstration, actor, Typed(form, "a", 1, {field: WORDS}), now=NOW)
    page = open_page(demonstration_url, name, str(actor.role), address)
    assert not page.exception
    assert "未保存的草稿" in texts(page)
    assert WORDS in held(page)


def test_the_draft_of_a_move_is_back_once_the_move_is_chosen_and_goes_when_it_was_made(
    demonstration_url: str, demonstration: Store
) -> None:
    code = a_hazard(demonstration)
    form = f"move:{code}:extension_asked"
    typed = {"note": WORDS, "due": "2025-07-30", "on": "2025-06-19"}
    keep_draft(demonstration, LOCALITY, Typed(form, "a", 1, typed), now=NOW)
    page = open_page(demonstration_url, "hazards", "locality", {"hazard": code})
    page.button_group[0].set_value("extension_asked").run()
    assert WORDS in held(page)
    page = press(page, "确认申请延期")
    assert not page.exception
    assert find_draft(demonstration, LOCALITY, form) is None


def test_a_refused_reply_stays_and_a_kept_one_ends_its_draft(
    demonstration_url: str, demonstration: Store
) -> None:
    number = a_measure(demonstration)
    form = f"answer:{number}:settled"
    page = open_page(demonstration_url, "supervision", "office", {"measure": str(number)})
    page = press(page, "确认办结")
    assert "请填写办结内容。" in texts(page)
    keep_draft(demonstration, OFFICE, Typed(form, "b", 1, {"note": WORDS}), now=NOW)
    page = open_page(demonstration_url, "supervision", "office", {"measure": str(number)})
    press(page, "确认办结")
    assert find_draft(demonstration, OFFICE, form) is None
