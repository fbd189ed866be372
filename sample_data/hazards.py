"""The hazards of the demonstration year: found in its checks, and carried, or not, from found to closed.

Each hazard is a list of moves; the dates of hazards.csv follow from them.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from cast import COMMITTEES
from days import YEAR, is_working, next_working
from dice import Dice
from entering import clerk_of
from problems import GENERAL, MAJOR
from records import Record
from script import temper_of
from sectors import COMMITTEE_SECTORS

SOURCES = {
    "covert_check": ("covert_check", 0.52),
    "joint_enforcement": ("joint_enforcement", 0.36),
    "director_inspection": ("inspection", 0.16),
}
LOCALITIES = tuple(f"L{number:02}" for number in range(1, 10))
WEIGHTS = (12, 14, 18, 15, 10, 11, 8, 5, 4)
OFFICE, RECHECKER = "office", "安委办复查人员"
DAYS_GIVEN = (5, 7, 10, 15, 20, 30)
FIRST_MINUTE = time(9, 5)


@dataclass(frozen=True, slots=True)
class Move:
    """A line of hazard_moves.csv; `entered_at` is local."""

    deed: str
    on: date
    person: str
    entered_at: datetime = datetime(2025, 1, 1)  # noqa: DTZ001 -- local, set when all moves are known
    unit: str = ""
    due: date | None = None
    note: str = ""
    document: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Hazard:
    """A hazard as it was found, with its moves."""

    locality: str
    place: str
    description: str
    major: bool
    found_on: date
    source: str
    industry: str
    found_by: str
    moves: tuple[Move, ...] = ()
    code: str = ""

    def last(self, *deeds: str) -> date | None:
        """The day of the newest of these moves; None where there is none."""
        return next((move.on for move in reversed(self.moves) if move.deed in deeds), None)


def hazards_of(records: Iterable[Record]) -> list[Hazard]:
    """Every hazard of the year by day, numbered."""
    found = [hazard for record in records for hazard in _found_in(record)]
    found.sort(key=lambda hazard: hazard.found_on)
    numbered = (replace(each, code=f"YH2025-{place:04}") for place, each in enumerate(found, start=1))
    return [replace(each, moves=tuple(_entered(each, _course(each)))) for each in numbered]


def _found_in(record: Record) -> Iterator[Hazard]:
    source, likely = SOURCES.get(record.event, ("", 0.0))
    dice = Dice("hazards", record.unit, record.event, record.occurred_on)
    if not source or not dice.chance(likely):
        return
    for number in range(dice.weighted((1, 2, 3), (70, 23, 7))):
        yield _hazard(record, source, Dice("hazard", record.unit, record.event, record.occurred_on, number))


def _hazard(record: Record, source: str, dice: Dice) -> Hazard:
    locality = record.unit if record.unit.startswith("L") else dice.weighted(LOCALITIES, WEIGHTS)
    industry = _industry(record.unit, dice)
    major = dice.chance(0.09)
    problems = MAJOR[industry] if major else GENERAL[industry]
    sector = COMMITTEE_SECTORS[industry]
    place = next((site for site in sector.sites if site in record.title), dice.pick(sector.sites))
    problem = dice.pick(problems)
    return Hazard(locality, place, problem, major, record.occurred_on, source, industry, record.unit)


def _industry(unit: str, dice: Dice) -> str:
    if unit.startswith("C"):
        return unit
    led = [f"C{number:02}" for number, (_, lead) in enumerate(COMMITTEES, start=1) if lead == unit]
    return dice.pick(led or sorted(GENERAL))


def _later(day: date, days: int) -> date:
    return next_working(day + timedelta(days=days))


def _course(hazard: Hazard) -> Iterator[Move]:
    """What happened; moves that would lie after the year are left out, with all that follows them."""
    for move in _story(hazard, Dice("course", hazard.code, hazard.description)):
        if move.on > YEAR.last:
            return
        yield move


def _story(hazard: Hazard, dice: Dice) -> Iterator[Move]:
    finder = clerk_of(hazard.found_by)
    yield Move("found", hazard.found_on, finder)
    if not hazard.major and dice.chance(0.14):
        yield Move("fixed_at_once", hazard.found_on, finder, note="现场立即整改到位。")
        return
    assigned = _later(hazard.found_on, dice.between(0, 3))
    given = dice.pick((30, 45, 60)) if hazard.major else dice.pick(DAYS_GIVEN)
    due = hazard.found_on + timedelta(days=given)
    note = "请按期整改并报送整改后照片。"
    yield Move("assigned", assigned, OFFICE, unit=hazard.locality, due=due, note=note)
    if hazard.major:
        yield from _major(hazard, dice, assigned, due)
    else:
        yield from _general(hazard, dice, assigned, due)


def _general(hazard: Hazard, dice: Dice, assigned: date, due: date) -> Iterator[Move]:
    clerk = clerk_of(hazard.locality)
    if dice.chance(0.09) and due > _later(assigned, 4):
        asked, longer = _later(assigned, 2), due + timedelta(days=10)
        yield Move("extension_asked", asked, clerk, due=longer, note="配件订货周期较长，申请延期。")
        granted = dice.chance(0.7)
        answer = "extension_granted" if granted else "extension_refused"
        note = "" if granted else "可先行采取临时措施，按原期限整改。"
        yield Move(answer, _later(asked, 1), OFFICE, due=longer if granted else None, note=note)
        assigned, due = _later(asked, 1), longer if granted else due
    done = _done(hazard, dice, assigned, due)
    if done is None:
        if dice.chance(0.25):
            yield Move("exposed", _later(due, 25), OFFICE, document="市级媒体安全生产曝光台（示例）")
        return
    yield Move("rectified", done, clerk, note="已完成整改。")
    yield from _rechecked(hazard, dice, done)


def _done(hazard: Hazard, dice: Dice, assigned: date, due: date) -> date | None:
    """The day of rectifying: mostly in time, by the locality's temper late or never."""
    late = temper_of(hazard.locality).late
    if not dice.chance(0.06 + late * 0.75):
        return min(_later(assigned, dice.between(1, max(1, (due - assigned).days - 1))), max(due, assigned))
    if dice.chance(0.25):
        return None
    return _later(max(due, assigned), dice.between(2, 24))


