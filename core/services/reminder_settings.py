"""How the office sets reminders: when they go out, to which addresses, over which mail server."""

import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from core.auth import Actor, Permission, require
from core.domain.addresses import (
    SIGNED,
    Address,
    Channel,
    MailServer,
    Security,
    check_address,
    check_mail_server,
)
from core.domain.reminder_rules import ReminderRules, plain_rules, read_rules, rules_from, write_rules
from core.domain.reminders import Level
from core.domain.texts import clean
from core.errors import ConflictError, InputError, NotFoundError
from core.store.engine import Store
from core.store.journal import read_setting, write_setting
from core.store.reminder_addresses import (
    list_addresses,
    next_address_id,
    read_mail_password,
    write_address,
    write_mail_password,
)
from core.store.reminders import drop_messages
from core.store.rolls import units
from core.store.unit_of_work import Reader, UnitOfWork

_RULES, _MAIL = "reminder.rules", "reminder.mail"


def rules_of(reader: Reader) -> ReminderRules:
    """The rules as they stand."""
    return read_rules(read_setting(reader, _RULES))


def reminder_rules(store: Store, actor: Actor) -> ReminderRules:
    """The rules as they stand.

    Raises:
        ForbiddenError: reminders are the office's.
    """
    require(actor, Permission.REMIND)
    with store.reading() as reader:
        return rules_of(reader)


def set_reminder_rules(
    store: Store, actor: Actor, told: Mapping[str, Any], *, now: datetime
) -> ReminderRules:
    """Set the rules from what was typed.

    Raises:
        ForbiddenError: reminders are the office's.
        InputError: a number out of bounds, or no level at all.
    """
    require(actor, Permission.REMIND)
    wanted = rules_from(told)
    with store.unit_of_work(actor.username, now) as work:
        before, after = plain_rules(rules_of(work)), plain_rules(wanted)
        if before != after:
            changed = [name for name in after if after[name] != before[name]]
            sides = (("before", before), ("after", after))
            detail = {
                side: {"table": "remind_rules"} | {name: _spoken(values[name]) for name in changed}
                for side, values in sides
            }
            write_setting(work, work.change("reminder.rules", detail=detail), _RULES, write_rules(wanted))
            work.commit()
    return wanted


def _spoken(value: object) -> object:
    return "、".join(Level.of(each).label for each in value) if isinstance(value, list) else value


def reminder_addresses(store: Store, actor: Actor) -> list[Address]:
    """The addresses, their secrets left out.

    Raises:
        ForbiddenError: reminders are the office's.
    """
    require(actor, Permission.REMIND)
    with store.reading() as reader:
        return [replace(each, secret="") for each in list_addresses(reader)]


def keep_address(store: Store, actor: Actor, wanted: Address, *, now: datetime) -> Address:
    """Add an address (id 0), or set one anew; an empty target or secret leaves what was set before.

    Raises:
        ForbiddenError: reminders are the office's.
        InputError: what cannot be written to, or a unit that is not there.
        NotFoundError: it was taken out meanwhile.
        ConflictError: somebody has set it anew since it was read.
    """
    require(actor, Permission.REMIND)
    with store.unit_of_work(actor.username, now) as work:
        before = _before(work, wanted)
        address = _completed(work, wanted, before)
        check_address(address)
        _check_units(work, address)
        action = "reminder.address_changed" if before else "reminder.address_added"
        sides = {"before": _told(before) if before else [], "after": _told(address)}
        change = work.change(action, address.name, detail=sides)
        write_address(work, change, address)
        work.commit()
    return address


