"""A unit's deadlines as an iCalendar file (RFC 5545) that Outlook, phones and WPS read alike.

Every deadline is an event of a whole day, so no client can move it by its own time zone.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from icalendar import Alarm, Calendar, Event

from core.config import PRODUCT
from core.domain.deadlines import Deadline, Standing

MIME = "text/calendar"
_DOMAIN = "anze-board"
_RING_AT = timedelta(hours=9)
_REFRESH = timedelta(hours=6)
_GLYPHS = {Standing.OPEN: "", Standing.DONE: "✓ ", Standing.MISSED: "✕ "}


@dataclass(frozen=True, slots=True)
class Edition:
    """Which state of the data a file shows: a later one has a higher number; `moment` is aware."""

    number: int
    moment: datetime


def calendar_of(name: str, deadlines: Iterable[Deadline], edition: Edition) -> bytes:
    """Write the file; the same deadlines in the same edition give the same bytes."""
    calendar = Calendar()
    calendar.add("prodid", f"-//{PRODUCT}//{_DOMAIN}//ZH")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", f"{name} {PRODUCT}")
    calendar.add("x-wr-timezone", "Asia/Shanghai")
    calendar.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    for each in deadlines:
        calendar.add_component(_event(each, name, edition))
    return bytes(calendar.to_ical())


def _event(deadline: Deadline, name: str, edition: Edition) -> Event:
    event = Event()
    event.add("uid", f"{deadline.uid}@{_DOMAIN}")
    event.add("dtstamp", edition.moment)
    event.add("last-modified", edition.moment)
    event.add("sequence", edition.number)
    event.add("dtstart", deadline.day)
    event.add("dtend", deadline.day + timedelta(days=1))
    event.add("summary", f"{_GLYPHS[deadline.standing]}{deadline.title}（{deadline.standing.label}）")
    event.add("description", "\n".join([name, *(line for line in deadline.told if line)]))
    event.add("categories", [deadline.category])
    event.add("transp", "TRANSPARENT")
    event.add("class", "PUBLIC")
    if deadline.standing == Standing.OPEN:
        for days in sorted({deadline.warn_days, 1} - {0}, reverse=True):
            event.add_component(_alarm(deadline, days))
    return event


def _alarm(deadline: Deadline, days: int) -> Alarm:
    """Ring at nine in the morning, so many days before: the start of a whole day is its midnight."""
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", f"{deadline.title} 还剩 {days} 天")
    alarm.add("trigger", _RING_AT - timedelta(days=days))
    return alarm
