"""Units, leaders, zones and exemptions: who there is, in versions."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import insert, select

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
    return Roll(units(reader), leaders(reader), zones(reader), exemptions(reader))


def units(reader: Reader) -> list[Unit]:
    """All units in their own order."""
    columns = [getattr(UnitRow, name) for name in Unit.__slots__]  # a province's are many: no rows of the ORM
    query = select(*columns).where(reader.current(UnitRow)).order_by(UnitRow.sort_no, UnitRow.version_id)
    return [Unit(code, _KINDS[kind], *rest) for code, kind, *rest in reader.session.execute(query)]


def leaders(reader: Reader) -> list[Leader]:
    """All leaders, in the order of their entry."""
    query = select(LeaderRow).where(reader.current(LeaderRow)).order_by(LeaderRow.version_id)
    return [
        Leader(row.unit, row.name, row.title, row.starts, row.until) for row in reader.session.scalars(query)
    ]


def zones(reader: Reader) -> list[Zone]:
    """All functional zones, by code."""
    query = select(ZoneRow).where(reader.current(ZoneRow)).order_by(ZoneRow.code)
    return [_zone(row) for row in reader.session.scalars(query)]


def exemptions(reader: Reader) -> list[Exemption]:
    """All exemptions."""
    query = select(ExemptionRow).where(reader.current(ExemptionRow))
    return [
        Exemption(row.unit, row.obligation, row.period, row.reason) for row in reader.session.scalars(query)
    ]


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
