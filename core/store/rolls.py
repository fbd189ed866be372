"""Units, leaders, zones and exemptions: who there is, in versions."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, insert, select, true

from core.domain.status import Exemption, Roll
from core.domain.units import Leader, Unit, UnitKind
from core.domain.zones import Zone
from core.store.schema import ExemptionRow, LeaderRow, UnitRow, Versioned, ZoneRow
from core.store.unit_of_work import Reader, UnitOfWork

Thing = Unit | Leader | Zone
_KINDS = {kind.value: kind for kind in UnitKind}
_AREA_COLUMNS = ("duty_on", "system_on", "support_on", "enforcement_on", "digital_on")


def read_roll(reader: Reader) -> Roll:
    """Everybody there is, units in their own order."""
    return roll_of(reader, units(reader))


def roll_of(reader: Reader, whose: Sequence[Unit], *, all_of_them: bool = True) -> Roll:
    """These units with what belongs to them; `all_of_them`: there are no others, so nothing is left out.

    Of a province, what belongs to one city is read, and nothing else.
    """
    codes = None if all_of_them else sorted(each.code for each in whose)
    return Roll(whose, leaders(reader, codes), zones(reader, codes), exemptions(reader, codes))


def units(reader: Reader) -> list[Unit]:
    """All units in their own order."""
    columns = [getattr(UnitRow, name) for name in Unit.__slots__]  # a province's are many: no rows of the ORM
    query = select(*columns).where(reader.current(UnitRow)).order_by(UnitRow.sort_no, UnitRow.version_id)
    return [Unit(code, _KINDS[kind], *rest) for code, kind, *rest in reader.session.execute(query)]


def unit_name(reader: Reader, code: str) -> str:
    """The name of one unit; empty where there is none."""
    query = select(UnitRow.name).where(reader.current(UnitRow), UnitRow.code == code)
    return reader.session.scalar(query) or ""


def leaders(reader: Reader, codes: Sequence[str] | None = None) -> list[Leader]:
    """All leaders, or those of some units, in the order of their entry."""
    columns = (LeaderRow.unit, LeaderRow.name, LeaderRow.title, LeaderRow.starts, LeaderRow.until)
    query = select(*columns).where(reader.current(LeaderRow), _of(LeaderRow.unit, codes))
    return [Leader(*row) for row in reader.session.execute(query.order_by(LeaderRow.version_id))]


def zones(reader: Reader, codes: Sequence[str] | None = None) -> list[Zone]:
    """All functional zones, or those of some localities, by code."""
    query = select(ZoneRow).where(reader.current(ZoneRow), _of(ZoneRow.locality, codes))
    return [_zone(row) for row in reader.session.scalars(query.order_by(ZoneRow.code))]


def exemptions(reader: Reader, codes: Sequence[str] | None = None) -> list[Exemption]:
    """All exemptions, or those of some units."""
    columns = (ExemptionRow.unit, ExemptionRow.obligation, ExemptionRow.period, ExemptionRow.reason)
    query = select(*columns).where(reader.current(ExemptionRow), _of(ExemptionRow.unit, codes))
    return [Exemption(*row) for row in reader.session.execute(query)]


def _of(column: Any, codes: Sequence[str] | None) -> ColumnElement[bool]:
    return true() if codes is None else column.in_(codes)


def key_of(thing: Thing) -> tuple[str, ...]:
    """The natural key: code, or unit and name for a leader."""
    return (thing.unit, thing.name) if isinstance(thing, Leader) else (thing.code,)


def add_things(work: UnitOfWork, change: int, things: Iterable[Thing]) -> None:
    """Begin a version of each."""
    for thing in things:
        row_class, columns = _columns(thing)
        work.session.execute(insert(row_class).values(begun_by=change, **columns))


def end_things(work: UnitOfWork, change: int, things: Iterable[Thing]) -> None:
    """End the current version of each; found by natural key."""
    for thing in things:
        row = work.session.scalars(_by_key(thing)).one()
        work.end(row, change)
    work.session.flush()


def _by_key(thing: Thing) -> Any:
    if isinstance(thing, Leader):
        return select(LeaderRow).where(
            LeaderRow.ended_by.is_(None), LeaderRow.unit == thing.unit, LeaderRow.name == thing.name
        )
    row = UnitRow if isinstance(thing, Unit) else ZoneRow
    return select(row).where(row.ended_by.is_(None), row.code == thing.code)


def _columns(thing: Thing) -> tuple[type[Versioned], dict[str, Any]]:
    if isinstance(thing, Unit):
        return UnitRow, {name: getattr(thing, name) for name in Unit.__slots__} | {"kind": thing.kind.value}
    if isinstance(thing, Leader):
        return LeaderRow, {name: getattr(thing, name) for name in Leader.__slots__}
    dates = dict(zip(_AREA_COLUMNS, thing.accepted, strict=True))
    return ZoneRow, {"code": thing.code, "locality": thing.locality, "name": thing.name, **dates}


def _zone(row: ZoneRow) -> Zone:
    return Zone(row.code, row.locality, row.name, tuple(getattr(row, name) for name in _AREA_COLUMNS))
