"""Giving data out: what import takes back, to the last cell."""

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from core.auth import OPERATOR
from core.domain.forms import FORMS
from core.errors import InputError
from core.services.exporting import export_csv, plain
from core.services.importing import import_tables
from core.services.judging import Question
from core.services.recording import correct_record, void_record
from core.services.scoreboard import cells_for
from core.services.tables import read_table
from core.store.engine import Store, open_store
from tests.city_examples import (
    CITY,
    CLERK,
    NOW,
    OFFICE,
    TODAY,
    enter,
    local,
    meeting,
    record_lines,
    take_in,
    version_read,
)
from tests.conftest import sqlite_url

AFTER_THE_YEAR = date(2026, 1, 20)


def exports(store: Store, known_at: datetime | None = None) -> dict[str, str]:
    return {kind: export_csv(store, OFFICE, kind, known_at) for kind in CITY}


def take_back(store: Store, files: dict[str, str]) -> None:
    tables = [read_table(f"{kind}.csv", text.encode()) for kind, text in files.items()]
    import_tables(store, OPERATOR, tables, today=AFTER_THE_YEAR, now=NOW)


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Store]:
    """An empty database to take the export in."""
    opened = open_store(sqlite_url(tmp_path / "other.db"))
    yield opened
    opened.close()


def test_an_export_has_the_header_of_the_import_form_and_plain_values(store: Store) -> None:
    take_in(store)
    assert exports(store)["zones"] == (
        "code,locality,name,duty,system,support,enforcement,digital\n"
        "Z1,L1,高新产业园,2025-02-21,2025-03-14,2025-03-28,2025-04-23,2025-05-14\n"
        "Z2,L1,物流园,2025-02-21,,,,\n"
    )
    assert exports(store)["records"].splitlines()[:3] == [
        "unit,event,occurred_on,title,leader,led_by_first_director,reported_on,measure,value,total,note",
        "C1,committee_meeting,2025-03-12,第一季度工作会议,,0,,,,,",
        "C1,director_inspection,2025-04-08,第一主任检查化工园区,,1,2025-04-10,,,,",
    ]


def test_an_export_taken_in_elsewhere_gives_the_same_export(store: Store, other: Store) -> None:
    take_in(store)
    take_back(other, exports(store))
    assert exports(other) == exports(store)


def test_the_demonstration_taken_elsewhere_has_the_same_status_on_every_day(
    demonstration: Store, other: Store
) -> None:
    files = exports(demonstration)
    take_back(other, files)
    assert exports(other) == files
    for day in (date(2024, 12, 31), date(2025, 2, 28), date(2025, 3, 1), date(2025, 6, 19), AFTER_THE_YEAR):
        question = Question(2025, day)
        assert cells_for(other, OFFICE, question) == cells_for(demonstration, OFFICE, question)


def test_two_reports_of_one_day_keep_their_order(store: Store, other: Store) -> None:
    take_in(store)
    lines = [
        f"C1,staffing_report,2025-05-20,{title},,,,,{value},," for title, value in (("晚", 7), ("早", 3))
    ]
    take_in(store, {"records": record_lines(*lines)})
    take_back(other, exports(store))
    question = Question(2025, AFTER_THE_YEAR)
    assert cells_for(other, OFFICE, question, "C1") == cells_for(store, OFFICE, question, "C1")


def test_texts_that_csv_finds_hard_come_back_unchanged(store: Store, other: Store) -> None:
    take_in(store)
    for place, text in enumerate(['甲,"乙"', "一\n二", "=1+1", "'单引号", ";\t|", "#", "-", "0012", "true"]):
        enter(store, meeting(f"2025-04-{10 + place}", text))
    take_back(other, exports(store))
    assert exports(other)["records"] == exports(store)["records"]


def test_what_was_voided_is_not_given_out_and_what_was_corrected_is_as_corrected(store: Store) -> None:
    take_in(store)
    wrong, twice = enter(store, meeting("2025-04-20", "甲")), enter(store, meeting("2025-04-21", "乙"))
    right = replace(wrong, title="丙")
    correct_record(store, CLERK, version_read(store, wrong), right, "标题有误", today=TODAY, now=NOW)
    void_record(store, CLERK, twice.record_id, version_read(store, twice), "重复", now=NOW)
    titles = [row["title"] for row in csv.DictReader(io.StringIO(exports(store)["records"]))]
    assert titles[5:] == ["丙"]


def test_an_export_as_known_at_a_moment_shows_that_moment(store: Store) -> None:
    take_in(store, now=local("2025-04-01 09:00"))
    before = exports(store)
    enter(store, meeting(), now=local("2025-04-20 09:00"))
    assert exports(store, local("2025-04-10 09:00")) == before
    assert exports(store)["records"] != before["records"]


def test_a_kind_that_is_none_is_told_with_those_there_are(lite_store: Store) -> None:
    with pytest.raises(InputError, match="导出类别“people”不存在，可用：units、leaders、zones、records"):
        export_csv(lite_store, OFFICE, "people")


def test_an_empty_database_gives_out_headers_alone(lite_store: Store) -> None:
    assert {text.count("\n") for text in exports(lite_store).values()} == {1}


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, ""), (True, "1"), (False, "0"), (0, "0"), (date(2025, 3, 1), "2025-03-01"), ("甲", "甲")],
)
def test_values_are_written_plainly(value: object, text: str) -> None:
    assert plain(value) == text


def test_the_columns_of_every_form_are_given_out_in_their_order(lite_store: Store) -> None:
    take_in(lite_store, CITY)
    for kind, text in exports(lite_store).items():
        assert text.splitlines()[0].split(",") == [column.name for column in FORMS[kind].columns]
