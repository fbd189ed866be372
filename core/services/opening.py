"""Open the database that the settings name: once in a process, ready for use."""

import logging
import threading
from datetime import datetime

from core.config import Settings
from core.errors import StoreError
from core.services.founding import found, is_demonstration
from core.store.engine import Store, open_store
from core.store.unit_of_work import newest_change

_LOG = logging.getLogger(__name__)
_LOCK = threading.Lock()
_OPEN: dict[str, Store] = {}


def opened(settings: Settings, now: datetime) -> Store:
    """The store of this process, migrated; an empty database gets the demonstration city first.

    Raises:
        ConfigurationError: a database that cannot be opened.
    """
    with _LOCK:
        if settings.database_url not in _OPEN:
            store = open_store(settings.database_url)
            found(store, empty=False, now=now)
            _OPEN[settings.database_url] = store
        return _OPEN[settings.database_url]


def demonstrates(store: Store) -> bool:
    """Tell whether this is a demonstration database."""
    with store.reading() as reader:
        return is_demonstration(reader)


def answers(store: Store) -> bool:
    """Tell whether the database answers at this moment."""
    try:
        with store.reading() as reader:
            return newest_change(reader) > 0
    except StoreError:
        return False  # said in the log already
    except Exception:  # noqa: BLE001 - whatever is wrong with it, it does not answer
        _LOG.exception("the database does not answer")
        return False
