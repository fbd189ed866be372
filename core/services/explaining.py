"""Explain one cell: the records that count, who entered them when, and its history over the year."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from core.auth import Actor, Permission, may, scope_of
from core.domain.cells import Cell
from core.domain.obligations import Obligation, Rule
from core.domain.records import DEFAULT_GRACE_DAYS, Record, RecordSearch
from core.domain.stories import CellStory, CountedRecord
from core.domain.units import Unit
from core.domain.zones import Zone
from core.errors import NotFoundError
from core.services.catalogues import adjusted_words, catalogue_of
from core.services.judging import Question
from core.services.scoreboard import cells_within
from core.store.accounts import names_of_accounts
from core.store.deriving import derived_reports
from core.store.engine import Store
from core.store.journal import read_setting
from core.store.records import all_records
from core.store.rolls import exemptions, leaders, zones
from core.store.unit_of_work import Reader

GRACE_DAYS = "grace_days"
_NEWEST_DAYS = 12
"""How many days of a register are told."""


@dataclass(frozen=True, slots=True)
class _Teller:
    """What every record's line needs: the people's names and the grace days."""

    names: Mapping[str, str]
    grace_days: int


def explain(
    store: Store, actor: Actor, question: Question, unit: str, obligation: str, period: str
) -> CellStory:
    """Everything a person wants to know about one cell.

    Raises:
        NotFoundError: there is no such cell, or the actor may not see its unit.
    """
    with store.reading(question.known_at) as reader:
        cells = cells_within(reader, scope_of(actor), question, unit)
        history = tuple(each for each in cells if each.obligation.code == obligation)
        cell = next((each for each in history if each.period.code == period), None)
        if cell is None:
            raise NotFoundError("没有这一格：事项或周期有误，请回到看板重新点选。")
        return CellStory(
            cell,
            tuple(_lines(reader, cell, question)),
            history,
            _outstanding(reader, cell, question.as_of),
            _exempted(reader, cell),
            adjusted_words(reader, question.year, obligation),
            may_enter=may(actor, Permission.ENTER, unit),
            may_urge=may(actor, Permission.MEASURE),
        )


def grace_days(reader: Reader) -> int:
    """Days after which an entry is marked 补录."""
    return int(read_setting(reader, GRACE_DAYS) or DEFAULT_GRACE_DAYS)


def _lines(reader: Reader, cell: Cell, question: Question) -> list[CountedRecord]:
    if cell.obligation.rule == Rule.ZONE:
        return [_zone_line(zone) for zone in zones(reader) if zone.locality == cell.unit.code]
    if cell.obligation.rule == Rule.COVERAGE and (lines := _register_lines(reader, cell, question)):
        return lines
    teller = _Teller(names_of_accounts(reader), grace_days(reader))
    found = counted_records(reader, cell, question.as_of)
    return [_line(record, cell.obligation, teller) for record in found]


def _register_lines(reader: Reader, cell: Cell, question: Question) -> list[CountedRecord]:
    """The newest days on which a register changed what it says; none where it says nothing of the cell."""
    wanted = (cell.unit.code, cell.obligation.event, cell.obligation.measure, cell.period.start)
    for each in derived_reports(reader, catalogue_of(reader, question.year), question.as_of):
        if (each.unit, each.event, each.measure, each.since) == wanted:
            return [
                CountedRecord(0, one.occurred_on, "按名册统计", amount=f"{one.value}/{one.total}")
                for one in each.reports[-_NEWEST_DAYS:]
            ]
    return []


def counted_records(reader: Reader, cell: Cell, as_of: date) -> list[Record]:
    """The records the cell counts, by date."""
    obligation, period = cell.obligation, cell.period
    search = RecordSearch(
        _owners(cell.unit, obligation),
        frozenset(obligation.events),
        period.start,
        min(as_of, period.end),
    )
    found = [each for each in all_records(reader, search) if _counts(each, obligation)]
    return sorted(found, key=lambda each: (each.occurred_on, each.record_id))


def _owners(unit: Unit, obligation: Obligation) -> frozenset[str]:
    lead = {unit.lead_unit} if obligation.with_lead_unit and unit.lead_unit else set()
    return frozenset({unit.code} | lead)


def _counts(record: Record, obligation: Obligation) -> bool:
    led = record.led_by_first_director or not obligation.led_by_first_director
    return led and record.measure == (obligation.measure or record.measure)


def _line(record: Record, obligation: Obligation, teller: _Teller) -> CountedRecord:
    return CountedRecord(
        record.record_id,
        record.occurred_on,
        record.title or "（无标题）",
        record.leader,
        record.entered_on,
        teller.names.get(record.entered_by, record.entered_by),
        record.backfilled(teller.grace_days),
        amount_of(record, obligation),
    )


def amount_of(record: Record, obligation: Obligation) -> str:
    """What a report says (184/200, 4人), or when an inspection was reported up; empty for a plain event."""
    if obligation.rule == Rule.FOLLOWUP:
        return f"{record.reported_on} 报送" if record.reported_on else "未报送"
    if obligation.rule == Rule.THRESHOLD and record.value is not None:
        return f"{record.value}人"
    if obligation.rule == Rule.COVERAGE:
        return f"{record.value}/{record.total}"
    return ""


def _zone_line(zone: Zone) -> CountedRecord:
    accepted = sum(day is not None for day in zone.accepted)
    return CountedRecord(0, zone.completed_on, zone.name, amount=f"五项验收 {accepted}/{len(zone.accepted)}")


def _outstanding(reader: Reader, cell: Cell, as_of: date) -> tuple[str, ...]:
    """The roster's leaders who have not been out yet."""
    if cell.obligation.rule != Rule.ROSTER or as_of < cell.period.start:
        return ()
    day = min(as_of, cell.period.end)
    out = {record.leader for record in counted_records(reader, cell, as_of)}
    roster = [each for each in leaders(reader) if each.unit == cell.unit.code and each.active_on(day)]
    return tuple(each.name for each in roster if each.name not in out)


def _exempted(reader: Reader, cell: Cell) -> str:
    found = (e.reason for e in exemptions(reader) if (e.unit, e.obligation, e.period) == cell.key)
    return next(found, "")
