"""Who has done what, who is late: the cells a person may see, as of any day and as known at any moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from core.auth import Actor, Scope, scope_of
from core.domain.catalogue import Catalogue
from core.domain.cells import Cell
from core.domain.facts import Facts
from core.domain.status import evaluate
from core.domain.units import Unit, city_of_each
from core.errors import NotFoundError
from core.services.catalogues import catalogue_of
from core.store.counting import read_facts
from core.store.deriving import derived_reports
from core.store.engine import Store
from core.store.journal import newest_news
from core.store.rolls import roll_of
from core.store.rolls import units as all_units
from core.store.unit_of_work import Reader


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: the catalogue's year, the as-of date, and, for a past view, the moment of knowledge.

    `city` narrows it to one city's units, where a province shares the database; empty asks for all.
    """

    year: int
    as_of: date
    known_at: datetime | None = None
    city: str = ""


def cells_for(store: Store, actor: Actor, question: Question, unit: str = "") -> list[Cell]:
    """Every cell the actor may see, of all units or of one.

    Raises:
        ForbiddenError: the role sees no business data.
        NotFoundError: the unit does not exist, or lies outside what the actor may see.
    """
    with store.reading(question.known_at) as reader:
        return cells_within(reader, scope_of(actor), question, unit)


def cells_within(reader: Reader, scope: Scope, question: Question, unit: str = "") -> list[Cell]:
    """Every cell of the units in a scope, or of one of them.

    Raises:
        NotFoundError: the unit does not exist or lies outside the scope.
    """
    catalogue, every = catalogue_of(reader, question.year), all_units(reader)
    seen = [each for each in every if scope.covers(each.kind, each.code)]
    if question.city and not unit:
        cities = city_of_each(every)
        seen = [each for each in seen if cities[each.code] == question.city]
    if unit:
        seen = [each for each in seen if each.code == unit]
        if not seen:
            raise NotFoundError(f"单位“{unit}”不存在，或您无权查看。")
    facts = facts_within(reader, catalogue, question.as_of, _asked_about(seen))
    roll = roll_of(reader, seen, all_of_them=len(seen) == len(every))
    return evaluate(catalogue, roll, facts, question.as_of)


def _asked_about(seen: Sequence[Unit]) -> frozenset[str]:
    """The units whose records count for these: their own, and those of departments that lead them."""
    return frozenset(code for each in seen for code in (each.code, each.lead_unit) if code)


def facts_within(
    reader: Reader, catalogue: Catalogue, as_of: date, units: frozenset[str] | None = None
) -> Facts:
    """What was recorded and, where a register is kept, what it says in place of reports."""
    return read_facts(reader, catalogue, as_of, units).with_derived(derived_reports(reader, catalogue, as_of))


def shown_cells(cells: Sequence[Cell], year: int, day: date) -> list[Cell]:
    """Of all cells, those of the periods that hold the day."""
    return [cell for cell in cells if cell.period == cell.obligation.period_at(year, day)]


def data_time(store: Store, known_at: datetime | None = None) -> tuple[int, datetime | None]:
    """The newest change that concerns business data, and its moment (naive UTC)."""
    with store.reading(known_at) as reader:
        return newest_news(reader)
