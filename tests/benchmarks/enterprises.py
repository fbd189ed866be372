"""What registers of many enterprises cost: `status` and every page, as ratios to the demonstration city.

    python tests/benchmarks/enterprises.py --enterprises 10000

The demonstration's enterprises, with all they did, are multiplied over every locality and taken in as files;
the time of that is printed too. Then `status` and the pages, run in this process as Streamlit runs them, are
measured on both cities, turn about: milliseconds, medians. `first` is the first run of a page after the data
has changed, `again` the median of those after it.
"""

import argparse
import csv
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # the project, when run as a file

from floor import page_time

from core.auth import OPERATOR
from core.cli.commands import STATUS_COLUMNS, status_line
from core.services.exporting import csv_text
from core.services.founding import found
from core.services.importing import import_tables
from core.services.judging import Question
from core.services.scoreboard import cells_for
from core.services.tables import read_table
from core.store.engine import Store, open_store
from tests.browser.conftest import ROOT
from tests.page_examples import PAGE_NAMES

DAY = date(2025, 6, 19)
KINDS = ("enterprises", "enterprise_duties")
LOCALITIES = ("L01", *(f"L{number:02d}" for number in range(3, 10)))
Row = dict[str, str]


def main() -> None:
    """Make both cities, measure, and print a line for each page."""
    parser = argparse.ArgumentParser(description="Registers of many enterprises.")
    parser.add_argument("--enterprises", type=int, default=10_000)
    parser.add_argument("--repeat", type=int, default=5)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        small, large = (_city(Path(name) / f"{each}.db") for each in ("small", "large"))
        _grow(large, asked.enterprises)
        print(f"{'':>14} {'small':>9} {'large':>9} {'ratio':>6}   milliseconds, median of {asked.repeat}")
        _print("status", *_turn_about(_status_time, small, large, asked.repeat))
        for page in PAGE_NAMES:
            _measure_page(page, small, large, asked.repeat)


def _city(path: Path) -> str:
    url = f"sqlite:///{path.as_posix()}"
    store = open_store(url)
    found(store, empty=False, now=datetime.now(UTC))
    store.close()
    return url


def _grow(url: str, wanted: int) -> None:
    store = open_store(url)
    now = datetime.now(UTC)
    tables = [read_table(f"{kind}.csv", "".join(_lines(kind, wanted)).encode("utf-8")) for kind in KINDS]
    began = perf_counter()
    plan = import_tables(store, OPERATOR, tables, today=now.date(), now=now)
    seconds = perf_counter() - began
    enterprises = len(plan.added)
    print(f"taken in: {enterprises} rows in {seconds:.1f} s, {1000 * seconds / enterprises:.2f} ms a row")
    store.close()


def _lines(kind: str, wanted: int) -> Iterator[str]:
    """The sample's rows under other codes and names, in turn for every other locality."""
    with (ROOT / "sample_data" / f"{kind}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    yield f"{','.join(rows[0])}\n"
    for number in range(wanted):
        row = dict(rows[number % len(rows)])
        place = LOCALITIES[number % len(LOCALITIES)]
        code = f"{place}-M{number:05d}"
        if kind == "enterprises":
            row |= {"code": code, "locality": place, "name": f"第{number}号{row['name']}"}
        else:
            row |= {"enterprise": code}
        yield f"{','.join(row.values())}\n"


def _status_time(url: str) -> float:
    store = open_store(url)
    began = perf_counter()
    cells = cells_for(store, OPERATOR, Question(2025, DAY))
    csv_text(STATUS_COLUMNS, (status_line(cell) for cell in cells))
    seconds = perf_counter() - began
    store.close()
    return 1000 * seconds


def _turn_about(measure: Callable[[str], float], small: str, large: str, repeat: int) -> tuple[float, float]:
    pairs = [(measure(small), measure(large)) for _ in range(repeat + 1)][1:]
    return median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)


def _measure_page(page: str, small: str, large: str, repeat: int) -> None:
    for url in (small, large):
        page_time(url, page)
        _change(url)
    _print(f"{page} first", page_time(small, page), page_time(large, page))
    _print(f"{page} again", *_turn_about(lambda url: page_time(url, page), small, large, repeat))


def _change(url: str) -> None:
    """Change something of the business, so that whatever pages remember is forgotten."""
    store = open_store(url)
    _touch(store)
    store.close()


def _touch(store: Store) -> None:
    with store.unit_of_work("benchmark", datetime.now(UTC)) as work:
        work.change("setting.changed", "benchmark")
        work.commit()


def _print(name: str, small: float, large: float) -> None:
    print(f"{name:>22} {small:>9.1f} {large:>9.1f} {large / small:>6.2f}", flush=True)


if __name__ == "__main__":
    main()
