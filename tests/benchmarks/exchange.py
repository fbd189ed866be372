"""How long an .xlsx import takes, as a multiple of bare reading and a bare insert of the same rows.

    python tests/benchmarks/exchange.py --rows 10000

The rows are meetings of the demonstration city's committees, new ones all. Times are medians of several runs
in milliseconds. `bare` is openpyxl's reader over the same file plus one executemany of the same rows into a
table of the same columns; ours is reading, preview and confirmed saving, as the page does them. The peak of
memory is that of a process of its own that imports the file once.
"""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from statistics import median
from time import perf_counter
from uuid import uuid4

from openpyxl import load_workbook
from sqlalchemy import create_engine, insert

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # the project, when run as a file

import itertools

from core.auth import OPERATOR
from core.config import LOCAL_ZONE
from core.domain.units import UnitKind
from core.reports.sheets import Sheet, workbook_of
from core.services.founding import found
from core.services.importing import Proposal, confirm_import, preview_import
from core.services.tables import read_files
from core.store.engine import Store, open_store
from core.store.rolls import units
from core.store.schema import RecordRow

NOW = datetime(2026, 1, 20, 9, 0, tzinfo=LOCAL_ZONE)
RUNS = 3
HEADS = ("单位", "事项", "日期", "标题", "带队领导", "第一主任带队", "报送日期", "备注")


def main() -> None:
    """Measure and print, or import once where asked to by the parent process."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--once", nargs=2, metavar=("FILE", "URL"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.once:
        _import_once(Path(asked.once[0]), asked.once[1])
        return
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        _report(Path(folder), asked.rows)


def _report(folder: Path, rows: int) -> None:
    with closing(_founded(folder / "seed.db")) as store:
        content = _file(store, rows)
    path = folder / "rows.xlsx"
    path.write_bytes(content)
    bare_read = _median(lambda: _bare_rows(content))
    records = _bare_rows(content)
    bare_insert = _median(lambda: _bare_insert(folder, records))
    runs = [_ours(folder, content) for _ in range(RUNS)]
    read, preview, save = (median(run[part] for run in runs) for part in range(3))
    bare, whole = bare_read + bare_insert, read + preview + save
    print(f"{rows} rows, {len(content) / 1024:.0f} KB")
    print(f"bare  read {bare_read:7.0f}  insert  {bare_insert:7.0f}                 sum {bare:7.0f} ms")
    print(f"ours  read {read:7.0f}  preview {preview:7.0f}  save {save:7.0f}  sum {whole:7.0f} ms")
    print(f"ratio {whole / bare:.2f}")
    print(f"peak of memory {_peak(path, folder)}")


def _founded(path: Path) -> Store:
    store = open_store(f"sqlite:///{path.as_posix()}")
    found(store, empty=False, now=NOW)
    return store


def _file(store: Store, rows: int) -> bytes:
    with store.reading() as reader:
        names = [unit.name for unit in units(reader) if unit.kind == UnitKind.COMMITTEE]
    start = date(2025, 1, 1)
    lines = [
        (
            *(names[number % len(names)], "专委会工作会议", start + timedelta(days=number % 365)),
            *(
                f"第{number}次专委会工作会议",
                "",
                None,
                None,
                f"研究部署第{number}项工作，明确责任单位和时限。",
            ),
        )
        for number in range(rows)
    ]
    return workbook_of([Sheet("记录", HEADS, lines)])


def _bare_rows(content: bytes) -> list[tuple[object, ...]]:
    book = load_workbook(BytesIO(content), read_only=True, data_only=True)
    sheet = book.worksheets[0]
    sheet.reset_dimensions()
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    book.close()
    return rows


def _bare_insert(folder: Path, rows: list[tuple[object, ...]]) -> None:
    engine = create_engine(f"sqlite:///{(folder / f'{uuid4().hex}.db').as_posix()}")
    table = RecordRow.__table__
    with engine.begin() as connection:
        table.create(connection)  # type: ignore[attr-defined]
        connection.execute(insert(table), [_row(number, cells) for number, cells in enumerate(rows, 1)])
    engine.dispose()


def _row(number: int, cells: tuple[object, ...]) -> dict[str, object]:
    unit, event, day, title, *_, note = cells
    assert isinstance(day, datetime)
    return {
        "begun_by": 1,
        "record_id": number,
        "unit": unit,
        "event": event,
        "occurred_on": day.date(),
        "title": title,
        "leader": "",
        "led_by_first_director": False,
        "reported_on": None,
        "measure": "",
        "amount": None,
        "total": None,
        "note": note,
        "entered_on": NOW.date(),
        "entered_by": "x",
    }


def _ours(folder: Path, content: bytes) -> tuple[float, float, float]:
    with closing(_founded(folder / f"{uuid4().hex}.db")) as store:
        return _imported(store, content)


def _imported(store: Store, content: bytes) -> tuple[float, float, float]:
    """Milliseconds of reading, preview and saving."""
    moments = [perf_counter()]
    tables = tuple(read_files({"rows.xlsx": content}))
    moments.append(perf_counter())
    plan = preview_import(store, OPERATOR, tables, today=NOW.date())
    moments.append(perf_counter())
    confirm_import(store, OPERATOR, Proposal(tables, plan, uuid4().hex), today=NOW.date(), now=NOW)
    moments.append(perf_counter())
    read, preview, save = ((after - before) * 1000 for before, after in itertools.pairwise(moments))
    return read, preview, save


def _median(act: Callable[[], object]) -> float:
    times = []
    for _ in range(RUNS):
        start = perf_counter()
        act()
        times.append((perf_counter() - start) * 1000)
    return median(times)


def _peak(path: Path, folder: Path) -> str:
    url = f"sqlite:///{(folder / 'peak.db').as_posix()}"
    _founded(folder / "peak.db").close()
    command = [sys.executable, __file__, "--once", str(path), url]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def _import_once(path: Path, url: str) -> None:
    with closing(open_store(url)) as store:
        _imported(store, path.read_bytes())
    try:
        import resource  # noqa: PLC0415 - not there on Windows
    except ImportError:
        print("not measured on this system")
    else:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        print(f"{peak / 1024:.0f} MB")


if __name__ == "__main__":
    main()
