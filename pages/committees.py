"""专委会: every committee against the notice, or one committee's year."""

from core.auth import Permission
from core.domain.units import UnitKind
from core.ui.board_page import render_board
from core.ui.context import Context
from core.ui.page import Page

PAGE = Page("committees", "专委会", Permission.SEE, frozenset({UnitKind.COMMITTEE}))


def render(page: Context) -> None:
    """Draw the board."""
    render_board(page, PAGE.title, UnitKind.COMMITTEE)
