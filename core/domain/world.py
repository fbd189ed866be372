"""What a new entry is checked against: the catalogues, everybody there is, and today."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import date
from typing import TypeVar

from core.domain.catalogue import Catalogue
from core.domain.enterprises import Enterprise
from core.domain.experiences import FiledExperience
from core.domain.findings import FiledFinding
from core.domain.hazards import FiledHazard
from core.domain.measures import FiledMeasure
from core.domain.one_matters import Link
from core.domain.records import Record
from core.domain.similar_names import Names
from core.domain.staffing import Town
from core.domain.status import Roll
from core.domain.texts import squeezed
from core.domain.units import Leader, Unit
from core.domain.zone_work import FiledPlan
from core.domain.zones import Zone

_Place = TypeVar("_Place", Enterprise, Town)
Filed = Link | FiledFinding | FiledPlan | FiledExperience
_Filed = TypeVar("_Filed", bound=Filed)
Known = Unit | Leader | Zone | FiledHazard | FiledMeasure | Enterprise | Town | Record | Filed
"""What the world knows by its key."""


class World:
    """Everybody there is, by code and by name; an import adds to it row by row."""

    def __init__(self, catalogues: Mapping[int, Catalogue], roll: Roll, today: date) -> None:
        """Index the roll."""
        self.catalogues = catalogues
        self.today = today
        self.units: dict[str, Unit] = {}
        self.leaders: dict[tuple[str, str], Leader] = {}
        self.zones: dict[str, Zone] = {}
        self.hazards: dict[str, FiledHazard] = {}
        self.measures: dict[str, FiledMeasure] = {}
        self.enterprises: dict[str, Enterprise] = {}
        self.towns: dict[str, Town] = {}
        self.names = Names()
        self._filed: dict[tuple[type, tuple[object, ...]], Filed] = {}
        self._titles: dict[tuple[str, str, date], set[str]] = {}
        self._places: dict[str, set[str]] = {}
        self._by_name: dict[str, set[str]] = {}
        self._by_squeezed: dict[str, set[str]] = {}
        self._rosters: dict[tuple[str, str], str] = {}
        self._announced: dict[str, str] = {}
        self.add(*roll.units, *roll.leaders, *roll.zones)

    def add(self, *things: Known) -> None:
        """Put things in, over what has the same key."""
        for thing in things:
            if isinstance(thing, Unit):
                self._add_unit(thing)
            elif isinstance(thing, Leader):
                self.leaders[thing.unit, thing.name] = thing
                self._rosters[thing.unit, squeezed(thing.name)] = thing.name
            elif isinstance(thing, FiledHazard):
                self.hazards[thing.hazard.code] = thing
            elif isinstance(thing, FiledMeasure):
                self.measures[thing.measure.label] = thing
            elif isinstance(thing, Enterprise | Town):
                self._add_place(thing)
            elif isinstance(thing, Record):
                self._titles.setdefault((thing.unit, thing.event, thing.occurred_on), set()).add(thing.title)
            elif isinstance(thing, Filed):
                self._filed[type(thing), thing.key] = thing
            else:
                self.zones[thing.code] = thing

    def _add_unit(self, unit: Unit) -> None:
        old = self.units.get(unit.code)
        if old:
            self._by_name[old.name].discard(old.code)
        self.units[unit.code] = unit
        self._by_name.setdefault(unit.name, set()).add(unit.code)
        for text in (unit.code, unit.name):
            self._by_squeezed.setdefault(squeezed(text), set()).add(unit.code)

    def _add_place(self, thing: Enterprise | Town) -> None:
        """An enterprise or a town, to be found by its code, and by its name where only one bears it."""
        if isinstance(thing, Enterprise):
            self.enterprises[thing.code] = thing
            self.names.add(thing.locality, thing.code, thing.name)
        else:
            self.towns[thing.code] = thing
        self._places.setdefault(squeezed(thing.name), set()).add(thing.code)

    def find_enterprise(self, text: str) -> Enterprise | None:
        """An enterprise by its code, or by its name where only one bears it."""
        return self.enterprises.get(text) or self._find_place(self.enterprises, text)

    def find_town(self, text: str) -> Town | None:
        """A town by its code, or by its name where only one bears it."""
        return self.towns.get(text) or self._find_place(self.towns, text)

    def _find_place(self, known: Mapping[str, _Place], text: str) -> _Place | None:
        named = [known[code] for code in self._places.get(squeezed(text), ()) if code in known]
        own = [each for each in named if squeezed(each.name) == squeezed(text)]
        return own[0] if len(own) == 1 else None

    def find_unit(self, text: str) -> Unit | None:
        """A unit by its code, or by its full name where only one bears it; else blanks and width apart."""
        if text in self.units:
            return self.units[text]
        codes = self._by_name.get(text) or {
            code for code in self._by_squeezed.get(squeezed(text), ()) if self._is_called(code, text)
        }
        return self.units[next(iter(codes))] if len(codes) == 1 else None

    def _is_called(self, code: str, text: str) -> bool:
        """Tell whether the unit still bears the name: an import may have given it another."""
        return squeezed(text) in (squeezed(code), squeezed(self.units[code].name))

    def find_filed(self, kind: type[_Filed], key: tuple[object, ...]) -> _Filed | None:
        """What stands of a kind under a natural key."""
        found = self._filed.get((kind, key))
        return found if isinstance(found, kind) else None

    def all_filed(self, kind: type[_Filed]) -> list[_Filed]:
        """Everything of a kind."""
        return [each for each in self._filed.values() if isinstance(each, kind)]

    def titles_of(self, unit: str, event: str, day: date) -> AbstractSet[str]:
        """The titles of the records of a unit, an event and a day."""
        return self._titles.get((unit, event, day), frozenset())

    def find_leader(self, unit: str, text: str) -> Leader | None:
        """A leader of a unit's roster by name, blanks and width apart: 李　明 is 李明."""
        name = self._rosters.get((unit, squeezed(text)), "")
        return self.leaders.get((unit, text)) or self.leaders.get((unit, name))

    def announce(self, code: str, name: str) -> None:
        """Note a unit that a later row of the same file will bring, so that earlier rows can name it."""
        self._announced.setdefault(name, code)
        self._announced[code] = code

    def find_code(self, text: str) -> str | None:
        """The code of a unit that is there, or announced."""
        unit = self.find_unit(text)
        return unit.code if unit else self._announced.get(text)

    def catalogue_for(self, day: date) -> Catalogue | None:
        """The catalogue of the day's year."""
        return self.catalogues.get(day.year)

    def years(self) -> str:
        """The catalogues' years, for a message."""
        return "、".join(f"{year}年" for year in sorted(self.catalogues))

    def next_sort_no(self) -> int:
        """The place after the last unit."""
        return max((unit.sort_no for unit in self.units.values()), default=0) + 1

    def parse_event(self, text: str) -> str | None:
        """An event of any year by code or Chinese name."""
        found = (catalogue.parse_event(text) for catalogue in self.catalogues.values())
        return next((event for event in found if event), None)

    def event_name(self, event: str) -> str:
        """The Chinese name of an event, by the newest catalogue that has it."""
        newest_first = sorted(self.catalogues.values(), key=lambda each: -each.year)
        return next((each.events[event] for each in newest_first if event in each.events), event)