def _rechecked(hazard: Hazard, dice: Dice, done: date) -> Iterator[Move]:
    checked = _later(done, dice.between(1, 8))
    if dice.chance(0.13):
        again = checked + timedelta(days=dice.between(5, 10))
        reason = dice.pick(("整改不彻底，同类问题仍存在。", "照片与现场不符，请重新整改。"))
        yield Move("returned", checked, RECHECKER, due=again, note=reason)
        done = _later(checked, dice.between(2, 12))
        yield Move("rectified", done, clerk_of(hazard.locality), note="已按复查意见重新整改。")
        checked = _later(done, dice.between(1, 6))
    yield Move("closed", checked, RECHECKER, note="现场复查，整改到位。")


def _major(hazard: Hazard, dice: Dice, assigned: date, due: date) -> Iterator[Move]:
    clerk, number = clerk_of(hazard.locality), hazard.code[-4:].lstrip("0")
    listed = _later(assigned, dice.between(2, 8))
    detail = json.dumps(_listing(dice), ensure_ascii=False)
    document = f"安委办挂〔2025〕{number}号（示例）"
    yield Move("listed", listed, OFFICE, due=due, document=document, detail=detail)
    if dice.chance(0.35):
        document = f"安委办提〔2025〕{number}号（示例）"
        listed = _later(listed, 3)
        yield Move("escalated", listed, OFFICE, document=document)
    reported = _later(listed, dice.between(6, 12))
    yield Move("progress", reported, clerk, note="整改方案已评审，正在组织实施。")
    done = _later(reported, dice.between(8, 40))
    if dice.chance(0.2):
        yield Move("exposed", _later(reported, 5), OFFICE, document="市级媒体安全生产曝光台（示例）")
        done = max(done, _later(reported, 6))
    yield Move("rectified", done, clerk, note="整改完成，申请验收。")
    accepted = _later(done, dice.between(2, 6))
    yield Move("accepted", accepted, RECHECKER, note="专家现场验收合格。")
    delisted = _later(accepted, dice.between(1, 3))
    yield Move("delisted", delisted, OFFICE, document="市政府网站公示（示例）")
    yield Move("closed", delisted, RECHECKER, note="摘牌后销号。")
    if dice.chance(0.6):
        yield Move("looked_back", _later(delisted, 60), RECHECKER, note="回头看未发现反弹。")


