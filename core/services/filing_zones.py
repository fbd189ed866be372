"""Zones' plans and experiences in files: what stands, how it is read, written and kept."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from core.domain.experiences import EVENT, FiledExperience
from core.domain.intake import Thing
from core.domain.records import Record, RecordSearch
from core.domain.world import World
from core.domain.zone_files import line_of_experience, line_of_plan, read_experience, read_plan
from core.domain.zone_work import FiledPlan
from core.store.experiences import all_experiences, next_experience_number, write_experience
from core.store.records import all_records
from core.store.unit_of_work import Reader, UnitOfWork
from core.store.zone_work import add_plan, dossiers

ZONE_READERS: Mapping[str, Any] = {"zone_plans": read_plan, "experiences": read_experience}


def filed_plans(reader: Reader) -> list[FiledPlan]:
    """Every zone's plans, of each day the last one, which is the one that held."""
    held = {(each.zone.code, plan.drawn_on): plan for each in dossiers(reader) for plan in each.plans}
    return [
        FiledPlan(zone, replace(plan, person="", change=0, at=None))
        for (zone, _), plan in sorted(held.items(), key=lambda pair: pair[0])
    ]


def filed_experiences(reader: Reader) -> list[FiledExperience]:
    """Every experience as a file holds it; one that has no record of its locality any more is left out."""
    records = {each.record_id: each for each in _summaries(reader)}
    found = [(records.get(each.record_id), each) for each in reversed(all_experiences(reader))]
    return [
        FiledExperience(
            record.occurred_on,
            record.title,
            replace(each, number=0, record_id=0, entered_by="", change=0),
        )
        for record, each in found
        if record and record.unit == each.locality
    ]


ZONE_FILES: Mapping[str, tuple[Callable[[Reader], Iterable[Any]], Callable[[Any], list[object]]]] = {
    "zone_plans": (filed_plans, line_of_plan),
    "experiences": (filed_experiences, line_of_experience),
}
"""How each kind is given out: all there is, and a line of one."""


def zone_files_standing(reader: Reader, kind: str, world: World) -> list[Any]:
    """What stands of a kind; it is made known to the world, and so are the records that experiences name."""
    standing = list(ZONE_FILES[kind][0](reader))
    world.add(*standing)
    if kind == "experiences":
        world.add(*_summaries(reader))
    return standing


def keep_zone_files(work: UnitOfWork, change: int, added: Sequence[Thing], updated: Sequence[Thing]) -> None:
    """Keep what is new or different; a plan stands beside that of the same day, and holds in its place."""
    wanted = (*added, *updated)
    for each in wanted:
        if isinstance(each, FiledPlan):
            add_plan(work, change, each.zone, replace(each.plan, person=work.person))
    _keep_experiences(work, change, [each for each in wanted if isinstance(each, FiledExperience)])


def _summaries(reader: Reader) -> list[Record]:
    return all_records(reader, RecordSearch(events=frozenset({EVENT})))


def _keep_experiences(work: UnitOfWork, change: int, wanted: Sequence[FiledExperience]) -> None:
    if not wanted:
        return
    records = {(each.unit, each.occurred_on, each.title): each.record_id for each in _summaries(work)}
    known = {each.record_id: each for each in all_experiences(work)}
    for each in wanted:
        record_id = records[each.key]
        old = known.get(record_id)
        number = old.number if old else next_experience_number(work)
        entered_by = old.entered_by if old else work.person
        told = replace(each.experience, number=number, record_id=record_id, entered_by=entered_by)
        write_experience(work, change, told)
        known[record_id] = told  # a second file of the same import may bring it again
