"""How the services of functional zones are called in the test of permissions, for the target's own zone."""

from collections.abc import Callable, Mapping
from itertools import count
from typing import Any

from core.auth import Actor
from core.domain.zone_checklists import starting_checklist
from core.domain.zone_work import Deed, ItemState
from core.domain.zones import Area, Zone
from core.services import experiences, zone_checklists, zone_work, zoning
from core.services.adjusting import Press
from core.services.judging import Question
from core.store.engine import Store
from core.store.rolls import add_things, zones
from tests.city_examples import NOW, OFFICE, TODAY

QUESTION = Question(2025, TODAY)
_NUMBERS = count(1)


def _press() -> Press:
    return Press(f"zones-{next(_NUMBERS)}", 1_000_000)


def _zone(store: Store, unit: str) -> str:
    """A zone of the unit, of whatever kind: whose it is decides, and not what the unit is."""
    code = f"P-{unit}"
    with store.unit_of_work("测试", NOW) as work:
        if code not in {each.code for each in zones(work)}:
            add_things(work, work.change("zone.registered", code), [Zone(code, unit, f"{unit}的园区")])
            work.commit()
    return code


def _plan(store: Store, actor: Actor, at: Any) -> object:
    wanted = zone_work.PlanWish(_zone(store, at.unit), "方案", (None,) * len(Area))
    return zone_work.draw_plan(store, actor, wanted, _press(), today=TODAY, now=NOW)


def _mark(store: Store, actor: Actor, at: Any) -> object:
    marks = {"duty-1": (ItemState.DOING, next(_NUMBERS) % 20)}
    wanted = zone_work.MarksWish(_zone(store, at.unit), Area.DUTY, marks)
    return zone_work.mark_items(store, actor, wanted, _press(), today=TODAY, now=NOW)


def _step(store: Store, at: Any, deed: Deed) -> zone_work.StepWish:
    return zone_work.StepWish(_zone(store, at.unit), Area.DUTY, deed, TODAY, 90, "说明")


def _seen(store: Store, actor: Actor, at: Any) -> bool:
    code = _zone(store, at.unit)
    return code in {each.zone.code for each in zoning.zone_board(store, actor, QUESTION).zones}


def _experience(store: Store, actor: Actor, at: Any) -> experiences.Experience:
    number = next(_NUMBERS)
    wish = experiences.ExperienceWish(at.unit, "", f"做法 {number}", "内容", TODAY, number)
    return experiences.enter_experience(store, actor, wish, f"exp-{number}", today=TODAY, now=NOW)


def _promote(store: Store, actor: Actor) -> object:
    found = experiences.experience_library(store, OFFICE, QUESTION).experiences
    wish = experiences.ExperienceWish("L1", "", "做法", "内容", TODAY)
    number = (
        found[0].number
        if found
        else experiences.enter_experience(store, OFFICE, wish, "promoted", today=TODAY, now=NOW).number
    )
    asked = experiences.Promotion(number, TODAY, "简报")
    return experiences.promote_experience(store, actor, asked, _press(), today=TODAY, now=NOW)


ZONE_CALLS: Mapping[str, Callable[[Store, Actor, Any], object]] = {
    "zoning.zone_board": _seen,
    "zoning.zone_story": lambda s, a, t: zoning.zone_story(s, a, _zone(s, t.unit), QUESTION),
    "zone_work.register_zone": lambda s, a, t: zone_work.register_zone(
        s, a, t.unit, f"园区 {next(_NUMBERS)}", f"zone-{next(_NUMBERS)}", now=NOW
    ),
    "zone_work.draw_plan": _plan,
    "zone_work.mark_items": _mark,
    "zone_work.assess_area": lambda s, a, t: zone_work.assess_area(
        s, a, _step(s, t, Deed.ASSESSED), _press(), today=TODAY, now=NOW
    ),
    "zone_work.judge_area": lambda s, a, t: zone_work.judge_area(
        s, a, _step(s, t, Deed.ACCEPTED), _press(), today=TODAY, now=NOW
    ),
    "zone_checklists.keep_item": lambda s, a, _: zone_checklists.keep_item(
        s, a, starting_checklist()[0], _press(), now=NOW
    ),
    "experiences.experience_library": lambda s, a, _: experiences.experience_library(s, a, QUESTION),
    "experiences.enter_experience": _experience,
    "experiences.promote_experience": lambda s, a, _: _promote(s, a),
}
