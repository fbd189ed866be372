"""Keep the rosters: leaders with the days of their posts, and the committees' member units with liaisons."""

from collections.abc import Mapping
from datetime import date, datetime

from core.auth import Actor, Permission, may, require, scope_of
from core.domain.intake import Row, read_leader
from core.domain.records import RecordSearch
from core.domain.texts import clean, parse_reason
from core.domain.units import Leader, Member, UnitKind
from core.errors import InputError, NotFoundError
from core.services.adjusting import Press
from core.services.judging import Question
from core.services.recording import FaultyRecordError, world_of
from core.services.trying import Effect, check_standing, effect_of
from core.store.engine import Store
from core.store.journal import find_operation
from core.store.members import end_member, member_standing, members, write_member
from core.store.records import all_records
from core.store.rolls import add_things, end_things, leaders, units
from core.store.standing import leader_standing
from core.store.unit_of_work import Reader, UnitOfWork

_LIMITS = {
    "member": ("成员单位", 200),
    "office": ("责任科室", 200),
    "liaison": ("联络员", 100),
    "phone": ("电话", 40),
}


def roster_of(store: Store, actor: Actor, unit: str) -> list[tuple[Leader, int]]:
    """A unit's leaders in the order of their entry, and which version of each stands.

    Raises:
        ForbiddenError: settings are the office's.
    """
    require(actor, Permission.SETTINGS)
    with store.reading() as reader:
        return [
            (each, leader_standing(reader, unit, each.name).version_id)
            for each in leaders(reader)
            if each.unit == unit
        ]


def preview_leader(
    store: Store, actor: Actor, texts: Mapping[str, str], question: Question, *, now: datetime
) -> Effect:
    """What adding or changing a leader would do to the cells.

    Raises:
        ForbiddenError: settings are the office's.
        FaultyRecordError: with every field at fault.
        InputError: nothing changed.
    """
    require(actor, Permission.SETTINGS)
    with store.unit_of_work(actor.username, now) as work:
        return effect_of(work, question, lambda: _write_leader(work, texts, question.as_of, None))


def keep_leader(
    store: Store,
    actor: Actor,
    texts: Mapping[str, str],
    question: Question,
    press: Press,
    *,
    now: datetime,
) -> Effect:
    """Add a leader, or change post and days of one; `texts` are columns as the import form names them.

    Raises:
        ForbiddenError: settings are the office's.
        FaultyRecordError: with every field at fault.
        InputError: nothing changed.
        ConflictError: somebody changed the same leader meanwhile.
    """
    require(actor, Permission.SETTINGS)
    with store.unit_of_work(actor.username, now) as work:
        if find_operation(work, press.operation):
            return Effect(again=True)
        standing = leader_standing(work, texts.get("unit", ""), clean(texts.get("name", "")))
        check_standing(work, standing, press.seen, "这名领导的任职")
        effect = effect_of(
            work, question, lambda: _write_leader(work, texts, question.as_of, press.operation)
        )
        work.commit()
    return effect


def _write_leader(work: UnitOfWork, texts: Mapping[str, str], today: date, operation: str | None) -> None:
    world, row = world_of(work, today), Row(texts)
    wanted = read_leader(row, world)
    if wanted is None:
        raise FaultyRecordError(row.faults)
    old = world.find_leader(wanted.unit, wanted.name)
    if old == wanted:
        raise InputError("内容没有改动，无需保存。")
    change = work.change(
        "leader.changed" if old else "leader.added", f"{wanted.unit} {wanted.name}", operation=operation
    )
    end_things(work, change, [old] if old else [])
    add_things(work, change, [wanted])


def remove_leader(
    store: Store, actor: Actor, unit: str, name: str, reason: str, press: Press, *, now: datetime
) -> None:
    """Take a leader off a roster who was put on it by mistake; one who has records only gets an end date.

    Raises:
        ForbiddenError: settings are the office's.
        NotFoundError: no such leader.
        InputError: no reason, or there are records of the leader.
        ConflictError: somebody changed the same leader meanwhile.
    """
    require(actor, Permission.SETTINGS)
    with store.unit_of_work(actor.username, now) as work:
        if find_operation(work, press.operation):
            return
        found = next((each for each in leaders(work) if (each.unit, each.name) == (unit, name)), None)
        if found is None:
            raise NotFoundError("名单中没有这名领导。")
        check_standing(work, leader_standing(work, unit, name), press.seen, "这名领导的任职")
        kept = [each for each in all_records(work, RecordSearch(frozenset({unit}))) if each.leader == name]
        if kept:
            raise InputError(f"{name}名下已有 {len(kept)} 条记录，不能移除；调离的请填写任职截止日期。")
        change = work.change(
            "leader.removed", f"{unit} {name}", parse_reason(reason), operation=press.operation
        )
        end_things(work, change, [found])
        work.commit()


