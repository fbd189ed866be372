"""What a page remembers: nothing is asked twice while nothing changed, and nothing old is shown after."""

from datetime import UTC, datetime

import pytest

from core.auth import OPERATOR, Actor
from core.config import Settings
from core.services.signing_in import SignedIn
from core.store.engine import Store
from core.store.memory import Keyed
from core.ui.context import Context, Edge
from core.ui.reading import read_now
from tests.city_examples import CLERK, OFFICE, enter, meeting


def page_of(store: Store, actor: Actor) -> Context:
    person = SignedIn(actor, "key", must_change_password=False)
    return Context(Edge(Settings("", None), store, lambda _touch: person, lambda: datetime.now(UTC)))


class Counting:
    """A service that counts how often it is asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    def __call__(self, _store: Store, actor: Actor, question: str) -> str:
        """Answer, and remember having been asked."""
        self.asked.append((actor.username, question))
        return f"{question} {len(self.asked)}"


def test_a_question_is_asked_once_while_nothing_changes(town: Store) -> None:
    service, page = Counting(), page_of(town, OFFICE)
    assert [read_now(page, service, "第二季度") for _ in range(3)] == ["第二季度 1"] * 3


def test_a_record_entered_by_somebody_else_makes_it_be_asked_again(town: Store) -> None:
    service, page = Counting(), page_of(town, OFFICE)
    read_now(page, service, "第二季度")
    enter(town, meeting())
    assert read_now(page, service, "第二季度") == "第二季度 2"


def test_another_person_and_another_question_have_answers_of_their_own(town: Store) -> None:
    service = Counting()
    for actor, question in ((OFFICE, "一"), (CLERK, "一"), (OFFICE, "二"), (OFFICE, "一")):
        read_now(page_of(town, actor), service, question)
    assert service.asked == [(OFFICE.username, "一"), (CLERK.username, "一"), (OFFICE.username, "二")]


def test_a_refusal_is_not_remembered(town: Store) -> None:
    told: list[str] = []

    def refuses_once(_store: Store, _actor: Actor) -> str:
        told.append("")
        if len(told) == 1:
            raise PermissionError
        return "答"

    page = page_of(town, OPERATOR)
    with pytest.raises(PermissionError):
        read_now(page, refuses_once)
    assert read_now(page, refuses_once) == "答"


def test_what_is_known_by_its_key_is_equal_by_its_key_alone() -> None:
    assert Keyed(("甲", 1), [1]) == Keyed(("甲", 1), [2])
    assert Keyed(("甲", 1), [1]) != Keyed(("甲", 2), [1])
    assert hash(Keyed("甲", [1])) == hash(Keyed("甲", [2]))
