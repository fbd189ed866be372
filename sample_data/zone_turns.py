"""The year's work on the functional zones: plans, checklists, evidence, assessments, acceptances; invented.

Every area that zones.csv calls accepted gets there by the steps that a locality and the office would take;
what is told besides shows what a board must show: one handed back, one waiting, one late, one without a plan.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta

from days import next_working
from dice import Dice
from entering import Entry, clerk_of
from zones import AREAS, ZONES, Zone

ZONE_TURN_COLUMNS = ("zone", "entered_at", "person", "deed", "area", "score", "due", "note")
EXPERIENCE_COLUMNS = (
    *("locality", "zone", "record", "entered_at", "content"),
    *("promoted_at", "promotion"),
)
OFFICE = "office"
PLANNED_LATE = {"Z11": date(2025, 7, 8)}  # begun without a plan; the office lets it follow
DUE = {  # what was promised too early
    ("Z10", "support"): date(2025, 5, 30),
    ("Z10", "enforcement"): date(2025, 6, 13),
    ("Z10", "digital"): date(2025, 6, 30),
    ("Z09", "digital"): date(2025, 6, 30),
}
HANDED_IN = {("Z03", "digital"): date(2025, 6, 16)}  # waits for eleven days
RETURNED = {  # handed in, returned, and why
    ("Z09", "digital"): (
        *(date(2025, 6, 10), date(2025, 6, 17)),
        "监测预警平台还没有接入全部重大危险源企业，请补齐后再报。",
    ),
    ("Z02", "enforcement"): (
        *(date(2025, 8, 22), date(2025, 8, 29)),
        "年度监督检查计划缺少执行情况，请补充检查记录。",
    ),
}
WAITING = {("Z04", "enforcement"): date(2025, 12, 23)}  # handed in, not judged when the year ends
CONTENT = (
    "{name}以落实责任制、健全体系、强化保障、规范执法、建设信息化为重点，"
    "逐项列出责任单位和完成时限，每月调度一次，年内通过规范化验收。（示例）"
)
EXPERIENCES = (  # zone, locality, months from the summary to the promotion
    ("Z01", "L01", "网格与检查员合用一张清单，隐患当天交办、三天复查，检查记录与企业“九个一”逐项对应。", 18),
    ("Z03", "L02", "园区设安全服务中心，第三方机构常驻，企业“点单”、专家“上门”，费用由园区统筹。", 33),
    ("Z05", "L03", "循环经济产业链上下游企业结对互查，查出的问题由对方跟踪到销号。", 15),
    ("Z07", "L04", "精细化工企业装置、作业、人员三张图上墙，特殊作业网上审批、视频留痕。", 0),
)


def zone_turns() -> Iterator[tuple[str, ...]]:
    """A row a deed, zone by zone."""
    for zone in ZONES:
        yield _plan(zone)
        for place, area in enumerate(AREAS):
            accepted = date.fromisoformat(zone.accepted[place]) if zone.accepted[place] else None
            yield from _accepted(zone, area, accepted) if accepted else _open(zone, area, place)


def experiences(entries: Iterable[Entry]) -> Iterator[tuple[str, ...]]:
    """A row an experience, told just after the record of its summary was entered."""
    records = {each.record.unit: each for each in entries if each.record.event == "experience_summary"}
    for zone, locality, content, days in EXPERIENCES:
        entry = records[locality]
        day = entry.entered_at.date() + timedelta(days=days)
        promoted = datetime.combine(next_working(day), time(15, 30)) if days else None
        entered = entry.entered_at + timedelta(minutes=18)
        yield (
            *(locality, zone, entry.record.title, entered.isoformat("T", "minutes"), content),
            promoted.isoformat("T", "minutes") if promoted else "",
            "在全市功能区规范化建设推进会上交流，并印发各县市区。（示例）" if promoted else "",
        )


def _plan(zone: Zone) -> tuple[str, ...]:
    first = date.fromisoformat(zone.accepted[0])
    drawn = PLANNED_LATE.get(zone.code) or next_working(first - timedelta(days=14))
    due = ";".join(_due(zone, area, place).isoformat() for place, area in enumerate(AREAS))
    name = zone.name.removesuffix("（示例）")
    return _row(zone, drawn, "planned", due=due, note=CONTENT.format(name=name))


def _due(zone: Zone, area: str, place: int) -> date:
    """The end of the month in which it was accepted, or of the year."""
    told = DUE.get((zone.code, area))
    if told:
        return told
    accepted = zone.accepted[place]
    if not accepted:
        return date(2025, 12, 31)
    day = date.fromisoformat(accepted)
    return date(day.year + day.month // 12, day.month % 12 + 1, 1) - timedelta(days=1)


def _accepted(zone: Zone, area: str, accepted: date) -> Iterator[tuple[str, ...]]:
    dice = Dice("zone", zone.code, area)
    assessed = HANDED_IN.get((zone.code, area)) or next_working(accepted - timedelta(days=dice.between(5, 9)))
    yield from _work(zone, area, next_working(assessed - timedelta(days=21)), assessed)
    if (zone.code, area) in RETURNED:
        handed_in, returned, why = RETURNED[zone.code, area]
        yield _row(zone, handed_in, "assessed", area)
        yield _row(zone, returned, "returned", area, note=why)
    yield _row(zone, assessed, "assessed", area)
    note = "同意验收；“一区一策”方案限期补报。" if zone.code in PLANNED_LATE else ""
    yield _row(zone, accepted, "accepted", area, str(dice.between(86, 98)), note=note)


def _work(zone: Zone, area: str, begun: date, assessed: date) -> Iterator[tuple[str, ...]]:
    """Two sittings over the checklist and the evidence, before the first time it is handed in."""
    first = RETURNED.get((zone.code, area), (assessed,))[0]
    begun = min(begun, next_working(first - timedelta(days=14)))
    yield _row(zone, begun, "begun", area)
    yield _row(zone, first, "evidence", area)
    yield _row(zone, first, "done", area)


def _open(zone: Zone, area: str, place: int) -> Iterator[tuple[str, ...]]:
    """An area that the year does not see accepted: begun where the one before it is accepted."""
    dice = Dice("zone", zone.code, area)
    if (zone.code, area) in WAITING:
        day = WAITING[zone.code, area]
        yield from _work(zone, area, next_working(day - timedelta(days=30)), day)
        yield _row(zone, day, "assessed", area)
    elif zone.accepted[place - 1]:
        before = date.fromisoformat(zone.accepted[place - 1])
        yield _row(zone, next_working(before + timedelta(days=dice.between(10, 20))), "begun", area)


def _row(
    zone: Zone, day: date, deed: str, area: str = "", score: str = "", due: str = "", note: str = ""
) -> tuple[str, ...]:
    """A deed; the office judges, the locality's clerk does the rest."""
    person = OFFICE if deed in ("accepted", "returned") else clerk_of(zone.locality)
    at = _at(day, Dice("zone deed", zone.code, day, deed, area), _ORDER[deed])
    return (zone.code, at, person, deed, area, score, due, note)


_ORDER = {name: place for place, name in enumerate(("planned", "begun", "evidence", "done", "assessed"))}
_ORDER |= {"returned": 5, "accepted": 5}


def _at(day: date, dice: Dice, place: int) -> str:
    """Within the working day; what belongs to one day is told in its order."""
    moment = datetime.combine(day, time(9, 0)) + timedelta(minutes=75 * place + dice.between(0, 60))
    return moment.isoformat("T", "minutes")
