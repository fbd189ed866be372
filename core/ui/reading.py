"""What services read for a page, once for each change of the data, person and question."""

from collections.abc import Callable, Hashable
from typing import Concatenate, ParamSpec, TypeVar

from core.auth import Actor
from core.store.engine import Store
from core.store.memory import MEMORY, STEADY
from core.ui.context import Context

_Question = ParamSpec("_Question")
_Answer = TypeVar("_Answer")


def read_now(
    page: Context,
    service: Callable[Concatenate[Store, Actor, _Question], _Answer],
    *question: _Question.args,
    **options: _Question.kwargs,
) -> _Answer:
    """What a service that only reads business data answers; asked again only when the data has changed.

    The answer is shared: nobody may change it. A service that also tells of accounts is not for this: what
    is done to them is no news to a board.

    Raises:
        TypeError: the question cannot be remembered, such as a list.
    """
    store, actor = page.store, page.actor
    key = _key(service, actor, question, options)
    return MEMORY.recall(store, page.news.newest, key, lambda: service(store, actor, *question, **options))


def read_steady(
    page: Context,
    service: Callable[Concatenate[Store, Actor, _Question], _Answer],
    *question: _Question.args,
    **options: _Question.kwargs,
) -> _Answer:
    """The same of a service whose answer does not depend on records: it outlives those that are entered.

    Records are entered all day; units, zones, hazards, measures, chains and settings change far less often.

    Raises:
        TypeError: the question cannot be remembered, such as a list.
    """
    store, actor = page.store, page.actor
    key = _key(service, actor, question, options)
    return STEADY.recall(store, page.news.beyond, key, lambda: service(store, actor, *question, **options))


def _key(
    service: Callable[..., object], actor: Actor, question: tuple[object, ...], options: dict[str, object]
) -> Hashable:
    return service, actor, question, tuple(sorted(options.items()))
