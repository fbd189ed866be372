"""Counts kept with the records: whatever is written, they are what counting all of it anew comes to."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select, text

from core.domain.facts import facts_from
from core.domain.month_tallies import BRIEF, Counted, tally_of
from core.domain.status import evaluate
from core.store.counting import read_facts, recounted_facts
from core.store.engine import Store, open_store
from core.store.records import add_records, all_records, end_record, replace_record
from core.store.tallies import broken_tallies
from core.store.tally_rows import TallyRow
from core.store.unit_of_work import UnitOfWork
from tests.city_examples import NOW, local, meeting, take_in
from tests.domain_examples import NOTICE
from tests.domain_strategies import DAYS, Case, cases

MANY = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
A_DAY = st.tuples(st.integers(0, 29), DAYS | st.none(), st.sampled_from(["c1", "l1"]))


def live_on(work: UnitOfWork, case: Case, deeds: list[tuple[int, date | None, str]]) -> None:
    """Enter a case's records; then correct some to another day and unit, and void some (no day)."""
    change = work.change("record.entered")
    numbers = add_records(
        work, [(change, replace(each, entered_on=each.occurred_on)) for each in case.records]
    )
    for place, day, unit in deeds:
        records = {each.record_id: each for each in all_records(work)}
        number = numbers[place % len(numbers)] if numbers else 0
        if number in records and day:
            moved = replace(records[number], occurred_on=day, unit=unit, reported_on=day + timedelta(days=9))
            replace_record(work, work.change("record.corrected"), moved)
        elif number in records:
            end_record(work, work.change("record.voided"), number)


@MANY
@given(case=cases(), deeds=st.lists(A_DAY, max_size=5))
def test_after_any_entries_corrections_and_voidings_every_cell_is_what_a_recount_finds(
    lite_store: Store, case: Case, deeds: list[tuple[int, date | None, str]]
) -> None:
    with lite_store.unit_of_work("某人", NOW) as work:
        live_on(work, case, deeds)
        kept = read_facts(work, case.catalogue, case.as_of)
        anew = recounted_facts(work, case.catalogue, case.as_of)
        naive = facts_from(all_records(work), case.catalogue, case.as_of)
        damaged = list(broken_tallies(work))
    cells = [evaluate(case.catalogue, case.roll, facts, case.as_of) for facts in (kept, anew, naive)]
    assert cells[0] == cells[1] == cells[2]
    assert damaged == []


@pytest.mark.parametrize("day", ["2025-02-10", "2025-04-10", "2025-06-19", "2026-01-05"])
def test_both_databases_keep_the_same_counts_and_answer_for_some_units_only(store: Store, day: str) -> None:
    take_in(store)
    as_of = date.fromisoformat(day)
    with store.reading() as reader:
        whole = read_facts(reader, NOTICE, as_of)
        own = read_facts(reader, NOTICE, as_of, ["C1"])
        naive = facts_from(all_records(reader), NOTICE, as_of)
        assert list(broken_tallies(reader)) == []
    for event in ("committee_meeting", "director_inspection"):
        assert whole.tallies("C1", event) == own.tallies("C1", event) == naive.tallies("C1", event)
    assert own.tallies("D1", "covert_check") == ()
    assert whole.tallies("D1", "covert_check") == naive.tallies("D1", "covert_check")


def test_what_was_known_at_a_moment_is_counted_from_the_versions_of_then(store: Store) -> None:
    for moment in ("2025-04-20 09:00", "2025-05-20 09:00"):
        with store.unit_of_work("某人", local(moment)) as work:
            add_records(work, [(work.change("record.entered"), meeting(title=moment))])
            work.commit()
    for moment, count in (("2025-05-01 09:00", 1), ("2025-05-21 09:00", 2)):
        with store.reading(local(moment)) as reader:
            (tally,) = read_facts(reader, NOTICE, date(2025, 6, 19)).tallies("C1", "committee_meeting")
        assert tally.count == count


def test_counts_that_are_given_up_go_with_the_records(store: Store) -> None:
    with store.unit_of_work("某人", NOW) as work:
        add_records(work, [(work.change("record.entered"), meeting())])
    with store.reading() as reader:
        assert reader.session.scalars(select(TallyRow)).all() == []


UNDONE = (
    "drop index ix_account_external_id",
    "alter table account drop column external_id",
    "alter table account_session drop column by_sign_on",
    "alter table claim_ticket drop column by_sign_on",
)
"""What came after the program that this test plays."""


def test_an_old_database_is_counted_when_it_is_opened(database_url: str) -> None:
    store = open_store(database_url)
    take_in(store)
    with store.unit_of_work("旧版", NOW) as work:  # as the program before this table left it
        work.session.execute(text("delete from month_tally"))
        for later in UNDONE:
            work.session.execute(text(later))
        work.session.execute(text("update alembic_version set version_num = '0016'"))
        work.session.commit()
    store.close()
    store = open_store(database_url)
    with store.reading() as reader:
        assert reader.session.scalars(select(TallyRow)).first() is not None
        assert list(broken_tallies(reader)) == []
    store.close()


def test_a_month_of_very_many_records_is_read_as_a_handful_of_counts(lite_store: Store) -> None:
    day = date(2025, 3, 1)
    many = [Counted(day + timedelta(days=n % 31), False, "", None, "", n, 0, 0) for n in range(10_000)]
    tally = tally_of(many)
    with lite_store.unit_of_work("某人", NOW) as work:
        row = {"unit": "C1", "event": "committee_meeting", "month": day, "led": "[]", "visits": "{}"}
        row |= {"plain": tally.plain, "reports": tally.reports, "reported": "[]"}
        row |= {"plain_brief": tally.plain_brief, "led_brief": "[]", "reports_brief": "{}"}
        work.session.execute(delete(TallyRow))
        work.session.execute(insert(TallyRow), [row])
        counts = read_facts(work, NOTICE, date(2025, 3, 31)).tallies("C1", "committee_meeting")
    assert sum(each.count for each in counts) == 10_000
    assert len(counts) <= BRIEF + 1
