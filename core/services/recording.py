"""Enter, correct and void records; search them and tell their history."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from core.auth import Actor, Permission, require, scope_of
from core.domain.checking import Fault, faults_of
from core.domain.records import Record, RecordSearch, RecordVersion
from core.domain.texts import clean, parse_reason
from core.domain.world import World
from core.errors import ConflictError, DuplicateError, InputError, NotFoundError
from core.services.catalogues import catalogues_of
from core.services.cities import is_within
from core.store.engine import Store
from core.store.journal import find_operation, find_payload
from core.store.records import (
    add_records,
    end_record,
    find_by_key,
    find_record,
    newest_records,
    record_made_by,
    records_of_day,
    replace_record,
    search_records,
    versions_of,
)
from core.store.rolls import read_roll, units
from core.store.unit_of_work import Reader, UnitOfWork

SAME_CONTENT_WINDOW = timedelta(seconds=3)


class FaultyRecordError(InputError):
    """What was typed cannot be kept; `faults` names every field at fault."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        """Keep the faults."""
        super().__init__("；".join(fault.reason for fault in faults), faults[0].column)
        self.faults = tuple(faults)


class LikelyDuplicateError(DuplicateError):
    """A record of the same unit, event and day stands already; the person may save all the same."""


@dataclass(frozen=True, slots=True)
class Entered:
    """A kept record; `again` tells that this very entry had been kept before."""

    record: Record
    again: bool = False


def world_of(reader: Reader, today: date) -> World:
    """What new entries are checked against."""
    return World(catalogues_of(reader), read_roll(reader), today)


def enter_record(
    store: Store,
    actor: Actor,
    draft: Record,
    operation: str,
    *,
    today: date,
    now: datetime,
    sure: bool = False,
) -> Entered:
    """Keep a record once, however often it is sent: one operation id, and one content within 3 seconds.

    Raises:
        ForbiddenError: the actor may not enter for this unit.
        FaultyRecordError: with every field at fault.
        LikelyDuplicateError: same unit, event and day, unless `sure`.
        DuplicateError: the same in every key field.
        ConflictError: this very entry was kept before and voided since.
    """
    require(actor, Permission.ENTER, draft.unit)
    record = replace(cleaned(draft), entered_on=today, entered_by=actor.username, record_id=0)
    with store.unit_of_work(actor.username, now) as work:
        before = _entered_before(work, actor, record, operation)
        if before:
            return Entered(before, again=True)
        _check(work, record, today)
        _check_duplicates(work, record, sure=sure)
        change = work.change(
            "record.entered",
            f"{record.unit} {record.event}",
            operation=operation,
            payload=_fingerprint(record),
        )
        number = add_records(work, [(change, record)])[0]
        work.commit()
    return Entered(replace(record, record_id=number))


def correct_record(
    store: Store,
    actor: Actor,
    version_id: int,
    wanted: Record,
    reason: str,
    *,
    today: date,
    now: datetime,
) -> Record:
    """Replace the version that the person read by a corrected one, with a reason.

    Raises:
        ForbiddenError: the actor may not correct this unit's records, or give the record to that unit.
        ConflictError: somebody corrected or voided the record meanwhile.
        InputError: no reason, nothing changed, or a faulty field.
        DuplicateError: the correction would make it the same as another record.
    """
    with store.unit_of_work(actor.username, now) as work:
        old = _version_read(work, actor, wanted.record_id, version_id)
        require(actor, Permission.CORRECT, wanted.unit)
        said = parse_reason(reason)
        record = replace(cleaned(wanted), entered_on=old.entered_on, entered_by=old.entered_by)
        if record == old:
            raise InputError("内容没有改动，无需更正。")
        _check(work, record, today)
        twin = find_by_key(work, record)
        if twin and twin.record_id != record.record_id:
            raise _twin_error(twin)
        change = work.change("record.corrected", f"{record.unit} {record.event}", said)
        replace_record(work, change, record)
        work.commit()
    return record


def void_record(
    store: Store, actor: Actor, record_id: int, version_id: int, reason: str, *, now: datetime
) -> None:
    """Void the version that the person read, with a reason; it stays in the history.

    Raises:
        ForbiddenError: the actor may not correct this unit's records.
        ConflictError: somebody corrected or voided the record meanwhile.
        InputError: no reason.
    """
    with store.unit_of_work(actor.username, now) as work:
        old = _version_read(work, actor, record_id, version_id)
        change = work.change("record.voided", f"{old.unit} {old.event}", parse_reason(reason))
        end_record(work, change, record_id)
        work.commit()


def find_records(
    store: Store, actor: Actor, search: RecordSearch, limit: int = 50, offset: int = 0
) -> tuple[list[Record], int]:
    """A page of the records the actor may see, newest day first, and how many fit in all."""
    with store.reading() as reader:
        return search_records(reader, _within_scope(reader, actor, search), limit, offset)


def just_entered(
    store: Store, actor: Actor, until: date, limit: int = 8, city: str = ""
) -> list[tuple[Record, datetime]]:
    """What was entered last up to a day, of the units the actor may see, with the moment (naive UTC).

    Of one city, where one is asked for.
    """
    with store.reading() as reader:
        seen = frozenset(filter(is_within(reader, city), _visible_units(reader, actor)))
        return newest_records(reader, seen, until, limit)


def record_history(store: Store, actor: Actor, record_id: int) -> list[RecordVersion]:
    """Every version of a record, oldest first.

    Raises:
        NotFoundError: there is none, or it belongs to a unit the actor may not see.
    """
    with store.reading() as reader:
        visible = _visible_units(reader, actor)
        versions = versions_of(reader, record_id)
    if not versions or versions[-1].record.unit not in visible:
        raise NotFoundError(f"没有编号为 {record_id} 的记录，或您无权查看。")
    return versions


def cleaned(record: Record) -> Record:
    """The record with its texts as they are kept."""
    names = ("unit", "event", "title", "leader", "measure", "note")
    texts: dict[str, Any] = {name: clean(getattr(record, name)) for name in names}
    return replace(record, **texts)


def _entered_before(work: UnitOfWork, actor: Actor, record: Record, operation: str) -> Record | None:
    """The record that this very entry made before, as it stands now."""
    sent_again = find_operation(work, operation)
    change = sent_again or find_payload(
        work, actor.username, _fingerprint(record), work.now - SAME_CONTENT_WINDOW
    )
    number = record_made_by(work, change.change_id) if change else None
    found = find_record(work, number) if number else None
    if sent_again and not found:
        raise ConflictError("这次录入已经保存过，后来被作废；如需再次录入，请刷新页面后重新填写。")
    return found[0] if found else None


def _fingerprint(record: Record) -> str:
    content = replace(record, record_id=0, entered_on=None, entered_by="")
    return hashlib.sha256(repr(content).encode("utf-8", "surrogatepass")).hexdigest()


def _check(work: UnitOfWork, record: Record, today: date) -> None:
    faults = faults_of(record, world_of(work, today))
    if faults:
        raise FaultyRecordError(faults)


def _check_duplicates(work: UnitOfWork, record: Record, *, sure: bool) -> None:
    twin = find_by_key(work, record)
    if twin:
        raise _twin_error(twin)
    near = records_of_day(work, record.unit, record.event, record.occurred_on)
    near = [each for each in near if alike(each, record)]
    if near and not sure:
        raise LikelyDuplicateError(
            f"该单位 {record.occurred_on} 已有同一事项的记录“{near[0].title or '（无标题）'}”，"
            "请核对是否重复；确属另一次的，再按一次保存。",
            near[0].record_id,
        )


def alike(one: Record, other: Record) -> bool:
    """Two leaders, or two measures, of one day are two things and no likely duplicate."""
    led_by_two = bool(one.leader and other.leader) and one.leader != other.leader
    return one.measure == other.measure and not led_by_two


def _twin_error(twin: Record) -> DuplicateError:
    return DuplicateError(
        f"同一天已有标题、带队领导完全相同的记录（编号 {twin.record_id}）。"
        "如确属另一次，请在标题中注明区别，例如“第二次”。",
        twin.record_id,
    )


def _version_read(work: UnitOfWork, actor: Actor, record_id: int, version_id: int) -> Record:
    """The record, if it still is what the person read and the person may correct it."""
    found = find_record(work, record_id)
    if found is None:
        require(actor, Permission.CORRECT)
        raise ConflictError("这条记录已被作废，或不存在，请返回台账查看它的历史。")
    record, current = found
    require(actor, Permission.CORRECT, record.unit)
    if current != version_id:
        raise ConflictError("这条记录刚刚被别人更正过，请查看最新内容后再决定是否修改。")
    return record


def _within_scope(reader: Reader, actor: Actor, search: RecordSearch) -> RecordSearch:
    visible = _visible_units(reader, actor)
    return replace(search, units=visible if search.units is None else visible & search.units)


def _visible_units(reader: Reader, actor: Actor) -> frozenset[str]:
    scope = scope_of(actor)
    return frozenset(unit.code for unit in units(reader) if scope.covers(unit.kind, unit.code))


def find_current(store: Store, actor: Actor, record_id: int) -> tuple[Record, int] | None:
    """The current version of a record the actor may see, and its version id; None where it is voided."""
    with store.reading() as reader:
        found = find_record(reader, record_id)
        visible = _visible_units(reader, actor)
    return found if found and found[0].unit in visible else None
