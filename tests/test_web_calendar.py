"""The calendar's route: what a program that signs in nowhere gets, and when it gets nothing."""

import pytest
from icalendar import Calendar
from starlette.applications import Starlette

from core.services.calendar_links import list_calendar_links, make_calendar_link, revoke_calendar_link
from core.store.engine import Store
from core.web.calendar import calendar_routes
from tests.asgi import ask
from tests.city_examples import CLERK, NOW, OFFICE, TODAY, journal, take_in


@pytest.fixture
def app(town: Store) -> Starlette:
    return Starlette(routes=calendar_routes(lambda: town, lambda: TODAY))


def test_a_link_gives_a_calendar_that_is_kept_nowhere(app: Starlette, town: Store) -> None:
    token = make_calendar_link(town, CLERK, "C1", "手机", now=NOW)
    answer = ask(app, "GET", f"/calendar/{token}.ics")
    assert answer.status == 200
    assert answer.header("content-type") == "text/calendar; charset=utf-8"
    assert answer.header("cache-control") == "private, no-store"
    assert len(Calendar.from_ical(answer.body).events) > 5
    assert ask(app, "HEAD", f"/calendar/{token}.ics").status == 200


@pytest.mark.parametrize("path", ["/calendar/guess.ics", "/calendar/.ics", "/calendar/a/b.ics"])
def test_a_guess_gets_nothing(app: Starlette, path: str) -> None:
    assert ask(app, "GET", path).status == 404


def test_a_revoked_link_gets_a_sentence_and_no_calendar(app: Starlette, town: Store) -> None:
    token = make_calendar_link(town, OFFICE, "C1", "手机", now=NOW)
    revoke_calendar_link(town, OFFICE, list_calendar_links(town, OFFICE, "C1")[0].link_id, now=NOW)
    answer = ask(app, "GET", f"/calendar/{token}.ics")
    assert (answer.status, answer.body.decode()) == (404, "此日历链接不存在或已停用。")


def test_the_link_of_a_unit_taken_out_of_service_gets_nothing(app: Starlette, town: Store) -> None:
    token = make_calendar_link(town, OFFICE, "C2", "手机", now=NOW)
    ended = (
        "code,kind,name,parent,county,heavy_duty,lead_unit,order,active_until\n"
        "C2,committee,消防专委会,T,0,1,,3,2025-06-18\n"
    )
    take_in(town, {"units": ended})
    assert ask(app, "GET", f"/calendar/{token}.ics").status == 404


def test_a_use_is_written_down_with_its_address_and_without_its_token(app: Starlette, town: Store) -> None:
    token = make_calendar_link(town, CLERK, "C1", "手机", now=NOW)
    ask(app, "GET", f"/calendar/{token}.ics")
    used = journal(town)[-1]
    assert (used.action, used.person) == ("calendar.link_opened", "日历链接")
    assert "10.0.0.7" in used.detail
    assert token not in f"{used}"


def test_nothing_can_be_written_there(app: Starlette) -> None:
    assert ask(app, "POST", "/calendar/guess.ics").status == 405
