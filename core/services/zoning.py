"""Functional zones for the page: every zone in sight as it stands on a day, and one zone with its story."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from core.auth import Actor, scope_of
from core.domain.attachments import OwnerKind
from core.domain.units import Unit, UnitKind
from core.domain.zone_checklists import checklist_of
from core.domain.zone_standing import AreaState, ZoneStanding, blockers, standing_of
from core.domain.zone_work import ChecklistItem, Dossier
from core.domain.zones import Area
from core.errors import NotFoundError
from core.services.cities import is_within
from core.services.judging import Question
from core.services.reporting import Taken
from core.store.attachments import count_by_owner
from core.store.engine import Store
from core.store.rolls import units
from core.store.unit_of_work import Reader
from core.store.zone_work import dossiers, find_dossier, own_items

_GONE = "没有这个功能区，或您无权查看。"


@dataclass(frozen=True, slots=True)
class ZoneBoard:
    """The zones in sight by locality and code, the localities, and the checklist."""

    zones: tuple[ZoneStanding, ...]
    localities: tuple[Unit, ...]
    items: tuple[ChecklistItem, ...]


@dataclass(frozen=True, slots=True)
class ZoneStory:
    """One zone on a day: how it stands, what was done by then; `seen` is the newest change of all."""

    standing: ZoneStanding
    dossier: Dossier
    seen: int


def zone_board(store: Store, actor: Actor, question: Question) -> ZoneBoard:
    """Every zone of the localities that the actor may see, as of the question's day.

    Raises:
        ForbiddenError: the role sees no business data.
    """
    scope = scope_of(actor)
    with store.reading(question.known_at) as reader:
        within = is_within(reader, question.city)
        seen = [unit for unit in units(reader) if scope.covers(unit.kind, unit.code) and within(unit.code)]
        place = {unit.code: number for number, unit in enumerate(seen)}
        standings = [each for each in standings_on(reader, question.as_of) if each.zone.locality in place]
        standings.sort(key=lambda each: (place[each.zone.locality], each.zone.code))
        items = checklist_of(own_items(reader))
    with_zones = {each.zone.locality for each in standings}
    localities = tuple(unit for unit in seen if unit.kind == UnitKind.LOCALITY or unit.code in with_zones)
    return ZoneBoard(tuple(standings), localities, tuple(items))


def standings_on(reader: Reader, day: date) -> list[ZoneStanding]:
    """Where every zone stands on a day."""
    found, items = dossiers(reader), checklist_of(own_items(reader))
    evidence = _evidence(reader, [each.zone.code for each in found])
    return [standing_of(each, items, _of_zone(evidence, each.zone.code), day) for each in found]


def zone_story(store: Store, actor: Actor, code: str, question: Question) -> ZoneStory:
    """One zone as of the question's day.

    Raises:
        NotFoundError: there is none, or it lies in a locality that the actor may not see.
    """
    scope = scope_of(actor)
    with store.reading(question.known_at) as reader:
        found = find_dossier(reader, code)
        kinds = {unit.code: unit.kind for unit in units(reader)}
        if found is None or not scope.covers(kinds[found.zone.locality], found.zone.locality):
            raise NotFoundError(_GONE)
        items = checklist_of(own_items(reader))
        evidence = _of_zone(_evidence(reader, [code]), code)
    standing = standing_of(found, items, evidence, question.as_of)
    return ZoneStory(standing, found.until(question.as_of), found.newest)


def evidence_number(zone: str, area: Area) -> str:
    """How the attachments of a zone's area name what they belong to."""
    return f"{zone}.{area.value}"


def evidence_of(reader: Reader, zone: str, area: Area) -> int:
    """How many files an area has now."""
    number = evidence_number(zone, area)
    return count_by_owner(reader, OwnerKind.ZONE_AREA, [number]).get(number, 0)


def _evidence(reader: Reader, zones: Iterable[str]) -> dict[str, int]:
    numbers = [evidence_number(zone, area) for zone in zones for area in Area]
    return count_by_owner(reader, OwnerKind.ZONE_AREA, numbers)


def _of_zone(evidence: dict[str, int], zone: str) -> dict[Area, int]:
    return {area: evidence.get(evidence_number(zone, area), 0) for area in Area}


def zones_table(board: ZoneBoard, shown: Sequence[ZoneStanding], question: Question) -> Taken:
    """The zones, a line an area, to take away."""
    names = {unit.code: unit.name for unit in board.localities}
    heads = (
        *("属地", "编码", "功能区", "建设内容", "状态", "自评得分", "验收得分", "计划完成", "验收日期"),
        *("佐证材料", "清单未落实", "卡在哪里"),
    )
    lines = [line for each in shown for line in _lines(each, names, question.as_of)]
    return Taken("功能区规范化", heads, lines)


def _lines(zone: ZoneStanding, names: Mapping[str, str], day: date) -> Iterable[Sequence[object]]:
    stuck = "；".join(blockers(zone, day))
    for area in zone.areas:
        yield (
            *(names[zone.zone.locality], zone.zone.code, zone.zone.name, area.area.label),
            *(area.state.label, area.self_score, area.score, area.planned, area.accepted_on),
            *(area.evidence, len(area.open_items), stuck if area.state != AreaState.ACCEPTED else ""),
        )


def checklists_table(board: ZoneBoard, shown: Sequence[ZoneStanding]) -> Taken:
    """The state of every checklist, a line an item."""
    names = {unit.code: unit.name for unit in board.localities}
    heads = ("属地", "编码", "功能区", "建设内容", "清单内容", "分值", "状态", "得分", "填报日期")
    lines = [
        (
            *(names[each.zone.locality], each.zone.code, each.zone.name, area.area.label),
            *(item.content, item.points, mark.state.label if mark else "未开始"),
            *(mark.score if mark else 0, mark.marked_on if mark else None),
        )
        for each in shown
        for area in each.areas
        for item, mark in area.marks
    ]
    return Taken("功能区清单", heads, lines)
