"""Put many records right at once, with one reason: void them, or give them to another unit."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from core.auth import Actor, Permission, may, require
from core.domain.checking import faults_of
from core.domain.records import Record
from core.domain.texts import parse_reason
from core.domain.world import World
from core.errors import ConflictError, InputError
from core.services.recording import world_of
from core.store.engine import Store
from core.store.records import end_record, find_by_key, find_record, replace_record
from core.store.unit_of_work import Reader, UnitOfWork

AT_MOST = 500
Versions = Mapping[int, int]
"""Record ids with the version that the person saw."""


@dataclass(frozen=True, slots=True)
class Step:
    """What will become of one record: `after` is what it will be, None where it is voided.

    `problem` says why it cannot be done; empty where it can.
    """

    record: Record
    version: int
    after: Record | None
    problem: str = ""


class RefusedStepsError(ConflictError):
    """At least one record stands in the way: nothing was changed. `steps` are the ones at fault."""

    def __init__(self, steps: Sequence[Step]) -> None:
        """Keep the steps that cannot be done."""
        named = "；".join(f"编号 {each.record.record_id}：{each.problem}" for each in steps[:3])
        more = f" 等 {len(steps)} 条" if len(steps) > len(steps[:3]) else ""
        super().__init__(f"有记录不能处理，一条也没有改动。{named}{more}")
        self.steps = tuple(steps)


def preview_voiding(store: Store, actor: Actor, ids: Sequence[int]) -> list[Step]:
    """What voiding these records would do.

    Raises:
        ForbiddenError: the role corrects nothing.
    """
    require(actor, Permission.CORRECT)
    with store.reading() as reader:
        return _steps(reader, actor, ids, lambda _: None)


def preview_moving(store: Store, actor: Actor, ids: Sequence[int], unit: str, *, today: date) -> list[Step]:
    """What giving these records to another unit would do, with what stands in the way.

    Raises:
        ForbiddenError: the actor may not correct that unit's records.
    """
    require(actor, Permission.CORRECT, unit)
    with store.reading() as reader:
        steps = _steps(reader, actor, ids, lambda record: replace(record, unit=unit))
        return _checked(reader, steps, world_of(reader, today))


def void_many(store: Store, actor: Actor, seen: Versions, reason: str, *, now: datetime) -> int:
    """Void the records in the versions that the person saw, in one transaction; return how many.

    Raises:
        ForbiddenError: the role corrects nothing.
        InputError: no reason, no record, or too many.
        RefusedStepsError: a record that is not the actor's to void, or has changed meanwhile.
    """
    require(actor, Permission.CORRECT)
    said = _agreed(seen, reason)
    with store.unit_of_work(actor.username, now) as work:
        steps = _undisturbed(_steps(work, actor, list(seen), lambda _: None), seen)
        change = work.change("record.voided", _subject(steps), said, detail=_detail(steps))
        for step in steps:
            end_record(work, change, step.record.record_id)
        work.commit()
    return len(steps)


def move_many(
    store: Store, actor: Actor, seen: Versions, unit: str, reason: str, *, today: date, now: datetime
) -> int:
    """Give the records, in the versions that the person saw, to another unit; return how many.

    Raises:
        ForbiddenError: the actor may not correct that unit's records.
        InputError: no reason, no record, or too many.
        RefusedStepsError: a record that cannot belong to the unit, is not the actor's, or has changed.
    """
    require(actor, Permission.CORRECT, unit)
    said = _agreed(seen, reason)
    with store.unit_of_work(actor.username, now) as work:
        steps = _steps(work, actor, list(seen), lambda record: replace(record, unit=unit))
        steps = _undisturbed(_checked(work, steps, world_of(work, today)), seen)
        change = work.change("record.corrected", f"{unit} {_subject(steps)}", said, detail=_detail(steps))
        _move(work, change, steps)
        work.commit()
    return len(steps)


def _move(work: UnitOfWork, change: int, steps: Sequence[Step]) -> None:
    for step in steps:
        if step.after:
            replace_record(work, change, step.after)


def _agreed(seen: Versions, reason: str) -> str:
    if not seen:
        raise InputError("请先勾选记录。")
    if len(seen) > AT_MOST:
        raise InputError(f"一次最多处理 {AT_MOST} 条，现有 {len(seen)} 条。")
    return parse_reason(reason)


def _subject(steps: Sequence[Step]) -> str:
    return f"{len(steps)} 条记录"


def _detail(steps: Sequence[Step]) -> dict[str, object]:
    return {"records": [step.record.record_id for step in steps]}


def _steps(
    reader: Reader, actor: Actor, ids: Sequence[int], change: Callable[[Record], Record | None]
) -> list[Step]:
    """One step a record that still stands; one that does not is told apart where the versions are."""
    found = [each for number in ids if (each := find_record(reader, number))]
    return [_step(actor, record, version, change(record)) for record, version in found]


def _step(actor: Actor, record: Record, version: int, after: Record | None) -> Step:
    allowed = may(actor, Permission.CORRECT, record.unit)
    return Step(record, version, after, "" if allowed else "不是本单位的记录，不能处理。")


def _checked(reader: Reader, steps: Sequence[Step], world: World) -> list[Step]:
    keys = [step.after.key for step in steps if step.after]
    return [_checked_step(reader, step, world, keys) for step in steps]


def _checked_step(reader: Reader, step: Step, world: World, keys: Sequence[object]) -> Step:
    if step.problem or step.after is None:
        return step
    if step.after == step.record:
        return replace(step, problem="已经是该单位的记录。")
    faults = faults_of(step.after, world)
    if faults:
        return replace(step, problem="".join(fault.reason for fault in faults))
    if find_by_key(reader, step.after) or keys.count(step.after.key) > 1:
        return replace(step, problem="该单位已有完全相同的记录。")
    return step


def _undisturbed(steps: list[Step], seen: Versions) -> list[Step]:
    """The steps, if every record still is what the person saw and nothing stands in the way."""
    if len(steps) < len(seen):
        raise ConflictError("有的记录刚刚已被作废，一条也没有改动，请重新勾选。")
    changed = [
        replace(step, problem="刚刚被别人更正过。")
        for step in steps
        if seen[step.record.record_id] != step.version
    ]
    wrong = [step for step in steps if step.problem] or changed
    if wrong:
        raise RefusedStepsError(wrong)
    return steps
