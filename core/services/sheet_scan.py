"""A look at a worksheet's raw XML before the library reads it: where it ends, what is merged, what computes.

The library would walk through a million empty rows, and says nothing of merged cells or of formulas whose
result was never saved.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Any

from defusedxml.ElementTree import iterparse

_CHUNK = 4 * 1024 * 1024
_OVERLAP = 256 * 1024
_LAST_ROW = 1_048_576
# With and without a namespace prefix, as different programs write them.
_VALUES = (b"</v>", b":v>", b"</is>", b":is>", b"<f", b":f>", b":f ")
_FORMULA = re.compile(rb"<(?:\w+:)?f[ />]")
_ROW = re.compile(rb'<(?:\w+:)?row\s[^>]*?\br="(\d+)"')
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
# Beyond column IV, the 256th.
_FAR = re.compile(rb'r="((?:[A-Z]{3,}|[J-Z][A-Z]|I[W-Z])\d+)"[^>]*>\s*<(?:\w+:)?(?:v|is|f)[ />]')


@dataclass(slots=True)
class SheetFacts:
    """What the raw XML says; `merged` holds the corners (row, column letters) of each merged range."""

    last_row: int = 0
    has_formulas: bool = False
    far_cell: str = ""
    merged: set[tuple[int, str, int, str]] = field(default_factory=set)


def scan(source: IO[bytes]) -> SheetFacts:
    """Look through a worksheet's XML once, a piece at a time."""
    facts, window = SheetFacts(), b""
    while chunk := source.read(_CHUNK):
        window = window[-_OVERLAP:] + chunk
        _look(window, facts)
    return facts


def uncomputed_cells(source: IO[bytes]) -> Iterator[tuple[int, str]]:
    """Row and column letters of every formula without a saved result; an empty text is a result."""
    for _, cell in iterparse(source):
        name = cell.tag.rpartition("}")[2]
        if name == "c" and _is_uncomputed(cell):
            found = re.fullmatch(r"([A-Z]+)(\d+)", cell.get("r", ""))
            if found:
                yield int(found[2]), found[1]
        if name == "row":
            cell.clear()


def _is_uncomputed(cell: Any) -> bool:
    parts = {part.tag.rpartition("}")[2]: part for part in cell}
    result = parts["v"].text if "v" in parts else None
    return "f" in parts and not result and cell.get("t") != "str"


def _look(window: bytes, facts: SheetFacts) -> None:
    last = max(window.rfind(mark) for mark in _VALUES)
    if last >= 0:
        facts.last_row = max(facts.last_row, _row_of(window, last))
    if not facts.has_formulas and (b"<f" in window or b":f" in window):
        facts.has_formulas = bool(_FORMULA.search(window))
    far = _FAR.search(window)
    facts.far_cell = facts.far_cell or (far[1].decode() if far else "")
    for left, top, right, bottom in _MERGE.findall(window) if b"mergeCell " in window else ():
        facts.merged.add((int(top), left.decode(), int(bottom), right.decode()))


def _row_of(window: bytes, place: int) -> int:
    """The number of the row that a place lies in; the greatest there can be where the file numbers none."""
    prefixed = window.rfind(b":row", 0, place)
    start = max(window.rfind(b"<row", 0, place), window.rfind(b"<", 0, prefixed) if prefixed >= 0 else -1)
    found = _ROW.match(window, start) if start >= 0 else None
    return int(found[1]) if found else _LAST_ROW
