"""The library's form over our accounts: what it draws, what it hands on, and that it keeps nothing."""

import ast
import inspect
import textwrap

import pytest
import streamlit_authenticator as stauth
from streamlit.testing.v1 import AppTest

from core.store.engine import Store
from core.ui.login import REFUSED, draw_login
from tests.account_examples import NOON, PASSWORD, add_clerk, furnish, journal
from tests.page_runs import drawn, edge_of

OURS = {"attrs", "path", "cookie_controller", "authentication_controller"}


@pytest.fixture
def store(lite_store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    store = furnish(lite_store, monkeypatch)
    add_clerk(store)
    return store


def login_of(store: Store) -> AppTest:
    """The login as a stranger sees it."""
    edge = edge_of(store, None, NOON)
    return drawn(lambda: draw_login(edge)).run()


def submit(app: AppTest, username: str, password: str) -> AppTest:
    app.text_input[0].input(username)
    app.text_input[1].input(password)
    return app.button[0].click().run()


def test_the_librarys_form_uses_nothing_of_the_library_but_what_we_replace() -> None:
    source = textwrap.dedent(inspect.getsource(stauth.Authenticate.login))
    used = {
        node.attr
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "self"
    }
    assert used <= OURS | {"secret_key"}  # the key serves the captcha, which is off


def test_the_form_has_chinese_labels_and_draws_no_frame(store: Store) -> None:
    app = login_of(store)
    assert [field.label for field in app.text_input] == ["用户名", "密码"]
    assert [button.label for button in app.button] == ["登录"]
    assert not app.get("component_instance")
    assert not app.exception


def test_a_wrong_password_says_one_sentence_and_is_counted(store: Store) -> None:
    app = submit(login_of(store), "clerk", "wrong")
    assert [error.value for error in app.error] == [REFUSED]
    assert journal(store)[-1][1] == "session.failed"


def test_a_right_password_goes_on_and_leaves_nothing_in_session_state(store: Store) -> None:
    app = submit(login_of(store), "clerk", PASSWORD)
    assert [note.value for note in app.success] == ["登录成功，正在进入……"]
    assert not app.error
    state = repr(app.session_state)
    assert "login_note" in state
    for secret in (PASSWORD, "authentication_status", "username", "roles"):
        assert secret not in state


@pytest.mark.parametrize(
    ("username", "password"), [("", ""), ("clerk", ""), ("", "x"), ("x" * 5000, "y" * 100_000)]
)
def test_odd_input_is_turned_away_like_any_other(store: Store, username: str, password: str) -> None:
    app = submit(login_of(store), username, password)
    assert [error.value for error in app.error] == [REFUSED]
    assert not app.exception


def test_a_real_database_names_no_demonstration_account(store: Store) -> None:
    assert "Anze-Demo" not in repr(login_of(store).main)
