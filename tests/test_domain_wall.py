"""What the wall is made of: short names, shared fields, lines, tiles, weeks."""

from datetime import date

import pytest

from core.domain.cells import Cell, Status, whole_percent
from core.domain.facts import facts_from
from core.domain.records import Record
from core.domain.status import Roll, evaluate
from core.domain.tile_map import shade_of, tiles_of
from core.domain.units import Unit, UnitKind
from core.domain.wall_boards import FOUR_ONES, ONE_OFF, short_name, wall_board
from core.domain.wall_checks import checks_of
from core.domain.wall_fields import Standardisation, nine_ones_of, standardisation_of
from core.domain.wall_lists import pressing_of
from core.domain.zone_checklists import starting_checklist
from core.domain.zone_standing import AreaState, standing_of
from core.domain.zone_work import Deed, Dossier, Plan, Step
from core.domain.zones import Area, Zone
from tests.domain_examples import COMMITTEE, COUNTY, DISTRICT, NOTICE, day, records_on, reports

AS_OF = date(2025, 6, 19)


def judged(units: list[Unit], records: list[Record], as_of: date = AS_OF) -> list[Cell]:
    return evaluate(NOTICE, Roll(units), facts_from(records, NOTICE, as_of), as_of)


@pytest.mark.parametrize(
    ("kind", "name", "short"),
    [
        (UnitKind.COMMITTEE, "危险化学品专委会", "危险化学品"),
        (UnitKind.COMMITTEE, "专委会", "专委会"),
        (UnitKind.LOCALITY, "泰安高新区管委会", "高新区"),
        (UnitKind.LOCALITY, "泰山区", "泰山区"),
        (UnitKind.DEPARTMENT, "市应急管理局", "应急管理局"),
        (UnitKind.CITY, "市安委办", "市安委办"),
    ],
)
def test_names_are_as_short_as_a_wall_needs_them(kind: UnitKind, name: str, short: str) -> None:
    assert short_name(Unit("u", kind, name)) == short


def test_what_belongs_together_shares_a_field_that_shows_the_gravest_status() -> None:
    records = records_on(COMMITTEE, "four_training", "2025-03-01")
    records += records_on(COMMITTEE, "four_assistance", "2025-04-01")
    board = wall_board(NOTICE.addressed_to(UnitKind.COMMITTEE), judged([COMMITTEE], records), AS_OF)
    row = dict(zip(board.heads, board.rows[0].cells, strict=True))
    four, once = row[FOUR_ONES], row[ONE_OFF]
    assert four
    assert (four.mark, four.status) == ("2/4", Status.PENDING)
    assert once
    assert (once.mark, once.status) == ("0/2", Status.MISSED)
    assert once.label == "危险化学品专委会 限期任务：0/2 未完成"


def test_what_is_only_counted_and_what_enterprises_owe_has_no_column() -> None:
    board = wall_board(NOTICE.addressed_to(UnitKind.LOCALITY), judged([COUNTY], []), AS_OF)
    assert not {"第三方服务", "一责", "一奖"} & set(board.heads)


def test_the_rate_of_a_row_is_the_one_of_the_map_beside_it() -> None:
    said = reports(COUNTY, "nine_ones_report", "2025-02-20 40/40", measure="duty_list")
    cells = judged([COUNTY], said)
    row = wall_board(NOTICE.addressed_to(UnitKind.LOCALITY), cells, AS_OF).rows[0]
    shown = [each for each in cells if each.period == each.obligation.period_at(2025, AS_OF)]
    assert row.rates == tiles_of(shown)[0].rates
    assert row.rates.fulfilled == 1


@pytest.mark.parametrize(
    ("rate", "said"),
    [
        *((None, "—"), (0.0, "0%"), (0.001, "1%"), (0.889, "89%"), (0.884, "88%"), (0.005, "1%")),
        *((0.995, "99%"), (0.9999, "99%"), (1.0, "100%"), (1159 / 1874, "62%")),
    ],
)
def test_only_a_full_rate_reads_as_full_and_only_an_empty_one_as_nothing(
    rate: float | None, said: str
) -> None:
    assert whole_percent(rate) == said


def test_many_units_with_one_thing_to_do_share_a_line() -> None:
    pressing = pressing_of(judged([COUNTY, DISTRICT], []), AS_OF)
    line = next(each for each in pressing.soon if each.what == "常委会")
    assert (line.when, line.days, line.units, line.total) == ("第二季度", 11, ("肥城市", "泰山景区"), 2)
    missed = [each.days for each in pressing.missed]
    assert missed == sorted(missed, reverse=True)
    assert pressing.longest == missed[0]


