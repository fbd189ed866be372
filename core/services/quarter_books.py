"""The workbook of a quarter: boards, what stands behind each number, hazards and measures."""

from collections.abc import Mapping, Sequence
from datetime import date

from core.auth import Actor, Permission, require
from core.charts import PALETTE
from core.domain.boards import matrix_of
from core.domain.bulletins import QuarterFacts
from core.domain.cells import WANTING, Cell, Rates, rates_of
from core.domain.hazards import Case
from core.domain.measures import Measure
from core.domain.periods import Cadence, Period, parse_period
from core.domain.records import Record, RecordSearch
from core.domain.units import UnitKind
from core.errors import InputError
from core.reports.quarter_book import QuarterBook, RateLine, Tint, quarter_book
from core.reports.sheets import Sheet
from core.services.catalogues import catalogue_of
from core.services.hazards import cases_within, hazards_table
from core.services.paper_facts import EVERYTHING, When, quarter_facts
from core.services.proposing import measures_table
from core.services.reporting import Taken, board_table, cells_table
from core.store.engine import Store
from core.store.records import all_records
from core.store.unit_of_work import Reader

_KINDS = (UnitKind.COMMITTEE, UnitKind.LOCALITY, UnitKind.DEPARTMENT, UnitKind.CITY)


def quarter_workbook(store: Store, actor: Actor, quarter: str, *, as_of: date) -> bytes:
    """A quarter as a workbook.

    Raises:
        ForbiddenError: papers are the office's.
        InputError: no quarter, or one without any record.
    """
    require(actor, Permission.REPORT)
    period = parse_period(quarter)
    if period is None or period.cadence != Cadence.QUARTER:
        raise InputError(f"“{quarter}”不是季度，请写成 2025Q2。", "quarter")
    with store.reading() as reader:
        facts = quarter_facts(reader, period, When(as_of, as_of))
        return quarter_book(_book(reader, facts, period))


def _book(reader: Reader, facts: QuarterFacts, period: Period) -> QuarterBook:
    names = {code: unit.name for code, unit in facts.units.items()}
    cases = cases_within(reader, EVERYTHING, "", facts.as_of)
    search = RecordSearch(None, frozenset(), period.start, min(period.end, facts.as_of))
    records = all_records(reader, search)
    return QuarterBook(
        period.label,
        [*(_rates(kind.label, _of(facts, kind)) for kind in _KINDS), _rates("合计", facts.cells)],
        {kind.label: _by_unit(_of(facts, kind)) for kind in _KINDS if kind != UnitKind.CITY},
        [_board(reader, facts, kind) for kind in _KINDS if kind != UnitKind.CITY],
        [
            *(_sheet(each) for each in _lists(facts, cases, facts.measures, names)),
            Sheet("记录", _RECORD_HEADS, _record_lines(records, names, _events(reader, facts))),
        ],
        [Tint(status.label, look.fill, look.text) for status, look in PALETTE.items() if look.glyph],
    )


def _lists(
    facts: QuarterFacts, cases: Sequence[Case], measures: Sequence[Measure], names: Mapping[str, str]
) -> list[Taken]:
    missing = [cell for cell in facts.cells if cell.status in WANTING]
    return [
        cells_table(missing, "未落实事项"),
        cells_table(list(facts.cells), "全部事项"),
        hazards_table(cases, names, facts.as_of),
        measures_table(list(measures), names),
    ]


def _sheet(table: Taken) -> Sheet:
    return Sheet(table.name, table.heads, table.lines)


def _of(facts: QuarterFacts, kind: UnitKind) -> list[Cell]:
    return [cell for cell in facts.cells if cell.unit.kind == kind]


def _rates(name: str, cells: Sequence[Cell]) -> RateLine:
    rates: Rates = rates_of(cells)
    return RateLine(name, rates.settled, rates.fulfilled, rates.completion, rates.on_time, rates.punctuality)


def _by_unit(cells: Sequence[Cell]) -> list[RateLine]:
    grouped: dict[str, list[Cell]] = {}
    for cell in cells:
        grouped.setdefault(cell.unit.name, []).append(cell)
    return [_rates(name, own) for name, own in grouped.items()]


def _board(reader: Reader, facts: QuarterFacts, kind: UnitKind) -> Sheet:
    obligations = catalogue_of(reader, facts.quarter.year).addressed_to(kind)
    day = min(facts.quarter.end, facts.as_of)
    matrix = matrix_of(f"{kind.label}看板", obligations, _of(facts, kind), day)
    return _sheet(board_table(matrix, f"{kind.label}看板"))


_RECORD_HEADS = ("日期", "单位", "事项", "标题", "带队领导", "报送日期", "数值", "总数", "录入日期")


def _events(reader: Reader, facts: QuarterFacts) -> Mapping[str, str]:
    return catalogue_of(reader, facts.quarter.year).events


def _record_lines(
    records: Sequence[Record], names: Mapping[str, str], events: Mapping[str, str]
) -> list[tuple[object, ...]]:
    return [
        (
            *(each.occurred_on, names.get(each.unit, each.unit), events.get(each.event, each.event)),
            *(each.title, each.leader, each.reported_on, each.value, each.total, each.entered_on),
        )
        for each in records
    ]
