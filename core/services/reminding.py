"""What units are to be reminded of: as text to copy, and as a dry run of what would go to which address."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from core.auth import Actor, Permission, Scope, require
from core.config import LOCAL_ZONE
from core.domain.addresses import Address
from core.domain.cells import Cell
from core.domain.key_periods import key_periods_of
from core.domain.measures import measures_as_of
from core.domain.messages import Message, MessageState, digest_text, parts_of
from core.domain.reminder_rules import why_not_now
from core.domain.reminders import Thing, by_unit, due_things, unsent
from core.services.catalogues import default_year
from core.services.hazards import cases_within
from core.services.judging import Question
from core.services.reminder_settings import rules_of
from core.services.scoreboard import cells_within
from core.store import reminders
from core.store.engine import Store
from core.store.key_periods import own_periods
from core.store.measures import all_measures
from core.store.reminder_addresses import list_addresses, names_of_addresses
from core.store.rolls import units
from core.store.unit_of_work import Reader, UnitOfWork

_EVERYTHING = Scope(everything=True)
_LOOKING_BACK = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Digest:
    """What one recipient is to be told: its name, where that is, the things, and the words."""

    recipient: str
    name: str
    where: str
    things: tuple[Thing, ...]
    text: str
    parts: int = 1


def digests_to_copy(store: Store, actor: Actor, today: date) -> list[Digest]:
    """For each unit what it has not been told yet by hand, as text to copy.

    Raises:
        ForbiddenError: reminders are the office's.
    """
    require(actor, Permission.REMIND)
    with store.reading() as reader:
        names = names_of_units(reader)
        owed = by_unit(_things(reader, today), list(names))
        fresh = {
            unit: unsent(things, reminders.sent_to(reader, _by_hand(unit))) for unit, things in owed.items()
        }
    return [
        Digest(
            _by_hand(unit),
            names.get(unit, unit),
            "复制转发",
            tuple(things),
            digest_text([(names.get(unit, unit), things)], today),
        )
        for unit, things in fresh.items()
        if things
    ]


def mark_copied(
    store: Store, actor: Actor, unit: str, seen: Collection[tuple[str, str]], *, today: date, now: datetime
) -> int:
    """Note that a unit was told by hand of what the person saw; how many things that were.

    Raises:
        ForbiddenError: reminders are the office's.
    """
    require(actor, Permission.REMIND)
    with store.unit_of_work(actor.username, now) as work:
        recipient, names = _by_hand(unit), names_of_units(work)
        things = [each for each in _things(work, today) if each.unit == unit and each.key in seen]
        fresh = unsent(things, reminders.sent_to(work, recipient))
        if fresh:
            text = digest_text([(names.get(unit, unit), fresh)], today)
            claim(work, recipient, fresh, lambda _: text, MessageState.COPIED)
            work.change("reminder.copied", unit, detail={"things": len(fresh)})
            work.commit()
    return len(fresh)


def plan_reminders(store: Store, actor: Actor, *, today: date, now: datetime) -> tuple[str, list[Digest]]:
    """A dry run: why nothing would go out now (empty: it would), and what would go to whom.

    Raises:
        ForbiddenError: reminders are the office's.
    """
    require(actor, Permission.REMIND)
    with store.reading() as reader:
        names = names_of_units(reader)
        return why_held(reader, now), [
            digest_of(address, things, names, today) for address, things in owed(reader, today)
        ]


def reminder_messages(store: Store, actor: Actor, limit: int = 50) -> list[tuple[str, Message]]:
    """The newest messages with their recipients' names, the newest first.

    Raises:
        ForbiddenError: reminders are the office's.
    """
    require(actor, Permission.REMIND)
    with store.reading() as reader:
        names = {
            **{_by_hand(code): name for code, name in names_of_units(reader).items()},
            **names_of_addresses(reader),
        }
        found = reminders.newest_messages(reader, limit)
    return [(names.get(each.recipient, each.recipient), each) for each in found]


# What is due, and to whom ----------------------------------------------------------------------------------


def _things(reader: Reader, today: date) -> list[Thing]:
    wanted = rules_of(reader).wanted
    cases = cases_within(reader, _EVERYTHING, "", today)
    measures = measures_as_of(all_measures(reader), today)
    return due_things(_cells(reader, today), cases, measures, today, wanted)


def _cells(reader: Reader, today: date) -> Iterator[Cell]:
    """The cells of the year, and for its first months those of the year before: a quarter ends overnight."""
    days = (today - _LOOKING_BACK, today)
    for year in sorted({default_year(reader, day) for day in days}):
        yield from cells_within(reader, _EVERYTHING, Question(year, today))


def owed(reader: Reader, today: date) -> Iterator[tuple[Address, list[Thing]]]:
    """For each address that is switched on what it has not been sent yet; those with nothing are left out."""
    things = _things(reader, today)
    for address in list_addresses(reader):
        if address.active:
            own = [each for each in things if address.concerns(each.unit)]
            fresh = unsent(own, reminders.sent_to(reader, address.recipient))
            if fresh:
                yield address, fresh


def digest_of(
    address: Address, things: Sequence[Thing], names: Mapping[str, str], today: date, number: int = 0
) -> Digest:
    """The digest of things for an address; `number` is its message's, where there is one already."""
    groups = [(names.get(unit, unit), owed) for unit, owed in by_unit(things, list(names)).items()]
    text = digest_text(groups, today, number)
    where = f"{address.channel.label} {address.shown}"
    parts = len(parts_of(text, address.channel.most_bytes))
    return Digest(address.recipient, address.name, where, tuple(things), text, parts)


def names_of_units(reader: Reader) -> dict[str, str]:
    """Every unit's name by its code, in the units' own order."""
    return {unit.code: unit.name for unit in units(reader)}


def _by_hand(unit: str) -> str:
    return f"copy:{unit}"


def why_held(reader: Reader, now: datetime) -> str:
    """Say why nothing may go out at this moment; empty where it may."""
    local = now.astimezone(LOCAL_ZONE)
    periods = [
        each for year in (local.year - 1, local.year) for each in key_periods_of(year, own_periods(reader))
    ]
    return why_not_now(rules_of(reader), local.replace(tzinfo=None), periods)


def claim(
    work: UnitOfWork,
    recipient: str,
    things: Sequence[Thing],
    words: Callable[[int], str],
    state: MessageState,
) -> int:
    """Enter things into the ledger with the message that tells of them: nobody else sends them now."""
    number = reminders.begin_message(work, recipient, len(things), state)
    reminders.fill_message(work, number, recipient, words(number), (each.key for each in things))
    return number
