"""How the services of calendars and reminders are called to see whether they let somebody through."""

from collections.abc import Callable, Mapping
from typing import Any

from core.auth import Actor
from core.domain.addresses import Address, Channel, MailServer
from core.services import calendar_links, calendars, delivering, reminder_settings, reminding
from core.services.judging import Question
from core.store.engine import Store
from tests.city_examples import NOW, OFFICE, TODAY

Call = Callable[[Store, Actor, Any], object]
QUESTION = Question(2025, TODAY)


def _link(store: Store, unit: str) -> int:
    calendar_links.make_calendar_link(store, OFFICE, unit, "手机", now=NOW)
    return calendar_links.list_calendar_links(store, OFFICE, unit)[0].link_id


def _came(_answer: object) -> bool:
    """Whatever came back, it came through."""
    return True


def _address(store: Store, actor: Actor) -> Address:
    wanted = Address("值班邮箱", Channel.MAIL, "duty@example.cn", active=False)
    return reminder_settings.keep_address(store, actor, wanted, now=NOW)


def _removed(store: Store, actor: Actor) -> object:
    _address(store, OFFICE)
    found = reminder_settings.reminder_addresses(store, OFFICE)[-1]
    return reminder_settings.remove_address(store, actor, found.address_id, found.seen, now=NOW)


REMINDING_CALLS: Mapping[str, Call] = {
    "calendar_links.list_calendar_links": lambda s, a, t: _came(
        calendar_links.list_calendar_links(s, a, t.unit)
    ),
    "calendar_links.make_calendar_link": lambda s, a, t: calendar_links.make_calendar_link(
        s, a, t.unit, "手机", now=NOW
    ),
    "calendar_links.revoke_calendar_link": lambda s, a, t: calendar_links.revoke_calendar_link(
        s, a, _link(s, t.unit), now=NOW
    ),
    "calendars.unit_calendar": lambda s, a, t: calendars.unit_calendar(s, a, QUESTION, t.unit),
    "delivering.send_reminders": lambda s, a, _: delivering.send_reminders(s, a, today=TODAY, now=NOW),
    "reminder_settings.keep_address": lambda s, a, _: _address(s, a),
    "reminder_settings.mail_server": lambda s, a, _: reminder_settings.mail_server(s, a),
    "reminder_settings.remove_address": lambda s, a, _: _removed(s, a),
    "reminder_settings.reminder_addresses": lambda s, a, _: _came(reminder_settings.reminder_addresses(s, a)),
    "reminder_settings.reminder_rules": lambda s, a, _: reminder_settings.reminder_rules(s, a),
    "reminder_settings.set_mail_server": lambda s, a, _: reminder_settings.set_mail_server(
        s, a, MailServer(), now=NOW
    ),
    "reminder_settings.set_reminder_rules": lambda s, a, _: reminder_settings.set_reminder_rules(
        s, a, {}, now=NOW
    ),
    "reminding.digests_to_copy": lambda s, a, _: _came(reminding.digests_to_copy(s, a, TODAY)),
    "reminding.mark_copied": lambda s, a, t: _came(
        reminding.mark_copied(s, a, t.unit, (), today=TODAY, now=NOW)
    ),
    "reminding.plan_reminders": lambda s, a, _: reminding.plan_reminders(s, a, today=TODAY, now=NOW),
    "reminding.reminder_messages": lambda s, a, _: _came(reminding.reminder_messages(s, a)),
}
"""By the service's name; part of `CALLS`."""
