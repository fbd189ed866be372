"""The library of experiences: each stands beside the record that the obligation counts, never twice."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from core.auth import Actor, Permission, require, scope_of
from core.domain.attachments import OwnerKind
from core.domain.checking import faults_of
from core.domain.experiences import EVENT, Experience, check_experience, check_promotion
from core.domain.records import Record, RecordSearch
from core.domain.texts import clean
from core.errors import ConflictError, DuplicateError, InputError, NotFoundError
from core.services.adjusting import Press
from core.services.judging import Question
from core.services.recording import FaultyRecordError, world_of
from core.services.reporting import Taken
from core.store.attachments import count_by_owner
from core.store.engine import Store
from core.store.experiences import (
    all_experiences,
    experience_begun_by,
    find_experience,
    next_experience_number,
    write_experience,
)
from core.store.journal import find_operation
from core.store.records import add_records, all_records, find_record, records_of_day
from core.store.rolls import units, zones
from core.store.unit_of_work import Reader, UnitOfWork


@dataclass(frozen=True, slots=True)
class Library:
    """Experiences in sight, the records that have none yet, and how many files each experience has."""

    experiences: tuple[Experience, ...]
    records: tuple[Record, ...]
    files: dict[int, int]
    voided: frozenset[int]


@dataclass(frozen=True, slots=True)
class ExperienceWish:
    """An experience as typed; `record_id` names the record that it belongs to, 0 makes one."""

    locality: str
    zone: str
    title: str
    content: str
    noted_on: date
    record_id: int = 0


@dataclass(frozen=True, slots=True)
class Promotion:
    """When and how an experience was made known to the city."""

    number: int
    promoted_on: date
    promotion: str


def experience_library(store: Store, actor: Actor, question: Question) -> Library:
    """What experiences there are as of the question's day.

    Raises:
        ForbiddenError: the role sees no business data.
    """
    scope = scope_of(actor)
    with store.reading(question.known_at) as reader:
        seen = frozenset(unit.code for unit in units(reader) if scope.covers(unit.kind, unit.code))
        found = [
            each
            for each in all_experiences(reader)
            if each.locality in seen and each.noted_on <= question.as_of
        ]
        records = _records(reader, seen, question)
        files = count_by_owner(reader, OwnerKind.EXPERIENCE, [str(each.number) for each in found])
    linked, standing = {each.record_id for each in found}, {record.record_id for record in records}
    loose = tuple(record for record in records if record.record_id not in linked)
    counts = {int(number): count for number, count in files.items()}
    return Library(tuple(found), loose, counts, frozenset(linked - standing))


def enter_experience(
    store: Store, actor: Actor, wanted: ExperienceWish, operation: str, *, today: date, now: datetime
) -> Experience:
    """Enter an experience, with the record that the obligation counts where it names none.

    Raises:
        ForbiddenError: another locality's experience.
        InputError: no text, a zone or a record that is not the locality's own.
        DuplicateError: a record of that day stands already and is to be named.
    """
    require(actor, Permission.PLAN_ZONE, wanted.locality)
    with store.unit_of_work(actor.username, now) as work:
        before = _entered_before(work, operation)
        if before:
            return before
        experience = _typed(work, actor, wanted)
        check_experience(experience, today)
        _check_belongings(work, experience)
        change = work.change(
            "experience.entered", f"{wanted.locality} {experience.title}", operation=operation
        )
        if not experience.record_id:
            experience = replace(experience, record_id=_record(work, change, experience, actor, today))
        write_experience(work, change, experience)
        work.commit()
    return replace(experience, change=change)


def promote_experience(
    store: Store, actor: Actor, asked: Promotion, press: Press, *, today: date, now: datetime
) -> Experience:
    """Note that the office made an experience known to the city, and how.

    Raises:
        ForbiddenError: promoting is the office's.
        InputError: not said how, or a day that cannot be.
        ConflictError: somebody changed it meanwhile.
    """
    require(actor, Permission.ACCEPT_ZONE)
    said = clean(asked.promotion)
    with store.unit_of_work(actor.username, now) as work:
        old = find_experience(work, asked.number)
        if old is None:
            raise NotFoundError(f"没有编号为 {asked.number} 的经验做法。")
        if find_operation(work, press.operation):
            return old
        if old.change > press.seen:
            raise ConflictError("您查看之后，这条经验做法刚被别人修改。您的操作没有保存，请核对最新内容。")
        check_promotion(old, asked.promoted_on, said, today)
        wanted = replace(old, promoted_on=asked.promoted_on, promotion=said)
        subject = f"{old.locality} {old.title}"
        change = work.change("experience.promoted", subject, said, operation=press.operation)
        write_experience(work, change, wanted)
        work.commit()
    return replace(wanted, change=change)


def experiences_table(shown: Library, names: dict[str, str], day: date) -> Taken:
    """The library, to take away."""
    heads = ("属地", "标题", "日期", "主要做法", "附件", "推广日期", "推广方式")
    lines: Sequence[Sequence[object]] = [
        (
            *(names.get(each.locality, each.locality), each.title, each.noted_on, each.content),
            shown.files.get(each.number, 0),
            *((each.promoted_on, each.promotion) if each.promoted_by(day) else (None, "")),
        )
        for each in shown.experiences
    ]
    return Taken("经验做法", heads, lines)


def _records(reader: Reader, seen: frozenset[str], question: Question) -> list[Record]:
    return all_records(reader, RecordSearch(seen, frozenset({EVENT}), until=question.as_of))


def _entered_before(work: UnitOfWork, operation: str) -> Experience | None:
    change = find_operation(work, operation)
    number = experience_begun_by(work, change.change_id) if change else None
    return find_experience(work, number) if number else None


def _typed(work: UnitOfWork, actor: Actor, wanted: ExperienceWish) -> Experience:
    return Experience(
        next_experience_number(work),
        wanted.locality,
        wanted.zone,
        clean(wanted.title),
        clean(wanted.content),
        wanted.noted_on,
        wanted.record_id,
        entered_by=actor.username,
    )


def _check_belongings(work: UnitOfWork, wanted: Experience) -> None:
    own = {zone.code for zone in zones(work) if zone.locality == wanted.locality}
    if wanted.zone and wanted.zone not in own:
        raise InputError("所选功能区不属于这个属地，请重新选择。", "zone")
    if not wanted.record_id:
        return
    found = find_record(work, wanted.record_id)
    if found is None or (found[0].unit, found[0].event) != (wanted.locality, EVENT):
        raise InputError("所选台账记录不是这个属地的经验做法总结，请重新选择。", "record")
    if any(each.record_id == wanted.record_id for each in all_experiences(work)):
        raise InputError("这条台账记录已经有一份经验做法，请选择另一条，或新建记录。", "record")


def _record(work: UnitOfWork, change: int, wanted: Experience, actor: Actor, today: date) -> int:
    """Keep the record that the obligation counts."""
    record = Record(
        wanted.locality,
        EVENT,
        wanted.noted_on,
        wanted.title,
        entered_on=today,
        entered_by=actor.username,
    )
    faults = faults_of(record, world_of(work, today))
    if faults:
        raise FaultyRecordError(faults)
    twins = records_of_day(work, record.unit, EVENT, record.occurred_on)
    if twins:
        raise DuplicateError(
            f"台账中 {record.occurred_on} 已有“{twins[0].title or '（无标题）'}”，"
            "请在“台账记录”中选择它，不要重复计数。",
            twins[0].record_id,
        )
    return add_records(work, [(change, record)])[0]
