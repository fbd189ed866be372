"""The cells as they stand, kept from one change to the next: only whose records changed is judged anew."""

import threading
from collections import OrderedDict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from weakref import WeakKeyDictionary

from core.domain.catalogue import Catalogue
from core.domain.cells import Cell
from core.domain.facts import Facts
from core.domain.status import evaluate
from core.domain.units import Unit, city_of_each
from core.services.catalogues import catalogue_of
from core.store.counting import read_facts, units_recorded_for
from core.store.deriving import derived_reports
from core.store.journal import tidings_since
from core.store.rolls import roll_of
from core.store.rolls import units as all_units
from core.store.unit_of_work import Reader, UnitOfWork, newest_change

QUESTIONS = 32
"""So many questions are kept of a database; the one that was not asked for longest goes first."""
_FAR = 2_000
"""After more changes than this everything is judged anew."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: the catalogue's year, the as-of date, and, for a past view, the moment of knowledge.

    `city` narrows it to one city's units, where a province shares the database; empty asks for all.
    """

    year: int
    as_of: date
    known_at: datetime | None = None
    city: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """The units asked about in their own order, and the cells of each, up to a change.

    The cells of a unit about which nothing was recorded are the very same objects after a change as before.
    """

    newest: int
    catalogue: Catalogue
    units: tuple[Unit, ...]
    cells: Mapping[str, tuple[Cell, ...]]


class _Place:
    """Where the answer to one question is kept; one works it out, the others wait."""

    def __init__(self) -> None:
        self.turn = threading.Lock()
        self.kept: Judgement | None = None


_LOCK = threading.Lock()
_PLACES: WeakKeyDictionary[Any, OrderedDict[Question, _Place]] = WeakKeyDictionary()


def judged(reader: Reader, question: Question) -> Judgement:
    """Every cell of the units asked about, as this view of the data has them.

    Of a view of the past, and of what is only being tried out, nothing is kept.
    """
    if reader.known is not None or isinstance(reader, UnitOfWork):
        return _judged_anew(reader, question, 0)
    place = _place(reader, question)
    with place.turn:
        newest, kept = newest_change(reader), place.kept
        if kept and newest < kept.newest:
            return _judged_anew(reader, question, newest)
        place.kept = _brought_up(reader, question, kept, newest)
        return place.kept


def _place(reader: Reader, question: Question) -> _Place:
    database = reader.session.connection().engine
    with _LOCK:
        places = _PLACES.setdefault(database, OrderedDict())
        place = places.setdefault(question, _Place())
        places.move_to_end(question)
        while len(places) > QUESTIONS:
            places.popitem(last=False)
        return place


def _brought_up(reader: Reader, question: Question, kept: Judgement | None, newest: int) -> Judgement:
    if kept is None or newest - kept.newest > _FAR:
        return _judged_anew(reader, question, newest)
    if newest == kept.newest:
        return kept
    if tidings_since(reader, kept.newest).beyond:
        return _judged_anew(reader, question, newest)
    recorded = units_recorded_for(reader, kept.newest)
    concerned = [each for each in kept.units if each.code in recorded or each.lead_unit in recorded]
    cells = _cells(reader, kept.catalogue, concerned, question.as_of, all_of_them=False)
    return Judgement(newest, kept.catalogue, kept.units, {**kept.cells, **cells})


def _judged_anew(reader: Reader, question: Question, newest: int) -> Judgement:
    catalogue, every = catalogue_of(reader, question.year), all_units(reader)
    asked = _of_city(every, question.city)
    cells = _cells(reader, catalogue, asked, question.as_of, all_of_them=len(asked) == len(every))
    return Judgement(newest, catalogue, tuple(asked), cells)


def _of_city(every: Sequence[Unit], city: str) -> Sequence[Unit]:
    if not city:
        return every
    cities = city_of_each(every)
    return [each for each in every if cities[each.code] == city]


def _cells(
    reader: Reader, catalogue: Catalogue, whose: Sequence[Unit], as_of: date, *, all_of_them: bool
) -> dict[str, tuple[Cell, ...]]:
    facts = facts_within(reader, catalogue, as_of, _asked_about(whose))
    roll = roll_of(reader, whose, all_of_them=all_of_them)
    return _by_unit(whose, evaluate(catalogue, roll, facts, as_of))


def _by_unit(whose: Iterable[Unit], cells: Iterable[Cell]) -> dict[str, tuple[Cell, ...]]:
    found: dict[str, list[Cell]] = {each.code: [] for each in whose}
    for cell in cells:
        found[cell.unit.code].append(cell)
    return {code: tuple(own) for code, own in found.items()}


def _asked_about(seen: Iterable[Unit]) -> frozenset[str]:
    """The units whose records count for these: their own, and those of departments that lead them."""
    return frozenset(code for each in seen for code in (each.code, each.lead_unit) if code)


def facts_within(
    reader: Reader, catalogue: Catalogue, as_of: date, units: Collection[str] | None = None
) -> Facts:
    """What was recorded and, where a register is kept, what it says in place of reports."""
    return read_facts(reader, catalogue, as_of, units).with_derived(derived_reports(reader, catalogue, as_of))
