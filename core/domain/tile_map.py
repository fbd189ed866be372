"""A schematic map of the localities: equal tiles where they roughly lie, coloured by completion rate.

It shows directions only and no boundary, and says so (方位示意，非地图).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.domain.cells import Cell, Rates, rates_of
from core.domain.units import Unit, UnitKind
from core.domain.wall_boards import short_name

CAPTION = "方位示意，非地图"
COLUMNS = 5
# The first word that a name holds decides: 徂汶景区 is 徂汶 and not the scenic area of the mountain.
_PLACES = {
    "徂汶": (3, 1),
    "高新": (2, 2),
    "泰山区": (2, 1),
    "景区": (2, 0),
    "肥城": (1, 0),
    "东平": (0, 1),
    "岱岳": (1, 1),
    "新泰": (4, 1),
    "宁阳": (1, 2),
}
STEPS = (0.6, 0.75, 0.85, 0.95)
"""Where one shade ends and the next begins; without a rate there is no shade."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One locality: column and row from 0, its rates, what was missed, its shade (0 without a rate)."""

    unit: str
    name: str
    column: int
    row: int
    rates: Rates
    missed: int = 0

    @property
    def shade(self) -> int:
        """1 (lowest rate) to 5; 0 where nothing is settled."""
        return shade_of(self.rates.completion)


def shade_of(rate: float | None) -> int:
    """1 (lowest rate) to 5; 0 where there is none."""
    return 0 if rate is None else 1 + sum(rate >= step for step in STEPS)


def tiles_of(cells: Iterable[Cell]) -> tuple[Tile, ...]:
    """A tile for each locality among the cells; one whose place is not known stands below the others."""
    by_unit: dict[Unit, list[Cell]] = {}
    for cell in cells:
        if cell.unit.kind == UnitKind.LOCALITY:
            by_unit.setdefault(cell.unit, []).append(cell)
    places = _places(list(by_unit))
    return tuple(
        Tile(unit.code, short_name(unit), *place, rates_of(own), _missed(own))
        for (unit, own), place in zip(by_unit.items(), places, strict=True)
    )


def _missed(cells: Sequence[Cell]) -> int:
    rates = rates_of(cells)
    return rates.settled - rates.fulfilled


def _places(units: Sequence[Unit]) -> list[tuple[int, int]]:
    taken: set[tuple[int, int]] = set()
    places = []
    for unit in units:
        place = _known(unit.name)
        if place is None or place in taken:
            place = _first_free(taken)
        taken.add(place)
        places.append(place)
    return places


def _known(name: str) -> tuple[int, int] | None:
    return next((place for word, place in _PLACES.items() if word in name), None)


def _first_free(taken: set[tuple[int, int]]) -> tuple[int, int]:
    """The first place from the row below the map on."""
    below = ((index % COLUMNS, 3 + index // COLUMNS) for index in range(len(taken) + 1))
    return next(place for place in below if place not in taken)
