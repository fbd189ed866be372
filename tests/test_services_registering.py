"""Enterprises, what they did and what visits found: kept once, refused with a sentence, compared."""

from dataclasses import replace
from datetime import date
from itertools import count

import pytest

from core.auth import Actor
from core.domain.enterprises import Done, Duty, Enterprise, EnterpriseSearch, Gap, SpotCheck, Visit
from core.errors import ConflictError, DuplicateError, ForbiddenError, InputError, NotFoundError
from core.services.enterprise_stories import enterprise_story, spot_checks
from core.services.enterprises import find_enterprises, register_board
from core.services.judging import Question
from core.services.recording import FaultyRecordError
from core.services.registering import (
    LikelySameError,
    WantedEnterprise,
    keep_enterprise,
    mark_duties,
    record_spot_check,
    remove_duties,
)
from core.services.verifying import verify
from core.store.engine import Store
from tests.city_examples import ADMIN, CLERK, LEADER, LOCAL_CLERK, NOW, OFFICE, TODAY, cell_of, journal, local
from tests.register_examples import take_in_register

QUESTION = Question(2025, TODAY)
_OPERATIONS = count(1)


@pytest.fixture
def registered(city: Store) -> Store:
    take_in_register(city)
    return city


def keep(store: Store, each: Enterprise, actor: Actor = LOCAL_CLERK, *, sure: bool = False) -> Enterprise:
    wanted = WantedEnterprise(each, f"keep-{next(_OPERATIONS)}")
    return keep_enterprise(store, actor, wanted, now=NOW, sure=sure)


def mark(store: Store, code: str, *done: Done, actor: Actor = LOCAL_CLERK) -> int:
    return mark_duties(store, actor, code, done, f"mark-{next(_OPERATIONS)}", today=TODAY, now=NOW)


def new(name: str = "瑞丰纺织有限公司", locality: str = "L1") -> Enterprise:
    return Enterprise("", name, locality, "工贸")


def codes(store: Store, actor: Actor = OFFICE, **search: object) -> list[str]:
    lines, _ = find_enterprises(store, actor, QUESTION, EnterpriseSearch(**search), 50)  # type: ignore[arg-type]
    return [line.enterprise.code for line in lines]


def test_a_new_enterprise_gets_the_next_code_of_its_locality_and_counts_at_once(registered: Store) -> None:
    first, second = keep(registered, new()), keep(registered, new("大河面粉厂"))
    assert (first.code, second.code) == ("L1-0001", "L1-0002")
    assert cell_of(registered, "L1", "enterprise.log", "2025").fraction == "2/5"


def test_an_enterprise_sent_twice_is_kept_once(registered: Store) -> None:
    wanted = WantedEnterprise(new(), "once")
    kept = [keep_enterprise(registered, LOCAL_CLERK, wanted, now=NOW) for _ in range(2)]
    again = keep_enterprise(registered, LOCAL_CLERK, replace(wanted, operation="other"), now=NOW)
    assert kept == [again, again]


def test_nearly_the_same_name_is_asked_about_and_kept_when_the_person_is_sure(registered: Store) -> None:
    with pytest.raises(LikelySameError, match="宏远机械制造有限公司"):
        keep(registered, new("肥城宏远机械制造厂"))
    with pytest.raises(LikelySameError):
        keep(registered, new("宏远机械制造有限责任公司"))
    assert keep(registered, new("宏远机械制造有限责任公司"), sure=True).code == "L1-0001"


def test_a_correction_needs_a_reason_and_the_version_that_was_read(registered: Store) -> None:
    story = enterprise_story(registered, LOCAL_CLERK, QUESTION, "E1")
    fresh = replace(story.enterprise, staff=88)
    with pytest.raises(InputError, match="请填写原因"):
        keep_enterprise(registered, LOCAL_CLERK, WantedEnterprise(fresh, "a", story.version), now=NOW)
    wanted = WantedEnterprise(fresh, "b", story.version, "核实人数")
    keep_enterprise(registered, LOCAL_CLERK, wanted, now=NOW)
    with pytest.raises(ConflictError, match="已被他人更正"):
        keep_enterprise(registered, OFFICE, replace(wanted, operation="c"), now=NOW)
    assert enterprise_story(registered, OFFICE, QUESTION, "E1").enterprise.staff == 88


def test_a_locality_writes_and_reads_its_own_register_only(registered: Store) -> None:
    keep(registered, new(locality="L2"), OFFICE)
    with pytest.raises(ForbiddenError):
        keep(registered, new("另一家面粉厂", "L2"))
    with pytest.raises(NotFoundError):
        mark(registered, "L2-0001", Done(Duty.LOG, TODAY))
    assert codes(registered, LOCAL_CLERK) == ["E1", "E2", "E3"]
    assert codes(registered, LEADER) == ["E1", "E2", "E3", "L2-0001"]
    assert codes(registered, CLERK) == []
    assert register_board(registered, LOCAL_CLERK, QUESTION).localities == ("L1",)


def test_what_was_done_counts_and_what_was_noted_by_mistake_is_taken_out_again(registered: Store) -> None:
    assert mark(registered, "E3", Done(Duty.WARNING, date(2025, 6, 3))) == 1
    assert mark(registered, "E3", Done(Duty.WARNING, date(2025, 6, 3))) == 0
    assert cell_of(registered, "L1", "enterprise.warning", "2025Q2").fraction == "3/3"
    done = [Done(Duty.WARNING, date(2025, 6, 3))]
    with pytest.raises(InputError, match="请填写原因"):
        remove_duties(registered, LOCAL_CLERK, "E3", done, " ", now=NOW)
    later = local("2025-06-19 15:00")
    assert remove_duties(registered, LOCAL_CLERK, "E3", done, "误登", now=later) == 1
    assert cell_of(registered, "L1", "enterprise.warning", "2025Q2").fraction == "2/3"
    known = cell_of(registered, "L1", "enterprise.warning", "2025Q2", known_at=local("2025-06-19 14:00"))
    assert known.fraction == "3/3"
    assert [each.action for each in journal(registered)][-2:] == [
        "enterprise.duties",
        "enterprise.duties_removed",
    ]


