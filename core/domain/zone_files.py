"""Files of zones' plans and of experiences; each row read and written."""

from dataclasses import replace
from datetime import date

from core.domain.experiences import EVENT, Experience, FiledExperience, check_experience, check_promotion
from core.domain.intake import Row, needed_unit
from core.domain.named_records import Naming, title_named
from core.domain.texts import parse_day, shorten, squeezed
from core.domain.units import Unit
from core.domain.world import World
from core.domain.zone_work import FiledPlan, Plan, check_plan
from core.domain.zones import Area, Zone
from core.errors import InputError

_NAMING = Naming(EVENT, "经验做法总结", "recorded_on", "record")
_COLUMNS = {"on": "promoted_on"} | {f"due_{area.value}": f"{area.value}_by" for area in Area}
"""The columns of the fields that the page's checks name; `on` is an experience's day, looked at before."""


def read_plan(row: Row, world: World) -> FiledPlan | None:
    """Read a row of plans; planned days that its file does not mention stay as they are."""
    zone, drawn_on = _zone(row, world, needed=True), _past_day(row, "drawn_on", world.today)
    due = [row.parsed(f"{area.value}_by", parse_day) for area in Area]
    if row.faults or zone is None or drawn_on is None:
        return None
    old = world.find_filed(FiledPlan, (zone.code, drawn_on))
    stood = old.plan.due if old else (None,) * len(Area)
    told = [f"{area.value}_by" in row.cells for area in Area]
    days = tuple(new if said else before for new, before, said in zip(due, stood, told, strict=True))
    plan = Plan(row.cells.get("content", ""), drawn_on, days)
    try:
        check_plan(plan, drawn_on.year)
    except InputError as error:
        _blame(row, error)
    return None if row.faults else FiledPlan(zone.code, plan)


def read_experience(row: Row, world: World) -> FiledExperience | None:
    """Read a row of experiences: its record must stand in the ledger; what is not mentioned stays."""
    unit, noted_on = needed_unit(row, "locality", world), _past_day(row, "noted_on", world.today)
    zone = _zone(row, world)
    if unit and zone and zone.locality != unit.code:
        row.blame("zone", f"功能区“{zone.name}”不属于{unit.name}。")
    recorded_on = row.parsed("recorded_on", parse_day) or noted_on
    record = _record(row, unit, recorded_on, world) if unit and recorded_on else None
    promoted_on = row.parsed("promoted_on", parse_day)
    if row.faults or unit is None or noted_on is None or recorded_on is None or record is None:
        return None
    old = world.find_filed(FiledExperience, (unit.code, recorded_on, record))
    base = old.experience if old else Experience(0, unit.code, "", "", "", noted_on, 0)
    told = {name: row.cells.get(name, "") for name in ("title", "content", "promotion")}
    fields = told | {"zone": zone.code if zone else "", "promoted_on": promoted_on}
    experience = replace(base, noted_on=noted_on, **row.given({}, fields))
    _check(row, experience, world.today)
    return None if row.faults else FiledExperience(recorded_on, record, experience)


def _record(row: Row, unit: Unit, day: date, world: World) -> str | None:
    """The title of its record, which is by itself the one that bears its own title."""
    own, titles = row.cells.get("title", ""), world.titles_of(unit.code, EVENT, day)
    if own in titles and "" not in titles and not row.cells.get("record"):
        return own
    if not row.cells.get("recorded_on") and not titles:
        said = f"台账中没有{unit.name} {day} 的经验做法总结，请先录入或导入这条记录，或填写它的台账日期。"
        row.blame("noted_on", said)
        return None
    return title_named(row, _NAMING, unit, day, world)


def _check(row: Row, experience: Experience, today: date) -> None:
    try:
        check_experience(experience, today)
        if experience.promoted_on:
            check_promotion(experience, experience.promoted_on, experience.promotion, today)
    except InputError as error:
        _blame(row, error)
    if experience.promotion and not experience.promoted_on:
        row.blame("promoted_on", "填写了推广方式，须同时填写推广日期。")


def _blame(row: Row, error: InputError) -> None:
    row.blame(_COLUMNS.get(error.field, error.field), str(error))


def _zone(row: Row, world: World, *, needed: bool = False) -> Zone | None:
    """The zone that a row names by its code, or by its name where only one bears it."""
    text = row.text("zone", 200, needed=needed)
    named = [each for each in world.zones.values() if squeezed(each.name) == squeezed(text)]
    zone = world.zones.get(text) or (named[0] if len(named) == 1 else None)
    if text and zone is None:
        row.blame("zone", f"功能区“{shorten(text)}”不存在，或有多个同名，请填写编码。")
    return zone


def _past_day(row: Row, column: str, today: date) -> date | None:
    """A day that must be given and have come."""
    if not row.cells.get(column):
        row.blame(column, "不能为空，请写成 2025-03-31。")
    day = row.parsed(column, parse_day)
    if day and day > today:
        row.blame(column, f"日期 {day} 晚于今天（{today}）。")
    return day


def line_of_plan(filed: FiledPlan) -> list[object]:
    """A plan as a line of its file."""
    return [filed.zone, filed.plan.drawn_on, filed.plan.content, *filed.plan.due]


def line_of_experience(filed: FiledExperience) -> list[object]:
    """An experience as a line of its file."""
    told = filed.experience
    return [
        *(told.locality, told.noted_on, told.title, told.content, told.zone),
        *(filed.recorded_on, filed.record, told.promoted_on, told.promotion),
    ]
