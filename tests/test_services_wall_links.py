"""Links to the wall: made once, shown once, used, revoked, written down."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from core.auth import Actor
from core.errors import ForbiddenError, InputError, NotFoundError
from core.services.wall_links import link_holds, list_links, make_link, open_link, revoke_link
from core.store.engine import Store
from tests.city_examples import ADMIN, CLERK, LEADER, NOW, OFFICE, SCREEN, journal


def test_a_link_opens_the_wall_until_it_is_revoked(store: Store) -> None:
    token = make_link(store, OFFICE, "一楼大厅", now=NOW)
    assert link_holds(store, token)
    assert open_link(store, token, address="10.0.0.7", now=NOW)
    revoke_link(store, OFFICE, list_links(store, OFFICE)[0].link_id, now=NOW)
    assert not link_holds(store, token)
    assert not open_link(store, token, address="10.0.0.7", now=NOW)


@pytest.mark.parametrize("token", ["", "x", "'; drop table wall_link; --", "\ud800", "大屏"])
def test_a_guess_opens_nothing(lite_store: Store, token: str) -> None:
    make_link(lite_store, OFFICE, "一楼大厅", now=NOW)
    assert not open_link(lite_store, token, address="", now=NOW)


def test_the_database_does_not_know_the_token(lite_store: Store) -> None:
    token = make_link(lite_store, OFFICE, "一楼大厅", now=NOW)
    assert len(token) >= 40
    with lite_store.reading() as reader:
        kept = reader.session.execute(text("select * from wall_link")).all()
        written = reader.session.execute(text("select * from change")).all()
    assert token not in f"{kept}{written}"


def test_making_using_and_revoking_stand_in_the_journal_with_nobodys_name_on_the_use(
    lite_store: Store,
) -> None:
    token = make_link(lite_store, OFFICE, "一楼大厅", now=NOW)
    for minutes in (0, 5, 90):
        open_link(lite_store, token, address="10.0.0.7", now=NOW + timedelta(minutes=minutes))
    revoke_link(lite_store, OFFICE, 1, now=NOW + timedelta(hours=2))
    assert [(each.person, each.action, each.subject) for each in journal(lite_store)] == [
        ("office", "wall.link_made", "一楼大厅"),
        ("大屏链接", "wall.link_opened", "一楼大厅"),
        ("大屏链接", "wall.link_opened", "一楼大厅"),
        ("office", "wall.link_revoked", "一楼大厅"),
    ]


@pytest.mark.parametrize("actor", [CLERK, LEADER, SCREEN, ADMIN], ids=lambda actor: actor.username)
def test_only_the_office_makes_lists_and_revokes_links(lite_store: Store, actor: Actor) -> None:
    make_link(lite_store, OFFICE, "一楼大厅", now=NOW)
    with pytest.raises(ForbiddenError):
        make_link(lite_store, actor, "二楼", now=NOW)
    with pytest.raises(ForbiddenError):
        list_links(lite_store, actor)
    with pytest.raises(ForbiddenError):
        revoke_link(lite_store, actor, 1, now=NOW)


@pytest.mark.parametrize("place", ["", "   ", "长" * 51])
def test_a_link_needs_a_place(lite_store: Store, place: str) -> None:
    with pytest.raises(InputError):
        make_link(lite_store, OFFICE, place, now=NOW)


def test_what_is_revoked_cannot_be_revoked_again(lite_store: Store) -> None:
    make_link(lite_store, OFFICE, "一楼大厅", now=NOW)
    revoke_link(lite_store, OFFICE, 1, now=NOW)
    for number in (1, 2):
        with pytest.raises(NotFoundError):
            revoke_link(lite_store, OFFICE, number, now=NOW)
