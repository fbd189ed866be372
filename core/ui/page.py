"""What a page is, who may open it, and how it is run: authorise first, then make a context, then draw."""

import logging
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Protocol

import streamlit as st

from core.auth import KIND_OF_ROLE, Actor, Permission, Role, may, scope_of
from core.domain.units import UnitKind
from core.errors import ForbiddenError, StoreError, SupervisionError
from core.services.auditing import note_export, note_refusal
from core.services.opening import answers
from core.services.signing_in import SignedIn
from core.store.engine import Store
from core.ui.context import Context, Edge, SignedOutError, live_edge
from core.ui.frame import note_downloads
from core.ui.session import come_back

_LOG = logging.getLogger(__name__)
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")


@dataclass(frozen=True, slots=True)
class Page:
    """A page as data: its address, its title, who may open it.

    `kinds` are the kinds of units it is about (empty: no kind in particular); `or_else` is a second
    permission that opens it too; a `bare` page has no sidebar.
    """

    url_path: str
    title: str
    needs: Permission
    kinds: frozenset[UnitKind] = frozenset()
    or_else: Permission | None = None
    bare: bool = False


class PageModule(Protocol):
    """A module in `pages/`."""

    PAGE: Page

    def render(self, page: Context) -> None:
        """Draw the page."""


def may_open(actor: Actor, page: Page) -> bool:
    """Tell whether the actor may open the page: one of its permissions, and a unit kind within reach."""
    if page.or_else is not None and may(actor, page.or_else):
        return True
    return may(actor, page.needs) and (not page.kinds or _sees_one(actor, page.kinds))


def run_page(module: PageModule, edge: Edge | None = None, person: SignedIn | None = None) -> None:
    """Draw a page for whoever is there (looked up unless just found), or say in one sentence why not."""
    with refusals_shown():
        edge = edge or live_edge()
        person = person or edge.who(True)
        if person is None:
            raise SignedOutError("登录已失效，请重新登录。")
        if not may_open(person.actor, module.PAGE):
            st.title(module.PAGE.title)
            note_refusal(edge.store, person.actor, module.PAGE.url_path, now=edge.clock())
            raise ForbiddenError(f"“{person.actor.role.label}”账号不能查看“{module.PAGE.title}”。")
        note_downloads(partial(_note_file, edge, person.actor))
        page = Context(edge, person.actor)
        try:
            module.render(page)
        except StoreError as error:
            draw_outage(error, edge.store)
        finally:
            page.ask_again()


def _note_file(edge: Edge, actor: Actor, file_name: str) -> None:
    note_export(edge.store, actor, file_name, now=edge.clock())


@contextmanager
def refusals_shown() -> Iterator[None]:
    """Show what is refused as its sentence, and what went wrong as a number to tell the administrator.

    Pages use it in callbacks and fragments too.
    """
    try:
        yield
    except Exception as error:  # noqa: BLE001 - the last line before the person's eyes
        show_error(error)


def show_error(error: Exception) -> bool:
    """Show an error without anything technical; True, for Streamlit: nothing more is to be shown."""
    if isinstance(error, SupervisionError):
        st.error(as_text(str(error)))
        return True
    number = secrets.token_hex(4)
    _LOG.error("error %s", number, exc_info=error)
    st.error(f"系统出错，编号 {number}，请告诉管理员。")
    return True


def draw_outage(error: StoreError, store: Store) -> None:
    """Say what is wrong with the database, and run the page again as soon as it answers."""
    show_error(error)
    come_back(lambda: answers(store))


def as_text(text: str) -> str:
    """Make text safe where Streamlit reads Markdown: every sign stands for itself, lines stay lines."""
    return _PUNCTUATION.sub(r"\\\1", text).replace("\n", "  \n")


def _sees_one(actor: Actor, kinds: frozenset[UnitKind]) -> bool:
    if not may(actor, Permission.SEE):
        return False
    return scope_of(actor).everything or KIND_OF_ROLE.get(Role.of(actor.role)) in kinds
