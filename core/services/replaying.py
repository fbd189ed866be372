"""Put the demonstration city in at the moments at which it was typed in, so that past days can be seen."""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from core.config import utc_moment
from core.domain.hazards import Deed, FiledHazard, Hazard, Move
from core.domain.records import Record
from core.domain.units import Leader, Unit
from core.domain.zones import Zone
from core.services.importing import Plan
from core.store.hazards import add_hazards, add_moves
from core.store.journal import replay_changes
from core.store.records import add_records
from core.store.rolls import add_things
from core.store.unit_of_work import UnitOfWork


class Entering(NamedTuple):
    """When, and by whom, a record of the demonstration was typed in (local time)."""

    at: datetime
    person: str


@dataclass(frozen=True, slots=True)
class Scene:
    """One thing typed in: a record, or a hazard's move; `code` is the hazard's."""

    at: datetime
    person: str
    action: str
    subject: str
    thing: Record | Move
    code: str = ""


def read_entering(path: Path) -> list[Entering]:
    """The moments of the records, in their order."""
    return [Entering(datetime.fromisoformat(row["entered_at"]), row["person"]) for row in _rows(path)]


def replay(work: UnitOfWork, plan: Plan, entering: Sequence[Entering], moves: Path) -> None:
    """Write everybody first, then records and moves in the order in which they were typed in."""
    things = [each for each in plan.added if isinstance(each, Unit | Leader | Zone)]
    names = {each.code.lower(): each.name for each in things if isinstance(each, Unit)}
    start = datetime(entering[0].at.year, 1, 1)  # noqa: DTZ001 - local time, turned to UTC by utc_moment
    founding = replay_changes(work, [(utc_moment(start), "系统", "found", "示例数据")])[0]
    add_things(work, founding, things)
    records = [each for each in plan.added if isinstance(each, Record)]
    scenes = [*_entries(records, entering, names), *_moves(moves, names)]
    scenes.sort(key=lambda scene: scene.at)
    changes = replay_changes(work, ((utc_moment(s.at), s.person, s.action, s.subject) for s in scenes))
    hazards = {each.hazard.code: each.hazard for each in plan.added if isinstance(each, FiledHazard)}
    _write(work, list(zip(changes, scenes, strict=True)), hazards)


def _write(work: UnitOfWork, told: Sequence[tuple[int, Scene]], hazards: Mapping[str, Hazard]) -> None:
    add_records(work, ((change, s.thing) for change, s in told if isinstance(s.thing, Record)))
    moves = [(change, s.code, s.thing) for change, s in told if isinstance(s.thing, Move)]
    found = ((change, hazards[code]) for change, code, move in moves if move.deed == Deed.FOUND)
    add_hazards(work, found)
    add_moves(work, moves)


def _entries(
    records: Iterable[Record], entering: Iterable[Entering], names: Mapping[str, str]
) -> Iterator[Scene]:
    for record, (at, login) in zip(records, entering, strict=True):
        person = _signed(login, names)
        entered = replace(record, entered_on=at.date(), entered_by=person)
        yield Scene(at, person, "record.entered", f"{record.unit} {record.event}", entered)


def _moves(path: Path, names: Mapping[str, str]) -> Iterator[Scene]:
    for row in _rows(path) if path.is_file() else ():
        move = replace(_move(row), person=_signed(row["person"], names))
        at = datetime.fromisoformat(row["entered_at"])
        yield Scene(at, move.person, f"hazard.{move.deed.value}", row["hazard"], move, row["hazard"])


def _move(row: Mapping[str, str]) -> Move:
    return Move(
        Deed.of(row["deed"]),
        date.fromisoformat(row["on"]),
        note=row["note"],
        unit=row["unit"],
        due=date.fromisoformat(row["due"]) if row["due"] else None,
        document=row["document"],
        detail=tuple(json.loads(row["detail"]).items()) if row["detail"] else (),
    )


def _signed(login: str, names: Mapping[str, str]) -> str:
    """A clerk without an account signs as the unit's clerk."""
    code = login.removeprefix("clerk-")
    return login if code == login else f"{names[code]}经办人"


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
