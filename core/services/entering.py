"""What a person needs to enter something: their units, the rosters, what is owed, and what an entry did."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from core.auth import Actor, Permission, may, require
from core.domain.catalogue import Catalogue
from core.domain.cells import Cell
from core.domain.checking import Needs, needs_of
from core.domain.entering import Choice, choices_for, effects_of, reports_owed
from core.domain.records import Record
from core.domain.units import Leader, Unit
from core.errors import NotFoundError
from core.services.catalogues import catalogue_of, chosen, default_year, year_for
from core.services.judging import Question
from core.services.scoreboard import cells_for
from core.store.engine import Store
from core.store.rolls import leaders, units


@dataclass(frozen=True, slots=True)
class Desk:
    """One unit's desk: its events, what is owed first, its roster, and the catalogue that holds today.

    `unreported` are the cells that lack the report of something entered already.
    """

    unit: Unit
    catalogue: Catalogue
    choices: tuple[Choice, ...]
    roster: tuple[Leader, ...]
    unreported: tuple[Cell, ...] = ()

    def needs(self, event: str) -> Needs:
        """What the form for an event asks."""
        return needs_of(self.catalogue, event, self.unit)

    def choice(self, event: str) -> Choice | None:
        """An event of this desk."""
        return next((each for each in self.choices if each.event == event), None)


def units_to_enter_for(store: Store, actor: Actor) -> list[Unit]:
    """The units for which the actor may enter, in their own order.

    Raises:
        ForbiddenError: the role enters nothing.
    """
    require(actor, Permission.ENTER)
    with store.reading() as reader:
        return [unit for unit in units(reader) if may(actor, Permission.ENTER, unit.code)]


def open_desk(store: Store, actor: Actor, unit_code: str, today: date) -> Desk:
    """Lay out one unit's desk as of today.

    Raises:
        ForbiddenError: the actor may not enter for this unit.
        NotFoundError: there is no such unit.
    """
    require(actor, Permission.ENTER, unit_code)
    with store.reading() as reader:
        unit = next((each for each in units(reader) if each.code == unit_code), None)
        roster = tuple(each for each in leaders(reader) if each.unit == unit_code)
        catalogue = catalogue_of(reader, default_year(reader, today))
    if unit is None:
        raise NotFoundError(f"没有编码为“{unit_code}”的单位。")
    cells = cells_for(store, actor, Question(catalogue.year, today), unit_code)
    choices = tuple(choices_for(catalogue, unit, cells, today))
    return Desk(unit, catalogue, choices, roster, tuple(reports_owed(cells)))


def effects(store: Store, actor: Actor, record: Record, today: date) -> list[Cell]:
    """The unit's cells that a record counts for, as they stand now."""
    question = Question(record.occurred_on.year, today)
    return effects_of(
        cells_for(store, actor, question, record.unit), record.event, record.unit, record.occurred_on
    )


def effects_together(store: Store, actor: Actor, records: Sequence[Record], today: date) -> list[Cell]:
    """The cells that any of the records counts for, each once, as they stand now."""
    found: dict[tuple[str, str, str], Cell] = {}
    for unit, year in dict.fromkeys((record.unit, record.occurred_on.year) for record in records):
        cells = cells_for(store, actor, Question(year, today), unit)
        for record in records:
            if (record.unit, record.occurred_on.year) == (unit, year):
                counted = effects_of(cells, record.event, unit, record.occurred_on)
                found.update((cell.key, cell) for cell in counted)
    return list(found.values())


def events_to_enter(
    catalogues: Mapping[int, Catalogue], wanted: Sequence[Unit], today: date
) -> dict[str, str]:
    """What these units can record, in the notice's order: codes with Chinese names."""
    catalogue = chosen(catalogues, year_for(catalogues, today))
    kinds = {unit.kind for unit in wanted}
    codes = {event for kind in kinds for event in catalogue.events_of(kind)}
    return {code: name for code, name in catalogue.events.items() if code in codes}
