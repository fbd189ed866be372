"""The office's settings of a catalogue: numbers and warnings of an obligation, the grace days, heavy duty."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from core.auth import Actor, Permission, require
from core.domain.adjustments import (
    Adjustment,
    applied,
    checked_adjustment,
    number_is_free,
    told_adjustment,
)
from core.domain.catalogue import Catalogue
from core.domain.obligations import Obligation
from core.domain.units import Unit
from core.errors import InputError, NotFoundError
from core.services.catalogues import catalogue_of, catalogues_unadjusted, chosen
from core.services.explaining import GRACE_DAYS, grace_days
from core.services.judging import Question
from core.services.trying import Effect, check_standing, effect_of
from core.store.catalogues import adjustment_standing, adjustment_standings, adjustments, write_adjustment
from core.store.engine import Store
from core.store.journal import find_operation, write_setting
from core.store.records import count_backfilled
from core.store.rolls import add_things, end_things, units
from core.store.standing import Standing, setting_standing, unit_standing
from core.store.unit_of_work import Reader, UnitOfWork

MOST_GRACE_DAYS = 90


@dataclass(frozen=True, slots=True)
class Setting:
    """One obligation as the catalogue has it and as the office set it, and which version of that stands."""

    plain: Obligation
    now: Obligation
    standing: Standing
    events: Mapping[str, str]

    @property
    def number_is_free(self) -> bool:
        """Tell whether the office may set the required number."""
        return number_is_free(self.plain)

    @property
    def adjustable(self) -> bool:
        """Tell whether anything of it is the office's to set."""
        return self.number_is_free or self.plain.warns or bool(self.plain.countable)

    @property
    def told(self) -> str:
        """What the office set; empty where all stands as in the catalogue."""
        return told_adjustment(self.plain, self.now, self.events)


@dataclass(frozen=True, slots=True)
class Press:
    """What came with a press: the operation's id, and the version that the person had read."""

    operation: str
    seen: int = 0


def settings_of(store: Store, actor: Actor, year: int) -> list[Setting]:
    """Every obligation of a year, in the notice's order.

    Raises:
        ForbiddenError: settings are the office's.
        InputError: no such year.
    """
    require(actor, Permission.SETTINGS)
    with store.reading() as reader:
        plain, now = chosen(catalogues_unadjusted(reader), year), catalogue_of(reader, year)
        standing = adjustment_standings(reader, year)
        return [
            Setting(each, then, standing.get(each.code, Standing()), plain.events)
            for each, then in zip(plain.obligations, now.obligations, strict=True)
        ]


def preview_adjustment(
    store: Store, actor: Actor, wanted: Adjustment, *, as_of: date, now: datetime
) -> Effect:
    """What an adjustment would do to the cells, tried out and not kept.

    Raises:
        ForbiddenError: settings are the office's.
        InputError: a number the notice sets, or one that makes the rule impossible.
    """
    require(actor, Permission.SETTINGS)
    with store.unit_of_work(actor.username, now) as work:
        return effect_of(work, Question(wanted.year, as_of), _adjusting(work, wanted, None))


def adjust(
    store: Store, actor: Actor, wanted: Adjustment, press: Press, *, as_of: date, now: datetime
) -> Effect:
    """Keep an adjustment; what it did to the cells.

    Raises:
        ForbiddenError: settings are the office's.
        InputError: a number the notice sets, one that makes the rule impossible, or nothing changed.
        ConflictError: somebody adjusted the same meanwhile.
    """
    require(actor, Permission.SETTINGS)
    with store.unit_of_work(actor.username, now) as work:
        if find_operation(work, press.operation):
            return Effect(again=True)
        standing = adjustment_standing(work, wanted.year, wanted.obligation)
        check_standing(work, standing, press.seen, "这项设置")
        effect = effect_of(work, Question(wanted.year, as_of), _adjusting(work, wanted, press.operation))
        work.commit()
    return effect


def _adjusting(work: UnitOfWork, wanted: Adjustment, operation: str | None) -> Callable[[], None]:
    """The step that writes an adjustment, checked."""
    plain = chosen(catalogues_unadjusted(work), wanted.year)
    obligation = _obligation(plain, wanted.obligation)
    kept = checked_adjustment(obligation, wanted)
    before = next((each for each in adjustments(work) if _same(each, kept)), None)
    if kept == (before or replace(kept, required=None, warn_days=None, also=None)):
        raise InputError("设置没有改动，无需保存。")
    was, will = applied(obligation, before), applied(obligation, kept)
    detail = {"before": _numbers(plain, was), "after": _numbers(plain, will)}

    def step() -> None:
        subject = f"{wanted.year}年 {obligation.title}"
        change = work.change("obligation.adjusted", subject, detail=detail, operation=operation)
        write_adjustment(work, change, kept)

    return step


