"""Surveys of new businesses: what each found, who answers for it, and whose boundary is not drawn yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import uuid4

from core.auth import Actor, Permission, require, scope_of
from core.domain.findings import EVENT, Finding, finding_faults
from core.domain.records import Record, RecordSearch
from core.domain.texts import clean, parse_reason
from core.domain.units import UnitKind
from core.errors import InputError, NotFoundError
from core.services.adjusting import Press
from core.services.judging import Question
from core.services.reporting import Taken
from core.services.trying import check_standing
from core.store.engine import Store
from core.store.journal import find_operation
from core.store.matters import finding_standing, findings, write_finding
from core.store.records import all_records, find_record
from core.store.rolls import units
from core.store.unit_of_work import Reader, UnitOfWork


@dataclass(frozen=True, slots=True)
class Survey:
    """One survey as it was recorded, and what it found with the version of each that stands."""

    record: Record
    findings: tuple[tuple[Finding, int], ...]


def surveys_for(store: Store, actor: Actor, question: Question) -> list[Survey]:
    """The year's surveys up to the day, newest first, of the departments the actor may see.

    A department sees others' findings that it answers for, too.

    Raises:
        ForbiddenError: the role sees no business data.
    """
    scope = scope_of(actor)
    with store.reading(question.known_at) as reader:
        seen = {u.code for u in units(reader) if scope.covers(u.kind, u.code)}
        search = RecordSearch(
            events=frozenset({EVENT}), since=date(question.year, 1, 1), until=question.as_of
        )
        records = sorted(all_records(reader, search), key=lambda each: each.occurred_on, reverse=True)
        found = [each for each in findings(reader) if each.found_on <= question.as_of]
        surveys = [_survey(reader, record, found, seen) for record in records]
    return [each for each in surveys if each.record.unit in seen or each.findings]


def _survey(reader: Reader, record: Record, every: Sequence[Finding], seen: set[str]) -> Survey:
    own = [each for each in every if each.survey == record.record_id]
    shown = [each for each in own if record.unit in seen or each.department in seen]
    return Survey(record, tuple((each, finding_standing(reader, each.code).version_id) for each in shown))


def keep_finding(
    store: Store, actor: Actor, wanted: Finding, press: Press, *, today: date, now: datetime
) -> Finding:
    """Add what a survey found, or change it; an empty code is a new one.

    Raises:
        ForbiddenError: neither the office nor the department that made the survey.
        NotFoundError: no such survey or finding.
        InputError: what is wrong, and in which field.
        ConflictError: somebody changed the finding meanwhile.
    """
    require(actor, Permission.ENTER)
    with store.unit_of_work(actor.username, now) as work:
        survey = _survey_of(work, actor, wanted.survey)
        kept = _checked(work, wanted, survey, today)
        if find_operation(work, press.operation):
            return kept
        if wanted.code:
            _found(work, wanted)
            check_standing(work, finding_standing(work, wanted.code), press.seen, "这个业态")
        _refuse_twin(work, kept)
        action = "finding.changed" if wanted.code else "finding.added"
        change = work.change(action, f"{survey.unit} {kept.name}", operation=press.operation)
        write_finding(work, change, kept)
        work.commit()
    return kept


def remove_finding(
    store: Store, actor: Actor, wanted: Finding, reason: str, press: Press, *, now: datetime
) -> None:
    """Take a finding out, with a reason; its versions stay.

    Raises:
        ForbiddenError: neither the office nor the department that made the survey.
        NotFoundError: no such survey or finding.
        InputError: no reason.
        ConflictError: somebody changed the finding meanwhile.
    """
    require(actor, Permission.ENTER)
    with store.unit_of_work(actor.username, now) as work:
        survey = _survey_of(work, actor, wanted.survey)
        if find_operation(work, press.operation):
            return
        old = _found(work, wanted)
        check_standing(work, finding_standing(work, old.code), press.seen, "这个业态")
        subject = f"{survey.unit} {old.name}"
        change = work.change("finding.removed", subject, parse_reason(reason), operation=press.operation)
        write_finding(work, change, replace(old, kept=False))
        work.commit()


def _survey_of(work: UnitOfWork, actor: Actor, number: int) -> Record:
    found = find_record(work, number)
    if found is None or found[0].event != EVENT:
        raise NotFoundError("没有这次摸底排查，或记录已被作废。")
    require(actor, Permission.ENTER, found[0].unit)
    return found[0]


def _found(reader: Reader, wanted: Finding) -> Finding:
    found = next((each for each in findings(reader) if each.code == wanted.code), None)
    if found is None or found.survey != wanted.survey:
        raise NotFoundError("没有这个业态，或已被移除。")
    return found


def _checked(reader: Reader, wanted: Finding, survey: Record, today: date) -> Finding:
    kept = replace(
        wanted,
        code=wanted.code or str(uuid4().int)[:12],
        name=clean(wanted.name),
        note=clean(wanted.note),
    )
    departments = {each.code for each in units(reader) if each.kind == UnitKind.DEPARTMENT}
    if kept.department and kept.department not in departments:
        raise InputError("责任部门须是系统中的部门。", "department")
    for field, reason in finding_faults(kept, survey.occurred_on, today):
        raise InputError(reason, field)
    return kept


def _refuse_twin(reader: Reader, kept: Finding) -> None:
    """Files tell what one survey found apart by its name."""
    twins = (each for each in findings(reader) if (each.survey, each.name) == (kept.survey, kept.name))
    if any(each.code != kept.code for each in twins):
        raise InputError(f"这次摸底排查已有“{kept.name}”。", "name")


def surveys_table(surveys: Sequence[Survey], names: Mapping[str, str], as_of: date) -> Taken:
    """What the surveys found, as a table to take away."""
    lines = [
        (
            each.name,
            names.get(survey.record.unit, survey.record.unit),
            each.found_on,
            each.risk.label,
            names.get(each.department, each.department) or "未明确",
            "已界定" if each.settled(as_of) else "未界定",
            each.settled_on if each.settled(as_of) else None,
            each.note,
        )
        for survey in surveys
        for each, _ in survey.findings
    ]
    heads = ("业态", "摸底单位", "发现日期", "风险", "责任部门", "监管边界", "界定日期", "情况")
    return Taken("新业态摸底排查", heads, lines)
