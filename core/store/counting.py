"""Counted facts: what the status rules need of the records, from the counts kept beside them.

A view of what was known at a moment counts the versions themselves: kept counts are those of now.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, select, union

from core.domain.catalogue import Catalogue
from core.domain.facts import COUNTED, REPORTED, Facts, FollowUp, Report, Tally, Visit, events_by_rule
from core.domain.month_tallies import BRIEF, Sheet, follow_ups_in, month_of, reports_in, tallies_in, visits_in
from core.domain.obligations import Rule
from core.store.schema import RecordRow
from core.store.tally_rows import TallyRow
from core.store.unit_of_work import Reader

Units = Collection[str] | None


def read_facts(reader: Reader, catalogue: Catalogue, as_of: date, units: Units = None) -> Facts:
    """What the records of the catalogue's year come to by the as-of date, of these units or of all."""
    if reader.known is not None:
        return recounted_facts(reader, catalogue, as_of)
    asked = _Asked(reader, catalogue, as_of, units)
    enough = _enough(catalogue)
    counts: tuple[Any, ...] = (TallyRow.plain, TallyRow.led)
    if max(enough.values(), default=1) <= BRIEF:
        counts = tuple(map(asked.briefly, (TallyRow.plain_brief, TallyRow.led_brief), counts))
    return Facts(
        (
            tally
            for sheet, plain, led in asked.sheets(COUNTED, *counts)
            for tally in tallies_in(sheet, plain, led, enough[sheet.event])
        ),
        (
            report
            for sheet, kept in asked.sheets(REPORTED, asked.briefly(TallyRow.reports_brief, TallyRow.reports))
            for report in reports_in(sheet, kept)
        ),
        (
            visit
            for sheet, kept in asked.sheets((Rule.ROSTER,), TallyRow.visits)
            for visit in visits_in(sheet, kept)
        ),
        (
            each
            for sheet, *kept in asked.sheets(
                (Rule.FOLLOWUP,), TallyRow.plain, TallyRow.led, TallyRow.reported
            )
            for each in follow_ups_in(sheet, *kept)
        ),
    )


@dataclass(frozen=True, slots=True)
class _Asked:
    """Whose months are read, and up to which day."""

    reader: Reader
    catalogue: Catalogue
    as_of: date
    units: Units

    def briefly(self, brief: Any, whole: Any) -> Any:
        """What is left of a month that is over by the as-of date; the whole of the one that is not."""
        return case((TallyRow.month < month_of(self.as_of + timedelta(days=1)), brief), else_=whole)

    def sheets(self, rules: Iterable[Rule], *columns: Any) -> Iterator[tuple[Any, ...]]:
        """The months of the events that these rules count, each with the columns asked for."""
        first, last = date(self.catalogue.year, 1, 1), date(self.catalogue.year, 12, 31)
        where = [
            TallyRow.month.between(first, min(last, self.as_of)),
            TallyRow.event.in_(sorted(events_by_rule(self.catalogue, *rules))),
        ]
        if self.units is not None:
            where.append(TallyRow.unit.in_(sorted(self.units)))
        query = select(TallyRow.unit, TallyRow.event, TallyRow.month, *columns).where(*where)
        for unit, event, month, *kept in self.reader.session.execute(query):
            yield Sheet(unit, event, month, self.as_of), *kept


def units_recorded_for(reader: Reader, change: int) -> frozenset[str]:
    """The units with a record that was entered, corrected or voided after a change."""
    later = [select(RecordRow.unit).where(row > change) for row in (RecordRow.begun_by, RecordRow.ended_by)]
    return frozenset(reader.session.scalars(union(*later)))


def _enough(catalogue: Catalogue) -> Mapping[str, int]:
    """How many records of an event any rule ever asks the day of."""
    enough: defaultdict[str, int] = defaultdict(lambda: 1)
    for each in catalogue.obligations:
        for event in each.events:
            enough[event] = max(enough[event], each.required or 1, each.required_heavy or 1)
    return enough


def recounted_facts(reader: Reader, catalogue: Catalogue, as_of: date) -> Facts:
    """The same, counted from the versions that this view knows."""
    return Facts(
        _tallies(reader, catalogue, as_of),
        _reports(reader, catalogue, as_of),
        _visits(reader, catalogue, as_of),
        _follow_ups(reader, catalogue, as_of),
    )


def _within(reader: Reader, catalogue: Catalogue, as_of: date, *rules: Rule) -> ColumnElement[bool]:
    year = catalogue.year
    return and_(
        reader.current(RecordRow),
        RecordRow.occurred_on >= date(year, 1, 1),
        RecordRow.occurred_on <= min(as_of, date(year, 12, 31)),
        RecordRow.event.in_(sorted(events_by_rule(catalogue, *rules))),
    )


def _rows(reader: Reader, columns: Iterable[Any], where: ColumnElement[bool]) -> Any:
    """Group by the columns and count."""
    columns = list(columns)
    return reader.session.execute(select(*columns, func.count()).where(where).group_by(*columns))


def _tallies(reader: Reader, catalogue: Catalogue, as_of: date) -> list[Tally]:
    columns = (RecordRow.unit, RecordRow.event, RecordRow.occurred_on, RecordRow.led_by_first_director)
    return [Tally(*row) for row in _rows(reader, columns, _within(reader, catalogue, as_of, *COUNTED))]


def _reports(reader: Reader, catalogue: Catalogue, as_of: date) -> list[Report]:
    query = select(
        RecordRow.unit,
        RecordRow.event,
        RecordRow.measure,
        RecordRow.occurred_on,
        RecordRow.record_id,
        func.coalesce(RecordRow.amount, 0),
        func.coalesce(RecordRow.total, 0),
    ).where(_within(reader, catalogue, as_of, *REPORTED))
    return [Report(*row) for row in reader.session.execute(query)]


def _visits(reader: Reader, catalogue: Catalogue, as_of: date) -> list[Visit]:
    columns = (RecordRow.unit, RecordRow.event, RecordRow.leader, RecordRow.occurred_on)
    rows = _rows(reader, columns, _within(reader, catalogue, as_of, Rule.ROSTER))
    return [Visit(*row[:4]) for row in rows]


def _follow_ups(reader: Reader, catalogue: Catalogue, as_of: date) -> list[FollowUp]:
    columns = (RecordRow.unit, RecordRow.event, RecordRow.occurred_on, RecordRow.reported_on)
    return [
        FollowUp(*row) for row in _rows(reader, columns, _within(reader, catalogue, as_of, Rule.FOLLOWUP))
    ]
