"""Registers in files, and what they make of the locality's cells: as of any day, as known at any moment."""

from datetime import date

import pytest

from core.domain.forms import FORMS
from core.services.exporting import export_csv
from core.services.exporting_workbooks import export_workbook
from core.services.judging import Question
from core.services.scoreboard import cells_for
from core.services.tables import read_tables
from core.store.engine import Store
from tests.city_examples import OFFICE, TODAY, cell_of, local, places, problems_of, record_lines, take_in
from tests.register_examples import CHECKS, DUTIES, ENTERPRISES, REGISTER, take_in_register


@pytest.fixture
def registered(city: Store) -> Store:
    take_in_register(city)
    return city


@pytest.mark.parametrize(
    ("obligation", "period", "as_of", "expected"),
    [
        ("enterprise.duty_list", "2025", "2025-02-28", ("2/3", "due_soon", None)),
        ("enterprise.duty_list", "2025", "2025-03-01", ("2/3", "missed", None)),
        ("enterprise.duty_list", "2025", "2025-03-11", ("3/3", "met_late", date(2025, 3, 11))),
        ("enterprise.warning", "2025Q1", "2025-04-01", ("1/3", "missed", None)),
        ("enterprise.warning", "2025Q2", "2025-06-19", ("2/3", "due_soon", None)),
        ("locality.liability_insurance", "2025", "2025-05-31", ("1/1", "met", date(2025, 1, 1))),
        ("locality.liability_insurance", "2025", "2025-06-01", ("0/1", "short", None)),
        ("locality.liability_insurance", "2025", "2025-06-10", ("1/1", "met", date(2025, 6, 10))),
        ("locality.town_staff", "2025", "2025-02-09", ("0", "unreported", None)),
        ("locality.town_staff", "2025", "2025-02-10", ("1/2", "short", None)),
        ("locality.town_staff", "2025", "2025-05-12", ("2/2", "met", date(2025, 5, 12))),
    ],
)
def test_the_register_stands_as_the_localitys_report_of_the_day(
    registered: Store, obligation: str, period: str, as_of: str, expected: tuple[str, str, date | None]
) -> None:
    cell = cell_of(registered, "L1", obligation, period, as_of=date.fromisoformat(as_of))
    assert (cell.fraction, cell.status.value, cell.completed_on) == expected


def test_a_coverage_of_which_the_register_holds_nothing_keeps_its_reports(registered: Store) -> None:
    take_in(registered, {"records": record_lines("L1,nine_ones_report,2025-04-20,报,,,,merit,45,45,")})
    assert cell_of(registered, "L1", "enterprise.merit", "2025").fraction == "45/45"
    assert cell_of(registered, "L1", "enterprise.log", "2025").fraction == "2/3"  # 30/45 was reported


def test_a_locality_without_a_register_keeps_its_reports(registered: Store) -> None:
    take_in(registered, {"records": record_lines("L2,nine_ones_report,2025-04-20,报,,,,log,45,45,")})
    assert cell_of(registered, "L2", "enterprise.log", "2025").fraction == "45/45"


def test_what_was_known_before_the_register_came_stays_as_it_was(city: Store) -> None:
    take_in(city, dict(list(REGISTER.items())[:2]), now=local("2025-06-19 12:00"))
    before = local("2025-06-19 11:00")
    assert cell_of(city, "L1", "enterprise.log", "2025", known_at=before).fraction == "30/45"
    assert cell_of(city, "L1", "enterprise.log", "2025").fraction == "2/3"


def test_an_enterprise_counts_from_its_first_day_to_its_last(registered: Store) -> None:
    closed = ENTERPRISES.replace(
        "E2,康泰粮油食品有限公司,L1,工贸,0,31,,", "E2,康泰粮油食品有限公司,L1,工贸,0,31,,2025-03-05"
    )
    take_in(registered, {"enterprises": closed})
    cells = [
        cell_of(registered, "L1", "enterprise.duty_list", "2025", as_of=date.fromisoformat(day))
        for day in ("2025-03-05", "2025-03-06", "2025-03-11")
    ]
    assert [cell.fraction for cell in cells] == ["2/3", "1/2", "2/2"]


def test_what_is_given_out_makes_the_same_city_again(registered: Store, lite_store: Store) -> None:
    files = {kind: export_csv(registered, OFFICE, kind) for kind in FORMS}
    take_in(lite_store, files)
    question = Question(2025, TODAY)
    assert cells_for(lite_store, OFFICE, question) == cells_for(registered, OFFICE, question)
    assert take_in(lite_store, files).added == []


