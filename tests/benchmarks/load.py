"""A hundred people at once on one machine, through real sessions: how long each waits, and what each costs.

    python tests/benchmarks/load.py --entering 20 --boards 60 --walls 20 --seconds 60

A person is a websocket that speaks Streamlit's protocol, as a browser does, with a cookie of a real sign-in
(people of one role share it); nothing is drawn. Who enters opens 录入, or presses 再录一条 where the last
record still stands there, fills in a title, presses 保存 and answers 仍然保存 where a likely duplicate is
asked about; a record counts as saved when 再录一条 is offered after it. Who reads opens one board after
another and asks for the newest change as often as live.js does; on a change the living part is drawn again,
where the page has one. A wall holds its stream of events open. An interaction is timed from the message that
asks to the message that the script is finished; whoever is done waits `--think` seconds on average. The
clients run on the same machine and take their share of its processors, which is told too. The server's
database is SQLite, or `--database URL`.
"""

import argparse
import asyncio
import os
import random
import sys
import tempfile
import uuid
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, process_time
from typing import Any
from urllib.parse import urlsplit

import httpx
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # the project, when run as a file

from stage import cpu_seconds, resident_megabytes

from core.services.founding import found
from core.services.signing_in import COOKIE, claim, key_of, sign_in
from core.store.engine import Store, open_store
from core.store.unit_of_work import newest_change
from tests.browser.conftest import DEMONSTRATION_PASSWORD, Server, running_server

BOARDS = ("overview", "committees", "localities", "departments", "supervision", "hazards")
ASKED_EVERY_SECONDS = 0.9
"""As live.js does."""
WATCHED_EVERY_SECONDS = 5.0
"""As watch.js does."""
CHANCE = random.Random(2025)  # noqa: S311 - no secret is made of it
_GIVE_UP_SECONDS = 60
_ANOTHER = "再录一条"
_REST = 5
"""As live.js: a redraw that took long is followed by a rest of so many times as long."""
_LONGEST_REST = 30.0


@dataclass
class Told:
    """What all people together saw."""

    times: dict[str, list[float]] = field(default_factory=dict)
    errors: Counter[str] = field(default_factory=Counter)
    pressed: int = 0
    saved: int = 0
    over: bool = False

    def note(self, what: str, seconds: float) -> None:
        """Keep one waiting time."""
        self.times.setdefault(what, []).append(seconds)


@dataclass
class Person:
    """One browser's session: a websocket, and the elements it was last sent."""

    socket: ClientConnection
    told: Told
    title: str = ""
    buttons: dict[str, str] = field(default_factory=dict)
    fragment: str = ""
    place: str = ""
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def ask(self, what: str, page: str, query: str = "", **more: Any) -> None:
        """Have the script run and wait until it is finished."""
        message = BackMsg()
        state = message.rerun_script
        state.page_name, state.query_string = page, query
        for name, text in more.get("texts", {}).items():
            state.widget_states.widgets.add(id=name, string_value=text)
        if more.get("press"):
            state.widget_states.widgets.add(id=more["press"], trigger_value=True)
        async with self.lock:
            state.page_script_hash = "" if page else self.place
            if more.get("part"):
                state.fragment_id = self.fragment  # of the page that stands there by now
                if not state.fragment_id:
                    return
            else:
                self.buttons.clear()
            began = perf_counter()
            await self.socket.send(message.SerializeToString())
            try:
                await asyncio.wait_for(self._finished(), _GIVE_UP_SECONDS)
            except TimeoutError:
                self.told.errors[f"{what}: no answer"] += 1
            else:
                self.told.note(what, perf_counter() - began)

    async def _finished(self) -> None:
        while True:
            message = ForwardMsg()
            message.ParseFromString(await self.socket.recv())
            kind = message.WhichOneof("type")
            if kind == "delta":
                self._look_at(message)
            elif kind == "navigation":
                self.place = message.navigation.page_script_hash
            elif kind == "script_finished" and message.script_finished in (
                ForwardMsg.FINISHED_SUCCESSFULLY,
                ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY,
            ):
                return

    def _look_at(self, message: ForwardMsg) -> None:
        element = message.delta.new_element
        kind = element.WhichOneof("type")
        if kind == "bidi_component" and "anze_live" in element.bidi_component.component_name:
            self.fragment = message.delta.fragment_id
        elif kind == "text_input" and element.text_input.label == "标题":
            self.title = element.text_input.id
        elif kind == "button":
            self.buttons[element.button.label] = element.button.id
        elif kind == "exception":
            self.told.errors[f"exception: {element.exception.type}"] += 1


