"""The catalogue of 2025 is the office's reading of the notice, row by row."""

import re
from pathlib import Path

import pytest

from core.domain.obligations import Basis, Obligation, Rule
from core.domain.units import UnitKind
from tests.domain_examples import COUNTY, DISTRICT, NOTICE

TEXT = (Path(__file__).parent.parent / "docs" / "notice-2025-1.txt").read_text(encoding="utf-8")
# code, kind, period, required (3|5: 5 where marked 任务较重), due, days of warning, what counts, clause
READING = """
committee.rules              deadline  -       1   2025-02-28 15 rules_revised             二（一）1
committee.meeting            quota     quarter 1   -          15 committee_meeting         二（一）2
committee.plenary            quota     half    1   -          30 plenary_meeting           二（一）2
committee.director_inspection quota     quarter 1   -          15 director_inspection       二（一）2
committee.inspection_reported followup  -       -   -          5  director_inspection       二（一）2
committee.staff              threshold -       3|5 -          -  staffing_report           二（一）3
committee.plan               deadline  -       1   2025-12-31 30 annual_plan               二（一）4
committee.risk_consultation  tracked   quarter -   -          -  risk_consultation         二（一）4
committee.joint_enforcement  quota     half    1   -          30 joint_enforcement         二（一）4
committee.four.training      quota     year    1   -          60 four_training             二（一）5
committee.four.assistance    quota     year    1   -          60 four_assistance           二（一）5
committee.four.supervision   quota     year    1   -          60 four_supervision          二（一）5
committee.four.education     quota     year    1   -          60 four_education            二（一）5
committee.four.report        after     year    1   -          60 executive_meeting_report  二（一）5
committee.covert_check       quota     quarter 1   -          15 covert_check              二（二）4
department.duty_list         deadline  -       1   2025-02-28 15 duty_list_revised         二（二）1
department.assessment        quota     half    1   -          30 duty_assessment           二（二）1
department.one_matter        tracked   year    -   -          -  one_matter                二（二）2
department.new_business_survey quota     half    1   -          30 new_business_survey       二（二）3
department.inspection_plan   deadline  -       1   2025-12-31 30 inspection_plan           二（二）4
department.covert_check      quota     quarter 1   -          15 covert_check              二（二）4
locality.plan                deadline  -       1   2025-12-31 30 implementation_plan       三（二）
locality.duty_list           deadline  -       1   2025-12-31 30 duty_list_revised         二（三）1
locality.standing_meeting    quota     quarter 1   -          15 standing_meeting          二（三）1
locality.executive_meeting   quota     quarter 1   -          15 executive_meeting         二（三）1
locality.special_meeting     quota     quarter 1   -          15 special_meeting           二（三）1
locality.leader_inspection   roster    quarter 1   -          15 leader_inspection         二（三）1
locality.mechanism           deadline  -       1   2025-02-28 15 rules_revised             二（三）2
locality.town_staff          coverage  -       all -          -  town_staffing_report      二（三）3
locality.zone                zone      -       1   2025-06-30 30 -                         二（三）4
locality.zone_experience     deadline  -       1   2025-06-30 30 experience_summary        二（三）4
locality.joint_enforcement   quota     half    1   -          30 joint_enforcement         二（三）5
locality.covert_check        quota     quarter 1   -          15 covert_check             二（二）4；二（三）5
locality.third_party         tracked   year    -   -          -  third_party_service       二（三）6
locality.liability_insurance coverage  -       all -          -  insurance_report          二（三）6
enterprise.duty_list         coverage  -       all 2025-02-28 15 nine_ones_report:duty_list 二（四）1
enterprise.log               coverage  -       all 2025-01-31 15 nine_ones_report:log      二（四）2
enterprise.review            coverage  half    all -          30 nine_ones_report:review   二（四）3
enterprise.training          coverage  year    all -          60 nine_ones_report:training 二（四）4
enterprise.warning           coverage  quarter all -          15 nine_ones_report:warning  二（四）5
enterprise.merit             coverage  year    all -          60 nine_ones_report:merit    二（四）6
enterprise.pledge            coverage  half    all -          30 nine_ones_report:pledge   二（四）7
enterprise.assessment        coverage  year    all -          60 nine_ones_report:assessment 二（四）8
enterprise.reward            coverage  -       all 2025-06-30 30 nine_ones_report:reward   二（四）9
city.wage_exchange           quota     half    1   -          30 wage_exchange_meeting     二（四）9
"""
OFFICE_DEFAULTS = {
    "committee.covert_check",
    "locality.standing_meeting",
    "locality.executive_meeting",
    "locality.special_meeting",
    "locality.joint_enforcement",
}
SUBJECTS = {"city": 1, "locality": 23, "committee": 15, "department": 6}