def test_a_workbook_with_every_register_is_taken_back_unchanged(registered: Store) -> None:
    book = export_workbook(registered, OFFICE, list(REGISTER))
    tables = read_tables("全部.xlsx", book)
    assert [table.form.kind for table in tables] == list(REGISTER)
    files = {table.form.kind: _csv(table.header, [cells for _, cells in table.rows]) for table in tables}
    plan = take_in(registered, files)
    assert (plan.added, plan.updated, plan.unchanged) == ([], [], 14)


def _csv(header: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    return "\n".join(",".join(f'"{cell}"' for cell in line) for line in (header, *rows)) + "\n"


def test_a_file_of_duties_adds_days_and_takes_none_away(registered: Store) -> None:
    plan = take_in(registered, {"enterprise_duties": "企业,一警\nE1,2025-06-02\n"})
    assert (len(plan.added), len(plan.updated)) == (0, 1)
    assert plan.rows[0].changes == "一警：增加 2025-06-02"
    assert "2025-03-02、2025-05-10、2025-06-02" in export_csv(registered, OFFICE, "enterprise_duties")


def test_nearly_the_same_name_in_one_locality_is_a_warning_and_no_error(registered: Store) -> None:
    lines = (
        "code,name,locality,industry",
        "E8,肥城市宏远机械制造公司,L1,工贸",
        "E9,宏远机械制造有限公司,L2,工贸",
    )
    plan = take_in(registered, {"enterprises": "\n".join(lines)})
    assert len(plan.added) == 2
    assert [(each.row, each.column) for each in plan.warnings] == [(2, "企业名称")]
    assert "宏远机械制造有限公司" in plan.warnings[0].reason


@pytest.mark.parametrize(
    ("kind", "line", "column"),
    [
        ("enterprises", "E1,厂,C1,工贸,0,1,,", "属地"),
        ("enterprises", "E1,,L1,工贸,0,1,,", "企业名称"),
        ("enterprises", "E1,厂,L1,矿山,否,1,,", "高危"),
        ("enterprises", "E1,厂,L1,工贸,0,-1,,", "从业人数"),
        ("enterprises", "E1,厂,L1,工贸,0,1,2025-03-01,2025-02-01", "停用日期"),
        ("enterprise_duties", "E7,2025-02-10,,,,", "企业"),
        ("enterprise_duties", "E1,2025-02-30,,,,", "一责"),
        ("enterprise_duties", "E1,2025-06-20,,,,", "一责"),
        ("enterprise_duties", "E3,,,,,2025-03-01", "安责险"),
        ("enterprise_duties", "E3,,,,,2025-03-01至2025-02-01", "安责险"),
        ("spot_checks", "E1,2025-05-20,抽查,李,一本,,", "检查方式"),
        ("spot_checks", "E1,2025-05-20,督查,李,带队检查,,", "属实"),
        ("spot_checks", "E1,2025-05-20,督查,李,一本,一本,", "不属实"),
        ("spot_checks", "E1,2025-06-20,督查,李,一本,,", "检查日期"),
        ("towns", "T9,C1,某镇,0", "所属属地"),
        ("town_staff", "T9,2025-02-10,4,", "乡镇街道"),
        ("town_staff", "T1,2025-02-10,四,", "在编人数"),
        ("inspectors", "L1,2025-06-20,6,12,", "统计日期"),
    ],
)
def test_a_bad_row_is_refused_with_its_column_and_nothing_is_kept(
    registered: Store, kind: str, line: str, column: str
) -> None:
    before = export_csv(registered, OFFICE, kind)
    header = REGISTER[kind].splitlines()[0]
    problems = problems_of(registered, {kind: f"{header}\n{line}\n"})
    assert places(problems) == [(f"{kind}.csv", 2, column)]
    assert export_csv(registered, OFFICE, kind) == before


def test_an_enterprise_is_named_by_its_name_where_only_one_bears_it(registered: Store) -> None:
    take_in(registered, {"spot_checks": CHECKS.replace("E2,2025-06-11", "康泰粮油食品有限公司,2025-06-12")})
    assert "E2,2025-06-12" in export_csv(registered, OFFICE, "spot_checks")


def test_one_change_brings_a_whole_file(registered: Store) -> None:
    assert DUTIES.count("\n") == 4
    assert take_in(registered, {"enterprise_duties": DUTIES}).unchanged == 3
