"""Questions to the journal's chain: which entry was altered first, is its end there, do versions fit it?"""

import json
from collections.abc import Iterator, Mapping
from importlib import import_module
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from core.store.chaining import CHAINED, HEAD, LOOSE_UNTIL, digest_of, digest_of_all
from core.store.schema import ChangeRow, MarkRow
from core.store.sealing import touched_by
from core.store.unit_of_work import Reader

_BATCH = 2_000
_BEFORE_ALL: Mapping[Any, Any] = {"id": 0, "digest": ""}


def broken_chain(reader: Reader) -> Iterator[str]:
    """The first entry whose content, or whose link to the entry before, is not what it was."""
    table = ChangeRow.__table__
    query = select(*(table.c[name] for name in (*CHAINED, "digest"))).order_by(table.c.id)
    with reader.session.execute(query.execution_options(yield_per=_BATCH)) as entries:
        for before, entry in pairwise(chain([_BEFORE_ALL], entries.mappings())):
            follows = entry["id"] == before["id"] + 1
            if follows and entry["digest"] != digest_of(before["digest"], entry):
                yield f"变更日志第 {entry['id']} 号被改动过，或与前一号衔接不上。"
                return


def cut_journal(reader: Reader) -> Iterator[str]:
    """Newest entries that are gone, or that were added behind the program's back."""
    number, _, digest = _mark(reader, HEAD).partition(":")
    head = int(number) if number.isdigit() else 0
    last = reader.session.scalar(select(func.max(ChangeRow.id))) or 0
    if last < head:
        yield f"变更日志末尾缺少第 {last + 1} 至 {head} 号。"
    elif last > head:
        yield f"变更日志第 {head + 1} 至 {last} 号不是由本程序写入的。"
    elif digest != (reader.session.scalar(select(ChangeRow.digest).where(ChangeRow.id == last)) or ""):
        yield f"变更日志第 {last} 号与登记的末号摘要不符。"


def altered_versions(reader: Reader) -> Iterator[str]:
    """The first entry whose data no longer reads as it did when the entry was written."""
    _know_every_table()
    newest = reader.session.scalar(select(func.max(ChangeRow.id))) or 0
    start = int(_mark(reader, LOOSE_UNTIL) or 0) + 1
    for first in range(start, newest + 1, _BATCH):
        for number in _unlike(reader, first, min(first + _BATCH - 1, newest)):
            yield f"变更日志第 {number} 号写入的数据被改动过，与日志不符。"
            return


def head_of(reader: Reader) -> str:
    """The newest entry's number and digest, to be noted outside the database; empty where there is none."""
    return _mark(reader, HEAD)


def _unlike(reader: Reader, first: int, last: int) -> Iterator[int]:
    touched = touched_by(reader.session, first, last)
    query = select(ChangeRow.id, ChangeRow.detail).where(ChangeRow.id.between(first, last))
    for number, detail in reader.session.execute(query.order_by(ChangeRow.id)):
        found = touched.get(number)
        if _said(detail) != (digest_of_all(found.digests) if found else ""):
            yield number


def _said(detail: str) -> str:
    try:
        whole = json.loads(detail)
    except ValueError:
        return "unreadable"
    return str(whole.get("versions", "")) if isinstance(whole, dict) else "unreadable"


def _mark(reader: Reader, name: str) -> str:
    return reader.session.scalar(select(MarkRow.content).where(MarkRow.name == name)) or ""


def _know_every_table() -> None:
    """A table whose module nobody has imported would go unasked."""
    for path in Path(__file__).parent.glob("*_rows.py"):
        import_module(f"core.store.{path.stem}")
