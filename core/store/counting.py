"""Counted facts: what the status rules need of the records, grouped by the database."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select

from core.domain.catalogue import Catalogue
from core.domain.facts import COUNTED, REPORTED, Facts, FollowUp, Report, Tally, Visit, events_by_rule
from core.domain.obligations import Rule
from core.store.schema import RecordRow
from core.store.unit_of_work import Reader


def read_facts(reader: Reader, catalogue: Catalogue, as_of: date) -> Facts:
    """Count the records of the catalogue's year up to the as-of date."""
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