def main() -> None:
    """Bring the people together, let them work, and tell what they saw."""
    asked = _arguments()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        url = asked.database or f"sqlite:///{(folder / 'anze.db').as_posix()}"
        store = open_store(url)
        found(store, empty=False, now=datetime.now(UTC))
        cookies = {name: _cookie(store, name) for name in ("office", "leader", "committee", "screen")}
        with running_server(folder, DATABASE_URL=url) as server:
            before = _count(store)
            asyncio.run(_measured(asked, server, cookies))
            print(f"the journal grew by {_count(store) - before}: what was saved, and what nobody waited for")
        store.close()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Many people at once.")
    parser.add_argument("--entering", type=int, default=20)
    parser.add_argument("--boards", type=int, default=60)
    parser.add_argument("--walls", type=int, default=20)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--think", type=float, default=15.0)
    parser.add_argument("--database", help="URL of an empty database; else a SQLite file")
    return parser.parse_args()


def _cookie(store: Store, username: str) -> str:
    now = datetime.now(UTC)
    ticket = sign_in(store, username, DEMONSTRATION_PASSWORD, address="127.0.0.1", now=now)
    claimed = claim(store, ticket or "", address="127.0.0.1", now=now)
    if claimed is None:
        raise RuntimeError(f"{username} could not sign in")
    return f"{COOKIE}={claimed.token}"


def _count(store: Store) -> int:
    with store.reading() as reader:
        return newest_change(reader)


async def _measured(asked: argparse.Namespace, server: Server, cookies: dict[str, str]) -> None:
    process = server.process.pid if server.process else 0
    told = Told()
    empty = resident_megabytes(process) or 0.0
    people = [
        *(_enters(server, cookies["office"], told, asked.think) for _ in range(asked.entering)),
        *(
            _reads(server, cookies[("office", "leader", "committee")[number % 3]], told, asked.think)
            for number in range(asked.boards)
        ),
        *(_watches(server, cookies["screen"], told) for _ in range(asked.walls)),
    ]
    tasks = [asyncio.create_task(each) for each in people]
    await asyncio.sleep(asked.think)  # all are in
    told.times.clear()
    used, own = cpu_seconds(process) or 0.0, process_time()
    await asyncio.sleep(asked.seconds)
    shares = ((cpu_seconds(process) or 0.0) - used) / asked.seconds, (process_time() - own) / asked.seconds
    grown = (resident_megabytes(process) or 0.0) - empty
    told.over = True
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    _print(asked, told, shares, (empty, grown))


def _print(
    asked: argparse.Namespace, told: Told, shares: tuple[float, float], memory: tuple[float, float]
) -> None:
    people = asked.entering + asked.boards + asked.walls
    print(
        f"{people} people ({asked.entering} entering, {asked.boards} boards, {asked.walls} walls),"
        f" {asked.seconds} s, think {asked.think} s; {os.cpu_count()} processors"
    )
    print(f"{'':>10} {'count':>6} {'median':>8} {'95th':>8} {'worst':>8}")
    every = [each for name, times in told.times.items() if name != "redraw" for each in times]
    for name, times in [*sorted(told.times.items()), ("all but redraws", every)]:
        late = quantiles(times, n=20, method="inclusive")[-1] if len(times) > 1 else max(times, default=0)
        print(
            f"{name:>10} {len(times):>6} {median(times or [0]):>7.2f}s {late:>7.2f}s"
            f" {max(times, default=0):>7.2f}s"
        )
    print(f"saved {told.saved} of {told.pressed}; errors {dict(told.errors) or 'none'}")
    print(f"processors used: server {shares[0]:.2f}, clients {shares[1]:.2f}")
    print(f"memory: empty {memory[0]:.0f} MB, {memory[1] / max(1, people):.1f} MB each of {people}")