def _listing(dice: Dice) -> dict[str, str]:
    return {
        "supervisor": "市政府安委会",
        "grade": dice.pick(("市级挂牌", "县级挂牌")),
        "measures": "停用问题部位，制定专项整改方案，专家评审后实施。",
        "funds": f"{dice.between(8, 90)}万元",
        "responsible": "企业主要负责人",
        "plan": "整改期间专人盯守，落实现场处置方案。",
    }


def _entered(hazard: Hazard, moves: Iterable[Move]) -> Iterator[Move]:
    """Each move typed in on its day, or the next working day, and never before the one that came first."""
    dice, before = Dice("entered", hazard.code), datetime.combine(hazard.found_on, FIRST_MINUTE)
    for move in moves:
        day = move.on if is_working(move.on) or move.deed == "found" else next_working(move.on)
        moment = datetime.combine(day, FIRST_MINUTE) + timedelta(minutes=dice.between(0, 480))
        before = max(moment, before + timedelta(minutes=dice.between(3, 25)))
        yield replace(move, entered_at=before)


def hazard_row(hazard: Hazard) -> tuple[object, ...]:
    """The hazard as hazards.csv has it."""
    rectified = hazard.last("rectified", "fixed_at_once", "returned")
    undone = hazard.last("returned") if hazard.last("returned") == rectified else None
    dues = [move.due for move in hazard.moves if move.due and move.deed != "extension_asked"]
    at_once = hazard.last("fixed_at_once")
    closed = hazard.last("closed", "fixed_at_once")
    return (
        *(hazard.code, hazard.locality, hazard.place, hazard.description),
        *("major" if hazard.major else "general", hazard.found_on, hazard.source),
        *(dues[-1] if dues else at_once, None if undone else rectified, closed),
        *(hazard.last("listed"), hazard.last("escalated"), hazard.last("exposed")),
        *(_unit(hazard), hazard.industry, hazard.found_by),
    )


def _unit(hazard: Hazard) -> str:
    assigned = next((move.unit for move in hazard.moves if move.deed == "assigned"), "")
    return assigned or (hazard.locality if hazard.last("fixed_at_once") else "")


def move_rows(hazards: Iterable[Hazard]) -> list[tuple[object, ...]]:
    """Every move of the year as hazard_moves.csv has it, in the order of entry."""
    lines = [
        (hazard.code, *(getattr(move, name) for name in MOVE_COLUMNS[1:]))
        for hazard in hazards
        for move in hazard.moves
    ]
    place = MOVE_COLUMNS.index("entered_at")
    ordered = sorted(lines, key=lambda line: str(line[place]))
    return [(*line[:place], line[place].isoformat("T", "minutes"), *line[place + 1 :]) for line in ordered]


HAZARD_COLUMNS = (
    *("code", "locality", "place", "description", "level", "found_on", "source", "rectify_by"),
    *("rectified_on", "closed_on", "listed_on", "escalated_on", "exposed_on", "unit", "industry", "found_by"),
)
MOVE_COLUMNS = (
    *("hazard", "deed", "on", "entered_at", "person", "unit", "due", "note", "document", "detail"),
)
