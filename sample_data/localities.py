"""The year of a locality: meetings, its leaders' inspections, enforcement, papers; see also reporting.py."""

from collections.abc import Iterator
from datetime import date

from cast import Leader, Unit, leaders
from days import HALVES, QUARTERS, YEAR, Span, pick_days
from dice import Dice
from records import Record, done_by, held, note_for, planned, season
from script import SCENES, temper_of
from sectors import LOCAL_THEMES, local_visits

# That one leader inspects in one quarter; a locality reaches its quota only when all of them do.
LEADERS_REACH = {"L03": 0.998, "L05": 0.97, "L06": 0.90, "L07": 0.998, "L08": 0.97}
USUAL_REACH = 0.99
HALF_YEAR_END = date(2025, 6, 30)
MEETINGS = {
    "standing_meeting": "常委会会议",
    "executive_meeting": "政府常务会议",
    "special_meeting": "专题会议",
}
BOARD_MEETINGS = {
    "standing_meeting": "党工委会议",
    "executive_meeting": "管委会主任办公会议",
    "special_meeting": "专题会议",
}


def _meetings(unit: Unit) -> Iterator[Record]:
    place = unit.name.removesuffix("管委会")
    for event, name in (MEETINGS if unit.county else BOARD_MEETINGS).items():
        for quarter in QUARTERS:
            for day in held(unit.code, event, quarter):
                about = f"{season(day)}" if event == "special_meeting" else f"{season(day)}和安全生产重点工作"
                title = f"{place}{name}研究{about}（{day.month}月）"
                yield Record(unit.code, event, day, title, note=note_for(unit.code, event, day))


def _leader_days(leader: Leader, quarter: Span) -> list[date]:
    """The days of one leader's inspections in the quarter, gathered before holidays, only while in office."""
    event = f"leader_inspection:{leader.name}"
    if (leader.unit, event, quarter.name) in SCENES:
        return held(leader.unit, event, quarter)
    dice, temper = Dice(leader.unit, event, quarter.name), temper_of(leader.unit)
    in_office = [day for day in quarter.days() if leader.active_on(day)]
    if not in_office or not dice.chance(LEADERS_REACH.get(leader.unit, USUAL_REACH)):
        return []
    span = Span(quarter.name, in_office[0], in_office[-1])
    return pick_days(dice, span, 1 + int(dice.chance(temper.more / 3)), temper.rhythm, festive=True)


def _visit(dice: Dice) -> str:
    site, themes = dice.pick(local_visits())
    return f"{site}（{dice.pick(themes)}）"


def _leader_inspections(unit: Unit) -> Iterator[Record]:
    for leader in (leader for leader in leaders() if leader.unit == unit.code):
        for quarter in QUARTERS:
            dice = Dice(unit.code, leader.name, "topics", quarter.name)
            for day in _leader_days(leader, quarter):
                title = f"{season(day)}包保督导检查{_visit(dice)}"
                note = note_for(unit.code, f"leader_inspection:{leader.name}", day)
                yield Record(unit.code, "leader_inspection", day, title, leader.name, note=note)


def _enforcement(unit: Unit) -> Iterator[Record]:
    for half in HALVES:
        dice = Dice(unit.code, "joint topics", half.name)
        for number, day in enumerate(held(unit.code, "joint_enforcement", half), start=1):
            title = f"{half.words}第{number}次打非治违联合执法（{dice.pick(LOCAL_THEMES)}）"
            note = note_for(unit.code, "joint_enforcement", day)
            yield Record(unit.code, "joint_enforcement", day, title, note=note)


def _covert_checks(unit: Unit) -> Iterator[Record]:
    for quarter in QUARTERS:
        dice = Dice(unit.code, "covert topics", quarter.name)
        for day in held(unit.code, "covert_check", quarter):
            title = f"暗查暗访{_visit(dice)}"
            yield Record(unit.code, "covert_check", day, title, note=note_for(unit.code, "covert_check", day))


def _papers(unit: Unit) -> Iterator[Record]:
    place = unit.name.removesuffix("管委会")
    for day in planned(unit.code, "implementation_plan", date(2025, 2, 28)):
        title = f"{place}安全生产责任制清单落实巩固提升年活动实施方案"
        yield Record(unit.code, "implementation_plan", day, title)
    for day in planned(unit.code, "duty_list_revised", date(2025, 4, 15)):
        title = f"{place}党政领导班子成员安全生产职责清单和年度重点工作任务清单"
        yield Record(unit.code, "duty_list_revised", day, title)
    for day in done_by(unit.code, "rules_revised", date(2025, 2, 28)):
        title = f"{place}修订安委会工作规则，优化调整本地专委会"
        yield Record(unit.code, "rules_revised", day, title)


def _experience(unit: Unit) -> Iterator[Record]:
    if unit.county:
        for day in done_by(unit.code, "experience_summary", HALF_YEAR_END, date(2025, 4, 21)):
            title = f"{unit.name}功能区安全生产规范化建设“一区一策”经验做法"
            yield Record(unit.code, "experience_summary", day, title)


def _services(unit: Unit) -> Iterator[Record]:
    dice = Dice(unit.code, "third_party_service")
    for day in pick_days(dice, YEAR, dice.between(1, 3), "even"):
        title = f"委托第三方安全技术服务机构参与{dice.pick(LOCAL_THEMES)}隐患排查（{day.month}月）"
        yield Record(unit.code, "third_party_service", day, title)


def year_of(unit: Unit) -> Iterator[Record]:
    """What the locality does in the year, by event, but for its reports of numbers."""
    yield from _papers(unit)
    yield from _meetings(unit)
    yield from _leader_inspections(unit)
    yield from _enforcement(unit)
    yield from _covert_checks(unit)
    yield from _experience(unit)
    yield from _services(unit)
