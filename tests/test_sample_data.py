"""The demonstration city: its program makes its files byte for byte, and they keep the import form's rules.

Only csv and the files: what the engine makes of them is tested where the engine is.
"""

import csv
import subprocess
import sys
from collections import Counter
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[1] / "sample_data"
FILES = ("units.csv", "leaders.csv", "zones.csv", "records.csv", "records_entered.csv")
REGISTERS = ("enterprises", "enterprise_duties", "spot_checks", "towns", "town_staff", "inspectors")
MADE = (
    *(*FILES, "hazards.csv", "hazard_moves.csv", "measure_turns.csv"),
    *("members.csv", "links.csv", "findings.csv", "zone_turns.csv", "experience_turns.csv"),
    *(f"{kind}.csv" for kind in REGISTERS),
)
SHOWN, QUARTER = "2025-06-19", "2025-04-01"  # the demonstration date, and where its quarter begins
AREAS = ("duty", "system", "support", "enforcement", "digital")
Row = dict[str, str]

# Who may have which event: those that an obligation of the unit's kind counts.
EVENTS = {
    "city": "wage_exchange_meeting",
    "committee": (
        "rules_revised committee_meeting plenary_meeting director_inspection staffing_report "
        "annual_plan risk_consultation joint_enforcement four_training four_assistance "
        "four_supervision four_education executive_meeting_report covert_check"
    ),
    "department": (
        "duty_list_revised duty_assessment one_matter new_business_survey inspection_plan covert_check"
    ),
    "locality": (
        "implementation_plan duty_list_revised standing_meeting executive_meeting special_meeting "
        "leader_inspection rules_revised town_staffing_report experience_summary "
        "joint_enforcement covert_check third_party_service insurance_report nine_ones_report"
    ),
}
MEASURES = {"duty_list", "log", "review", "training", "warning", "merit", "pledge", "assessment", "reward"}
REPORTS = {"staffing_report", "town_staffing_report", "insurance_report", "nine_ones_report"}
LED = {"plenary_meeting", "director_inspection"}


def rows_of(name: str) -> list[Row]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


UNITS, LEADERS, ZONES, RECORDS, ENTRIES = (rows_of(name) for name in FILES)
MOMENTS = [datetime.fromisoformat(entry["entered_at"]) for entry in ENTRIES]
KIND = {unit["code"]: unit["kind"] for unit in UNITS}


def records_of(unit: str, event: str, since: str = "2025-01-01", until: str = "2025-12-31") -> list[Row]:
    """The unit's records of the event in a stretch of days, both ends included."""
    own = (record for record in RECORDS if (record["unit"], record["event"]) == (unit, event))
    return [record for record in own if since <= record["occurred_on"] <= until]


def day_of(record: Row) -> date:
    return date.fromisoformat(record["occurred_on"])


def active(leader: Row, day: str) -> bool:
    return leader["from"] <= day and (not leader["until"] or day <= leader["until"])


def uninspecting(locality: str, since: str, until: str) -> set[str]:
    """The names of the locality's active leaders without an inspection of their own."""
    roster = {one["name"] for one in LEADERS if one["unit"] == locality and active(one, until)}
    return roster - {record["leader"] for record in records_of(locality, "leader_inspection", since, until)}


def standardised(locality: str, by: str) -> int:
    """How many of the locality's zones had all five areas accepted by the day."""
    own = (zone for zone in ZONES if zone["locality"] == locality)
    return sum(all(zone[area] and zone[area] <= by for area in AREAS) for zone in own)


def test_the_program_makes_the_files_byte_for_byte(tmp_path: Path) -> None:
    subprocess.run([sys.executable, str(FOLDER / "make.py"), str(tmp_path)], check=True, capture_output=True)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(MADE)
    for name in MADE:
        assert (tmp_path / name).read_bytes() == (FOLDER / name).read_bytes(), name


@pytest.mark.parametrize("name", MADE)
def test_a_file_is_plain_utf_8_with_unix_line_ends(name: str) -> None:
    content = (FOLDER / name).read_bytes()
    assert not content.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in content
    assert content.decode("utf-8").endswith("\n")


def test_the_headers_are_those_of_the_import_form() -> None:
    assert list(LEADERS[0]) == ["unit", "name", "title", "from", "until"]
    assert list(ZONES[0]) == ["code", "locality", "name", *AREAS]
    columns = "unit event occurred_on title leader led_by_first_director reported_on measure value total note"
    assert list(RECORDS[0]) == columns.split()
    columns = "code kind name parent county heavy_duty lead_unit order active_from active_until"
    assert list(UNITS[0]) == columns.split()


def test_the_city_has_all_its_units_in_their_official_order() -> None:
    assert Counter(KIND.values()) == {"city": 1, "committee": 14, "locality": 9, "department": 14}
    assert [unit["order"] for unit in UNITS] == [str(n) for n in range(1, len(UNITS) + 1)]
    kinds = [unit["kind"] for unit in UNITS]
    assert sorted(kinds, key=["city", "committee", "locality", "department"].index) == kinds
    assert [unit["code"] for unit in UNITS if unit["county"] == "1"] == [f"L{n:02}" for n in range(1, 7)]
    assert {unit["parent"] for unit in UNITS if unit["code"] != "T00"} == {"T00"}