def test_every_pressing_cell_is_in_a_line_and_with_its_unit() -> None:
    cells = judged([COMMITTEE, COUNTY], [])
    pressing = pressing_of(cells, AS_OF)
    counted = [unit for _, group in pressing.units for unit in group]
    assert sum(each.total for each in pressing.missed) == pressing.counts[Status.MISSED]
    assert sum(each.total for each in pressing.soon) == sum(unit.soon for unit in counted)
    assert sum(unit.missed + unit.other + unit.soon for unit in counted) == sum(pressing.counts.values())


def test_a_report_that_is_overdue_since_its_own_event_claims_no_number_of_days() -> None:
    inspected = records_on(COMMITTEE, "director_inspection", "2025-05-01")
    pressing = pressing_of(judged([COMMITTEE], inspected), AS_OF)
    line = next(each for each in pressing.missed if each.what == "检查报送")
    assert line.days == 0


def test_a_locality_lies_where_it_lies_and_an_unknown_one_below() -> None:
    strange = Unit("l9", UnitKind.LOCALITY, "某某新区")
    other = Unit("l8", UnitKind.LOCALITY, "徂汶景区管委会")
    tiles = {each.name: each for each in tiles_of(judged([COUNTY, other, DISTRICT, strange], []))}
    assert [(tiles[name].column, tiles[name].row) for name in ("肥城市", "徂汶景区", "泰山景区")] == [
        (1, 0),
        (3, 1),
        (2, 0),
    ]
    assert tiles["某某新区"].row == 3


@pytest.mark.parametrize(("rate", "shade"), [(None, 0), (0.0, 1), (0.599, 1), (0.6, 2), (0.95, 5), (1.0, 5)])
def test_a_higher_rate_has_a_deeper_shade(rate: float | None, shade: int) -> None:
    assert shade_of(rate) == shade


def standardised(
    accepted: tuple[date | None, ...], steps: tuple[Step, ...], when: date, due: date | None = None
) -> Standardisation:
    plans = (Plan("方案", date(2025, 2, 1), (due,) * len(accepted)),) if due else ()
    dossier = Dossier(Zone("z1", COUNTY.code, "产业园", accepted), plans, (), steps)
    standing = standing_of(dossier, starting_checklist(), {}, when)
    return standardisation_of([standing], [COUNTY], judged([COUNTY], []), when)


def test_the_wall_tells_what_waits_what_was_returned_and_what_is_behind_its_plan() -> None:
    steps = (
        Step(Area.DUTY, Deed.ASSESSED, date(2025, 6, 2), 90),
        Step(Area.SYSTEM, Deed.ASSESSED, date(2025, 6, 2), 90),
        Step(Area.SYSTEM, Deed.RETURNED, date(2025, 6, 9), None, "缺佐证"),
    )
    shown = standardised((None,) * len(Area), steps, AS_OF, due=date(2025, 6, 15))
    assert (shown.count(AreaState.ASSESSED), shown.count(AreaState.RETURNED)) == (1, 1)
    assert shown.zones[0].late == (True,) * len(Area)
    earlier = standardised((None,) * len(Area), steps, date(2025, 6, 8), due=date(2025, 6, 15))
    assert earlier.count(AreaState.ASSESSED) == 2
    assert not any(earlier.zones[0].late)


def test_a_zone_is_complete_once_all_five_areas_were_accepted_by_the_day() -> None:
    dates = tuple(day(f"2025-0{month}-10") for month in (1, 2, 3, 4, 7))
    before, after = (standardised(dates, (), when) for when in (AS_OF, date(2025, 7, 10)))
    assert (before.zones[0].done, before.zones[0].complete, before.areas) == (4, False, (1, 1, 1, 1, 0))
    assert after.zones[0].complete


def test_a_share_of_the_city_counts_only_who_reported_and_says_how_many_did() -> None:
    said = reports(COUNTY, "nine_ones_report", "2025-05-20 30/40", measure="duty_list")
    nine = nine_ones_of(NOTICE.obligations, judged([COUNTY, DISTRICT], said), AS_OF)
    assert nine.heads[0][0] == "一责"
    assert (nine.sums[0].share, nine.reported(0)) == (0.75, 1)
    assert (nine.sums[1].share, nine.reported(1)) == (None, 0)


def test_checks_are_counted_by_week_up_to_the_week_of_the_day() -> None:
    held = [day("2025-06-16"), day("2025-06-19"), day("2025-06-15"), day("2025-01-02")]
    checks = checks_of(judged([COMMITTEE], []), held, [], [COMMITTEE], AS_OF)
    assert [week.checks for week in checks.weeks][-2:] == [1, 2]
    assert (checks.year_to_date, checks.has_hazards) == (4, False)
