"""Covert checks with their hazards and photographs, the four mores, and the key periods."""

from dataclasses import replace
from datetime import date

import pytest

from core.domain.attachments import Sent
from core.domain.covert_checks import COVERT_CHECK, Mores, Party, party_of
from core.domain.hazards import Level
from core.domain.key_periods import KeyPeriod, key_periods_of, seeded
from core.domain.measures import Rung
from core.domain.periods import Cadence, Period
from core.domain.records import Record
from core.errors import ForbiddenError, InputError
from core.services.checking_covertly import CheckBook, CheckEntry, check_book, enter_check, newest_pictures
from core.services.judging import Question
from core.services.key_periods import keep_period, key_period_board, key_periods, set_lead_days, take_out
from core.services.scoreboard import cells_for
from core.services.supervising import issue_measure
from core.store.engine import Store
from tests.city_examples import (
    CLERK,
    DEPARTMENT_CLERK,
    LEADER,
    LOCAL_CLERK,
    NOW,
    OFFICE,
    TODAY,
    enter,
    local,
    take_in,
)
from tests.hazard_examples import BOTH_SIDES, hazard, picture, register
from tests.test_services_supervising import draft

DAY = date(2025, 5, 6)
Q2 = Period(Cadence.QUARTER, 2025, 2)
QUESTION = Question(2025, TODAY)


@pytest.fixture(autouse=True)
def _city(store: Store) -> None:
    take_in(store, now=local("2025-01-02 09:00"))


def book(store: Store) -> CheckBook:
    return check_book(store, OFFICE, QUESTION)


@pytest.mark.parametrize(
    ("note", "party"),
    [
        ("", Party()),
        ("参加：执法4人、媒体1家、专家2人。发督促函3份、发通报1期。", Party(4, 1, 2, 3, 1)),
        ("邀请专家2人参加。", Party(experts=2)),
        ("媒体随行拍摄隐患场景。", Party(media=1)),
        ("邀请专家参加，出动执法人员 12 人", Party(enforcement=12, experts=1)),
        ("已发督促函2份。", Party(letters=2)),
        ("查封1处", Party()),
    ],
)
def test_who_took_part_is_read_from_the_note(note: str, party: Party) -> None:
    assert party_of(note) == party


@pytest.mark.parametrize("party", [Party(4, 1, 2, 3, 1), Party(letters=2), Party(media=3), Party()])
def test_what_the_form_writes_is_read_back(party: Party) -> None:
    assert party_of(f"{party.words}\n其他情况") == party


def test_a_check_has_the_hazards_that_its_unit_found_that_day(store: Store) -> None:
    found = register(store, replace(hazard(), found_on=DAY), actor=DEPARTMENT_CLERK)
    register(store, replace(hazard(), found_on=DAY, source="inspection", place="别处"))
    checks = {check.record.unit: check for check in book(store).checks}
    assert [case.hazard.code for case in checks["D1"].cases] == [found.hazard.code]


def test_the_four_mores_are_counted_by_unit_and_quarter(store: Store) -> None:
    register(store, replace(hazard(), found_on=DAY), photographs=BOTH_SIDES)
    issue_measure(store, OFFICE, draft(rung=Rung.LETTER), today=TODAY, now=NOW)
    mores = book(store).mores
    assert mores["D1", Q2] == Mores(checks=1, pictures=2, hazards=1)
    assert mores["T", Q2] == Mores(letters=1)


def entry(note: str = "", photographs: tuple[Sent, ...] = (), operation: str = "check-1") -> CheckEntry:
    record = Record("D1", COVERT_CHECK, date(2025, 6, 17), "暗查涉爆粉尘企业", note=note)
    return CheckEntry(record, photographs, operation)


def test_a_check_is_entered_with_its_photographs_and_shown_in_the_gallery(store: Store) -> None:
    enter_check(store, DEPARTMENT_CLERK, entry(Party(3).words, (picture(),)), today=TODAY, now=NOW)
    check = book(store).checks[0]
    assert check.party == Party(3)
    assert [each.file_name for _, each in newest_pictures(store, book(store).checks)] == ["现场.png"]


def test_a_photograph_that_is_none_keeps_the_check_out(store: Store) -> None:
    with pytest.raises(InputError):
        enter_check(store, DEPARTMENT_CLERK, entry(photographs=(Sent("a.jpg", b"MZ"),)), today=TODAY, now=NOW)
    assert len(book(store).checks) == 1


