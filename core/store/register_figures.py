"""Questions to the registers, answered by the database: who fits a search, how many did what."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select

from core.domain.enterprises import HIGH_RISK, Duty, Enterprise, EnterpriseSearch, Industry, Span
from core.store.register_rows import EnterpriseDutyRow, EnterpriseRow
from core.store.unit_of_work import Reader

_E, _D = EnterpriseRow, EnterpriseDutyRow
_COLUMNS = tuple(getattr(_E, name) for name in Enterprise.__slots__)


def search_enterprises(
    reader: Reader, search: EnterpriseSearch, day: date, limit: int, offset: int = 0
) -> tuple[list[Enterprise], int]:
    """A page of the enterprises in business on a day, by code, and how many there are in all."""
    where = [*_active(reader, day), *_matching(reader, search, day)]
    total = reader.session.scalar(select(func.count()).select_from(_E).where(*where)) or 0
    query = select(*_COLUMNS).where(*where).order_by(_E.code).limit(limit).offset(offset)
    return [Enterprise(*row) for row in reader.session.execute(query)], total


def _active(reader: Reader, day: date) -> list[ColumnElement[bool]]:
    return [
        reader.current(_E),
        or_(_E.active_from.is_(None), _E.active_from <= day),
        or_(_E.active_until.is_(None), _E.active_until >= day),
    ]


def _matching(reader: Reader, search: EnterpriseSearch, day: date) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = [_mentioning(word) for word in search.words.split()]
    if search.localities is not None:
        where.append(_E.locality.in_(sorted(search.localities)))
    if search.codes is not None:
        where.append(_E.code.in_(sorted(search.codes)))
    if search.industry:
        where.append(_E.industry == search.industry)
    if search.high_risk is not None:
        where.append(_E.high_risk.is_(search.high_risk))
    if search.lacking:
        where += _lacking(reader, *search.lacking, day)
    return where


def _mentioning(word: str) -> ColumnElement[bool]:
    known = [each.value for each in Industry if word in each.label]
    fields = (_E.code, _E.name, _E.industry)
    found = [func.lower(each).contains(word.lower(), autoescape=True) for each in fields]
    return or_(*found, _E.industry.in_(known))


def _lacking(reader: Reader, duty: Duty, span: Span, day: date) -> list[ColumnElement[bool]]:
    own = and_(_D.enterprise == _E.code, reader.current(_D), _D.duty == duty.value)
    if duty == Duty.INSURANCE:
        return [_E.industry.in_(HIGH_RISK), ~exists().where(own, _D.done_on <= day, _D.until >= day)]
    return [~exists().where(own, _D.done_on.between(*span))]


def places_with_register(reader: Reader) -> frozenset[str]:
    """The localities that keep a register of enterprises."""
    return frozenset(reader.session.scalars(select(_E.locality).where(reader.current(_E)).distinct()))


def names_in(reader: Reader, locality: str) -> list[tuple[str, str]]:
    """Code and name of every enterprise of a locality."""
    query = select(_E.code, _E.name).where(reader.current(_E), _E.locality == locality)
    return [(code, name) for code, name in reader.session.execute(query)]


def industries_of(reader: Reader, localities: Iterable[str] | None) -> list[str]:
    """The industries that occur: the eight first, then those with most enterprises."""
    query = select(_E.industry, func.count()).where(reader.current(_E), *_within(localities))
    rows = [(-count, name) for name, count in reader.session.execute(query.group_by(_E.industry))]
    found = [name for _, name in sorted(rows)]
    return [each for each in HIGH_RISK if each in found] + [each for each in found if each not in HIGH_RISK]


def _within(localities: Iterable[str] | None) -> list[ColumnElement[bool]]:
    return [] if localities is None else [_E.locality.in_(sorted(localities))]


Counts = Mapping[tuple[str, str, bool], int]
"""By locality, industry and whether of high risk."""


def count_enterprises(
    reader: Reader, localities: Iterable[str] | None, day: date, opened_by: date | None = None
) -> Counts:
    """How many enterprises are in business on a day; of those that had opened by another."""
    return _counted(reader, select(*_GROUPS, func.count()).where(*_opened(opened_by)), localities, day)


def _opened(by: date | None) -> list[ColumnElement[bool]]:
    return [or_(_E.active_from.is_(None), _E.active_from <= by)] if by else []


def count_done(
    reader: Reader,
    localities: Iterable[str] | None,
    duty: Duty,
    span: Span,
    day: date,
    opened_by: date | None = None,
) -> Counts:
    """How many of them did a duty within a span, up to the day."""
    did = and_(_D.enterprise == _E.code, reader.current(_D), _D.duty == duty.value)
    query = select(*_GROUPS, func.count(_E.code.distinct())).join(_D, did).where(*_opened(opened_by))
    return _counted(reader, query.where(_D.done_on.between(span[0], min(span[1], day))), localities, day)


def count_insured(reader: Reader, localities: Iterable[str] | None, day: date) -> Counts:
    """How many of them are insured on the day."""
    did = and_(_D.enterprise == _E.code, reader.current(_D), _D.duty == Duty.INSURANCE.value)
    query = select(*_GROUPS, func.count(_E.code.distinct())).join(_D, did)
    return _counted(reader, query.where(_D.done_on <= day, _D.until >= day), localities, day)


_GROUPS: Sequence[Any] = (_E.locality, _E.industry, _E.high_risk)


def _counted(reader: Reader, query: Select[Any], localities: Iterable[str] | None, day: date) -> Counts:
    whole = query.where(*_active(reader, day), *_within(localities)).group_by(*_GROUPS)
    return {
        (place, industry, bool(risky)): count
        for place, industry, risky, count in reader.session.execute(whole)
    }


def highest_code(reader: Reader, prefix: str) -> int:
    """The highest number that was ever used behind a prefix."""
    query = select(_E.code).where(_E.code.startswith(prefix, autoescape=True)).distinct()
    numbers = (code.removeprefix(prefix) for code in reader.session.scalars(query))
    return max((int(each) for each in numbers if each.isdecimal()), default=0)
