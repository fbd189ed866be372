"""The office's rounds through what is overdue, and how each unit answers: soon, late, or not at all."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from cast import units
from days import next_working
from dice import Dice
from entering import clerk_of
from script import DILIGENT, LAGGARD, TEMPERS

ROUNDS = (
    *(date(2025, 4, 11), date(2025, 5, 7), date(2025, 5, 27), date(2025, 6, 12)),
    *(date(2025, 7, 10), date(2025, 8, 6), date(2025, 10, 14), date(2025, 11, 12), date(2026, 1, 9)),
)
DAYS_TO_REPLY = 14
REPLIES = (
    "已召开专题会议研究，明确了责任人和完成时限，落实情况另行报送。",
    "对照督办事项逐项整改，相关工作已补办，今后严格按季度落实。",
    "主要负责人已作出部署，建立了工作台账，按月调度。",
)
SETTLEMENTS = ("情况属实，同意办结。", "已核实补办情况，予以办结。")
SILENT = {"C12", "L06"}  # they let the first letter pass
TURN_COLUMNS = (
    *("unit", "issued_at", "reply_by", "person", "replied_at", "reply", "settled_at", "settlement"),
)


def _moment(day: date, dice: Dice) -> datetime:
    return datetime.combine(day, time(9, 10)) + timedelta(minutes=dice.between(0, 150))


def _turn(unit: str, place: int, day: date) -> tuple[str, ...]:
    dice = Dice("turn", unit, day)
    issued = _moment(day, dice)
    by = day + timedelta(days=DAYS_TO_REPLY)
    temper = TEMPERS.get(unit)
    answers = dice.chance({DILIGENT: 1.0, LAGGARD: 0.5}.get(temper, 0.85)) and (place or unit not in SILENT)
    replied = _moment(next_working(day + timedelta(days=dice.between(3, 16))), dice) if answers else None
    settles = replied is not None and dice.chance(0.7)
    settled = (
        _moment(next_working(replied.date() + timedelta(days=dice.between(2, 7))), dice) if settles else None
    )
    return (
        *(unit, issued.isoformat("T", "minutes"), by.isoformat(), clerk_of(unit)),
        *(replied.isoformat("T", "minutes") if replied else "", dice.pick(REPLIES) if replied else ""),
        *(settled.isoformat("T", "minutes") if settled else "", dice.pick(SETTLEMENTS) if settled else ""),
    )


def turns() -> Iterator[tuple[str, ...]]:
    """A row a unit and a round; whether anything is issued depends on what is overdue that day."""
    for place, day in enumerate(ROUNDS):
        for unit in units():
            if unit.kind != "city":
                yield _turn(unit.code, place, day)
