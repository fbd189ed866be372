"""Make next year's catalogue out of this year's: copy, change, add, take out, and say what differs."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from core.domain.adjustments import replace_obligations
from core.domain.catalogue import Catalogue
from core.domain.catalogue_faults import CatalogueFault, faults_of_obligation
from core.domain.obligations import Obligation, Rule
from core.domain.units import UnitKind
from core.errors import InputError

TEXT_LIMITS = {"title": ("标题", 100), "short": ("简称", 12), "clause": ("条款", 40), "quote": ("原文", 1000)}
NEW_RULES = (Rule.QUOTA, Rule.DEADLINE, Rule.TRACKED, Rule.ROSTER, Rule.THRESHOLD, Rule.COVERAGE)
"""The rules that an obligation added in the product can have; the others lean on what the program knows."""


def copied(source: Catalogue, year: int) -> Catalogue:
    """A year's catalogue for another year: days moved, the notice's number left open."""
    title = source.title.replace(str(source.year), str(year))
    moved = [
        replace(each, due=moved_day(each.due, year) if each.due else None) for each in source.obligations
    ]
    return Catalogue(year, "", title, source.activity, source.events, source.measures, tuple(moved))


def moved_day(day: date, year: int) -> date:
    """The same day of another year; the last day of a month stays the last."""
    last = monthrange(year, day.month)[1]
    at_the_end = day.day == monthrange(day.year, day.month)[1]
    return date(year, day.month, last if at_the_end else min(day.day, last))


def with_head(catalogue: Catalogue, number: str, title: str, activity: str) -> Catalogue:
    """The catalogue of a notice with this number, title and activity.

    Raises:
        InputError: a title that is none, or texts that are too long.
    """
    for name, text in (("number", number), ("title", title), ("activity", activity)):
        if len(text) > TEXT_LIMITS["title"][1]:
            raise InputError(f"最多 {TEXT_LIMITS['title'][1]} 个字，现有 {len(text)} 个字。", name)
    if not title:
        raise InputError("请填写通知标题。", "title")
    events, measures = catalogue.events, catalogue.measures
    return Catalogue(catalogue.year, number, title, activity, events, measures, catalogue.obligations)


def with_obligation(catalogue: Catalogue, wanted: Obligation) -> Catalogue:
    """The catalogue with an obligation changed, or added after the last of its kind of unit.

    Raises:
        InputError: what is wrong with it, and in which field.
    """
    _check_texts(wanted)
    others = [each for each in catalogue.obligations if each.code != wanted.code]
    if len(others) < len(catalogue.obligations):
        every = [wanted if each.code == wanted.code else each for each in catalogue.obligations]
    else:
        place = max((n for n, each in enumerate(others, 1) if each.subject == wanted.subject), default=0)
        every = [*others[:place], wanted, *others[place:]]
    made = replace_obligations(catalogue, every)
    _refuse_faults(made, wanted.code)
    return made


def without_obligation(catalogue: Catalogue, code: str) -> Catalogue:
    """The catalogue without an obligation.

    Raises:
        InputError: another one waits for it, or it is the last.
    """
    waiting = [each.title for each in catalogue.obligations if code in each.after]
    if waiting:
        raise InputError(f"“{waiting[0]}”以它为前提，请先取消那一项。")
    left = [each for each in catalogue.obligations if each.code != code]
    if not left:
        raise InputError("目录中至少保留一个事项。")
    return replace_obligations(catalogue, left)


def with_event(catalogue: Catalogue, name: str) -> tuple[Catalogue, str]:
    """The catalogue with an event of this name, and that event's code; one that there is stays."""
    known = catalogue.parse_event(name)
    if known:
        return catalogue, known
    code = _free_code(f"own_{catalogue.year}_", catalogue.events)
    events = {**catalogue.events, code: name}
    made = Catalogue(
        catalogue.year,
        catalogue.number,
        catalogue.title,
        catalogue.activity,
        events,
        catalogue.measures,
        catalogue.obligations,
    )
    return made, code


def free_obligation_code(catalogue: Catalogue, subject: UnitKind) -> str:
    """A code for a new obligation of this kind of unit."""
    return _free_code(f"{subject.value}.own_{catalogue.year}_", {each.code for each in catalogue.obligations})


def _free_code(beginning: str, taken: object) -> str:
    codes = set(taken) if isinstance(taken, (set, dict)) else set()
    number = 1
    while f"{beginning}{number}" in codes:
        number += 1
    return f"{beginning}{number}"


def faults_in(catalogue: Catalogue) -> Iterator[tuple[Obligation, CatalogueFault]]:
    """Everything wrong with a catalogue's obligations."""
    earlier: dict[str, Obligation] = {}
    for each in catalogue.obligations:
        found = faults_of_obligation(each, catalogue.year, catalogue.events, catalogue.measures, earlier)
        yield from ((each, fault) for fault in found)
        earlier[each.code] = each


def refuse_unready(catalogue: Catalogue) -> None:
    """Refuse to publish what is not whole.

    Raises:
        InputError: no number or title, or a fault of an obligation.
    """
    if not catalogue.number or not catalogue.title:
        raise InputError("请先填写通知文号和标题，再发布。", "number")
    _refuse_faults(catalogue)


def _refuse_faults(catalogue: Catalogue, code: str = "") -> None:
    for each, fault in faults_in(catalogue):
        said = fault.reason if each.code == code else f"“{each.title}”{fault.reason}"
        raise InputError(f"{said}。", fault.field if each.code == code else "")


def _check_texts(wanted: Obligation) -> None:
    for name, (label, limit) in TEXT_LIMITS.items():
        text = getattr(wanted, name)
        if not text:
            raise InputError(f"请填写{label}。", name)
        if len(text) > limit:
            raise InputError(f"{label}最多 {limit} 个字，现有 {len(text)} 个字。", name)


def differences(before: Catalogue, after: Catalogue) -> list[tuple[str, str]]:
    """What a new year asks that the old one did not, obligation by obligation: title and what differs."""
    old = {each.code: each for each in before.obligations}
    new = {each.code: each for each in after.obligations}
    said = [
        (each.title, _difference(old.get(code), each, before.year, after.year)) for code, each in new.items()
    ]
    gone = [(each.title, "取消") for code, each in old.items() if code not in new]
    return [(title, what) for title, what in said if what] + gone


def _difference(before: Obligation | None, after: Obligation, year: int, then: int) -> str:
    if before is None:
        return f"新增：{after.head}"
    due = moved_day(before.due, then) if before.due and year != then else before.due
    pairs = (
        ("标题", before.title, after.title),
        ("期限", due, after.due),
        ("周期", before.cadence and before.cadence.label, after.cadence and after.cadence.label),
        ("要求数", before.required, after.required),
        ("提前提醒天数", before.warn_days, after.warn_days),
        ("依据", before.basis.label, after.basis.label),
    )
    return "；".join(f"{label} {_plain(old)} → {_plain(new)}" for label, old, new in pairs if old != new)


def _plain(value: object) -> str:
    return "—" if value in (None, "") else str(value)
