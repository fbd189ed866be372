"""Who does the work on the ground: towns with their staff, and each locality's special inspectors."""

from dataclasses import dataclass
from datetime import date
from typing import Final

TOWN_STAFF, TOWN_STAFF_HEAVY = 3, 5
"""The notice, section 二（三）3: 原则上在编人员不少于 3 人，监管任务重的不少于 5 人."""
TOWN_STAFF_EVENT: Final = "town_staffing_report"


@dataclass(frozen=True, slots=True)
class Town:
    """One town-level unit; `heavy_duty`: 企业集中、危险因素多、监管任务重."""

    code: str
    locality: str
    name: str
    heavy_duty: bool = False
    active_from: date | None = None
    active_until: date | None = None

    @property
    def key(self) -> tuple[str, ...]:
        """The natural key."""
        return (self.code,)

    @property
    def required(self) -> int:
        """How many people on the establishment it needs."""
        return TOWN_STAFF_HEAVY if self.heavy_duty else TOWN_STAFF

    def active_on(self, day: date) -> bool:
        """Tell whether there is the town that day."""
        return (self.active_from or day) <= day <= (self.active_until or day)


@dataclass(frozen=True, slots=True)
class TownStaff:
    """How many people a town had on a day."""

    town: str
    counted_on: date
    staff: int
    note: str = ""

    @property
    def key(self) -> tuple[object, ...]:
        """The natural key."""
        return (self.town, self.counted_on)


@dataclass(frozen=True, slots=True)
class Inspectors:
    """How many special inspectors (技术检查员) a locality had on a day, full-time and part-time."""

    locality: str
    counted_on: date
    full_time: int
    part_time: int
    note: str = ""

    @property
    def key(self) -> tuple[object, ...]:
        """The natural key."""
        return (self.locality, self.counted_on)
