"""What attachments can belong to: how each kind of thing is found, and whose unit it is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from core.domain.attachments import Owner, OwnerKind
from core.domain.zones import Area, Zone
from core.store.experiences import find_experience
from core.store.hazards import find_case
from core.store.records import find_record, versions_of
from core.store.rolls import zones
from core.store.unit_of_work import Reader


@dataclass(frozen=True, slots=True)
class Place:
    """Where a thing belongs: its unit, the journal's subject, and whether it takes no more (a voided one).

    Where `only` names units, nobody else sees it but who sees everything.
    """

    unit: str
    subject: str
    closed: bool = False
    only: frozenset[str] = frozenset()


def place_of(reader: Reader, owner: Owner) -> Place | None:
    """Find the thing; None where there is none."""
    return PLACES[owner.kind](reader, owner.number) if owner.kind in PLACES else None


def place_of_record(reader: Reader, number: str) -> Place | None:
    """A record by its lasting number; one that was voided still shows what it had."""
    if not number.isdecimal():
        return None
    found = find_record(reader, int(number))
    if found:
        return Place(found[0].unit, f"{found[0].unit} {found[0].event}")
    versions = versions_of(reader, int(number))
    if not versions:
        return None
    last = versions[-1].record
    return Place(last.unit, f"{last.unit} {last.event}", closed=True)


def place_of_hazard(reader: Reader, number: str) -> Place | None:
    """A hazard by its code; whom it concerns sees its photographs, who must rectify it adds to them."""
    case = find_case(reader, number)
    return Place(case.responsible, number, only=case.units) if case else None


def place_of_zone(reader: Reader, number: str) -> Place | None:
    """A zone's plan by the zone's code."""
    zone = _zone(reader, number)
    return Place(zone.locality, f"{zone.locality} {zone.name}") if zone else None


def place_of_area(reader: Reader, number: str) -> Place | None:
    """What proves an area, by the zone's code and the area's: `Z01.duty`."""
    code, _, area = number.rpartition(".")
    zone, found = _zone(reader, code), Area.parse(area)
    return Place(zone.locality, f"{zone.locality} {zone.name} {found.label}") if zone and found else None


def place_of_experience(reader: Reader, number: str) -> Place | None:
    """An experience by its lasting number."""
    found = find_experience(reader, int(number)) if number.isdecimal() else None
    return Place(found.locality, f"{found.locality} {found.title}") if found else None


def _zone(reader: Reader, code: str) -> Zone | None:
    return next((each for each in zones(reader) if each.code == code), None)


PLACES: Mapping[OwnerKind, Callable[[Reader, str], Place | None]] = {
    OwnerKind.RECORD: place_of_record,
    OwnerKind.HAZARD: place_of_hazard,
    OwnerKind.ZONE_PLAN: place_of_zone,
    OwnerKind.ZONE_AREA: place_of_area,
    OwnerKind.EXPERIENCE: place_of_experience,
}
