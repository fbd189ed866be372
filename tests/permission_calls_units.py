"""How the services that keep units and rosters are called in the test of permissions."""

from collections.abc import Callable, Mapping
from itertools import count
from typing import Any

from core.auth import Actor
from core.domain.units import Member
from core.errors import NotFoundError
from core.services import keeping_rosters, keeping_units
from core.services.adjusting import Press
from core.services.judging import Question
from core.store.engine import Store
from tests.city_examples import NOW, TODAY

QUESTION = Question(2025, TODAY)
CLOSING = keeping_units.Closing("X", TODAY, "撤销")
UNIT = {"code": "C1", "kind": "committee", "name": ""}
LEADER = {"unit": "L1", "name": ""}
MEMBER = Member("C1", "")
_NUMBERS = count(1)


def _press() -> Press:
    return Press(f"units-{next(_NUMBERS)}")


def _place(store: Store, actor: Actor) -> object:
    """A unit that is not there is not found; to whom it is forbidden is told so first."""
    try:
        return keeping_units.place_unit(store, actor, "X", "", _press().operation, now=NOW)
    except NotFoundError:
        return None


def _close(call: Callable[[], object]) -> object:
    try:
        return call()
    except NotFoundError:
        return None


def _remove_leader(store: Store, actor: Actor) -> object:
    return _close(
        lambda: keeping_rosters.remove_leader(store, actor, "L1", "无此人", "误录", _press(), now=NOW)
    )


UNIT_CALLS: Mapping[str, Callable[[Store, Actor, Any], object]] = {
    "keeping_rosters.keep_leader": lambda s, a, _: keeping_rosters.keep_leader(
        s, a, LEADER, QUESTION, _press(), now=NOW
    ),
    "keeping_rosters.keep_member": lambda s, a, _: keeping_rosters.keep_member(
        s, a, MEMBER, _press(), now=NOW
    ),
    "keeping_rosters.members_of": lambda s, a, t: keeping_rosters.members_of(s, a, t.unit),
    "keeping_rosters.preview_leader": lambda s, a, _: keeping_rosters.preview_leader(
        s, a, LEADER, QUESTION, now=NOW
    ),
    "keeping_rosters.remove_leader": lambda s, a, _: _remove_leader(s, a),
    "keeping_rosters.remove_member": lambda s, a, _: keeping_rosters.remove_member(
        s, a, MEMBER, "", _press(), now=NOW
    ),
    "keeping_rosters.roster_of": lambda s, a, _: keeping_rosters.roster_of(s, a, "L1"),
    "keeping_units.close_unit": lambda s, a, _: _close(
        lambda: keeping_units.close_unit(s, a, CLOSING, QUESTION, _press(), now=NOW)
    ),
    "keeping_units.keep_unit": lambda s, a, _: keeping_units.keep_unit(
        s, a, UNIT, QUESTION, _press(), now=NOW
    ),
    "keeping_units.place_unit": lambda s, a, _: _place(s, a),
    "keeping_units.preview_closing": lambda s, a, _: _close(
        lambda: keeping_units.preview_closing(s, a, CLOSING, QUESTION, now=NOW)
    ),
    "keeping_units.preview_unit": lambda s, a, _: keeping_units.preview_unit(s, a, UNIT, QUESTION, now=NOW),
    "keeping_units.unit_list": lambda s, a, _: keeping_units.unit_list(s, a),
}
