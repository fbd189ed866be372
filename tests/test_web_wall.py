"""The wall's routes: who is let in, what is sent and when, and what happens when the database is silent."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime

import pytest
from starlette.applications import Starlette

from core.auth import Role
from core.services.signing_in import COOKIE, key_of, sign_out
from core.services.wall_links import list_links, make_link, revoke_link
from core.store.engine import Store
from core.store.journal import set_mark
from core.web import notice_board
from core.web import wall as wall_module
from core.web.newsroom import Newsroom
from core.web.wall import Face, wall_routes
from tests.account_examples import add_clerk, furnish, signed_in
from tests.asgi import ask, run_apart
from tests.city_examples import NOW, OFFICE

FACE = Face("let x = 1", "b1", lambda token: f"<p>{token}</p>")


@pytest.fixture
def store(lite_store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    store = furnish(lite_store, monkeypatch)
    add_clerk(store)
    add_clerk(store, "wall", Role.SCREEN, "")
    with store.unit_of_work("测试", NOW) as work:
        set_mark(work, "demonstration", "1")  # where passwords grow never too old
        work.commit()
    return store


@pytest.fixture
def app(store: Store) -> Starlette:
    return Starlette(routes=wall_routes(lambda: store, Newsroom(lambda: 1, dict), FACE))


def cookie(store: Store, username: str) -> Mapping[str, str]:
    return {"Cookie": f"{COOKIE}={signed_in(store, datetime.now(UTC), username)}"}


@pytest.mark.parametrize("path", ["/live/wall", "/live/newest"])
def test_a_stranger_hears_nothing(app: Starlette, path: str) -> None:
    assert ask(app, "GET", path).status == 401


def test_a_clerk_is_not_let_to_the_wall_but_learns_of_changes(app: Starlette, store: Store) -> None:
    clerk = cookie(store, "clerk")
    assert ask(app, "GET", "/live/wall", clerk).status == 401
    assert ask(app, "GET", "/live/newest", clerk).status == 200


def test_a_screen_learns_nothing_beside_the_wall(app: Starlette, store: Store) -> None:
    assert ask(app, "GET", "/live/newest", cookie(store, "wall")).status == 401


def test_the_newest_change_moves_with_business_data_only(app: Starlette, store: Store) -> None:
    clerk = cookie(store, "clerk")
    before = ask(app, "GET", "/live/newest", clerk).body
    signed_in(store, datetime.now(UTC))
    assert ask(app, "GET", "/live/newest", clerk).body == before
    with store.unit_of_work("clerk", NOW) as work:
        work.change("record.entered")
        work.commit()
    time.sleep(notice_board.EVERY_SECONDS)
    assert ask(app, "GET", "/live/newest", clerk).body != before


def test_who_is_still_here_is_told_so_and_nobody_else(app: Starlette, store: Store) -> None:
    clerk = cookie(store, "clerk")
    token = clerk["Cookie"].partition("=")[2]
    mine = f"key={key_of(token)}"
    assert ask(app, "GET", "/live/here", clerk, query=mine).status == 204
    assert ask(app, "GET", "/live/here", query=mine).status == 401
    assert ask(app, "GET", "/live/here", clerk).status == 401
    another = cookie(store, "clerk")  # of another session in the same browser
    assert ask(app, "GET", "/live/here", another, query=mine).status == 401
    sign_out(store, token, now=datetime.now(UTC))
    time.sleep(notice_board.EVERY_SECONDS)
    assert ask(app, "GET", "/live/here", clerk, query=mine).status == 401
    assert ask(app, "GET", "/live/newest", clerk).status == 401


def test_a_link_gives_its_page_and_a_wrong_one_nothing(app: Starlette, store: Store) -> None:
    token = make_link(store, OFFICE, "一楼大厅", now=NOW)
    page = ask(app, "GET", f"/wall/{token}")
    assert (page.status, page.body, page.header("cache-control")) == (
        200,
        f"<p>{token}</p>".encode(),
        "no-store",
    )
    for path in ("/wall/guess", "/wall/guess/events"):
        assert ask(app, "GET", path).status == 404
    revoke_link(store, OFFICE, list_links(store, OFFICE)[0].link_id, now=NOW)
    assert ask(app, "GET", f"/wall/{token}").status == 404
    assert ask(app, "GET", f"/wall/{token}/events").status == 404


def test_the_script_is_served(app: Starlette) -> None:
    answer = ask(app, "GET", "/live/wall.js")
    assert answer.header("content-type").startswith("text/javascript")
    assert answer.body == FACE.script.encode()


# The stream itself -----------------------------------------------------------------------------------------


class Source:
    """A database and a painter under the test's control."""

    def __init__(self) -> None:
        self.newest, self.asked, self.painted, self.silent = 1, 0, 0, False

    def pulse(self) -> int:
        self.asked += 1
        if self.silent:
            raise OSError("gone")
        return self.newest

    def paint(self) -> Mapping[str, str]:
        self.painted += 1
        return {"header": f"<b>{self.newest}</b>", "footer": "<i>same</i>"}


