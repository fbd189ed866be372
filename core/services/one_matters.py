"""“一件事” chains: who answers for which link, where the gaps are, and making a link clear."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import uuid4

from core.auth import Actor, Permission, require, scope_of
from core.domain.checking import faults_of
from core.domain.one_matters import (
    DOCUMENT_LIMIT,
    EVENT,
    NAME_LIMIT,
    Gap,
    Link,
    links_from,
    settled,
    title_of_settling,
    unsettled,
)
from core.domain.records import Record
from core.domain.texts import clean
from core.domain.units import UnitKind
from core.errors import ForbiddenError, InputError, NotFoundError
from core.services.adjusting import Press
from core.services.judging import Question
from core.services.recording import FaultyRecordError, world_of
from core.services.reporting import Taken
from core.services.trying import check_standing
from core.store.engine import Store
from core.store.journal import find_operation
from core.store.matters import link_standing, own_links, write_link
from core.store.records import add_records, find_by_key
from core.store.rolls import units
from core.store.unit_of_work import Reader, UnitOfWork


@dataclass(frozen=True, slots=True)
class Settling:
    """That a link's responsibility was made clear on a day, by which document."""

    code: str
    on: date
    document: str


def links_for(store: Store, actor: Actor, question: Question) -> list[tuple[Link, int]]:
    """Every link, chain by chain, and which version of it stands.

    Raises:
        ForbiddenError: chains concern the departments and who sees everything.
    """
    scope = scope_of(actor)
    if not scope.everything and scope.kind is not None:
        raise ForbiddenError("“一件事”由安委办和部门查看。")
    with store.reading(question.known_at) as reader:
        return [(each, link_standing(reader, each.code).version_id) for each in links_from(own_links(reader))]


def keep_link(store: Store, actor: Actor, wanted: Link, press: Press, *, now: datetime) -> Link:
    """Add a link, or change name, department and place of one; another department makes it open again.

    Raises:
        ForbiddenError: links are the office's to set.
        InputError: no name, a text too long, no department of that code, or nothing changed.
        ConflictError: somebody changed the link meanwhile.
    """
    require(actor, Permission.SETTINGS)
    with store.unit_of_work(actor.username, now) as work:
        if find_operation(work, press.operation):
            return wanted
        old = _found(work, wanted.code) if wanted.code else None
        check_standing(work, link_standing(work, wanted.code), press.seen, "这个环节")
        kept = _checked(work, wanted, old)
        if kept == old:
            raise InputError("内容没有改动，无需保存。")
        change = work.change(
            "link.changed" if old else "link.added", _subject(kept), operation=press.operation
        )
        write_link(work, change, kept)
        work.commit()
    return kept


def remove_link(store: Store, actor: Actor, code: str, press: Press, *, now: datetime) -> None:
    """Take a link out of its chain; its versions and its record stay.

    Raises:
        ForbiddenError: links are the office's to set.
        NotFoundError: no such link.
        ConflictError: somebody changed the link meanwhile.
    """
    require(actor, Permission.SETTINGS)
    with store.unit_of_work(actor.username, now) as work:
        if find_operation(work, press.operation):
            return
        old = _found(work, code)
        check_standing(work, link_standing(work, code), press.seen, "这个环节")
        change = work.change("link.removed", _subject(old), operation=press.operation)
        write_link(work, change, replace(old, kept=False))
        work.commit()


def settle_link(
    store: Store, actor: Actor, settling: Settling, press: Press, *, today: date, now: datetime
) -> Link:
    """Make a link's responsibility clear; the department's record of it is kept in the same step.

    Raises:
        ForbiddenError: neither the office nor the department that answers for the link.
        NotFoundError: no such link.
        InputError: no department, no document, settled already, or a faulty day.
        ConflictError: somebody changed the link meanwhile.
    """
    require(actor, Permission.ENTER)
    with store.unit_of_work(actor.username, now) as work:
        link = _found(work, settling.code)
        require(actor, Permission.ENTER, link.department)
        if find_operation(work, press.operation):
            return link
        check_standing(work, link_standing(work, link.code), press.seen, "这个环节")
        record, document = _record(work, actor, link, settling, today)
        change = work.change("link.settled", _subject(link), document, operation=press.operation)
        twin = find_by_key(work, record)
        number = twin.record_id if twin else add_records(work, [(change, record)])[0]
        kept = settled(link, settling.on, document, number)
        write_link(work, change, kept)
        work.commit()
    return kept


def _record(
    work: UnitOfWork, actor: Actor, link: Link, settling: Settling, today: date
) -> tuple[Record, str]:
    document = clean(settling.document)
    if not link.department:
        raise InputError("这个环节还没有责任部门，请安委办先明确部门。")
    if link.settled_on:
        raise InputError(f"这个环节已于 {link.settled_on} 厘清。")
    if not document:
        raise InputError("请填写依据的文件或会议纪要。", "document")
    if len(document) > DOCUMENT_LIMIT:
        raise InputError(f"最多 {DOCUMENT_LIMIT} 个字，现有 {len(document)} 个字。", "document")
    record = Record(
        link.department,
        EVENT,
        settling.on,
        title_of_settling(link),
        note=f"依据：{document}",
        entered_on=today,
        entered_by=actor.username,
    )
    faults = faults_of(record, world_of(work, today))
    if faults:
        raise FaultyRecordError(faults)
    return record, document


def _checked(work: UnitOfWork, wanted: Link, old: Link | None) -> Link:
    name = clean(wanted.name)
    if not name or len(name) > NAME_LIMIT:
        raise InputError(f"请填写环节名称，最多 {NAME_LIMIT} 个字。", "name")
    departments = {each.code for each in units(work) if each.kind == UnitKind.DEPARTMENT}
    if wanted.department and wanted.department not in departments:
        raise InputError("责任部门须是系统中的部门。", "department")
    twins = [each for each in links_from(own_links(work)) if each.code != wanted.code]
    if any(each.key == (wanted.chain.value, name) for each in twins):
        raise InputError(f"“{wanted.chain.label}”已有“{name}”环节。", "name")
    if old is None:
        return Link(str(uuid4().int)[:12], wanted.chain, name, wanted.department, wanted.sort_no)
    moved = replace(old, name=name, department=wanted.department, sort_no=wanted.sort_no)
    return moved if moved.department == old.department else unsettled(moved)


def _found(reader: Reader, code: str) -> Link:
    found = next((each for each in links_from(own_links(reader)) if each.code == code), None)
    if found is None:
        raise NotFoundError("没有这个环节，或已被取消。")
    return found


def _subject(link: Link) -> str:
    return f"{link.department} {link.chain.label}·{link.name}".strip()


def links_table(links: Sequence[Link], names: dict[str, str], as_of: date) -> Taken:
    """The chains as a table to take away."""
    lines = [
        (
            each.chain.label,
            each.name,
            names.get(each.department, each.department),
            each.gap(as_of).label,
            each.settled_on if each.gap(as_of) == Gap.SETTLED else None,
            each.document if each.gap(as_of) == Gap.SETTLED else "",
        )
        for each in links
    ]
    return Taken("一件事", ("一件事", "环节", "责任部门", "状态", "厘清日期", "依据"), lines)
