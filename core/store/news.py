"""What is new in a database, and since when nothing but records is; the journal is asked for little."""

import threading
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from weakref import WeakKeyDictionary

from core.store.journal import newest_news, tidings_since
from core.store.unit_of_work import Reader


@dataclass(frozen=True, slots=True)
class News:
    """The newest change that is news to a board, and its moment (naive UTC); 0 and None where there is none.

    `beyond` is a change after which nothing but records was entered, corrected or voided: what does not
    depend on records is now as it was then. It is not the last such change where this process came later.
    """

    newest: int = 0
    at: datetime | None = None
    beyond: int = 0


_LOCK = threading.Lock()
_KNOWN: WeakKeyDictionary[Any, News] = WeakKeyDictionary()


def news_of(reader: Reader) -> News:
    """What is new, as this view of the data knows it."""
    newest, at = newest_news(reader)
    if reader.known is not None:
        return News(newest, at, newest)
    database = reader.session.connection().engine
    known = _KNOWN.get(database)
    if known is None:
        beyond = newest
    elif newest > known.newest:
        beyond = max(known.beyond, tidings_since(reader, known.newest).beyond)
    else:
        beyond = known.beyond
    return _kept(database, News(newest, at, beyond))


def _kept(database: object, news: News) -> News:
    """Keep the newer of what was known and what was found; somebody else may have asked meanwhile."""
    with _LOCK:
        known = _KNOWN.get(database, News())
        if news.newest >= known.newest:
            _KNOWN[database] = News(news.newest, news.at, max(news.beyond, known.beyond))
    return news
