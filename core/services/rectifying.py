"""Register hazards and carry them from found to closed: each move one change, and nothing out of turn."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from core.auth import Actor, Permission, may, require
from core.config import local_moment
from core.domain.courses import as_of, case_of
from core.domain.hazards import Case, Deed, Hazard, Move
from core.domain.moving import OFFICE_DEEDS, faults_of_hazard, faults_of_move
from core.domain.texts import clean
from core.errors import ConflictError, ForbiddenError
from core.services.hazard_photographs import (
    NO_PHOTOGRAPHS,
    Photographs,
    keep_pictures,
    prepared_pictures,
    require_pictures,
)
from core.services.hazards import visible_case
from core.services.recording import FaultyRecordError, world_of
from core.store.accounts import names_of_accounts
from core.store.attachments import NewAttachment
from core.store.engine import Store
from core.store.hazards import add_hazards, add_moves, end_moves, find_case, hazard_begun_by, next_number
from core.store.journal import find_operation, find_payload
from core.store.unit_of_work import UnitOfWork

SAME_CONTENT_WINDOW = timedelta(seconds=3)


@dataclass(frozen=True, slots=True)
class Registration:
    """A hazard to register, and what is done about it at once: it is assigned, fixed, or nothing yet.

    The code is given by the store; `operation` names this very attempt, however often it is sent.
    """

    hazard: Hazard
    then: Move | None
    operation: str
    photographs: Photographs = NO_PHOTOGRAPHS


@dataclass(frozen=True, slots=True)
class Wanted:
    """A move to make on the hazard `code`, from the state the person saw: `seen` is its newest move's id."""

    code: str
    seen: int
    move: Move
    operation: str
    photographs: Photographs = NO_PHOTOGRAPHS


def register_hazard(store: Store, actor: Actor, wanted: Registration, *, today: date, now: datetime) -> Case:
    """Register a hazard, once.

    Raises:
        ForbiddenError: the actor may not register for the finding unit.
        FaultyRecordError: with every field at fault; nothing is kept, no photograph either.
        InputError: a photograph that is none, or one that is missing.
    """
    require(actor, Permission.HANDLE, wanted.hazard.found_by)
    pictures = prepared_pictures(wanted.photographs)
    with store.unit_of_work(actor.username, now) as work:
        before = _registered_before(work, actor, wanted)
        if before:
            return before
        hazard = _numbered(work, _cleaned(wanted.hazard))
        moves = [Move(Deed.FOUND, hazard.found_on, actor.username)]
        moves += [_signed(wanted.then, actor)] if wanted.then else []
        _check(work, actor, hazard, moves, today)
        case = case_of(hazard, moves)
        _begin(work, case, pictures, wanted)
        work.commit()
    return case


def move_hazard(store: Store, actor: Actor, wanted: Wanted, *, today: date, now: datetime) -> Case:
    """Carry a hazard one move on.

    Moves that a demonstration holds for days after `today` end there: the person's move takes their place.

    Raises:
        NotFoundError: no such hazard, or not for the actor to see.
        ForbiddenError: the move is the office's, or another unit's.
        ConflictError: somebody was first; the sentence says what happened meanwhile.
        FaultyRecordError, InputError: what was typed, or the state, does not allow it.
    """
    pictures, move = prepared_pictures(wanted.photographs), _signed(wanted.move, actor)
    with store.unit_of_work(actor.username, now) as work:
        whole = visible_case(work, actor, wanted.code)
        if find_operation(work, wanted.operation):
            return whole
        case = as_of(whole, today) or whole
        _require_deed(actor, case, move)
        _check_seen(work, case, wanted.seen)
        _check_moves(work, [move], today)
        moved = case_of(case.hazard, (*case.moves, move))
        require_pictures(work, wanted.code, move, pictures)
        change = _journalled(work, wanted.code, move, wanted.operation)
        end_moves(work, change, whole.moves[len(case.moves) :])
        add_moves(work, [(change, wanted.code, move)])
        keep_pictures(work, change, wanted.code, pictures)
        work.commit()
    return moved


def may_move(actor: Actor, case: Case, deed: Deed) -> bool:
    """Tell whether a move is this actor's to make, whatever the state."""
    if deed in OFFICE_DEEDS:
        return may(actor, Permission.CLOSE)
    concerned = {case.responsible}
    if deed in (Deed.ASSIGNED, Deed.FIXED_AT_ONCE):
        concerned |= {case.hazard.locality, case.hazard.found_by}
    return any(may(actor, Permission.HANDLE, unit) for unit in concerned if unit)


