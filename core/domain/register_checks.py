"""Checks of what goes into a register, shared by form and file: column by column, in Chinese."""

from collections.abc import Iterable, Iterator
from datetime import date

from core.domain.checking import Fault
from core.domain.enterprises import (
    INDUSTRY_LIMIT,
    NAME_LIMIT,
    NINE,
    NOTE_LIMIT,
    PERSON_LIMIT,
    Done,
    Duty,
    Enterprise,
    SpotCheck,
)
from core.domain.staffing import Inspectors, Town, TownStaff
from core.domain.texts import LARGEST_COUNT
from core.domain.units import Unit, UnitKind

_EARLIEST = date(2000, 1, 1)


def faults_of_enterprise(each: Enterprise, locality: Unit | None) -> Iterator[Fault]:
    """Everything wrong with an enterprise."""
    yield from _text("name", each.name, NAME_LIMIT, needed=True)
    yield from _text("industry", each.industry, INDUSTRY_LIMIT, needed=True)
    yield from _place(locality)
    if each.insurable and not each.high_risk:
        yield Fault("high_risk", "矿山、危险化学品等八大行业属于高危行业，应填“是”。")
    yield from _count("staff", each.staff)
    yield from _span(each.active_from, each.active_until)


def faults_of_done(done: Iterable[Done], enterprise: Enterprise, today: date) -> Iterator[Fault]:
    """Everything wrong with duties that are said to be done."""
    for each in done:
        name = each.duty.value
        if each.on > today:
            yield Fault(name, f"{each.duty.label}日期 {each.on} 晚于今天（{today}）。")
        elif each.on < _EARLIEST:
            yield Fault(name, f"{each.duty.label}日期 {each.on} 过早，请核对。")
        if each.duty == Duty.INSURANCE:
            yield from _insurance_faults(each, enterprise)


def _insurance_faults(each: Done, enterprise: Enterprise) -> Iterator[Fault]:
    if each.until is None:
        yield Fault("insurance", "请写明投保起止日期，如 2025-03-01至2026-02-28。")
    elif each.until < each.on:
        yield Fault("insurance", f"保险止期 {each.until} 早于起期 {each.on}。")
    if not enterprise.high_risk and not enterprise.industry:
        yield Fault("insurance", "请先填写企业的行业。")


def faults_of_check(check: SpotCheck, today: date) -> Iterator[Fault]:
    """Everything wrong with a spot check."""
    if check.checked_on > today:
        yield Fault("checked_on", f"检查日期 {check.checked_on} 晚于今天（{today}）。")
    yield from _text("checked_by", check.checked_by, PERSON_LIMIT, needed=True)
    yield from _text("note", check.note, NOTE_LIMIT)
    named = {*check.found_true, *check.found_false}
    if not named:
        yield Fault("found_true", "请至少选择“九个一”中的一项。")
    if named - set(NINE):
        yield Fault("found_true", "只能填“九个一”：一责、一本、一述、一培、一警、一评、一诺、一考、一奖。")
    both = [duty.label for duty in NINE if duty in check.found_true and duty in check.found_false]
    if both:
        yield Fault("found_false", f"{'、'.join(both)}不能既属实又不属实。")


def faults_of_town(town: Town, locality: Unit | None) -> Iterator[Fault]:
    """Everything wrong with a town."""
    yield from _text("name", town.name, NAME_LIMIT, needed=True)
    yield from _place(locality)
    yield from _span(town.active_from, town.active_until)


def faults_of_town_staff(each: TownStaff, today: date) -> Iterator[Fault]:
    """Everything wrong with a town's count."""
    yield from _counted(each.counted_on, today)
    yield from _count("staff", each.staff)
    yield from _text("note", each.note, NOTE_LIMIT)


def faults_of_inspectors(each: Inspectors, locality: Unit | None, today: date) -> Iterator[Fault]:
    """Everything wrong with a locality's count of inspectors."""
    yield from _place(locality)
    yield from _counted(each.counted_on, today)
    yield from _count("full_time", each.full_time)
    yield from _count("part_time", each.part_time)
    yield from _text("note", each.note, NOTE_LIMIT)


def _text(column: str, text: str, limit: int, *, needed: bool = False) -> Iterator[Fault]:
    if needed and not text:
        yield Fault(column, "不能为空。")
    if len(text) > limit:
        yield Fault(column, f"最多 {limit} 个字，现有 {len(text)} 个字，请精简。")


def _place(locality: Unit | None) -> Iterator[Fault]:
    if locality is None:
        yield Fault("locality", "请选择属地。")
    elif locality.kind != UnitKind.LOCALITY:
        yield Fault("locality", f"“{locality.name}”不是属地。")


def _counted(day: date, today: date) -> Iterator[Fault]:
    if day > today:
        yield Fault("counted_on", f"统计日期 {day} 晚于今天（{today}）。")


def _count(column: str, number: int | None) -> Iterator[Fault]:
    if number is not None and not 0 <= number <= LARGEST_COUNT:
        yield Fault(column, "应为不小于 0 的整数，且不能过大。")


def _span(since: date | None, until: date | None) -> Iterator[Fault]:
    if since and until and until < since:
        yield Fault("active_until", f"截止日期 {until} 早于开始日期 {since}。")
