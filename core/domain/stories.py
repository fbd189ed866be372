"""Stories: everything a person wants to know about one cell, gathered for one panel."""

from dataclasses import dataclass
from datetime import date

from core.domain.cells import Cell
from core.domain.obligations import Basis
from core.domain.sentences import what_is_missing, what_is_required


@dataclass(frozen=True, slots=True)
class CountedRecord:
    """One record that counts for the cell; `amount` is what it reports (184/200), empty for a plain event."""

    record_id: int
    occurred_on: date | None
    title: str
    leader: str = ""
    entered_on: date | None = None
    entered_by: str = ""
    backfilled: bool = False
    amount: str = ""


@dataclass(frozen=True, slots=True)
class CellStory:
    """One cell explained.

    `history` holds the same obligation's cells over the year, by date, this one among them; `outstanding`
    the roster's leaders who have not been out yet; `reason` why the office exempted the cell;
    `adjusted` what the office set of the obligation, and what it was before.
    """

    cell: Cell
    records: tuple[CountedRecord, ...] = ()
    history: tuple[Cell, ...] = ()
    outstanding: tuple[str, ...] = ()
    reason: str = ""
    adjusted: str = ""
    may_enter: bool = False
    may_urge: bool = False

    @property
    def source(self) -> str:
        """The clause of the notice, 「二（一）2」."""
        return f"「{self.cell.obligation.clause}」"

    @property
    def set_by_office(self) -> bool:
        """Tell whether the number is the office's own setting (办公室设定), not the notice's word."""
        return self.cell.obligation.basis == Basis.OFFICE

    @property
    def required(self) -> str:
        """What is required by when, as a sentence."""
        return what_is_required(self.cell)

    @property
    def missing(self) -> str:
        """How it stands and what is missing, as a sentence."""
        return what_is_missing(self.cell)
