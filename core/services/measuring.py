"""How the database is doing, in numbers for a monitor: sizes, the newest change, how fast it answers."""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.config import utc_moment
from core.store.engine import Store
from core.store.figures import count_current, count_living_sessions
from core.store.unit_of_work import newest_change

LIVING_WITHIN = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured; `seconds` is how long the database took to answer all of it."""

    newest_change: int
    records: int
    hazards: int
    attachments: int
    sessions: int
    seconds: float


def measure(store: Store, *, now: datetime) -> Figures:
    """Ask the database.

    Raises:
        StoreError: it does not answer.
    """
    began = time.perf_counter()
    with store.reading() as reader:
        newest, counted = newest_change(reader), count_current(reader)
        sessions = count_living_sessions(reader, utc_moment(now) - LIVING_WITHIN)
    return Figures(newest, *counted, sessions, time.perf_counter() - began)
