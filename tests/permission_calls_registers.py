"""How each service of the registers is called to see whether it lets somebody through."""

from collections.abc import Callable, Mapping
from datetime import date
from itertools import count
from typing import Any

from core.auth import Actor
from core.domain.enterprises import Done, Duty, Enterprise, EnterpriseSearch, SpotCheck, Visit
from core.domain.staffing import Inspectors, Town, TownStaff
from core.services import enterprise_stories, enterprises, registering, staffing
from core.services.judging import Question
from core.store.engine import Store
from tests.city_examples import NOW, OFFICE, TODAY

QUESTION = Question(2025, TODAY)
_NUMBERS = count(1)


def _place(unit: str) -> str:
    """A locality: the target itself, or one that is nobody's in these tests."""
    return unit if unit.startswith("L") else "L3"


def _enterprise(store: Store, unit: str) -> str:
    each = Enterprise("", f"{next(_NUMBERS)}号{'甲乙丙丁'[next(_NUMBERS) % 4]}厂", _place(unit), "工贸")
    wanted = registering.WantedEnterprise(each, f"enterprise-{next(_NUMBERS)}")
    return registering.keep_enterprise(store, OFFICE, wanted, now=NOW, sure=True).code


def _keep(store: Store, actor: Actor, at: Any) -> object:
    each = Enterprise("", f"新厂{next(_NUMBERS)}", at.unit, "工贸")
    wanted = registering.WantedEnterprise(each, f"keep-{next(_NUMBERS)}")
    return registering.keep_enterprise(store, actor, wanted, now=NOW, sure=True)


def _mark(store: Store, actor: Actor, at: Any) -> object:
    code, done = _enterprise(store, at.unit), [Done(Duty.LOG, TODAY)]
    operation = f"mark-{next(_NUMBERS)}"
    return registering.mark_duties(store, actor, code, done, operation, today=TODAY, now=NOW)


def _remove(store: Store, actor: Actor, at: Any) -> object:
    code, done = _enterprise(store, at.unit), [Done(Duty.LOG, TODAY)]
    registering.mark_duties(store, OFFICE, code, done, f"m-{next(_NUMBERS)}", today=TODAY, now=NOW)
    return registering.remove_duties(store, actor, code, done, "误登", now=NOW)


def _check(store: Store, actor: Actor, at: Any) -> object:
    code = _enterprise(store, at.unit)
    check = SpotCheck(code, TODAY, Visit.PATROL, "巡查组", (Duty.LOG,))
    operation = f"check-{next(_NUMBERS)}"
    return registering.record_spot_check(store, actor, check, operation, today=TODAY, now=NOW)


def _checks(store: Store, actor: Actor, at: Any) -> bool:
    code = _enterprise(store, at.unit)
    check = SpotCheck(code, TODAY, Visit.PATROL, "巡查组", (Duty.LOG,))
    registering.record_spot_check(store, OFFICE, check, f"c-{next(_NUMBERS)}", today=TODAY, now=NOW)
    found = enterprise_stories.spot_checks(store, actor, QUESTION)
    return code in {each.enterprise.code for each in found}


def _find(store: Store, actor: Actor, at: Any) -> bool:
    code = _enterprise(store, at.unit)
    search = EnterpriseSearch(codes=frozenset({code}))
    return bool(enterprises.find_enterprises(store, actor, QUESTION, search, 10)[1])


def _industries(store: Store, actor: Actor, at: Any) -> bool:
    industry = f"行业{next(_NUMBERS)}"
    each = Enterprise("", f"某厂{next(_NUMBERS)}", _place(at.unit), industry)
    wanted = registering.WantedEnterprise(each, f"industry-{next(_NUMBERS)}")
    registering.keep_enterprise(store, OFFICE, wanted, now=NOW, sure=True)
    return industry in enterprises.industries(store, actor)


def _board(store: Store, actor: Actor, at: Any) -> bool:
    _enterprise(store, at.unit)
    board = enterprises.register_board(store, actor, QUESTION)
    return _place(at.unit) in board.localities


def _town(store: Store, actor: Actor, unit: str) -> Town:
    town = Town("", unit, f"镇{next(_NUMBERS)}")
    return staffing.keep_town(store, actor, staffing.WantedTown(town, f"town-{next(_NUMBERS)}"), now=NOW)


def _count_town(store: Store, actor: Actor, at: Any) -> object:
    town = _town(store, OFFICE, _place(at.unit))
    counted = TownStaff(town.code, TODAY, 3)
    return staffing.count_town(store, actor, counted, f"t-{next(_NUMBERS)}", today=TODAY, now=NOW)


def _count_inspectors(store: Store, actor: Actor, at: Any) -> object:
    counted = Inspectors(at.unit, date(2025, 5, 1), 3, 4)
    return staffing.count_inspectors(store, actor, counted, f"i-{next(_NUMBERS)}", today=TODAY, now=NOW)


def _staffing(store: Store, actor: Actor, at: Any) -> bool:
    town = _town(store, OFFICE, _place(at.unit))
    return town in [line.town for line in staffing.staffing_board(store, actor, QUESTION).towns]


REGISTER_CALLS: Mapping[str, Callable[..., object]] = {
    "enterprise_stories.enterprise_story": lambda s, a, t: enterprise_stories.enterprise_story(
        s, a, QUESTION, _enterprise(s, t.unit)
    ),
    "enterprise_stories.spot_checks": _checks,
    "enterprises.find_enterprises": _find,
    "enterprises.industries": _industries,
    "enterprises.register_board": _board,
    "registering.keep_enterprise": _keep,
    "registering.mark_duties": _mark,
    "registering.record_spot_check": _check,
    "registering.remove_duties": _remove,
    "staffing.count_inspectors": _count_inspectors,
    "staffing.count_town": _count_town,
    "staffing.keep_town": lambda s, a, t: _town(s, a, t.unit),
    "staffing.staffing_board": _staffing,
}
