"""Cells for those who may see them: scopes, as-of dates, and what was known at a moment."""

from datetime import date, datetime, timedelta

import pytest

from core.auth import Actor
from core.errors import ForbiddenError, InputError, NotFoundError
from core.services.catalogues import catalogues_now, chosen, year_for
from core.services.judging import Question
from core.services.scoreboard import cells_for, news_now, shown_cells
from core.store.engine import Store
from tests.city_examples import (
    ADMIN,
    AUDITOR,
    CLERK,
    DEPARTMENT_CLERK,
    LEADER,
    LOCAL_CLERK,
    NOW,
    OFFICE,
    SCREEN,
    TODAY,
    cell_of,
    enter,
    local,
    meeting,
    take_in,
)

ASKED = Question(2025, TODAY)


def units_seen(store: Store, actor: Actor) -> list[str]:
    return list(dict.fromkeys(cell.unit.code for cell in cells_for(store, actor, ASKED)))


@pytest.mark.parametrize(
    ("actor", "units"),
    [
        (OFFICE, ["T", "C1", "C2", "L1", "L2", "D1"]),
        (LEADER, ["T", "C1", "C2", "L1", "L2", "D1"]),
        (CLERK, ["C1", "C2"]),
        (LOCAL_CLERK, ["L1", "L2"]),
        (DEPARTMENT_CLERK, ["D1"]),
    ],
    ids=lambda given: given.role.value if isinstance(given, Actor) else "",
)
def test_everybody_sees_the_units_of_their_role_in_the_units_own_order(
    town: Store, actor: Actor, units: list[str]
) -> None:
    assert units_seen(town, actor) == units


@pytest.mark.parametrize("actor", [SCREEN, ADMIN, AUDITOR], ids=lambda actor: actor.role.value)
def test_who_has_no_business_with_business_data_sees_no_cell(town: Store, actor: Actor) -> None:
    with pytest.raises(ForbiddenError, match="没有“查看业务数据”的权限"):
        cells_for(town, actor, ASKED)


def test_one_unit_can_be_asked_for_if_it_may_be_seen(town: Store) -> None:
    assert {cell.unit.code for cell in cells_for(town, CLERK, ASKED, "C2")} == {"C2"}
    for actor, unit in ((CLERK, "L1"), (DEPARTMENT_CLERK, "C1"), (OFFICE, "X9"), (OFFICE, "c1")):
        with pytest.raises(NotFoundError, match=f"单位“{unit}”不存在，或您无权查看"):
            cells_for(town, actor, ASKED, unit)


def test_a_committee_counts_its_lead_departments_covert_checks_though_its_clerk_cannot_see_them(
    town: Store,
) -> None:
    seen = [cell for cell in cells_for(town, CLERK, ASKED, "C1") if cell.obligation.event == "covert_check"]
    assert [cell.done for cell in seen if cell.period.code == "2025Q2"] == [1]


def test_a_year_without_a_catalogue_is_told_with_those_there_are(town: Store) -> None:
    with pytest.raises(InputError, match="没有 2031 年的事项目录，现有年度：2025"):
        cells_for(town, OFFICE, Question(2031, TODAY))
    with pytest.raises(InputError):
        chosen(catalogues_now(town), 1999)


@pytest.mark.parametrize(("day", "year"), [("2025-06-19", 2025), ("2026-01-01", 2025), ("2024-12-31", 2025)])
def test_the_year_asked_for_by_default_is_the_nearest_that_has_a_catalogue(
    lite_store: Store, day: str, year: int
) -> None:
    assert year_for(catalogues_now(lite_store), date.fromisoformat(day)) == year


def test_a_record_counts_from_its_day_on(city: Store) -> None:
    def fraction(day: str) -> str:
        as_of = date.fromisoformat(day)
        return cell_of(city, "C1", "committee.meeting", "2025Q1", as_of=as_of).fraction

    assert [fraction(day) for day in ("2025-03-11", "2025-03-12", "2026-06-01")] == ["0/1", "1/1", "1/1"]


def test_a_meeting_that_was_backfilled_is_missing_from_the_earlier_view_and_present_in_the_later(
    store: Store,
) -> None:
    take_in(store, now=local("2025-03-31 09:00"), today=TODAY)
    enter(store, meeting("2025-03-30", unit="C2"), actor=OFFICE, now=local("2025-04-20 09:00"))

    def cell(known_at: datetime | None, as_of: str = "2025-04-30") -> tuple[str, str]:
        found = cell_of(
            store, "C2", "committee.meeting", "2025Q1", as_of=date.fromisoformat(as_of), known_at=known_at
        )
        return found.fraction, found.status.value

    assert cell(local("2025-04-05 18:00")) == ("0/1", "missed")
    assert cell(local("2025-04-05 18:00"), "2025-03-31") == ("0/1", "due_soon")
    assert cell(local("2025-04-20 09:00")) == cell(None) == ("1/1", "met")
    assert cell(None, "2025-03-29") == ("0/1", "due_soon")


def test_known_now_equals_not_asking_when(demonstration: Store) -> None:
    for day in (date(2025, 4, 1), date(2026, 1, 20)):
        later = local("2026-03-01 00:00")
        known = cells_for(demonstration, OFFICE, Question(2025, day, later))
        assert known == cells_for(demonstration, OFFICE, Question(2025, day))


def test_before_the_first_change_nothing_was_known(city: Store) -> None:
    assert cells_for(city, OFFICE, Question(2025, TODAY, local("2024-01-01 00:00"))) == []


def test_all_cells_come_by_unit_then_obligation_then_period(town: Store) -> None:
    cells = cells_for(town, OFFICE, ASKED)
    order = {each.code: place for place, each in enumerate(catalogues_now(town)[2025].obligations)}
    keys = [(cell.unit.sort_no, order[cell.obligation.code], cell.period.start) for cell in cells]
    assert keys == sorted(keys)
    assert len({cell.key for cell in cells}) == len(cells)


def test_of_all_cells_a_board_shows_those_whose_period_holds_the_day(town: Store) -> None:
    shown = shown_cells(cells_for(town, OFFICE, ASKED), 2025, TODAY)
    assert {cell.period.code for cell in shown} == {"2025", "2025H1", "2025Q2"}
    settled = shown_cells(cells_for(town, OFFICE, Question(2025, date(2026, 5, 1))), 2025, date(2026, 5, 1))
    assert {cell.period.code for cell in settled} == {"2025", "2025H2", "2025Q4"}


def test_after_the_year_every_cell_that_asks_for_something_is_settled(demonstration: Store) -> None:
    cells = cells_for(demonstration, OFFICE, Question(2025, date(2026, 1, 1)))
    assert not {"pending", "due_soon"} & {cell.status.value for cell in cells}


def test_the_time_of_the_data_is_that_of_the_newest_change_of_business(city: Store) -> None:
    before = news_now(city)
    enter(city, meeting(), now=NOW + timedelta(hours=1))
    with city.unit_of_work("系统", NOW + timedelta(hours=2)) as work:
        work.change("account.added", "somebody")
        work.change("session.begun", "somebody")
        work.commit()
    now, then = news_now(city), news_now(city, NOW)
    assert before.at
    assert (now.newest, now.at) == (before.newest + 1, before.at + timedelta(hours=1))
    assert (then.newest, then.at) == (before.newest, before.at)
