"""Zones for the tests: the small city's Z2, its locality's clerk, and one-line deeds."""

from datetime import date
from itertools import count

from core.auth import Actor
from core.domain.attachments import Owner, OwnerKind
from core.domain.zone_work import Deed, ItemState
from core.domain.zones import Area
from core.services.adjusting import Press
from core.services.attaching import add_attachment
from core.services.judging import Question
from core.services.zone_work import (
    MarksWish,
    PlanWish,
    StepWish,
    assess_area,
    draw_plan,
    judge_area,
    mark_items,
)
from core.services.zoning import ZoneStory, evidence_number, zone_story
from core.store.engine import Store
from tests.city_examples import LOCAL_CLERK, NOW, OFFICE, TODAY
from tests.hazard_examples import picture

QUESTION = Question(2025, TODAY)
SEEN = 1_000_000
_NUMBERS = count(1)


def press(seen: int = SEEN) -> Press:
    """A press with an operation of its own."""
    return Press(f"zone-{next(_NUMBERS)}", seen)


def story(store: Store, code: str = "Z2", actor: Actor = OFFICE, question: Question = QUESTION) -> ZoneStory:
    """One zone as somebody sees it."""
    return zone_story(store, actor, code, question)


def plan(store: Store, code: str = "Z2", actor: Actor = LOCAL_CLERK, content: str = "一区一策方案") -> None:
    """Draw up a plan; 信息化建设 was to be done in May, the others by the end of June."""
    due = (None, *[date(2025, 6, 30)] * 3, date(2025, 5, 31))
    draw_plan(store, actor, PlanWish(code, content, due), press(), today=TODAY, now=NOW)


def fill(
    store: Store,
    area: Area = Area.SYSTEM,
    code: str = "Z2",
    actor: Actor = LOCAL_CLERK,
    state: ItemState = ItemState.DONE,
) -> int:
    """Mark every item of an area; all the points where it is done, one where it is under way."""
    standing = story(store, code).standing.areas[list(Area).index(area)]
    points = {ItemState.DONE: None, ItemState.DOING: 1, ItemState.NOT_STARTED: 0}[state]
    marks = {item.code: (state, item.points if points is None else points) for item, _ in standing.marks}
    return mark_items(store, actor, MarksWish(code, area, marks), press(), today=TODAY, now=NOW)


def prove(store: Store, area: Area = Area.SYSTEM, code: str = "Z2", actor: Actor = LOCAL_CLERK) -> None:
    """Put a photograph beside an area."""
    owner = Owner(OwnerKind.ZONE_AREA, evidence_number(code, area))
    add_attachment(store, actor, owner, picture(next(_NUMBERS) % 200), now=NOW)


def assess(store: Store, area: Area = Area.SYSTEM, code: str = "Z2", actor: Actor = LOCAL_CLERK) -> None:
    """Hand an area in."""
    wish = StepWish(code, area, Deed.ASSESSED, TODAY, None, "已全部落实")
    assess_area(store, actor, wish, press(), today=TODAY, now=NOW)


def judge(
    store: Store,
    deed: Deed = Deed.ACCEPTED,
    area: Area = Area.SYSTEM,
    actor: Actor = OFFICE,
    *,
    note: str = "",
    score: int | None = 92,
    on: date = TODAY,
    seen: int = SEEN,
) -> None:
    """Accept an area of Z2, or return it."""
    wish = StepWish("Z2", area, deed, on, score, note)
    judge_area(store, actor, wish, press(seen), today=TODAY, now=NOW)


def hand_in(store: Store, area: Area = Area.SYSTEM) -> None:
    """Everything up to the self-assessment."""
    fill(store, area)
    prove(store, area)
    assess(store, area)