# Members ---------------------------------------------------------------------------------------------------


def members_of(store: Store, actor: Actor, committee: str) -> list[tuple[Member, int]]:
    """A committee's member units; telephone numbers only for the office and the committee itself.

    Raises:
        ForbiddenError: the role sees no business data.
        NotFoundError: a committee outside of what the actor may see.
    """
    scope = scope_of(actor)
    private = may(actor, Permission.ENTER, committee)
    with store.reading() as reader:
        unit = next((each for each in units(reader) if each.code == committee), None)
        seen = unit and unit.kind == UnitKind.COMMITTEE and scope.covers(unit.kind, committee)
        if not seen:
            raise NotFoundError("没有这个专委会，或您无权查看。")
        return [
            (each if private else _without_phone(each), _seen(reader, each))
            for each in members(reader)
            if each.committee == committee
        ]


def _without_phone(each: Member) -> Member:
    return Member(each.committee, each.member, each.office, each.liaison, "", each.starts, each.until)


def _seen(reader: Reader, each: Member) -> int:
    return member_standing(reader, each.committee, each.member).version_id


def keep_member(store: Store, actor: Actor, wanted: Member, press: Press, *, now: datetime) -> Member:
    """Add a member unit to a committee, or change its office, liaison and days.

    Raises:
        ForbiddenError: settings are the office's.
        InputError: what is wrong, and in which field.
        ConflictError: somebody changed the same member meanwhile.
    """
    require(actor, Permission.SETTINGS)
    with store.unit_of_work(actor.username, now) as work:
        kept = _checked(work, wanted)
        if find_operation(work, press.operation):
            return kept
        check_standing(work, member_standing(work, kept.committee, kept.member), press.seen, "这个成员单位")
        if kept in members(work):
            raise InputError("内容没有改动，无需保存。")
        action = "member.changed" if press.seen else "member.added"
        change = work.change(action, f"{kept.committee} {kept.member}", operation=press.operation)
        write_member(work, change, kept)
        work.commit()
    return kept


def remove_member(
    store: Store, actor: Actor, member: Member, reason: str, press: Press, *, now: datetime
) -> None:
    """Take a member unit out; its versions stay.

    Raises:
        ForbiddenError: settings are the office's.
        InputError: no reason.
        ConflictError: somebody changed or removed it meanwhile.
    """
    require(actor, Permission.SETTINGS)
    with store.unit_of_work(actor.username, now) as work:
        if find_operation(work, press.operation):
            return
        check_standing(
            work, member_standing(work, member.committee, member.member), press.seen, "这个成员单位"
        )
        subject = f"{member.committee} {member.member}"
        change = work.change("member.removed", subject, parse_reason(reason), operation=press.operation)
        end_member(work, change, member)
        work.commit()


def _checked(reader: Reader, wanted: Member) -> Member:
    texts = {name: clean(getattr(wanted, name)) for name in _LIMITS}
    for name, (label, limit) in _LIMITS.items():
        if len(texts[name]) > limit:
            raise InputError(f"{label}最多 {limit} 个字，现有 {len(texts[name])} 个字。", name)
    every = {each.code: each for each in units(reader)}
    committee = every.get(wanted.committee)
    if committee is None or committee.kind != UnitKind.COMMITTEE:
        raise InputError("请选择专委会。", "committee")
    if not texts["member"]:
        raise InputError("请选择或填写成员单位。", "member")
    if wanted.starts and wanted.until and wanted.until < wanted.starts:
        raise InputError(f"截止日期 {wanted.until} 早于开始日期 {wanted.starts}。", "until")
    by_name = {each.name: each.code for each in every.values()}
    code = by_name.get(texts["member"], texts["member"])
    return Member(
        wanted.committee, code, texts["office"], texts["liaison"], texts["phone"], wanted.starts, wanted.until
    )
