"""What is remembered of tables that change seldom: by the newest changes in them, as far as a view knows."""

from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

from sqlalchemy import func, select, true

from core.store.memory import Memory
from core.store.schema import Versioned
from core.store.unit_of_work import Reader, UnitOfWork

_Answer = TypeVar("_Answer")
_MEMORY = Memory(most=64)


def remembered(
    reader: Reader, tables: Sequence[type[Versioned]], key: Hashable, work_out: Callable[[], _Answer]
) -> _Answer:
    """What was worked out from these tables before, while nothing has changed in them; nobody may change it.

    What is only being tried out within a transaction is never remembered: its change may come to nothing,
    and another may take its number.
    """
    if isinstance(reader, UnitOfWork):
        return work_out()
    engine = reader.session.connection().engine
    return _MEMORY.recall(engine, 0, (_state(reader, tables), key), work_out)


def _state(reader: Reader, tables: Sequence[type[Versioned]]) -> tuple[int, ...]:
    """The newest changes that began or ended a version in the tables, as far as this view knows."""
    columns = [column for row in tables for column in (row.begun_by, row.ended_by)]
    newest = [
        select(func.max(each))
        .where(true() if reader.known is None else each <= reader.known)
        .scalar_subquery()
        for each in columns
    ]
    return tuple(each or 0 for each in reader.session.execute(select(*newest)).one())
