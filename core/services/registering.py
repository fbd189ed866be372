"""Write into the registers of enterprises: an enterprise, what it did, what a visit found."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from core.auth import Actor, Permission, require
from core.domain.checking import Fault
from core.domain.enterprises import Done, Enterprise, SpotCheck
from core.domain.register_checks import faults_of_check, faults_of_done, faults_of_enterprise
from core.domain.register_files import days_told, kept_industry
from core.domain.similar_names import Names
from core.domain.texts import clean, parse_reason
from core.domain.units import Unit
from core.errors import ConflictError, DuplicateError, InputError
from core.services.enterprise_stories import visible_enterprise
from core.services.recording import FaultyRecordError
from core.store.engine import Store
from core.store.journal import find_operation, find_payload
from core.store.register_figures import highest_code, names_in
from core.store.registers import (
    Entry,
    add_duties,
    add_entries,
    duties_done,
    end_duties,
    entry_begun_by,
    find_entry,
    replace_entries,
)
from core.store.rolls import units
from core.store.unit_of_work import UnitOfWork

SAME_CONTENT_WINDOW = timedelta(seconds=3)


class LikelySameError(DuplicateError):
    """Another enterprise of the locality bears nearly this name; the person may save all the same."""


@dataclass(frozen=True, slots=True)
class WantedEnterprise:
    """An enterprise to keep; `seen` is the version that was read, 0 for a new one: its code is given."""

    enterprise: Enterprise
    operation: str
    seen: int = 0
    reason: str = ""


def keep_enterprise(
    store: Store, actor: Actor, wanted: WantedEnterprise, *, now: datetime, sure: bool = False
) -> Enterprise:
    """Keep a new enterprise, or correct one that was read.

    Raises:
        ForbiddenError: another locality's.
        FaultyRecordError: with every field at fault.
        LikelySameError: nearly the same name in the locality, unless `sure`.
        ConflictError: somebody corrected it meanwhile.
    """
    fresh = _cleaned(wanted.enterprise)
    require(actor, Permission.CORRECT if wanted.seen else Permission.ENTER, fresh.locality)
    with store.unit_of_work(actor.username, now) as work:
        before = _kept_before(work, actor, wanted.operation, fresh)
        if before:
            return before
        _refuse(faults_of_enterprise(fresh, _unit(work, fresh.locality)))
        old = _as_read(work, actor, fresh.code, wanted.seen) if wanted.seen else None
        if not sure and (old is None or old.name != fresh.name):
            _check_names(work, fresh)
        kept = fresh if old else replace(fresh, code=_next_code(work, fresh.locality))
        _write(work, actor, kept, old, wanted)
        work.commit()
    return kept


def _write(
    work: UnitOfWork, actor: Actor, kept: Enterprise, old: Enterprise | None, wanted: WantedEnterprise
) -> None:
    said = f"{kept.code} {kept.name}"
    payload = _payload(actor, replace(kept, code=""))
    if old is None:
        change = work.change("enterprise.added", said, operation=wanted.operation, payload=payload)
        add_entries(work, [(change, kept)])
    elif old != kept:
        reason = parse_reason(wanted.reason)
        change = work.change("enterprise.corrected", said, reason, operation=wanted.operation)
        replace_entries(work, change, [kept])


def _kept_before(work: UnitOfWork, actor: Actor, operation: str, fresh: Enterprise) -> Enterprise | None:
    """What this very attempt kept before, or the same content a moment ago."""
    change = find_operation(work, operation)
    if change is None and not fresh.code:
        change = find_payload(work, actor.username, _payload(actor, fresh), work.now - SAME_CONTENT_WINDOW)
    return entry_begun_by(work, Enterprise, change.change_id) if change else None


def _payload(actor: Actor, fresh: Enterprise) -> str:
    return hashlib.sha256(repr((actor.username, fresh)).encode("utf-8", "surrogatepass")).hexdigest()


def _cleaned(each: Enterprise) -> Enterprise:
    return replace(each, name=clean(each.name), industry=kept_industry(clean(each.industry)))


def _unit(work: UnitOfWork, code: str) -> Unit | None:
    return next((each for each in units(work) if each.code == code), None)


def _refuse(faults: Iterable[Fault]) -> None:
    found = list(faults)
    if found:
        raise FaultyRecordError(found)


def _as_read(work: UnitOfWork, actor: Actor, code: str, seen: int) -> Enterprise:
    """The enterprise as the person read it.

    Raises:
        ConflictError: it was changed meanwhile.
    """
    old, version = visible_enterprise(work, actor, code)
    require(actor, Permission.CORRECT, old.locality)
    if version != seen:
        raise ConflictError(f"您查看之后，{old.name}已被他人更正，这次没有保存，请按最新内容核对。")
    return old


def _check_names(work: UnitOfWork, fresh: Enterprise) -> None:
    names = Names()
    for code, name in names_in(work, fresh.locality):
        names.add(fresh.locality, code, name)
    like = names.like(fresh.locality, fresh.code, fresh.name)
    if like:
        said = f"本属地已有名称相近的企业：{'、'.join(like[:3])}。请核对是否同一家；"
        raise LikelySameError(f"{said}确为另一家的，请再按一次保存。", 0)


def _next_code(work: UnitOfWork, locality: str) -> str:
    """The next code of a locality; codes are never used again."""
    prefix = f"{locality}-"
    return f"{prefix}{highest_code(work, prefix) + 1:04d}"


# What it did ------------------------------------------------------------------------------------------------


def mark_duties(
    store: Store, actor: Actor, code: str, done: Sequence[Done], operation: str, *, today: date, now: datetime
) -> int:
    """Note duties as done; how many were not noted before.

    Raises:
        NotFoundError: no such enterprise, or another locality's.
        ForbiddenError: the actor may not enter for the locality.
        FaultyRecordError: days in the future, an insurance without its last day.
    """
    with store.unit_of_work(actor.username, now) as work:
        enterprise, _ = visible_enterprise(work, actor, code)
        require(actor, Permission.ENTER, enterprise.locality)
        if find_operation(work, operation):
            return 0
        if not done:
            raise InputError("请至少选择一项。", "duties")
        _refuse(faults_of_done(done, enterprise, today))
        known = set(duties_done(work, [code]).get(code, ()))
        fresh = [each for each in dict.fromkeys(done) if each not in known]
        if fresh:
            change = work.change("enterprise.duties", f"{code} {_told(fresh)}", operation=operation)
            add_duties(work, ((change, code, each) for each in fresh))
            work.commit()
    return len(fresh)


def _told(done: Iterable[Done]) -> str:
    every = list(done)
    duties = dict.fromkeys(each.duty for each in every)
    return "；".join(f"{duty.label} {days_told(every, duty)}" for duty in duties)[:_SUBJECT]


_SUBJECT = 120
"""How much of what was done the journal's heading holds; the whole stands in the entry."""


