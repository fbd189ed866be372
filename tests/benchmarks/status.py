"""How long `status` takes, as a multiple of a bare SQL GROUP BY over the same rows in the same run.

    python tests/benchmarks/status.py --records 1500 15000 150000

The demonstration city's records are multiplied, on other days and under other titles. Times are medians of
several runs in milliseconds: `group by` counts by unit, event and day and fetches the rows, `facts` is what
the store answers, `cells` the rules on top of it, `csv` the text that the command prints. The ratio is that
of `status`, which is all three, to `group by`.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter

from afresh import afresh
from sqlalchemy import text

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # the project, when run as a file

from core.auth import OPERATOR
from core.cli.commands import STATUS_COLUMNS, status_line
from core.config import LOCAL_ZONE
from core.domain.catalogue import catalogues
from core.domain.records import Record
from core.domain.status import evaluate
from core.services.exporting import csv_text
from core.services.founding import found
from core.services.judging import Question
from core.services.scoreboard import cells_for
from core.store.counting import read_facts
from core.store.engine import Store, open_store
from core.store.records import add_records, all_records
from core.store.rolls import read_roll

YEAR = 2025
BARE = "select unit, event, occurred_on, count(*) from record_version group by unit, event, occurred_on"
_NOW = datetime(2026, 1, 20, 9, 0, tzinfo=LOCAL_ZONE)
_DAYS = 365


def main() -> None:
    """Measure at each size and print one line for each."""
    asked = _arguments()
    print(f"as of {asked.as_of}, median of {asked.repeat}, milliseconds")
    print(f"{'records':>8} {'group by':>9} {'facts':>8} {'cells':>8} {'csv':>8} {'status':>8} {'ratio':>7}")
    with tempfile.TemporaryDirectory() as folder:
        for place, size in enumerate(sorted(asked.records)):
            url = asked.database or f"sqlite:///{(Path(folder) / f'{place}.db').as_posix()}"
            with closing(open_store(url)) as store:
                _fill(store, size)
                _measure(url, store, asked.as_of, asked.repeat)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Time of `status` as ratios to a bare GROUP BY.")
    parser.add_argument("--records", type=int, nargs="+", default=[1_500, 15_000, 150_000])
    parser.add_argument("--repeat", type=int, default=7, help="runs of which the median is told")
    parser.add_argument("--as-of", type=date.fromisoformat, default=date(YEAR, 12, 31))
    parser.add_argument("--database", help="URL of an empty database, which is filled; else SQLite files")
    return parser.parse_args()


def _fill(store: Store, size: int) -> None:
    """Found the demonstration and multiply its records up to the size, never below what it has."""
    found(store, empty=False, now=_NOW)
    with store.unit_of_work("benchmark", _NOW) as work:
        present = all_records(work)
        change = work.change("import", "benchmark")
        originals = present[: present[-1].record_id]
        wanted = size - len(present)
        add_records(
            work, ((change, record) for record, _ in zip(_copies(originals), range(wanted), strict=False))
        )
        work.commit()
    with store.unit_of_work("benchmark", _NOW) as work:
        work.session.execute(text("analyze"))
        work.commit()


def _copies(originals: list[Record]) -> Iterator[Record]:
    """The same records again and again, each round on other days of the year and under other titles."""
    first, round_number = date(YEAR, 1, 1), 0
    while True:
        round_number += 1
        for place, record in enumerate(originals):
            shift = (record.occurred_on - first).days + 37 * round_number + place
            day = first + timedelta(days=shift % _DAYS)
            reported = day if record.reported_on else None
            title = f"{record.title}（{round_number}）"
            yield replace(record, occurred_on=day, reported_on=reported, title=title, entered_on=day)


def _measure(url: str, store: Store, as_of: date, repeat: int) -> None:
    question, catalogue = Question(YEAR, as_of), catalogues()[YEAR]
    with store.reading() as reader:
        count = len(all_records(reader))
        session, roll = reader.session, read_roll(reader)
        bare = _time(lambda: session.execute(text(BARE)).fetchall(), repeat)
        facts = _time(lambda: read_facts(reader, catalogue, as_of), repeat)
        known = read_facts(reader, catalogue, as_of)
        cells = _time(lambda: evaluate(catalogue, roll, known, as_of), repeat)
    judged = cells_for(store, OPERATOR, question)
    written = _time(lambda: csv_text(STATUS_COLUMNS, map(status_line, judged)), repeat)
    status = median(afresh(url, question, lambda opened: _text(opened, question), repeat))
    times = f"{facts:8.1f} {cells:8.1f} {written:8.1f} {status:8.1f}"
    print(f"{count:8} {bare:9.1f} {times} {status / bare:7.1f}")


def _text(store: Store, question: Question) -> str:
    return csv_text(STATUS_COLUMNS, map(status_line, cells_for(store, OPERATOR, question)))


def _time(act: Callable[[], object], repeat: int) -> float:
    """The median time of several runs after one to warm up, in milliseconds."""
    act()
    times = []
    for _ in range(repeat):
        start = perf_counter()
        act()
        times.append(perf_counter() - start)
    return median(times) * 1000


if __name__ == "__main__":
    main()
