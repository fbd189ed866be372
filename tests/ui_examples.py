"""Cells made by hand for the tests of sentences, boards and charts: any rule, any status."""

from datetime import date

from core.domain.cells import Cell, Status
from core.domain.obligations import Obligation
from core.domain.periods import Period, parse_period
from core.domain.units import Unit
from tests.domain_examples import LED_COMMITTEE, NOTICE


def noticed(code: str) -> Obligation:
    """One of the notice's obligations."""
    found = NOTICE.obligation(code)
    assert found is not None
    return found


def period_called(code: str) -> Period:
    """Read a period's name."""
    found = parse_period(code)
    assert found is not None
    return found


def cell_of(
    code: str,
    status: Status,
    figure: str,
    *,
    period: str = "2025Q2",
    left: int | None = None,
    on: date | None = None,
    unit: Unit = LED_COMMITTEE,
) -> Cell:
    """A cell of the notice's obligation: `figure` is 0/1, or the count alone where nothing is required."""
    done, _, required = figure.partition("/")
    wanted = int(required) if required else None
    return Cell(unit, noticed(code), period_called(period), wanted, int(done), status, left, on)
