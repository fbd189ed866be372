"""What services read for a page, once for each change of the data, person and question."""

from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from core.auth import Actor
from core.store.engine import Store
from core.store.memory import MEMORY, STEADY, Memory
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
    return _recalled(MEMORY, page.news.newest, page, service, *question, **options)


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
    return _recalled(STEADY, page.news.beyond, page, service, *question, **options)


def _recalled(
    memory: Memory,
    newest: int,
    page: Context,
    service: Callable[Concatenate[Store, Actor, _Question], _Answer],
    *question: _Question.args,
    **options: _Question.kwargs,
) -> _Answer:
    store, actor = page.store, page.actor
    key = (service, actor, question, tuple(sorted(options.items())))
    return memory.recall(store, newest, key, lambda: service(store, actor, *question, **options))
