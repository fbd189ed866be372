"""Who is there: the session of the browser's cookie, looked up anew each time and never kept in the page.

A Streamlit session id is as good as a password to whoever learns it, so nothing about a person is
believed because session state says so.
"""

import time
from collections.abc import Callable
from pathlib import Path

import streamlit as st

from core.errors import Fault, StoreError
from core.services.signing_in import COOKIE, SignedIn
from core.services.whereabouts import SERVER

RETRY_SECONDS = 3
_JUST_SECONDS = 1.0
_PATIENCE_SECONDS, _LOOK_AGAIN_SECONDS = 5.0, 0.1
_THIS_MACHINE = "127.0.0.1"
_OWNER = "session_owner"
_WAS_AWAY = "database_was_away"
_AWAY = "数据库暂时连不上，正在自动重试。页面上是断开之前的内容，已填写的内容不会丢失。"


def _unseen(name: str) -> Callable[..., object]:
    """A component that draws nothing: its script in the assets."""
    script = Path(__file__).with_name("assets").joinpath(f"{name}.js").read_text(encoding="utf-8")
    return st.components.v2.component(f"anze_{name}", html="<span></span>", js=script, isolate_styles=False)


_WATCH, _COME_BACK = _unseen("watch"), _unseen("come_back")


def cookie_token() -> str:
    """The session token the browser sent when it connected; empty where there is none."""
    _await_browser()
    return st.context.cookies.get(COOKIE, "")


def _await_browser() -> None:
    """While the line is broken nobody can be asked: wait for the browser to come back, else end the run.

    To take it for a stranger would show the login and empty the tab of what somebody has typed.
    """
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while st.runtime.exists() and not st.context.headers:
        if time.monotonic() > deadline:
            st.stop()
        time.sleep(_LOOK_AGAIN_SECONDS)


def browser_address() -> str:
    """The address of the browser: for the journal, and for slowing down whoever guesses passwords.

    The server takes a proxy's word for it only where the proxy is trusted (docs/security.md).
    """
    return st.context.ip_address or _THIS_MACHINE


def forget_the_last(person: SignedIn | None) -> None:
    """Empty the session state when it was filled for somebody else."""
    key = person.key if person else ""
    owner = st.session_state.get(_OWNER, "")
    if owner and owner != key:
        st.session_state.clear()
    st.session_state[_OWNER] = key


def keep_watch(person: SignedIn, still_there: Callable[[], bool]) -> None:
    """Have the browser watch over the session, and have the page run when another server answers.

    A server that was started anew, or another one behind the same address, knows neither the tab nor its
    fragments; only a run of the whole page brings the tab to life there.
    """
    _COME_BACK(key="anze_come_back", data={}, on_asked_change=lambda: None)
    _watch(person, still_there, time.monotonic())


@st.fragment
def _watch(person: SignedIn, still_there: Callable[[], bool], seen: float) -> None:
    """Draw nothing; run the whole page again, and so show the login, once the session has ended.

    The browser asks `/live/here`, which costs next to nothing, and has this run when the answer changed;
    `seen` is when the person was last looked up, on the monotonic clock. While the database is away it says
    so, above a page that stays as it is; afterwards the page runs once, since a part of it may have met the
    outage too.
    """
    try:
        there = time.monotonic() - seen < _JUST_SECONDS or still_there()
    except StoreError as error:
        st.session_state[_WAS_AWAY] = True
        _mount(person, away=True)
        st.error(_AWAY if error.fault == Fault.AWAY else str(error))
        return
    _mount(person, away=False)
    if not there or st.session_state.pop(_WAS_AWAY, False):
        st.rerun(scope="app")


def _mount(person: SignedIn, *, away: bool) -> None:
    told = {"key": person.key, "away": away, "server": SERVER}
    _WATCH(key="anze_watch", data=told, on_asked_change=lambda: None)


@st.fragment(run_every=RETRY_SECONDS)
def come_back(answered: Callable[[], bool]) -> None:
    """Draw nothing; run the whole page again once the database answers."""
    if answered():
        st.rerun(scope="app")
