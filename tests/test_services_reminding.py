"""What units are reminded of: the text to copy, what was forwarded by hand, and the dry run."""

from datetime import date, timedelta

import pytest

from core.services.judging import Question
from core.services.proposing import proposals_for
from core.services.reminding import digests_to_copy, mark_copied, plan_reminders, reminder_messages
from core.services.scoreboard import cells_for
from core.store.engine import Store
from tests.city_examples import NOW, OFFICE, TODAY, enter, journal, meeting
from tests.reminder_examples import add_address, switch_on


def digest_of(store: Store, unit: str, day: date = TODAY) -> str:
    """The text to copy for a unit; empty where there is none."""
    found = {each.recipient: each.text for each in digests_to_copy(store, OFFICE, day)}
    return found.get(f"copy:{unit}", "")


def test_a_units_text_names_what_its_board_shows_as_late_or_soon_due(demonstration: Store) -> None:
    pressing = {"missed", "due_soon"}
    for digest in digests_to_copy(demonstration, OFFICE, TODAY):
        unit = digest.recipient.removeprefix("copy:")
        cells = [
            c for c in cells_for(demonstration, OFFICE, Question(2025, TODAY), unit) if c.status in pressing
        ]
        told = {
            each.reference.partition("#")[0] for each in digest.things if each.reference.startswith("cell:")
        }
        assert {f"cell:{'/'.join(cell.key)}" for cell in cells} <= told


def test_overdue_hazards_are_reminded_of_as_they_are_proposed_for_measures(demonstration: Store) -> None:
    proposed = {
        reason.item.reference
        for each in proposals_for(demonstration, OFFICE, Question(2025, TODAY))
        for reason in each.reasons
        if reason.item.kind == "hazard"
    }
    told = {
        thing.reference.removeprefix("hazard:").partition("@")[0]
        for digest in digests_to_copy(demonstration, OFFICE, TODAY)
        for thing in digest.things
        if thing.level == "hazard_late"
    }
    assert proposed
    assert proposed <= told


def test_what_was_forwarded_is_not_offered_again_until_it_grows_graver(town: Store) -> None:
    assert "工作会议 第二季度：本季度还差 1 次，剩 11 天" in digest_of(town, "C1")
    keys = {each.key for digest in digests_to_copy(town, OFFICE, TODAY) for each in digest.things}
    assert mark_copied(town, OFFICE, "C1", keys, today=TODAY, now=NOW) > 0
    assert digest_of(town, "C1") == ""
    assert digest_of(town, "C2")
    assert "工作会议 第二季度" in digest_of(town, "C1", date(2025, 7, 1))


def test_only_what_the_person_saw_is_noted_and_pressing_twice_notes_it_once(town: Store) -> None:
    whole = next(each for each in digests_to_copy(town, OFFICE, TODAY) if each.recipient == "copy:C1")
    seen = {whole.things[0].key}
    assert [mark_copied(town, OFFICE, "C1", seen, today=TODAY, now=NOW) for _ in range(2)] == [1, 0]
    left = next(each for each in digests_to_copy(town, OFFICE, TODAY) if each.recipient == "copy:C1")
    assert left.things == whole.things[1:]
    assert [each.action for each in journal(town)].count("reminder.copied") == 1
    assert [(name, message.state.label) for name, message in reminder_messages(town, OFFICE)] == [
        ("危险化学品专委会", "已转发")
    ]


def test_a_meeting_that_was_held_is_reminded_of_no_longer(town: Store) -> None:
    enter(town, meeting())
    assert "工作会议 第二季度" not in digest_of(town, "C1")


def test_the_last_quarter_is_not_forgotten_when_the_year_is_over(town: Store) -> None:
    assert "工作会议 第四季度" in digest_of(town, "C1", date(2026, 1, 5))


def test_a_dry_run_shows_what_would_go_to_whom_and_writes_nothing(town: Store) -> None:
    switch_on(town)
    add_address(town)
    add_address(town, "危化群", "C1")
    before = journal(town)
    held, planned = plan_reminders(town, OFFICE, today=TODAY, now=NOW)
    assert held == ""
    assert [(each.name, each.where) for each in planned] == [
        ("办公室群", "企业微信群 robot.example.cn …6789"),
        ("危化群", "企业微信群 robot.example.cn …6789"),
    ]
    assert {thing.unit for thing in planned[1].things} == {"C1"}
    assert {thing.unit for thing in planned[0].things} > {"C1"}
    assert planned == plan_reminders(town, OFFICE, today=TODAY, now=NOW)[1]
    assert journal(town) == before


@pytest.mark.parametrize(
    ("rules", "moment", "said"),
    [
        ({"sending": False}, NOW, "尚未开启自动发送"),
        ({"quiet_from": 9, "quiet_until": 11}, NOW, "免打扰时段"),
        ({"working_days": True}, NOW + timedelta(days=2), "不是工作日"),
    ],
)
def test_a_dry_run_says_why_nothing_would_go_out(
    town: Store, rules: dict[str, object], moment: object, said: str
) -> None:
    switch_on(town, **rules)
    add_address(town)
    held, planned = plan_reminders(town, OFFICE, today=TODAY, now=moment)  # type: ignore[arg-type]
    assert said in held
    assert planned
