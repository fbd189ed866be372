"""Send reminders to the addresses that the office set: claimed in the ledger first, handed over afterwards.

Each thing is claimed once a level, in one transaction, so two runs at once send nothing twice. A run that
breaks off in the middle of a message leaves it to a later one: it may then come twice, under one number.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from core.auth import Actor, Permission, require
from core.channels.errors import UndeliveredError
from core.channels.sending import Deliver, Letter, deliver
from core.config import utc_moment
from core.domain.addresses import Address
from core.domain.messages import Message, MessageState, parts_of
from core.domain.reminders import Thing
from core.services.reminder_settings import mail_server_of
from core.services.reminding import claim, digest_of, names_of_units, owed, why_held
from core.store import reminders
from core.store.engine import Store
from core.store.reminder_addresses import list_addresses
from core.store.unit_of_work import Reader, UnitOfWork

_STALE = timedelta(minutes=30)
"""After this long a message that somebody began to send is taken for abandoned."""
_SUBJECT = "安全生产责任落实提醒"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run did; `held` says why it did nothing, and `failures` who was not reached and why."""

    held: str = ""
    sent: int = 0
    failures: tuple[tuple[str, str], ...] = ()
    waiting: int = 0

    def __str__(self) -> str:
        """Say it in one line."""
        if self.held:
            return self.held
        failed = f"，未送达 {len(self.failures)} 个地址" if self.failures else ""
        return f"发送 {self.sent} 条{failed}，待发 {self.waiting} 条"


def send_reminders(
    store: Store, actor: Actor, *, today: date, now: datetime, hand_over: Deliver = deliver
) -> Outcome:
    """Send what is due and not yet sent, and what an earlier run could not.

    Raises:
        ForbiddenError: reminders are the office's.
    """
    require(actor, Permission.REMIND)
    with store.unit_of_work(actor.username, now) as work:
        held = why_held(work, now)
        if held:
            return Outcome(held, waiting=len(_waiting(work, now)))
        _queue(work, today)
        work.commit()
    return _Round(store, actor, now, hand_over).go()


def _queue(work: UnitOfWork, today: date) -> None:
    names = names_of_units(work)
    for address, things in list(owed(work, today)):
        words = _words(address, things, names, today)
        number = claim(work, address.recipient, things, words, MessageState.WAITING)
        work.change("reminder.queued", address.name, detail={"number": number, "things": len(things)})


def _words(
    address: Address, things: Sequence[Thing], names: Mapping[str, str], today: date
) -> Callable[[int], str]:
    return lambda number: digest_of(address, things, names, today, number).text


def _waiting(reader: Reader, now: datetime) -> list[Message]:
    return reminders.waiting_messages(reader, utc_moment(now) - _STALE)


class _Round:
    """One run's handing over: each waiting message once, and no further to an address that failed."""

    def __init__(self, store: Store, actor: Actor, now: datetime, hand_over: Deliver) -> None:
        self.store, self.actor, self.now, self.hand_over = store, actor, now, hand_over
        self.sent = 0
        self.failures: dict[str, tuple[str, str]] = {}

    def go(self) -> Outcome:
        """Hand over what waits."""
        with self.store.reading() as reader:
            waiting = _waiting(reader, self.now)
            self.server = mail_server_of(reader)
            self.addresses = {each.recipient: each for each in list_addresses(reader) if each.active}
        for message in self._reachable(waiting):
            self._try(message.message_id, self.addresses[message.recipient])
        with self.store.reading() as reader:
            left = len(_waiting(reader, self.now))
        return Outcome("", self.sent, tuple(self.failures.values()), left)

    def _reachable(self, waiting: Iterable[Message]) -> Iterator[Message]:
        for message in waiting:
            if message.recipient in self.addresses and message.recipient not in self.failures:
                yield message

    def _try(self, message_id: int, address: Address) -> None:
        with self._writing() as work:
            message = reminders.claim_message(work, message_id, utc_moment(self.now) - _STALE)
            work.commit()
        if message is None:
            return
        try:
            self._hand_over(message, address)
        except UndeliveredError as error:
            self._failed(message, address, str(error))
        else:
            self._arrived(message, address)

    def _hand_over(self, message: Message, address: Address) -> None:
        """Hand over the parts that have not arrived yet, and note each that has."""
        parts = parts_of(message.content, address.channel.most_bytes)
        for place in range(message.parts_sent, len(parts)):
            letter = Letter(f"reminder-{message.message_id}-{place + 1}", _SUBJECT, parts[place])
            self.hand_over(address, letter, self.server, self.now)
            with self._writing() as work:
                reminders.note_part(work, message.message_id, place + 1)
                work.commit()

    def _arrived(self, message: Message, address: Address) -> None:
        with self._writing() as work:
            reminders.end_try(work, message.message_id, MessageState.SENT)
            work.change("reminder.sent", address.name, detail={"number": message.message_id})
            work.commit()
        self.sent += 1

    def _failed(self, message: Message, address: Address, said: str) -> None:
        with self._writing() as work:
            reminders.end_try(work, message.message_id, MessageState.WAITING, said)
            number = {"number": message.message_id}
            work.change("reminder.failed", address.name, said, detail=number, succeeded=False)
            work.commit()
        self.failures[address.recipient] = (address.name, said)

    def _writing(self) -> AbstractContextManager[UnitOfWork]:
        return self.store.unit_of_work(self.actor.username, self.now)
