"""The board's markup: what a person sees, hears and clicks, in both renderings."""

import re
from datetime import date

import pytest

from core.charts import PALETTE
from core.domain.boards import Column, Matrix, Row, matrix_of
from core.domain.cells import Rates, Status
from core.domain.facts import facts_from
from core.domain.sentences import label_of
from core.domain.status import Roll, evaluate
from core.domain.units import Unit, UnitKind
from core.ui.board_markup import board_markup, pill_content, rates_phrase
from core.ui.look import palette_css
from core.ui.picker import Picked, picked_from
from tests.domain_examples import COUNTY, DISTRICT, LED_COMMITTEE, NOTICE, records_on
from tests.ui_examples import cell_of

TODAY = date(2025, 6, 19)
NASTY = "<img src=x onerror=alert(1)>&\"'专委会"
BEFORE_THE_YEAR = date(2024, 12, 1)


def board_of(*units: Unit, kind: UnitKind = UnitKind.COMMITTEE) -> Matrix:
    records = records_on(LED_COMMITTEE, "committee_meeting", "2025-05-01")
    cells = evaluate(NOTICE, Roll(units), facts_from(records, NOTICE, TODAY), TODAY)
    return matrix_of("看板", NOTICE.addressed_to(kind), cells, TODAY)


def wide_and_narrow(markup: str) -> tuple[str, str]:
    wide, _, narrow = markup.partition('<div class="board-narrow">')
    return wide, narrow


def test_a_cell_is_a_link_with_its_glyph_its_fraction_and_its_whole_label() -> None:
    wide, _ = wide_and_narrow(board_markup(board_of(LED_COMMITTEE)))
    label = "消防专委会 工作会议 第二季度：1/1 已完成"
    cell = re.search(r'<td data-unit="c2" data-obligation="committee.meeting".*?</td>', wide)
    assert cell is not None
    assert f'aria-label="{label}"' in cell[0]
    assert 'href="?unit=c2&amp;obligation=committee.meeting&amp;period=2025Q2"' in cell[0]
    assert 'data-period="2025Q2" data-status="met"' in cell[0]
    assert ">✓<" in cell[0]
    assert ">1/1<" in cell[0]


def test_the_text_that_is_seen_in_a_cell_occurs_in_its_label() -> None:
    late = cell_of("enterprise.log", Status.MET_LATE, "200/200", period="2025")
    seen = re.sub(r"<[^>]+>", "", pill_content(late))
    assert seen == "✓100%"
    assert seen.removeprefix("✓") in label_of(late).replace("：", " ").split(" ")


def test_links_carry_on_what_else_stands_in_the_address() -> None:
    markup = board_markup(board_of(LED_COMMITTEE), {"as_of": "2025-06-19"})
    assert 'href="?as_of=2025-06-19&amp;unit=c2"' in markup


def test_the_table_names_itself_its_columns_and_its_rows() -> None:
    wide, _ = wide_and_narrow(board_markup(board_of(LED_COMMITTEE)))
    assert '<caption class="unseen">看板</caption>' in wide
    columns = len(NOTICE.addressed_to(UnitKind.COMMITTEE))
    assert wide.count('scope="col"') == columns + 2
    assert wide.count('scope="row"') == 1


def test_a_name_from_the_database_never_becomes_markup() -> None:
    markup = board_markup(board_of(Unit('"><b>', UnitKind.COMMITTEE, NASTY)))
    assert "<img" not in markup
    assert "<b>专" not in markup
    assert "&lt;img src=x onerror=alert(1)&gt;" in markup


def test_a_place_where_nothing_is_owed_stays_empty() -> None:
    wide, _ = wide_and_narrow(board_markup(board_of(DISTRICT, COUNTY, kind=UnitKind.LOCALITY)))
    assert wide.count('<td class="none"></td>') == 2


def test_every_cell_stands_in_both_renderings() -> None:
    wide, narrow = wide_and_narrow(board_markup(board_of(LED_COMMITTEE, COUNTY)))
    assert wide.count("<td data-unit=") == narrow.count("<li data-unit=") > 0


def test_the_list_tells_what_presses_first_and_folds_away_the_rest() -> None:
    _, narrow = wide_and_narrow(board_markup(board_of(LED_COMMITTEE)))
    shown, _, folded = narrow.partition("<details>")
    order = re.findall(r'<li data-unit[^>]*data-status="(\w+)"', shown)
    assert order == sorted(order, key=["missed", "short", "unreported", "due_soon"].index)
    assert "missed" in order
    assert 'data-status="met"' in folded
    assert 'data-period="2025" data-status="missed"' not in folded


def test_units_without_anything_pressing_come_after_the_others() -> None:
    calm = Row("c9", "平稳专委会", (cell_of("committee.meeting", Status.MET, "1/1"),), Rates(1, 1, 1))
    late = Row("c8", "落后专委会", (cell_of("committee.meeting", Status.MISSED, "0/1"),), Rates(1, 0, 0))
    matrix = Matrix("看板", (Column("工作会议", "每季度1次", "专委会工作会议"),), (calm, late))
    _, narrow = wide_and_narrow(board_markup(matrix))
    assert narrow.index("落后专委会") < narrow.index("其他单位") < narrow.index("平稳专委会")


def test_the_legend_explains_every_status() -> None:
    markup = board_markup(board_of(LED_COMMITTEE))
    legend = markup[markup.index("board-legend") :]
    assert all(status.label in legend for status in Status)


def test_the_numbers_of_a_rate_stay_together() -> None:
    assert rates_phrase(Rates(6, 5, 4)) == "应完成 6，已完成 5，完成率 83.3%；按期 4，及时率 66.7%"


def test_a_rate_without_settled_cells_is_a_dash() -> None:
    nothing = facts_from([], NOTICE, BEFORE_THE_YEAR)
    cells = evaluate(NOTICE, Roll([LED_COMMITTEE]), nothing, BEFORE_THE_YEAR)
    markup = board_markup(matrix_of("看板", NOTICE.addressed_to(UnitKind.COMMITTEE), cells, BEFORE_THE_YEAR))
    assert markup.count(">—<") == 2
    assert "0.0%" not in markup


def test_fifty_units_and_fifteen_columns_fit_a_desk_screen() -> None:
    units = [Unit(f"u{number}", UnitKind.COMMITTEE, f"第{number}专委会") for number in range(50)]
    wide, _ = wide_and_narrow(board_markup(board_of(*units)))
    found = re.search(r"min-width:(\d+)px", wide)
    assert found is not None
    assert int(found[1]) <= 1920 - 300 - 96
    assert wide.count('scope="row"') == 50


@pytest.mark.parametrize(
    "raw",
    [None, "c1", 7, [], {}, {"unit": ""}, {"unit": 7}, {"unit": "c1", "period": 3}, {"unit": "c" * 201}],
)
def test_what_the_browser_sends_is_taken_only_where_it_is_a_key(raw: object) -> None:
    assert picked_from(raw) is None


def test_a_cell_or_a_whole_unit_can_be_picked() -> None:
    assert picked_from({"unit": "c1"}) == Picked("c1")
    raw = {"unit": "c1", "obligation": "committee.meeting", "period": "2025Q2"}
    assert picked_from(raw) == Picked("c1", "committee.meeting", "2025Q2")


def test_the_style_sheet_holds_every_look_for_page_and_wall() -> None:
    css = palette_css()
    for status, look in PALETTE.items():
        assert f'[data-status="{status.value}"] {{ --fill: {look.fill}; --ink: {look.text}; }}' in css
        assert f'.anze-wall [data-status="{status.value}"] {{ --fill: {look.wall_fill};' in css
