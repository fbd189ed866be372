"""Running a page: authorise first, show refusals as sentences, and never anything technical."""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from core.auth import Actor, Permission, Role
from core.config import Settings
from core.domain.units import UnitKind
from core.errors import InputError
from core.services.signing_in import SignedIn
from core.store.engine import Store
from core.ui.clock import today_of
from core.ui.context import Context, Edge, SignedOutError
from core.ui.page import Page, as_text, may_open
from tests.account_examples import NOON, furnish, later
from tests.page_runs import edge_of, page_run

SETTINGS = Settings("sqlite://", None)
LEADER = Actor("leader", "秦立新", Role.LEADER)


@pytest.fixture
def store(lite_store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    return furnish(lite_store, monkeypatch)


def noon_of(store: Store, actor: Actor | None) -> Edge:
    """An edge where this person asks at noon."""
    return edge_of(store, actor, NOON)


def module_of(page: Page, render: Callable[[Context], None]) -> Any:
    """Something that looks like a module in `pages/`."""
    return SimpleNamespace(PAGE=page, render=render)


def shown(module: Any, edge: Edge) -> AppTest:
    """Run a page as Streamlit would."""
    return page_run(module, edge).run()


def greet(page: Context) -> None:
    """Draw something that a stranger must not see."""
    import streamlit as st  # noqa: PLC0415

    st.title(f"你好 {page.actor.name} {page.today}")


def fail_with(error: Exception) -> Callable[[Context], None]:
    """A page that fails."""

    def render(_page: Context) -> None:
        raise error

    return render


PAGE = Page("records", "台账", Permission.SEE)


def test_whoever_may_gets_the_page_with_the_local_date(store: Store) -> None:
    app = shown(module_of(PAGE, greet), noon_of(store, LEADER))
    assert [title.value for title in app.title] == ["你好 秦立新 2025-06-19"]


def test_a_stranger_gets_a_sentence_and_no_page(store: Store) -> None:
    app = shown(module_of(PAGE, greet), noon_of(store, None))
    assert ([error.value for error in app.error], len(app.title)) == (["登录已失效，请重新登录。"], 0)


def test_a_role_without_the_permission_gets_the_title_and_a_sentence(store: Store) -> None:
    app = shown(module_of(PAGE, greet), noon_of(store, Actor("admin", "郝思齐", Role.ADMIN)))
    assert [title.value for title in app.title] == ["台账"]
    assert [error.value for error in app.error] == ["“系统管理员”账号不能查看“台账”。"]


def test_a_refusal_is_shown_as_the_text_that_it_is(store: Store) -> None:
    refusal = InputError("标题“**粗体** <b>x</b> :red[红] $x$”不可用。")
    app = shown(module_of(PAGE, fail_with(refusal)), noon_of(store, LEADER))
    assert app.error[0].value == as_text(str(refusal))
    assert "\\*\\*粗体\\*\\* \\<b\\>" in app.error[0].value


def test_a_fault_shows_a_number_that_the_log_knows_and_nothing_technical(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        app = shown(module_of(PAGE, fail_with(RuntimeError("table secret_x"))), noon_of(store, LEADER))
    said = app.error[0].value
    number = said.removeprefix("系统出错，编号 ").removesuffix("，请告诉管理员。")
    assert len(app.exception) == 0
    assert "secret_x" not in said
    assert any(number in record.getMessage() and record.exc_info for record in caplog.records)


MAY_OPEN = {
    Role.OFFICE: "overview committees localities departments entry admin wall",
    Role.COMMITTEE: "overview committees entry",
    Role.LOCALITY: "overview localities entry",
    Role.DEPARTMENT: "overview departments entry",
    Role.LEADER: "overview committees localities departments wall",
    Role.SCREEN: "wall",
    Role.ADMIN: "admin",
    Role.AUDITOR: "admin",
}
EXAMPLES = (
    Page("overview", "总览", Permission.SEE),
    Page("committees", "专委会", Permission.SEE, frozenset({UnitKind.COMMITTEE})),
    Page("localities", "属地", Permission.SEE, frozenset({UnitKind.LOCALITY})),
    Page("departments", "部门", Permission.SEE, frozenset({UnitKind.DEPARTMENT})),
    Page("entry", "录入", Permission.ENTER),
    Page("admin", "系统管理", Permission.ACCOUNTS, or_else=Permission.JOURNAL),
    Page("wall", "大屏", Permission.SEE_WALL, bare=True),
)


@pytest.mark.parametrize("role", Role)
def test_each_role_opens_its_pages_and_no_other(role: Role) -> None:
    actor = Actor("somebody", "某人", role, "C06")
    opened = [page.url_path for page in EXAMPLES if may_open(actor, page)]
    assert opened == MAY_OPEN[role].split()


def test_a_context_notices_within_a_second_that_the_session_has_ended(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = [SignedIn(LEADER, "key", must_change_password=False), None]
    context = Context(replace(noon_of(store, LEADER), who=lambda _touch: people.pop(0)))
    moments = iter([0.0, 0.5, 2.0, 2.0, 2.0])
    monkeypatch.setattr("core.ui.context.time.monotonic", lambda: next(moments))
    assert context.actor == LEADER
    assert context.actor == LEADER
    with pytest.raises(SignedOutError):
        _ = context.actor


def test_the_date_is_fixed_or_the_demonstrations_or_the_calendars() -> None:
    fixed = Settings("sqlite://", date(2025, 3, 1))
    assert today_of(fixed, demonstration=True, now=NOON).day == date(2025, 3, 1)
    assert "2025-03-01" in today_of(fixed, demonstration=False, now=NOON).note
    assert today_of(SETTINGS, demonstration=True, now=later(days=400)).day == date(2025, 6, 19)
    assert "演示日期" in today_of(SETTINGS, demonstration=True, now=NOON).note


def test_the_calendars_day_begins_at_midnight_in_shanghai() -> None:
    assert today_of(SETTINGS, demonstration=False, now=later(hours=11, minutes=59)).day == date(2025, 6, 19)
    assert today_of(SETTINGS, demonstration=False, now=later(hours=12)).day == date(2025, 6, 20)
    assert today_of(SETTINGS, demonstration=False, now=NOON).note == ""