def remove_address(store: Store, actor: Actor, address_id: int, seen: int, *, now: datetime) -> None:
    """Take an address out; what still waits to go there is not sent.

    Raises:
        ForbiddenError: reminders are the office's.
        NotFoundError: it was taken out meanwhile.
        ConflictError: somebody has set it anew since it was read.
    """
    require(actor, Permission.REMIND)
    with store.unit_of_work(actor.username, now) as work:
        address = _held(work, address_id, seen)
        sides = {"before": _told(address), "after": []}
        change = work.change("reminder.address_removed", address.name, detail=sides)
        write_address(work, change, address, kept=False)
        drop_messages(work, address.recipient)
        work.commit()


def mail_server_of(reader: Reader) -> MailServer:
    """The mail server as it is set; none where it is not."""
    text = read_setting(reader, _MAIL)
    if not text:
        return MailServer()
    told = json.loads(text)
    password = read_mail_password(reader)
    return MailServer(**{**told, "security": Security.of(told["security"]), "password": password})


def mail_server(store: Store, actor: Actor) -> MailServer:
    """The mail server, its password left out.

    Raises:
        ForbiddenError: reminders are the office's.
    """
    require(actor, Permission.REMIND)
    with store.reading() as reader:
        return replace(mail_server_of(reader), password="")


def set_mail_server(store: Store, actor: Actor, wanted: MailServer, *, now: datetime) -> None:
    """Set the mail server; an empty password leaves the one that was set, for the same host and user.

    Raises:
        ForbiddenError: reminders are the office's.
        InputError: no server, port or address.
    """
    require(actor, Permission.REMIND)
    check_mail_server(wanted)
    with store.unit_of_work(actor.username, now) as work:
        before = mail_server_of(work)
        same = (before.host, before.username) == (wanted.host, wanted.username)
        server = replace(wanted, password=wanted.password or (before.password if same else ""))
        sides = {"before": _server_told(before), "after": _server_told(server)}
        kept = {name: each for name, each in asdict(server).items() if name != "password"}
        write_setting(work, work.change("reminder.mail", detail=sides), _MAIL, json.dumps(kept))
        write_mail_password(work, server.password)
        work.commit()


def _before(work: UnitOfWork, wanted: Address) -> Address | None:
    return _held(work, wanted.address_id, wanted.seen) if wanted.address_id else None


def _held(work: UnitOfWork, address_id: int, seen: int) -> Address:
    found = next((each for each in list_addresses(work) if each.address_id == address_id), None)
    if found is None:
        raise NotFoundError("这个发送地址已被移除，请刷新后再看。")
    if found.seen != seen:
        raise ConflictError(f"您查看之后，“{found.name}”已被他人修改，您的操作没有保存，请核对后重试。")
    return found


def _completed(work: UnitOfWork, wanted: Address, before: Address | None) -> Address:
    """What was typed, cleaned, with what was left as it was; a new target has no old secret."""
    name, target, secret = clean(wanted.name), clean(wanted.target), clean(wanted.secret)
    number = wanted.address_id or next_address_id(work)
    if before:
        if before.channel != wanted.channel:
            raise InputError("渠道不能更改，请移除后另建。", "channel")
        secret = secret or (before.secret if target in ("", before.target) else "")
        target = target or before.target
    secret = secret if wanted.channel in SIGNED else ""
    return replace(wanted, name=name, target=target, secret=secret, address_id=number)


def _check_units(work: UnitOfWork, address: Address) -> None:
    unknown = set(address.units) - {unit.code for unit in units(work)}
    if unknown:
        raise InputError(f"没有编码为“{min(unknown)}”的单位。", "units")


def _told(address: Address) -> dict[str, Any]:
    """What the journal says of an address: never the whole of a webhook, never a secret."""
    return {
        "table": "remind_address",
        "name": address.name,
        "channel": Channel.of(address.channel).label,
        "target": address.shown,
        "units": "、".join(address.units) or "全部单位",
        "active": address.active,
    }


def _server_told(server: MailServer) -> dict[str, Any]:
    return {
        "table": "remind_mail",
        "host": server.host,
        "port": server.port,
        "security": Security.of(server.security).label,
        "username": server.username,
        "sender": server.sender,
    }
