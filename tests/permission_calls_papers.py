"""How the services of documents are called to see whether they let somebody through: one line a service."""

from collections.abc import Callable, Mapping
from datetime import date
from itertools import count
from typing import Any

from core.auth import Actor
from core.domain.papers import PaperKind
from core.services import composing, issuing, quarter_books
from core.services.composing import Order
from core.store.engine import Store
from tests.city_examples import NOW, OFFICE, TODAY

Call = Callable[[Store, Actor, Any], object]
_NUMBERS = count(1)
BULLETIN = Order(PaperKind.BULLETIN, TODAY, TODAY, subject="2025Q2")


def _letter(at: Any) -> Order:
    """A paper about the target's own unit that is kept anew each time."""
    return Order(PaperKind.MATERIAL, date(2025, 6, next(_NUMBERS) % 19 + 1), TODAY, at.unit, "2025")


def _issued(store: Store, at: Any) -> int:
    return issuing.issue_document(store, OFFICE, _letter(at), f"paper-{next(_NUMBERS)}", now=NOW).document_id


def _issue(store: Store, actor: Actor, at: Any) -> object:
    return issuing.issue_document(store, actor, _letter(at), f"paper-{next(_NUMBERS)}", now=NOW)


def _seen(store: Store, actor: Actor, at: Any) -> bool:
    _issued(store, at)
    return at.unit in {each.unit for each in issuing.documents_for(store, actor)}


PAPER_CALLS: Mapping[str, Call] = {
    "composing.compose": lambda s, a, _: composing.compose(s, a, BULLETIN),
    "composing.bulletin_facts": lambda s, a, _: composing.bulletin_facts(
        s, a, "2025Q2", BULLETIN.day, BULLETIN.as_of
    ),
    "issuing.documents_for": _seen,
    "issuing.issue_document": _issue,
    "issuing.letter_of_measure": lambda s, a, t: issuing.letter_of_measure(s, a, t.measure, now=NOW),
    "issuing.make_again": lambda s, a, t: issuing.make_again(s, a, _issued(s, t)),
    "issuing.open_document": lambda s, a, t: issuing.open_document(s, a, _issued(s, t)),
    "quarter_books.quarter_workbook": lambda s, a, _: quarter_books.quarter_workbook(
        s, a, "2025Q2", as_of=TODAY
    ),
}