def _same(one: Adjustment, other: Adjustment) -> bool:
    return (one.year, one.obligation) == (other.year, other.obligation)


def _numbers(catalogue: Catalogue, each: Obligation) -> dict[str, object]:
    also = "、".join(catalogue.events.get(event, event) for event in each.also)
    told = {"required": each.required, "warn_days": each.warn_days, "also": also}
    return {"table": "adjustment", **told}


def _obligation(catalogue: Catalogue, code: str) -> Obligation:
    found = catalogue.obligation(code)
    if found is None:
        raise NotFoundError(f"{catalogue.year} 年的目录中没有编码为“{code}”的事项。")
    return found


# Grace days ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Grace:
    """The grace days, which version of them stands, and how many records are marked 补录 by them."""

    days: int
    standing: Standing
    marked: int


def grace_setting(store: Store, actor: Actor) -> Grace:
    """The grace days as they stand.

    Raises:
        ForbiddenError: settings are the office's.
    """
    require(actor, Permission.SETTINGS)
    with store.reading() as reader:
        days = grace_days(reader)
        return Grace(days, setting_standing(reader, GRACE_DAYS), count_backfilled(reader, days))


def preview_grace_days(store: Store, actor: Actor, days: int) -> int:
    """How many records would be marked 补录.

    Raises:
        ForbiddenError: settings are the office's.
        InputError: out of bounds.
    """
    require(actor, Permission.SETTINGS)
    with store.reading() as reader:
        return count_backfilled(reader, _checked_days(days))


def set_grace_days(store: Store, actor: Actor, days: int, press: Press, *, now: datetime) -> None:
    """Set the days after which an entry is marked 补录.

    Raises:
        ForbiddenError: settings are the office's.
        InputError: out of bounds.
        ConflictError: somebody set them meanwhile.
    """
    require(actor, Permission.SETTINGS)
    wanted = _checked_days(days)
    with store.unit_of_work(actor.username, now) as work:
        if find_operation(work, press.operation):
            return
        check_standing(work, setting_standing(work, GRACE_DAYS), press.seen, "补录宽限天数")
        detail = {"before": {GRACE_DAYS: grace_days(work)}, "after": {GRACE_DAYS: wanted}}
        change = work.change("setting.changed", "补录宽限天数", detail=detail, operation=press.operation)
        write_setting(work, change, GRACE_DAYS, str(wanted))
        work.commit()


def _checked_days(days: int) -> int:
    if not 0 <= days <= MOST_GRACE_DAYS:
        raise InputError(f"补录宽限天数应在 0 至 {MOST_GRACE_DAYS} 之间。", "days")
    return days


# Heavy duty ------------------------------------------------------------------------------------------------


def preview_heavy_duty(
    store: Store, actor: Actor, unit: str, *, heavy: bool, question: Question, now: datetime
) -> Effect:
    """What marking a unit 任务较重, or taking the mark off, would do.

    Raises:
        ForbiddenError: settings are the office's.
        NotFoundError: no such unit.
    """
    require(actor, Permission.SETTINGS)
    with store.unit_of_work(actor.username, now) as work:
        return effect_of(work, question, lambda: _mark(work, unit, heavy=heavy, operation=None))


def set_heavy_duty(
    store: Store, actor: Actor, unit: str, press: Press, *, heavy: bool, question: Question, now: datetime
) -> Effect:
    """Mark a unit 任务较重, or take the mark off.

    Raises:
        ForbiddenError: settings are the office's.
        NotFoundError: no such unit.
        ConflictError: somebody changed the unit meanwhile.
    """
    require(actor, Permission.SETTINGS)
    with store.unit_of_work(actor.username, now) as work:
        if find_operation(work, press.operation):
            return Effect(again=True)
        check_standing(work, unit_standing(work, unit), press.seen, "这个单位")
        effect = effect_of(work, question, lambda: _mark(work, unit, heavy=heavy, operation=press.operation))
        work.commit()
    return effect


def _mark(work: UnitOfWork, code: str, *, heavy: bool, operation: str | None) -> None:
    old = _unit(work, code)
    if old.heavy_duty == heavy:
        raise InputError("标记没有改动，无需保存。")
    change = work.change("unit.heavy_duty", code, operation=operation)
    end_things(work, change, [old])
    add_things(work, change, [replace(old, heavy_duty=heavy)])


def _unit(reader: Reader, code: str) -> Unit:
    found = next((each for each in units(reader) if each.code == code), None)
    if found is None:
        raise NotFoundError(f"没有编码为“{code}”的单位。")
    return found


def unit_seen(store: Store, actor: Actor, unit: str) -> int:
    """Which version of a unit stands, to be shown with a press.

    Raises:
        ForbiddenError: settings are the office's.
    """
    require(actor, Permission.SETTINGS)
    with store.reading() as reader:
        return unit_standing(reader, unit).version_id
