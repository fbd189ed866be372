"""Gather what papers are written from, as of a day and as known at a change."""

from dataclasses import replace
from datetime import date
from typing import NamedTuple

from core.auth import Scope
from core.domain.bulletins import QuarterFacts, quarter_after, quarter_before
from core.domain.catalogue import Catalogue
from core.domain.cells import OPEN, Cell, Status
from core.domain.covert_checks import COVERT_CHECK
from core.domain.hazard_figures import figures_of
from core.domain.hazards import LISTING_FIELDS, Case, Move
from core.domain.letters import KIND_OF_RUNG, HazardFacts, LetterFacts, Matter
from core.domain.measures import Item, ItemKind, Measure, measures_as_of
from core.domain.papers import PaperKind
from core.domain.periods import Cadence, Period, parse_period
from core.domain.proposals import cell_item, overdue_items
from core.domain.records import RecordSearch
from core.domain.sentences import title_in_prose
from core.domain.unit_papers import UnitFacts
from core.domain.zones import Zone
from core.errors import InputError, NotFoundError
from core.services.catalogues import catalogue_of, default_year
from core.services.hazards import cases_within
from core.services.judging import Question
from core.services.scoreboard import cells_within, shown_cells
from core.store.journal import DEMONSTRATION, read_mark
from core.store.measures import all_measures, find_measure
from core.store.records import all_records
from core.store.rolls import units, zones
from core.store.unit_of_work import Reader

EVERYTHING = Scope(everything=True)


class When(NamedTuple):
    """Which day a paper bears, and as of which day the data is read."""

    day: date
    as_of: date


def quarter_facts(reader: Reader, quarter: Period, when: When) -> QuarterFacts:
    """What a quarter's bulletin is written from.

    Raises:
        InputError: the quarter has not begun, or nothing was recorded in it.
    """
    if when.as_of < quarter.start:
        raise InputError(f"{quarter.label}尚未开始，不能生成通报。")
    catalogue = catalogue_of(reader, quarter.year)
    as_of = min(when.as_of, date(quarter.year, 12, 31))
    judged = cells_within(reader, EVERYTHING, Question(quarter.year, when.as_of))
    cells = shown_cells(judged, quarter.year, min(quarter.end, as_of))
    before, after = quarter_before(quarter), quarter_after(quarter)
    search = RecordSearch(None, frozenset({COVERT_CHECK}), quarter.start, min(quarter.end, as_of))
    checks = len(all_records(reader, search))
    if not checks and not any(cell.done for cell in cells):
        raise InputError(f"{quarter.label}还没有任何记录，不能生成通报。")
    return QuarterFacts(
        title_in_prose(catalogue.title),
        catalogue.number,
        quarter,
        when.as_of,
        when.day,
        cells,
        shown_cells(judged, quarter.year, before.end) if before else [],
        _ahead(judged, after) if after else [],
        checks,
        figures_of(cases_within(reader, EVERYTHING, "", when.as_of), when.as_of),
        measures_as_of(all_measures(reader), when.as_of),
        [_zone_as_of(zone, when.as_of) for zone in zones(reader)],
        {unit.code: unit for unit in units(reader)},
        is_sample(reader),
    )


def _ahead(judged: list[Cell], after: Period) -> list[Cell]:
    """What the next quarter must meet: its own cells, and what ends or falls due within it."""
    wanted = (Cadence.QUARTER, Cadence.HALF)
    return [
        cell
        for cell in judged
        if cell.status in OPEN | {Status.NOT_STARTED}
        and (
            (cell.obligation.cadence in wanted and cell.period.end == after.end)
            or (cell.obligation.due is not None and cell.obligation.due in after)
        )
    ]


def _zone_as_of(zone: Zone, day: date) -> Zone:
    return replace(zone, accepted=tuple(on if on and on <= day else None for on in zone.accepted))


def is_sample(reader: Reader) -> bool:
    """Tell whether the papers are about the demonstration city."""
    return bool(read_mark(reader, DEMONSTRATION))


# Letters ----------------------------------------------------------------------------------------------------


