"""Measures: proposed by the ladder, issued by the office alone, kept as they were, never renumbered."""

from dataclasses import replace
from datetime import date, datetime
from itertools import count

import pytest

from core.auth import Actor
from core.domain.measures import (
    DEFAULT_LADDER,
    Follow,
    Item,
    ItemKind,
    Measure,
    Rung,
    State,
    Step,
    Tread,
    ladder_from,
    read_ladder,
    write_ladder,
)
from core.domain.proposals import propose
from core.errors import ConflictError, ForbiddenError, InputError, NotFoundError
from core.services.judging import Question
from core.services.proposing import ladder_of, measures_for, proposals_for, set_ladder
from core.services.supervising import Answer, Draft, answer_measure, issue_measure
from core.services.verifying import verify
from core.store.engine import Store
from tests.city_examples import (
    ADMIN,
    CLERK,
    LEADER,
    LOCAL_CLERK,
    NOW,
    OFFICE,
    OTHER_CLERK,
    TODAY,
    enter,
    journal,
    local,
    meeting,
    take_in,
)
from tests.hazard_examples import assigned, register

QUESTION = Question(2025, TODAY)
MISSED = (ItemKind.CELL, "committee.meeting/2025Q1")
_OPERATIONS = count(1)


@pytest.fixture(autouse=True)
def _city(store: Store) -> None:
    take_in(store, now=local("2025-01-02 09:00"))


def draft(unit: str = "C2", rung: Rung = Rung.REMIND, **more: object) -> Draft:
    begun = Draft(unit, rung, "请尽快落实。", (MISSED,), date(2025, 6, 29), f"measure-{next(_OPERATIONS)}")
    return replace(begun, **more)  # type: ignore[arg-type]


def issue(
    store: Store, wanted: Draft | None = None, *, actor: Actor = OFFICE, now: datetime = NOW
) -> Measure:
    return issue_measure(store, actor, wanted or draft(), today=now.date(), now=now)


def answer(
    store: Store, measure: Measure, follow: Follow, *, actor: Actor, note: str = "已落实", on: date = TODAY
) -> Measure:
    said = Answer(measure.measure_id, measure.seen, follow, on, note, f"answer-{next(_OPERATIONS)}")
    return answer_measure(store, actor, said, today=TODAY, now=NOW)


def known(store: Store, actor: Actor = OFFICE) -> list[Measure]:
    return measures_for(store, actor, QUESTION)


def test_a_measure_keeps_its_list_as_it_was_that_day(store: Store) -> None:
    issued = issue(store)
    enter(store, meeting("2025-03-20", "补开第一季度会议", "C2"), actor=OTHER_CLERK)
    kept = known(store)[0]
    assert kept.items == issued.items
    assert "未完成 0/1" in kept.items[0].standing
    assert kept.items[0].fell_due == date(2025, 3, 31)


def test_a_unit_replies_and_the_office_settles(store: Store) -> None:
    measure = issue(store)
    replied = answer(store, measure, Follow.REPLIED, actor=OTHER_CLERK)
    assert replied.state == State.REPLIED
    settled = answer(store, known(store)[0], Follow.SETTLED, actor=OFFICE)
    assert settled.state == State.SETTLED
    with pytest.raises(InputError, match="已办结，不能再办理"):
        answer(store, known(store)[0], Follow.REPLIED, actor=OTHER_CLERK)
    actions = [each.action for each in journal(store) if each.action.startswith("measure.")]
    assert actions == ["measure.issued", "measure.replied", "measure.settled"]
    assert verify(store, ADMIN) == []


def test_numbers_are_in_order_and_begin_anew_with_the_year(store: Store) -> None:
    labels = [issue(store).label, issue(store).label]
    assert labels == ["安委办督〔2025〕1号", "安委办督〔2025〕2号"]
    later = issue(store, draft(reply_by=date(2026, 2, 1)), now=local("2026-01-12 09:00"))
    assert later.label == "安委办督〔2026〕1号"


