"""Where a zone stands on a day: its five areas, what blocks each, and how a county burns up to its target."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from core.domain.labels import Labelled
from core.domain.zone_work import FULL_SCORE, ChecklistItem, Deed, Dossier, ItemState, Mark, Plan, Step
from core.domain.zones import Area, Zone

STRETCH = 2
"""The notice asks a county for 1-2 zones: one is owed (the catalogue), the second is the stretch."""
_WEEK = timedelta(days=7)


class AreaState(Labelled):
    """Where an area stands."""

    NOT_STARTED = "not_started", "未开始"
    WORKING = "working", "推进中"
    ASSESSED = "assessed", "待验收"
    RETURNED = "returned", "已退回"
    ACCEPTED = "accepted", "已验收"


@dataclass(frozen=True, slots=True)
class AreaStanding:
    """One area on a day; `marks` pairs each item with its newest mark, `last` is the newest step."""

    area: Area
    state: AreaState
    planned: date | None
    accepted_on: date | None
    marks: tuple[tuple[ChecklistItem, Mark | None], ...]
    last: Step | None
    evidence: int

    @property
    def self_score(self) -> int:
        """The points of all items, of 100."""
        whole = sum(item.points for item, _ in self.marks)
        got = sum(mark.score for _, mark in self.marks if mark)
        return round(got * FULL_SCORE / whole) if whole else 0

    @property
    def score(self) -> int | None:
        """The office's score where it gave one."""
        return self.last.score if self.last and self.last.deed == Deed.ACCEPTED else None

    @property
    def share(self) -> float:
        """How long its bar is: full once accepted, before that by its items."""
        return 1.0 if self.state == AreaState.ACCEPTED else min(self.self_score, FULL_SCORE) / FULL_SCORE

    @property
    def open_items(self) -> tuple[ChecklistItem, ...]:
        """The items that are not done."""
        return tuple(item for item, mark in self.marks if mark is None or mark.state != ItemState.DONE)

    def late(self, day: date) -> bool:
        """Tell whether its planned day has passed without acceptance."""
        return self.accepted_on is None and self.planned is not None and self.planned < day


@dataclass(frozen=True, slots=True)
class ZoneStanding:
    """A zone on a day."""

    zone: Zone
    plan: Plan | None
    areas: tuple[AreaStanding, ...]

    @property
    def accepted(self) -> int:
        """How many areas are accepted."""
        return sum(each.state == AreaState.ACCEPTED for each in self.areas)

    @property
    def complete(self) -> bool:
        """Tell whether the zone is standardised."""
        return self.accepted == len(self.areas)

    def has(self, state: AreaState) -> bool:
        """Tell whether an area stands there."""
        return any(each.state == state for each in self.areas)


def standing_of(
    dossier: Dossier, items: Sequence[ChecklistItem], evidence: Mapping[Area, int], day: date
) -> ZoneStanding:
    """Where the zone stands on the day."""
    then = dossier.until(day)
    areas = tuple(_area(then, items, area, evidence.get(area, 0)) for area in Area)
    return ZoneStanding(then.zone, then.plan, areas)


def _area(then: Dossier, items: Sequence[ChecklistItem], area: Area, evidence: int) -> AreaStanding:
    place = list(Area).index(area)
    newest = {mark.item: mark for mark in then.marks}
    marks = tuple((item, newest.get(item.code)) for item in items if item.area == area)
    last = next((step for step in reversed(then.steps) if step.area == area), None)
    accepted = then.zone.accepted[place]
    begun = any(mark and mark.state != ItemState.NOT_STARTED for _, mark in marks)
    planned = then.plan.due[place] if then.plan else None
    return AreaStanding(area, _state(accepted, last, begun=begun), planned, accepted, marks, last, evidence)


def _state(accepted: date | None, last: Step | None, *, begun: bool) -> AreaState:
    if accepted:
        return AreaState.ACCEPTED
    if last and last.deed == Deed.ASSESSED:
        return AreaState.ASSESSED
    if last and last.deed == Deed.RETURNED:
        return AreaState.RETURNED
    return AreaState.WORKING if begun else AreaState.NOT_STARTED


def blockers(standing: ZoneStanding, day: date) -> list[str]:
    """What stands between the zone and its standardisation, the gravest first."""
    returned = [each for each in standing.areas if each.state == AreaState.RETURNED]
    late = [each for each in standing.areas if each.late(day) and each not in returned]
    waiting = [each for each in standing.areas if each.state == AreaState.ASSESSED and each not in late]
    rest = [
        each
        for each in standing.areas
        if each.state in (AreaState.WORKING, AreaState.NOT_STARTED) and each not in late
    ]
    said = [f"{each.area.label}被退回：{each.last.note}" for each in returned if each.last]
    said += [f"{each.area.label}{_late_words(each, day)}" for each in late]
    said += [f"{each.area.label}待验收{_since(each, day)}" for each in waiting]
    said += [f"{each.area.label}{each.state.label}{_open_words(each)}" for each in rest]
    return said if standing.plan or standing.complete else ["还没有制定“一区一策”方案", *said]


def _late_words(each: AreaStanding, day: date) -> str:
    days = (day - each.planned).days if each.planned else 0
    waits = f"待验收{_since(each, day)}，" if each.state == AreaState.ASSESSED else ""
    return f"{waits}超过计划 {days} 天{'' if waits else _open_words(each)}"


def _since(each: AreaStanding, day: date) -> str:
    return f" {(day - each.last.taken_on).days} 天" if each.last else ""


def _open_words(each: AreaStanding) -> str:
    left = len(each.open_items)
    return f"，{left} 条清单未落实" if left else "，尚未自评"


def burn_up(zones: Iterable[Zone], year: int, until: date) -> list[tuple[date, int]]:
    """How many of the zones were standardised at the end of each week from the year's first to a day."""
    done = [zone.completed_on for zone in zones if zone.completed_on]
    day, points = date(year, 1, 1) + _WEEK, []
    while day < until:
        points.append(day)
        day += _WEEK
    return [(each, sum(when <= each for when in done)) for each in (*points, until)]
