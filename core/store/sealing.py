"""Seal what one unit of work wrote: what was before and after, and each entry's place in the chain."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import bindparam, or_, select, update
from sqlalchemy.orm import Session

from core.store.chaining import CHAINED, HEAD, digest_of, digest_of_all, digest_of_version
from core.store.schema import ChangeRow, MarkRow, Versioned

SHOWN_AT_MOST = 20
"""An import of thousands of rows keeps their count and digest, and the first few in full."""
_OWN = ("version_id", "begun_by", "ended_by")


@dataclass(slots=True)
class Touched:
    """The versions that one change ended and began: as they read, and their digests."""

    before: list[dict[str, Any]] = field(default_factory=list)
    after: list[dict[str, Any]] = field(default_factory=list)
    digests: list[str] = field(default_factory=list)

    def note(self) -> dict[str, Any]:
        """What the journal keeps of it."""
        kept: dict[str, Any] = {"versions": digest_of_all(self.digests)}
        for name, rows in (("before", self.before), ("after", self.after)):
            if rows:
                kept[name] = rows[:SHOWN_AT_MOST]
            if len(rows) > SHOWN_AT_MOST:
                kept[f"{name}_count"] = len(rows)
        return kept


def seal(session: Session, first: int, last: int) -> None:
    """Seal the entries `first` to `last` (ids without a gap), written in this transaction."""
    session.flush()
    made = touched_by(session, first, last)
    before = session.scalar(select(ChangeRow.digest).where(ChangeRow.id == first - 1)) or ""
    table = ChangeRow.__table__
    query = select(*(table.c[name] for name in CHAINED)).where(table.c.id.between(first, last))
    sealed, digest = [], before
    for row in session.execute(query.order_by(table.c.id)).mappings():
        entry = {**row, "detail": _completed(row["detail"], made.get(row["id"]))}
        digest = digest_of(digest, entry)
        sealed.append({"number": row["id"], "said": entry["detail"], "seal": digest})
    values: dict[str, Any] = {"detail": bindparam("said"), "digest": bindparam("seal")}
    where = table.c.id == bindparam("number")
    session.connection().execute(update(ChangeRow).where(where).values(**values), sealed)
    session.merge(MarkRow(name=HEAD, content=f"{last}:{digest}"))
    session.flush()


def touched_by(session: Session, first: int, last: int) -> Mapping[int, Touched]:
    """What each change from `first` to `last` did to versions; changes that touched none are left out."""
    made: dict[int, Touched] = defaultdict(Touched)
    for table, row in _versions(session, first, last):
        if first <= row["begun_by"] <= last:
            touched = made[row["begun_by"]]
            touched.after.append(_readable(table, row))
            touched.digests.append(digest_of_version(table, row))
        if row["ended_by"] and first <= row["ended_by"] <= last:
            touched = made[row["ended_by"]]
            touched.before.append(_readable(table, row))
            touched.digests.append(f"ended {table} {row['version_id']}")
    return made


def _versions(session: Session, first: int, last: int) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for name, table in sorted(_tables()):
        columns = table.c
        within = or_(columns.begun_by.between(first, last), columns.ended_by.between(first, last))
        query = select(table).where(within).order_by(columns.version_id)
        for row in session.execute(query).mappings():
            yield name, dict(row)


def _tables() -> Iterable[tuple[str, Any]]:
    return ((each.__tablename__, each.__table__) for each in Versioned.__subclasses__())  # type: ignore[attr-defined]


def _readable(table: str, row: Mapping[str, Any]) -> dict[str, Any]:
    content = {key: value for key, value in row.items() if key not in _OWN and value not in (None, "")}
    return {"table": table.removesuffix("_version"), **content}


def _completed(detail: str, touched: Touched | None) -> str:
    if touched is None:
        return detail
    whole = {**touched.note(), **json.loads(detail)}
    return json.dumps(whole, ensure_ascii=False, default=str)
