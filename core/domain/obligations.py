"""Obligations: what the notice asks of whom, one entry a row of the office's reading of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from core.domain.labels import Labelled
from core.domain.periods import Cadence, Period, period_nearest, periods_of
from core.domain.units import Unit, UnitKind


class Basis(Labelled):
    """Where a number comes from: the notice's own words, or the office where the notice only says 定期."""

    NOTICE = "notice", "通知规定"
    OFFICE = "office", "办公室设定"


class Rule(Labelled):
    """How a cell is judged."""

    QUOTA = "quota", "定期次数"
    DEADLINE = "deadline", "限期完成"
    ZONE = "zone", "功能区规范化"
    THRESHOLD = "threshold", "达标人数"
    FOLLOWUP = "followup", "逐次报送"
    ROSTER = "roster", "人人完成"
    COVERAGE = "coverage", "全面覆盖"
    AFTER = "after", "后续报告"
    TRACKED = "tracked", "仅统计"


@dataclass(frozen=True, slots=True)
class Obligation:
    """One obligation; `required_heavy` is for units marked 任务较重, `after` names what comes first.

    `countable` are events that the office may let count beside `event`, `also` those that it does let.
    """

    code: str
    subject: UnitKind
    title: str
    short: str
    clause: str
    quote: str
    basis: Basis
    rule: Rule
    event: str
    measure: str = ""
    cadence: Cadence | None = None
    required: int | None = None
    required_heavy: int | None = None
    due: date | None = None
    warn_days: int = 0
    county_only: bool = False
    led_by_first_director: bool = False
    with_lead_unit: bool = False
    after: tuple[str, ...] = field(default=())
    countable: tuple[str, ...] = field(default=())
    also: tuple[str, ...] = field(default=())

    def owed_by(self, unit: Unit) -> bool:
        """Tell whether the obligation is addressed to this unit."""
        return unit.kind == self.subject and (unit.county or not self.county_only)

    def periods(self, year: int) -> tuple[Period, ...]:
        """The year's periods; a one-off obligation's period is the year."""
        return periods_of(self.cadence or Cadence.YEAR, year)

    def period_at(self, year: int, day: date) -> Period:
        """The period a board shows on that day."""
        return period_nearest(self.cadence or Cadence.YEAR, year, day)

    def required_of(self, unit: Unit) -> int | None:
        """The number this unit must reach; None where the rule finds it elsewhere or there is none."""
        return self.required_heavy if unit.heavy_duty and self.required_heavy else self.required

    @property
    def events(self) -> tuple[str, ...]:
        """All events that count: its own, and those the office lets count too."""
        return (self.event, *self.also)

    @property
    def warns(self) -> bool:
        """Tell whether days of warning mean anything: there is a last day that they come before."""
        if self.rule == Rule.COVERAGE:
            return self.due is not None or self.cadence is not None
        return self.rule in (Rule.QUOTA, Rule.DEADLINE, Rule.ZONE, Rule.ROSTER, Rule.FOLLOWUP)

    @property
    def head(self) -> str:
        """The rule in small, for a board's second line: 每季度1次, 2月28日前, 不少于3人."""
        return _heads()[self.rule](self)


def _counted(obligation: Obligation) -> str:
    cadence = (obligation.cadence or Cadence.YEAR).label
    return f"{cadence}{obligation.required}次" if obligation.required else f"{cadence}统计"


def _dated(obligation: Obligation) -> str:
    return f"{obligation.due.month}月{obligation.due.day}日前" if obligation.due else "全年"


def _covering(obligation: Obligation) -> str:
    if obligation.due:
        return f"{_dated(obligation)}全覆盖"
    return f"{obligation.cadence.label}全覆盖" if obligation.cadence else "全覆盖"


def _heads() -> dict[Rule, Callable[[Obligation], str]]:
    return {
        Rule.QUOTA: _counted,
        Rule.TRACKED: _counted,
        Rule.DEADLINE: _dated,
        Rule.ZONE: _dated,
        Rule.THRESHOLD: lambda each: f"不少于{each.required}人",
        Rule.FOLLOWUP: lambda each: f"查后{each.warn_days}日内报送",
        Rule.ROSTER: lambda each: f"{(each.cadence or Cadence.YEAR).label}人人1次",
        Rule.COVERAGE: _covering,
        Rule.AFTER: lambda _: "“四个一”结束后",
    }
