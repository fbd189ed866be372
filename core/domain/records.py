"""Records: what a unit did, or reported, on a day."""

from dataclasses import dataclass
from datetime import date, datetime

DEFAULT_GRACE_DAYS = 5
TITLE_LIMIT = 1_000
NOTE_LIMIT = 10_000


@dataclass(frozen=True, slots=True)
class Record:
    """One record; `entered_on` is the local day it was typed in, `record_id` grows in order of entry."""

    unit: str
    event: str
    occurred_on: date
    title: str = ""
    leader: str = ""
    led_by_first_director: bool = False
    reported_on: date | None = None
    measure: str = ""
    value: int | None = None
    total: int | None = None
    note: str = ""
    record_id: int = 0
    entered_on: date | None = None
    entered_by: str = ""

    @property
    def key(self) -> tuple[str, str, date, str, str, str]:
        """The natural key: unit, event, day, title, leader, measure."""
        return self.unit, self.event, self.occurred_on, self.title, self.leader, self.measure

    def backfilled(self, grace_days: int = DEFAULT_GRACE_DAYS) -> bool:
        """Tell whether it was entered more than the grace days after the day it bears (补录)."""
        return self.entered_on is not None and (self.entered_on - self.occurred_on).days > grace_days


@dataclass(frozen=True, slots=True)
class RecordSearch:
    """What to look for; an empty field does not narrow the search. `units` None = of every unit."""

    units: frozenset[str] | None = None
    events: frozenset[str] = frozenset()
    since: date | None = None
    until: date | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class RecordVersion:
    """One version of a record, with the change that made it and, where it ended, the one that ended it."""

    version_id: int
    record: Record
    begun_at: datetime
    begun_by: str
    action: str
    reason: str
    ended_at: datetime | None = None
    ended_action: str = ""
    ended_by: str = ""
    ended_reason: str = ""
