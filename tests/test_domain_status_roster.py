"""Roster: every leader in post is to inspect once a quarter; leaders come and go."""

import pytest

from core.domain.records import Record
from core.domain.units import Leader
from tests.domain_examples import COUNTY, DISTRICT, day, judge, open_day

CODE, EVENT = "locality.leader_inspection", "leader_inspection"


def roster(table: str) -> list[Leader]:
    """Leaders as `name first..last`, each bound a dot where it is open: `甲 2025-02-01 .`."""
    words = table.split()
    return [
        Leader(COUNTY.code, name, starts=open_day(first), until=open_day(last))
        for name, first, last in zip(words[::3], words[1::3], words[2::3], strict=True)
    ]


def visits(table: str) -> list[Record]:
    """Inspections as `name day`."""
    words = table.split()
    return [
        Record(COUNTY.code, EVENT, day(on), leader=name)
        for name, on in zip(words[::2], words[1::2], strict=True)
    ]


TWO = "甲 . . 乙 . ."


@pytest.mark.parametrize(
    ("period", "as_of", "visited", "expected"),
    [
        ("2025Q1", "2024-12-31", "", "not_started 0/-"),
        ("2025Q1", "2024-12-31", "甲 2024-12-31", "not_started 0/-"),
        ("2025Q1", "2025-01-01", "", "pending 0/2, 89 left"),
        ("2025Q1", "2025-01-01", "甲 2025-01-01", "pending 1/2, 89 left"),
        ("2025Q1", "2025-01-01", "甲 2025-01-01 乙 2025-01-01", "met 2/2 on 2025-01-01"),
        ("2025Q1", "2025-01-01", "甲 2025-01-01 乙 2025-01-02", "pending 1/2, 89 left"),
        ("2025Q1", "2025-02-28", "甲 2025-01-15 乙 2025-02-28", "met 2/2 on 2025-02-28"),
        ("2025Q1", "2025-02-28", "乙 2025-02-28 甲 2025-01-15", "met 2/2 on 2025-02-28"),
        ("2025Q1", "2025-03-15", "甲 2025-01-15", "pending 1/2, 16 left"),
        ("2025Q1", "2025-03-16", "甲 2025-01-15", "due_soon 1/2, 15 left"),
        ("2025Q1", "2025-03-31", "甲 2025-01-15", "due_soon 1/2, 0 left"),
        ("2025Q1", "2025-03-31", "甲 2025-01-15 乙 2025-03-31", "met 2/2 on 2025-03-31"),
        ("2025Q1", "2025-04-01", "甲 2025-01-15", "missed 1/2"),
        ("2025Q1", "2025-04-01", "甲 2025-01-15 乙 2025-04-01", "missed 1/2"),
        ("2025Q1", "2025-04-01", "甲 2025-01-15 乙 2024-12-31", "missed 1/2"),
        # one leader's second visit stands for nobody else, and the first one is the day
        ("2025Q1", "2025-04-01", "甲 2025-01-15 甲 2025-02-15", "missed 1/2"),
        ("2025Q1", "2025-04-01", "甲 2025-01-15 甲 2025-03-15 乙 2025-02-02", "met 2/2 on 2025-02-02"),
        ("2025Q1", "2025-04-01", "甲 2025-03-15 甲 2025-01-15 乙 2025-02-02", "met 2/2 on 2025-02-02"),
        # a name that is on no roster, and no name at all
        ("2025Q1", "2025-03-31", "丙 2025-01-15 甲 2025-01-15", "due_soon 1/2, 0 left"),
        # the other quarters
        ("2025Q2", "2025-03-31", "甲 2025-03-31", "not_started 0/-"),
        ("2025Q2", "2025-04-01", "甲 2025-03-31 乙 2025-04-01", "pending 1/2, 90 left"),
        ("2025Q4", "2025-12-31", "甲 2025-10-01 乙 2025-12-31", "met 2/2 on 2025-12-31"),
        ("2025Q4", "2026-01-01", "甲 2025-10-01 乙 2026-01-01", "missed 1/2"),
        ("2025Q4", "2026-01-01", "甲 2025-10-01 乙 2025-12-31", "met 2/2 on 2025-12-31"),
    ],
)
def test_the_quarter_is_met_when_the_last_leader_has_a_first_inspection(
    period: str, as_of: str, visited: str, expected: str
) -> None:
    assert judge(COUNTY, CODE, as_of, visits(visited), leaders=roster(TWO))[period] == expected


