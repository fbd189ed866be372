"""系统管理: accounts for the administrator, the journal for the auditor and the office."""

import streamlit as st

from core.auth import Permission, may
from core.ui.account_desk import draw_accounts, draw_policy
from core.ui.context import Context
from core.ui.journal_desk import draw_journal
from core.ui.page import Page
from core.ui.wall_desk import draw_wall_links

PAGE = Page("admin", "系统管理", Permission.ACCOUNTS, or_else=Permission.JOURNAL)


def render(page: Context) -> None:
    """Draw the desks that the role may use."""
    st.title(PAGE.title)
    if may(page.actor, Permission.ACCOUNTS):
        draw_accounts(page)
        draw_policy(page)
    if may(page.actor, Permission.WALL_LINKS):
        draw_wall_links(page)
    if may(page.actor, Permission.JOURNAL):
        draw_journal(page)
