"""Natural periods of a year: months, quarters, half-years and the year itself; every bound is inclusive."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import cache

from core.domain.labels import Labelled


class Cadence(Labelled):
    """How often something is owed."""

    MONTH = "month", "每月"
    QUARTER = "quarter", "每季度"
    HALF = "half", "每半年"
    YEAR = "year", "全年"

    @property
    def months(self) -> int:
        """Months in one period."""
        return _MONTHS[self]

    @property
    def per_year(self) -> int:
        """Periods in one year."""
        return 12 // self.months


_MONTHS = {Cadence.MONTH: 1, Cadence.QUARTER: 3, Cadence.HALF: 6, Cadence.YEAR: 12}
_LETTERS = {Cadence.MONTH: "M", Cadence.QUARTER: "Q", Cadence.HALF: "H"}
_NUMERALS = "一二三四"


@dataclass(frozen=True, slots=True)
class Period:
    """The `index`-th (from 1) month, quarter or half of `year`, or the year itself."""

    cadence: Cadence
    year: int
    index: int = 1

    @property
    def start(self) -> date:
        """The first day."""
        return _bounds(self.year, self.index, self.cadence.months)[0]

    @property
    def end(self) -> date:
        """The last day, which still belongs to the period."""
        return _bounds(self.year, self.index, self.cadence.months)[1]

    @property
    def code(self) -> str:
        """The name in files: 2025Q1, 2025H1, 2025M03 or 2025."""
        if self.cadence == Cadence.YEAR:
            return str(self.year)
        number = f"{self.index:02d}" if self.cadence == Cadence.MONTH else str(self.index)
        return f"{self.year}{_LETTERS[self.cadence]}{number}"

    @property
    def label(self) -> str:
        """The name in prose: 2025年第二季度."""
        return f"{self.year}年{self.short_label}"

    @property
    def short_label(self) -> str:
        """The name without its year: 第二季度, 上半年, 3月, 全年."""
        if self.cadence == Cadence.YEAR:
            return "全年"
        if self.cadence == Cadence.MONTH:
            return f"{self.index}月"
        if self.cadence == Cadence.HALF:
            return "上半年" if self.index == 1 else "下半年"
        return f"第{_NUMERALS[self.index - 1]}季度"

    def __contains__(self, day: date) -> bool:
        """Tell whether the day lies inside."""
        return self.start <= day <= self.end

    def days_left(self, day: date) -> int:
        """Days from `day` to the last day; 0 on the last day."""
        return (self.end - day).days


@cache
def _bounds(year: int, index: int, months: int) -> tuple[date, date]:
    """The first and the last day; kept, since every record asks for them."""
    last = index * months
    return date(year, last - months + 1, 1), date(year, last, monthrange(year, last)[1])


def periods_of(cadence: Cadence, year: int) -> tuple[Period, ...]:
    """All periods of a year, by date."""
    return tuple(Period(cadence, year, index + 1) for index in range(cadence.per_year))


def period_holding(cadence: Cadence, day: date) -> Period:
    """The period that holds the day."""
    return Period(cadence, day.year, (day.month - 1) // cadence.months + 1)


def period_nearest(cadence: Cadence, year: int, day: date) -> Period:
    """The year's period that holds the day; before the year its first, after the year its last."""
    return period_holding(cadence, min(max(day, date(year, 1, 1)), date(year, 12, 31)))


def parse_period(code: str) -> Period | None:
    """Read a period's name as files write it; None where it is none."""
    found = re.fullmatch(r"([0-9]{4})(?:([QHM])([0-9]{1,2}))?", code)
    if not found:
        return None
    year, letter, number = found.groups()
    cadence = next((each for each, known in _LETTERS.items() if known == letter), Cadence.YEAR)
    period = Period(cadence, int(year), int(number or 1))
    return period if 1 <= period.index <= cadence.per_year and period.code == code else None
