"""The state machine of a hazard: which move is allowed when, and what follows from a list of them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import reduce

from core.domain.hazards import OPEN_STAGES, Case, Course, Deed, Hazard, Level, Move, Stage
from core.errors import InputError

_UNRECTIFIED = frozenset({Stage.FOUND, Stage.RECTIFYING})
_ALLOWED: Mapping[Deed, frozenset[Stage]] = {
    Deed.ASSIGNED: _UNRECTIFIED,
    Deed.LISTED: OPEN_STAGES,
    Deed.ESCALATED: OPEN_STAGES,
    Deed.PROGRESS: OPEN_STAGES,
    Deed.EXTENSION_ASKED: frozenset({Stage.RECTIFYING}),
    Deed.EXTENSION_GRANTED: frozenset({Stage.RECTIFYING}),
    Deed.EXTENSION_REFUSED: frozenset({Stage.RECTIFYING}),
    Deed.RECTIFIED: frozenset({Stage.RECTIFYING}),
    Deed.RETURNED: frozenset({Stage.RECHECKING}),
    Deed.ACCEPTED: frozenset({Stage.RECHECKING}),
    Deed.DELISTED: frozenset({Stage.RECHECKING}),
    Deed.CLOSED: frozenset({Stage.RECHECKING}),
    Deed.FIXED_AT_ONCE: frozenset({Stage.FOUND}),
    Deed.EXPOSED: frozenset(Stage),
    Deed.LOOKED_BACK: frozenset({Stage.CLOSED}),
    Deed.REOPENED: frozenset({Stage.CLOSED}),
}
"""In which stages a move is possible at all; found is always the first and never comes again."""
NOTE_NEEDED: Mapping[Deed, str] = {
    Deed.RETURNED: "退回原因",
    Deed.EXTENSION_ASKED: "延期理由",
    Deed.EXTENSION_REFUSED: "不同意的理由",
    Deed.REOPENED: "重新整改的原因",
    Deed.PROGRESS: "进展情况",
}
"""Moves that say nothing without their words, and what these words are called."""
DUE_NEEDED = frozenset(
    {Deed.ASSIGNED, Deed.LISTED, Deed.EXTENSION_ASKED, Deed.EXTENSION_GRANTED, Deed.REOPENED}
)
"""Moves that set or ask for a date to rectify."""
DOCUMENT_NEEDED = frozenset({Deed.LISTED, Deed.ESCALATED, Deed.EXPOSED, Deed.DELISTED})
"""Moves that are made by a document or a publication."""


def case_of(hazard: Hazard, moves: Iterable[Move]) -> Case:
    """Follow the moves in their order.

    Raises:
        InputError: a move that the state did not allow.
    """
    kept = tuple(moves)
    return Case(hazard, kept, reduce(lambda course, move: follow(hazard, course, move), kept, Course()))


def as_of(case: Case, day: date) -> Case | None:
    """The case as it stood at the end of a day; None where it had not been found yet."""
    if case.hazard.found_on > day:
        return None
    return case_of(case.hazard, (move for move in case.moves if move.on <= day))


def allowed(case: Case) -> list[Deed]:
    """The moves that the state allows, whoever asks."""
    return [deed for deed in _ALLOWED if not _refusal(case.hazard, case.course, deed)]


def follow(hazard: Hazard, course: Course, move: Move) -> Course:
    """The course after one more move.

    Raises:
        InputError: the state, the order of days, or who acts does not allow it.
    """
    refusal = (
        _refusal(hazard, course, move.deed) or _wrong_day(hazard, course, move) or _wrong_person(course, move)
    )
    if refusal:
        raise InputError(refusal)
    return replace(_EFFECTS[move.deed](course, move), last_on=move.on)


def _refusal(hazard: Hazard, course: Course, deed: Deed) -> str:
    """Why the state does not allow a move; empty where it does."""
    if deed == Deed.FOUND:
        return "" if course.last_on is None else "该隐患已经登记过。"
    if course.last_on is None:
        return "隐患尚未登记，不能办理。"
    if course.stage not in _ALLOWED[deed]:
        return f"该隐患目前“{course.stage.label}”，不能办理“{deed.label}”。"
    return _GUARDS[deed](hazard, course) if deed in _GUARDS else ""


def _may_list(hazard: Hazard, course: Course) -> str:
    if hazard.level != Level.MAJOR:
        return "只有重大隐患才能挂牌督办。"
    return "该隐患已在挂牌督办中。" if course.listed else ""


def _is_listed(_hazard: Hazard, course: Course) -> str:
    return "" if course.listed else "该隐患没有挂牌督办，无需办理。"


def _may_delist(_hazard: Hazard, course: Course) -> str:
    if not course.listed:
        return "该隐患没有挂牌督办，无需摘牌。"
    return "" if course.accepted_on else "尚未现场验收，不能摘牌。"


def _may_close(_hazard: Hazard, course: Course) -> str:
    return "该隐患仍在挂牌督办，须先现场验收并摘牌，才能销号。" if course.listed else ""


def _may_fix_at_once(hazard: Hazard, course: Course) -> str:
    if hazard.level == Level.MAJOR:
        return "重大隐患须交办整改并复查，不能即查即改。"
    return "该隐患已在办理中，不能再按即查即改处理。" if course.last_on != hazard.found_on else ""


def _may_ask(_hazard: Hazard, course: Course) -> str:
    return "已有一个延期申请等待答复。" if course.asked_until else ""


def _may_answer(_hazard: Hazard, course: Course) -> str:
    return "" if course.asked_until else "没有等待答复的延期申请。"


def _may_escalate(_hazard: Hazard, course: Course) -> str:
    return "该隐患已提级督办。" if course.escalated_on else ""


def _may_expose(_hazard: Hazard, course: Course) -> str:
    return "该隐患已曝光。" if course.exposed_on else ""


_GUARDS: Mapping[Deed, Callable[[Hazard, Course], str]] = {
    Deed.LISTED: _may_list,
    Deed.PROGRESS: _is_listed,
    Deed.ACCEPTED: _is_listed,
    Deed.DELISTED: _may_delist,
    Deed.CLOSED: _may_close,
    Deed.FIXED_AT_ONCE: _may_fix_at_once,
    Deed.EXTENSION_ASKED: _may_ask,
    Deed.EXTENSION_GRANTED: _may_answer,
    Deed.EXTENSION_REFUSED: _may_answer,
    Deed.ESCALATED: _may_escalate,
    Deed.EXPOSED: _may_expose,
}


def _wrong_day(hazard: Hazard, course: Course, move: Move) -> str:
    """Days never go back, so that what held on any past day is a beginning of the list."""
    if move.deed == Deed.FOUND:
        return "" if move.on == hazard.found_on else "登记日期须与发现日期一致。"
    if move.on < hazard.found_on:
        return f"{move.deed.label}日期 {move.on} 早于发现日期 {hazard.found_on}。"
    if course.last_on and move.on < course.last_on:
        return f"{move.deed.label}日期 {move.on} 早于上一步的日期 {course.last_on}。"
    if move.deed == Deed.FIXED_AT_ONCE and move.on != hazard.found_on:
        return f"即查即改须在发现当天（{hazard.found_on}）完成，请改为交办整改。"
    return _wrong_due(hazard, course, move)


def _wrong_due(hazard: Hazard, course: Course, move: Move) -> str:
    if move.due is None:
        return ""
    if move.due < hazard.found_on:
        return f"整改期限 {move.due} 早于发现日期 {hazard.found_on}。"
    longer = move.deed in (Deed.EXTENSION_ASKED, Deed.EXTENSION_GRANTED)
    if longer and course.due and move.due <= course.due:
        return f"延期后的期限 {move.due} 应晚于现在的期限 {course.due}。"
    return ""


def _wrong_person(course: Course, move: Move) -> str:
    rechecks = move.deed in (Deed.RETURNED, Deed.CLOSED, Deed.ACCEPTED)
    if rechecks and move.person and move.person == course.rectified_by:
        return "整改和复查不能由同一人办理，请由其他人员复查。"
    return ""


def _found(course: Course, _move: Move) -> Course:
    return course


def _assigned(course: Course, move: Move) -> Course:
    return replace(
        course,
        stage=Stage.RECTIFYING,
        unit=move.unit,
        due=move.due,
        assigned_on=course.assigned_on or move.on,
        asked_until=None,
    )


def _listed(course: Course, move: Move) -> Course:
    fresh = replace(course, listed_on=move.on, delisted_on=None, accepted_on=None, reported_on=None)
    return replace(fresh, due=move.due or course.due)


def _rectified(course: Course, move: Move) -> Course:
    return replace(
        course, stage=Stage.RECHECKING, rectified_on=move.on, rectified_by=move.person, asked_until=None
    )


def _returned(course: Course, move: Move) -> Course:
    return replace(
        course,
        stage=Stage.RECTIFYING,
        due=move.due or course.due,
        rectified_on=None,
        rectified_by="",
        accepted_on=None,
        rechecks=course.rechecks + 1,
        returns=course.returns + 1,
    )


def _closed(course: Course, move: Move) -> Course:
    return replace(course, stage=Stage.CLOSED, closed_on=move.on, rechecks=course.rechecks + 1)


def _fixed_at_once(course: Course, move: Move) -> Course:
    return replace(
        course,
        stage=Stage.CLOSED,
        due=move.on,
        rectified_on=move.on,
        rectified_by=move.person,
        closed_on=move.on,
        at_once=True,
    )


def _reopened(course: Course, move: Move) -> Course:
    return replace(
        course,
        stage=Stage.RECTIFYING,
        due=move.due,
        rectified_on=None,
        rectified_by="",
        closed_on=None,
        at_once=False,
        looked_back_on=move.on,
        accepted_on=None,
    )


_EFFECTS: Mapping[Deed, Callable[[Course, Move], Course]] = {
    Deed.FOUND: _found,
    Deed.ASSIGNED: _assigned,
    Deed.LISTED: _listed,
    Deed.ESCALATED: lambda course, move: replace(course, escalated_on=move.on),
    Deed.PROGRESS: lambda course, move: replace(course, reported_on=move.on),
    Deed.EXTENSION_ASKED: lambda course, move: replace(course, asked_until=move.due),
    Deed.EXTENSION_GRANTED: lambda course, move: replace(course, due=move.due, asked_until=None),
    Deed.EXTENSION_REFUSED: lambda course, _move: replace(course, asked_until=None),
    Deed.RECTIFIED: _rectified,
    Deed.RETURNED: _returned,
    Deed.ACCEPTED: lambda course, move: replace(course, accepted_on=move.on),
    Deed.DELISTED: lambda course, move: replace(course, delisted_on=move.on),
    Deed.CLOSED: _closed,
    Deed.FIXED_AT_ONCE: _fixed_at_once,
    Deed.EXPOSED: lambda course, move: replace(course, exposed_on=move.on),
    Deed.LOOKED_BACK: lambda course, move: replace(course, looked_back_on=move.on),
    Deed.REOPENED: _reopened,
}
