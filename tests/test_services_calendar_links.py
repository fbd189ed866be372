"""Private links to calendars: made by whom they concern, shown once, used, revoked, written down."""

from datetime import date, timedelta

import pytest
from sqlalchemy import text

from core.auth import Actor
from core.errors import ForbiddenError, InputError, NotFoundError
from core.services.calendar_links import (
    Visit,
    list_calendar_links,
    make_calendar_link,
    open_calendar_link,
    revoke_calendar_link,
)
from core.store.engine import Store
from tests.city_examples import (
    ADMIN,
    CLERK,
    LEADER,
    LOCAL_CLERK,
    NOW,
    OFFICE,
    OTHER_CLERK,
    SCREEN,
    TODAY,
    UNITS,
    journal,
    take_in,
)

VISIT = Visit("10.0.0.7", TODAY, NOW)


def made(store: Store, actor: Actor = CLERK) -> str:
    return make_calendar_link(store, actor, "C1", "办公室手机", now=NOW)


def test_a_link_gives_the_units_calendar_until_it_is_revoked(city: Store) -> None:
    token = made(city)
    calendar = open_calendar_link(city, token, VISIT)
    assert calendar
    assert b"UID:C1.committee.meeting.2025Q2@anze-board" in calendar
    revoke_calendar_link(city, CLERK, list_calendar_links(city, CLERK, "C1")[0].link_id, now=NOW)
    assert open_calendar_link(city, token, VISIT) is None


@pytest.mark.parametrize("token", ["", "x", "'; drop table calendar_link; --", "\ud800", "日历"])
def test_a_guess_opens_nothing(town: Store, token: str) -> None:
    made(town)
    assert open_calendar_link(town, token, VISIT) is None


def test_the_calendar_of_a_unit_out_of_service_is_given_no_longer(town: Store) -> None:
    token = made(town)
    head, *lines = UNITS.splitlines()
    ended = [f"{line},2025-06-30" if line.startswith("C1,") else f"{line}," for line in lines]
    take_in(town, {"units": "\n".join([f"{head},active_until", *ended])})
    assert open_calendar_link(town, token, VISIT)
    assert open_calendar_link(town, token, Visit("", date(2025, 7, 1), NOW)) is None


def test_the_database_does_not_know_the_token(town: Store) -> None:
    token = made(town)
    assert len(token) >= 40
    with town.reading() as reader:
        kept = reader.session.execute(text("select * from calendar_link")).all()
        written = reader.session.execute(text("select * from change")).all()
    assert token not in f"{kept}{written}"


def test_making_using_and_revoking_stand_in_the_journal_with_nobodys_name_on_the_use(town: Store) -> None:
    token = made(town)
    for minutes in (0, 5, 90):
        open_calendar_link(town, token, Visit("10.0.0.7", TODAY, NOW + timedelta(minutes=minutes)))
    revoke_calendar_link(town, OFFICE, 1, now=NOW + timedelta(hours=2))
    assert [(each.person, each.action, each.subject) for each in journal(town)[-4:]] == [
        ("clerk", "calendar.link_made", "C1 办公室手机"),
        ("日历链接", "calendar.link_opened", "C1 办公室手机"),
        ("日历链接", "calendar.link_opened", "C1 办公室手机"),
        ("office", "calendar.link_revoked", "C1 办公室手机"),
    ]


@pytest.mark.parametrize(
    "actor", [OTHER_CLERK, LOCAL_CLERK, LEADER, SCREEN, ADMIN], ids=lambda actor: actor.username
)
def test_only_the_unit_itself_and_the_office_make_list_and_revoke_links(town: Store, actor: Actor) -> None:
    made(town)
    with pytest.raises(ForbiddenError):
        made(town, actor)
    with pytest.raises(ForbiddenError):
        list_calendar_links(town, actor, "C1")
    with pytest.raises(ForbiddenError):
        revoke_calendar_link(town, actor, 1, now=NOW)


@pytest.mark.parametrize("purpose", ["", "   ", "长" * 51])
def test_a_link_needs_a_purpose(town: Store, purpose: str) -> None:
    with pytest.raises(InputError):
        make_calendar_link(town, CLERK, "C1", purpose, now=NOW)


def test_a_unit_that_is_not_there_has_no_links(town: Store) -> None:
    with pytest.raises(NotFoundError):
        make_calendar_link(town, OFFICE, "X9", "手机", now=NOW)


def test_what_is_revoked_cannot_be_revoked_again(town: Store) -> None:
    made(town)
    revoke_calendar_link(town, OFFICE, 1, now=NOW)
    for number in (1, 2):
        with pytest.raises(NotFoundError):
            revoke_calendar_link(town, OFFICE, number, now=NOW)