def _row(each: Obligation) -> str:
    required = f"{each.required}|{each.required_heavy}" if each.required_heavy else each.required
    counted = f"{each.event}:{each.measure}" if each.measure else each.event
    # The office's reading writes "all" where a coverage must be full.
    required = "all" if each.rule == Rule.COVERAGE else required
    parts = (each.rule, each.cadence, required, each.due, each.warn_days, counted, each.clause)
    return " ".join([each.code, *(str(part or "-") for part in parts)])


def test_the_catalogue_is_the_reading_of_the_notice_row_by_row() -> None:
    expected = [" ".join(line.split()) for line in READING.strip().splitlines()]
    assert len(expected) == 45
    assert [_row(each) for each in NOTICE.obligations] == expected


@pytest.mark.parametrize("code", [each.code for each in NOTICE.obligations])
def test_every_quote_stands_in_the_notice_word_for_word(code: str) -> None:
    found = NOTICE.obligation(code)
    assert found is not None
    assert found.quote in TEXT
    assert len(found.quote) > 8


@pytest.mark.parametrize("code", [each.code for each in NOTICE.obligations])
def test_every_quote_stands_in_the_clause_it_is_said_to_stand_in(code: str) -> None:
    found = NOTICE.obligation(code)
    assert found is not None
    chapter, section, *number = re.findall("[一二三四]|[1-9]", found.clause)[:3]
    chapter_text = re.split(r"\n[一二三]、", TEXT)["一二三".index(chapter) + 1]
    section_text = re.split(r"\n（[一二三四]）", chapter_text)["一二三四".index(section) + 1]
    clause = re.split(r"\n[1-9]\.", section_text)[int(number[0])] if number else section_text
    assert found.quote in clause


def test_what_the_notice_leaves_open_is_marked_as_the_offices_default() -> None:
    office = {each.code for each in NOTICE.obligations if each.basis == Basis.OFFICE}
    assert office == OFFICE_DEFAULTS


@pytest.mark.parametrize("code", sorted(OFFICE_DEFAULTS - {"committee.covert_check"}))
def test_an_office_default_rests_on_a_clause_that_only_says_regularly(code: str) -> None:
    found = NOTICE.obligation(code)
    assert found is not None
    assert "定期" in found.quote


def test_each_obligation_is_addressed_to_the_kind_its_code_names() -> None:
    for each in NOTICE.obligations:
        prefix = each.code.split(".")[0]
        assert each.subject == UnitKind("locality" if prefix == "enterprise" else prefix)
    assert {kind: len(NOTICE.addressed_to(UnitKind(kind))) for kind in SUBJECTS} == SUBJECTS


def test_the_conditions_are_the_readings() -> None:
    def marked(name: str) -> list[str]:
        return [each.code for each in NOTICE.obligations if getattr(each, name)]

    assert marked("county_only") == ["locality.zone", "locality.zone_experience"]
    assert marked("led_by_first_director") == ["committee.plenary", "committee.director_inspection"]
    assert marked("with_lead_unit") == ["committee.covert_check"]
    assert marked("required_heavy") == ["committee.staff"]
    assert marked("after") == ["committee.four.report"]
    report = NOTICE.obligation("committee.four.report")
    assert report is not None
    ones = ("training", "assistance", "supervision", "education")
    assert report.after == tuple(f"committee.four.{one}" for one in ones)


