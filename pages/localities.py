"""属地: every locality against the notice, or one locality's year."""

from core.auth import Permission
from core.domain.units import UnitKind
from core.ui.board_page import render_board
from core.ui.context import Context
from core.ui.page import Page

PAGE = Page("localities", "属地", Permission.SEE, frozenset({UnitKind.LOCALITY}))


def render(page: Context) -> None:
    """Draw the board."""
    render_board(page, PAGE.title, UnitKind.LOCALITY)
