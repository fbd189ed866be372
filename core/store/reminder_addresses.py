"""Addresses of reminders, in versions; what of them is secret stands apart, and never in the journal."""

from collections.abc import Mapping

from sqlalchemy import func, select

from core.domain.addresses import Address, Channel
from core.store.reminder_rows import ReminderAddressRow, ReminderSecretRow
from core.store.unit_of_work import Reader, UnitOfWork

_MAIL = "mail:password"


def list_addresses(reader: Reader) -> list[Address]:
    """The addresses that are kept, in the order in which they were first set."""
    query = (
        select(ReminderAddressRow)
        .where(reader.current(ReminderAddressRow), ReminderAddressRow.kept.is_(True))
        .order_by(ReminderAddressRow.address_id)
    )
    secrets = _secrets(reader)
    return [_address(row, secrets) for row in reader.session.scalars(query)]


def names_of_addresses(reader: Reader) -> dict[str, str]:
    """Every recipient's name, of those taken out too."""
    query = select(ReminderAddressRow).where(reader.current(ReminderAddressRow))
    return {_address(row, {}).recipient: row.name for row in reader.session.scalars(query)}


def next_address_id(reader: Reader) -> int:
    """An id that no address has ever had."""
    return (reader.session.scalar(select(func.max(ReminderAddressRow.address_id))) or 0) + 1


def write_address(work: UnitOfWork, change: int, address: Address, *, kept: bool = True) -> None:
    """Begin a version of an address and end the one before it."""
    row = ReminderAddressRow
    query = select(row).where(row.ended_by.is_(None), row.address_id == address.address_id)
    before = work.session.scalars(query).one_or_none()
    if before:
        work.end(before, change)
    work.session.add(
        ReminderAddressRow(
            begun_by=change,
            address_id=address.address_id,
            name=address.name,
            channel=address.channel.value,
            target=address.shown,
            units="\n".join(address.units),
            active=address.active,
            kept=kept,
        )
    )
    _keep(work, _target_of(address.address_id), address.target if kept else "")
    _keep(work, _sign_of(address.address_id), address.secret if kept else "")


def read_mail_password(reader: Reader) -> str:
    """The password of the mail account; empty where none is set."""
    return _secrets(reader).get(_MAIL, "")


def write_mail_password(work: UnitOfWork, password: str) -> None:
    """Set the password of the mail account."""
    _keep(work, _MAIL, password)


def _keep(work: UnitOfWork, name: str, content: str) -> None:
    work.session.merge(ReminderSecretRow(name=name, content=content))
    work.session.flush()


def _secrets(reader: Reader) -> dict[str, str]:
    return {row.name: row.content for row in reader.session.scalars(select(ReminderSecretRow))}


def _target_of(address_id: int) -> str:
    return f"address:{address_id}:target"


def _sign_of(address_id: int) -> str:
    return f"address:{address_id}:sign"


def _address(row: ReminderAddressRow, secrets: Mapping[str, str]) -> Address:
    return Address(
        row.name,
        Channel.of(row.channel),
        secrets.get(_target_of(row.address_id), ""),
        secrets.get(_sign_of(row.address_id), ""),
        tuple(code for code in row.units.split("\n") if code),
        row.active,
        row.address_id,
        row.version_id,
    )
