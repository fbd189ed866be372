"""When reminders may go out, as the office sets it: switched on or off, levels, quiet hours, working days."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any

from core.domain.key_periods import KeyPeriod
from core.domain.reminders import Level, Wanted
from core.domain.texts import parse_count
from core.domain.working_days import is_working
from core.errors import InputError

MOST_LAST_DAYS = 30
_HOURS = 24


@dataclass(frozen=True, slots=True)
class ReminderRules:
    """The office's rules; nothing goes to any address before `sending` is switched on.

    Quiet hours are whole hours of local time, from `quiet_from` up to but not with `quiet_until`, over
    midnight where the first is later; alike, there are none.
    """

    sending: bool = False
    wanted: Wanted = field(default_factory=Wanted)
    quiet_from: int = 20
    quiet_until: int = 8
    working_days: bool = True
    key_periods: bool = False


def why_not_now(rules: ReminderRules, moment: datetime, periods: Iterable[KeyPeriod]) -> str:
    """Say why nothing is sent at this local moment; empty where it may be."""
    if not rules.sending:
        return "尚未开启自动发送，只能复制文本转发。"
    if _is_quiet(rules, moment.time()):
        hours = f"{rules.quiet_from}时至{rules.quiet_until}时"
        return f"现在是免打扰时段（{hours}），待发提醒留到时段结束后发送。"
    day = moment.date()
    pressing = rules.key_periods and any(each.holds(day, 0) for each in periods)
    if rules.working_days and not is_working(day) and not pressing:
        return "今天不是工作日，待发提醒留到下一个工作日发送。"
    return ""


def _is_quiet(rules: ReminderRules, at: time) -> bool:
    first, last = rules.quiet_from, rules.quiet_until
    if first <= last:
        return first <= at.hour < last
    return at.hour >= first or at.hour < last


def write_rules(rules: ReminderRules) -> str:
    """The rules as their setting keeps them."""
    return json.dumps(plain_rules(rules), ensure_ascii=False)


def plain_rules(rules: ReminderRules) -> dict[str, Any]:
    """The rules as plain values by name."""
    return {
        "sending": rules.sending,
        "levels": [level.value for level in Level if level in rules.wanted.levels],
        "last_days": rules.wanted.last_days,
        "quiet_from": rules.quiet_from,
        "quiet_until": rules.quiet_until,
        "working_days": rules.working_days,
        "key_periods": rules.key_periods,
    }


def read_rules(text: str) -> ReminderRules:
    """Rules from their setting; the defaults, which send nothing, where none was set or it cannot be read."""
    try:
        return rules_from(json.loads(text)) if text else ReminderRules()
    except (ValueError, TypeError, AttributeError, InputError):
        return ReminderRules()


def rules_from(told: Mapping[str, Any]) -> ReminderRules:
    """Rules from plain values by name, typed or kept.

    Raises:
        InputError: a number that is none or out of bounds, no level at all; `field` names which.
    """
    levels = frozenset(level for each in told.get("levels", ()) if (level := Level.parse(str(each))))
    if not levels:
        raise InputError("请至少选择一类提醒。", "levels")
    last_days = _number(told, "last_days", MOST_LAST_DAYS, "“期限将至”的天数")
    return ReminderRules(
        bool(told.get("sending")),
        Wanted(levels, last_days),
        _number(told, "quiet_from", _HOURS, "免打扰起始时"),
        _number(told, "quiet_until", _HOURS, "免打扰结束时"),
        bool(told.get("working_days")),
        bool(told.get("key_periods")),
    )


def _number(told: Mapping[str, Any], name: str, most: int, label: str) -> int:
    try:
        number = parse_count(str(told.get(name, "")))
    except InputError as error:
        raise InputError(str(error), name) from error
    if number is None or number > most:
        raise InputError(f"{label}应为 0 至 {most} 的整数。", name)
    return number
