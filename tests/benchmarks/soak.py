"""Hours of churn at raised speed: does the memory of server and browser stay flat?

    python tests/benchmarks/soak.py --minutes 10

Several walls turn their scenes every 3 seconds, a board stands open, walls come and go, people sign in and
out, and records are entered as fast as `--every` says: at 0.5 s, one minute holds what a busy office enters
in an hour and more. Memory is sampled all along, in the browser after a full collection; the slope is a
straight line through the samples after a warm-up. What matters is whether it is flat, not how high it lies.
"""

import argparse
import time
from dataclasses import dataclass, field

from playwright.sync_api import Page
from stage import Stage, enter, resident_megabytes, signed_in, stage, watching

SPOT = ".anze-wall .board-table"
UNITS = tuple(f"C{number:02d}" for number in range(1, 15))
_WARM = 0.25
"""The part of the run that is left out of the slope."""


@dataclass
class Samples:
    """Memory over time: minutes since the start, megabytes."""

    minutes: list[float] = field(default_factory=list)
    megabytes: list[float] = field(default_factory=list)

    def add(self, minute: float, megabytes: float | None) -> None:
        """Note one sample, where there is one."""
        if megabytes is not None:
            self.minutes.append(minute)
            self.megabytes.append(megabytes)

    def slope(self) -> float:
        """Megabytes an hour, by least squares, without the warm-up."""
        start = int(len(self.minutes) * _WARM)
        xs, ys = self.minutes[start:], self.megabytes[start:]
        mid_x, mid_y = sum(xs) / len(xs), sum(ys) / len(ys)
        spread = sum((x - mid_x) ** 2 for x in xs)
        return 60 * sum((x - mid_x) * (y - mid_y) for x, y in zip(xs, ys, strict=True)) / spread

    def told(self, name: str) -> str:
        """One line."""
        first, last = self.megabytes[int(len(self.megabytes) * _WARM)], self.megabytes[-1]
        ends = f"{first:.1f} MB after the warm-up, {last:.1f} MB at the end"
        return f"{name:>8}: {ends}, {self.slope():+.2f} MB/h"


def main() -> None:
    """Churn, sample, print a line a minute and the slopes at the end."""
    parser = argparse.ArgumentParser(description="Memory under churn.")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--every", type=float, default=0.5, help="seconds between records")
    asked = parser.parse_args()
    with stage() as here:
        server, browser, entered = _churn(here, asked.minutes * 60, asked.every)
    print(f"{entered} records in {asked.minutes:g} minutes")
    print(server.told("server"))
    print(browser.told("browser"))


def _churn(here: Stage, seconds: float, every: float) -> tuple[Samples, Samples, int]:
    wall, office = signed_in(here, "screen"), signed_in(here, "office")
    kept = watching(here, wall, "wall?rotate=3", SPOT)[1]
    watching(here, office, "committees", ".board-wide table")
    server, browser, began, entered, told = Samples(), Samples(), time.monotonic(), 0, 0.0
    while (past := time.monotonic() - began) < seconds:
        enter(here, UNITS[entered % len(UNITS)])
        entered += 1
        kept.wait_for_timeout(every * 1_000)
        if entered % 20 == 0:
            _come_and_go(here, wall)
        if past - told >= 15:
            told = past
            server.add(past / 60, resident_megabytes(here.process))
            browser.add(past / 60, _heap(kept))
            print(
                f"{past:6.0f} s {entered:6d} records {server.megabytes[-1:]} {browser.megabytes[-1:]}",
                flush=True,
            )
    return server, browser, entered


def _come_and_go(here: Stage, wall: dict[str, object]) -> None:
    """A wall is opened and closed again, and somebody signs in."""
    context, _ = watching(here, wall, "wall?scene=1", SPOT)
    context.close()
    signed_in(here, "leader")


def _heap(page: Page) -> float:
    """The wall's living memory in the browser, after a full collection."""
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    used: float = session.send("Runtime.getHeapUsage")["usedSize"]
    session.detach()
    return used / 1_048_576


if __name__ == "__main__":
    main()
