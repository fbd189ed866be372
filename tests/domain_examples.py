"""Small units, records and catalogues for the domain's tests, and one line that says all a cell says."""

from collections.abc import Iterable
from datetime import date

from core.domain.catalogue import Catalogue, catalogues
from core.domain.cells import Cell
from core.domain.facts import facts_from
from core.domain.obligations import Basis, Obligation, Rule
from core.domain.periods import Cadence
from core.domain.records import Record
from core.domain.status import Exemption, Roll, evaluate
from core.domain.units import Leader, Unit, UnitKind
from core.domain.zones import Zone

NOTICE = catalogues()[2025]
CITY = Unit("city", UnitKind.CITY, "泰安市安委会办公室")
COMMITTEE = Unit("c1", UnitKind.COMMITTEE, "危险化学品专委会")
LED_COMMITTEE = Unit("c2", UnitKind.COMMITTEE, "消防专委会", lead_unit="d1")
HEAVY_COMMITTEE = Unit("c3", UnitKind.COMMITTEE, "矿山专委会", heavy_duty=True)
DEPARTMENT = Unit("d1", UnitKind.DEPARTMENT, "市消防救援支队")
COUNTY = Unit("l1", UnitKind.LOCALITY, "肥城市", county=True)
DISTRICT = Unit("l2", UnitKind.LOCALITY, "泰山景区")


def day(text: str) -> date:
    """Read a date as files write it."""
    return date.fromisoformat(text)


def days(text: str) -> list[date]:
    """Read dates separated by blanks."""
    return [day(each) for each in text.split()]


def open_day(text: str) -> date | None:
    """Read a bound that may be open, which is written as a dot."""
    return None if text in (".", "") else day(text)


def records_on(unit: Unit, event: str, dates: str, *, led: bool = False) -> list[Record]:
    """One record of the event on each of the dates."""
    return [
        Record(unit.code, event, each, led_by_first_director=led, record_id=number)
        for number, each in enumerate(days(dates), start=1)
    ]


def reports(unit: Unit, event: str, table: str, *, measure: str = "") -> list[Record]:
    """Reports entered in the order of the table: `2025-01-20 3/10` is 3 of 10, `2025-01-20 3` plainly 3."""
    words = table.split()
    made = []
    for number, (on, level) in enumerate(zip(words[::2], words[1::2], strict=True), start=1):
        value, _, total = level.partition("/")
        made.append(
            Record(
                unit.code,
                event,
                day(on),
                measure=measure,
                value=int(value),
                total=int(total) if total else None,
                record_id=number,
            )
        )
    return made


def obligation(rule: Rule, **given: object) -> Obligation:
    """Make an obligation of a made-up notice: of a committee, once a quarter, warned of 15 days before."""
    entries: dict[str, object] = {
        "code": "made.up",
        "subject": UnitKind.COMMITTEE,
        "title": "试行事项",
        "short": "试行",
        "clause": "一",
        "quote": "试行",
        "basis": Basis.OFFICE,
        "event": "made_up",
        "cadence": Cadence.QUARTER,
        "required": 1,
        "warn_days": 15,
    }
    return Obligation(rule=rule, **(entries | given))  # type: ignore[arg-type]


def catalogue_of(*obligations: Obligation, year: int = 2025) -> Catalogue:
    """Make a notice of these obligations alone."""
    events = {each.event: each.event for each in obligations}
    return Catalogue(year, "试〔2025〕1号", "试行通知", "试行", events, {}, obligations)


def judge(
    unit: Unit,
    code: str,
    as_of: str,
    records: Iterable[Record] = (),
    *,
    leaders: Iterable[Leader] = (),
    zones: Iterable[Zone] = (),
    exemptions: Iterable[Exemption] = (),
    catalogue: Catalogue = NOTICE,
) -> dict[str, str]:
    """Judge one obligation of one unit: what each of its periods' cells says, by the period's code."""
    roll = Roll([unit], list(leaders), list(zones), list(exemptions))
    cells = evaluate(catalogue, roll, facts_from(records, catalogue, day(as_of)), day(as_of))
    return {cell.period.code: told(cell) for cell in cells if cell.obligation.code == code}


def told(cell: Cell) -> str:
    """Say a cell in one line: `due_soon 0/1, 15 left` or `met 2/1 on 2025-02-14`; `-` is no required."""
    required = "-" if cell.required is None else cell.required
    left = "" if cell.days_left is None else f", {cell.days_left} left"
    completed = f" on {cell.completed_on}" if cell.completed_on else ""
    return f"{cell.status} {cell.done}/{required}{left}{completed}"