def unit_letter_facts(
    reader: Reader, unit: str, kind: PaperKind, when: When, wanted: str = ""
) -> LetterFacts:
    """A letter about everything that a unit has overdue, or about one cell: `obligation/period`.

    Raises:
        NotFoundError: there is no such unit, or no such cell.
    """
    question = Question(default_year(reader, when.as_of), when.as_of)
    cells = cells_within(reader, EVERYTHING, question, unit)
    if wanted:
        items = [cell_item(cell) for cell in cells if f"{cell.obligation.code}/{cell.period.code}" == wanted]
        if not items:
            raise NotFoundError("没有这一格：事项或周期有误，请回到看板重新点选。")
    else:
        cases = cases_within(reader, EVERYTHING, "", when.as_of)
        items = overdue_items(cells, cases, when.as_of).get(unit, [])
    return _letter(reader, unit, kind, when.day, items)


def measure_letter_facts(reader: Reader, measure_id: int) -> LetterFacts:
    """The letter of a measure: its items as they were that day, under its number.

    Raises:
        NotFoundError: there is no such measure.
    """
    measure = find_measure(reader, measure_id)
    if measure is None:
        raise NotFoundError("没有这份督办。")
    kind = KIND_OF_RUNG[measure.rung]
    facts = _letter(reader, measure.unit, kind, measure.issued_on, measure.items)
    return replace(facts, content=measure.content, reply_by=measure.reply_by, number=measure.label)


def _letter(
    reader: Reader, unit: str, kind: PaperKind, day: date, items: list[Item] | tuple[Item, ...]
) -> LetterFacts:
    name = next((each.name for each in units(reader) if each.code == unit), None)
    if name is None:
        raise NotFoundError(f"没有编码为“{unit}”的单位。")
    catalogue = catalogue_of(reader, default_year(reader, day))
    matters = [_matter(reader, item, catalogue) for item in items]
    notice = title_in_prose(catalogue.title)
    return LetterFacts(kind, name, matters, day, notice, catalogue.number, sample=is_sample(reader))


def _matter(reader: Reader, item: Item, catalogue: Catalogue) -> Matter:
    """An item with its clause; the year of its period has the words."""
    if item.kind == ItemKind.HAZARD:
        return Matter(item.title, item.standing, item.fell_due)
    code, _, period = item.reference.partition("/")
    year = int(period[:4])
    words = catalogue if year == catalogue.year else catalogue_of(reader, year)
    owed = next((each for each in words.obligations if each.code == code), None)
    if owed is None:
        return Matter(item.title, item.standing, item.fell_due)
    when = parse_period(period) if owed.cadence else None
    title = f"{owed.title}（{when.label if when else owed.head}）"
    return Matter(title, item.standing, item.fell_due, owed.clause, owed.quote)


def hazard_notice_facts(reader: Reader, code: str, kind: PaperKind, when: When) -> HazardFacts:
    """The notice of a hazard's listing or escalation, from the move that made it or from how it stands.

    Raises:
        NotFoundError: there is no such hazard on the day.
    """
    cases = cases_within(reader, EVERYTHING, "", when.as_of)
    case = next((each for each in cases if each.hazard.code == code), None)
    if case is None:
        raise NotFoundError(f"没有编号为“{code}”的隐患。")
    names = {unit.code: unit.name for unit in units(reader)}
    move = _newest(case, "listed" if kind == PaperKind.LISTING else "escalated")
    return HazardFacts(
        kind,
        case,
        names.get(case.responsible, case.responsible),
        names.get(case.hazard.locality, case.hazard.locality),
        move.on if move else when.day,
        (move.due if move else None) or case.course.due,
        _details(move),
        move.document if move else "",
        is_sample(reader),
    )


def _newest(case: Case, deed: str) -> Move | None:
    return next((move for move in reversed(case.moves) if move.deed.value == deed), None)


def _details(move: Move | None) -> list[tuple[str, str]]:
    labels = dict(LISTING_FIELDS)
    return [(labels.get(name, name), text) for name, text in move.detail] if move else []


# One unit ---------------------------------------------------------------------------------------------------


def unit_facts(reader: Reader, unit: str, year: int, as_of: date) -> UnitFacts:
    """What papers about one unit are written from.

    Raises:
        NotFoundError: there is no such unit.
    """
    cells = cells_within(reader, EVERYTHING, Question(year, as_of), unit)
    found = next(each for each in units(reader) if each.code == unit)
    shown = shown_cells(cells, year, as_of)
    cases = [each for each in cases_within(reader, EVERYTHING, unit, as_of) if unit in each.units]
    measures: list[Measure] = [
        each for each in measures_as_of(all_measures(reader), as_of) if each.unit == unit
    ]
    return UnitFacts(found, as_of, cells, shown, cases, measures, is_sample(reader))
