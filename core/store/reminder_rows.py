"""ORM rows of reminders: addresses, messages on their way, and the ledger of what was sent; private here."""

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, Integer, String, UniqueConstraint, true
from sqlalchemy.orm import Mapped, mapped_column

from core.store.schema import Base, Versioned


class ReminderAddressRow(Versioned, Base):
    """One version of an address; `kept` false takes it out. Of a webhook it holds what may be shown of it."""

    __tablename__ = "remind_address"

    address_id: Mapped[int] = mapped_column(Integer, index=True)
    name: Mapped[str] = mapped_column(String(100))
    channel: Mapped[str] = mapped_column(String(20))
    target: Mapped[str]
    units: Mapped[str]
    active: Mapped[bool] = mapped_column(Boolean, server_default=true())
    kept: Mapped[bool] = mapped_column(Boolean, server_default=true())


class ReminderSecretRow(Base):
    """What is needed in clear to send, and is no version: whatever a version says stands in the journal."""

    __tablename__ = "remind_secret"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    content: Mapped[str]


class ReminderMessageRow(Base):
    """One digest for one recipient; how far it has come is changed in place, what came of it is journaled."""

    __tablename__ = "reminder_message"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    recipient: Mapped[str] = mapped_column(String(60), index=True)
    content: Mapped[str]
    things: Mapped[int] = mapped_column(Integer)
    state: Mapped[str] = mapped_column(String(20), index=True)
    made_at: Mapped[datetime]
    made_by: Mapped[str] = mapped_column(String(120))
    parts_sent: Mapped[int] = mapped_column(Integer, server_default="0")
    tries: Mapped[int] = mapped_column(Integer, server_default="0")
    tried_at: Mapped[datetime | None]
    last_error: Mapped[str] = mapped_column(server_default="")


class ReminderSentRow(Base):
    """One thing at one level that a recipient was sent, or is being sent: never a second time."""

    __tablename__ = "reminder_sent"
    __table_args__ = (UniqueConstraint("recipient", "reference", "stage", name="uq_reminder_once"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    recipient: Mapped[str] = mapped_column(String(60))
    reference: Mapped[str] = mapped_column(String(200))
    stage: Mapped[str] = mapped_column(String(20))
    message: Mapped[int] = mapped_column(ForeignKey("reminder_message.id"), index=True)
