"""Who may do what: the table of grants, written down a second time and compared square by square."""

import pytest

from core.auth import (
    GRANTS,
    KEEPER,
    KIND_OF_ROLE,
    OPERATOR,
    Actor,
    Permission,
    Role,
    Scope,
    may,
    require,
    scope_of,
)
from core.domain.units import UnitKind
from core.errors import ForbiddenError

# all: to every unit; own: to the account's own; kind: sees all of its kind, may name its own; -: not at all.
TABLE = """
           see   see_wall enter correct exchange settings accounts backup journal handle close measure reply wall_links calendar_links remind report plan_zone accept_zone
office     all   all      all   all     all      all      -        -      all     all    all   all     all   all        all            all    all    all       all
committee  kind  -        own   own     -        -        -        -      -       own    -     -       own   -        own            -        -      -         -
locality   kind  -        own   own     -        -        -        -      -       own    -     -       own   -        own            -        -      own       -
department own   -        own   own     -        -        -        -      -       own    -     -       own   -        own            -        -      -         -
leader     all   all      -     -       -        -        -        -      -       -      -     -       -     -        -              -        -      -         -
screen     -     all      -     -       -        -        -        -      -       -      -     -       -     -        -              -        -      -         -
admin      -     -        -     -       -        -        all      all    -       -      -     -       -     -        -              -        -      -         -
auditor    -     -        -     -       -        -        -        -      all     -      -     -       -     -        -              -        -      -         -
"""  # noqa: E501 - a table stays a table
HEAD, *LINES = [line.split() for line in TABLE.strip().splitlines()]
SQUARES = [
    (Role(line[0]), Permission(name), reach)
    for line in LINES
    for name, reach in zip(HEAD, line[1:], strict=True)
]


def actor(role: Role, unit: str = "own") -> Actor:
    """Somebody of this role whose account belongs to the unit."""
    return Actor(role.value, role.label, role, unit)


def test_the_table_names_every_role_and_every_permission() -> None:
    assert {role for role, _, _ in SQUARES} == set(Role) == set(GRANTS)
    assert [Permission(name) for name in HEAD] == list(Permission)
    assert len(SQUARES) == len(Role) * len(Permission)


@pytest.mark.parametrize(("role", "permission", "reach"), SQUARES)
def test_a_role_may_do_just_what_the_table_says(role: Role, permission: Permission, reach: str) -> None:
    somebody = actor(role)
    allowed = (
        may(somebody, permission),
        may(somebody, permission, "own"),
        may(somebody, permission, "other"),
    )
    expected = {
        "all": (True, True, True),
        "kind": (True, True, False),
        "own": (True, True, False),
        "-": (False, False, False),
    }
    assert allowed == expected[reach]


@pytest.mark.parametrize(("role", "permission", "reach"), SQUARES)
def test_what_is_not_granted_is_refused_with_a_sentence(
    role: Role, permission: Permission, reach: str
) -> None:
    somebody = actor(role)
    if reach == "all":
        require(somebody, permission)
        require(somebody, permission, "other")
        return
    with pytest.raises(ForbiddenError) as refused:
        require(somebody, permission, "other")
    if reach == "-":
        assert str(refused.value) == f"“{role.label}”账号没有“{permission.label}”的权限。"
    else:
        assert str(refused.value) == f"您只能为本单位办理“{permission.label}”，不能操作其他单位的数据。"
        require(somebody, permission, "own")


@pytest.mark.parametrize(("role", "permission", "reach"), SQUARES)
def test_an_account_without_a_unit_owns_none(role: Role, permission: Permission, reach: str) -> None:
    assert may(actor(role, ""), permission, "") == (reach == "all")
    assert may(actor(role, ""), permission, "other") == (reach == "all")


@pytest.mark.parametrize(
    ("role", "scope"),
    [
        (Role.OFFICE, Scope(everything=True)),
        (Role.LEADER, Scope(everything=True)),
        (Role.COMMITTEE, Scope(kind=UnitKind.COMMITTEE, unit="own")),
        (Role.LOCALITY, Scope(kind=UnitKind.LOCALITY, unit="own")),
        (Role.DEPARTMENT, Scope(unit="own")),
    ],
)
def test_a_role_sees_the_units_of_its_scope(role: Role, scope: Scope) -> None:
    assert scope_of(actor(role)) == scope


@pytest.mark.parametrize("role", [Role.SCREEN, Role.ADMIN, Role.AUDITOR])
def test_who_sees_no_business_data_has_no_scope(role: Role) -> None:
    with pytest.raises(ForbiddenError, match=f"“{role.label}”账号没有“查看业务数据”的权限。"):
        scope_of(actor(role))


@pytest.mark.parametrize("kind", list(UnitKind))
@pytest.mark.parametrize("role", [Role.OFFICE, Role.LEADER, Role.COMMITTEE, Role.LOCALITY, Role.DEPARTMENT])
def test_another_unit_is_seen_only_by_those_who_see_everything_or_its_kind(
    role: Role, kind: UnitKind
) -> None:
    expected = role in (Role.OFFICE, Role.LEADER) or (
        role in (Role.COMMITTEE, Role.LOCALITY) and kind.value == role.value
    )
    assert scope_of(actor(role)).covers(kind, "other") == expected


@pytest.mark.parametrize("role", list(KIND_OF_ROLE))
def test_ones_own_unit_is_always_seen(role: Role) -> None:
    assert scope_of(actor(role)).covers(KIND_OF_ROLE[role], "own")


def test_a_scope_of_nothing_covers_nothing() -> None:
    for kind in UnitKind:
        assert not Scope().covers(kind, "other")
        assert not Scope().covers(kind, "")
        assert not scope_of(actor(Role.DEPARTMENT, "")).covers(kind, "")


def test_the_command_line_acts_for_the_office_and_keeps_the_accounts_apart() -> None:
    assert (OPERATOR.role, KEEPER.role) == (Role.OFFICE, Role.ADMIN)
    assert may(OPERATOR, Permission.EXCHANGE)
    assert not may(OPERATOR, Permission.ACCOUNTS)
    assert may(KEEPER, Permission.BACKUP)
    assert not may(KEEPER, Permission.SEE)


def test_nobody_but_the_office_touches_what_belongs_to_all() -> None:
    for permission in (Permission.EXCHANGE, Permission.SETTINGS):
        assert [role for role in Role if may(actor(role), permission)] == [Role.OFFICE]


def test_a_role_kept_as_plain_text_is_read_as_the_role() -> None:
    restored = Actor("committee", "专委会", Role.of("committee"), "own")
    assert may(restored, Permission.ENTER, "own")
    assert not may(restored, Permission.ENTER, "other")