def test_raising_marks_the_measure_before(store: Store) -> None:
    measure = issue(store)
    raised = issue(store, draft(rung=Rung.LETTER, raised_from=measure.measure_id, seen=measure.seen))
    states = {each.label: each.state for each in known(store)}
    assert states == {measure.label: State.RAISED, raised.label: State.WAITING}


def test_who_raises_what_was_answered_meanwhile_is_told_so(store: Store) -> None:
    measure = issue(store)
    answer(store, measure, Follow.REPLIED, actor=OTHER_CLERK)
    with pytest.raises(ConflictError, match="办理了“回复”"):
        issue(store, draft(rung=Rung.LETTER, raised_from=measure.measure_id, seen=measure.seen))
    assert len(known(store)) == 1


def test_one_press_sent_twice_is_one_measure(store: Store) -> None:
    wanted = draft()
    assert issue(store, wanted).label == issue(store, wanted).label
    assert len(known(store)) == 1


@pytest.mark.parametrize("actor", [CLERK, LOCAL_CLERK, LEADER])
def test_only_the_office_issues_proposes_and_sets_the_ladder(store: Store, actor: Actor) -> None:
    for forbidden in (
        lambda: issue(store, actor=actor),
        lambda: proposals_for(store, actor, QUESTION),
        lambda: set_ladder(store, actor, DEFAULT_LADDER, now=NOW),
    ):
        with pytest.raises(ForbiddenError):
            forbidden()


def test_a_unit_sees_and_answers_its_own_measures_only(store: Store) -> None:
    measure = issue(store)
    assert known(store, CLERK) == []
    assert len(known(store, OTHER_CLERK)) == len(known(store, LEADER)) == 1
    with pytest.raises(NotFoundError):
        answer(store, measure, Follow.REPLIED, actor=CLERK)
    with pytest.raises(ForbiddenError):
        answer(store, measure, Follow.SETTLED, actor=OTHER_CLERK)
    with pytest.raises(ForbiddenError):
        answer(store, measure, Follow.REPLIED, actor=LEADER)


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"items": ()}, InputError),
        ({"content": "  "}, InputError),
        ({"content": "长" * 5001}, InputError),
        ({"reply_by": date(2025, 6, 18)}, InputError),
        ({"unit": "X"}, InputError),
        ({"items": ((ItemKind.CELL, "committee.meeting/2031Q1"),)}, InputError),
        ({"items": ((ItemKind.CELL, "committee.meeting/2025Q9"),)}, NotFoundError),
        ({"items": ((ItemKind.CELL, "x"),)}, NotFoundError),
        ({"items": ((ItemKind.HAZARD, "YH1"),)}, NotFoundError),
    ],
)
def test_a_faulty_measure_takes_no_number(
    store: Store, wrong: dict[str, object], error: type[Exception]
) -> None:
    before = len(journal(store))
    with pytest.raises(error):
        issue(store, draft(**wrong))
    assert len(journal(store)) == before
    assert issue(store).number == 1


@pytest.mark.parametrize(("note", "on"), [("", TODAY), ("x" * 5001, TODAY), ("好", date(2025, 6, 20))])
def test_a_faulty_reply_changes_nothing(store: Store, note: str, on: date) -> None:
    measure = issue(store)
    with pytest.raises(InputError):
        answer(store, measure, Follow.REPLIED, actor=OTHER_CLERK, note=note, on=on)
    assert known(store)[0].state == State.WAITING


def test_missed_cells_and_overdue_hazards_are_proposed_with_their_reasons(store: Store) -> None:
    code = register(store, then=assigned(due=5)).hazard.code
    proposals = proposals_for(store, OFFICE, QUESTION)
    by_unit = {each.unit: each for each in proposals}
    assert {each.rung for each in proposals} == {Rung.REMIND}
    references = [reason.item.reference for reason in by_unit["L1"].reasons]
    assert code in references
    reason = next(each for each in by_unit["L1"].reasons if each.item.reference == code)
    assert reason.said == "逾期 14 天，尚未督办"
    assert "committee.meeting/2025Q1" in [each.item.reference for each in by_unit["C2"].reasons]


