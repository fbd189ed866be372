"""部门: every department against the notice, or one department's year."""

from core.auth import Permission
from core.domain.units import UnitKind
from core.ui.board_page import render_board
from core.ui.context import Context
from core.ui.page import Page

PAGE = Page("departments", "部门", Permission.SEE, frozenset({UnitKind.DEPARTMENT}))


def render(page: Context) -> None:
    """Draw the board."""
    render_board(page, PAGE.title, UnitKind.DEPARTMENT)
