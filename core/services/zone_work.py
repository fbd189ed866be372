"""The work on functional zones: register, plan, fill checklists, assess, accept and return."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from core.auth import Actor, Permission, require
from core.domain.texts import clean, squeezed
from core.domain.units import UnitKind
from core.domain.zone_checklists import checklist_of
from core.domain.zone_standing import AreaStanding, AreaState, standing_of
from core.domain.zone_work import (
    FULL_SCORE,
    NAME_LIMIT,
    NOTE_LIMIT,
    Deed,
    Dossier,
    ItemState,
    Mark,
    Plan,
    Step,
    check_mark,
    check_plan,
)
from core.domain.zones import Area, Zone
from core.errors import InputError, NotFoundError
from core.services.adjusting import Press
from core.services.zone_conflicts import refuse_if_newer, refuse_newer_work
from core.services.zoning import evidence_of
from core.store.engine import Store
from core.store.journal import find_operation
from core.store.rolls import add_things, end_things, units, zones
from core.store.unit_of_work import UnitOfWork
from core.store.zone_work import add_marks, add_plan, add_step, find_dossier, own_items


@dataclass(frozen=True, slots=True)
class PlanWish:
    """A plan as typed; `due` in the order of `Area`."""

    zone: str
    content: str
    due: tuple[date | None, ...]


@dataclass(frozen=True, slots=True)
class MarksWish:
    """How far the items of an area are, by the item's code, with the points they give themselves."""

    zone: str
    area: Area
    marks: Mapping[str, tuple[ItemState, int]]


@dataclass(frozen=True, slots=True)
class StepWish:
    """A step as typed."""

    zone: str
    area: Area
    deed: Deed
    taken_on: date
    score: int | None
    note: str


def register_zone(
    store: Store, actor: Actor, locality: str, name: str, operation: str, *, now: datetime
) -> Zone:
    """Register a zone of a locality under the next code.

    Raises:
        ForbiddenError: another locality's zone.
        InputError: no locality, no name, or a name that a zone bears already.
    """
    require(actor, Permission.PLAN_ZONE, locality)
    with store.unit_of_work(actor.username, now) as work:
        known, wanted = zones(work), clean(name)
        done = find_operation(work, operation)
        if done:
            return next(each for each in known if squeezed(each.name) == squeezed(wanted))
        if locality not in {unit.code for unit in units(work) if unit.kind == UnitKind.LOCALITY}:
            raise InputError("请选择所属属地。", "locality")
        _check_name(wanted, known)
        zone = Zone(_next_code(known), locality, wanted)
        change = work.change("zone.registered", f"{locality} {wanted}", operation=operation)
        add_things(work, change, [zone])
        work.commit()
    return zone


def draw_plan(
    store: Store, actor: Actor, wanted: PlanWish, press: Press, *, today: date, now: datetime
) -> Plan | None:
    """Keep a zone's plan; the earlier ones stay in its history.

    Raises:
        ForbiddenError: a zone in a locality that is not the actor's own.
        InputError: no text, or a planned day outside of the year.
        ConflictError: somebody drew up another meanwhile.
    """
    with store.unit_of_work(actor.username, now) as work:
        dossier = _own(work, actor, wanted.zone)
        if find_operation(work, press.operation):
            return dossier.plan
        refuse_if_newer(work, [each for each in dossier.plans if each.change > press.seen], "方案")
        plan = Plan(clean(wanted.content), today, wanted.due, actor.username)
        check_plan(plan, today.year)
        change = work.change("zone.planned", _subject(dossier.zone), operation=press.operation)
        add_plan(work, change, wanted.zone, plan)
        work.commit()
    return plan


