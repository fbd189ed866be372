"""Cells kept from one change to the next: whatever is done, they are what judging everything anew finds."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from core.auth import Scope
from core.domain.cells import Cell
from core.domain.records import Record
from core.domain.status import Exemption
from core.services import judging
from core.services.judging import Judgement, Question, judged
from core.services.scoreboard import cells_within
from core.store.engine import Store
from core.store.exemptions import add_exemption
from core.store.records import add_records, all_records, end_record, replace_record
from core.store.rolls import add_things, end_things, units
from core.store.schema import Base, ChangeRow, RecordRow, Versioned
from tests.city_examples import NOW, local, meeting
from tests.test_store_tallies import MANY

EVERYTHING = Scope(everything=True)
TODAY = date(2025, 6, 19)
UNITS = ("C1", "C2", "L1", "L2", "D1")
EVENTS = ("committee_meeting", "director_inspection", "covert_check", "leader_inspection", "four_assistance")
DAYS = st.integers(0, 180).map(lambda n: date(2025, 1, 1) + timedelta(days=n))
QUESTIONS = [
    Question(2025, TODAY),
    Question(2025, TODAY - timedelta(days=7)),
    Question(2025, date(2025, 4, 1)),
]
ENTERED = st.builds(
    Record, st.sampled_from(UNITS), st.sampled_from(EVENTS), DAYS, st.just("某事"), leader=st.just("赵一鸣")
)
MOVED = st.tuples(st.integers(0, 29), DAYS, st.sampled_from(UNITS))
VOIDED = st.integers(0, 29)
EXEMPTED = st.builds(
    Exemption,
    st.sampled_from(UNITS),
    st.just("committee.meeting"),
    st.sampled_from(["2025Q1", "2025Q2"]),
    st.just("某缘故"),
)
RENAMED = st.tuples(st.sampled_from(UNITS), st.booleans())
DEEDS = st.lists(ENTERED | MOVED | VOIDED | EXEMPTED | RENAMED | st.none(), min_size=1, max_size=4)


def kept(store: Store, question: Question) -> list[Cell]:
    with store.reading() as reader:
        return cells_within(reader, EVERYTHING, question)


def anew(store: Store, question: Question) -> list[Cell]:
    """Nothing is kept of what a unit of work sees."""
    with store.unit_of_work("某人", NOW) as work:
        return cells_within(work, EVERYTHING, question)


def judgement(store: Store) -> Judgement:
    with store.reading() as reader:
        return judged(reader, QUESTIONS[0])


def do(store: Store, deed: object) -> None:
    with store.unit_of_work("某人", NOW) as work:
        records = dict(enumerate(all_records(work)))
        match deed:
            case Record():
                add_records(
                    work, [(work.change("record.entered"), replace(deed, entered_on=deed.occurred_on))]
                )
            case (int(place), date() as day, str(unit)) if place in records:
                moved = replace(records[place], occurred_on=day, unit=unit)
                replace_record(work, work.change("record.corrected"), moved)
            case int(place) if place in records:
                end_record(work, work.change("record.voided"), records[place].record_id)
            case Exemption():
                add_exemption(work, work.change("exemption.granted"), deed)
            case (str(code), bool(heavy)):
                old = next(each for each in units(work) if each.code == code)
                change = work.change("unit.changed")
                end_things(work, change, [old])
                add_things(work, change, [replace(old, heavy_duty=heavy)])
            case _:
                work.change("session.began")
        work.commit()


@MANY
@given(deeds=DEEDS, asked=st.lists(st.sampled_from(QUESTIONS), min_size=1, max_size=3))
def test_whatever_is_done_the_kept_cells_are_those_that_judging_everything_anew_finds(
    town: Store, deeds: list[object], asked: list[Question]
) -> None:
    for deed in deeds:
        do(town, deed)
        for question in asked:
            assert kept(town, question) == anew(town, question)


def test_both_databases_judge_anew_only_whose_records_changed_and_whom_they_lead(city: Store) -> None:
    before = judgement(city)
    do(city, Record("D1", "covert_check", TODAY, "暗查", entered_on=TODAY))
    after = judgement(city)
    changed = {code for code in before.cells if after.cells[code] is not before.cells[code]}
    assert changed == {"D1", "C1"}
    assert kept(city, QUESTIONS[0]) == anew(city, QUESTIONS[0])


def test_what_is_no_news_leaves_every_cell_as_it_is(town: Store) -> None:
    before = judgement(town)
    do(town, None)
    after = judgement(town)
    assert after.newest == before.newest + 1
    assert all(after.cells[code] is before.cells[code] for code in before.cells)


def test_what_is_more_than_a_record_has_everything_judged_anew(town: Store) -> None:
    before = judgement(town)
    do(town, ("C2", False))
    after = judgement(town)
    assert all(after.cells[code] is not before.cells[code] for code in before.cells)


def test_after_very_many_changes_everything_is_judged_anew(
    town: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judging, "_FAR", 0)
    before = judgement(town)
    do(town, None)
    assert judgement(town).cells["L1"] is not before.cells["L1"]


def test_who_began_to_read_before_a_change_sees_the_cells_of_before(store: Store) -> None:
    with store.unit_of_work("某人", NOW) as work:
        work.change("found")
        work.commit()
    with store.reading() as early:
        judged(early, QUESTIONS[0])
        with store.unit_of_work("某人", NOW) as work:
            work.change("session.began")
            work.commit()
        late = judgement(store).newest
        assert judged(early, QUESTIONS[0]).newest == late - 1
    assert judgement(store).newest == late


def test_a_view_of_the_past_and_what_is_tried_out_leave_no_trace(town: Store) -> None:
    before = kept(town, QUESTIONS[0])
    with town.reading(local("2025-01-01 09:00")) as reader:
        assert cells_within(reader, EVERYTHING, QUESTIONS[0]) == []
    with town.unit_of_work("某人", NOW) as work:
        add_records(work, [(work.change("record.entered"), meeting(title="试一试"))])
        assert cells_within(work, EVERYTHING, QUESTIONS[0]) != before
    assert kept(town, QUESTIONS[0]) == before


def test_of_many_questions_those_not_asked_for_longest_are_forgotten(
    town: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judging, "QUESTIONS", 1)
    before = judgement(town)
    kept(town, QUESTIONS[1])
    assert judgement(town).cells["L1"] is not before.cells["L1"]


def test_a_change_that_is_called_one_of_records_changes_nothing_else(demonstration: Store) -> None:
    rows = [mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, Versioned)]
    assert len(rows) > 10
    with demonstration.reading() as reader:
        for row in set(rows) - {RecordRow}:
            by_a_record = ChangeRow.id.in_([row.begun_by, row.ended_by]) & ChangeRow.action.startswith(
                "record."
            )
            assert reader.session.scalars(select(ChangeRow.action).where(by_a_record)).all() == [], row
