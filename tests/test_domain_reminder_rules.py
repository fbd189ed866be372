"""When reminders may go out: quiet hours, working days, key periods, and what the office may set."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.key_periods import KeyPeriod
from core.domain.reminder_rules import (
    ReminderRules,
    plain_rules,
    read_rules,
    rules_from,
    why_not_now,
    write_rules,
)
from core.domain.reminders import Level
from core.errors import InputError

TYPED: dict[str, Any] = {
    "sending": True,
    "levels": ["missed", "hazard_late"],
    "last_days": "5",
    "quiet_from": 20,
    "quiet_until": 8,
    "working_days": True,
    "key_periods": False,
}
THURSDAY = datetime(2025, 6, 19, 10)  # noqa: DTZ001 - local time, as the rules take it
FLOOD = KeyPeriod("x", "汛期", date(2025, 6, 1), date(2025, 9, 30))


def why(moment: datetime, periods: tuple[KeyPeriod, ...] = (), **typed: Any) -> str:
    return why_not_now(rules_from({**TYPED, **typed}), moment, periods)


def test_nothing_goes_out_before_the_office_switches_it_on() -> None:
    assert why_not_now(ReminderRules(), THURSDAY, ()) == "尚未开启自动发送，只能复制文本转发。"
    assert why(THURSDAY) == ""


@pytest.mark.parametrize(
    ("hour", "minute", "quiet"),
    [(7, 59, True), (8, 0, False), (19, 59, False), (20, 0, True), (23, 59, True), (0, 0, True)],
)
def test_quiet_hours_reach_over_midnight(hour: int, minute: int, quiet: bool) -> None:  # noqa: FBT001
    assert ("免打扰时段（20时至8时）" in why(THURSDAY.replace(hour=hour, minute=minute))) is quiet


@given(st.integers(0, 23), st.integers(0, 23), st.integers(0, 23))
def test_an_hour_is_quiet_one_way_round_or_the_other(first: int, last: int, hour: int) -> None:
    moment = THURSDAY.replace(hour=hour)
    ways = [bool(why(moment, quiet_from=a, quiet_until=b)) for a, b in ((first, last), (last, first))]
    assert sum(ways) == (first != last)


@pytest.mark.parametrize(
    ("day", "open_"),
    [
        ("2025-06-20", True),
        ("2025-06-21", False),
        ("2025-10-01", False),
        ("2025-09-28", True),
        ("2025-01-26", True),
    ],
)
def test_days_off_are_left_out_and_made_up_days_are_not(day: str, open_: bool) -> None:  # noqa: FBT001
    moment = datetime.fromisoformat(f"{day}T10:00")
    assert (why(moment) == "") is open_
    assert why(moment, working_days=False) == ""


def test_in_a_key_period_a_day_off_counts_where_the_office_wants_it() -> None:
    saturday = THURSDAY + timedelta(days=2)
    assert "不是工作日" in why(saturday, (FLOOD,))
    assert why(saturday, (FLOOD,), key_periods=True) == ""
    assert "不是工作日" in why(datetime(2025, 5, 31, 10), (FLOOD,), key_periods=True)  # noqa: DTZ001


def test_rules_are_kept_as_they_were_set() -> None:
    rules = rules_from(TYPED)
    assert read_rules(write_rules(rules)) == rules
    assert rules_from(plain_rules(ReminderRules())) == ReminderRules()
    assert (rules.wanted.levels, rules.wanted.last_days) == ({Level.MISSED, Level.HAZARD_LATE}, 5)


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"levels": []}', '{"levels": ["x"]}'])
def test_a_setting_that_cannot_be_read_sends_nothing(text: str) -> None:
    assert read_rules(text).sending is False


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("last_days", "31"),
        ("last_days", ""),
        ("last_days", "x"),
        ("quiet_from", "25"),
        ("quiet_until", "-1"),
        ("levels", []),
    ],
)
def test_what_cannot_be_set_is_refused_by_its_field(name: str, value: object) -> None:
    with pytest.raises(InputError) as refused:
        rules_from({**TYPED, name: value})
    assert refused.value.field == name