@pytest.mark.parametrize(
    ("done", "said"),
    [
        (Done(Duty.LOG, date(2025, 6, 20)), "晚于今天"),
        (Done(Duty.INSURANCE, TODAY), "投保起止日期"),
        (Done(Duty.INSURANCE, TODAY, date(2025, 6, 1)), "早于起期"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(registered: Store, done: Done, said: str) -> None:
    before = len(journal(registered))
    with pytest.raises(FaultyRecordError, match=said):
        mark(registered, "E3", done)
    assert len(journal(registered)) == before


def check(code: str = "E1", **more: object) -> SpotCheck:
    found = {"found_true": (Duty.LOG, Duty.REWARD), "found_false": (Duty.WARNING, Duty.MERIT)} | more
    return SpotCheck(code, date(2025, 6, 10), Visit.COVERT, "暗访组", **found)  # type: ignore[arg-type]


def record(store: Store, each: SpotCheck, actor: Actor = LOCAL_CLERK) -> SpotCheck:
    operation = f"check-{next(_OPERATIONS)}"
    return record_spot_check(store, actor, each, operation, today=TODAY, now=NOW)


def test_a_visit_is_compared_with_the_register_of_its_day(registered: Store) -> None:
    record(registered, check())
    newest = spot_checks(registered, OFFICE, QUESTION)[1]
    assert [(each.duty, each.gap) for each in newest.differences] == [
        (Duty.WARNING, Gap.NOT_FOUND),
        (Duty.REWARD, Gap.NOT_REPORTED),
    ]
    mark(registered, "E1", Done(Duty.REWARD, date(2025, 6, 12)))
    assert len(spot_checks(registered, OFFICE, QUESTION)[1].differences) == 2
    mark(registered, "E1", Done(Duty.REWARD, date(2025, 6, 9)))
    assert len(spot_checks(registered, OFFICE, QUESTION)[1].differences) == 1
    story = enterprise_story(registered, OFFICE, QUESTION, "E1")
    assert [each.gap for each in story.differences] == [Gap.NOT_FOUND, Gap.NOT_FOUND]


def test_the_visit_of_another_period_is_judged_by_its_own_period(registered: Store) -> None:
    first = replace(check(found_true=(), found_false=(Duty.WARNING,)), checked_on=date(2025, 4, 2))
    record(registered, first)
    told = next(each for each in spot_checks(registered, OFFICE, QUESTION) if each.check == first)
    assert told.differences == ()  # the first quarter's is over, the second's came on 10 May


def test_a_visit_without_a_finding_or_with_two_is_refused_and_the_same_visit_is_kept_once(
    registered: Store,
) -> None:
    with pytest.raises(FaultyRecordError, match="请至少选择"):
        record(registered, check(found_true=(), found_false=()))
    with pytest.raises(FaultyRecordError, match="不能既属实又不属实"):
        record(registered, check(found_true=(Duty.LOG,), found_false=(Duty.LOG,)))
    record(registered, check())
    with pytest.raises(DuplicateError, match="已经登记"):
        record(registered, check())


def test_the_list_is_narrowed_by_words_industry_risk_and_what_is_lacking(registered: Store) -> None:
    quarter = (date(2025, 4, 1), date(2025, 6, 30))
    assert codes(registered, words="机械") == ["E1"]
    assert codes(registered, words="矿山") == ["E3"]
    assert codes(registered, industry="工贸") == ["E1", "E2"]
    assert codes(registered, high_risk=True) == ["E3"]
    assert codes(registered, lacking=(Duty.WARNING, quarter)) == ["E3"]
    assert codes(registered, lacking=(Duty.INSURANCE, quarter)) == []
    assert codes(registered, codes=frozenset({"E2"})) == ["E2"]


def test_the_register_is_summed_up_by_industry_and_set_beside_what_was_reported(registered: Store) -> None:
    board = register_board(registered, OFFICE, QUESTION)
    assert (board.enterprises, board.high_risk) == (3, 1)
    rows = {row.name: [f"{share.done}/{share.total}" for share in row.shares] for row in board.by_industry}
    assert rows["矿山"][:2] == ["1/1", "1/1"]
    assert rows["工贸"][:2] == ["2/2", "1/2"]
    [beside] = board.beside
    assert (beside.reported.value, beside.reported.total) == (30, 45)
    assert (beside.register.value, beside.register.total) == (2, 3)


def test_enterprises_of_high_risk_inspect_every_month(registered: Store) -> None:
    def inspected() -> str:
        share = register_board(registered, OFFICE, QUESTION).six[0].shares[1]
        return f"{share.done}/{share.total}"

    assert inspected() == "0/3"
    mark(registered, "E1", Done(Duty.INSPECTION, date(2025, 4, 2)))
    mark(registered, "E3", Done(Duty.INSPECTION, date(2025, 5, 30)))
    assert inspected() == "1/3"
    mark(registered, "E3", Done(Duty.INSPECTION, date(2025, 6, 2)))
    assert inspected() == "2/3"


def test_everything_that_was_written_is_whole(registered: Store) -> None:
    keep(registered, new())
    mark(registered, "E3", Done(Duty.WARNING, date(2025, 6, 3)))
    record(registered, check())
    assert verify(registered, ADMIN) == []
