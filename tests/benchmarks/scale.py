"""What more records cost: `status` of one city at growing sizes, and 总览 of one city within a province.

    python tests/benchmarks/scale.py --records 10000 100000 1000000
    python tests/benchmarks/scale.py --province 5000000 --plot docs/images/scale.svg

Everything runs on a PostgreSQL of its own (found as the tests find theirs), or on SQLite files with
`--sqlite`. Records are made by the database itself: the demonstration's, again and again, on other days of
the year; then the counts are filled in as a migration fills them. The same is done for the province: 16
cities, 150 localities, 500 committees. Times are the least of several, in milliseconds: a machine that others
use too only ever adds to them.

`status` is what the command does, with nothing kept of it; `after a record` what a server does that knows the
cells as they were before one more record; `recount` the same as `status` counted from the records, as it was
before counts were kept; the ratio is to the first size. For the province: the cells that 总览 of one city
stands on, as a multiple of the same for that city alone in a database.
"""

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from time import perf_counter

from afresh import afresh, after_a_record
from sqlalchemy import text

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # the project, when run as a file

from core.auth import OPERATOR
from core.cli.commands import STATUS_COLUMNS, status_line
from core.domain.catalogue import catalogues
from core.domain.status import Roll, evaluate
from core.domain.units import Unit, UnitKind
from core.services.exporting import csv_text
from core.services.founding import found
from core.services.judging import Question
from core.services.scoreboard import cells_for
from core.store.counting import recounted_facts
from core.store.engine import Store, open_store
from core.store.rolls import add_things, read_roll
from core.store.tallies import fill
from core.store.unit_of_work import UnitOfWork
from tests.postgres import find_binaries, running_server

YEAR = 2025
AS_OF = date(YEAR, 12, 31)
_NOW = datetime(2026, 1, 20, 1, tzinfo=UTC)
_COPIED = (
    "unit, event, title, leader, led_by_first_director, measure, amount, total, note, entered_on, entered_by"
)
_ROUND = {
    "postgresql": """
        insert into record_version (begun_by, record_id, occurred_on, reported_on, {copied})
        select begun_by, :base + row_number() over (order by record_id), moved.day,
               case when reported_on is null then null else moved.day end, {copied}
        from (select *, date '2025-01-01' + cast(
                (occurred_on - date '2025-01-01' + 37 * :turn + record_id) % 365 as integer) as day
              from record_version where record_id <= :first and unit in (select code from unit_version)
                and ended_by is null) as moved""",
    "sqlite": """
        insert into record_version (begun_by, record_id, occurred_on, reported_on, {copied})
        select begun_by, :base + row_number() over (order by record_id), day,
               case when reported_on is null then null else day end, {copied}
        from (select *, date('2025-01-01', '+' || ((julianday(occurred_on) - julianday('2025-01-01')
                + 37 * :turn + record_id) % 365) || ' days') as day
              from record_version where record_id <= :first and ended_by is null)""",
}


@dataclass(frozen=True)
class Line:
    """One size and what it took."""

    records: int
    status: float
    after: float
    recount: float