@pytest.mark.parametrize(
    ("as_of", "leaders", "visited", "expected"),
    [
        # 乙 joins: asked of from the first day in post
        ("2025-02-09", "甲 . . 乙 2025-02-10 .", "甲 2025-01-15", "met 1/1 on 2025-01-15"),
        ("2025-02-10", "甲 . . 乙 2025-02-10 .", "甲 2025-01-15", "pending 1/2, 49 left"),
        ("2025-03-31", "甲 . . 乙 2025-03-31 .", "甲 2025-01-15", "due_soon 1/2, 0 left"),
        ("2025-04-01", "甲 . . 乙 2025-03-31 .", "甲 2025-01-15", "missed 1/2"),
        ("2025-04-01", "甲 . . 乙 2025-04-01 .", "甲 2025-01-15", "met 1/1 on 2025-01-15"),
        # 乙 leaves: asked of until the last day in post
        ("2025-02-10", "甲 . . 乙 . 2025-02-10", "甲 2025-01-15", "pending 1/2, 49 left"),
        ("2025-02-11", "甲 . . 乙 . 2025-02-10", "甲 2025-01-15", "met 1/1 on 2025-01-15"),
        ("2025-04-01", "甲 . . 乙 . 2025-03-31", "甲 2025-01-15", "missed 1/2"),
        ("2025-04-01", "甲 . . 乙 . 2025-03-30", "甲 2025-01-15", "met 1/1 on 2025-01-15"),
        # what a leaver did no longer counts, since nobody asks for it
        ("2025-04-01", "甲 . . 乙 . 2025-03-30", "乙 2025-01-15", "missed 0/1"),
        ("2025-04-01", "甲 . . 乙 . 2025-03-30", "甲 2025-01-20 乙 2025-03-15", "met 1/1 on 2025-01-20"),
        # both bounds on one day
        ("2025-02-10", "甲 . . 乙 2025-02-10 2025-02-10", "甲 2025-01-15", "pending 1/2, 49 left"),
        ("2025-02-11", "甲 . . 乙 2025-02-10 2025-02-10", "甲 2025-01-15", "met 1/1 on 2025-01-15"),
        # a predecessor and a successor
        (
            "2025-04-01",
            "甲 . 2025-02-14 乙 2025-02-15 .",
            "甲 2025-02-01 乙 2025-03-01",
            "met 1/1 on 2025-03-01",
        ),
        ("2025-02-14", "甲 . 2025-02-14 乙 2025-02-15 .", "甲 2025-02-01", "met 1/1 on 2025-02-01"),
        ("2025-02-15", "甲 . 2025-02-14 乙 2025-02-15 .", "甲 2025-02-01", "pending 0/1, 44 left"),
        # in post on the day that counts: an inspection made before taking office is their own all the same
        ("2025-04-01", "甲 2025-03-01 .", "甲 2025-01-15", "met 1/1 on 2025-01-15"),
        # long after the quarter its own last day still counts, not today
        ("2025-12-31", "甲 . . 乙 . 2025-06-30", "甲 2025-01-15", "missed 1/2"),
        ("2025-12-31", "甲 . . 乙 2025-07-01 .", "甲 2025-01-15", "met 1/1 on 2025-01-15"),
        ("2026-12-31", "甲 . 2025-12-31", "甲 2025-01-15", "met 1/1 on 2025-01-15"),
    ],
)
def test_those_count_who_are_in_post_on_the_quarters_last_day_or_today(
    as_of: str, leaders: str, visited: str, expected: str
) -> None:
    assert judge(COUNTY, CODE, as_of, visits(visited), leaders=roster(leaders))["2025Q1"] == expected


@pytest.mark.parametrize(
    ("as_of", "leaders", "expected"),
    [
        ("2024-12-31", "", "not_started 0/-"),
        ("2025-01-01", "", "unreported 0/0"),
        ("2025-03-31", "", "unreported 0/0"),
        ("2025-04-01", "", "unreported 0/0"),
        ("2026-01-01", "", "unreported 0/0"),
        # nobody in post is no roster either
        ("2025-02-28", "甲 2025-03-01 .", "unreported 0/0"),
        ("2025-03-01", "甲 2025-03-01 .", "pending 0/1, 30 left"),
        ("2025-04-01", "甲 . 2025-03-30", "unreported 0/0"),
        ("2025-04-01", "甲 . 2025-03-31", "missed 0/1"),
    ],
)
def test_without_a_roster_nothing_can_be_said(as_of: str, leaders: str, expected: str) -> None:
    assert judge(COUNTY, CODE, as_of, leaders=roster(leaders))["2025Q1"] == expected


def test_inspections_without_a_roster_count_for_nobody() -> None:
    assert judge(COUNTY, CODE, "2025-03-31", visits("甲 2025-01-15"))["2025Q1"] == "unreported 0/0"


def test_the_leaders_of_another_locality_are_not_asked_here() -> None:
    elsewhere = [Leader(DISTRICT.code, "甲")]
    assert judge(COUNTY, CODE, "2025-03-31", leaders=elsewhere)["2025Q1"] == "unreported 0/0"


def test_a_namesakes_inspection_in_another_locality_does_not_count() -> None:
    elsewhere = [Record(DISTRICT.code, EVENT, day("2025-01-15"), leader="甲")]
    assert judge(COUNTY, CODE, "2025-04-01", elsewhere, leaders=roster("甲 . ."))["2025Q1"] == "missed 0/1"


def test_an_inspection_without_a_leader_counts_for_nobody() -> None:
    nameless = [Record(COUNTY.code, EVENT, day("2025-01-15"))]
    assert judge(COUNTY, CODE, "2025-04-01", nameless, leaders=roster("甲 . ."))["2025Q1"] == "missed 0/1"


def test_what_else_a_leader_did_is_no_inspection() -> None:
    other = [Record(COUNTY.code, "covert_check", day("2025-01-15"), leader="甲")]
    assert judge(COUNTY, CODE, "2025-04-01", other, leaders=roster("甲 . ."))["2025Q1"] == "missed 0/1"
