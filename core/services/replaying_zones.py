"""The work on the demonstration's functional zones, told on the days on which it was done."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from zlib import crc32

from core.config import utc_moment
from core.domain.attachments import Owner, OwnerKind
from core.domain.experiences import EVENT, Experience
from core.domain.records import Record
from core.domain.zone_checklists import starting_checklist
from core.domain.zone_work import ChecklistItem, Deed, ItemState, Mark, Plan, Step
from core.domain.zones import Area, Zone
from core.services.sample_pictures import VARIANTS, sample_picture
from core.store.attachments import NewAttachment, keep_attachment
from core.store.experiences import write_experience
from core.store.unit_of_work import UnitOfWork
from core.store.zone_work import add_marks, add_plan, add_step

_MARKED, _PLANNED, _PROVED = ("begun", "done"), "planned", "evidence"


@dataclass(frozen=True, slots=True)
class ZoneTurn:
    """One thing done about a zone (local time); `deed` planned, begun, evidence, done, or a `Deed`."""

    zone: str
    at: datetime
    person: str
    deed: str
    area: Area | None
    score: int | None
    due: tuple[date | None, ...]
    note: str

    @property
    def action(self) -> str:
        """What the journal calls it."""
        if self.deed == _PROVED:
            return "attachment.added"
        return "zone.marked" if self.deed in _MARKED else f"zone.{self.deed}"

    def subject(self, zone: Zone) -> str:
        """What the journal says it concerns."""
        area = f" {self.area.label}" if self.area else ""
        return f"{zone.locality} {zone.name}{area}"


@dataclass(frozen=True, slots=True)
class ExperienceTurn:
    """An experience told (local time), or later made known to the city, when `promotion` says how."""

    at: datetime
    person: str
    number: int
    locality: str
    zone: str
    title: str
    content: str
    promotion: str = ""

    @property
    def action(self) -> str:
        """What the journal calls it."""
        return "experience.promoted" if self.promotion else "experience.entered"

    @property
    def subject(self) -> str:
        """What the journal says it concerns."""
        return f"{self.locality} {self.title}"


def read_zone_turns(path: Path) -> list[ZoneTurn]:
    """The deeds of the demonstration; none where there is no such file."""
    return [_turn(row) for row in _rows(path)]


def read_experience_turns(path: Path, clerks: Mapping[str, str]) -> Iterator[ExperienceTurn]:
    """The experiences of the demonstration, each told and perhaps promoted; `clerks` by locality."""
    for number, row in enumerate(_rows(path), start=1):
        locality = row["locality"]
        told = ExperienceTurn(
            datetime.fromisoformat(row["entered_at"]),
            clerks.get(locality, f"clerk-{locality.lower()}"),
            number,
            *(locality, row["zone"], row["record"], row["content"]),
        )
        yield told
        if row["promoted_at"]:
            at = datetime.fromisoformat(row["promoted_at"])
            yield replace(told, at=at, person="office", promotion=row["promotion"])


def write_zone_turns(work: UnitOfWork, told: Iterable[tuple[int, ZoneTurn]]) -> None:
    """Keep what was done, each with its change."""
    checklist = starting_checklist()
    for change, turn in told:
        items = [each for each in checklist if each.area == turn.area]
        if turn.area is None:
            add_plan(work, change, turn.zone, Plan(turn.note, turn.at.date(), turn.due, turn.person))
        elif turn.deed in _MARKED:
            add_marks(work, ((change, turn.zone, mark) for mark in _marks(turn, items)))
        elif turn.deed == _PROVED:
            _prove(work, change, turn, turn.area)
        else:
            add_step(work, change, turn.zone, _step(turn, turn.area, items))


def write_experience_turns(
    work: UnitOfWork, told: Iterable[tuple[int, ExperienceTurn]], records: Mapping[Record, int]
) -> None:
    """Keep the experiences, each tied to the record of its summary; `records` are those entered, with ids."""
    summaries = {
        (each.unit, each.title): (each, number) for each, number in records.items() if each.event == EVENT
    }
    known: dict[int, Experience] = {}
    for change, turn in told:
        record, record_id = summaries[turn.locality, turn.title]
        if turn.promotion:
            wanted = replace(known[turn.number], promoted_on=turn.at.date(), promotion=turn.promotion)
        else:
            place = (turn.number, turn.locality, turn.zone, turn.title, turn.content)
            wanted = Experience(*place, record.occurred_on, record_id, entered_by=turn.person)
        known[turn.number] = wanted
        write_experience(work, change, wanted)


def _marks(turn: ZoneTurn, items: Sequence[ChecklistItem]) -> Iterator[Mark]:
    """First the half of the checklist is under way, then all of it is done but for a point here and there."""
    day = turn.at.date()
    if turn.deed == "begun":
        for item in items[: (len(items) + 1) // 2]:
            yield Mark(item.code, ItemState.DOING, item.points // 2, day, turn.person)
    else:
        for item in items:
            yield Mark(item.code, ItemState.DONE, _points(turn.zone, item), day, turn.person)


def _points(zone: str, item: ChecklistItem) -> int:
    return item.points - crc32(f"{zone} {item.code}".encode()) % 4


def _step(turn: ZoneTurn, area: Area, items: Sequence[ChecklistItem]) -> Step:
    own = sum(_points(turn.zone, item) for item in items)
    score = own if turn.deed == Deed.ASSESSED else turn.score
    return Step(area, Deed.of(turn.deed), turn.at.date(), score, turn.note, turn.person)


def _prove(work: UnitOfWork, change: int, turn: ZoneTurn, area: Area) -> None:
    """A drawn picture in place of the papers, as of its own moment."""
    person, now = work.person, work.now
    work.person, work.now = turn.person, utc_moment(turn.at)
    picture = sample_picture(crc32(f"{turn.zone} {area}".encode()) % VARIANTS, mended=True)
    owner = Owner(OwnerKind.ZONE_AREA, f"{turn.zone}.{area.value}")
    keep_attachment(work, change, NewAttachment(owner, "示例佐证材料.jpg", "image/jpeg", picture))
    work.person, work.now = person, now


def _turn(row: Mapping[str, str]) -> ZoneTurn:
    return ZoneTurn(
        row["zone"],
        datetime.fromisoformat(row["entered_at"]),
        row["person"],
        row["deed"],
        Area.of(row["area"]) if row["area"] else None,
        int(row["score"]) if row["score"] else None,
        tuple(date.fromisoformat(each) for each in row["due"].split(";") if each),
        row["note"],
    )


def _rows(path: Path) -> list[dict[str, str]]:
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
