"""What holds of every cell whatever the records: laws of counting and of time, and a second opinion."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from core.domain.cells import FULFILLED, OPEN, Cell, Status
from core.domain.facts import Facts, FollowUp, Report, Tally, Visit, facts_from
from core.domain.obligations import Rule
from core.domain.records import Record
from core.domain.status import evaluate
from tests import reference_status
from tests.domain_strategies import Case, cases, records

REPORTED = {"staffing_report", "town_staffing_report", "insurance_report", "nine_ones_report"}
COUNTING = {Rule.QUOTA, Rule.DEADLINE, Rule.ZONE, Rule.FOLLOWUP, Rule.ROSTER, Rule.AFTER, Rule.TRACKED}
FEW = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
MANY = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _plain(cells: Iterable[Cell]) -> list[tuple[object, ...]]:
    return [
        (*cell.key, cell.required, cell.done, str(cell.status), cell.days_left, cell.completed_on)
        for cell in cells
    ]


def _second_opinion(case: Case) -> list[tuple[object, ...]]:
    world = reference_status.World(
        year=case.catalogue.year,
        obligations=case.catalogue.obligations,
        units=case.roll.units,
        as_of=case.as_of,
        records=case.records,
        leaders=case.roll.leaders,
        zones=case.roll.zones,
        exempt=frozenset((each.unit, each.obligation, each.period) for each in case.roll.exemptions),
    )
    return [tuple(row) for row in reference_status.judge_all(world)]


@MANY
@given(cases(notice=False))
def test_a_naive_reading_of_the_rules_judges_any_made_up_notice_alike(case: Case) -> None:
    assert _plain(case.cells()) == _second_opinion(case)


@MANY
@given(cases(notice=True))
def test_a_naive_reading_of_the_rules_judges_the_notice_alike(case: Case) -> None:
    assert _plain(case.cells()) == _second_opinion(case)


@FEW
@given(cases(), st.data())
def test_another_record_never_lowers_a_count(case: Case, data: st.DataObject) -> None:
    more = data.draw(records(case.catalogue))
    added = [replace(each, record_id=each.record_id + 1000) for each in more]
    after = replace(case, records=[*case.records, *added]).cells()
    for before, now in zip(case.cells(), after, strict=True):
        if before.obligation.rule in COUNTING:
            assert now.done >= before.done
        if before.obligation.rule in COUNTING - {Rule.FOLLOWUP} and before.status in FULFILLED:
            assert now.status in FULFILLED


@FEW
@given(cases(), st.integers(0, 400))
def test_a_closed_period_never_reopens_as_time_passes(case: Case, days: int) -> None:
    later = replace(case, as_of=case.as_of + timedelta(days=days)).cells()
    for before, now in zip(case.cells(), later, strict=True):
        last = before.obligation.due or before.period.end
        # The last inspections of a year may be reported in January: docs/adr/0003-status-cases.md.
        if case.as_of > last and before.obligation.rule != Rule.FOLLOWUP:
            assert now.status not in OPEN | {Status.NOT_STARTED}
        if case.as_of > before.period.end and before.obligation.rule not in {Rule.FOLLOWUP, Rule.ZONE}:
            assert now == before


@FEW
@given(cases(), st.integers(0, 400))
def test_a_period_that_has_begun_never_turns_back_to_not_begun(case: Case, days: int) -> None:
    later = replace(case, as_of=case.as_of + timedelta(days=days)).cells()
    for before, now in zip(case.cells(), later, strict=True):
        if before.status != Status.NOT_STARTED:
            assert now.status != Status.NOT_STARTED


@FEW
@given(cases(), st.randoms())
def test_the_order_in_which_records_are_handed_over_does_not_matter(case: Case, chance: Random) -> None:
    shuffled = list(case.records)
    chance.shuffle(shuffled)
    assert replace(case, records=shuffled).cells() == case.cells()


@FEW
@given(cases(), st.randoms())
def test_the_order_of_import_does_not_matter_but_for_two_reports_on_one_day(
    case: Case, chance: Random
) -> None:
    seen: dict[tuple[str, str, str, date], Record] = {}
    for each in case.records:
        seen.setdefault((each.unit, each.event, each.measure, each.occurred_on), each)
    kept = [
        each for each in case.records if each in seen.values() or each.event not in REPORTED | {"r1", "r2"}
    ]
    chance.shuffle(kept)
    renumbered = [replace(each, record_id=number) for number, each in enumerate(kept)]
    in_order = sorted(kept, key=lambda each: each.record_id)
    assert replace(case, records=renumbered).cells() == replace(case, records=in_order).cells()


@FEW
@given(cases())
def test_records_of_the_future_and_of_other_years_do_not_exist(case: Case) -> None:
    kept = [each for each in case.records if each.occurred_on <= case.as_of]
    kept = [each for each in kept if each.occurred_on.year == case.catalogue.year]
    facts = facts_from(case.records, case.catalogue, case.as_of)
    assert replace(case, records=kept).cells() == evaluate(case.catalogue, case.roll, facts, case.as_of)


@FEW
@given(cases(), st.dates())
def test_every_day_of_the_calendar_can_be_looked_from(case: Case, as_of: date) -> None:
    cells = replace(case, as_of=as_of).cells()
    assert len(cells) == len(case.cells())


@MANY
@given(cases())
def test_a_cells_columns_agree_with_its_status(case: Case) -> None:
    for cell in case.cells():
        assert (cell.days_left is not None) == (cell.status in OPEN)
        assert cell.days_left is None or cell.days_left >= 0
        assert cell.done >= 0
        assert (cell.completed_on is not None) == (cell.status in FULFILLED) or cell.status == Status.EXEMPT
        assert cell.completed_on is None or cell.completed_on <= case.as_of
        if cell.status == Status.NOT_STARTED:
            assert cell.done == 0
        if cell.required is None:
            assert cell.obligation.rule in (Rule.TRACKED, Rule.ROSTER, Rule.COVERAGE)


@FEW
@given(cases())
def test_what_is_completed_was_completed_within_its_period(case: Case) -> None:
    for cell in case.cells():
        free = cell.obligation.rule in (Rule.ZONE, Rule.FOLLOWUP)
        assert cell.completed_on is None or free or cell.completed_on in cell.period


@FEW
@given(cases())
def test_a_status_belongs_to_the_rules_that_can_give_it(case: Case) -> None:
    for cell in case.cells():
        rule, one_off = cell.obligation.rule, cell.obligation.due is not None
        if cell.status == Status.MET_LATE:
            assert one_off
        if cell.status == Status.SHORT:
            assert rule in (Rule.THRESHOLD, Rule.COVERAGE)
        if cell.status == Status.UNREPORTED:
            assert rule in (Rule.THRESHOLD, Rule.COVERAGE, Rule.ROSTER)
        if cell.status == Status.TRACKED:
            assert rule == Rule.TRACKED
        if cell.status == Status.EXEMPT:
            assert cell.key in {(e.unit, e.obligation, e.period) for e in case.roll.exemptions}


@FEW
@given(cases())
def test_records_counted_beforehand_are_judged_like_records_one_by_one(case: Case) -> None:
    kept = [each for each in case.records if each.occurred_on.year == case.catalogue.year]
    kept = [each for each in kept if each.occurred_on <= case.as_of]
    tallies = Counter((r.unit, r.event, r.occurred_on, r.led_by_first_director) for r in kept)
    told = Counter((r.unit, r.event, r.occurred_on, r.reported_on) for r in kept)
    facts = Facts(
        [Tally(*key, count) for key, count in tallies.items()],
        [
            Report(r.unit, r.event, r.measure, r.occurred_on, r.record_id, r.value or 0, r.total or 0)
            for r in reversed(kept)
        ],
        {Visit(r.unit, r.event, r.leader, r.occurred_on) for r in kept},
        [FollowUp(*key, count) for key, count in told.items()],
    )
    assert evaluate(case.catalogue, case.roll, facts, case.as_of) == case.cells()


@FEW
@given(cases())
def test_units_are_judged_independently_of_the_others_on_the_roll(case: Case) -> None:
    assume(case.records)
    alone = [
        cell
        for unit in case.roll.units
        for cell in replace(case, roll=replace(case.roll, units=[unit])).cells()
    ]
    assert alone == case.cells()