def _require_deed(actor: Actor, case: Case, move: Move) -> None:
    if move.deed in OFFICE_DEEDS:
        require(actor, Permission.CLOSE)
    elif not may_move(actor, case, move.deed):
        require(actor, Permission.HANDLE, case.responsible)
    if move.deed == Deed.ASSIGNED and not may(actor, Permission.HANDLE, move.unit):
        raise ForbiddenError("您只能交办给本单位；需交办给其他单位的，请联系安委办。")


def _check(work: UnitOfWork, actor: Actor, hazard: Hazard, moves: Sequence[Move], today: date) -> None:
    faults = faults_of_hazard(hazard, world_of(work, today))
    if faults:
        raise FaultyRecordError(faults)
    _check_moves(work, moves[1:], today)
    for move in moves[1:]:
        _require_deed(actor, case_of(hazard, moves[:1]), move)


def _check_moves(work: UnitOfWork, moves: Sequence[Move], today: date) -> None:
    world = world_of(work, today)
    faults = [fault for move in moves for fault in faults_of_move(move, world)]
    if faults:
        raise FaultyRecordError(faults)


def _check_seen(work: UnitOfWork, case: Case, seen: int) -> None:
    """Refuse who looked at an older state, and say what happened meanwhile.

    Raises:
        ConflictError: with who did what, when.
    """
    fresh = [move for move in case.moves if move.move_id > seen]
    if not fresh:
        return
    names = names_of_accounts(work)
    told = "，".join(
        f"{names.get(move.person, move.person) or '导入'}于{_moment(move)}办理了“{move.deed.label}”"
        for move in fresh
    )
    raise ConflictError(
        f"您查看之后，{told}，该隐患目前“{case.course.stage.label}”。您的操作没有保存，请按最新情况办理。"
    )


def _moment(move: Move) -> str:
    return f"{local_moment(move.at):%m月%d日 %H:%M}" if move.at else f"{move.on}"


def _begin(work: UnitOfWork, case: Case, pictures: Sequence[NewAttachment], wanted: Registration) -> None:
    """Keep a new hazard; its first change carries the operation, so that it is never made twice."""
    code = case.hazard.code
    for move in case.moves[1:]:
        require_pictures(work, code, move, pictures)
    change = _journalled(work, code, case.moves[0], wanted.operation, _fingerprint(wanted))
    add_hazards(work, [(change, case.hazard)])
    add_moves(work, [(change, code, case.moves[0])])
    for move in case.moves[1:]:
        add_moves(work, [(_journalled(work, code, move), code, move)])
    keep_pictures(work, change, code, pictures)


def _journalled(
    work: UnitOfWork, code: str, move: Move, operation: str | None = None, payload: str | None = None
) -> int:
    """Write a move into the journal, whole, so that the journal alone tells how the hazard stands."""
    return work.change(
        f"hazard.{move.deed.value}", code, move.note, told(move), operation=operation, payload=payload
    )


def told(move: Move) -> dict[str, Any]:
    """A move as the journal's detail holds it."""
    parts = {
        "on": move.on,
        "unit": move.unit,
        "due": move.due,
        "document": move.document,
        "detail": dict(move.detail),
    }
    return {name: part for name, part in parts.items() if part}


def _registered_before(work: UnitOfWork, actor: Actor, wanted: Registration) -> Case | None:
    change = find_operation(work, wanted.operation) or find_payload(
        work, actor.username, _fingerprint(wanted), work.now - SAME_CONTENT_WINDOW
    )
    code = hazard_begun_by(work, change.change_id) if change else None
    return find_case(work, code) if code else None


def _fingerprint(wanted: Registration) -> str:
    content = repr((wanted.hazard, wanted.then))
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()


def _numbered(work: UnitOfWork, hazard: Hazard) -> Hazard:
    """Give the next code of the year; codes are never used again."""
    prefix = f"YH{hazard.found_on.year}-"
    return replace(hazard, code=f"{prefix}{next_number(work, prefix):04d}")


def _cleaned(hazard: Hazard) -> Hazard:
    return replace(hazard, place=clean(hazard.place), description=clean(hazard.description))


def _signed(move: Move, actor: Actor) -> Move:
    return replace(
        move,
        person=actor.username,
        note=clean(move.note),
        document=clean(move.document),
        detail=tuple((name, clean(text)) for name, text in move.detail),
    )