def test_every_committee_is_led_by_a_department() -> None:
    leads = {unit["lead_unit"] for unit in UNITS if unit["kind"] == "committee"}
    assert all(KIND[lead] == "department" for lead in leads)
    assert not any(unit["lead_unit"] for unit in UNITS if unit["kind"] != "committee")


def test_a_name_stands_once_on_a_roster() -> None:
    assert max(Counter((one["unit"], one["name"]) for one in LEADERS).values()) == 1


@pytest.mark.parametrize("day", ["2025-01-01", "2025-06-19", "2025-12-31"])
def test_every_committee_has_one_first_director_and_every_locality_six_to_nine_leaders(day: str) -> None:
    in_office = Counter(leader["unit"] for leader in LEADERS if active(leader, day))
    assert all(in_office[code] == 1 for code, kind in KIND.items() if kind == "committee")
    assert all(6 <= in_office[code] <= 9 for code, kind in KIND.items() if kind == "locality")


def test_some_leaders_come_and_go_within_the_year() -> None:
    assert sum(bool(leader["from"]) for leader in LEADERS) >= 3
    assert sum(bool(leader["until"]) for leader in LEADERS) >= 3


def test_zones_lie_in_localities_and_their_counties_get_there_at_different_times() -> None:
    assert 12 <= len(ZONES) <= 16
    assert all(KIND[zone["locality"]] == "locality" for zone in ZONES)
    counties = [unit["code"] for unit in UNITS if unit["county"] == "1"]
    assert [standardised(county, SHOWN) for county in counties] == [1, 0, 2, 1, 0, 0]
    assert [standardised(county, "2025-06-30") for county in counties] == [1, 1, 2, 1, 0, 0]
    assert [standardised(county, "2025-07-31") for county in counties] == [1, 1, 2, 1, 1, 0]
    assert standardised("L06", "2025-12-31") == 0


def test_there_are_about_1500_records_of_every_event() -> None:
    assert 1400 <= len(RECORDS) <= 1700
    assert {record["event"] for record in RECORDS} == set(" ".join(EVENTS.values()).split())
    measures = {record["measure"] for record in RECORDS if record["event"] == "nine_ones_report"}
    assert measures == MEASURES


def test_a_record_names_an_event_of_its_units_kind() -> None:
    assert all(record["event"] in EVENTS[KIND[record["unit"]]].split() for record in RECORDS)


def test_no_two_records_share_their_natural_key() -> None:
    key = ("unit", "event", "occurred_on", "title", "leader", "measure")
    assert max(Counter(tuple(record[column] for column in key) for record in RECORDS).values()) == 1


def test_no_unit_reports_the_same_thing_twice_on_a_day() -> None:
    key = ("unit", "event", "occurred_on", "measure")
    reports = Counter(tuple(one[column] for column in key) for one in RECORDS if one["event"] in REPORTS)
    assert max(reports.values()) == 1


def test_every_record_is_of_2025_and_reported_no_earlier_than_it_took_place() -> None:
    assert {day_of(record).year for record in RECORDS} == {2025}
    reported = [record for record in RECORDS if record["reported_on"]]
    assert {record["event"] for record in reported} == {"director_inspection"}
    assert all(date.fromisoformat(record["reported_on"]) >= day_of(record) for record in reported)


def test_numbers_are_whole_and_no_value_exceeds_its_total() -> None:
    for record in RECORDS:
        assert bool(record["value"]) == (record["event"] in REPORTS)
        assert bool(record["total"]) == (record["event"] in REPORTS - {"staffing_report"})
        assert bool(record["measure"]) == (record["event"] == "nine_ones_report")
        if record["total"]:
            assert 0 <= int(record["value"]) <= int(record["total"])


def test_who_led_is_said_of_plenaries_and_inspections_and_sometimes_it_was_not_the_first_director() -> None:
    marks = Counter(record["led_by_first_director"] for record in RECORDS if record["event"] in LED)
    assert set(marks) == {"0", "1"}
    assert marks["0"] >= 3
    assert not any(record["led_by_first_director"] for record in RECORDS if record["event"] not in LED)


def test_a_leader_inspects_only_while_on_the_roster() -> None:
    roster = {(leader["unit"], leader["name"]): leader for leader in LEADERS}
    for record in RECORDS:
        if record["leader"]:
            assert active(roster[record["unit"], record["leader"]], record["occurred_on"])
        assert record["leader"] or record["event"] != "leader_inspection"


def test_titles_and_notes_are_clean_text() -> None:
    for record in RECORDS:
        assert record["title"] == record["title"].strip() != ""
        assert (record["title"] + record["note"]).isprintable()


def test_weekends_and_holidays_are_quiet() -> None:
    weekends = sum(day_of(record).weekday() >= 5 for record in RECORDS)
    days = [record["occurred_on"] for record in RECORDS]
    assert weekends / len(RECORDS) < 0.10
    assert (
        sum("2025-01-28" <= day <= "2025-02-04" or "2025-10-01" <= day <= "2025-10-08" for day in days) < 10
    )


