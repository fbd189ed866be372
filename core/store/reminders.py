"""Messages on their way and the ledger of what was sent; what is claimed here is nobody else's to send."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, insert, select, update

from core.domain.messages import Message, MessageState
from core.store.reminder_rows import ReminderMessageRow, ReminderSentRow
from core.store.unit_of_work import Reader, UnitOfWork


def sent_to(reader: Reader, recipient: str) -> dict[str, set[str]]:
    """A recipient's ledger: by reference, the levels that were sent."""
    query = select(ReminderSentRow.reference, ReminderSentRow.stage)
    ledger: defaultdict[str, set[str]] = defaultdict(set)
    for reference, level in reader.session.execute(query.where(ReminderSentRow.recipient == recipient)):
        ledger[reference].add(level)
    return dict(ledger)


def begin_message(work: UnitOfWork, recipient: str, things: int, state: MessageState) -> int:
    """Begin a message, whose text may name its number; its id."""
    row = ReminderMessageRow(
        recipient=recipient,
        content="",
        things=things,
        state=state.value,
        made_at=work.now,
        made_by=work.person,
        parts_sent=0,
        tries=0,
        last_error="",
    )
    work.session.add(row)
    work.session.flush()
    return row.id


def fill_message(
    work: UnitOfWork, message_id: int, recipient: str, content: str, keys: Iterable[tuple[str, str]]
) -> None:
    """Give a message its text, and enter what it says into the recipient's ledger."""
    row = work.session.get_one(ReminderMessageRow, message_id)
    row.content = content
    entries = [
        {"recipient": recipient, "reference": reference, "stage": level, "message": message_id}
        for reference, level in keys
    ]
    work.session.execute(insert(ReminderSentRow), entries)
    work.session.flush()


def waiting_messages(reader: Reader, stale_before: datetime) -> list[Message]:
    """What is still to be sent, the oldest first: also what somebody began to send and never ended."""
    query = select(ReminderMessageRow).where(_is_free(stale_before)).order_by(ReminderMessageRow.id)
    return [_message(row) for row in reader.session.scalars(query)]


def claim_message(work: UnitOfWork, message_id: int, stale_before: datetime) -> Message | None:
    """Take a message for sending; None where another run has taken or ended it meanwhile."""
    query = select(ReminderMessageRow).where(ReminderMessageRow.id == message_id, _is_free(stale_before))
    row = work.session.scalars(query).one_or_none()
    if row is None:
        return None
    row.state, row.tried_at = MessageState.SENDING.value, work.now
    row.tries += 1
    work.session.flush()
    return _message(row)


def note_part(work: UnitOfWork, message_id: int, parts_sent: int) -> None:
    """Note how many parts have arrived, so that none of them is sent again."""
    work.session.get_one(ReminderMessageRow, message_id).parts_sent = parts_sent


def end_try(work: UnitOfWork, message_id: int, state: MessageState, error: str = "") -> None:
    """Note what came of a try."""
    row = work.session.get_one(ReminderMessageRow, message_id)
    row.state, row.last_error = state.value, error


def drop_messages(work: UnitOfWork, recipient: str) -> None:
    """Send nothing more to a recipient."""
    mine = (ReminderMessageRow.recipient == recipient, ReminderMessageRow.state == MessageState.WAITING.value)
    work.session.execute(update(ReminderMessageRow).where(*mine).values(state=MessageState.DROPPED.value))


def newest_messages(reader: Reader, limit: int) -> list[Message]:
    """The newest messages, the newest first."""
    query = select(ReminderMessageRow).order_by(ReminderMessageRow.id.desc()).limit(limit)
    return [_message(row) for row in reader.session.scalars(query)]


def _is_free(stale_before: datetime) -> ColumnElement[bool]:
    state, tried = ReminderMessageRow.state, ReminderMessageRow.tried_at
    return (state == MessageState.WAITING.value) | (
        (state == MessageState.SENDING.value) & (tried < stale_before)
    )


def _message(row: ReminderMessageRow) -> Message:
    return Message(
        row.id,
        row.recipient,
        row.content,
        row.things,
        MessageState.of(row.state),
        row.made_at,
        row.made_by,
        row.parts_sent,
        row.tries,
        row.tried_at,
        row.last_error,
    )
