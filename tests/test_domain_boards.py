"""Boards: the right cell in the right place."""

from datetime import date

from core.domain.boards import matrix_of, only_pressing
from core.domain.cells import Cell
from core.domain.facts import facts_from
from core.domain.status import Roll, evaluate
from core.domain.units import UnitKind
from tests.domain_examples import COUNTY, DISTRICT, LED_COMMITTEE, NOTICE, records_on

LOCAL = NOTICE.addressed_to(UnitKind.LOCALITY)


def judged(as_of: date) -> list[Cell]:
    records = records_on(COUNTY, "standing_meeting", "2025-02-01 2025-05-01")
    units = [DISTRICT, COUNTY, LED_COMMITTEE]
    return evaluate(NOTICE, Roll(units), facts_from(records, NOTICE, as_of), as_of)


def test_a_board_shows_the_cell_of_the_period_that_holds_the_day() -> None:
    matrix = matrix_of("属地", LOCAL, judged(date(2025, 6, 19)), date(2025, 6, 19))
    place = [column.head for column in matrix.columns].index("常委会")
    shown = [row.cells[place] for row in matrix.rows]
    assert [cell.period.code for cell in shown if cell] == ["2025Q2", "2025Q2"]
    assert [cell.done for cell in shown if cell] == [0, 1]


def test_after_the_year_a_board_shows_the_last_period() -> None:
    matrix = matrix_of("属地", LOCAL, judged(date(2026, 2, 1)), date(2026, 2, 1))
    assert {cell.period.code for row in matrix.rows for cell in row.cells if cell} == {
        "2025Q4",
        "2025H2",
        "2025",
    }


def test_rows_keep_the_order_of_the_units_and_leave_out_other_kinds() -> None:
    matrix = matrix_of("属地", LOCAL, judged(date(2025, 6, 19)), date(2025, 6, 19))
    assert [row.name for row in matrix.rows] == [DISTRICT.name, COUNTY.name]


def test_a_unit_has_no_cell_where_it_owes_nothing() -> None:
    matrix = matrix_of("属地", LOCAL, judged(date(2025, 6, 19)), date(2025, 6, 19))
    place = [column.head for column in matrix.columns].index("规范化")
    assert matrix.rows[0].cells[place] is None
    assert matrix.rows[1].cells[place] is not None


def test_the_rates_are_those_of_the_cells_in_the_row() -> None:
    matrix = matrix_of("属地", LOCAL, judged(date(2025, 6, 19)), date(2025, 6, 19))
    row = matrix.rows[1]
    assert row.rates.fulfilled == 1
    assert row.rates.settled == sum(
        cell.status in ("met", "met_late", "missed", "short", "unreported") for cell in row.cells if cell
    )


def test_only_what_presses_stays_and_the_rates_stay_with_it() -> None:
    whole = matrix_of("属地", LOCAL, judged(date(2025, 6, 19)), date(2025, 6, 19))
    narrow = only_pressing(whole)
    left = {cell.status for row in narrow.rows for cell in row.cells if cell}
    assert left <= {"missed", "short", "unreported", "due_soon"}
    assert len(narrow.columns) < len(whole.columns)
    assert [row.rates for row in narrow.rows] == [row.rates for row in whole.rows]
