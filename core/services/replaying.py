"""Put the demonstration city in at the moments at which it was typed in, so that past days can be seen."""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from core.config import utc_moment
from core.domain.courses import case_of
from core.domain.hazards import Case, Deed, FiledHazard, Hazard, Move
from core.domain.measures import Measure, Step
from core.domain.records import Record
from core.domain.status import Roll
from core.domain.units import Leader, Unit
from core.domain.zones import Zone
from core.services.importing import Plan
from core.services.replaying_measures import Turn, measures_told, numbered, read_turns
from core.services.replaying_photographs import Photograph, keep_photographs, of_moves, of_records
from core.services.replaying_registers import Batch, batches, founded, write_batches
from core.services.replaying_zones import (
    ExperienceTurn,
    ZoneTurn,
    read_experience_turns,
    read_zone_turns,
    write_experience_turns,
    write_zone_turns,
)
from core.store.hazards import add_hazards, add_moves
from core.store.journal import replay_changes
from core.store.measures import add_measure, add_step
from core.store.records import add_records
from core.store.registers import add_entries
from core.store.rolls import add_things
from core.store.unit_of_work import UnitOfWork

CLERKS: Mapping[str, str] = {"L02": "locality"}
"""Localities whose clerk has one of the demonstration's accounts."""


class Entering(NamedTuple):
    """When, and by whom, a record of the demonstration was typed in (local time)."""

    at: datetime
    person: str


@dataclass(frozen=True, slots=True)
class Scene:
    """One thing typed in; `code` names the hazard of a move, `number` the measure that something concerns."""

    at: datetime
    person: str
    action: str
    subject: str
    thing: Record | Move | Measure | Step | Photograph | Batch | ZoneTurn | ExperienceTurn
    code: str = ""
    number: int = 0


def read_entering(path: Path) -> list[Entering]:
    """The moments of the records, in their order."""
    return [Entering(datetime.fromisoformat(row["entered_at"]), row["person"]) for row in _rows(path)]


def replay(work: UnitOfWork, plan: Plan, entering: Sequence[Entering], sample: Path) -> int:
    """Write everybody first, then records, moves and measures in the order in which they were typed in.

    `sample` is the folder with what is no table of its own: moves, turns of the office, work on zones.

    Returns:
        The founding change, which is the first.
    """
    things = [each for each in plan.added if isinstance(each, Unit | Leader | Zone)]
    names = {each.code.lower(): each.name for each in things if isinstance(each, Unit)}
    start = datetime(entering[0].at.year, 1, 1)  # noqa: DTZ001 - local time, turned to UTC by utc_moment
    founding = replay_changes(work, [(utc_moment(start), "系统", "found", "示例数据")])[0]
    add_things(work, founding, things)
    records = [each for each in plan.added if isinstance(each, Record)]
    hazards = {each.hazard.code: each.hazard for each in plan.added if isinstance(each, FiledHazard)}
    scenes = [*_entries(records, entering, names), *_moves(sample / "hazard_moves.csv", names)]
    turns = read_turns(sample / "measure_turns.csv")
    scenes += [*_measures(turns, things, scenes, hazards, names), *_photographs(scenes)]
    add_entries(work, ((founding, each) for each in founded(plan.added)))
    scenes += _registers(plan, start.date(), names)
    scenes += _zone_work(sample, things, names)
    scenes.sort(key=lambda scene: scene.at)
    changes = replay_changes(work, ((utc_moment(s.at), s.person, s.action, s.subject) for s in scenes))
    _write(work, list(zip(changes, scenes, strict=True)), hazards)
    return founding


