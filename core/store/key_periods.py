"""Key periods as the office set them, in versions."""

from sqlalchemy import select

from core.domain.key_periods import KeyPeriod
from core.store.measure_rows import KeyPeriodRow
from core.store.unit_of_work import Reader, UnitOfWork


def own_periods(reader: Reader) -> list[KeyPeriod]:
    """What the office set: periods of its own, seeded ones moved or taken out."""
    query = select(KeyPeriodRow).where(reader.current(KeyPeriodRow)).order_by(KeyPeriodRow.version_id)
    return [
        KeyPeriod(row.code, row.name, row.starts, row.until, row.kept)
        for row in reader.session.scalars(query)
    ]


def write_period(work: UnitOfWork, change: int, period: KeyPeriod) -> None:
    """Begin a version of a period and end the one before it."""
    query = select(KeyPeriodRow).where(KeyPeriodRow.ended_by.is_(None), KeyPeriodRow.code == period.code)
    before = work.session.scalars(query).one_or_none()
    if before:
        work.end(before, change)
    columns = {name: getattr(period, name) for name in KeyPeriod.__slots__}
    work.session.add(KeyPeriodRow(begun_by=change, **columns))
    work.session.flush()
