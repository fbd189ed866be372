"""Key periods (重点时段): holidays and the office's own, in which more checks are fitting: advice, no quota.

The notice asks to 适当增加检查频次 in them (二（一）2, 二（三）1) and names no number.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from core.domain.records import Record
from core.domain.units import Unit, UnitKind
from core.domain.working_days import HOLIDAYS
from core.errors import InputError

DEFAULT_LEAD_DAYS = 7
MOST_LEAD_DAYS = 30
NAME_LIMIT = 100
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class KeyPeriod:
    """One key period, both days inclusive; `kept` false takes a seeded one out."""

    code: str
    name: str
    starts: date
    until: date
    kept: bool = True

    def holds(self, day: date, lead_days: int) -> bool:
        """Tell whether a day falls into it, or into the days that lead up to it."""
        return self.starts - timedelta(days=lead_days) <= day <= self.until


def seeded() -> list[KeyPeriod]:
    """The holidays of the calendars we have, and the months that are key every year."""
    holidays = [KeyPeriod(f"{first:%Y%m%d}", name, first, last) for name, first, last in HOLIDAYS]
    every_year = [
        period
        for year in sorted({first.year for _, first, _ in HOLIDAYS})
        for period in (
            KeyPeriod(f"{year}-month", "安全生产月", date(year, 6, 1), date(year, 6, 30)),
            KeyPeriod(f"{year}-flood", "汛期", date(year, 6, 1), date(year, 9, 30)),
        )
    ]
    return [*holidays, *every_year]


def key_periods_of(year: int, own: Iterable[KeyPeriod]) -> list[KeyPeriod]:
    """A year's key periods by date: the seeded ones, over them what the office set."""
    by_code = {each.code: each for each in seeded()} | {each.code: each for each in own}
    kept = [each for each in by_code.values() if each.kept and each.starts.year == year]
    return sorted(kept, key=lambda each: (each.starts, each.until, each.code))


def check_period(period: KeyPeriod) -> None:
    """Refuse what is no period.

    Raises:
        InputError: no name, a name too long, or days that do not follow one another.
    """
    if not period.name:
        raise InputError("请填写时段名称。", "name")
    if len(period.name) > NAME_LIMIT:
        raise InputError(f"时段名称最多 {NAME_LIMIT} 个字。", "name")
    if period.until < period.starts:
        raise InputError(f"截止日期 {period.until} 早于开始日期 {period.starts}。", "until")
    if (period.until - period.starts).days > _LONGEST:
        raise InputError(f"一个重点时段最多 {_LONGEST} 天。", "until")


EVENTS = {
    UnitKind.COMMITTEE: frozenset({"director_inspection"}),
    UnitKind.LOCALITY: frozenset({"leader_inspection", "covert_check", "joint_enforcement"}),
}
"""What counts as a check: for a committee its first director's inspections, for a locality any of its own."""


def checks_within(
    units: Sequence[Unit], records: Iterable[Record], periods: Sequence[KeyPeriod], lead_days: int
) -> dict[tuple[str, str], int]:
    """How many checks of each unit fell into each period, by unit and period code."""
    events = {unit.code: EVENTS.get(unit.kind, frozenset[str]()) for unit in units}
    kinds = {unit.code: unit.kind for unit in units}
    counts: dict[tuple[str, str], int] = {}
    for record in records:
        led = record.led_by_first_director or kinds.get(record.unit) != UnitKind.COMMITTEE
        if not led or record.event not in events.get(record.unit, ()):
            continue
        for period in periods:
            if period.holds(record.occurred_on, lead_days):
                key = record.unit, period.code
                counts[key] = counts.get(key, 0) + 1
    return counts
