"""What a survey of new businesses found (notice, 二（二）3): the business, its risk, who answers for it."""

from collections.abc import Iterator
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


@dataclass(frozen=True, slots=True)
class FiledFinding:
    """A finding as a file holds it: with its survey's unit, day and title, without codes."""

    surveyed_by: str
    surveyed_on: date
    survey: str
    finding: Finding

    @property
    def key(self) -> tuple[str, date, str, str]:
        """The natural key: the survey and the business's name."""
        return self.surveyed_by, self.surveyed_on, self.survey, self.finding.name


def finding_faults(finding: Finding, surveyed_on: date, today: date) -> Iterator[tuple[str, str]]:
    """What is wrong with a finding of a survey of that day: field and reason."""
    if not finding.name or len(finding.name) > NAME_LIMIT:
        yield "name", f"请填写业态名称，最多 {NAME_LIMIT} 个字。"
    if len(finding.note) > NOTE_LIMIT:
        yield "note", f"最多 {NOTE_LIMIT} 个字，现有 {len(finding.note)} 个字。"
    if finding.found_on > today:
        yield "found_on", f"发现日期 {finding.found_on} 晚于今天（{today}）。"
    if finding.found_on.year < surveyed_on.year:
        yield "found_on", f"发现日期 {finding.found_on} 早于摸底排查的年度。"
    if finding.settled_on:
        yield from _settling_faults(finding, finding.settled_on, today)


def _settling_faults(finding: Finding, settled_on: date, today: date) -> Iterator[tuple[str, str]]:
    if not finding.department:
        yield "department", "界定监管责任须先明确责任部门。"
    if settled_on < finding.found_on:
        yield "settled_on", f"界定日期早于发现日期 {finding.found_on}。"
    if settled_on > today:
        yield "settled_on", f"界定日期 {settled_on} 晚于今天（{today}）。"
