"""The measures of the demonstration year: the office goes through what is overdue, the units answer or not.

The file says only on which days the office looks at which unit and how the unit answers; what is overdue
that day, and which step of the ladder is due, the engine says, so that each measure is true.
"""

import csv
import heapq
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple

from core.domain.catalogue import catalogues
from core.domain.courses import as_of
from core.domain.facts import facts_from
from core.domain.hazards import Case
from core.domain.measures import DEFAULT_LADDER, Follow, Item, Measure, Rung, State, Step, take_step
from core.domain.obligations import Rule
from core.domain.proposals import Proposal, overdue_items, propose
from core.domain.records import Record
from core.domain.status import Roll, evaluate

_CONTENT = "你单位以下事项逾期未完成，请抓紧落实，并于{by}前书面回复市安委会办公室。（示例）"


@dataclass(frozen=True, slots=True)
class Turn:
    """The office looks at a unit; whatever it issues is answered and settled then, or never (local time)."""

    unit: str
    at: datetime
    reply_by: date
    person: str
    replied_at: datetime | None
    reply: str
    settled_at: datetime | None
    settlement: str


class Told(NamedTuple):
    """One thing done: a measure issued, or a step that followed one; `number` is the measure's place."""

    at: datetime
    person: str
    number: int
    done: Measure | Step


class _Due(NamedTuple):
    """An answer that is still to come; sorted by moment, then by place."""

    at: datetime
    place: int
    number: int
    follow: Follow
    person: str
    note: str


@dataclass(slots=True)
class _Year:
    """The year as it goes by: what was issued so far, and what is still to follow."""

    measures: dict[int, Measure] = field(default_factory=dict)
    coming: list[_Due] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)


def read_turns(path: Path) -> list[Turn]:
    """The turns of the demonstration; none where there is no such file."""
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return [_turn(row) for row in csv.DictReader(file)]


def measures_told(
    turns: Sequence[Turn], roll: Roll, records: Sequence[Record], cases: Sequence[Case]
) -> list[Told]:
    """Everything done about measures in the year, in its order; a unit without anything overdue gets none."""

    @cache
    def overdue(day: date) -> dict[str, list[Item]]:
        catalogue = catalogues()[records[0].occurred_on.year]
        judged = evaluate(catalogue, roll, facts_from(records, catalogue, day), day)
        # What registers tell is not among the records: of coverage the office speaks elsewhere.
        cells = [cell for cell in judged if cell.obligation.rule != Rule.COVERAGE]
        found = (then for each in cases if (then := as_of(each, day)))
        return overdue_items(cells, found, day)

    year = _Year()
    for turn in sorted(turns, key=lambda each: each.at):
        _let_pass(year, turn.at)
        _take_turn(year, turn, overdue)
    _let_pass(year)
    return year.told


def _turn(row: dict[str, str]) -> Turn:
    return Turn(
        row["unit"],
        datetime.fromisoformat(row["issued_at"]),
        date.fromisoformat(row["reply_by"]),
        row["person"],
        datetime.fromisoformat(row["replied_at"]) if row["replied_at"] else None,
        row["reply"],
        datetime.fromisoformat(row["settled_at"]) if row["settled_at"] else None,
        row["settlement"],
    )


def _take_turn(year: _Year, turn: Turn, overdue: Callable[[date], dict[str, list[Item]]]) -> None:
    """Issue what the ladder proposes for the unit on that day."""
    day = turn.at.date()
    owed = {turn.unit: overdue(day).get(turn.unit, [])}
    for proposal in propose(owed, list(year.measures.values()), DEFAULT_LADDER, day):
        _issue(year, turn, proposal, day)


def _issue(year: _Year, turn: Turn, proposal: Proposal, day: date) -> None:
    number = len(year.measures) + 1
    before = proposal.before.measure_id if proposal.before else 0
    before = before if before and year.measures[before].state in (State.WAITING, State.REPLIED) else 0
    items = tuple(reason.item for reason in proposal.reasons)
    content = _CONTENT.format(by=f"{turn.reply_by.month}月{turn.reply_by.day}日")
    issued = Measure(
        turn.unit, proposal.rung, day, content, items, turn.reply_by, before, number, measure_id=number
    )
    year.measures[number] = issued
    year.told.append(Told(turn.at, "office", number, issued))
    if before:
        note = f"升级为“{Rung.of(issued.rung).label}”（{issued.label}）"
        _follow(year, _Due(turn.at, 0, before, Follow.RAISED, "office", note))
    _expect(year, number, turn)


def _expect(year: _Year, number: int, turn: Turn) -> None:
    answers = (
        (turn.replied_at, Follow.REPLIED, turn.person, turn.reply),
        (turn.settled_at, Follow.SETTLED, "office", turn.settlement),
    )
    for at, follow, person, note in answers:
        if at:
            heapq.heappush(year.coming, _Due(at, len(year.told), number, follow, person, note))


def _let_pass(year: _Year, until: datetime | None = None) -> None:
    while year.coming and (until is None or year.coming[0].at <= until):
        _follow(year, heapq.heappop(year.coming))


def _follow(year: _Year, due: _Due) -> None:
    """Let a step follow, unless the measure has meanwhile been settled or raised."""
    measure = year.measures[due.number]
    if measure.state in (State.SETTLED, State.RAISED):
        return
    step = Step(due.follow, due.at.date(), due.person, due.note)
    year.measures[due.number] = take_step(measure, step)
    year.told.append(Told(due.at, due.person, due.number, step))


def numbered(told: Iterable[Told]) -> Iterable[Told]:
    """The same with numbers that begin anew each year, as on documents."""
    counts: dict[int, int] = {}
    for each in told:
        if isinstance(each.done, Measure):
            year = each.done.issued_on.year
            counts[year] = counts.get(year, 0) + 1
            yield each._replace(done=replace(each.done, number=counts[year]))
        else:
            yield each