def _write(work: UnitOfWork, told: Sequence[tuple[int, Scene]], hazards: Mapping[str, Hazard]) -> None:
    entered = [(change, s.thing) for change, s in told if isinstance(s.thing, Record)]
    records = dict(zip((record for _, record in entered), add_records(work, entered), strict=True))
    numbers = {record.key: number for record, number in records.items()}
    moves = [(change, s.code, s.thing) for change, s in told if isinstance(s.thing, Move)]
    found = ((change, hazards[code]) for change, code, move in moves if move.deed == Deed.FOUND)
    add_hazards(work, found)
    add_moves(work, moves)
    _write_measures(work, told)
    taken = ((change, s.thing) for change, s in told if isinstance(s.thing, Photograph))
    keep_photographs(work, taken, numbers)
    write_batches(work, [(change, s.thing) for change, s in told if isinstance(s.thing, Batch)])
    write_zone_turns(work, ((change, s.thing) for change, s in told if isinstance(s.thing, ZoneTurn)))
    shared = ((change, s.thing) for change, s in told if isinstance(s.thing, ExperienceTurn))
    write_experience_turns(work, shared, records)


def _write_measures(work: UnitOfWork, told: Sequence[tuple[int, Scene]]) -> None:
    """Measures and what followed them; earlier ones bear other ids in the database than in the story."""
    ids = {0: 0}
    for change, scene in told:
        if isinstance(scene.thing, Measure):
            issued = replace(scene.thing, raised_from=ids[scene.thing.raised_from])
            ids[scene.number] = add_measure(work, change, issued)
        elif isinstance(scene.thing, Step):
            add_step(work, change, ids[scene.number], scene.thing)


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


def _photographs(scenes: Sequence[Scene]) -> Iterator[Scene]:
    moves = ((s.at, s.person, s.code, s.thing) for s in scenes if isinstance(s.thing, Move))
    records = ((s.at, s.person, s.thing) for s in scenes if isinstance(s.thing, Record))
    for each in (*of_moves(moves), *of_records(records)):
        yield Scene(each.at, each.person, "attachment.added", each.subject, each)


def _measures(
    turns: Sequence[Turn],
    things: Sequence[Unit | Leader | Zone],
    scenes: Sequence[Scene],
    hazards: Mapping[str, Hazard],
    names: Mapping[str, str],
) -> Iterator[Scene]:
    records = [scene.thing for scene in scenes if isinstance(scene.thing, Record)]
    subjects: dict[int, str] = {}
    for told in numbered(measures_told(turns, _roll(things), records, _cases(scenes, hazards))):
        person, done = _signed(told.person, names), told.done
        action = "issued" if isinstance(done, Measure) else done.follow.value
        if isinstance(done, Measure):
            subjects[told.number] = f"{done.unit} {done.label}"
        else:
            done = replace(done, person=person)
        yield Scene(told.at, person, f"measure.{action}", subjects[told.number], done, number=told.number)


def _registers(plan: Plan, start: date, names: Mapping[str, str]) -> Iterator[Scene]:
    """A locality's clerk types its registers in; one with an account of the demonstration signs with it."""
    for batch in batches(plan.added, start):
        login = CLERKS.get(batch.place, f"clerk-{batch.place.lower()}")
        yield Scene(batch.at, _signed(login, names), batch.action, batch.subject, batch)


def _zone_work(
    sample: Path, things: Sequence[Unit | Leader | Zone], names: Mapping[str, str]
) -> Iterator[Scene]:
    zones = {each.code: each for each in things if isinstance(each, Zone)}
    for turn in read_zone_turns(sample / "zone_turns.csv"):
        told = replace(turn, person=_signed(turn.person, names))
        yield Scene(told.at, told.person, told.action, told.subject(zones[told.zone]), told)
    for experience in read_experience_turns(sample / "experience_turns.csv", CLERKS):
        shared = replace(experience, person=_signed(experience.person, names))
        yield Scene(shared.at, shared.person, shared.action, shared.subject, shared)


def _roll(things: Sequence[Unit | Leader | Zone]) -> Roll:
    return Roll(
        [each for each in things if isinstance(each, Unit)],
        [each for each in things if isinstance(each, Leader)],
        [each for each in things if isinstance(each, Zone)],
    )


def _cases(scenes: Iterable[Scene], hazards: Mapping[str, Hazard]) -> list[Case]:
    moves: dict[str, list[Move]] = {}
    for scene in sorted(scenes, key=lambda each: each.at):
        if isinstance(scene.thing, Move):
            moves.setdefault(scene.code, []).append(scene.thing)
    return [case_of(hazards[code], own) for code, own in moves.items()]


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
