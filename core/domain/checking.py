"""Checks of a record, shared by form and file: what is wrong with it, column by column, in Chinese."""

from collections.abc import Iterator
from dataclasses import dataclass

from core.domain.catalogue import Catalogue
from core.domain.obligations import Rule
from core.domain.records import NOTE_LIMIT, TITLE_LIMIT, Record
from core.domain.texts import LARGEST_COUNT, shorten
from core.domain.units import Unit
from core.domain.world import World

LEADER_LIMIT = 100


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong; `column` is the English name of the form's column."""

    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class Needs:
    """What an event asks for beyond day and title; empty `measures` = none to choose from."""

    value: bool = False
    total: bool = False
    roster: bool = False
    first_director: bool = False
    reported: bool = False
    measures: tuple[str, ...] = ()


def needs_of(catalogue: Catalogue, event: str, unit: Unit) -> Needs:
    """What the unit's form for an event must ask, read from the obligations that count it."""
    owed = [each for each in catalogue.owed_by(unit) if each.event == event]
    rules = {each.rule for each in owed}
    return Needs(
        value=bool(rules & {Rule.THRESHOLD, Rule.COVERAGE}),
        total=Rule.COVERAGE in rules,
        roster=Rule.ROSTER in rules,
        first_director=any(each.led_by_first_director for each in owed),
        reported=Rule.FOLLOWUP in rules,
        measures=tuple(catalogue.measures.get(event, {})),
    )


def faults_of(record: Record, world: World) -> list[Fault]:
    """Everything wrong with a record; an empty list means that it can be kept."""
    faults = [*_text_faults(record), *_day_faults(record, world)]
    unit, catalogue = world.units.get(record.unit), world.catalogue_for(record.occurred_on)
    if unit is None:
        faults.append(Fault("unit", f"单位“{shorten(record.unit)}”不存在，请填写单位编码或全称。"))
    elif catalogue is not None:
        faults += _event_faults(record, unit, catalogue, world)
    return faults + list(_number_faults(record))


def _text_faults(record: Record) -> Iterator[Fault]:
    limits = (("title", record.title, TITLE_LIMIT), ("note", record.note, NOTE_LIMIT))
    for column, text, limit in (*limits, ("leader", record.leader, LEADER_LIMIT)):
        if len(text) > limit:
            yield Fault(column, f"最多 {limit} 个字，现有 {len(text)} 个字，请精简。")


def _day_faults(record: Record, world: World) -> Iterator[Fault]:
    if record.occurred_on > world.today:
        yield Fault("occurred_on", f"{record.occurred_on} 晚于今天（{world.today}），不能预先录入。")
    elif world.catalogue_for(record.occurred_on) is None:
        years = world.years()
        yield Fault("occurred_on", f"{record.occurred_on} 不在事项目录的年度之内（现有：{years}）。")
    reported = record.reported_on
    if reported and reported > world.today:
        yield Fault("reported_on", f"报送日期 {reported} 晚于今天（{world.today}）。")
    elif reported and reported < record.occurred_on:
        yield Fault("reported_on", f"报送日期 {reported} 早于发生日期 {record.occurred_on}。")


def _event_faults(record: Record, unit: Unit, catalogue: Catalogue, world: World) -> Iterator[Fault]:
    if record.event not in catalogue.events:
        yield Fault("event", f"事项“{shorten(record.event)}”不存在，请填写事项编码或名称。")
        return
    if record.event not in catalogue.events_of(unit.kind):
        name = catalogue.events[record.event]
        yield Fault("event", f"“{name}”不是{unit.kind.label}的事项，{unit.name}不能录入。")
        return
    needs = needs_of(catalogue, record.event, unit)
    yield from _measure_faults(record, catalogue, needs)
    yield from _roster_faults(record, unit, needs, world)
    yield from _level_faults(record, needs)


def _measure_faults(record: Record, catalogue: Catalogue, needs: Needs) -> Iterator[Fault]:
    names = catalogue.measures.get(record.event, {})
    if record.measure and record.measure not in needs.measures:
        known = f"，可填：{'、'.join(names.values())}" if names else "，该事项不分指标，请留空"
        yield Fault("measure", f"指标“{shorten(record.measure)}”不存在{known}。")
    elif needs.measures and not record.measure:
        yield Fault("measure", f"请填写指标：{'、'.join(names.values())}。")


def _roster_faults(record: Record, unit: Unit, needs: Needs, world: World) -> Iterator[Fault]:
    if not needs.roster:
        return
    if not record.leader:
        yield Fault("leader", "请填写带队领导姓名。")
    elif (unit.code, record.leader) not in world.leaders:
        yield Fault("leader", f"{unit.name}的领导名单中没有“{shorten(record.leader)}”，请核对姓名。")


def _level_faults(record: Record, needs: Needs) -> Iterator[Fault]:
    if needs.value and record.value is None:
        yield Fault("value", "请填写数值。")
    if needs.total and record.total is None:
        yield Fault("total", "请填写总数。")


def _number_faults(record: Record) -> Iterator[Fault]:
    for column, number in (("value", record.value), ("total", record.total)):
        if number is not None and not 0 <= number <= LARGEST_COUNT:
            yield Fault(column, f"{number} 应为不小于 0 的整数，且不能过大。")
    if record.value is not None and record.total is not None and record.value > record.total:
        yield Fault("value", f"数值 {record.value} 大于总数 {record.total}，请核对。")