def mark_items(
    store: Store, actor: Actor, wanted: MarksWish, press: Press, *, today: date, now: datetime
) -> int:
    """Keep how far the items of an area are; how many of them had changed.

    Raises:
        ForbiddenError: a zone in a locality that is not the actor's own.
        InputError: points that an item does not bear, nothing changed, an area that is accepted.
        ConflictError: somebody worked on the area meanwhile.
    """
    with store.unit_of_work(actor.username, now) as work:
        dossier = _own(work, actor, wanted.zone)
        if find_operation(work, press.operation):
            return 0
        standing = _standing(work, dossier, wanted.area, today)
        refuse_newer_work(work, dossier, standing, press.seen)
        if standing.state in (AreaState.ACCEPTED, AreaState.ASSESSED):
            raise InputError(f"这一项{standing.state.label}，清单不能再改；需要修改的，请办公室先退回。")
        marks = list(_marks(standing, wanted, today, actor.username))
        if not marks:
            raise InputError("清单没有改动，无需保存。")
        subject = f"{_subject(dossier.zone)} {wanted.area.label}"
        change = work.change("zone.marked", subject, operation=press.operation)
        add_marks(work, ((change, wanted.zone, mark) for mark in marks))
        work.commit()
    return len(marks)


def assess_area(
    store: Store, actor: Actor, wanted: StepWish, press: Press, *, today: date, now: datetime
) -> Step:
    """Hand an area in for acceptance with the locality's own score.

    Raises:
        ForbiddenError: a zone in a locality that is not the actor's own.
        InputError: items not begun, no evidence, a day in the future, or an area that was handed in already.
        ConflictError: somebody worked on the area meanwhile.
    """
    with store.unit_of_work(actor.username, now) as work:
        dossier = _own(work, actor, wanted.zone)
        standing = _standing(work, dossier, wanted.area, today)
        step = _typed(replace(wanted, deed=Deed.ASSESSED, score=standing.self_score), actor, today)
        if find_operation(work, press.operation):
            return step
        refuse_newer_work(work, dossier, standing, press.seen)
        if standing.state in (AreaState.ACCEPTED, AreaState.ASSESSED):
            raise InputError(f"这一项{standing.state.label}，无需再自评。")
        if standing.open_items:
            raise InputError(f"还有 {len(standing.open_items)} 条清单未落实，不能提交自评。")
        _check_evidence(work, wanted, "请先上传佐证材料，再提交自评。")
        _keep(work, dossier.zone, step, press)
        work.commit()
    return step


def judge_area(
    store: Store, actor: Actor, wanted: StepWish, press: Press, *, today: date, now: datetime
) -> Step:
    """Accept an area, which sets the zone's date, or return it with a note.

    Raises:
        ForbiddenError: acceptance is the office's.
        InputError: no evidence, no note with a return, no score, a day that cannot be, or nothing handed in.
        ConflictError: somebody worked on the area meanwhile.
    """
    require(actor, Permission.ACCEPT_ZONE)
    with store.unit_of_work(actor.username, now) as work:
        dossier = _found(work, wanted.zone)
        step = _typed(wanted, actor, today)
        if find_operation(work, press.operation):
            return step
        standing = _standing(work, dossier, wanted.area, today)
        refuse_newer_work(work, dossier, standing, press.seen)
        if step.deed == Deed.ACCEPTED:
            _check_acceptance(work, standing, wanted)
        elif standing.state not in (AreaState.ASSESSED, AreaState.ACCEPTED):
            raise InputError(f"这一项{standing.state.label}，没有可以退回的自评。")
        change = _keep(work, dossier.zone, step, press)
        _write_date(work, change, dossier.zone, step)
        work.commit()
    return step


# What is refused -------------------------------------------------------------------------------------------


def _check_name(name: str, known: Iterable[Zone]) -> None:
    if not name or len(name) > NAME_LIMIT:
        raise InputError(f"请填写功能区名称，最多 {NAME_LIMIT} 个字。", "name")
    if squeezed(name) in {squeezed(each.name) for each in known}:
        raise InputError(f"已有名为“{name}”的功能区。", "name")


