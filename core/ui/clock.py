"""The date the pages stand on: fixed, the demonstration's, or the calendar's."""

from dataclasses import dataclass
from datetime import date, datetime

from core.config import DEMONSTRATION_DATE, LOCAL_ZONE, Settings


@dataclass(frozen=True, slots=True)
class Today:
    """A date, and in `note` why it is not the calendar's; empty where it is."""

    day: date
    note: str = ""


def today_of(settings: Settings, *, demonstration: bool, now: datetime) -> Today:
    """Choose the date: `ANZE_TODAY` before the demonstration date before the aware moment `now`."""
    if settings.fixed_today:
        return Today(settings.fixed_today, f"日期固定为 {settings.fixed_today}")
    if demonstration:
        return Today(DEMONSTRATION_DATE, f"示例数据 · 演示日期 {DEMONSTRATION_DATE}")
    return Today(now.astimezone(LOCAL_ZONE).date())
