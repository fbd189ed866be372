"""Keep the units: add, rename, merge, close with a date, put in order; a code never changes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from core.auth import Actor, Permission, require
from core.domain.checking import Fault
from core.domain.hazards import Stage
from core.domain.intake import Row, read_unit
from core.domain.measures import State, measure_as_of
from core.domain.texts import parse_reason
from core.domain.units import Unit
from core.errors import InputError, NotFoundError
from core.services.adjusting import Press
from core.services.hazards import cases_within
from core.services.judging import Question
from core.services.recording import FaultyRecordError, world_of
from core.services.trying import EVERYTHING, Effect, check_standing, effect_of
from core.store.engine import Store
from core.store.journal import find_operation
from core.store.measures import all_measures
from core.store.rolls import add_things, end_things, units
from core.store.standing import unit_standing
from core.store.unit_of_work import Reader, UnitOfWork

LISTED = 8


@dataclass(frozen=True, slots=True)
class Closing:
    """A unit to close after its last day, into a successor where there is one, and why."""

    unit: str
    last_day: date
    reason: str
    successor: str = ""


def unit_list(store: Store, actor: Actor) -> dict[str, tuple[Unit, int]]:
    """Every unit in its own order, and which version of it stands.

    Raises:
        ForbiddenError: settings are the office's.
    """
    require(actor, Permission.SETTINGS)
    with store.reading() as reader:
        return {each.code: (each, unit_standing(reader, each.code).version_id) for each in units(reader)}


def preview_unit(
    store: Store, actor: Actor, texts: Mapping[str, str], question: Question, *, now: datetime
) -> Effect:
    """What adding or changing a unit would do to the cells.

    Raises:
        ForbiddenError: settings are the office's.
        FaultyRecordError: with every field at fault.
        InputError: nothing changed.
    """
    require(actor, Permission.SETTINGS)
    with store.unit_of_work(actor.username, now) as work:
        return effect_of(work, question, lambda: _write(work, texts, question.as_of, None))


def keep_unit(
    store: Store,
    actor: Actor,
    texts: Mapping[str, str],
    question: Question,
    press: Press,
    *,
    now: datetime,
) -> Effect:
    """Add a unit, or change one that is there; `texts` are its columns as the import form names them.

    Raises:
        ForbiddenError: settings are the office's.
        FaultyRecordError: with every field at fault.
        InputError: nothing changed.
        ConflictError: somebody changed it, or took its code, meanwhile.
    """
    require(actor, Permission.SETTINGS)
    with store.unit_of_work(actor.username, now) as work:
        if find_operation(work, press.operation):
            return Effect(again=True)
        check_standing(work, unit_standing(work, texts.get("code", "").strip()), press.seen, "这个单位")
        effect = effect_of(work, question, lambda: _write(work, texts, question.as_of, press.operation))
        work.commit()
    return effect


def _write(work: UnitOfWork, texts: Mapping[str, str], today: date, operation: str | None) -> None:
    world = world_of(work, today)
    row = Row(texts)
    wanted = read_unit(row, world)
    if wanted is None:
        raise FaultyRecordError(row.faults)
    old = world.units.get(wanted.code)
    twin = next((each for each in world.units.values() if _is_twin(each, wanted)), None)
    if twin:
        raise FaultyRecordError([Fault("name", f"已有名为“{twin.name}”的单位（{twin.code}），请另取名称。")])
    if old == wanted:
        raise InputError("内容没有改动，无需保存。")
    change = work.change("unit.changed" if old else "unit.added", wanted.code, operation=operation)
    end_things(work, change, [old] if old else [])
    add_things(work, change, [wanted])


def _is_twin(one: Unit, other: Unit) -> bool:
    return one.code != other.code and (one.kind, one.name) == (other.kind, other.name)


# Closing ---------------------------------------------------------------------------------------------------


def preview_closing(
    store: Store, actor: Actor, closing: Closing, question: Question, *, now: datetime
) -> Effect:
    """What closing or merging a unit would do to the cells.

    Raises:
        ForbiddenError: settings are the office's.
        InputError: it still has open hazards or measures, or a day or successor that does not fit.
    """
    require(actor, Permission.SETTINGS)
    with store.unit_of_work(actor.username, now) as work:
        return effect_of(work, question, lambda: _close(work, closing, question.as_of, None))


def close_unit(
    store: Store,
    actor: Actor,
    closing: Closing,
    question: Question,
    press: Press,
    *,
    now: datetime,
) -> Effect:
    """Close a unit after its last day, or merge it into another; its records stay its own.

    Raises:
        ForbiddenError: settings are the office's.
        InputError: it still has open hazards or measures, no reason, a day or successor that does not fit.
        ConflictError: somebody changed it meanwhile.
    """
    require(actor, Permission.SETTINGS)
    with store.unit_of_work(actor.username, now) as work:
        if find_operation(work, press.operation):
            return Effect(again=True)
        check_standing(work, unit_standing(work, closing.unit), press.seen, "这个单位")
        effect = effect_of(work, question, lambda: _close(work, closing, question.as_of, press.operation))
        work.commit()
    return effect


def _close(work: UnitOfWork, closing: Closing, today: date, operation: str | None) -> None:
    every = {each.code: each for each in units(work)}
    unit = _known(every, closing.unit)
    _check_closing(every, unit, closing)
    refuse_open(work, unit, today)
    reason = parse_reason(closing.reason)
    action = "unit.merged" if closing.successor else "unit.closed"
    change = work.change(action, unit.code, reason, operation=operation)
    end_things(work, change, [unit])
    add_things(work, change, [replace(unit, active_until=closing.last_day, successor=closing.successor)])


def _check_closing(every: Mapping[str, Unit], unit: Unit, closing: Closing) -> None:
    if unit.active_from and closing.last_day < unit.active_from:
        raise InputError(f"停用日期早于启用日期 {unit.active_from}。", "last_day")
    if not closing.successor:
        return
    successor = _known(every, closing.successor)
    if successor.code == unit.code or successor.kind != unit.kind:
        raise InputError(f"只能并入另一个{unit.kind.label}，请重新选择。", "successor")
    if successor.active_until is not None and successor.active_until <= closing.last_day:
        raise InputError(f"{successor.name}届时已停用，不能并入。", "successor")


def refuse_open(reader: Reader, unit: Unit, today: date) -> None:
    """Refuse to close a unit that still has something to do.

    Raises:
        InputError: its open hazards and measures, by number.
    """
    hazards = [
        case.hazard.code
        for case in cases_within(reader, EVERYTHING, "", today)
        if case.course.stage != Stage.CLOSED and unit.code in (case.hazard.locality, case.responsible)
    ]
    measures = [
        each.label
        for each in (measure_as_of(one, today) for one in all_measures(reader))
        if each and each.unit == unit.code and each.state not in (State.SETTLED, State.RAISED)
    ]
    said = [
        f"{len(found)} {what}（{_listed(found)}）"
        for what, found in (("处隐患未销号", hazards), ("份督办未办结", measures))
        if found
    ]
    if said:
        raise InputError(f"{unit.name}还有 {'、'.join(said)}，请先办结或移交，再停用。")


def _listed(found: Sequence[str]) -> str:
    more = f"等 {len(found)} 项" if len(found) > LISTED else ""
    return "、".join(found[:LISTED]) + more


# Order -----------------------------------------------------------------------------------------------------


def place_unit(
    store: Store, actor: Actor, code: str, after: str, operation: str, *, now: datetime
) -> list[Unit]:
    """Put a unit after another one, or first where none is named; the units in their new order.

    Raises:
        ForbiddenError: settings are the office's.
        NotFoundError: no such unit.
        InputError: it stands there already.
    """
    require(actor, Permission.SETTINGS)
    with store.unit_of_work(actor.username, now) as work:
        every = units(work)
        if find_operation(work, operation):
            return every
        known = {each.code: each for each in every}
        placed = _placed(every, _known(known, code), _known(known, after) if after else None)
        moved = [(old, new) for old, new in ((known[each.code], each) for each in placed) if old != new]
        if not moved or [each.code for each in placed] == [each.code for each in every]:
            raise InputError("顺序没有改动。")
        change = work.change("unit.placed", code, operation=operation)
        end_things(work, change, [old for old, _ in moved])
        add_things(work, change, [new for _, new in moved])
        work.commit()
    return placed


def _placed(every: Iterable[Unit], unit: Unit, after: Unit | None) -> list[Unit]:
    others = [each for each in every if each.code != unit.code]
    if after is None:
        place = next((n for n, each in enumerate(others) if each.kind == unit.kind), len(others))
    else:
        place = next(n for n, each in enumerate(others, 1) if each.code == after.code)
    order = [*others[:place], unit, *others[place:]]
    return [replace(each, sort_no=number) for number, each in enumerate(order, start=1)]


def _known(every: Mapping[str, Unit], code: str) -> Unit:
    if code not in every:
        raise NotFoundError(f"没有编码为“{code}”的单位。")
    return every[code]
