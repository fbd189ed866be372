"""The cities that share a database, and whose units a person looks at first."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.auth import Actor, scope_of
from core.domain.units import UnitKind, city_of_each
from core.store.engine import Store
from core.store.rolls import units


@dataclass(frozen=True, slots=True)
class Cities:
    """Names by code, of the cities with units that the person may see; `home` is the person's own city."""

    names: Mapping[str, str] = field(default_factory=dict)
    home: str = ""

    @property
    def are_several(self) -> bool:
        """Tell whether there is anything to choose."""
        return len(self.names) > 1


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
    return Cities(names, belongs.get(actor.unit, next(iter(names), "")))
