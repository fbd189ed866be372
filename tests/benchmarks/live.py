"""How long from a commit until it is painted on open walls and boards, and what idle ones cost.

    python tests/benchmarks/live.py --walls 1 20 50 --boards 1 20

Up to three of the walls or boards are browser pages; the rest are clients that hold the same stream open, or
ask the same question as often, without drawing: in life each has a machine of its own. Records are entered in
another process than the server's. A sample is the time from the end of the commit to the frame after the
first change of the watched part, for one browser page and one commit: milliseconds, median and 95th of 100.
`heard` is the 95th for the clients that do not draw. `cpu` is the server's share of one processor for each
idle one, `memory` what the server holds more for each browser page.
"""

import argparse
from statistics import median, quantiles

from playwright.sync_api import Page
from stage import Client, Stage, cpu_seconds, enter, resident_megabytes, signed_in, stage, watching

UNITS = ("C01", "C02", "C03", "C04", "C05", "C06")
KINDS = {
    "walls": ("screen", "wall?scene=1", '[data-part="scene-1"] .board-table'),
    "boards": ("office", "committees", ".board-wide table"),
}
_APART_MILLISECONDS = 2_700
_DRAWN = 3
_GOAL = 2_000
"""Milliseconds."""


def main() -> None:
    """Measure each number of walls and of boards, and print one line for each."""
    asked = _arguments()
    print(f"{asked.commits} commits each; idle for {asked.idle} s")
    head = ("", "open", "samples", "median", "95th", "under 2 s", "heard", "cpu each", "memory")
    print("{:>7} {:>5} {:>8} {:>8} {:>8} {:>10} {:>8} {:>9} {:>10}".format(*head))
    for kind in KINDS:
        for count in getattr(asked, kind):
            with stage() as here:
                _measure(here, kind, count, asked)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="From commit to paint.")
    parser.add_argument("--walls", type=int, nargs="*", default=[1, 20, 50])
    parser.add_argument("--boards", type=int, nargs="*", default=[1, 20, 50])
    parser.add_argument("--commits", type=int, default=12)
    parser.add_argument("--idle", type=int, default=20)
    return parser.parse_args()


def _measure(here: Stage, kind: str, count: int, asked: argparse.Namespace) -> None:
    username, path, spot = KINDS[kind]
    kept = signed_in(here, username)
    before = resident_megabytes(here.process)
    drawn = min(count, _DRAWN)
    pages = [watching(here, kept, path, spot)[1] for _ in range(drawn)]
    after = resident_megabytes(here.process)
    others = [Client(here.server.url, kept, kind) for _ in range(count - drawn)]
    cpu = _idle(here, pages[0], asked.idle)
    rounds = [_commit(here, pages, others, UNITS[number % 6]) for number in range(asked.commits)]
    for each in others:
        each.stop()
    times = [each for painted, _ in rounds for each in painted]
    heard = [each for _, heard in rounds for each in heard]
    told = [
        f"{kind:>7}",
        f"{count:>5}",
        f"{len(times):>8}",
        f"{median(times):>6.0f}ms",
        f"{_late(times):>6.0f}ms",
    ]
    told.append(f"{sum(each < _GOAL for each in times) / (drawn * asked.commits):>10.0%}")
    told.append(f"{_late(heard):>6.0f}ms" if heard else f"{'—':>8}")
    told.append(f"{cpu / count:>9.2%}" if cpu is not None else f"{'—':>9}")
    told.append(f"{(after - before) / drawn:>8.1f}MB" if before and after else f"{'—':>10}")
    print(*told, flush=True)


def _late(times: list[float]) -> float:
    """The 95th of a hundred."""
    return quantiles(times, n=20, method="inclusive")[-1] if len(times) > 1 else times[0]


def _idle(here: Stage, page: Page, seconds: int) -> float | None:
    """The server's share of one processor while nothing happens."""
    page.wait_for_timeout(5_000)
    before = cpu_seconds(here.process)
    page.wait_for_timeout(seconds * 1_000)
    after = cpu_seconds(here.process)
    return (after - before) / seconds if before is not None and after is not None else None


def _commit(
    here: Stage, pages: list[Page], others: list[Client], unit: str
) -> tuple[list[float], list[float]]:
    """Enter one record; the time after which each page had it painted, and each other client heard of it."""
    for page in pages:
        page.evaluate("window.painted.length = 0")
    for each in others:
        each.heard.clear()
    kept = enter(here, unit)
    pages[0].wait_for_timeout(_APART_MILLISECONDS)
    firsts = [page.evaluate("window.painted[0] ?? null") for page in pages]
    return [first - kept for first in firsts if first is not None], [
        each.heard[0] - kept for each in others if each.heard
    ]


if __name__ == "__main__":
    main()