def test_a_unit_enters_its_own_checks_only(store: Store) -> None:
    with pytest.raises(ForbiddenError):
        enter_check(store, CLERK, entry(), today=TODAY, now=NOW)


def test_who_sees_no_hazard_of_others_sees_their_checks_without_it(store: Store) -> None:
    register(store, replace(hazard(Level.MAJOR), found_on=DAY, industry=""), actor=DEPARTMENT_CLERK)
    assert check_book(store, LEADER, QUESTION).checks[0].cases
    assert check_book(store, CLERK, QUESTION).checks == ()


def test_every_holiday_is_a_key_period_and_the_office_adds_its_own(store: Store) -> None:
    names = [each.name for each in key_periods(store, 2025)]
    assert {"春节", "清明节", "劳动节", "端午节", "国庆节、中秋节", "安全生产月", "汛期"} <= set(names)
    festival = KeyPeriod("", "国际登山节", date(2025, 9, 6), date(2025, 9, 9))
    kept = keep_period(store, OFFICE, festival, now=NOW)
    assert "国际登山节" in [each.name for each in key_periods(store, 2025)]
    take_out(store, OFFICE, [kept, seeded()[0]], now=NOW)
    assert [each.name for each in key_periods(store, 2025)] == names[1:]


@pytest.mark.parametrize(
    "period",
    [
        KeyPeriod("", " ", DAY, DAY),
        KeyPeriod("", "长" * 101, DAY, DAY),
        KeyPeriod("", "倒置", DAY, date(2025, 5, 1)),
        KeyPeriod("", "过长", date(2025, 1, 1), date(2025, 12, 31)),
    ],
)
def test_a_period_that_is_none_is_refused(store: Store, period: KeyPeriod) -> None:
    with pytest.raises(InputError):
        keep_period(store, OFFICE, period, now=NOW)


def test_key_periods_are_the_offices(store: Store) -> None:
    for forbidden in (
        lambda: keep_period(store, LOCAL_CLERK, KeyPeriod("", "两会", DAY, DAY), now=NOW),
        lambda: set_lead_days(store, LEADER, 3, now=NOW),
    ):
        with pytest.raises(ForbiddenError):
            forbidden()


def test_a_check_in_the_days_before_counts_and_one_by_somebody_else_does_not(store: Store) -> None:
    # 劳动节 1 to 5 May; 端午节 31 May to 2 June.
    def inspection(day: int, *, led: bool) -> None:
        on = date(2025, 4, day)
        enter(store, Record("C1", "director_inspection", on, f"检查{day}", led_by_first_director=led))

    inspection(24, led=True)
    inspection(23, led=True)
    inspection(28, led=False)
    board = key_period_board(store, OFFICE, QUESTION)
    labour = next(each for each in board.periods if each.name == "劳动节")
    assert board.counts["C1", labour.code] == 1
    set_lead_days(store, OFFICE, 8, now=NOW)
    assert key_period_board(store, OFFICE, QUESTION).counts["C1", labour.code] == 2


def test_key_periods_never_touch_a_cell(store: Store) -> None:
    before = cells_for(store, OFFICE, QUESTION)
    keep_period(store, OFFICE, KeyPeriod("", "两会", date(2025, 3, 4), date(2025, 3, 11)), now=NOW)
    assert cells_for(store, OFFICE, QUESTION) == before


def test_the_years_periods_are_in_order() -> None:
    for year in (2025, 2026):
        periods = key_periods_of(year, [])
        assert [each.starts for each in periods] == sorted(each.starts for each in periods)
        assert len({each.code for each in periods}) == len(periods)


def test_the_gallery_shows_the_newest_checks_first_and_each_with_its_hazards(store: Store) -> None:
    enter_check(store, DEPARTMENT_CLERK, entry(photographs=(picture(),)), today=TODAY, now=NOW)
    register(store, replace(hazard(), found_on=DAY), photographs=BOTH_SIDES, actor=DEPARTMENT_CLERK)
    shown = newest_pictures(store, book(store).checks)
    days = [check.record.occurred_on for check, _ in shown]
    assert days == sorted(days, reverse=True)
    owned = [len([1 for each, _ in shown if each == check]) for check in book(store).checks]
    assert sum(owned) == len(shown) == 3