def test_the_catalogue_names_its_notice() -> None:
    assert (NOTICE.year, NOTICE.number) == (2025, "泰安发〔2025〕1号")
    assert NOTICE.activity in TEXT
    assert NOTICE.title in " ".join(TEXT.split())


def test_titles_and_short_titles_tell_the_obligations_of_a_kind_apart() -> None:
    for kind in UnitKind:
        owed = NOTICE.addressed_to(kind)
        assert len({each.title for each in owed}) == len({each.short for each in owed}) == len(owed)


def test_every_event_and_every_measure_is_counted_by_some_obligation() -> None:
    assert {each.event for each in NOTICE.obligations} - {""} == set(NOTICE.events)
    measured = {(each.event, each.measure) for each in NOTICE.obligations if each.measure}
    assert measured == {(event, code) for event, names in NOTICE.measures.items() for code in names}


def test_the_nine_ones_are_nine() -> None:
    assert "".join(NOTICE.measures["nine_ones_report"].values()) == "一责一本一述一培一警一评一诺一考一奖"


def test_a_county_owes_two_more_than_a_functional_zone_committee() -> None:
    county, district = NOTICE.owed_by(COUNTY), NOTICE.owed_by(DISTRICT)
    assert {each.code for each in county} - {each.code for each in district} == {
        "locality.zone",
        "locality.zone_experience",
    }
    assert (len(county), len(district)) == (23, 21)


def test_events_and_measures_are_found_by_code_or_by_name() -> None:
    assert NOTICE.parse_event("covert_check") == NOTICE.parse_event("暗查暗访") == "covert_check"
    assert NOTICE.parse_event("暗查") is None
    assert NOTICE.parse_measure("nine_ones_report", "一本") == "log"
    assert NOTICE.parse_measure("nine_ones_report", "log") == "log"
    assert NOTICE.parse_measure("covert_check", "log") is None
    assert NOTICE.parse_measure("nine_ones_report", "") is None


def test_a_kind_records_only_the_events_its_obligations_count() -> None:
    assert NOTICE.events_of(UnitKind.CITY) == ["wage_exchange_meeting"]
    assert "committee_meeting" not in NOTICE.events_of(UnitKind.LOCALITY)
    assert NOTICE.events_of(UnitKind.DEPARTMENT) == [
        "covert_check",
        "duty_list_revised",
        "duty_assessment",
        "one_matter",
        "new_business_survey",
        "inspection_plan",
    ]
    assert [each.code for each in NOTICE.counting("director_inspection")] == [
        "committee.director_inspection",
        "committee.inspection_reported",
    ]


@pytest.mark.parametrize(
    ("code", "head"),
    [
        ("committee.rules", "2月28日前"),
        ("committee.meeting", "每季度1次"),
        ("committee.plenary", "每半年1次"),
        ("committee.inspection_reported", "查后5日内报送"),
        ("committee.staff", "不少于3人"),
        ("committee.risk_consultation", "每季度统计"),
        ("committee.four.training", "全年1次"),
        ("committee.four.report", "“四个一”结束后"),
        ("department.one_matter", "全年统计"),
        ("locality.leader_inspection", "每季度人人1次"),
        ("locality.zone", "6月30日前"),
        ("locality.town_staff", "全覆盖"),
        ("enterprise.log", "1月31日前全覆盖"),
        ("enterprise.warning", "每季度全覆盖"),
    ],
)
def test_a_board_says_the_rule_in_small(code: str, head: str) -> None:
    found = NOTICE.obligation(code)
    assert found is not None
    assert found.head == head
