"""What a cell says of itself, and the rates of a set of cells."""

import pytest

from core.domain.cells import FULFILLED, OPEN, SETTLED, WANTING, Cell, Status, percent, rates_of
from core.domain.periods import parse_period
from core.domain.records import Record
from tests.domain_examples import COMMITTEE, NOTICE, day


def cell(status: str, required: int | None = 1, done: int = 0) -> Cell:
    """Make a cell of the committee's quarterly meeting."""
    meeting, period = NOTICE.obligation("committee.meeting"), parse_period("2025Q1")
    assert meeting is not None
    assert period is not None
    return Cell(COMMITTEE, meeting, period, required, done, Status(status))


@pytest.mark.parametrize(
    ("statuses", "completion", "punctuality"),
    [
        ("", "—", "—"),
        ("pending due_soon not_started tracked exempt", "—", "—"),
        ("met", "100.0%", "100.0%"),
        ("met_late", "100.0%", "0.0%"),
        ("missed", "0.0%", "0.0%"),
        ("short", "0.0%", "0.0%"),
        ("unreported", "0.0%", "0.0%"),
        ("met met_late missed short unreported", "40.0%", "20.0%"),
        ("met met missed pending due_soon not_started tracked exempt", "66.7%", "66.7%"),
        ("met met_late missed exempt exempt", "66.7%", "33.3%"),
    ],
)
def test_the_rates_leave_out_what_is_open_not_begun_exempt_or_only_counted(
    statuses: str, completion: str, punctuality: str
) -> None:
    rates = rates_of(cell(each) for each in statuses.split())
    assert (percent(rates.completion), percent(rates.punctuality)) == (completion, punctuality)


def test_every_status_is_settled_open_or_neither_and_none_is_two() -> None:
    neither = {Status.NOT_STARTED, Status.TRACKED, Status.EXEMPT}
    groups = [FULFILLED, WANTING, OPEN, neither]
    assert sum(len(group) for group in groups) == len(Status) == len(set().union(*groups))
    assert SETTLED == FULFILLED | WANTING


@pytest.mark.parametrize(
    ("code", "label"),
    [
        ("met", "已完成"),
        ("met_late", "逾期完成"),
        ("due_soon", "临近到期"),
        ("pending", "进行中"),
        ("missed", "未完成"),
        ("not_started", "未开始"),
        ("short", "未达标"),
        ("unreported", "未报送"),
        ("tracked", "仅统计"),
        ("exempt", "已豁免"),
    ],
)
def test_a_status_carries_its_chinese_word(code: str, label: str) -> None:
    assert (Status(code).label, Status.of(label), f"{Status(code)}") == (label, Status(code), code)


@pytest.mark.parametrize(
    ("required", "done", "missing", "fraction"),
    [
        (1, 0, 1, "0/1"),
        (1, 1, 0, "1/1"),
        (1, 3, 0, "3/1"),
        (9, 4, 5, "4/9"),
        (None, 7, 0, "7"),
        (0, 0, 0, "0/0"),
    ],
)
def test_a_cell_says_what_is_lacking(required: int | None, done: int, missing: int, fraction: str) -> None:
    seen = cell("pending", required, done)
    assert (seen.missing, seen.fraction) == (missing, fraction)


def test_a_cell_is_named_by_unit_obligation_and_period() -> None:
    assert cell("met").key == ("c1", "committee.meeting", "2025Q1")


@pytest.mark.parametrize(
    ("entered_on", "grace", "backfilled"),
    [
        ("2025-03-31", 5, False),
        ("2025-04-05", 5, False),
        ("2025-04-06", 5, True),
        ("2025-03-31", 0, False),
        ("2025-04-01", 0, True),
        ("2025-03-01", 5, False),
    ],
)
def test_a_record_entered_more_than_the_grace_days_later_is_backfilled(
    entered_on: str,
    grace: int,
    backfilled: bool,  # noqa: FBT001
) -> None:
    record = Record("c1", "committee_meeting", day("2025-03-31"), entered_on=day(entered_on))
    assert record.backfilled(grace) == backfilled


def test_without_other_word_the_grace_is_five_days() -> None:
    late = Record("c1", "committee_meeting", day("2025-03-31"), entered_on=day("2025-04-06"))
    assert late.backfilled()
    assert not Record("c1", "committee_meeting", day("2025-03-31")).backfilled()
