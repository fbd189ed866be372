"""Hazards for the tests: one with its moves in a line, and one-line deeds on a store."""

import io
from collections.abc import Sequence
from datetime import date, datetime
from itertools import count

from PIL import Image

from core.auth import Actor
from core.domain.attachments import Sent
from core.domain.courses import case_of
from core.domain.hazards import LISTING_FIELDS, Case, Deed, Hazard, Level, Move
from core.services.hazard_photographs import NO_PHOTOGRAPHS, Photographs
from core.services.hazards import cases_for
from core.services.rectifying import Registration, Wanted, move_hazard, register_hazard
from core.store.engine import Store
from tests.city_examples import NOW, OFFICE, TODAY

FOUND = date(2025, 6, 2)
LISTING = tuple((name, label) for name, label in LISTING_FIELDS)
_OPERATIONS = count(1)


def day(number: int) -> date:
    """A day of June 2025."""
    return date(2025, 6, number)


def hazard(level: Level = Level.GENERAL, code: str = "YH1") -> Hazard:
    """A hazard found on 2 June in L1 by D1."""
    return Hazard(code, "L1", "金穗粮油公司", "配电箱门缺失", level, FOUND, "covert_check", "C1", "D1")


def history(*moves: Move, level: Level = Level.GENERAL) -> Case:
    """A hazard that was found and then went through these moves."""
    return case_of(hazard(level), [Move(Deed.FOUND, FOUND), *moves])


def assigned(due: int = 12, on: int = 3) -> Move:
    """It is given to L1."""
    return Move(Deed.ASSIGNED, day(on), "office", unit="L1", due=day(due))


def rectified(on: int = 10, person: str = "local") -> Move:
    """L1 has put it right."""
    return Move(Deed.RECTIFIED, day(on), person)


def listed(on: int = 4, due: int = 25) -> Move:
    """The office lists it."""
    return Move(Deed.LISTED, day(on), "office", due=day(due), document="挂牌1号", detail=LISTING)


def picture(shade: int = 90) -> Sent:
    """A small photograph, another one for each shade."""
    out = io.BytesIO()
    Image.new("RGB", (8, 8), (shade % 256, 30, 40)).save(out, "PNG")
    return Sent("现场.png", out.getvalue())


BOTH_SIDES = Photographs((picture(10),), (picture(200),))
AFTERWARDS = Photographs(after=(picture(201),))


def register(
    store: Store,
    draft: Hazard | None = None,
    then: Move | None = None,
    *,
    actor: Actor = OFFICE,
    photographs: Photographs = NO_PHOTOGRAPHS,
    operation: str = "",
    today: date = TODAY,
    now: datetime = NOW,
) -> Case:
    """Register a hazard with an operation id of its own."""
    wanted = Registration(draft or hazard(), then, operation or f"hazard-{next(_OPERATIONS)}", photographs)
    return register_hazard(store, actor, wanted, today=today, now=now)


def act(
    store: Store,
    code: str,
    move: Move,
    *,
    actor: Actor = OFFICE,
    photographs: Photographs = NO_PHOTOGRAPHS,
    seen: int | None = None,
    operation: str = "",
    today: date = TODAY,
    now: datetime = NOW,
) -> Case:
    """Make a move from the newest state, or from the one that was `seen`."""
    known = case(store, code, today).seen if seen is None else seen
    wanted = Wanted(code, known, move, operation or f"move-{next(_OPERATIONS)}", photographs)
    return move_hazard(store, actor, wanted, today=today, now=now)


def case(store: Store, code: str, as_of: date = TODAY, known_at: datetime | None = None) -> Case:
    """One hazard as the office sees it."""
    return next(each for each in cases(store, as_of, known_at) if each.hazard.code == code)


def cases(store: Store, as_of: date = TODAY, known_at: datetime | None = None) -> Sequence[Case]:
    """All hazards as the office sees them."""
    return cases_for(store, OFFICE, as_of, known_at)
