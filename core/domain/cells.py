"""Cells: the state of one unit's obligation in one period, and the rates of any set of them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from core.domain.labels import Labelled
from core.domain.obligations import Obligation
from core.domain.periods import Period
from core.domain.units import Unit


class Status(Labelled):
    """The state of a cell."""

    MET = "met", "已完成"
    MET_LATE = "met_late", "逾期完成"
    DUE_SOON = "due_soon", "临近到期"
    PENDING = "pending", "进行中"
    MISSED = "missed", "未完成"
    NOT_STARTED = "not_started", "未开始"
    SHORT = "short", "未达标"
    UNREPORTED = "unreported", "未报送"
    TRACKED = "tracked", "仅统计"
    EXEMPT = "exempt", "已豁免"


FULFILLED = frozenset({Status.MET, Status.MET_LATE})
WANTING = frozenset({Status.MISSED, Status.SHORT, Status.UNREPORTED})
SETTLED = FULFILLED | WANTING
OPEN = frozenset({Status.DUE_SOON, Status.PENDING})
PRESSING = WANTING | {Status.DUE_SOON}


@dataclass(frozen=True, slots=True)
class Cell:
    """One judged cell; `days_left` only while open, `required` None where there is no number to reach."""

    unit: Unit
    obligation: Obligation
    period: Period
    required: int | None
    done: int
    status: Status
    days_left: int | None = None
    completed_on: date | None = None

    @property
    def key(self) -> tuple[str, str, str]:
        """Unit, obligation and period, as codes."""
        return self.unit.code, self.obligation.code, self.period.code

    @property
    def missing(self) -> int:
        """How many are still lacking; 0 where nothing is."""
        return max(0, (self.required or 0) - self.done)

    @property
    def fraction(self) -> str:
        """Done and required as people write them: 1/1, 3/9, or the count alone."""
        return str(self.done) if self.required is None else f"{self.done}/{self.required}"


@dataclass(frozen=True, slots=True)
class Rates:
    """Counts of settled cells: `settled` is the denominator of both rates."""

    settled: int
    fulfilled: int
    on_time: int

    @property
    def completion(self) -> float | None:
        """Completion rate (完成率) from 0 to 1; None without settled cells."""
        return self.fulfilled / self.settled if self.settled else None

    @property
    def punctuality(self) -> float | None:
        """On-time rate (及时率) from 0 to 1; None without settled cells."""
        return self.on_time / self.settled if self.settled else None


def rates_of(cells: Iterable[Cell]) -> Rates:
    """Count a set of cells; what is open, not begun, exempted or only counted stays out."""
    counts = Counter(cell.status for cell in cells)
    return Rates(
        sum(counts[status] for status in SETTLED),
        sum(counts[status] for status in FULFILLED),
        counts[Status.MET],
    )


def percent(rate: float | None) -> str:
    """Write a rate: 87.4%, or — where there is none."""
    return "—" if rate is None else f"{rate * 100:.1f}%"


def whole_percent(rate: float | None) -> str:
    """Write a rate without decimals: only a full one is 100%, only an empty one 0%; — where there is none."""
    if rate is None or rate in (0, 1):
        return "—" if rate is None else f"{rate:.0%}"
    return f"{min(max(int(rate * 100 + 0.5), 1), 99)}%"
