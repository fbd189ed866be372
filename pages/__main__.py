"""The Streamlit script: the login for strangers, else the role's menu and the page that was asked for."""

from collections.abc import Callable, Container, Mapping
from functools import partial
from urllib.parse import unquote, urlsplit

import streamlit as st
from streamlit.navigation.page import Page as MenuEntry

from core.config import PRODUCT
from core.errors import StoreError
from core.services.signing_in import SignedIn
from core.services.tracing import begin_trace
from core.ui.chinese import speak_chinese
from core.ui.context import Edge, live_edge
from core.ui.login import BRAND, EMBLEM, draw_login, draw_person
from core.ui.look import apply_look
from core.ui.own_account import PATH, TITLE, draw_due, draw_own_account
from core.ui.page import PageModule, as_text, draw_outage, may_open, run_page
from core.ui.session import forget_the_last, keep_watch
from core.ui.turnstile import TURNSTILE
from pages import (
    admin,
    committees,
    covert_checks,
    departments,
    enterprises,
    entry,
    exchange,
    hazards,
    localities,
    overview,
    records,
    reports,
    supervision,
    wall,
    zones,
)

_START = "start"
_UNKNOWN = "没有这个页面"
# In the menu's order; the first that a role may open is where it starts.
PAGES: tuple[PageModule, ...] = (
    overview,
    wall,
    committees,
    localities,
    departments,
    covert_checks,
    hazards,
    zones,
    enterprises,
    entry,
    records,
    supervision,
    reports,
    exchange,
    admin,
)
# Drawn without a sidebar; the start among them, since it may lead on to one that has none.
_BARE = {"", *(module.PAGE.url_path for module in PAGES if module.PAGE.bare)}


def main() -> None:
    """Let in who may, and run the page of the address."""
    st.set_page_config(page_title=PRODUCT, page_icon=str(EMBLEM), layout="wide")
    apply_look()
    speak_chinese()
    begin_trace()
    edge = live_edge()
    try:
        person = edge.comes(True)
    except StoreError as error:
        st.navigation(_alone(partial(draw_outage, error, edge.store)), position="hidden").run()
        return
    forget_the_last(person)
    if person is None:
        st.navigation(_alone(partial(draw_login, edge)), position="hidden").run()
    elif not person.admitted:
        st.navigation(_alone(partial(draw_due, edge, person)), position="hidden").run()
    else:
        _show_pages(edge, person)


def _show_pages(edge: Edge, person: SignedIn) -> None:
    """Draw the menu and the page; a bare page stands alone."""
    entries = {module.PAGE.url_path: _entry(module, edge, person) for module in PAGES}
    home = _entry_at_start(entries, edge, person)
    own = st.Page(partial(draw_own_account, edge, home), title=TITLE, url_path=PATH, visibility="hidden")
    unknown = _entry_of_unknown({*entries, PATH})
    menu = [*entries.values(), own, home, *unknown]
    chosen = st.navigation(menu, expanded=True)
    if chosen.url_path in _BARE:
        chosen = st.navigation(menu, position="hidden")
    else:
        keep_watch(person, lambda: edge.who(False) is not None)
        st.logo(str(BRAND), size="large", icon_image=str(EMBLEM))
        draw_person(edge, person, own)
    chosen.run()


def _entry(module: PageModule, edge: Edge, person: SignedIn) -> MenuEntry:
    """A page in the navigation; one that the role may not open is left out of the menu only."""
    page, run = module.PAGE, partial(run_page, module, edge, person)
    if may_open(person.actor, page):
        return st.Page(run, title=page.title, url_path=page.url_path)
    return st.Page(run, title=page.title, url_path=page.url_path, visibility="hidden")


def _entry_at_start(entries: Mapping[str, MenuEntry], edge: Edge, person: SignedIn) -> MenuEntry:
    """The bare address leads on to the first page that the role may open.

    Streamlit serves its default page at the bare address only, so the default cannot be 总览 itself.
    """
    start = next((entries[m.PAGE.url_path] for m in PAGES if may_open(person.actor, m.PAGE)), None)
    return st.Page(
        partial(_start, start, edge, person),
        title=PRODUCT,
        url_path=_START,
        default=True,
        visibility="hidden",
    )


def _entry_of_unknown(entries: Container[str]) -> list[MenuEntry]:
    """An address without a page gets a sentence of ours instead of Streamlit's dialog."""
    path = _wanted_path()
    if not path or path in entries:
        return []
    return [st.Page(partial(_unknown, path), title=_UNKNOWN, url_path=path, visibility="hidden")]


def _alone(draw: Callable[[], None]) -> list[MenuEntry]:
    """One thing whatever the address, which is kept; no page is named to whoever is not in yet."""
    paths = ["", _wanted_path()] if _wanted_path() else [""]
    return [st.Page(draw, title=PRODUCT, url_path=path or _START, default=not path) for path in paths]


def _wanted_path() -> str:
    """The last part of the address the browser shows."""
    return unquote(urlsplit(st.context.url or "").path.rstrip("/").rpartition("/")[2])


def _start(start: MenuEntry | None, edge: Edge, person: SignedIn) -> None:
    if start is None:
        draw_person(edge, person)
        st.info("本账号没有可以查看的页面。")
    else:
        st.switch_page(start, query_params=st.query_params.to_dict())


def _unknown(path: str) -> None:
    st.title(_UNKNOWN)
    st.info(as_text(f"地址“{path}”下没有页面，请从左侧菜单进入。"))


with TURNSTILE.passed():
    main()
