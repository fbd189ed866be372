"""Paint the wall: once for each change of the data or of the day, for all the walls of this process."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from core.auth import Actor, Role
from core.config import LOCAL_ZONE
from core.services.opening import demonstrates
from core.services.walling import newest_business_id, newest_id, wall_picture
from core.store.engine import Store
from core.store.memory import MEMORY
from core.ui.clock import today_of
from core.ui.context import clock, settings_in_use, store_in_use
from core.ui.turnstile import TURNSTILE
from core.ui.wall.frame import wall_parts

_CAN_WAIT_SECONDS = 0.3
_EVERY_WALL = Actor("大屏", "大屏", Role.SCREEN)


@dataclass(frozen=True, slots=True)
class Days:
    """The day the wall stands on, and the calendar's; they differ where a date is fixed."""

    day: date
    today: date


def pulse() -> tuple[int, Days]:
    """What an idle wall asks: the newest change and the day; while it stays the same, so does the wall."""
    newest = newest_id(store_in_use())
    return newest, _days(newest)


def paint() -> Mapping[str, str]:
    """The wall's parts as they are now; whoever asked for a page goes before."""
    with TURNSTILE.passed(_CAN_WAIT_SECONDS):
        store = store_in_use()
        return parts_of(store, _days(newest_id(store)))


def parts_of(store: Store, days: Days) -> Mapping[str, str]:
    """The wall's parts, painted anew only when business data has changed."""
    newest = newest_business_id(store)
    return MEMORY.recall(store, newest, ("wall", days), lambda: _painted(store, days))


def _days(newest: int) -> Days:
    now = clock()
    demonstration = _demonstrates(store_in_use(), newest)
    today = today_of(settings_in_use(), demonstration=demonstration, now=now)
    return Days(today.day, now.astimezone(LOCAL_ZONE).date())


@lru_cache(maxsize=2)
def _demonstrates(store: Store, _newest: int) -> bool:
    return demonstrates(store)


def _painted(store: Store, days: Days) -> Mapping[str, str]:
    return wall_parts(wall_picture(store, _EVERY_WALL, days.day), days.today)
