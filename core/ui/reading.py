"""What services read for a page, once for each change of the data, person and question."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, Concatenate, ParamSpec, TypeVar

from core.auth import Actor
from core.services.scoreboard import data_time
from core.store.engine import Store
from core.ui.context import Context
from core.ui.memory import MEMORY

_Question = ParamSpec("_Question")
_Answer = TypeVar("_Answer")


@dataclass(frozen=True, slots=True)
class Keyed:
    """Something a memory is asked with, known by its key alone.

    The memory holds it, and so what it is made of: a key may name an object by `id`, since no other can have
    that id meanwhile.
    """

    key: Hashable
    value: Any = field(compare=False)


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
    newest, _ = data_time(page.store)
    key = (service, page.actor, question, tuple(sorted(options.items())))
    store, actor = page.store, page.actor
    return MEMORY.recall(store, newest, key, lambda: service(store, actor, *question, **options))