async def joined(server: Server, cookie: str, told: Told) -> Person:
    """A browser's session; of a stranger where the cookie is empty."""
    address = f"ws://{urlsplit(server.url).netloc}/_stcore/stream"
    socket = await connect(
        address,
        subprotocols=["streamlit"],  # type: ignore[list-item]
        additional_headers={"Cookie": cookie, "Origin": server.url},
        max_size=None,
        ping_interval=None,
        open_timeout=_GIVE_UP_SECONDS,
    )
    return Person(socket, told)


async def _enters(server: Server, cookie: str, told: Told, think: float) -> None:
    await asyncio.sleep(CHANCE.uniform(0, think))
    person = await joined(server, cookie, told)
    watching = asyncio.create_task(_is_watched(server, cookie, told))
    while not told.over:
        unit = f"C{CHANCE.randint(1, 16):02}"
        query = f"unit={unit}&event=risk_consultation"
        await person.ask("open entry", "entry", query)
        if _ANOTHER in person.buttons:
            await person.ask("open entry", "", query, press=person.buttons[_ANOTHER])
        texts = {person.title: f"压力测试{uuid.uuid4().hex[:10]}"}
        for label in ("保存", "仍然保存"):
            if label in person.buttons:
                await person.ask("save", "", query, texts=texts, press=person.buttons[label])
        told.saved += _ANOTHER in person.buttons
        told.pressed += 1
        await asyncio.sleep(CHANCE.uniform(0.5, 1.5) * think)
    watching.cancel()


async def _reads(server: Server, cookie: str, told: Told, think: float) -> None:
    await asyncio.sleep(CHANCE.uniform(0, think))
    person = await joined(server, cookie, told)
    page = CHANCE.choice(BOARDS)
    await person.ask("board", page)
    living = [
        asyncio.create_task(each)
        for each in (_lives(server, cookie, told, person), _is_watched(server, cookie, told))
    ]
    try:
        while not told.over:
            await asyncio.sleep(CHANCE.uniform(0.5, 1.5) * think)
            page = CHANCE.choice(BOARDS)
            person.fragment = ""
            await person.ask("board", page)
    finally:
        for each in living:
            each.cancel()


async def _is_watched(server: Server, cookie: str, told: Told) -> None:
    """Ask whether the session still holds, as watch.js does."""
    key = key_of(cookie.partition("=")[2])
    async with httpx.AsyncClient(headers={"Cookie": cookie}, timeout=_GIVE_UP_SECONDS) as client:
        while not told.over:
            await asyncio.sleep(WATCHED_EVERY_SECONDS)
            began = perf_counter()
            with suppress(httpx.TransportError):
                answer = await client.get(f"{server.url}/live/here", params={"key": key})
                told.note("still here", perf_counter() - began)
                if not answer.is_success:
                    told.errors[f"still here: {answer.status_code}"] += 1


async def _lives(server: Server, cookie: str, told: Told, person: Person) -> None:
    """Ask for the newest change, and have the living part drawn again when there is one."""
    async with httpx.AsyncClient(headers={"Cookie": cookie}, timeout=_GIVE_UP_SECONDS) as client:
        last, rest = "", 0.0
        while not told.over:
            await asyncio.sleep(max(ASKED_EVERY_SECONDS, rest))
            rest = 0.0
            began = perf_counter()
            with suppress(httpx.TransportError):
                newest = (await client.get(f"{server.url}/live/newest")).text
                told.note("newest", perf_counter() - began)
                if last and newest != last and person.fragment:
                    began = perf_counter()
                    await person.ask("redraw", "", part=True)
                    rest = min(_LONGEST_REST, _REST * (perf_counter() - began))
                last = newest


async def _watches(server: Server, cookie: str, told: Told) -> None:
    async with (
        httpx.AsyncClient(headers={"Cookie": cookie}, timeout=None) as client,  # noqa: S113 - a stream
        client.stream("GET", f"{server.url}/live/wall") as answer,
    ):
        if not answer.is_success:
            told.errors[f"wall: {answer.status_code}"] += 1
        async for _ in answer.aiter_lines():
            if told.over:
                return


if __name__ == "__main__":
    main()
