"""The work on a functional zone: its plan, its checklists, and what was done about each of its five areas.

Nothing that was done is ever changed: what holds on a day follows from what was done by then.
"""

from dataclasses import dataclass
from datetime import date, datetime

from core.domain.labels import Labelled
from core.domain.zones import Area, Zone
from core.errors import InputError

CONTENT_LIMIT = 10_000
NOTE_LIMIT = 2_000
ITEM_LIMIT = 500
FULL_SCORE = 100
NAME_LIMIT = 200


class ItemState(Labelled):
    """How far one item of a checklist is."""

    NOT_STARTED = "not_started", "未开始"
    DOING = "doing", "推进中"
    DONE = "done", "已落实"


class Deed(Labelled):
    """What can be done about an area."""

    ASSESSED = "assessed", "属地自评"
    ACCEPTED = "accepted", "验收通过"
    RETURNED = "returned", "验收退回"


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One item of an area's checklist; `kept` false takes it out, `change` wrote it (0: as delivered)."""

    code: str
    area: Area
    content: str
    points: int
    sort_no: int
    kept: bool = True
    change: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """一区一策: what the zone sets out to do, and by when each area, in the order of `Area`."""

    content: str
    drawn_on: date
    due: tuple[date | None, ...] = (None,) * len(Area)
    person: str = ""
    change: int = 0
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class FiledPlan:
    """A plan as a file holds it: with its zone, without who drew it up."""

    zone: str
    plan: Plan

    @property
    def key(self) -> tuple[str, date]:
        """The natural key: the zone and the day; of the plans of one day the last one holds."""
        return self.zone, self.plan.drawn_on


@dataclass(frozen=True, slots=True)
class Mark:
    """How far an item was on a day, and the points that it gives itself."""

    item: str
    state: ItemState
    score: int
    marked_on: date
    person: str = ""
    change: int = 0
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One self-assessment, acceptance or return of an area; `score` of 100, None where none was given."""

    area: Area
    deed: Deed
    taken_on: date
    score: int | None
    note: str = ""
    person: str = ""
    change: int = 0
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything that was done about one zone, in the order in which it was entered."""

    zone: Zone
    plans: tuple[Plan, ...] = ()
    marks: tuple[Mark, ...] = ()
    steps: tuple[Step, ...] = ()

    def until(self, day: date) -> "Dossier":
        """The same as of a day."""
        return Dossier(
            Zone(
                self.zone.code,
                self.zone.locality,
                self.zone.name,
                tuple(when if when and when <= day else None for when in self.zone.accepted),
            ),
            tuple(sorted((p for p in self.plans if p.drawn_on <= day), key=lambda p: p.drawn_on)),
            tuple(sorted((m for m in self.marks if m.marked_on <= day), key=lambda m: m.marked_on)),
            tuple(sorted((s for s in self.steps if s.taken_on <= day), key=lambda s: s.taken_on)),
        )

    @property
    def plan(self) -> Plan | None:
        """The newest plan."""
        return self.plans[-1] if self.plans else None

    @property
    def newest(self) -> int:
        """The newest change about the zone."""
        changes = [p.change for p in self.plans] + [m.change for m in self.marks]
        return max([*changes, *(s.change for s in self.steps)], default=0)


def check_item(item: ChecklistItem) -> None:
    """Refuse what is no item of a checklist.

    Raises:
        InputError: no text, too long a text, or points that make no sense.
    """
    if not item.content:
        raise InputError("请填写清单内容。", "content")
    if len(item.content) > ITEM_LIMIT:
        raise InputError(f"清单内容最多 {ITEM_LIMIT} 个字，现有 {len(item.content)} 个字。", "content")
    if not 1 <= item.points <= FULL_SCORE:
        raise InputError(f"分值应在 1 至 {FULL_SCORE} 之间。", "points")


def check_plan(plan: Plan, year: int) -> None:
    """Refuse what is no plan.

    Raises:
        InputError: no text, too long a text, or a planned day outside of the year.
    """
    if not plan.content:
        raise InputError("请填写“一区一策”方案。", "content")
    if len(plan.content) > CONTENT_LIMIT:
        raise InputError(f"方案最多 {CONTENT_LIMIT} 个字，现有 {len(plan.content)} 个字。", "content")
    for area, day in zip(Area, plan.due, strict=True):
        if day and day.year != year:
            raise InputError(f"“{area.label}”的计划完成日期 {day} 不在{year}年内。", f"due_{area.value}")


def check_mark(mark: Mark, item: ChecklistItem) -> None:
    """Refuse points that the item does not bear.

    Raises:
        InputError: more points than it has, or all of them for what has not begun.
    """
    if not 0 <= mark.score <= item.points:
        raise InputError(f"得分应在 0 至 {item.points} 之间。", f"score_{item.code}")
    if mark.state == ItemState.NOT_STARTED and mark.score:
        raise InputError("尚未开始的，得分应为 0。", f"score_{item.code}")
