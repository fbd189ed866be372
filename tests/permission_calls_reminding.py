"""How the services of calendars and reminders are called to see whether they let somebody through."""

from collections.abc import Callable, Mapping
from typing import Any

from core.auth import Actor
from core.services import calendar_links, calendars
from core.services.scoreboard import Question
from core.store.engine import Store
from tests.city_examples import NOW, OFFICE, TODAY

Call = Callable[[Store, Actor, Any], object]
QUESTION = Question(2025, TODAY)


def _link(store: Store, unit: str) -> int:
    calendar_links.make_calendar_link(store, OFFICE, unit, "手机", now=NOW)
    return calendar_links.list_calendar_links(store, OFFICE, unit)[0].link_id


def _links(store: Store, actor: Actor, unit: str) -> bool:
    calendar_links.list_calendar_links(store, actor, unit)
    return True


REMINDING_CALLS: Mapping[str, Call] = {
    "calendar_links.list_calendar_links": lambda s, a, t: _links(s, a, t.unit),
    "calendar_links.make_calendar_link": lambda s, a, t: calendar_links.make_calendar_link(
        s, a, t.unit, "手机", now=NOW
    ),
    "calendar_links.revoke_calendar_link": lambda s, a, t: calendar_links.revoke_calendar_link(
        s, a, _link(s, t.unit), now=NOW
    ),
    "calendars.unit_calendar": lambda s, a, t: calendars.unit_calendar(s, a, QUESTION, t.unit),
}
"""By the service's name; part of `CALLS`."""