def remove_duties(
    store: Store, actor: Actor, code: str, done: Sequence[Done], reason: str, *, now: datetime
) -> int:
    """Take duties out that were noted by mistake; how many stood.

    Raises:
        NotFoundError: no such enterprise, or another locality's.
        ForbiddenError: the actor may not correct for the locality.
        InputError: no reason, or nothing chosen.
    """
    with store.unit_of_work(actor.username, now) as work:
        enterprise, _ = visible_enterprise(work, actor, code)
        require(actor, Permission.CORRECT, enterprise.locality)
        if not done:
            raise InputError("请选择要取消的登记。", "done")
        said = parse_reason(reason)
        known = set(duties_done(work, [code]).get(code, ()))
        standing = [each for each in done if each in known]
        if standing:
            change = work.change("enterprise.duties_removed", f"{code} {_told(standing)}", said)
            end_duties(work, change, code, standing)
            work.commit()
    return len(standing)


# What a visit found -----------------------------------------------------------------------------------------


def record_spot_check(
    store: Store, actor: Actor, check: SpotCheck, operation: str, *, today: date, now: datetime
) -> SpotCheck:
    """Keep what a visit found.

    Raises:
        NotFoundError: no such enterprise, or another locality's.
        ForbiddenError: the actor may not enter for the locality.
        FaultyRecordError: nothing found, or one thing found true and untrue.
        DuplicateError: the same person's visit of this kind on this day stands already.
    """
    fresh = replace(check, checked_by=clean(check.checked_by), note=clean(check.note))
    with store.unit_of_work(actor.username, now) as work:
        enterprise, _ = visible_enterprise(work, actor, fresh.enterprise)
        require(actor, Permission.ENTER, enterprise.locality)
        if find_operation(work, operation):
            return fresh
        _refuse(faults_of_check(fresh, today))
        if find_entry(work, SpotCheck, fresh.key):
            raise DuplicateError(
                f"{fresh.checked_by}当天对{enterprise.name}的{fresh.visit.label}已经登记，没有重复保存。", 0
            )
        said = f"{enterprise.code} {enterprise.name} {fresh.visit.label}"
        keep(work, "enterprise.checked", said, fresh, operation)
        work.commit()
    return fresh


def keep(work: UnitOfWork, action: str, said: str, entry: Entry, operation: str) -> None:
    """Begin an entry with a change of its own."""
    change = work.change(action, said, operation=operation)
    add_entries(work, [(change, entry)])
