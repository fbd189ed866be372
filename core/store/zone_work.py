"""The work on zones: checklists in versions; plans, marks and steps that are never changed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, insert, select

from core.domain.zone_work import ChecklistItem, Deed, Dossier, ItemState, Mark, Plan, Step
from core.domain.zones import Area, Zone
from core.store.rolls import zones
from core.store.schema import ChangeRow, ZoneRow
from core.store.states import remembered
from core.store.unit_of_work import Reader, UnitOfWork
from core.store.zone_rows import ZoneItemRow, ZoneMarkRow, ZonePlanRow, ZoneStepRow

_DUE = tuple(f"{area.value}_by" for area in Area)
_Grouped = Mapping[str, list[Any]]


def own_items(reader: Reader) -> list[ChecklistItem]:
    """What the office wrote into the checklists: items of its own, delivered ones changed or taken out."""
    query = select(ZoneItemRow).where(reader.current(ZoneItemRow)).order_by(ZoneItemRow.version_id)
    return [
        ChecklistItem(
            row.code, Area.of(row.area), row.content, row.points, row.sort_no, row.kept, row.begun_by
        )
        for row in reader.session.scalars(query)
    ]


def write_item(work: UnitOfWork, change: int, item: ChecklistItem) -> None:
    """Begin a version of an item and end the one before it."""
    query = select(ZoneItemRow).where(ZoneItemRow.ended_by.is_(None), ZoneItemRow.code == item.code)
    before = work.session.scalars(query).one_or_none()
    if before:
        work.end(before, change)
    names = ("code", "content", "points", "sort_no", "kept")
    columns = {name: getattr(item, name) for name in names}
    work.session.add(ZoneItemRow(begun_by=change, area=item.area.value, **columns))
    work.session.flush()


def dossiers(reader: Reader) -> list[Dossier]:
    """Every zone with all that was done about it, by code; nobody may change what this gives."""
    tables = (ZoneRow, ZonePlanRow, ZoneMarkRow, ZoneStepRow)
    return remembered(reader, tables, "dossiers", lambda: _dossiers(reader, zones(reader), None))


def find_dossier(reader: Reader, code: str) -> Dossier | None:
    """One zone with all that was done about it; None where there is none."""
    found = _dossiers(reader, [each for each in zones(reader) if each.code == code], code)
    return found[0] if found else None


def add_plan(work: UnitOfWork, change: int, zone: str, plan: Plan) -> None:
    """Keep a plan."""
    due = dict(zip(_DUE, plan.due, strict=True))
    row = {"begun_by": change, "zone": zone, "content": plan.content, "drawn_on": plan.drawn_on}
    work.session.execute(insert(ZonePlanRow), [{**row, **due, "person": plan.person}])


def add_marks(work: UnitOfWork, entries: Iterable[tuple[int, str, Mark]]) -> None:
    """Keep marks, each with its change and its zone."""
    rows = [
        {
            "begun_by": change,
            "zone": zone,
            "item": mark.item,
            "progress": mark.state.value,
            "score": mark.score,
            "marked_on": mark.marked_on,
            "person": mark.person,
        }
        for change, zone, mark in entries
    ]
    if rows:
        work.session.execute(insert(ZoneMarkRow), rows)


def add_step(work: UnitOfWork, change: int, zone: str, step: Step) -> None:
    """Keep a step."""
    row = {
        "begun_by": change,
        "zone": zone,
        "area": step.area.value,
        "zone_deed": step.deed.value,
        "taken_on": step.taken_on,
        "score": step.score,
        "note": step.note,
        "person": step.person,
    }
    work.session.execute(insert(ZoneStepRow), [row])


def _dossiers(reader: Reader, wanted: Iterable[Zone], code: str | None) -> list[Dossier]:
    plans, marks, steps = _plans(reader, code), _marks(reader, code), _steps(reader, code)
    return [
        Dossier(zone, tuple(plans[zone.code]), tuple(marks[zone.code]), tuple(steps[zone.code]))
        for zone in wanted
    ]


def _rows(reader: Reader, row: Any, code: str | None) -> Iterable[tuple[Any, Any]]:
    where: list[ColumnElement[bool]] = [reader.current(row)]
    if code is not None:
        where.append(row.zone == code)
    query = select(row, ChangeRow.at).join(ChangeRow, ChangeRow.id == row.begun_by).where(*where)
    return reader.session.execute(query.order_by(row.version_id)).all()


def _plans(reader: Reader, code: str | None) -> _Grouped:
    grouped: defaultdict[str, list[Any]] = defaultdict(list)
    for row, at in _rows(reader, ZonePlanRow, code):
        due = tuple(getattr(row, name) for name in _DUE)
        grouped[row.zone].append(Plan(row.content, row.drawn_on, due, row.person, row.begun_by, at))
    return grouped


def _marks(reader: Reader, code: str | None) -> _Grouped:
    grouped: defaultdict[str, list[Any]] = defaultdict(list)
    for row, at in _rows(reader, ZoneMarkRow, code):
        state = ItemState.of(row.progress)
        grouped[row.zone].append(
            Mark(row.item, state, row.score, row.marked_on, row.person, row.begun_by, at)
        )
    return grouped


def _steps(reader: Reader, code: str | None) -> _Grouped:
    grouped: defaultdict[str, list[Any]] = defaultdict(list)
    for row, at in _rows(reader, ZoneStepRow, code):
        area, deed = Area.of(row.area), Deed.of(row.zone_deed)
        said = (row.score, row.note, row.person)
        grouped[row.zone].append(Step(area, deed, row.taken_on, *said, row.begun_by, at))
    return grouped
