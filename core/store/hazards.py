"""Hazards in versions, and the moves that carry them on."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import ColumnElement, insert, select

from core.domain.courses import case_of
from core.domain.hazards import Case, Deed, Hazard, Level, Move
from core.errors import InputError
from core.store.hazard_rows import HazardMoveRow, HazardRow
from core.store.schema import ChangeRow
from core.store.states import remembered
from core.store.unit_of_work import Reader, UnitOfWork


def all_cases(reader: Reader) -> list[Case]:
    """Every hazard with its moves, the newest found first; nobody may change what this gives."""
    return remembered(reader, (HazardRow, HazardMoveRow), "cases", lambda: _all_cases(reader))


def _all_cases(reader: Reader) -> list[Case]:
    moves = _moves(reader)
    query = select(HazardRow).where(reader.current(HazardRow))
    rows = reader.session.scalars(query.order_by(HazardRow.found_on.desc(), HazardRow.code.desc()))
    return [case_of(_hazard(row), moves.get(row.code, ())) for row in rows]


def find_case(reader: Reader, code: str) -> Case | None:
    """One hazard with its moves; None where there is none."""
    query = select(HazardRow).where(reader.current(HazardRow), HazardRow.code == code)
    row = reader.session.scalars(query).one_or_none()
    if row is None:
        return None
    return case_of(_hazard(row), _moves(reader, HazardMoveRow.hazard == code).get(code, ()))


def hazard_begun_by(reader: Reader, change: int) -> str | None:
    """The hazard that a change registered, if it registered one."""
    return reader.session.scalar(select(HazardRow.code).where(HazardRow.begun_by == change))


def next_number(reader: Reader, prefix: str) -> int:
    """The number after the highest that was ever used with a prefix, whether still current or not."""
    query = select(HazardRow.code).where(HazardRow.code.startswith(prefix, autoescape=True)).distinct()
    numbers = (code.removeprefix(prefix) for code in reader.session.scalars(query))
    return max((int(each) for each in numbers if each.isdecimal()), default=0) + 1


def add_hazards(work: UnitOfWork, entries: Iterable[tuple[int, Hazard]]) -> None:
    """Begin hazards, each with the change that brings it."""
    rows = [{"begun_by": change, **_hazard_columns(hazard)} for change, hazard in entries]
    if rows:
        work.session.execute(insert(HazardRow), rows)


def add_moves(work: UnitOfWork, entries: Iterable[tuple[int, str, Move]]) -> None:
    """Add moves, each with its change and its hazard's code, in the order in which they were made."""
    rows = [{"begun_by": change, "hazard": code, **_move_columns(move)} for change, code, move in entries]
    if rows:
        work.session.execute(insert(HazardMoveRow), rows)


def replace_hazard(work: UnitOfWork, change: int, hazard: Hazard) -> None:
    """End the current version of a hazard and begin another."""
    query = select(HazardRow).where(HazardRow.ended_by.is_(None), HazardRow.code == hazard.code)
    work.end(work.session.scalars(query).one(), change)
    work.session.flush()
    add_hazards(work, [(change, hazard)])


def end_moves(work: UnitOfWork, change: int, moves: Iterable[Move]) -> None:
    """End moves: from this change on they are history that no longer holds."""
    numbers = [move.move_id for move in moves]
    query = select(HazardMoveRow).where(HazardMoveRow.version_id.in_(numbers))
    for row in work.session.scalars(query):
        work.end(row, change)
    work.session.flush()


def broken_courses(reader: Reader) -> Iterator[str]:
    """Hazards whose moves do not follow from one another, and moves of hazards that are not there."""
    moves = _moves(reader)
    rows = reader.session.scalars(select(HazardRow).where(reader.current(HazardRow))).all()
    for row in rows:
        try:
            case_of(_hazard(row), moves.get(row.code, ()))
        except InputError as error:
            yield f"隐患 {row.code} 的办理过程有误：{error}"
    for code in sorted(set(moves) - {row.code for row in rows}):
        yield f"有办理过程属于不存在的隐患“{code}”。"


def _moves(reader: Reader, *where: ColumnElement[bool]) -> Mapping[str, list[Move]]:
    query = (
        select(HazardMoveRow, ChangeRow.at)
        .join(ChangeRow, ChangeRow.id == HazardMoveRow.begun_by)
        .where(reader.current(HazardMoveRow), *where)
        .order_by(HazardMoveRow.version_id)
    )
    grouped: defaultdict[str, list[Move]] = defaultdict(list)
    for row, at in reader.session.execute(query):
        grouped[row.hazard].append(_move(row, at))
    return grouped


def _hazard(row: HazardRow) -> Hazard:
    return Hazard(
        row.code,
        row.locality,
        row.place,
        row.description,
        Level.of(row.grade),
        row.found_on,
        row.source,
        row.industry,
        row.found_by,
    )


def _hazard_columns(hazard: Hazard) -> dict[str, Any]:
    names = ("code", "locality", "place", "description", "found_on", "source", "industry", "found_by")
    return {"grade": hazard.level.value} | {name: getattr(hazard, name) for name in names}


def _move(row: HazardMoveRow, at: Any) -> Move:
    pairs = tuple((name, text) for name, text in json.loads(row.detail).items())
    return Move(
        Deed.of(row.deed),
        row.moved_on,
        row.person,
        row.note,
        row.unit,
        row.due,
        row.document,
        pairs,
        row.version_id,
        at,
    )


def _move_columns(move: Move) -> dict[str, Any]:
    names = ("person", "note", "unit", "due", "document")
    return {
        "deed": move.deed.value,
        "moved_on": move.on,
        "detail": json.dumps(dict(move.detail), ensure_ascii=False),
    } | {name: getattr(move, name) for name in names}
