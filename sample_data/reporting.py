"""A locality's reports of numbers: towns with enough staff, insured enterprises, and the "nine ones"."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from cast import Unit
from days import HALVES, QUARTERS, YEAR, Span, pick_days
from dice import Dice
from records import Record, prose
from script import SHORTFALLS, temper_of


@dataclass(frozen=True, slots=True)
class Size:
    """How much there is to cover: towns, high-risk enterprises, enterprises; and how it goes.

    `towns_full` and `insured_full` are the quarter (1 to 4) from which everything is covered, None for never;
    `silent` is the number of quarters in which the locality reports neither.
    """

    towns: int
    high_risk: int
    enterprises: int
    towns_full: int | None
    insured_full: int | None
    silent: int = 0


# The counties' town counts are real; all other numbers are invented.
SIZES = {
    "L01": Size(8, 46, 286, 1, 1),
    "L02": Size(18, 92, 412, 3, 2),
    "L03": Size(21, 138, 538, 2, 2),
    "L04": Size(14, 127, 497, 1, 3),
    "L05": Size(13, 74, 356, 4, 4),
    "L06": Size(14, 81, 318, None, None),
    "L07": Size(4, 58, 264, 1, 1),
    "L08": Size(3, 12, 108, 2, 1, silent=1),
    "L09": Size(3, 17, 143, None, 3, silent=2),
}


@dataclass(frozen=True, slots=True)
class Drive:
    """A push for one of the nine: reports of rising numbers; `once`: it may also be finished late."""

    measure: str
    first: date
    last: date
    reports: int
    once: bool = False


LABELS = {
    "duty_list": "一责",
    "log": "一本",
    "review": "一述",
    "training": "一培",
    "warning": "一警",
    "merit": "一评",
    "pledge": "一诺",
    "assessment": "一考",
    "reward": "一奖",
}
DRIVES = (
    Drive("log", date(2025, 1, 8), date(2025, 1, 31), 2, once=True),
    Drive("duty_list", date(2025, 1, 20), date(2025, 2, 28), 2, once=True),
    Drive("reward", date(2025, 4, 1), date(2025, 6, 30), 3, once=True),
    *(Drive("review", half.last - timedelta(days=70), half.last, 2) for half in HALVES),
    *(Drive("pledge", half.last - timedelta(days=75), half.last, 2) for half in HALVES),
    *(Drive("warning", quarter.last - timedelta(days=40), quarter.last, 1) for quarter in QUARTERS),
    *(Drive(measure, date(2025, 3, 3), YEAR.last, 3) for measure in ("training", "merit", "assessment")),
)


REGISTERED = "L02"  # it keeps a register, which tells the same as its reports


def enterprises_on(unit: str, day: date) -> int:
    """A few enterprises open in the course of the year; from July they count. One register stays as it is."""
    later = 0 if unit == REGISTERED else Dice(unit, "new enterprises").between(0, 6)
    return SIZES[unit].enterprises + (later if day >= HALVES[1].first else 0)


def _rising(dice: Dice, steps: int, top: float) -> list[float]:
    """So many shares that climb evenly, with some chance, up to `top`."""
    start = 0.35 + 0.3 * dice.fraction()
    return [top - (top - start) * (steps - n) / steps for n in range(1, steps + 1)]


def _followed_up(dice: Dice, drive: Drive, *, reached: bool) -> list[tuple[date, float]]:
    """The report after a due date that was not kept: full at last, or still not."""
    span = Span("late", drive.last + timedelta(days=4), drive.last + timedelta(days=45))
    return [(pick_days(dice, span, 1, "even")[0], 1.0 if reached else 0.97)]


def _shares(unit: str, drive: Drive) -> list[tuple[date, float]]:
    """Days and shares of one drive: full in time; full late where that is possible; or never full."""
    temper, dice = temper_of(unit), Dice(unit, drive.measure, drive.first)
    fate = SHORTFALLS.get((unit, drive.measure)) if drive.once else None
    in_time = not dice.chance(temper.late * 0.6 + (1 - temper.reach)) and fate is None
    finished = dice.chance(temper.reach) if fate is None else fate == "late"
    span = Span(drive.measure, drive.first, drive.last)
    days = pick_days(dice, span, drive.reports, temper.rhythm)
    shares = _rising(dice, len(days), 1.0 if in_time else 0.82 + 0.14 * dice.fraction())
    late = drive.once and not in_time
    return [
        *zip(days, shares, strict=True),
        *(_followed_up(dice, drive, reached=finished) if late else []),
    ]


def _nine_ones(unit: Unit) -> Iterator[Record]:
    for drive in DRIVES:
        label = LABELS[drive.measure]
        for day, share in _shares(unit.code, drive):
            total = enterprises_on(unit.code, day)
            value = int(total * min(share, 1.0) + 1e-6)
            title = f"企业“九个一”之“{label}”落实情况统计（截至{prose(day)}）"
            yield Record(
                unit.code, "nine_ones_report", day, title, measure=drive.measure, value=value, total=total
            )


def _levels(unit: Unit, event: str, total: int, full_from: int | None) -> Iterator[tuple[date, int]]:
    """One report a quarter, rising to full in the quarter `full_from`, or stopping short of it."""
    for number, quarter in enumerate(QUARTERS[SIZES[unit.code].silent :], start=SIZES[unit.code].silent + 1):
        dice = Dice(unit.code, event, quarter.name)
        day = pick_days(dice, quarter, 1, temper_of(unit.code).rhythm)[0]
        missing = max(1, round(total * 0.08 * (5 - number)))
        full = full_from is not None and number >= full_from
        yield day, total if full else total - missing


def _towns(unit: Unit) -> Iterator[Record]:
    size = SIZES[unit.code]
    for day, value in _levels(unit, "town_staffing_report", size.towns, size.towns_full):
        title = f"乡镇（街道）在编安全监管人员达标情况（截至{prose(day)}）"
        yield Record(unit.code, "town_staffing_report", day, title, value=value, total=size.towns)


def _insurance(unit: Unit) -> Iterator[Record]:
    size = SIZES[unit.code]
    for day, value in _levels(unit, "insurance_report", size.high_risk, size.insured_full):
        title = f"高风险行业企业安全生产责任保险投保情况（截至{prose(day)}）"
        yield Record(unit.code, "insurance_report", day, title, value=value, total=size.high_risk)


def reports_of(unit: Unit) -> Iterator[Record]:
    """All the locality's reports of numbers in the year."""
    yield from _towns(unit)
    yield from _insurance(unit)
    yield from _nine_ones(unit)
