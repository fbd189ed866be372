"""Every service × every role × own, other and no unit, compared with the written table."""

import inspect
import pkgutil
from collections.abc import Iterator
from importlib import import_module

import pytest

import core.services
from core.auth import Actor, Role
from core.errors import ForbiddenError, NotFoundError, SupervisionError
from core.services import passwords
from core.store.engine import Store, open_store
from tests.conftest import sqlite_url
from tests.permission_calls import CALLS, Target, furnish
from tests.permission_table import ALL, SERVICES, UNGUARDED

HOME = {Role.COMMITTEE: "C1", Role.LOCALITY: "L1", Role.DEPARTMENT: "D1"}
SIBLING = {"C1": "C2", "L1": "L2", "D1": "D2"}
ALIEN = {"C1": "D2", "L1": "C2", "D1": "L2"}


@pytest.fixture(scope="module")
def town_of_targets(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, dict[str, Target]]]:
    """One database for all calls: what one of them changes shuts no door to the next."""
    store = open_store(sqlite_url(tmp_path_factory.mktemp("permissions") / "anze.db"))
    cost, passwords.COST = passwords.COST, 4
    yield store, furnish(store)
    passwords.COST = cost
    store.close()


def services() -> dict[str, bool]:
    """Every service by its name, and whether it asks who acts."""
    found: dict[str, bool] = {}
    for each in pkgutil.iter_modules(core.services.__path__):
        module = import_module(f"core.services.{each.name}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            parameters = list(inspect.signature(function).parameters)
            own = function.__module__ == module.__name__ and not name.startswith("_")
            if own and parameters[:1] == ["store"]:
                found[f"{each.name}.{name}"] = parameters[1:2] == ["actor"]
    return found


def test_every_service_stands_in_the_table_or_among_those_that_need_no_permission() -> None:
    assert set(SERVICES) | set(UNGUARDED) == set(services())
    assert not set(SERVICES) & set(UNGUARDED)
    assert set(CALLS) == set(SERVICES)


def test_every_service_in_the_table_asks_who_acts() -> None:
    asking = services()
    assert all(asking[name] for name in SERVICES)


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_a_service_lets_through_whom_the_table_says(
    town_of_targets: tuple[Store, dict[str, Target]], name: str
) -> None:
    store, targets = town_of_targets
    seen = {}
    for role in Role:
        home = HOME.get(role, "C1")
        cases = {"o": (home, home), "s": (home, SIBLING[home]), "a": (home, ALIEN[home]), "n": ("", home)}
        seen[role.value] = "".join(
            case
            for case, (unit, target) in cases.items()
            if passes(name, store, Actor("somebody", "某人", role, unit), targets[target])
        )
    expected = {role.value: SERVICES[name].get(role.value, "") for role in Role}
    assert seen == expected


def passes(name: str, store: Store, actor: Actor, target: Target) -> bool:
    """Whether the call came past the door; what else was wrong with it does not matter here."""
    try:
        return CALLS[name](store, actor, target) is not False
    except (ForbiddenError, NotFoundError):
        return False
    except SupervisionError:
        return True


def test_the_table_knows_only_the_four_cases() -> None:
    assert all(set(cases) <= set(ALL) for rights in SERVICES.values() for cases in rights.values())