def main() -> None:
    """Measure what is asked, print it, and draw it."""
    asked = _arguments()
    print(f"{platform.system()}, {os.cpu_count()} processors; as of {AS_OF}; milliseconds")
    with tempfile.TemporaryDirectory() as name, _places(asked, Path(name)) as place:
        lines = [_one_city(place(str(size)), size, asked.repeat) for size in asked.records]
        if asked.plot and lines:
            Path(asked.plot).write_text(_plot(lines), encoding="utf-8")
        if asked.province:
            _province(place("province"), asked.province, asked.repeat)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="What more records cost.")
    parser.add_argument("--records", type=int, nargs="*", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--province", type=int, default=0, help="records of a made-up province")
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--sqlite", action="store_true")
    parser.add_argument("--plot", help="an SVG file to draw the table into")
    return parser.parse_args()


@contextmanager
def _places(asked: argparse.Namespace, folder: Path) -> Iterator[Callable[[str], str]]:
    """How to get the URL of a new, empty database by name."""
    binaries = None if asked.sqlite else find_binaries()
    if binaries is None:
        print("database: SQLite")
        yield lambda name: f"sqlite:///{(folder / name).as_posix()}.db"
        return
    print("database: PostgreSQL")
    with running_server(binaries) as url:
        admin = open_store(url)

        def made(name: str) -> str:
            with admin.unit_of_work("benchmark", _NOW) as work:
                work.session.execute(text(f'create schema "s_{name}"'))
                work.session.commit()
            return f"{url}&options=-csearch_path%3Ds_{name}"

        yield made
        admin.close()


def _one_city(url: str, size: int, repeat: int) -> Line:
    with closing(open_store(url)) as store:
        found(store, empty=False, now=_NOW)
        took = _time_once(lambda: _multiply(store, size))
        question = Question(YEAR, AS_OF)
        status = min(afresh(url, question, lambda opened: _text(opened, question), repeat))
        after = min(after_a_record(url, question, repeat))
        line = Line(_count(store), status, after, _recount(store, min(repeat, 3)))
        print(
            f"{line.records:>9} records: status {line.status:7.1f}  after a record {line.after:6.1f}"
            f"  recount {line.recount:9.1f}  (made in {took / 1000:.0f} s)",
            flush=True,
        )
        return line


def _multiply(store: Store, size: int) -> None:
    """Copy the first records until there are so many; then count as a migration counts."""
    with store.unit_of_work("benchmark", _NOW) as work:
        first = _number(work, "select max(record_id) from record_version")
        there, turn = _number(work, "select count(*) from record_version where ended_by is null"), 0
        each, base = there, first
        statement = text(_ROUND[store.engine.dialect.name].format(copied=_COPIED))
        while there + each <= size or not turn:
            turn += 1
            work.session.execute(statement, {"base": base, "turn": turn, "first": first})
            base, there = base + each, there + each
        _count_anew(work)


def _count_anew(work: UnitOfWork) -> None:
    work.session.execute(text("delete from month_tally"))
    fill(work.session)
    work.session.commit()
    work.session.execute(text("analyze"))
    work.session.commit()


def _number(work: UnitOfWork, query: str) -> int:
    return int(work.session.scalar(text(query)) or 0)


def _count(store: Store) -> int:
    with store.unit_of_work("benchmark", _NOW) as work:
        return _number(work, "select count(*) from record_version where ended_by is null")


def _text(store: Store, question: Question) -> str:
    return csv_text(STATUS_COLUMNS, map(status_line, cells_for(store, OPERATOR, question)))


def _recount(store: Store, repeat: int) -> float:
    catalogue = catalogues()[YEAR]

    def anew() -> str:
        with store.reading() as reader:
            facts = recounted_facts(reader, catalogue, AS_OF)
            cells = evaluate(catalogue, read_roll(reader), facts, AS_OF)
        return csv_text(STATUS_COLUMNS, map(status_line, cells))

    return _time(anew, repeat)


def _province(url: str, size: int, repeat: int) -> None:
    """The same city alone, then among fifteen others of its kind."""
    with closing(open_store(url)) as store:
        found(store, empty=False, now=_NOW)
        _multiply(store, size // 16)
        city = _first_city(store)
        own, all_cities = Question(YEAR, AS_OF, city=city), Question(YEAR, AS_OF)
        alone = min(afresh(url, own, lambda opened: cells_for(opened, OPERATOR, own), repeat))
        took = _time_once(lambda: _spread(store))
        within = min(afresh(url, own, lambda opened: cells_for(opened, OPERATOR, own), repeat))
        after = min(after_a_record(url, own, repeat))
        whole = min(afresh(url, all_cities, lambda opened: cells_for(opened, OPERATOR, all_cities), 1))
        with store.reading() as reader:
            units = read_roll(reader).units
        kinds = {kind.label: sum(each.kind == kind for each in units) for kind in UnitKind}
        told = "，".join(f"{label} {count}" for label, count in kinds.items())
        print(f"province: {told}; {_count(store)} records (made in {took / 1000:.0f} s)")
        print(
            f"one city's cells: alone {alone:.1f}, in the province {within:.1f}, ratio {within / alone:.2f};"
            f" after a record {after:.1f}; the whole province at once {whole:.0f}"
        )


def _first_city(store: Store) -> str:
    with store.reading() as reader:
        return next(each.code for each in read_roll(reader).units if each.kind == UnitKind.CITY)


def _spread(store: Store) -> None:
    """Fifteen more cities like the first, each with its own units, leaders and records."""
    with store.unit_of_work("benchmark", _NOW) as work:
        roll = read_roll(work)
        change = work.change("import", "benchmark")
        first = _number(work, "select max(record_id) from record_version")
        for number in range(1, 16):
            add_things(work, change, _likeness(roll, number))
            parameters = {"mark": f"P{number:02}-", "base": first * number}
            copied = _COPIED.replace("unit, ", "", 1)
            work.session.execute(
                text(
                    "insert into record_version (begun_by, record_id, unit, occurred_on, reported_on, "  # noqa: S608
                    f"{copied}) select begun_by, :base + record_id, :mark || unit, occurred_on, reported_on, "
                    f"{copied} from record_version where ended_by is null and record_id <= {first}"
                    " and unit not like 'P%-%'"
                ),
                parameters,
            )
        add_things(work, change, _more_committees(roll))
        _count_anew(work)


def _likeness(roll: Roll, number: int) -> list[Unit]:
    mark = f"P{number:02}-"

    def marked(code: str) -> str:
        return f"{mark}{code}" if code else ""

    return [
        replace(
            each,
            code=marked(each.code),
            name=f"{number}市{each.name}",
            parent=marked(each.parent),
            lead_unit=marked(each.lead_unit),
            sort_no=each.sort_no + 1_000 * number,
        )
        for each in roll.units
    ]


def _more_committees(roll: Roll) -> list[Unit]:
    """Committees up to 500 in all, so that the province has as many as it is to have; localities too."""
    first = next(each.code for each in roll.units if each.kind == UnitKind.CITY)
    made: list[Unit] = []
    for kind, wanted in ((UnitKind.COMMITTEE, 500), (UnitKind.LOCALITY, 150)):
        there = 16 * sum(each.kind == kind for each in roll.units)
        made += [
            Unit(
                f"P{1 + number % 15:02}-{kind.value[0].upper()}X{number}",
                kind,
                f"增设{number}",
                f"P{1 + number % 15:02}-{first}",
                sort_no=90_000 + number,
            )
            for number in range(max(0, wanted - there))
        ]
    return made


def _time(act: Callable[[], object], repeat: int) -> float:
    act()
    return min(_time_once(act) for _ in range(repeat))


def _time_once(act: Callable[[], object]) -> float:
    start = perf_counter()
    act()
    return (perf_counter() - start) * 1000


def _plot(lines: list[Line]) -> str:
    """Both curves, each as a multiple of its first value, over the records: plain SVG."""
    wide, high, edge = 640, 320, 60
    top = max(line.recount / lines[0].recount for line in lines) * 1.1
    step = (wide - 2 * edge) / max(1, len(lines) - 1)

    def points(values: list[float]) -> str:
        return " ".join(
            f"{edge + place * step:.0f},{high - edge - (high - 2 * edge) * value / top:.0f}"
            for place, value in enumerate(values)
        )

    curves = (
        ("#C93A27", "重新数", [line.recount / lines[0].recount for line in lines]),
        ("#0F5C40", "按月计数", [line.status / lines[0].status for line in lines]),
    )
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" font-family="sans-serif">',
        f'<rect width="{wide}" height="{high}" fill="#fff"/>',
        f'<text x="{edge}" y="24" font-size="15">status 的时间，以最小一档为 1</text>',
        f'<path d="M{edge},{edge} V{high - edge} H{wide - edge}" stroke="#8494A5" fill="none"/>',
    ]
    for place, line in enumerate(lines):
        parts.append(
            f'<text x="{edge + place * step:.0f}" y="{high - edge + 20}" font-size="13" text-anchor="middle">'
            f"{line.records:,} 条</text>"
        )
    for colour, label, values in curves:
        parts.append(f'<polyline points="{points(values)}" fill="none" stroke="{colour}" stroke-width="3"/>')
        last = points(values).split()[-1].split(",")
        parts.append(
            f'<text x="{last[0]}" y="{int(last[1]) - 8}" font-size="13" text-anchor="end" fill="{colour}">'
            f"{label} {values[-1]:.1f} 倍</text>"
        )
    return "\n".join([*parts, "</svg>", ""])


if __name__ == "__main__":
    main()
