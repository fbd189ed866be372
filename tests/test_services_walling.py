"""The picture on the wall: who may see it, whose names it holds, when it is painted again."""

from datetime import date

import pytest

from core.auth import Actor
from core.errors import ForbiddenError
from core.services.walling import newest_business_id, newest_id, wall_picture
from core.store.engine import Store
from core.store.rolls import leaders
from core.ui.wall.frame import changed_parts, wall_parts
from core.ui.wall.painting import Days, parts_of
from tests.city_examples import (
    ADMIN,
    AUDITOR,
    CLERK,
    LEADER,
    LOCAL_CLERK,
    NOW,
    OFFICE,
    SCREEN,
    TODAY,
    enter,
    local,
    meeting,
    take_in,
)

DAY = date(2025, 6, 19)


@pytest.mark.parametrize("actor", [SCREEN, OFFICE, LEADER], ids=lambda actor: actor.username)
def test_the_wall_is_for_screens_the_office_and_leaders(lite_store: Store, actor: Actor) -> None:
    take_in(lite_store)
    assert wall_picture(lite_store, actor, DAY).committees.rows


@pytest.mark.parametrize("actor", [CLERK, LOCAL_CLERK, ADMIN, AUDITOR], ids=lambda actor: actor.username)
def test_the_wall_is_for_nobody_else(lite_store: Store, actor: Actor) -> None:
    with pytest.raises(ForbiddenError):
        wall_picture(lite_store, actor, DAY)


def test_the_picture_is_the_same_on_both_databases(store: Store) -> None:
    take_in(store)
    picture = wall_picture(store, SCREEN, DAY)
    assert (picture.days_left, picture.period.code, picture.office) == (11, "2025Q2", "泰安市安委会办公室")
    assert [row.name for row in picture.committees.rows] == ["危险化学品", "消防"]
    assert [(zone.code, zone.done) for zone in picture.standardisation.zones] == [("Z1", 5), ("Z2", 1)]


def test_the_wall_names_no_person_and_no_title(demonstration: Store) -> None:
    shown = "".join(wall_parts(wall_picture(demonstration, SCREEN, DAY), DAY).values())
    with demonstration.reading() as reader:
        people = {leader.name for leader in leaders(reader)}
    assert people
    assert [name for name in people if name in shown] == []


def test_an_entry_shows_its_unit_and_event_and_nothing_of_what_was_typed(lite_store: Store) -> None:
    take_in(lite_store)
    enter(lite_store, meeting("2025-06-18", "赵一鸣主持召开会议"))
    picture = wall_picture(lite_store, SCREEN, DAY)
    shown = "".join(wall_parts(picture, DAY).values())
    assert (picture.entered[0].unit, picture.entered[0].event) == ("危险化学品", "专委会工作会议")
    assert "赵一鸣" not in shown
    assert picture.data_time == NOW.replace(tzinfo=None)


def test_an_empty_city_has_a_wall_that_says_so(lite_store: Store) -> None:
    parts = wall_parts(wall_picture(lite_store, SCREEN, DAY), DAY)
    assert "还没有登记专委会。" in parts["scene-1"]
    assert "尚无" in parts["header"]


@pytest.mark.parametrize("on", [date(2025, 1, 1), date(2025, 6, 30), date(2025, 12, 31), date(2026, 3, 1)])
def test_the_wall_can_be_drawn_on_every_day(lite_store: Store, on: date) -> None:
    take_in(lite_store)
    parts = wall_parts(wall_picture(lite_store, SCREEN, on), on)
    assert ("已结束" in parts["header"]) == (on.year > 2025)


def test_nothing_is_painted_while_nothing_changed_and_only_what_changed_is_sent(lite_store: Store) -> None:
    take_in(lite_store)
    days = Days(TODAY, TODAY)
    first = parts_of(lite_store, days)
    assert parts_of(lite_store, days) is first
    enter(lite_store, meeting("2025-06-18"), now=local("2025-06-19 10:05"))
    second = parts_of(lite_store, days)
    assert {"header", "scene-1"} <= set(changed_parts(first, second))
    assert "footer" not in changed_parts(first, second)


def test_a_quarter_that_ends_at_midnight_gives_way_to_the_next(lite_store: Store) -> None:
    take_in(lite_store)
    last, first = date(2025, 6, 30), date(2025, 7, 1)
    before, after = parts_of(lite_store, Days(last, last)), parts_of(lite_store, Days(first, first))
    assert "第二季度<b>今天</b>结束" in before["header"]
    assert "第三季度还剩 <b>91</b> 天" in after["header"]
    assert "2025年第三季度" in after["scene-1"]


def test_signing_in_is_no_news_for_a_wall(lite_store: Store) -> None:
    take_in(lite_store)
    before = newest_id(lite_store), newest_business_id(lite_store)
    with lite_store.unit_of_work("clerk", NOW) as work:
        work.change("session.began", "clerk")
        work.commit()
    assert newest_id(lite_store) > before[0]
    assert newest_business_id(lite_store) == before[1]
