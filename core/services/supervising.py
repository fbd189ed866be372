"""Issue measures on units, reply to them, settle and raise them; nothing is issued by itself."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from core.auth import Actor, Permission, require, scope_of
from core.config import local_moment
from core.domain.cells import Cell
from core.domain.measures import (
    CONTENT_LIMIT,
    Follow,
    Item,
    ItemKind,
    Measure,
    Rung,
    Step,
    measure_as_of,
    take_step,
)
from core.domain.proposals import cell_item, hazard_item
from core.domain.texts import clean
from core.errors import ConflictError, InputError, NotFoundError
from core.services.hazards import cases_within
from core.services.judging import Question
from core.services.proposing import cell_named
from core.services.scoreboard import cells_within
from core.store.accounts import names_of_accounts
from core.store.engine import Store
from core.store.journal import find_operation
from core.store.measures import (
    add_measure,
    add_step,
    find_measure,
    measure_begun_by,
    next_measure_number,
)
from core.store.rolls import units
from core.store.unit_of_work import Reader, UnitOfWork


@dataclass(frozen=True, slots=True)
class Draft:
    """A measure to issue; `items` are the keys of what is behind it, looked up afresh when it is issued."""

    unit: str
    rung: Rung
    content: str
    items: tuple[tuple[ItemKind, str], ...]
    reply_by: date | None
    operation: str
    raised_from: int = 0
    seen: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """What follows a measure; `seen` is its newest step that the person saw."""

    measure_id: int
    seen: int
    follow: Follow
    on: date
    note: str
    operation: str


def issue_measure(store: Store, actor: Actor, draft: Draft, *, today: date, now: datetime) -> Measure:
    """Issue a measure under the next number, with its items as they stand now.

    Raises:
        ForbiddenError: measures are the office's.
        InputError: no item, no text, a reply before it is issued, an unknown unit.
        NotFoundError: a cell or hazard that is not there.
        ConflictError: the measure it goes beyond was answered or settled meanwhile.
    """
    require(actor, Permission.MEASURE)
    with store.unit_of_work(actor.username, now) as work:
        before = _issued_before(work, draft)
        if before:
            return before
        measure = _measure(work, actor, draft, today)
        change = work.change("measure.issued", f"{draft.unit} {measure.label}", operation=draft.operation)
        number = add_measure(work, change, measure)
        if draft.raised_from:
            _raise(work, actor, draft, measure, today)
        work.commit()
    return replace(measure, measure_id=number)


def answer_measure(store: Store, actor: Actor, answer: Answer, *, today: date, now: datetime) -> Measure:
    """Reply to a measure, or settle it.

    Raises:
        ForbiddenError: another unit's measure; settling is the office's.
        ConflictError: somebody was first; the sentence says what happened meanwhile.
        InputError: no text, a day in the future, or a measure that is settled or raised.
    """
    with store.unit_of_work(actor.username, now) as work:
        measure = _visible(work, actor, answer.measure_id, today)
        _require_answer(actor, measure, answer)
        if find_operation(work, answer.operation):
            return measure
        _check_seen(work, measure, answer.seen)
        step = _step(actor, answer, today)
        answered = take_step(measure, step)
        change = work.change(
            f"measure.{answer.follow.value}",
            f"{measure.unit} {measure.label}",
            step.note,
            {"on": step.on},
            operation=answer.operation,
        )
        add_step(work, change, measure.measure_id, step)
        work.commit()
    return answered


def _measure(work: UnitOfWork, actor: Actor, draft: Draft, today: date) -> Measure:
    content = clean(draft.content)
    if draft.unit not in {unit.code for unit in units(work)}:
        raise InputError("请选择督办对象。", "unit")
    if not draft.items:
        raise InputError("请至少选择一个逾期事项或隐患。", "items")
    if not content or len(content) > CONTENT_LIMIT:
        raise InputError(f"请填写督办内容，最多 {CONTENT_LIMIT} 个字。", "content")
    if draft.reply_by and draft.reply_by < today:
        raise InputError(f"回复期限 {draft.reply_by} 早于发出日期 {today}。", "reply_by")
    items = tuple(_as_it_stands(work, actor, draft, today))
    number = next_measure_number(work, today.year)
    return Measure(draft.unit, draft.rung, today, content, items, draft.reply_by, draft.raised_from, number)


def _as_it_stands(work: UnitOfWork, actor: Actor, draft: Draft, today: date) -> Iterable[Item]:
    """Every item looked up afresh; a year has its own cells."""
    scope = scope_of(actor)
    cases = {each.hazard.code: each for each in cases_within(work, scope, actor.unit, today)}
    cells: dict[int, list[Cell]] = {}
    for kind, reference in draft.items:
        if kind == ItemKind.HAZARD:
            if reference not in cases:
                raise NotFoundError(f"没有编号为“{reference}”的隐患。")
            yield hazard_item(cases[reference], today)
            continue
        year = _year_of(reference)
        if year not in cells:
            cells[year] = cells_within(work, scope, Question(year, today), draft.unit)
        yield cell_item(cell_named(cells[year], reference))


def _year_of(reference: str) -> int:
    digits = reference.partition("/")[2][:4]
    if not digits.isdecimal():
        raise NotFoundError("没有这一格：事项或周期有误，请回到看板重新点选。")
    return int(digits)


def _raise(work: UnitOfWork, actor: Actor, draft: Draft, measure: Measure, today: date) -> None:
    """Mark the measure that this one goes beyond."""
    before = _visible(work, actor, draft.raised_from, today)
    _check_seen(work, before, draft.seen)
    step = Step(Follow.RAISED, today, actor.username, f"升级为“{measure.rung.label}”（{measure.label}）")
    take_step(before, step)
    change = work.change("measure.raised", f"{before.unit} {before.label}", step.note, {"on": today})
    add_step(work, change, before.measure_id, step)


def _issued_before(work: UnitOfWork, draft: Draft) -> Measure | None:
    change = find_operation(work, draft.operation)
    number = measure_begun_by(work, change.change_id) if change else None
    return find_measure(work, number) if number else None


def _visible(reader: Reader, actor: Actor, measure_id: int, day: date) -> Measure:
    scope, found = scope_of(actor), find_measure(reader, measure_id)
    then = measure_as_of(found, day) if found else None
    if then is None or not (scope.everything or then.unit == actor.unit):
        raise NotFoundError("没有这份督办，或您无权查看。")
    return then


def _require_answer(actor: Actor, measure: Measure, answer: Answer) -> None:
    if answer.follow == Follow.REPLIED:
        require(actor, Permission.REPLY, measure.unit)
    else:
        require(actor, Permission.MEASURE)
    if answer.follow == Follow.RAISED:
        raise InputError("升级须另发一份督办。")


def _check_seen(work: UnitOfWork, measure: Measure, seen: int) -> None:
    fresh = [step for step in measure.steps if step.step_id > seen]
    if fresh:
        names = names_of_accounts(work)
        told = "，".join(
            f"{names.get(step.person, step.person)}于{_moment(step)}办理了“{step.follow.label}”"
            for step in fresh
        )
        raise ConflictError(
            f"您查看之后，{told}，{measure.label}目前“{measure.state.label}”。您的操作没有保存。"
        )


def _moment(step: Step) -> str:
    return f"{local_moment(step.at):%m月%d日 %H:%M}" if step.at else f"{step.on}"


def _step(actor: Actor, answer: Answer, today: date) -> Step:
    note = clean(answer.note)
    if not note:
        raise InputError(f"请填写{answer.follow.label}内容。", "note")
    if len(note) > CONTENT_LIMIT:
        raise InputError(f"最多 {CONTENT_LIMIT} 个字，现有 {len(note)} 个字。", "note")
    if answer.on > today:
        raise InputError(f"{answer.follow.label}日期 {answer.on} 晚于今天（{today}）。", "on")
    return Step(answer.follow, answer.on, actor.username, note)
