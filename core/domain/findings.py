"""What a survey of new businesses found (notice, 二（二）3): the business, its risk, who answers for it."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from core.domain.labels import Labelled

EVENT: Final = "new_business_survey"
NAME_LIMIT, NOTE_LIMIT = 60, 1_000


class Risk(Labelled):
    """How dangerous a new business is."""

    HIGH = "high", "较大"
    GENERAL = "general", "一般"
    LOW = "low", "较低"


@dataclass(frozen=True, slots=True)
class Finding:
    """One new business that a survey (a record) found; `settled_on` is the day its boundary was drawn."""

    code: str
    survey: int
    name: str
    found_on: date
    risk: Risk = Risk.GENERAL
    department: str = ""
    settled_on: date | None = None
    note: str = ""
    kept: bool = True

    def settled(self, as_of: date) -> bool:
        """Tell whether it was clear by that day who answers for it."""
        return self.settled_on is not None and self.settled_on <= as_of
