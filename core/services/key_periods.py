"""Key periods: which there are in a year, who checked in them, and the office's own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import uuid4

from core.auth import Actor, Permission, require, scope_of
from core.domain.key_periods import (
    DEFAULT_LEAD_DAYS,
    EVENTS,
    MOST_LEAD_DAYS,
    KeyPeriod,
    check_period,
    checks_within,
    key_periods_of,
)
from core.domain.records import RecordSearch
from core.domain.texts import clean
from core.domain.units import Unit
from core.errors import InputError
from core.services.judging import Question
from core.store.engine import Store
from core.store.journal import read_setting, write_setting
from core.store.key_periods import own_periods, write_period
from core.store.records import all_records
from core.store.rolls import units
from core.store.unit_of_work import Reader

LEAD_DAYS = "key_period_lead"


@dataclass(frozen=True, slots=True)
class KeyPeriodBoard:
    """A year's key periods, the units, how many checks fell where, and the days that lead up to a period."""

    periods: tuple[KeyPeriod, ...]
    units: tuple[Unit, ...]
    counts: Mapping[tuple[str, str], int]
    lead_days: int


def key_period_board(store: Store, actor: Actor, question: Question) -> KeyPeriodBoard:
    """Who checked in which key period, of the committees and localities that the actor may see.

    Raises:
        ForbiddenError: the role sees no business data.
    """
    scope = scope_of(actor)
    with store.reading(question.known_at) as reader:
        periods, lead = tuple(key_periods_of(question.year, own_periods(reader))), lead_days(reader)
        seen = [u for u in units(reader) if u.kind in EVENTS and scope.covers(u.kind, u.code)]
        since = date(question.year, 1, 1) - timedelta(days=lead)
        codes, events = frozenset(unit.code for unit in seen), frozenset[str]().union(*EVENTS.values())
        records = all_records(reader, RecordSearch(codes, events, since, question.as_of))
    return KeyPeriodBoard(periods, tuple(seen), checks_within(seen, records, periods, lead), lead)


def key_periods(store: Store, year: int) -> list[KeyPeriod]:
    """A year's key periods."""
    with store.reading() as reader:
        return key_periods_of(year, own_periods(reader))


def lead_days(reader: Reader) -> int:
    """The days before a period that count towards it, as the office set them."""
    return int(read_setting(reader, LEAD_DAYS) or DEFAULT_LEAD_DAYS)


def set_lead_days(store: Store, actor: Actor, days: int, *, now: datetime) -> None:
    """Set the days before a period that count towards it.

    Raises:
        ForbiddenError: settings are the office's.
        InputError: out of bounds.
    """
    require(actor, Permission.SETTINGS)
    if not 0 <= days <= MOST_LEAD_DAYS:
        raise InputError(f"节前天数应在 0 至 {MOST_LEAD_DAYS} 之间。", "lead")
    with store.unit_of_work(actor.username, now) as work:
        change = work.change("setting.changed", LEAD_DAYS, detail={LEAD_DAYS: days})
        write_setting(work, change, LEAD_DAYS, str(days))
        work.commit()


def keep_period(store: Store, actor: Actor, period: KeyPeriod, *, now: datetime) -> KeyPeriod:
    """Add a period of the office's own, or set another one anew; an empty code is a new one.

    Raises:
        ForbiddenError: settings are the office's.
        InputError: no name, or days that do not follow one another.
    """
    require(actor, Permission.SETTINGS)
    wanted = replace(period, code=period.code or uuid4().hex[:12], name=clean(period.name))
    check_period(wanted)
    with store.unit_of_work(actor.username, now) as work:
        said = {"starts": wanted.starts, "until": wanted.until, "kept": wanted.kept}
        change = work.change("key_period.changed", wanted.name, detail=said)
        write_period(work, change, wanted)
        work.commit()
    return wanted


def take_out(store: Store, actor: Actor, periods: Sequence[KeyPeriod], *, now: datetime) -> None:
    """Take periods out; their versions stay.

    Raises:
        ForbiddenError: settings are the office's.
    """
    for each in periods:
        keep_period(store, actor, replace(each, kept=False), now=now)
