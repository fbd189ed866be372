"""What a page is given: the store, who asks, the date and the moment."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache

from core.auth import Actor
from core.config import Settings, read_settings
from core.errors import ForbiddenError
from core.services.auditing import listen
from core.services.opening import demonstrates, opened
from core.services.scoreboard import news_now
from core.services.signing_in import SignedIn, who_arrives, who_is
from core.services.whereabouts import request_address
from core.store.engine import Store
from core.store.memory import STEADY
from core.store.news import News
from core.ui.clock import Today, today_of
from core.ui.session import browser_address, cookie_token

_FRESH_SECONDS = 1.0


class SignedOutError(ForbiddenError):
    """The session has ended while the page stood open."""


@dataclass(frozen=True, slots=True)
class Edge:
    """Where the pages meet the outside; tests put their own in its place.

    `who(touch)` finds the person who asks, or None; `touch` says that a person did something; `arriving`
    also finds one who is not admitted yet. `token` is the browser's session token, `address` where the
    browser is; empty where there is none.
    """

    settings: Settings
    store: Store
    who: Callable[[bool], SignedIn | None]
    clock: Callable[[], datetime]
    token: Callable[[], str] = str
    address: Callable[[], str] = str
    arriving: Callable[[bool], SignedIn | None] | None = None

    def comes(self, touch: bool) -> SignedIn | None:  # noqa: FBT001 - as `who`
        """Find the person who asks, also one who must first change the password or show a code."""
        return (self.arriving or self.who)(touch)


class Context:
    """What `render(page)` works with; made only for somebody who may open the page."""

    def __init__(self, edge: Edge, actor: Actor | None = None) -> None:
        """Keep the edge, and who was just found; else nobody is looked up yet."""
        self._edge = edge
        self._person = (time.monotonic(), actor) if actor else None
        self._news: tuple[float, int, News] | None = None
        self.store = edge.store
        self.settings = edge.settings
        self.demonstration = STEADY.recall(
            edge.store, self.news.beyond, demonstrates, lambda: demonstrates(edge.store)
        )

    @property
    def actor(self) -> Actor:
        """Who asks, never older than a second: callbacks and fragments outlive the run that made them.

        Raises:
            SignedOutError: the session has ended.
        """
        if self._person is None or time.monotonic() - self._person[0] > _FRESH_SECONDS:
            self._person = (time.monotonic(), self._look_up())
        return self._person[1]

    def ask_again(self) -> None:
        """Look anew at everything when next asked: a run has ended, and what a press then does is another's.

        A session that ended between the run and the press saves nothing, however quick the press was.
        """
        self._person = self._news = None

    @property
    def news(self) -> News:
        """What is new, never older than a second and never older than what was written in this process."""
        now, turns = time.monotonic(), self.store.turns
        if self._news is None or self._news[1] != turns or now - self._news[0] > _FRESH_SECONDS:
            self._news = now, turns, news_now(self.store)
        return self._news[2]

    def look_again(self) -> News:
        """What is new at this moment: a part that is drawn again is drawn because something is."""
        self._news = None
        return self.news

    @property
    def now(self) -> datetime:
        """The present moment, aware."""
        return self._edge.clock()

    @property
    def today(self) -> date:
        """The date the page stands on."""
        return self.calendar.day

    @property
    def calendar(self) -> Today:
        """The date the page stands on and, where it is not the calendar's, why."""
        return today_of(self.settings, demonstration=self.demonstration, now=self.now)

    def lasting(self) -> "Context":
        """The page for what is done outside its runs, such as writing a file when somebody clicks for it.

        There the browser's cookie cannot be read; the token it held now is asked about in its place.
        """
        edge, token = self._edge, self._edge.token()
        if not token:
            return self
        return Context(replace(edge, who=lambda _touch: who_is(edge.store, token, now=edge.clock())))

    def _look_up(self) -> Actor:
        person = self._edge.who(False)
        if person is None:
            raise SignedOutError("登录已失效，请重新登录。")
        return person.actor


def live_edge() -> Edge:
    """The edge of a running server: environment, cookie and clock."""
    store = store_in_use()
    return Edge(
        settings_in_use(),
        store,
        lambda touch: who_is(store, cookie_token(), now=clock(), touch=touch),
        clock,
        cookie_token,
        browser_address,
        lambda touch: who_arrives(store, cookie_token(), now=clock(), touch=touch),
    )


@cache
def settings_in_use() -> Settings:
    """The settings of this process, read once."""
    return read_settings(os.environ)


def store_in_use() -> Store:
    """The store of this process, opened at first use."""
    store = opened(settings_in_use(), clock())
    if store.whereabouts is not whereabouts:
        store.whereabouts = whereabouts
        listen(store, clock)
    return store


def today_in_use() -> date:
    """The day that this process stands on: fixed, the demonstration's, or the calendar's."""
    demonstration = demonstrates(store_in_use())
    return today_of(settings_in_use(), demonstration=demonstration, now=clock()).day


def whereabouts() -> str:
    """The address of whoever asks, over HTTP or in a page."""
    return request_address() or browser_address()


def clock() -> datetime:
    """Read the clock; the only place where pages do."""
    return datetime.now(UTC)
