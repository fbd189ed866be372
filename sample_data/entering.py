"""When and by whom each record was typed in: mostly within days, some weeks late, in working hours."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from days import next_working
from dice import Dice
from records import Record
from script import temper_of

LAST_DAY = date(2026, 1, 15)
LAGS = (0, 1, 2, 3)
LAG_WEIGHTS = (46, 30, 15, 9)
BACKFILLED = (6, 40)  # days
MORNING = (time(8, 40), 185)  # from, and for how many minutes
AFTERNOON = (time(14, 0), 220)
BY_THE_OFFICE = 0.03  # of all records: typed in by the city's office for the unit

# The demonstration's accounts; every other unit has a clerk of its own.
ACCOUNTS = {"T00": "office", "C06": "committee", "L02": "locality", "D01": "department"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A record with the local moment (Asia/Shanghai, no zone) and the login of the person who typed it."""

    record: Record
    entered_at: datetime
    person: str


def clerk_of(unit: str) -> str:
    """The login that the unit's records are entered with."""
    return ACCOUNTS.get(unit, f"clerk-{unit.lower()}")


def _day(record: Record, dice: Dice) -> date:
    """The day of entry: never before what the row tells, which includes the day it was reported."""
    late = dice.chance(temper_of(record.unit).backfill)
    lag = dice.between(*BACKFILLED) if late else dice.weighted(LAGS, LAG_WEIGHTS)
    known = max(record.occurred_on, record.reported_on or record.occurred_on)
    wanted = max(record.occurred_on + timedelta(days=lag), known)
    return max(min(next_working(wanted), LAST_DAY), known)


def _minute(dice: Dice) -> time:
    start, minutes = dice.weighted((MORNING, AFTERNOON), (45, 55))
    moment = datetime.combine(LAST_DAY, start) + timedelta(minutes=dice.between(0, minutes))
    return moment.time()


def entry_of(record: Record) -> Entry:
    """The record with its moment of entry and its person."""
    dice = Dice("entry", record.unit, record.event, record.occurred_on, record.title, record.leader)
    moment = datetime.combine(_day(record, dice), _minute(dice))
    by_office = dice.chance(BY_THE_OFFICE)
    return Entry(record, moment, "office" if by_office else clerk_of(record.unit))
