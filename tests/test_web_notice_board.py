"""The newest change on the notice board: one question for all, and no word of whoever has left."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from core.errors import Fault, StoreError
from core.store.journal import Tidings
from core.web import notice_board
from core.web.notice_board import NoticeBoard, Standing
from tests.asgi import run_apart


class Database:
    """A database under the test's control: what was written since the last question, and who may what."""

    def __init__(self) -> None:
        self.told, self.questions, self.lookups, self.away = Tidings(7, 5, quiet=False), 0, 0, False
        self.standing = Standing(here=True, reads=True)
        self.during: Callable[[], object] = int

    def since(self, _seen: int) -> Tidings:
        self.questions += 1
        if self.away:
            raise StoreError(Fault.AWAY)
        return self.told

    def standing_of(self, _token: str) -> Standing:
        self.lookups += 1
        standing = self.standing
        self.during()
        return standing


Story = Callable[[Database, NoticeBoard], Awaitable[None]]


def run(story: Story) -> Database:
    database = Database()

    async def told() -> None:
        await story(database, NoticeBoard(database.since, database.standing_of))

    run_apart(told())
    return database


def test_a_hundred_who_ask_at_once_cost_one_question() -> None:
    async def story(_database: Database, board: NoticeBoard) -> None:
        answers = await asyncio.gather(*(board.newest_for("token") for _ in range(100)))
        assert set(answers) == {5}

    assert run(story).questions == 1


def test_that_a_session_holds_is_asked_again_when_a_session_was_touched_and_not_for_records(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(notice_board, "EVERY_SECONDS", 0)

    async def story(database: Database, board: NoticeBoard) -> None:
        assert await board.newest_for("token") == 5
        database.told, database.standing = Tidings(8, 8, quiet=False), Standing()
        assert await board.newest_for("token") == 8
        assert database.lookups == 1
        database.told = Tidings(9, 0, quiet=True)
        assert await board.newest_for("token") is None
        assert not (await board.standing_of("token")).here

    run(story)


def test_a_session_that_ran_out_unseen_is_found_out_in_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notice_board, "HOLDS_SECONDS", 0.05)

    async def story(database: Database, board: NoticeBoard) -> None:
        assert (await board.standing_of("token")).here
        database.standing = Standing()
        await asyncio.sleep(0.06)
        assert not (await board.standing_of("token")).here

    run(story)


def test_a_word_that_was_overtaken_by_a_sign_out_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notice_board, "EVERY_SECONDS", 0)

    async def story(database: Database, board: NoticeBoard) -> None:
        loop = asyncio.get_running_loop()

        def signed_out_meanwhile() -> None:
            database.during = int
            database.told = Tidings(8, 0, quiet=True)
            asyncio.run_coroutine_threadsafe(board.newest_for("other"), loop).result()
            database.told = Tidings(0, 0, quiet=False)

        database.during = signed_out_meanwhile
        assert await board.newest_for("token") == 5
        database.standing = Standing()
        assert await board.newest_for("token") is None

    run(story)


def test_all_who_wait_for_a_database_that_is_away_are_told_at_once_and_it_comes_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(notice_board, "EVERY_SECONDS", 0.05)

    async def story(database: Database, board: NoticeBoard) -> None:
        database.away = True
        told = await asyncio.gather(*(board.newest_for("token") for _ in range(50)), return_exceptions=True)
        assert {type(each) for each in told} == {StoreError}
        assert database.questions < 5
        database.away = False
        await asyncio.sleep(0.06)
        assert await board.newest_for("token") == 5

    run(story)
