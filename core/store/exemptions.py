"""Exemptions: granted, found and lifted, in versions."""

from dataclasses import dataclass

from sqlalchemy import select

from core.domain.status import Exemption
from core.store.schema import ChangeRow, ExemptionRow
from core.store.standing import Standing, standing_of
from core.store.unit_of_work import Reader, UnitOfWork


@dataclass(frozen=True, slots=True)
class Granted:
    """An exemption, who granted it and when."""

    exemption: Exemption
    standing: Standing


def granted(reader: Reader) -> list[Granted]:
    """Every exemption that holds, the newest first."""
    query = (
        select(ExemptionRow, ChangeRow)
        .join(ChangeRow, ChangeRow.id == ExemptionRow.begun_by)
        .where(reader.current(ExemptionRow))
        .order_by(ExemptionRow.version_id.desc())
    )
    return [
        Granted(Exemption(row.unit, row.obligation, row.period, row.reason), standing_of(row, change))
        for row, change in reader.session.execute(query)
    ]


def add_exemption(work: UnitOfWork, change: int, exemption: Exemption) -> None:
    """Begin an exemption."""
    columns = {name: getattr(exemption, name) for name in Exemption.__slots__}
    work.session.add(ExemptionRow(begun_by=change, **columns))
    work.session.flush()


def end_exemption(work: UnitOfWork, change: int, version_id: int) -> None:
    """End the exemption of this version."""
    row = work.session.get_one(ExemptionRow, version_id)
    work.end(row, change)
    work.session.flush()
