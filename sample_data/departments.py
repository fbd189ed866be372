"""The year of a department, and the city office's own two meetings."""

from collections.abc import Iterator
from datetime import date

from cast import Unit
from days import HALVES, QUARTERS, YEAR, Span, pick_days
from dice import Dice
from records import Record, done_by, held, note_for, planned
from script import temper_of
from sectors import DEPARTMENT_SECTORS, Sector

MONTHLY = 2  # covert checks a quarter that a department usually makes; one is required


def _papers(unit: Unit) -> Iterator[Record]:
    for day in done_by(unit.code, "duty_list_revised", date(2025, 2, 28)):
        title = f"{unit.name}修订领导干部安全生产责任清单和科室任务分工"
        yield Record(unit.code, "duty_list_revised", day, title)
    for day in planned(unit.code, "inspection_plan", date(2025, 3, 31)):
        title = f"{unit.name}2025年度安全生产监督检查计划"
        yield Record(unit.code, "inspection_plan", day, title)


def _half_years(unit: Unit, sector: Sector) -> Iterator[Record]:
    for half in HALVES:
        for day in held(unit.code, "duty_assessment", half)[:1]:
            title = f"主要负责人组织开展{half.words}安全生产责任清单考核"
            yield Record(unit.code, "duty_assessment", day, title)
        yield from _surveys(unit, sector, half)


def _surveys(unit: Unit, sector: Sector, half: Span) -> Iterator[Record]:
    dice = Dice(unit.code, "survey topics", half.name)
    for day in held(unit.code, "new_business_survey", half):
        title = f"{half.words}新业态新领域安全风险摸底排查（{dice.pick(sector.ventures)}）"
        note = note_for(unit.code, "new_business_survey", day)
        yield Record(unit.code, "new_business_survey", day, title, note=note)


def _covert_checks(unit: Unit, sector: Sector) -> Iterator[Record]:
    for quarter in QUARTERS:
        dice = Dice(unit.code, "covert topics", quarter.name)
        for day in held(unit.code, "covert_check", quarter, MONTHLY):
            title = f"暗查暗访{dice.pick(sector.sites)}（{dice.pick(sector.themes)}）"
            yield Record(unit.code, "covert_check", day, title, note=note_for(unit.code, "covert_check", day))


def _matters(unit: Unit, sector: Sector) -> Iterator[Record]:
    for matter in sector.matters:
        dice = Dice(unit.code, "one_matter", matter)
        if dice.chance(temper_of(unit.code).reach):
            day = pick_days(dice, YEAR, 1, "even")[0]
            yield Record(unit.code, "one_matter", day, f"厘清{matter}“一件事”全链条各环节监管责任")


def year_of(unit: Unit) -> Iterator[Record]:
    """Everything the department does in the year, by event."""
    sector = DEPARTMENT_SECTORS[unit.code]
    yield from _papers(unit)
    yield from _half_years(unit, sector)
    yield from _covert_checks(unit, sector)
    yield from _matters(unit, sector)


def year_of_the_city(unit: Unit) -> Iterator[Record]:
    """The half-yearly exchange on performance pay, which the city's office holds itself."""
    for half in HALVES:
        for day in held(unit.code, "wage_exchange_meeting", half):
            title = f"2025年{half.words}企业安全绩效工资经验交流会议"
            yield Record(unit.code, "wage_exchange_meeting", day, title)
