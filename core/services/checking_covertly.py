"""Covert checks: enter one with its photographs, and read them with their hazards and the four mores."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from core.auth import Actor, Permission, require, scope_of
from core.domain.attachments import Attachment, Owner, OwnerKind, Sent
from core.domain.covert_checks import COVERT_CHECK, Check, Mores, checks_of, four_mores
from core.domain.covert_checks import Sent as SentOut
from core.domain.measures import Rung
from core.domain.periods import Cadence, Period, period_holding
from core.domain.records import Record, RecordSearch
from core.domain.units import UnitKind
from core.errors import InputError
from core.services.attaching import add_attachment, wanted_attachment
from core.services.cities import is_within
from core.services.hazards import cases_within
from core.services.judging import Question
from core.services.recording import Entered, enter_record
from core.services.reporting import Taken
from core.store.attachments import count_by_owner, images_of
from core.store.engine import Store
from core.store.measures import all_measures
from core.store.records import all_records
from core.store.rolls import units
from core.store.unit_of_work import Reader

MOST_SHOWN = 24
_TOGETHER = 50
"""Checks whose photographs are looked for at once."""


@dataclass(frozen=True, slots=True)
class CheckBook:
    """The year's covert checks, newest first, the four mores by unit and quarter, and how many pictures."""

    checks: tuple[Check, ...]
    mores: Mapping[tuple[str, Period], Mores]
    pictures: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class CheckEntry:
    """A covert check to enter, with photographs; `operation` names this attempt, `sure` = no duplicate."""

    record: Record
    photographs: Sequence[Sent]
    operation: str
    sure: bool = False


def enter_check(store: Store, actor: Actor, wanted: CheckEntry, *, today: date, now: datetime) -> Entered:
    """Enter a covert check with its photographs; a file that is no photograph keeps everything out.

    Raises:
        InputError: a photograph that is none.
        LikelyDuplicateError, FaultyRecordError, ForbiddenError: as for any record.
    """
    require(actor, Permission.ENTER, wanted.record.unit)
    for each in wanted.photographs:
        if not wanted_attachment(Owner(OwnerKind.RECORD, ""), each).media_type.startswith("image/"):
            raise InputError(f"“{each.name}”不是照片，请上传 jpg、png、webp 或 heic 图片。", "photographs")
    entered = enter_record(
        store, actor, wanted.record, wanted.operation, today=today, now=now, sure=wanted.sure
    )
    owner = Owner(OwnerKind.RECORD, str(entered.record.record_id))
    for each in wanted.photographs:
        add_attachment(store, actor, owner, each, now=now)
    return entered


def check_book(store: Store, actor: Actor, question: Question) -> CheckBook:
    """The covert checks of a year that the actor may see, up to the as-of date.

    Raises:
        ForbiddenError: the role sees no business data.
    """
    scope = scope_of(actor)
    with store.reading(question.known_at) as reader:
        every = units(reader)
        within = is_within(reader, question.city)
        seen = frozenset(u.code for u in every if scope.covers(u.kind, u.code) and within(u.code))
        until = min(question.as_of, date(question.year, 12, 31))
        search = RecordSearch(seen, frozenset({COVERT_CHECK}), date(question.year, 1, 1), until)
        cases = cases_within(reader, scope, actor.unit, question.as_of, question.city)
        checks = tuple(checks_of(all_records(reader, search), cases))
        pictures = _pictures(reader, checks)
        city = question.city or next((unit.code for unit in every if unit.kind == UnitKind.CITY), "")
        sent = _sent(reader, city, question) if scope.everything else SentOut()
    return CheckBook(checks, four_mores(checks, pictures, sent), pictures)


def newest_pictures(store: Store, checks: Sequence[Check]) -> list[tuple[Check, Attachment]]:
    """The photographs of checks and of their hazards, those of the newest checks first."""
    found: list[tuple[Check, Attachment]] = []
    with store.reading() as reader:
        for start in range(0, len(checks), _TOGETHER):
            together = checks[start : start + _TOGETHER]
            images = images_of(reader, [owner for check in together for owner in _owners(check)])
            found += [
                (check, each) for check in together for owner in _owners(check) for each in images[owner]
            ]
            if len(found) >= MOST_SHOWN:
                break
    return found[:MOST_SHOWN]


def _owners(check: Check) -> list[Owner]:
    hazards = [Owner(OwnerKind.HAZARD, case.hazard.code) for case in check.cases]
    return [Owner(OwnerKind.RECORD, str(check.record.record_id)), *hazards]


def _pictures(reader: Reader, checks: Sequence[Check]) -> dict[str, int]:
    numbers = [str(check.record.record_id) for check in checks]
    codes = [case.hazard.code for check in checks for case in check.cases]
    counted = count_by_owner(reader, OwnerKind.RECORD, numbers, images=True)
    return counted | count_by_owner(reader, OwnerKind.HAZARD, codes, images=True)


def _sent(reader: Reader, city: str, question: Question) -> SentOut:
    """What the office itself sent out: letters and bulletins among its measures."""
    counts: dict[Rung, dict[Period, int]] = {Rung.LETTER: {}, Rung.BULLETIN: {}}
    for measure in all_measures(reader):
        if measure.rung in counts and measure.issued_on <= question.as_of:
            period = period_holding(Cadence.QUARTER, measure.issued_on)
            counts[measure.rung][period] = counts[measure.rung].get(period, 0) + 1
    return SentOut(city, counts[Rung.LETTER], counts[Rung.BULLETIN])


def checks_table(checks: Sequence[Check], names: Mapping[str, str]) -> Taken:
    """Covert checks to take away."""
    heads = ("日期", "单位", "内容", "执法（人）", "媒体（家）", "专家（人）", "督促函", "通报", "隐患编号")
    lines = [
        [
            *(check.record.occurred_on, names.get(check.record.unit, check.record.unit), check.record.title),
            *(check.party.enforcement, check.party.media, check.party.experts),
            *(check.party.letters, check.party.bulletins),
            "、".join(case.hazard.code for case in check.cases),
        ]
        for check in checks
    ]
    return Taken("暗查暗访", heads, lines)
