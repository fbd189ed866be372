"""Names to read records by: units, events, measures, people, rosters."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.auth import Actor, scope_of
from core.domain.catalogue import Catalogue
from core.domain.differences import Vocabulary
from core.domain.units import Leader, Unit
from core.services.catalogues import catalogues_of
from core.services.explaining import grace_days
from core.store.accounts import names_of_accounts
from core.store.engine import Store
from core.store.rolls import leaders, units


@dataclass(frozen=True, slots=True)
class Lookup:
    """What a screen needs beside the records: the units the person may see, and names for every code."""

    units: tuple[Unit, ...]
    names: Vocabulary
    people: Mapping[str, str]
    leaders: tuple[Leader, ...]
    grace_days: int

    def roster(self, unit: str) -> list[Leader]:
        """One unit's leaders."""
        return [each for each in self.leaders if each.unit == unit]


def look_up(store: Store, actor: Actor) -> Lookup:
    """Gather the names, of the units the actor may see.

    Raises:
        ForbiddenError: the role sees no business data.
    """
    scope = scope_of(actor)
    with store.reading() as reader:
        every = units(reader)
        seen = tuple(unit for unit in every if scope.covers(unit.kind, unit.code))
        codes = {unit.code for unit in seen}
        roster = tuple(each for each in leaders(reader) if each.unit in codes)
        people, grace = names_of_accounts(reader), grace_days(reader)
        names = vocabulary(catalogues_of(reader), {unit.code: unit.name for unit in every})
    return Lookup(seen, names, people, roster, grace)


def vocabulary(catalogues: Mapping[int, Catalogue], unit_names: Mapping[str, str]) -> Vocabulary:
    """The Chinese names of all years' events and measures, the newest year's last word first."""
    events: dict[str, str] = {}
    measures: dict[str, str] = {}
    for _, catalogue in sorted(catalogues.items()):
        events.update(catalogue.events)
        for names in catalogue.measures.values():
            measures.update(names)
    return Vocabulary(unit_names, events, measures)
