"""Derived reports, counted by the database, against the same counted one enterprise and one day at a time."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.domain.catalogue import catalogues
from core.domain.enterprises import NINE, Done, Duty, Enterprise
from core.domain.obligations import Obligation, Rule
from core.store.deriving import derived_reports
from core.store.engine import Store, open_store
from core.store.journal import newest_news
from core.store.registers import add_duties, add_entries
from tests.city_examples import NOW
from tests.conftest import sqlite_url

NOTICE = catalogues()[2025]
COVERAGES = [each for each in NOTICE.obligations if each.rule == Rule.COVERAGE]
days = st.dates(date(2024, 11, 1), date(2026, 2, 28))
spans = st.tuples(st.none() | days, st.none() | days).filter(lambda s: not (s[0] and s[1]) or s[0] <= s[1])
enterprises = st.lists(
    st.tuples(st.sampled_from(["L1", "L2"]), st.sampled_from(["mining", "工贸"]), spans),
    min_size=1,
    max_size=4,
)
policies = st.tuples(days, st.integers(0, 400)).map(
    lambda each: Done(Duty.INSURANCE, each[0], each[0] + timedelta(days=each[1]))
)
duties = st.builds(Done, st.sampled_from(NINE), days) | policies
Drawn = tuple[str, str, tuple[date | None, date | None]]
_NUMBERS = count(1)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One database; what an example writes is never committed."""
    store = open_store(sqlite_url(tmp_path_factory.mktemp("deriving") / "anze.db"))
    yield store
    store.close()


def told_of(each: Obligation) -> tuple[str, str]:
    return each.event, each.measure


def naive(
    known: Sequence[Enterprise], done: Sequence[tuple[str, Done]], as_of: date
) -> dict[tuple[str, str, str, date], list[tuple[date, int, int]]]:
    """Value and total on each day that changed one of them, from the first day that anything was covered."""
    found = {}
    for place in {each.locality for each in known}:
        for obligation in COVERAGES:
            for period in obligation.periods(2025):
                line = []
                for day in (
                    period.start + timedelta(days=n) for n in range((period.end - period.start).days + 1)
                ):
                    if day > as_of:
                        break
                    asked = [e for e in known if e.locality == place and counts(e, obligation, day)]
                    value = sum(covered(e, obligation, period.start, day, done) for e in asked)
                    began = bool(line) or any(covered(e, obligation, period.start, day, done) for e in asked)
                    if began and (not line or line[-1][1:] != (value, len(asked))):
                        line.append((day, value, len(asked)))
                if line:
                    found[place, *told_of(obligation), period.start] = line
    return found


def days_of(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def counts(each: Enterprise, obligation: Obligation, day: date) -> bool:
    """Whether the enterprise is asked for it that day."""
    if obligation.event == "insurance_report" and not each.insurable:
        return False
    if obligation.due and each.active_from and each.active_from > obligation.due:
        return False
    return obligation.event != "town_staffing_report" and each.active_on(day)


def covered(
    each: Enterprise, obligation: Obligation, start: date, day: date, done: Sequence[tuple[str, Done]]
) -> bool:
    own = [one for code, one in done if code == each.code]
    if obligation.event == "insurance_report":
        return any(one.duty == Duty.INSURANCE and one.until and one.on <= day <= one.until for one in own)
    return any(one.duty.value == obligation.measure and start <= one.on <= day for one in own)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(enterprises, st.data(), st.dates(date(2024, 12, 1), date(2026, 1, 31)))
def test_the_database_counts_what_a_person_would(
    shared: Store,
    drawn: list[tuple[str, str, tuple[date | None, date | None]]],
    data: st.DataObject,
    as_of: date,
) -> None:
    known = [
        Enterprise(f"E{next(_NUMBERS)}", "某厂", place, industry, industry == "mining", None, *span)
        for place, industry, span in drawn
    ]
    codes = st.sampled_from([each.code for each in known])
    done = data.draw(st.lists(st.tuples(codes, duties), max_size=10, unique=True))
    with shared.unit_of_work("测试", NOW) as work:
        change = work.change("import")
        add_entries(work, ((change, each) for each in known))
        add_duties(work, ((change, code, each) for code, each in done))
        work.session.flush()
        derived = derived_reports(work, NOTICE, as_of)
    found = {
        (each.unit, each.event, each.measure, each.since): [
            (one.occurred_on, one.value, one.total) for one in each.reports
        ]
        for each in derived
    }
    assert found == naive(known, done, as_of)


def keep(store: Store, place: str, day: date, *, commit: bool = True) -> None:
    """Write one enterprise with one thing done; without a commit it comes to nothing."""
    code = f"E{next(_NUMBERS)}"
    with store.unit_of_work("测试", NOW) as work:
        change = work.change("import")
        add_entries(work, [(change, Enterprise(code, "某厂", place, "工贸", high_risk=False))])
        add_duties(work, [(change, code, Done(Duty.DUTY_LIST, day))])
        work.session.flush()
        assert any(each.unit == place for each in derived_reports(work, NOTICE, date(2025, 6, 19)))
        if commit:
            work.commit()


def places_told(store: Store, known: int | None = None) -> set[str]:
    with store.reading() as reader:
        reader.known = known
        return {each.unit for each in derived_reports(reader, NOTICE, date(2025, 6, 19))}


def test_what_is_told_follows_the_register_and_what_was_known_then_stays(lite_store: Store) -> None:
    keep(lite_store, "L1", date(2025, 2, 3))
    assert places_told(lite_store) == places_told(lite_store) == {"L1"}
    before = newest_change_of(lite_store)
    keep(lite_store, "L2", date(2025, 2, 4))
    assert places_told(lite_store) == {"L1", "L2"}
    assert places_told(lite_store, before) == {"L1"}


def test_what_was_only_tried_out_is_never_told(lite_store: Store) -> None:
    keep(lite_store, "L1", date(2025, 2, 3))
    keep(lite_store, "L2", date(2025, 2, 4), commit=False)
    assert places_told(lite_store) == {"L1"}
    keep(lite_store, "L3", date(2025, 2, 4))
    assert places_told(lite_store) == {"L1", "L3"}


def newest_change_of(store: Store) -> int:
    with store.reading() as reader:
        return newest_news(reader)[0]
