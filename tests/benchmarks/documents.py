"""How long a bulletin takes, as a multiple of writing as many paragraphs and cells with python-docx alone.

    python tests/benchmarks/documents.py --cities 1 5

The first is the demonstration city; the others are as many of it in one database, so that 5 have about 200
units. Times are the least of several runs in milliseconds. `facts` reads the record and composes the words,
`file` draws the chart and writes the Word file (the chart is drawn once and kept, as on the page); `bare` is
python-docx writing the same texts in plain paragraphs and tables, saved to memory.
"""

import argparse
import csv
import io
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import TypeVar

import docx

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # the project, when run as a file

from core.auth import OPERATOR
from core.domain.papers import Grid, Heading, Paper, PaperKind, Paragraph
from core.services.composing import Order, compose, warm_up, word_file
from core.store.engine import open_store

Made = TypeVar("Made")
_HOME = Path(__file__).resolve().parents[2]
_ORDER = Order(PaperKind.BULLETIN, date(2025, 7, 5), date(2025, 7, 5), subject="2025Q2")
_CODES = {
    "units": ("code", "parent", "lead_unit"),
    "leaders": ("unit",),
    "zones": ("code", "locality"),
    "records": ("unit",),
    "hazards": ("code", "locality", "unit", "industry", "found_by"),
}
"""The columns that hold codes, by file; those of another copy of the city bear its number."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cities", type=int, nargs="+", default=[1, 5])
    parser.add_argument("--repeat", type=int, default=3)
    asked = parser.parse_args()
    warm_up()
    print("cities  paragraphs   cells   facts    file    bare  file/bare  all/bare")
    for cities in asked.cities:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            print(_line(Path(folder), cities, asked.repeat))


def _line(folder: Path, cities: int, repeat: int) -> str:
    url = _filled(folder, cities)
    with closing(open_store(url)) as store:
        facts, paper = _least(lambda: compose(store, OPERATOR, _ORDER), repeat)
        file, _ = _least(lambda: word_file(paper), repeat)
    bare, (paragraphs, cells) = _least(lambda: _bare(paper), repeat)
    counts = f"{cities:6} {paragraphs:11} {cells:7}"
    return f"{counts} {facts:7.0f} {file:7.0f} {bare:7.0f} {file / bare:10.2f} {(facts + file) / bare:9.2f}"


def _least(make: Callable[[], Made], repeat: int) -> tuple[float, Made]:
    """The least time of several, after one that warms up, and what was made."""
    made, least = make(), float("inf")
    for _ in range(repeat):
        begun = perf_counter()
        made = make()
        least = min(least, (perf_counter() - begun) * 1000)
    return least, made


def _bare(paper: Paper) -> tuple[int, int]:
    """Write the same texts with the library alone; how many paragraphs and cells."""
    book, cells = docx.Document(), 0
    texts = [block.text for block in paper.blocks if isinstance(block, Heading | Paragraph)]
    for text in texts:
        book.add_paragraph(text)
    for grid in (block for block in paper.blocks if isinstance(block, Grid)):
        table = book.add_table(rows=0, cols=len(grid.heads))
        for row in (grid.heads, *grid.rows):
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
                cells += 1
    book.save(io.BytesIO())
    return len(texts), cells


def _filled(folder: Path, cities: int) -> str:
    """A database with so many copies of the demonstration city, imported as the office would."""
    files = folder / "files"
    files.mkdir()
    for name, codes in _CODES.items():
        _multiply(name, codes, files, cities)
    url = f"sqlite:///{(folder / 'anze.db').as_posix()}"
    for command in (["init", "--empty"], ["import", str(files)]):
        environment = {**os.environ, "DATABASE_URL": url}
        called = [sys.executable, "-m", "core", *command]
        subprocess.run(called, cwd=_HOME, env=environment, check=True, capture_output=True)
    return url


def _multiply(name: str, codes: tuple[str, ...], files: Path, cities: int) -> None:
    with (_HOME / "sample_data" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as source:
        rows = list(csv.DictReader(source))
    with (files / f"{name}.csv").open("w", encoding="utf-8", newline="") as target:
        out = csv.DictWriter(target, list(rows[0]))
        out.writeheader()
        for city in range(cities):
            out.writerows(
                _moved(row, codes, city) for row in rows if not (city and row.get("kind") == "city")
            )


def _moved(row: dict[str, str], codes: tuple[str, ...], city: int) -> dict[str, str]:
    """A row of another copy: its codes and names bear the copy's number, but for the one city office."""
    if not city:
        return row
    moved = {name: _marked(row[name], city) for name in codes if row.get(name)}
    if row.get("kind"):
        moved["name"] = f"{row['name']}之{city + 1}"
    return {**row, **moved}


def _marked(code: str, city: int) -> str:
    return code if code.startswith("T") else f"{code}-{city + 1}"


if __name__ == "__main__":
    main()
