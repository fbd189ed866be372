"""The year of a specialised committee: meetings, inspections, the "four ones", and its reports."""

from collections.abc import Iterator
from datetime import date, timedelta

from cast import Unit, first_director
from days import HALVES, QUARTERS, YEAR, Span, next_working, pick_days
from dice import Dice
from records import Record, done_by, held, note_for, planned, season
from script import NEVER_REPORTS_ONCE, REPORTED, SCENES, temper_of
from sectors import COMMITTEE_SECTORS, Sector

LATEST_REPORT = date(2026, 1, 14)

# Full-time staff reported in each quarter; None: no report. Three are required, five of the heavily loaded.
STAFF: dict[str, tuple[int | None, ...]] = {
    "C01": (5, 5, None, 6),
    "C02": (4, 5, 6, 6),
    "C03": (3, 3, None, 4),
    "C04": (4, 4, 5, 5),
    "C05": (3, 4, 4, 5),
    "C06": (2, 3, 3, 4),
    "C07": (3, None, 3, 3),
    "C08": (3, 4, 4, None),
    "C09": (3, 3, None, 3),
    "C10": (2, 2, 3, 3),
    "C11": (4, None, 4, 4),
    "C12": (1, None, 2, 2),
    "C13": (None, 2, 3, 3),
    "C14": (None, None, None, 3),
}


def _meetings(unit: Unit, sector: Sector) -> Iterator[Record]:
    for quarter in QUARTERS:
        for number, day in enumerate(held(unit.code, "committee_meeting", quarter)):
            topic = "工作会议" if number == 0 else f"工作推进会（{season(day)}）"
            title = f"{unit.name}2025年{quarter.words}{topic}"
            note = note_for(unit.code, "committee_meeting", day)
            yield Record(unit.code, "committee_meeting", day, title, note=note)
        yield from _consultations(unit, sector, quarter)


def _consultations(unit: Unit, sector: Sector, quarter: Span) -> Iterator[Record]:
    dice = Dice(unit.code, "risk_consultation topics", quarter.name)
    for day in held(unit.code, "risk_consultation", quarter):
        theme = dice.pick(sector.themes)
        title = f"{day.month}月{sector.word}领域风险联合会商，发布{season(day)}预警提示（{theme}）"
        yield Record(unit.code, "risk_consultation", day, title)


def _plenaries(unit: Unit) -> Iterator[Record]:
    """Half-yearly; now and then the first director stays away, and that meeting does not count."""
    for half in HALVES:
        days = held(unit.code, "plenary_meeting", half)[:2]
        title = f"{unit.name}2025年{half.words}全体成员会议"
        for number, day in enumerate(days):
            away = number == 0 and _is_away(unit, half)
            leader = "" if away else first_director(unit.code, day)
            note = "第一主任因公务未到会，委托副主任主持。" if away else ""
            again = "" if number == 0 else f"（{season(day)}专题）"
            led = str(int(not away))
            yield Record(unit.code, "plenary_meeting", day, title + again, leader, led, note=note)


def _is_away(unit: Unit, half: Span) -> bool:
    scripted = (unit.code, "plenary_meeting", half.name) in SCENES
    return not scripted and Dice(unit.code, "away", half.name).chance(0.10)


def _reported_on(unit: str, day: date) -> date | None:
    """When the inspection was reported to the city's office: mostly within days, some late, some never."""
    if (unit, day) in REPORTED:
        return REPORTED[unit, day]
    dice = Dice(unit, "reported", day)
    if unit in NEVER_REPORTS_ONCE and day > date(2025, 9, 1):
        return None
    late = dice.chance(0.05 + temper_of(unit).late / 2)
    delay = dice.between(8, 22) if late else dice.between(0, 4)
    return min(next_working(day + timedelta(days=delay)), LATEST_REPORT)


def _inspections(unit: Unit, sector: Sector) -> Iterator[Record]:
    """Quarterly, gladly before holidays; the few that somebody else leads do not count."""
    for quarter in QUARTERS:
        scripted = (unit.code, "director_inspection", quarter.name) in SCENES
        dice = Dice(unit.code, "director topics", quarter.name)
        for day in held(unit.code, "director_inspection", quarter, festive=True):
            led = scripted or not dice.chance(0.06)
            leader = first_director(unit.code, day) if led else ""
            who = "第一主任带队" if led else "专委会办公室"
            title = f"{who}到{dice.pick(sector.sites)}检查{dice.pick(sector.themes)}"
            note = note_for(unit.code, "director_inspection", day) if led else "由副主任代为带队。"
            reported = _reported_on(unit.code, day)
            yield Record(
                unit.code, "director_inspection", day, title, leader, str(int(led)), reported, note=note
            )


