"""通报报告: the quarter's bulletin and workbook, papers about a unit, and the documents that were issued."""

from core.auth import Permission, may
from core.services.looking_up import look_up
from core.ui.asking import asked_of
from core.ui.board_page import draw_head
from core.ui.context import Context
from core.ui.page import Page
from core.ui.paper_desk import draw_bulletin, draw_issued, draw_unit_papers
from core.ui.sections import draw_sections

PAGE = Page("reports", "通报报告", Permission.SEE)


def render(page: Context) -> None:
    """Draw the page."""
    asked = asked_of(page)
    draw_head(page, PAGE.title, asked)
    lookup = look_up(page.store, page.actor)
    office = may(page.actor, Permission.REPORT)
    sections = {
        "units": ("单位材料", lambda: draw_unit_papers(page, asked, lookup)),
        "issued": ("已发出", lambda: draw_issued(page, lookup, office=office)),
    }
    if office:
        sections = {"bulletin": ("季度通报", lambda: draw_bulletin(page, asked)), **sections}
    draw_sections(sections, address="section")
