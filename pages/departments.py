"""部门: the departments against the notice, “一件事” by link, surveys of new businesses, one year."""

from core.auth import Permission
from core.domain.units import UnitKind
from core.ui.asking import asked_of
from core.ui.board_page import draw_board_below, draw_head
from core.ui.context import Context
from core.ui.desk_forms import say_done
from core.ui.matter_page import draw_matters
from core.ui.page import Page
from core.ui.sections import draw_sections
from core.ui.survey_page import draw_surveys

PAGE = Page("departments", "部门", Permission.SEE, frozenset({UnitKind.DEPARTMENT}))


def render(page: Context) -> None:
    """Draw the head and, below it, the board, the chains or the surveys."""
    asked = asked_of(page)
    draw_head(page, PAGE.title, asked)
    say_done()
    draw_sections(
        {
            "board": ("看板", lambda: draw_board_below(page, asked, UnitKind.DEPARTMENT)),
            "one_matter": ("“一件事”", lambda: draw_matters(page, asked)),
            "surveys": ("新业态摸底", lambda: draw_surveys(page, asked)),
        },
        address="view",
    )
