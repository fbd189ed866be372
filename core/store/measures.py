"""Measures, the items behind them as they were that day, and what followed; none is ever changed."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, func, insert, select

from core.domain.measures import Follow, Item, ItemKind, Measure, Rung, Step
from core.store.measure_rows import MeasureItemRow, MeasureRow, MeasureStepRow
from core.store.schema import ChangeRow
from core.store.unit_of_work import Reader, UnitOfWork


def all_measures(reader: Reader) -> list[Measure]:
    """Every measure, the newest first."""
    return _measures(reader)


def find_measure(reader: Reader, measure_id: int) -> Measure | None:
    """One measure; None where there is none."""
    found = _measures(reader, MeasureRow.version_id == measure_id)
    return found[0] if found else None


def measure_begun_by(reader: Reader, change: int) -> int | None:
    """The measure that a change issued, if it issued one."""
    return reader.session.scalar(select(MeasureRow.version_id).where(MeasureRow.begun_by == change))


def next_measure_number(reader: Reader, year: int) -> int:
    """The number after the highest of a year."""
    query = select(func.max(MeasureRow.running_no)).where(MeasureRow.year == year)
    return (reader.session.scalar(query) or 0) + 1


def add_measure(work: UnitOfWork, change: int, measure: Measure) -> int:
    """Keep a measure with its items; its id."""
    row = MeasureRow(
        begun_by=change,
        year=measure.issued_on.year,
        running_no=measure.number,
        unit=measure.unit,
        rung=measure.rung.value,
        issued_on=measure.issued_on,
        reply_by=measure.reply_by,
        content=measure.content,
        raised_from=measure.raised_from,
    )
    work.session.add(row)
    work.session.flush()
    items = [{"begun_by": change, "measure": row.version_id, **_item_columns(each)} for each in measure.items]
    if items:
        work.session.execute(insert(MeasureItemRow), items)
    return row.version_id


def add_step(work: UnitOfWork, change: int, measure_id: int, step: Step) -> None:
    """Add what followed a measure."""
    columns = {"step": step.follow.value, "taken_on": step.on, "person": step.person, "note": step.note}
    row = {"begun_by": change, "measure": measure_id, **columns}
    work.session.execute(insert(MeasureStepRow), [row])


def _measures(reader: Reader, *where: ColumnElement[bool]) -> list[Measure]:
    query = (
        select(MeasureRow, ChangeRow)
        .join(ChangeRow, ChangeRow.id == MeasureRow.begun_by)
        .where(reader.current(MeasureRow), *where)
        .order_by(MeasureRow.issued_on.desc(), MeasureRow.version_id.desc())
    )
    rows = reader.session.execute(query).all()
    items, steps = _items(reader), _steps(reader)
    return [_measure(row, change, items, steps) for row, change in rows]


def _measure(
    row: MeasureRow, change: ChangeRow, items: Mapping[int, list[Item]], steps: Mapping[int, list[Step]]
) -> Measure:
    return Measure(
        row.unit,
        Rung.of(row.rung),
        row.issued_on,
        row.content,
        tuple(items.get(row.version_id, ())),
        row.reply_by,
        row.raised_from,
        row.running_no,
        tuple(steps.get(row.version_id, ())),
        row.version_id,
        change.person,
        change.at,
    )


def _items(reader: Reader) -> Mapping[int, list[Item]]:
    grouped: defaultdict[int, list[Item]] = defaultdict(list)
    query = select(MeasureItemRow).where(reader.current(MeasureItemRow)).order_by(MeasureItemRow.version_id)
    for row in reader.session.scalars(query):
        item = Item(ItemKind.of(row.kind), row.reference, row.title, row.standing, row.fell_due)
        grouped[row.measure].append(item)
    return grouped


def _item_columns(item: Item) -> dict[str, Any]:
    names = ("reference", "title", "standing", "fell_due")
    return {"kind": item.kind.value} | {name: getattr(item, name) for name in names}


def _steps(reader: Reader) -> Mapping[int, list[Step]]:
    grouped: defaultdict[int, list[Step]] = defaultdict(list)
    query = (
        select(MeasureStepRow, ChangeRow.at)
        .join(ChangeRow, ChangeRow.id == MeasureStepRow.begun_by)
        .where(reader.current(MeasureStepRow))
        .order_by(MeasureStepRow.version_id)
    )
    for row, at in reader.session.execute(query):
        step = Step(Follow.of(row.step), row.taken_on, row.person, row.note, row.version_id, at)
        grouped[row.measure].append(step)
    return grouped