def item(fell_due: date = date(2025, 4, 1)) -> Item:
    return Item(ItemKind.CELL, "committee.meeting/2025Q1", "会议", "未完成 0/1", fell_due)


def reminded(on: date, **more: object) -> Measure:
    measure = Measure("C2", Rung.REMIND, on, "请落实", (item(),), number=1, measure_id=1)
    return replace(measure, **more)  # type: ignore[arg-type]


def rungs(measures: list[Measure], day: date, ladder: tuple[Tread, ...] = DEFAULT_LADDER) -> list[Rung]:
    return [each.rung for each in propose({"C2": [item()]}, measures, ladder, day)]


@pytest.mark.parametrize(
    ("measures", "day", "expected"),
    [
        ([], date(2025, 4, 1), []),
        ([], date(2025, 4, 2), [Rung.REMIND]),
        ([reminded(date(2025, 4, 10))], date(2025, 4, 19), []),
        ([reminded(date(2025, 4, 10))], date(2025, 4, 20), [Rung.LETTER]),
        ([reminded(date(2025, 4, 10), reply_by=date(2025, 4, 25))], date(2025, 4, 25), []),
        ([reminded(date(2025, 4, 10), reply_by=date(2025, 4, 25))], date(2025, 4, 26), [Rung.LETTER]),
        ([reminded(date(2025, 4, 10), rung=Rung.TALK)], date(2025, 6, 1), [Rung.BULLETIN]),
        ([reminded(date(2025, 4, 10), rung=Rung.EXPOSE)], date(2025, 12, 1), []),
        (
            [reminded(date(2025, 4, 10), steps=(Step(Follow.SETTLED, date(2025, 4, 12), "office", "已补"),))],
            date(2025, 12, 1),
            [],
        ),
    ],
)
def test_the_ladder_is_climbed_a_rung_at_a_time(
    measures: list[Measure], day: date, expected: list[Rung]
) -> None:
    assert rungs(measures, day) == expected


def test_a_rung_that_is_not_used_is_left_out() -> None:
    ladder = (Tread(Rung.REMIND, 1), Tread(Rung.BULLETIN, 5))
    assert rungs([reminded(date(2025, 4, 10))], date(2025, 4, 15), ladder) == [Rung.BULLETIN]


def test_the_ladder_is_the_offices(store: Store) -> None:
    ladder = ladder_from([(Rung.REMIND, "3"), (Rung.LETTER, ""), (Rung.TALK, "20")])
    set_ladder(store, OFFICE, ladder, now=NOW)
    assert ladder_of(store) == (Tread(Rung.REMIND, 3), Tread(Rung.TALK, 20))
    assert read_ladder(write_ladder(DEFAULT_LADDER)) == DEFAULT_LADDER == read_ladder("")


@pytest.mark.parametrize("typed", [[(Rung.REMIND, "-1")], [(Rung.REMIND, "x")], [(Rung.TALK, "400")], []])
def test_a_ladder_that_is_none_is_refused(typed: list[tuple[Rung, str]]) -> None:
    with pytest.raises(InputError):
        ladder_from(typed)


def test_a_past_day_shows_the_measures_of_that_day(store: Store) -> None:
    issue(store, now=local("2025-06-03 09:00"), wanted=draft(reply_by=date(2025, 6, 10)))
    answer(store, known(store)[0], Follow.REPLIED, actor=OTHER_CLERK, on=date(2025, 6, 12))
    then = measures_for(store, OFFICE, Question(2025, date(2025, 6, 11)))
    assert (then[0].state, then[0].late(date(2025, 6, 11))) == (State.WAITING, True)
    assert measures_for(store, OFFICE, Question(2025, date(2025, 6, 2))) == []
    unknown = Question(2025, date(2025, 6, 15), local("2025-06-15 09:00"))
    assert measures_for(store, OFFICE, unknown)[0].state == State.WAITING
