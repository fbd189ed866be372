"""Reports derived from the registers: grouped by the database, one count a day on which something changed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import and_, func, select

from core.domain.catalogue import Catalogue
from core.domain.derived_reports import Stretch, Subject, derived_of, staffed_of
from core.domain.enterprises import HIGH_RISK, INSURANCE_EVENT, NINE_ONES_EVENT, Duty
from core.domain.facts import Derived
from core.domain.obligations import Obligation, Rule
from core.domain.periods import Cadence, Period, periods_of
from core.domain.staffing import TOWN_STAFF_EVENT, Town, TownStaff
from core.store.memory import Keyed
from core.store.register_rows import EnterpriseDutyRow, EnterpriseRow, TownRow, TownStaffRow
from core.store.registers import entries
from core.store.states import remembered
from core.store.unit_of_work import Reader

_DUTY, _PLACE = EnterpriseDutyRow, EnterpriseRow
_ONE_DAY = timedelta(days=1)
Stretches = Mapping[str, list[Stretch]]
"""By locality."""


_TABLES = (EnterpriseRow, EnterpriseDutyRow, TownRow, TownStaffRow)


def derived_reports(reader: Reader, catalogue: Catalogue, as_of: date) -> list[Derived]:
    """What the registers say in place of reports, for every coverage of which they hold something.

    Worked out once for each state of the registers: records are entered far more often than these change.
    """
    key = Keyed(("derived", catalogue.year, id(catalogue), as_of), catalogue)
    return remembered(reader, _TABLES, key, lambda: _derive(reader, catalogue, as_of))


def _derive(reader: Reader, catalogue: Catalogue, as_of: date) -> list[Derived]:
    owed: defaultdict[str, list[Obligation]] = defaultdict(list)
    for each in catalogue.obligations:
        if each.rule == Rule.COVERAGE:
            owed[each.event].append(each)
    whole = _enterprises(reader)
    year = periods_of(Cadence.YEAR, catalogue.year)[0]
    found: list[Derived] = []
    if whole and as_of >= year.start:
        found += _nine_ones(reader, owed[NINE_ONES_EVENT], whole, catalogue.year, as_of)
        found += _insurance(reader, year, as_of) if owed[INSURANCE_EVENT] else []
    found += _towns(reader, year, as_of) if owed[TOWN_STAFF_EVENT] else []
    return found


def _enterprises(reader: Reader, *where: Any) -> Stretches:
    """How many enterprises there are from when to when, by locality."""
    columns = (_PLACE.locality, _PLACE.active_from, _PLACE.active_until)
    query = select(*columns, func.count()).where(reader.current(_PLACE), *where).group_by(*columns)
    return _by_place((row[0], Stretch(*row[1:])) for row in reader.session.execute(query))


def _by_place(rows: Iterable[tuple[str, Stretch]]) -> dict[str, list[Stretch]]:
    found: defaultdict[str, list[Stretch]] = defaultdict(list)
    for place, stretch in rows:
        found[place].append(stretch)
    return dict(found)


def _nine_ones(
    reader: Reader, owed: Sequence[Obligation], whole: Stretches, year: int, as_of: date
) -> Iterator[Derived]:
    """A query a period: of each enterprise and duty, the first day in it, counted by locality and day.

    Of what is due once, enterprises that open after the due day are not asked.
    """
    measures: defaultdict[tuple[Period, date | None], set[str]] = defaultdict(set)
    for each in owed:
        for period in each.periods(year):
            measures[period, each.due].add(each.measure)
    for (period, due), codes in measures.items():
        if period.start <= as_of:
            asked = {place: _opened_by(due, stretches) for place, stretches in whole.items()}
            for (place, duty), stretches in _firsts(reader, sorted(codes), period, as_of, due).items():
                subject = Subject(place, NINE_ONES_EVENT, duty, period.start, period.end)
                found = derived_of(subject, asked.get(place, ()), stretches, as_of)
                if found:
                    yield found


def _opened_by(due: date | None, stretches: Iterable[Stretch]) -> list[Stretch]:
    return [each for each in stretches if due is None or each.since is None or each.since <= due]


def _firsts(
    reader: Reader, duties: Sequence[str], period: Period, as_of: date, due: date | None
) -> Mapping[tuple[str, str], list[Stretch]]:
    first = (
        select(_DUTY.enterprise, _DUTY.duty, func.min(_DUTY.done_on).label("first"))
        .where(reader.current(_DUTY), _DUTY.duty.in_(duties))
        .where(_DUTY.done_on.between(period.start, min(period.end, as_of)))
        .group_by(_DUTY.duty, _DUTY.enterprise)
        .subquery()
    )
    own = and_(_PLACE.code == first.c.enterprise, reader.current(_PLACE))
    columns = (_PLACE.locality, first.c.duty, first.c.first, _PLACE.active_from, _PLACE.active_until)
    query = select(*columns, func.count()).join(_PLACE, own).group_by(*columns)
    found: defaultdict[tuple[str, str], list[Stretch]] = defaultdict(list)
    for place, duty, day, opened, closed, count in reader.session.execute(query):
        if due is None or opened is None or opened <= due:
            found[place, duty].append(Stretch(day, None, count).within(opened, closed))
    return found


def _insurance(reader: Reader, year: Period, as_of: date) -> Iterator[Derived]:
    whole = _enterprises(reader, _PLACE.industry.in_(HIGH_RISK))
    for place, stretches in _insured(reader, as_of).items():
        subject = Subject(place, INSURANCE_EVENT, "", year.start, year.end)
        found = derived_of(subject, whole.get(place, ()), stretches, as_of)
        if found:
            yield found


def _insured(reader: Reader, as_of: date) -> Stretches:
    """When how many were insured; a policy counts from the end of the ones before it."""
    before = func.max(_DUTY.until).over(
        partition_by=_DUTY.enterprise, order_by=(_DUTY.done_on, _DUTY.version_id), rows=(None, -1)
    )
    policies = (
        select(_DUTY.enterprise, _DUTY.done_on, _DUTY.until, before.label("before"))
        .where(reader.current(_DUTY), _DUTY.duty == Duty.INSURANCE.value, _DUTY.done_on <= as_of)
        .subquery()
    )
    own = and_(_PLACE.code == policies.c.enterprise, reader.current(_PLACE), _PLACE.industry.in_(HIGH_RISK))
    dates = (policies.c.done_on, policies.c.until, policies.c.before)
    columns = (_PLACE.locality, *dates, _PLACE.active_from, _PLACE.active_until)
    query = select(*columns, func.count()).join(_PLACE, own).group_by(*columns)
    return _by_place(
        (place, _policy(on, until, earlier, count).within(opened, closed))
        for place, on, until, earlier, opened, closed, count in reader.session.execute(query)
    )


def _policy(since: date, until: date | None, before: date | None, count: int) -> Stretch:
    return Stretch(max(since, before + _ONE_DAY) if before else since, until, count)


def _towns(reader: Reader, year: Period, as_of: date) -> Iterator[Derived]:
    """Towns are few: each is looked at by itself."""
    towns = entries(reader, Town)
    counted: defaultdict[str, list[TownStaff]] = defaultdict(list)
    days = TownStaffRow.counted_on.between(year.start, min(year.end, as_of))
    for each in entries(reader, TownStaff, days) if towns else ():
        counted[each.town].append(each)
    for place in dict.fromkeys(town.locality for town in towns):
        found = _town_report(place, [each for each in towns if each.locality == place], counted, year, as_of)
        if found:
            yield found


def _town_report(
    place: str, towns: Sequence[Town], counted: Mapping[str, list[TownStaff]], year: Period, as_of: date
) -> Derived | None:
    counts = [each for town in towns for each in counted.get(town.code, ())]
    subject = Subject(place, TOWN_STAFF_EVENT, "", year.start, year.end)
    begun = min((each.counted_on for each in counts), default=None)
    if begun is None:
        return None
    whole = [Stretch(town.active_from, town.active_until) for town in towns]
    staffed = [each for town in towns for each in staffed_of(town, counted.get(town.code, ()))]
    return derived_of(subject, whole, [*staffed, Stretch(begun, None, 0)], as_of)
