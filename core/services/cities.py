"""The cities that share a database, and whose units a person looks at first."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from core.auth import Actor, scope_of
from core.domain.units import UnitKind, city_of_each
from core.store.engine import Store
from core.store.rolls import units
from core.store.schema import UnitRow
from core.store.states import remembered
from core.store.unit_of_work import Reader


@dataclass(frozen=True, slots=True)
class Cities:
    """Names by code, of the cities with units that the person may see; `home` is the person's own city.

    `belongs` tells the city of each unit.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    home: str = ""
    belongs: Mapping[str, str] = field(default_factory=dict)

    @property
    def are_several(self) -> bool:
        """Tell whether there is anything to choose."""
        return len(self.names) > 1

    def units_of(self, city: str) -> frozenset[str] | None:
        """The units of one city; None where no city is asked for."""
        return frozenset(unit for unit, its in self.belongs.items() if its == city) if city else None


def cities_seen(store: Store, actor: Actor) -> Cities:
    """The cities in their own order.

    Raises:
        ForbiddenError: the role sees no business data.
    """
    scope = scope_of(actor)
    with store.reading() as reader:
        every = units(reader)
    belongs = city_of_each(every)
    seen = {belongs[each.code] for each in every if scope.covers(each.kind, each.code)}
    names = {each.code: each.name for each in every if each.kind == UnitKind.CITY and each.code in seen}
    return Cities(names, belongs.get(actor.unit, next(iter(names), "")), belongs)


def is_within(reader: Reader, city: str) -> Callable[[str], bool]:
    """Tell of a unit whether it belongs to a city; of every unit where no city is asked for."""
    if not city:
        return lambda _unit: True
    belongs = city_of_each(units(reader))
    return lambda unit: belongs.get(unit) == city


def city_of(reader: Reader, unit: str) -> str:
    """The city that a unit belongs to; empty where there is only one, or no such unit."""
    return remembered(reader, (UnitRow,), "cities", lambda: _belonging(reader)).get(unit, "")


def _belonging(reader: Reader) -> Mapping[str, str]:
    belongs = city_of_each(units(reader))
    return belongs if len(set(belongs.values())) > 1 else {}