def _check_acceptance(work: UnitOfWork, standing: AreaStanding, wanted: StepWish) -> None:
    _check_evidence(work, wanted, "这一项还没有佐证材料，不能验收；请属地先上传。")
    if standing.state != AreaState.ASSESSED or standing.last is None:
        raise InputError(f"这一项{standing.state.label}，属地提交自评后才能验收。")
    if wanted.taken_on < standing.last.taken_on:
        raise InputError(f"验收日期 {wanted.taken_on} 早于自评日期 {standing.last.taken_on}。", "on")
    if wanted.score is None or not 0 <= wanted.score <= FULL_SCORE:
        raise InputError(f"请填写验收得分，0 至 {FULL_SCORE}。", "score")


def _check_evidence(work: UnitOfWork, wanted: StepWish, sentence: str) -> None:
    if not evidence_of(work, wanted.zone, wanted.area):
        raise InputError(sentence)


def _typed(wanted: StepWish, actor: Actor, today: date) -> Step:
    note = clean(wanted.note)
    if wanted.deed == Deed.RETURNED and not note:
        raise InputError("退回须写明原因和要求。", "note")
    if len(note) > NOTE_LIMIT:
        raise InputError(f"最多 {NOTE_LIMIT} 个字，现有 {len(note)} 个字。", "note")
    if wanted.taken_on > today:
        raise InputError(f"日期 {wanted.taken_on} 晚于今天（{today}）。", "on")
    score = None if wanted.deed == Deed.RETURNED else wanted.score
    return Step(wanted.area, wanted.deed, wanted.taken_on, score, note, actor.username)


def _found(work: UnitOfWork, code: str) -> Dossier:
    dossier = find_dossier(work, code)
    if dossier is None:
        raise NotFoundError(f"没有编码为“{code}”的功能区。")
    return dossier


def _own(work: UnitOfWork, actor: Actor, code: str) -> Dossier:
    """The zone, if it lies in a locality for which the actor may act."""
    require(actor, Permission.PLAN_ZONE)
    dossier = _found(work, code)
    require(actor, Permission.PLAN_ZONE, dossier.zone.locality)
    return dossier


def _standing(work: UnitOfWork, dossier: Dossier, area: Area, today: date) -> AreaStanding:
    standing = standing_of(dossier, checklist_of(own_items(work)), {}, today)
    return next(each for each in standing.areas if each.area == area)


def _marks(standing: AreaStanding, wanted: MarksWish, today: date, person: str) -> Iterable[Mark]:
    """The items whose state or points changed."""
    for item, before in standing.marks:
        if item.code not in wanted.marks:
            continue
        state, score = wanted.marks[item.code]
        mark = Mark(item.code, state, score, today, person)
        check_mark(mark, item)
        then = (before.state, before.score) if before else (ItemState.NOT_STARTED, 0)
        if (state, score) != then:
            yield mark


def _keep(work: UnitOfWork, zone: Zone, step: Step, press: Press) -> int:
    change = work.change(
        f"zone.{step.deed.value}",
        f"{_subject(zone)} {step.area.label}",
        step.note,
        {"on": step.taken_on},
        operation=press.operation,
    )
    add_step(work, change, zone.code, step)
    return change


def _write_date(work: UnitOfWork, change: int, zone: Zone, step: Step) -> None:
    """Set the area's date where it was accepted, take it back where an accepted one was returned."""
    place = list(Area).index(step.area)
    accepted = list(zone.accepted)
    accepted[place] = step.taken_on if step.deed == Deed.ACCEPTED else None
    wanted = replace(zone, accepted=tuple(accepted))
    if wanted != zone:
        end_things(work, change, [zone])
        add_things(work, change, [wanted])


def _subject(zone: Zone) -> str:
    return f"{zone.locality} {zone.name}"


def _next_code(known: Iterable[Zone]) -> str:
    numbers = [each.code.removeprefix("Z") for each in known]
    return f"Z{max((int(each) for each in numbers if each.isdecimal()), default=0) + 1:02d}"