def run(story: Callable[[Source, Newsroom], Awaitable[None]], monkeypatch: pytest.MonkeyPatch) -> Source:
    monkeypatch.setattr("core.web.newsroom.EVERY_SECONDS", 0.01)
    source = Source()
    run_apart(_told(story, source))
    return source


async def _told(story: Callable[[Source, Newsroom], Awaitable[None]], source: Source) -> None:
    await story(source, Newsroom(source.pulse, source.paint))


def read(event: str) -> tuple[str, object]:
    name, data = event.strip().split("\n")
    return name.removeprefix("event: "), json.loads(data.removeprefix("data: "))


def test_whoever_comes_gets_the_whole_picture_and_then_only_what_changed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def story(source: Source, newsroom: Newsroom) -> None:
        events = wall_module._events(newsroom, "b1", lambda: True)
        assert read(await anext(events))[0] == "beat"
        assert read(await anext(events)) == ("paint", {"header": "<b>1</b>", "footer": "<i>same</i>"})
        source.newest = 2
        assert read(await anext(events)) == ("paint", {"header": "<b>2</b>"})
        await events.aclose()

    assert run(story, monkeypatch).painted == 2


def test_while_nothing_changes_it_is_asked_and_nothing_is_painted(monkeypatch: pytest.MonkeyPatch) -> None:
    async def story(_source: Source, newsroom: Newsroom) -> None:
        async with newsroom.listening(), newsroom.listening():
            await asyncio.sleep(0.3)

    source = run(story, monkeypatch)
    assert source.asked > 3
    assert source.painted == 1


def test_many_who_come_at_once_are_told_by_one_who_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    async def listen(newsroom: Newsroom) -> None:
        async with newsroom.listening():
            assert newsroom.parts
            await asyncio.sleep(0.3)

    async def story(_source: Source, newsroom: Newsroom) -> None:
        await asyncio.gather(*(listen(newsroom) for _ in range(20)))

    source = run(story, monkeypatch)
    assert 3 < source.asked < 40
    assert source.painted == 1


def test_nobody_is_asked_when_nobody_listens(monkeypatch: pytest.MonkeyPatch) -> None:
    async def story(source: Source, newsroom: Newsroom) -> None:
        async with newsroom.listening():
            pass
        await asyncio.sleep(0.05)
        asked = source.asked
        await asyncio.sleep(0.1)
        assert source.asked == asked
        async with newsroom.listening():
            assert newsroom.silent_for() < 1

    run(story, monkeypatch)


def test_a_silent_database_gives_no_beat_and_a_recovered_one_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wall_module, "CHECK_SECONDS", 0.05)
    monkeypatch.setattr(wall_module, "_FRESH_SECONDS", 0.04)

    async def story(source: Source, newsroom: Newsroom) -> None:
        events = wall_module._events(newsroom, "b1", lambda: True)
        assert [read(await anext(events))[0] for _ in range(2)] == ["beat", "paint"]
        source.silent = True
        await asyncio.sleep(0.1)
        waiting = asyncio.ensure_future(anext(events))
        await asyncio.sleep(0.3)
        assert not waiting.done()
        source.silent, source.newest = False, 7
        assert read(await waiting)[0] in ("beat", "paint")
        await events.aclose()

    run(story, monkeypatch)


def test_a_wall_that_may_not_go_on_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wall_module, "CHECK_SECONDS", 0.02)
    answers = iter([True, True, False])

    async def story(_source: Source, newsroom: Newsroom) -> None:
        heard = [read(each)[0] async for each in wall_module._events(newsroom, "b1", lambda: next(answers))]
        assert heard == ["beat", "paint", "beat"]

    run(story, monkeypatch)
