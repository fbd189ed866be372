"""Follow-up: every inspection is to be reported to the city's office; after five days it is missed."""

import pytest

from core.domain.records import Record
from tests.domain_examples import COMMITTEE, LED_COMMITTEE, judge, open_day

CODE, EVENT = "committee.inspection_reported", "director_inspection"


def inspections(table: str, *, led: bool = True) -> list[Record]:
    """Inspections and the days they were reported on: `2025-03-01 .` was held and not reported."""
    words = table.split()
    made = []
    for held, told_on in zip(words[::2], words[1::2], strict=True):
        on = open_day(held)
        assert on is not None
        made.append(
            Record(COMMITTEE.code, EVENT, on, led_by_first_director=led, reported_on=open_day(told_on))
        )
    return made


@pytest.mark.parametrize(
    ("as_of", "held", "expected"),
    [
        ("2024-12-31", "", "not_started 0/0"),
        ("2025-01-01", "", "not_started 0/0"),
        ("2025-06-30", "", "not_started 0/0"),
        ("2026-01-01", "", "not_started 0/0"),
        ("2025-02-28", "2025-03-01 .", "not_started 0/0"),
        ("2025-06-30", "2024-12-31 .", "not_started 0/0"),
        ("2026-06-30", "2026-01-01 .", "not_started 0/0"),
        # five days to report
        ("2025-02-28", "2025-02-28 .", "pending 0/1, 5 left"),
        ("2025-03-01", "2025-02-28 .", "pending 0/1, 4 left"),
        ("2025-03-04", "2025-02-28 .", "pending 0/1, 1 left"),
        ("2025-03-05", "2025-02-28 .", "pending 0/1, 0 left"),
        ("2025-03-06", "2025-02-28 .", "missed 0/1"),
        ("2025-12-31", "2025-02-28 .", "missed 0/1"),
        # reported
        ("2025-02-28", "2025-02-28 2025-02-28", "met 1/1 on 2025-02-28"),
        ("2025-03-05", "2025-02-28 2025-03-05", "met 1/1 on 2025-03-05"),
        ("2025-03-06", "2025-02-28 2025-03-05", "met 1/1 on 2025-03-05"),
        # reported later than the day we look from: not yet reported
        ("2025-03-04", "2025-02-28 2025-03-05", "pending 0/1, 1 left"),
        ("2025-03-06", "2025-02-28 2025-03-07", "missed 0/1"),
        ("2025-03-07", "2025-02-28 2025-03-07", "met 1/1 on 2025-03-07"),
        # several
        ("2025-03-06", "2025-02-28 2025-03-01 2025-03-03 .", "pending 1/2, 2 left"),
        ("2025-03-06", "2025-02-28 . 2025-03-03 2025-03-03", "missed 1/2"),
        ("2025-03-06", "2025-03-03 . 2025-03-02 .", "pending 0/2, 1 left"),
        ("2025-03-06", "2025-03-03 . 2025-02-28 .", "missed 0/2"),
        ("2025-03-06", "2025-03-03 2025-03-04 2025-02-28 2025-03-06", "met 2/2 on 2025-03-06"),
        ("2025-03-06", "2025-03-03 2025-03-06 2025-02-28 2025-03-01", "met 2/2 on 2025-03-06"),
        ("2025-03-06", "2025-03-03 2025-03-04 2025-03-07 .", "met 1/1 on 2025-03-04"),
        ("2025-03-03", "2025-03-03 . 2025-03-03 2025-03-03", "pending 1/2, 5 left"),
        # the turn of the year
        ("2025-12-31", "2025-12-31 .", "pending 0/1, 5 left"),
        ("2026-01-01", "2025-12-31 .", "pending 0/1, 4 left"),
        ("2026-01-05", "2025-12-31 .", "pending 0/1, 0 left"),
        ("2026-01-06", "2025-12-31 .", "missed 0/1"),
        ("2026-01-04", "2025-12-31 2026-01-04", "met 1/1 on 2026-01-04"),
        ("2026-01-03", "2025-12-31 2026-01-04", "pending 0/1, 2 left"),
        ("2026-01-01", "2025-12-26 .", "missed 0/1"),
    ],
)
def test_an_inspection_unreported_for_more_than_five_days_is_missed(
    as_of: str, held: str, expected: str
) -> None:
    assert judge(COMMITTEE, CODE, as_of, inspections(held)) == {"2025": expected}


def test_an_inspection_is_to_be_reported_whoever_led_it() -> None:
    by_a_deputy = inspections("2025-02-28 .", led=False)
    assert judge(COMMITTEE, CODE, "2025-03-06", by_a_deputy) == {"2025": "missed 0/1"}
    both = by_a_deputy + inspections("2025-03-01 2025-03-01")
    assert judge(COMMITTEE, CODE, "2025-03-02", both) == {"2025": "pending 1/2, 3 left"}


def test_the_order_of_entry_does_not_matter() -> None:
    held = inspections("2025-02-20 2025-02-22 2025-02-28 . 2025-03-03 .")
    assert judge(COMMITTEE, CODE, "2025-03-04", held) == judge(COMMITTEE, CODE, "2025-03-04", reversed(held))


def test_another_committees_inspections_ask_nothing_of_this_one() -> None:
    assert judge(LED_COMMITTEE, CODE, "2025-03-06", inspections("2025-02-28 .")) == {
        "2025": "not_started 0/0"
    }


def test_a_late_report_turns_missed_into_met() -> None:
    late = inspections("2025-02-28 2025-04-20")
    assert judge(COMMITTEE, CODE, "2025-04-19", late) == {"2025": "missed 0/1"}
    assert judge(COMMITTEE, CODE, "2025-04-20", late) == {"2025": "met 1/1 on 2025-04-20"}
