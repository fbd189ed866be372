"""Exempt a unit from an obligation for periods, with a reason, and lift it again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.auth import Actor, Permission, require
from core.domain.periods import Period, parse_period
from core.domain.status import Exemption
from core.domain.texts import parse_reason
from core.errors import ConflictError, InputError, NotFoundError
from core.services.catalogues import catalogue_of
from core.services.judging import Question
from core.services.trying import Effect, effect_of
from core.store.accounts import names_of_accounts
from core.store.engine import Store
from core.store.exemptions import Granted, add_exemption, end_exemption, granted
from core.store.journal import find_operation
from core.store.rolls import units
from core.store.unit_of_work import Reader, UnitOfWork


@dataclass(frozen=True, slots=True)
class Wish:
    """From what a unit is to be exempted, for which periods (codes) and why."""

    unit: str
    obligation: str
    periods: Sequence[str]
    reason: str


def exemptions_of(store: Store, actor: Actor, year: int) -> list[Granted]:
    """The exemptions of a year, the newest first.

    Raises:
        ForbiddenError: settings are the office's.
    """
    require(actor, Permission.SETTINGS)
    with store.reading() as reader:
        return [each for each in granted(reader) if _year(each.exemption.period) == year]


def preview_exemption(store: Store, actor: Actor, wish: Wish, question: Question, *, now: datetime) -> Effect:
    """What exempting would do to the cells, tried out and not kept.

    Raises:
        ForbiddenError: settings are the office's.
        InputError: an obligation the unit does not owe, no period, no reason.
        ConflictError: it is exempted already.
    """
    require(actor, Permission.SETTINGS)
    with store.unit_of_work(actor.username, now) as work:
        return effect_of(work, question, lambda: _grant(work, wish, question.year, None))


def exempt(
    store: Store, actor: Actor, wish: Wish, question: Question, operation: str, *, now: datetime
) -> Effect:
    """Exempt a unit; what it did to the cells.

    Raises:
        ForbiddenError: settings are the office's.
        InputError: an obligation the unit does not owe, no period, no reason.
        ConflictError: it is exempted already.
    """
    require(actor, Permission.SETTINGS)
    with store.unit_of_work(actor.username, now) as work:
        if find_operation(work, operation):
            return Effect(again=True)
        effect = effect_of(work, question, lambda: _grant(work, wish, question.year, operation))
        work.commit()
    return effect


def preview_lifting(
    store: Store, actor: Actor, version_id: int, question: Question, *, now: datetime
) -> Effect:
    """What lifting an exemption would do to the cells.

    Raises:
        ForbiddenError: settings are the office's.
        ConflictError: it was lifted meanwhile.
    """
    require(actor, Permission.SETTINGS)
    with store.unit_of_work(actor.username, now) as work:
        return effect_of(work, question, lambda: _lift(work, version_id, "试算", None))


def lift(
    store: Store,
    actor: Actor,
    version_id: int,
    reason: str,
    question: Question,
    operation: str,
    *,
    now: datetime,
) -> Effect:
    """Lift an exemption with a reason.

    Raises:
        ForbiddenError: settings are the office's.
        InputError: no reason.
        ConflictError: it was lifted meanwhile.
    """
    require(actor, Permission.SETTINGS)
    with store.unit_of_work(actor.username, now) as work:
        if find_operation(work, operation):
            return Effect(again=True)
        effect = effect_of(work, question, lambda: _lift(work, version_id, reason, operation))
        work.commit()
    return effect


def _grant(work: UnitOfWork, wish: Wish, year: int, operation: str | None) -> None:
    periods = _checked(work, wish, year)
    reason = parse_reason(wish.reason)
    _refuse_twice(work, wish)
    codes = [period.code for period in periods]
    subject = f"{wish.unit} {wish.obligation}"
    change = work.change("exemption.granted", subject, reason, operation=operation)
    for code in codes:
        add_exemption(work, change, Exemption(wish.unit, wish.obligation, code, reason))


def _checked(reader: Reader, wish: Wish, year: int) -> list[Period]:
    unit = next((each for each in units(reader) if each.code == wish.unit), None)
    if unit is None:
        raise NotFoundError(f"没有编码为“{wish.unit}”的单位。")
    obligation = catalogue_of(reader, year).obligation(wish.obligation)
    if obligation is None or not obligation.owed_by(unit):
        raise InputError(f"{unit.name}没有这一事项，无须豁免，请另选事项。", "obligation")
    periods = [period for period in obligation.periods(year) if period.code in wish.periods]
    if not periods or len(periods) != len(set(wish.periods)):
        raise InputError("请选择豁免的周期。", "periods")
    return periods


def _refuse_twice(reader: Reader, wish: Wish) -> None:
    for each in granted(reader):
        held = each.exemption
        if (held.unit, held.obligation) == (wish.unit, wish.obligation) and held.period in wish.periods:
            name = names_of_accounts(reader).get(each.standing.person, each.standing.person)
            raise ConflictError(f"{held.period} 已由{name}豁免，理由：{held.reason}。请去掉这一期后再保存。")


def _lift(work: UnitOfWork, version_id: int, reason: str, operation: str | None) -> None:
    held = next((each for each in granted(work) if each.standing.version_id == version_id), None)
    if held is None:
        raise ConflictError("这项豁免已被取消，请核对最新内容。")
    free = held.exemption
    subject = f"{free.unit} {free.obligation}"
    change = work.change("exemption.lifted", subject, parse_reason(reason), operation=operation)
    end_exemption(work, change, version_id)


def _year(period: str) -> int | None:
    found = parse_period(period)
    return found.year if found else None
