"""Measures on a unit: a ladder that the office sets, a number that is never used again, and what followed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from core.domain.labels import Labelled
from core.domain.texts import parse_count
from core.errors import InputError

CONTENT_LIMIT = 5_000
MOST_DAYS = 366


class Rung(Labelled):
    """The steps of the ladder, the mildest first."""

    REMIND = "remind", "提醒"
    LETTER = "letter", "督促函"
    TALK = "talk", "约谈"
    BULLETIN = "bulletin", "通报"
    EXPOSE = "expose", "曝光"


class ItemKind(Labelled):
    """What can be behind a measure."""

    CELL = "cell", "逾期事项"
    HAZARD = "hazard", "逾期隐患"


class Follow(Labelled):
    """What can follow a measure."""

    REPLIED = "replied", "回复"
    SETTLED = "settled", "办结"
    RAISED = "raised", "升级"


class State(Labelled):
    """Where a measure stands."""

    WAITING = "waiting", "待回复"
    REPLIED = "replied", "已回复"
    SETTLED = "settled", "已办结"
    RAISED = "raised", "已升级"


@dataclass(frozen=True, slots=True)
class Tread:
    """One rung in use; due so many days after the thing fell due, or after the rung before it."""

    rung: Rung
    days: int


DEFAULT_LADDER = (
    Tread(Rung.REMIND, 1),
    Tread(Rung.LETTER, 10),
    Tread(Rung.TALK, 15),
    Tread(Rung.BULLETIN, 15),
    Tread(Rung.EXPOSE, 30),
)
"""The notice names the steps, not the days between them: every number is the office's own (办公室设定)."""


@dataclass(frozen=True, slots=True)
class Item:
    """One cell or hazard behind a measure; `standing` says how it stood that day.

    `reference` is obligation and period with a slash between them, or the hazard's code.
    """

    kind: ItemKind
    reference: str
    title: str
    standing: str
    fell_due: date

    @property
    def key(self) -> tuple[ItemKind, str]:
        """What names it within its unit."""
        return self.kind, self.reference


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that followed a measure; `at` is the naive UTC moment of entry."""

    follow: Follow
    on: date
    person: str
    note: str
    step_id: int = 0
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure with the list of items as it was that day; `raised_from` is the measure it goes beyond."""

    unit: str
    rung: Rung
    issued_on: date
    content: str
    items: tuple[Item, ...]
    reply_by: date | None = None
    raised_from: int = 0
    number: int = 0
    steps: tuple[Step, ...] = ()
    measure_id: int = 0
    issued_by: str = ""
    at: datetime | None = None

    @property
    def label(self) -> str:
        """Its number as documents bear it."""
        return label_of(self.issued_on.year, self.number)

    @property
    def state(self) -> State:
        """Where it stands after what followed."""
        return State.of(self.steps[-1].follow.value) if self.steps else State.WAITING

    @property
    def seen(self) -> int:
        """The newest step's id: who acts names the one they saw."""
        return self.steps[-1].step_id if self.steps else 0

    def late(self, day: date) -> bool:
        """Tell whether its reply is overdue."""
        return self.state == State.WAITING and self.reply_by is not None and self.reply_by < day


@dataclass(frozen=True, slots=True)
class FiledMeasure:
    """A measure as a file holds it, without the ids of rows; `raised_from` is the label of an earlier one."""

    measure: Measure
    raised_from: str = ""


def label_of(year: int, number: int) -> str:
    """A measure's number as documents bear it."""
    return f"安委办督〔{year}〕{number}号"


def measure_as_of(measure: Measure, day: date) -> Measure | None:
    """A measure as it stood at the end of a day; None where it had not been issued."""
    if measure.issued_on > day:
        return None
    return replace(measure, steps=tuple(step for step in measure.steps if step.on <= day))


def measures_as_of(measures: Iterable[Measure], day: date) -> list[Measure]:
    """The measures as they stood at the end of a day."""
    return [then for each in measures if (then := measure_as_of(each, day))]


def take_step(measure: Measure, step: Step) -> Measure:
    """The measure after one more step.

    Raises:
        InputError: it is settled or raised already, or the day goes back.
    """
    if measure.state in (State.SETTLED, State.RAISED):
        raise InputError(f"{measure.label}{measure.state.label}，不能再办理“{step.follow.label}”。")
    last = measure.steps[-1].on if measure.steps else measure.issued_on
    if step.on < last:
        raise InputError(f"{step.follow.label}日期 {step.on} 早于上一步的日期 {last}。", "on")
    return replace(measure, steps=(*measure.steps, step))


def write_ladder(ladder: Sequence[Tread]) -> str:
    """A ladder as the setting keeps it: remind:1,letter:10."""
    return ",".join(f"{tread.rung.value}:{tread.days}" for tread in ladder)


def read_ladder(text: str) -> tuple[Tread, ...]:
    """A ladder from its setting; the default where none was set."""
    pairs = (part.split(":") for part in text.split(",") if part)
    return tuple(Tread(Rung.of(rung), int(days)) for rung, days in pairs) or DEFAULT_LADDER


def ladder_from(typed: Iterable[tuple[Rung, str]]) -> tuple[Tread, ...]:
    """A ladder from what was typed: days by rung, empty for a rung that is not used.

    Raises:
        InputError: no number, too many days, or no rung at all.
    """
    treads = []
    for rung, text in typed:
        days = parse_count(text)
        if days is not None and days > MOST_DAYS:
            raise InputError(f"“{rung.label}”的天数最多 {MOST_DAYS} 天。", rung.value)
        if days is not None:
            treads.append(Tread(rung, days))
    if not treads:
        raise InputError("至少保留一级督办措施。")
    return tuple(treads)