def test_town_reports_bear_the_true_number_of_towns() -> None:
    totals = {one["unit"]: one["total"] for one in RECORDS if one["event"] == "town_staffing_report"}
    towns = {"L01": "8", "L02": "18", "L03": "21", "L04": "14", "L05": "13", "L06": "14"}
    assert {unit: totals[unit] for unit in towns} == towns


def test_some_inspections_are_reported_late_and_some_never() -> None:
    inspections = [record for record in RECORDS if record["event"] == "director_inspection"]
    reported = [record for record in inspections if record["reported_on"]]
    delays = [date.fromisoformat(record["reported_on"]) - day_of(record) for record in reported]
    assert sum(delay > timedelta(days=5) for delay in delays) >= 3
    assert 2 <= len(inspections) - len(reported) <= 12


@pytest.mark.parametrize("months", ["01 03", "04 06", "07 09", "10 12"])
def test_every_quarter_has_units_that_do_more_than_required_and_units_that_do_nothing(months: str) -> None:
    since, until = (f"2025-{month}" for month in months.split())
    quotas = [(code, event) for code in KIND for event in quarterly(code)]
    counts = Counter(len(records_of(*quota, f"{since}-01", f"{until}-31")) for quota in quotas)
    assert counts[0] >= 2
    assert sum(counts[number] for number in counts if number >= 2) >= 10


def quarterly(unit: str) -> tuple[str, ...]:
    """The quarterly quotas of the unit's kind (a committee's covert checks lean on its department)."""
    return {
        "city": (),
        "committee": ("committee_meeting", "director_inspection"),
        "department": ("covert_check",),
        "locality": ("standing_meeting", "executive_meeting", "special_meeting", "covert_check"),
    }[KIND[unit]]


def test_every_row_has_its_moment_in_order_and_no_later_than_mid_january() -> None:
    assert [entry["row"] for entry in ENTRIES] == [str(n) for n in range(1, len(RECORDS) + 1)]
    assert all(earlier <= later for earlier, later in pairwise(MOMENTS))
    assert MOMENTS[-1] < datetime(2026, 1, 16)  # noqa: DTZ001 -- local moments, as the file has them


def test_nothing_is_entered_before_it_took_place_or_was_reported() -> None:
    for record, moment in zip(RECORDS, MOMENTS, strict=True):
        assert max(record["occurred_on"], record["reported_on"]) <= moment.date().isoformat()


def test_entries_are_made_in_working_hours_and_one_in_twelve_is_backfilled() -> None:
    assert all(time(8, 30) <= moment.time() <= time(18, 0) for moment in MOMENTS)
    lags = [moment.date() - day_of(record) for record, moment in zip(RECORDS, MOMENTS, strict=True)]
    assert 0.05 < sum(lag > timedelta(days=5) for lag in lags) / len(lags) < 0.11
    assert sum(lag <= timedelta(days=3) for lag in lags) / len(lags) > 0.8
    assert max(lags) <= timedelta(days=60)


def test_a_row_is_typed_by_the_units_own_account_or_by_the_office() -> None:
    accounts = {"T00": "office", "C06": "committee", "L02": "locality", "D01": "department"}
    for record, entry in zip(RECORDS, ENTRIES, strict=True):
        own = accounts.get(record["unit"], f"clerk-{record['unit'].lower()}")
        assert entry["person"] in {"office", own}


def test_on_the_demonstration_date_the_fire_committee_still_owes_its_quarterly_meeting() -> None:
    assert not records_of("C06", "committee_meeting", QUARTER, SHOWN)
    assert records_of("C06", "committee_meeting", QUARTER)[0]["occurred_on"] == "2025-06-25"
    assert not records_of("C06", "plenary_meeting", until=SHOWN)
    assert not records_of("C06", "joint_enforcement", until=SHOWN)
    assert not records_of("C06", "four_assistance", until=SHOWN)


def test_on_the_demonstration_date_daiyue_lacks_a_covert_check_and_two_leaders_have_not_inspected() -> None:
    assert not records_of("L02", "covert_check", QUARTER, SHOWN)
    assert len(uninspecting("L02", QUARTER, SHOWN)) == 2


def test_on_the_demonstration_date_emergency_management_has_checked_covertly_but_not_surveyed() -> None:
    assert records_of("D01", "covert_check", QUARTER, SHOWN)
    assert not records_of("D01", "new_business_survey", until=SHOWN)


@pytest.mark.parametrize("kind", ["committee", "locality", "department"])
def test_on_the_demonstration_date_every_board_shows_work_done_work_open_and_a_february_deadline_missed(
    kind: str,
) -> None:
    event = "duty_list_revised" if kind == "department" else "rules_revised"
    codes = [code for code, its_kind in KIND.items() if its_kind == kind]
    in_time = [code for code in codes if records_of(code, event, until="2025-02-28")]
    assert len(codes) / 2 < len(in_time) < len(codes)
    checked = [code for code in codes if records_of(code, "covert_check", QUARTER, SHOWN)]
    assert 0 < len(checked) < len(codes)
