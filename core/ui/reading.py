"""What services read for a page, once for each change of the data, person and question."""

from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from core.auth import Actor
from core.services.scoreboard import data_time
from core.store.engine import Store
from core.store.memory import MEMORY
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
    newest, _ = data_time(page.store)
    key = (service, page.actor, question, tuple(sorted(options.items())))
    store, actor = page.store, page.actor
    return MEMORY.recall(store, newest, key, lambda: service(store, actor, *question, **options))
