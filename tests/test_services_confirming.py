"""An import that was seen first: carried out once, and only if it still is what was seen."""

import pytest

from core.auth import OPERATOR
from core.errors import ConflictError, ForbiddenError
from core.services.importing import Confirmed, Proposal, confirm_import, preview_import
from core.services.planning import Outcome
from core.services.tables import read_table
from core.store.engine import Store
from core.store.records import all_records, versions_of
from tests.city_examples import (
    CLERK,
    NOW,
    OFFICE,
    RECORDS,
    TODAY,
    enter,
    journal,
    meeting,
    record_lines,
    take_in,
)

LINES = record_lines(
    "C1,committee_meeting,2025-03-12,第一季度工作会议,,,,,,,补充",
    "C1,committee_meeting,2025-04-20,第二季度工作会议,,,,,,,",
    "D1,covert_check,2025-05-06,暗查烟花爆竹仓库,,,,,,,查封1处",
)


def propose(store: Store, text: str = LINES, operation: str = "one") -> Proposal:
    tables = (read_table("records.csv", text.encode()),)
    return Proposal(tables, preview_import(store, OFFICE, tables, today=TODAY), operation)


def confirm(store: Store, proposal: Proposal) -> Confirmed:
    return confirm_import(store, OFFICE, proposal, today=TODAY, now=NOW)


def test_a_preview_tells_what_becomes_of_each_row(store: Store) -> None:
    take_in(store)
    rows = propose(store).plan.rows
    assert [(row.number, row.outcome) for row in rows] == [
        (2, Outcome.UPDATED),
        (3, Outcome.ADDED),
        (4, Outcome.UNCHANGED),
    ]
    assert rows[0].changes == "备注：（空） → 补充"


def test_confirming_twice_does_it_once_and_says_so(store: Store) -> None:
    take_in(store)
    proposal = propose(store)
    assert confirm(store, proposal) == Confirmed(1, 1, 1)
    before = journal(store)
    assert confirm(store, proposal) == Confirmed(1, 1, 1, again=True)
    assert journal(store) == before


def test_updated_records_keep_their_number_and_their_history(store: Store) -> None:
    take_in(store)
    confirm(store, propose(store))
    with store.reading() as reader:
        record = next(each for each in all_records(reader) if each.note == "补充")
        versions = versions_of(reader, record.record_id)
    assert [version.record.note for version in versions] == ["", "补充"]
    assert versions[0].ended_action == "import"


def test_many_updates_at_once_leave_one_current_version_each(store: Store) -> None:
    take_in(store)
    lines = [
        f"C1,committee_meeting,2025-03-{1 + number % 28:02},会{number},,,,,,," for number in range(1_100)
    ]
    take_in(store, {"records": record_lines(*lines)})
    changed = record_lines(*(f"{line}改" for line in lines))
    assert confirm(store, propose(store, changed)) == Confirmed(0, 1_100, 0)
    with store.reading() as reader:
        notes = [each.note for each in all_records(reader) if each.title.startswith("会")]
    assert notes == ["改"] * 1_100


def test_a_plan_that_no_longer_holds_is_not_carried_out(store: Store) -> None:
    take_in(store)
    proposal = propose(store)
    enter(store, meeting())
    before = journal(store)
    with pytest.raises(ConflictError, match="有了变化"):
        confirm(store, proposal)
    assert journal(store) == before


def test_another_note_typed_meanwhile_is_not_overrun(store: Store) -> None:
    take_in(store)
    proposal = propose(store)
    take_in(store, {"records": RECORDS.replace("第一季度工作会议,,,,,,,", "第一季度工作会议,,,,,,,别人补的")})
    with pytest.raises(ConflictError):
        confirm(store, proposal)


def test_nothing_new_makes_no_change(store: Store) -> None:
    take_in(store)
    before = journal(store)
    assert confirm(store, propose(store, RECORDS)) == Confirmed(0, 0, 5)
    assert journal(store) == before


def test_a_clerk_confirms_nothing(lite_store: Store) -> None:
    take_in(lite_store)
    with pytest.raises(ForbiddenError):
        confirm_import(lite_store, CLERK, propose(lite_store), today=TODAY, now=NOW)


def test_how_far_comparing_has_come_is_told(lite_store: Store) -> None:
    take_in(lite_store)
    lines = [f"C1,committee_meeting,2025-03-12,会{number},,,,,,," for number in range(600)]
    told: list[int] = []
    tables = [read_table("records.csv", record_lines(*lines).encode())]
    preview_import(lite_store, OPERATOR, tables, today=TODAY, tell=told.append)
    assert told == [250, 500]