def _half_years(unit: Unit, sector: Sector) -> Iterator[Record]:
    for half in HALVES:
        dice = Dice(unit.code, "joint topics", half.name)
        for number, day in enumerate(held(unit.code, "joint_enforcement", half), start=1):
            title = f"{half.words}{sector.word}领域第{number}次联合执法检查（{dice.pick(sector.themes)}）"
            note = note_for(unit.code, "joint_enforcement", day)
            yield Record(unit.code, "joint_enforcement", day, title, note=note)


def _covert_checks(unit: Unit, sector: Sector) -> Iterator[Record]:
    for quarter in QUARTERS:
        dice = Dice(unit.code, "covert topics", quarter.name)
        for day in held(unit.code, "covert_check", quarter):
            title = f"暗查暗访{dice.pick(sector.sites)}（{dice.pick(sector.themes)}）"
            yield Record(unit.code, "covert_check", day, title, note=note_for(unit.code, "covert_check", day))


def _four_ones(unit: Unit, sector: Sector) -> Iterator[Record]:
    titles = {
        "four_training": f"{sector.word}行业专题培训（重大事故隐患判定标准宣贯）",
        "four_assistance": f"{sector.word}行业治本攻坚三年行动精准帮扶",
        "four_supervision": f"{sector.word}行业安全生产专项督导",
        "four_education": f"{sector.word}行业事故警示教育暨谈心对话",
    }
    done = []
    for event, title in titles.items():
        days = held(unit.code, event, YEAR)
        done.append(days[0] if days else None)
        for number, day in enumerate(days, start=1):
            yield Record(unit.code, event, day, title if number == 1 else f"{title}（第{number}期）")
    yield from _executive_report(unit, done)


def _executive_report(unit: Unit, done: list[date | None]) -> Iterator[Record]:
    """Once all four are done, they are reported to the executive meeting, if the year is long enough."""
    finished = [day for day in done if day is not None]
    dice = Dice(unit.code, "executive_meeting_report")
    if len(finished) < len(done) or not dice.chance(temper_of(unit.code).reach):
        return
    first = max(finished) + timedelta(days=5)
    if first <= YEAR.last:
        span = Span("report", first, min(first + timedelta(days=40), YEAR.last))
        title = f"{unit.name}向市政府常务会议报告“四个一”活动和治本攻坚三年行动进展情况"
        yield Record(unit.code, "executive_meeting_report", pick_days(dice, span, 1, "even")[0], title)


def _papers(unit: Unit) -> Iterator[Record]:
    for day in done_by(unit.code, "rules_revised", date(2025, 2, 28)):
        title = f"修订印发《{unit.name}工作规则》（含警示通报、约谈提醒、定期述职制度）"
        yield Record(unit.code, "rules_revised", day, title)
    for day in planned(unit.code, "annual_plan", date(2025, 3, 20)):
        title = f"{unit.name}2025年工作计划（纳入治本攻坚三年行动任务）"
        yield Record(unit.code, "annual_plan", day, title)


def _staffing(unit: Unit) -> Iterator[Record]:
    for quarter, staff in zip(QUARTERS, STAFF[unit.code], strict=True):
        if staff is not None:
            dice = Dice(unit.code, "staffing_report", quarter.name)
            day = pick_days(dice, quarter, 1, temper_of(unit.code).rhythm)[0]
            title = f"{unit.name}办公室专职力量情况报告（{quarter.words}）"
            yield Record(unit.code, "staffing_report", day, title, value=staff)


def year_of(unit: Unit) -> Iterator[Record]:
    """Everything the committee does in the year, by event."""
    sector = COMMITTEE_SECTORS[unit.code]
    yield from _papers(unit)
    yield from _meetings(unit, sector)
    yield from _plenaries(unit)
    yield from _inspections(unit, sector)
    yield from _half_years(unit, sector)
    yield from _four_ones(unit, sector)
    yield from _covert_checks(unit, sector)
    yield from _staffing(unit)
