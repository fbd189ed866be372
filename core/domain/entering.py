"""What a clerk is offered: what the unit still owes first, and what an entry did to its quotas."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from core.domain.catalogue import Catalogue
from core.domain.cells import FULFILLED, OPEN, PRESSING, Cell, Status
from core.domain.obligations import Rule
from core.domain.periods import Cadence, period_nearest
from core.domain.sentences import days_phrase, mark_of
from core.domain.units import Unit


@dataclass(frozen=True, slots=True)
class Choice:
    """One event to choose; `lack` says what is still owed of it, and `status` how that stands.

    Both are empty where nothing is owed.
    """

    event: str
    name: str
    lack: str = ""
    status: Status | None = None

    @property
    def label(self) -> str:
        """How it stands in the list."""
        return f"{self.name}（还差：{self.lack}）" if self.lack else self.name


def choices_for(catalogue: Catalogue, unit: Unit, cells: Iterable[Cell], day: date) -> list[Choice]:
    """The unit's events: what it owes in the periods that hold the day, most urgent first, then the rest."""
    shown = [cell for cell in cells if cell.period == cell.obligation.period_at(catalogue.year, day)]
    wanting = [cell for cell in shown if cell.status in OPEN | PRESSING and _met_by_entering(cell)]
    urgent_first = sorted(wanting, key=lambda cell: (cell.days_left is None, cell.days_left or 0))
    owed: dict[str, Cell] = {}
    for cell in urgent_first:
        owed.setdefault(cell.obligation.event, cell)
    names = catalogue.events
    rest = [Choice(event, names[event]) for event in catalogue.events_of(unit.kind) if event not in owed]
    return [Choice(event, names[event], lack_of(cell), cell.status) for event, cell in owed.items()] + rest


def _met_by_entering(cell: Cell) -> bool:
    """Tell whether another record helps: reports of inspections are filled in on those held already."""
    return bool(cell.obligation.event) and cell.obligation.rule != Rule.FOLLOWUP


def reports_owed(cells: Iterable[Cell]) -> list[Cell]:
    """The cells that lack the report of something held already."""
    return [
        cell for cell in cells if cell.obligation.rule == Rule.FOLLOWUP and cell.status in OPEN | PRESSING
    ]


def lack_of(cell: Cell) -> str:
    """What a cell lacks, in a few words: 0/1，剩 11 天."""
    left = cell.status.label if cell.days_left is None else days_phrase(cell.days_left)
    return f"{mark_of(cell)}，{left}"


def effects_of(cells: Iterable[Cell], event: str, unit: str, day: date) -> list[Cell]:
    """The cells of a unit that an event of this day counts for."""
    return [
        cell
        for cell in cells
        if cell.unit.code == unit and event in cell.obligation.events and day in cell.period
    ]


def effect_sentence(cell: Cell) -> str:
    """What an entry did: 第二季度 工作会议 1/1 ✓."""
    done = " ✓" if cell.status in FULFILLED else f"（{cell.status.label}）"
    return f"{cell.period.short_label} {cell.obligation.short} {mark_of(cell)}{done}"


def event_like(catalogue: Catalogue, unit: Unit, text: str) -> str:
    """The one event of the unit whose name holds the text, as people shorten it; empty where none or several.

    工作会议 is 专委会工作会议; 检查 could be several.
    """
    found = [code for code in catalogue.events_of(unit.kind) if text and text in catalogue.events[code]]
    return found[0] if len(found) == 1 else ""


def default_title(unit: Unit, name: str, day: date, cadences: Sequence[Cadence]) -> str:
    """A title to begin with: 消防专委会2025年第二季度专委会工作会议 without the word that stands twice."""
    cadence = cadences[0] if cadences else Cadence.YEAR
    period = period_nearest(cadence, day.year, day)
    when = f"{period.year}年" if cadence == Cadence.YEAR else period.label
    return f"{unit.name}{when}{name.removeprefix(unit.kind.label)}"
