"""Drafts: one person's own, the newest wins, and what is over does not come back."""

from datetime import timedelta

import pytest

from core.auth import Actor
from core.errors import ForbiddenError, InputError
from core.services.drafting import CONTENT_LIMIT, KEPT_AT_MOST, Typed, drop_draft, find_draft, keep_draft
from core.store.engine import Store, open_store
from tests.city_examples import CLERK, LEADER, NOW, OTHER_CLERK, journal

FORM = "entry:C1:committee_meeting"


def keep(
    store: Store, title: str, *, step: int = 1, operation: str = "a", actor: Actor = CLERK, form: str = FORM
) -> bool:
    return keep_draft(store, actor, Typed(form, operation, step, {"title": title}), now=NOW)


def titles(store: Store, actor: Actor = CLERK) -> str:
    found = find_draft(store, actor, FORM)
    return found.fields["title"] if found else ""


def test_what_was_typed_is_there_after_the_database_was_opened_anew(database_url: str) -> None:
    first = open_store(database_url)
    keep(first, "第二季度\n工作会议")
    first.close()
    second = open_store(database_url)
    assert titles(second) == "第二季度\n工作会议"
    second.close()


def test_a_draft_belongs_to_one_person_and_one_form(store: Store) -> None:
    keep(store, "只给自己看")
    assert titles(store, OTHER_CLERK) == ""
    assert find_draft(store, CLERK, FORM + "2") is None


def test_the_newest_step_wins_whatever_arrives_last(store: Store) -> None:
    assert keep(store, "第二步", step=2)
    assert not keep(store, "第一步", step=1)
    assert titles(store) == "第二步"


def test_another_tab_begins_anew(store: Store) -> None:
    keep(store, "一", step=9)
    assert keep(store, "二", step=1, operation="b")
    assert titles(store) == "二"


def test_a_draft_that_is_over_does_not_come_back_with_a_late_step(store: Store) -> None:
    keep(store, "一", step=1)
    drop_draft(store, CLERK, FORM, "a", now=NOW)
    assert not keep(store, "一二", step=2)
    assert titles(store) == ""
    assert keep(store, "三", operation="b")


def test_an_operation_that_is_over_before_its_first_step_stays_over(store: Store) -> None:
    drop_draft(store, CLERK, FORM, "a", now=NOW)
    assert not keep(store, "一")


def test_saving_in_one_tab_leaves_what_another_tab_is_typing(store: Store) -> None:
    keep(store, "另一个页面", operation="b")
    drop_draft(store, CLERK, FORM, "a", now=NOW)
    assert titles(store) == "另一个页面"
    drop_draft(store, CLERK, FORM, "a", {"b"}, now=NOW)
    assert titles(store) == ""


def test_nothing_of_a_draft_stands_in_the_journal(store: Store) -> None:
    keep(store, "一")
    assert journal(store) == []


def test_who_enters_nothing_keeps_no_draft(store: Store) -> None:
    with pytest.raises(ForbiddenError):
        keep(store, "一", actor=LEADER)


@pytest.mark.parametrize(
    ("form", "operation", "title"),
    [
        ("", "a", ""),
        ("f" * 201, "a", ""),
        ("f\x00", "a", ""),
        (FORM, "", ""),
        (FORM, "o" * 65, ""),
        (FORM, "a", "长" * CONTENT_LIMIT),
    ],
)
def test_a_draft_beyond_all_measure_is_refused(store: Store, form: str, operation: str, title: str) -> None:
    with pytest.raises(InputError):
        keep(store, title, form=form, operation=operation)


@pytest.mark.parametrize("title", ["半个字\ud83d", "空\x00字", "<b>&'\"", "=1+1", "𠮷"])
def test_any_text_can_be_a_draft(store: Store, title: str) -> None:
    keep(store, title)
    assert titles(store) == title.replace("\ud83d", "")


def test_a_person_has_only_so_many_drafts_the_newest(store: Store) -> None:
    for number in range(KEPT_AT_MOST + 2):
        typed = Typed(f"form{number}", "a", 1, {"title": str(number)})
        keep_draft(store, CLERK, typed, now=NOW + timedelta(seconds=number))
    assert find_draft(store, CLERK, "form1") is None
    assert find_draft(store, CLERK, "form2") is not None
