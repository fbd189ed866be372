"""Boards for the wall: fewer, wider columns than a desk's, so that they are read from across a room."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from core.domain.cells import FULFILLED, Cell, Rates, Status, rates_of
from core.domain.obligations import Obligation, Rule
from core.domain.sentences import label_of, mark_of
from core.domain.units import Unit, UnitKind

FOUR_ONES = "四个一"
ONE_OFF = "限期任务"
_GRAVEST_FIRST = (
    *(Status.MISSED, Status.SHORT, Status.UNREPORTED, Status.DUE_SOON, Status.PENDING),
    *(Status.MET_LATE, Status.MET, Status.NOT_STARTED, Status.TRACKED, Status.EXEMPT),
)
_SILENT = frozenset({Status.NOT_STARTED, Status.EXEMPT, Status.TRACKED})
_SUFFIXES = ("专委会", "管委会")
_CITY = "泰安"
_LEAST_NAME = 2


@dataclass(frozen=True, slots=True)
class WallCell:
    """One field: a status, the figure beside its glyph, and what is read aloud."""

    status: Status
    mark: str
    label: str


@dataclass(frozen=True, slots=True)
class WallRow:
    """One unit; None where it owes nothing."""

    unit: str
    name: str
    cells: tuple[WallCell | None, ...]
    rates: Rates


@dataclass(frozen=True, slots=True)
class WallBoard:
    """A board: heads across, units down in their official order."""

    heads: tuple[str, ...]
    rows: tuple[WallRow, ...]


def short_name(unit: Unit) -> str:
    """A unit's name as short as a wall needs it: 消防, 高新区, 应急管理局."""
    name = unit.name
    for suffix in _SUFFIXES:
        name = _without(name, name.removesuffix(suffix))
    if unit.kind == UnitKind.LOCALITY:
        return _without(name, name.removeprefix(_CITY))
    return _without(name, name.removeprefix("市")) if unit.kind == UnitKind.DEPARTMENT else name


def _without(name: str, shorter: str) -> str:
    """The shorter name, unless hardly anything is left of it."""
    return shorter if len(shorter) >= _LEAST_NAME else name


def wall_board(obligations: Sequence[Obligation], cells: Iterable[Cell], day: date) -> WallBoard:
    """Lay out the cells of the periods that hold the day; what belongs together shares one field.

    What is only counted, and what a unit answers for on behalf of its enterprises, has no column; the
    rate at the end is the unit's whole rate all the same, as on its board and on the map beside it.
    """
    heads = {each.code: head for each in obligations if (head := _head_of(each))}
    columns = tuple(dict.fromkeys(heads.values()))
    by_unit: dict[Unit, list[Cell]] = {}
    for cell in cells:
        if _is_shown(cell, day):
            by_unit.setdefault(cell.unit, []).append(cell)
    return WallBoard(columns, tuple(_row(unit, columns, heads, own) for unit, own in by_unit.items()))


def _head_of(obligation: Obligation) -> str:
    """The column an obligation stands in; empty for none."""
    if obligation.rule == Rule.TRACKED or not obligation.code.startswith(f"{obligation.subject.value}."):
        return ""
    if ".four." in obligation.code:
        return FOUR_ONES
    return ONE_OFF if obligation.rule == Rule.DEADLINE else obligation.short


def _is_shown(cell: Cell, day: date) -> bool:
    return cell.period == cell.obligation.period_at(cell.period.year, day)


def _row(unit: Unit, columns: Sequence[str], heads: Mapping[str, str], own: Sequence[Cell]) -> WallRow:
    groups = {head: [each for each in own if heads.get(each.obligation.code) == head] for head in columns}
    fields = tuple(_field(head, group) if group else None for head, group in groups.items())
    return WallRow(unit.code, short_name(unit), fields, rates_of(own))


def _field(head: str, group: Sequence[Cell]) -> WallCell:
    if len(group) == 1 and head not in (FOUR_ONES, ONE_OFF):
        return WallCell(group[0].status, _mark(group[0]), label_of(group[0]))
    return _merged(head, group)


def _mark(cell: Cell) -> str:
    """The figure alone; the column's head says what is counted."""
    if cell.status in (Status.UNREPORTED, Status.NOT_STARTED, Status.EXEMPT):
        return {Status.UNREPORTED: "未报", Status.EXEMPT: "豁免"}.get(cell.status, "")
    return mark_of(cell).removesuffix("人").removesuffix("次")


def _merged(head: str, group: Sequence[Cell]) -> WallCell:
    """Several obligations in one field: how many of those that count are done, and the gravest status."""
    counted = [each for each in group if each.status not in _SILENT]
    status = next(each for each in _GRAVEST_FIRST if any(cell.status == each for cell in counted or group))
    done = sum(each.status in FULFILLED for each in counted)
    mark = f"{done}/{len(counted)}" if counted else ""
    return WallCell(status, mark, f"{group[0].unit.name} {head}：{mark or '0'} {status.label}")
