"""The newest change, told to every board that asks: one question to the database for all who ask at once."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool

from core.errors import StoreError
from core.store.journal import Tidings

EVERY_SECONDS = 0.25
"""A board hears of a change at most so much later than it could."""
HOLDS_SECONDS = 4.0
"""How long at most it is believed that a session still holds; nobody writes down that one idled away."""
_MOST = 10_000


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a token's session holds, and whether its person may read boards."""

    here: bool = False
    reads: bool = False


class NoticeBoard:
    """Asks only when it is asked.

    `since` tells what was written after a change, `standing` how things are with a token; both are called
    in a thread. That a session holds is asked again as soon as anything about sessions or
    accounts was written, by whatever process.
    """

    def __init__(self, since: Callable[[int], Tidings], standing: Callable[[str], Standing]) -> None:
        """Keep what to ask; nothing is known yet."""
        self._since, self._standing = since, standing
        self._asked = -EVERY_SECONDS
        self._failed: StoreError | None = None
        self._asking = asyncio.Lock()
        self._seen = self._news = 0
        self._known: dict[str, tuple[float, Standing]] = {}

    async def newest_for(self, token: str) -> int | None:
        """The newest change that is news to a board; None for whoever may not know.

        Raises:
            StoreError: the database does not answer.
        """
        return self._news if (await self.standing_of(token)).reads else None

    async def standing_of(self, token: str) -> Standing:
        """How things are with a token.

        Raises:
            StoreError: the database does not answer.
        """
        async with self._asking:
            if time.monotonic() - self._asked >= EVERY_SECONDS:
                await self._ask()
        if self._failed:
            raise self._failed
        known, now = self._known, time.monotonic()  # an answer that was overtaken on its way is not kept
        until, standing = known.get(token, (0.0, Standing()))
        if until < now:
            standing = await run_in_threadpool(self._standing, token)
            known[token] = now + HOLDS_SECONDS, standing
        return standing

    async def _ask(self) -> None:
        """A database that is away may take seconds to say so: all who wait are told the same."""
        self._failed = None
        try:
            told = await run_in_threadpool(self._since, self._seen)
        except StoreError as error:
            self._failed = error
            return
        finally:
            self._asked = time.monotonic()
        self._seen, self._news = max(self._seen, told.newest), max(self._news, told.news)
        if told.quiet or len(self._known) > _MOST:
            self._known = {}
