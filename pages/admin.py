"""系统管理: accounts for the administrator; catalogue, years and units for the office; the journal."""

from collections.abc import Callable

import streamlit as st

from core.auth import Permission, may
from core.ui.account_desk import draw_accounts, draw_policy
from core.ui.asking import asked_of
from core.ui.backup_desk import draw_backups
from core.ui.context import Context
from core.ui.desk_forms import say_done
from core.ui.exemption_desk import draw_exemptions
from core.ui.journal_desk import draw_journal
from core.ui.page import Page
from core.ui.roster_desk import draw_members, draw_rosters
from core.ui.sections import draw_sections
from core.ui.settings_desk import draw_settings
from core.ui.unit_desk import draw_units
from core.ui.wall_desk import draw_wall_links
from core.ui.year_desk import draw_years

PAGE = Page("admin", "系统管理", Permission.ACCOUNTS, or_else=Permission.JOURNAL)


def render(page: Context) -> None:
    """Draw the sections that the role may use, one of them open."""
    st.title(PAGE.title)
    say_done()
    draw_sections(_sections(page), address="section")


def _sections(page: Context) -> dict[str, tuple[str, Callable[[], None]]]:
    every: list[tuple[Permission, str, str, Callable[[], None]]] = [
        (Permission.ACCOUNTS, "accounts", "账号", lambda: _draw_accounts(page)),
        (Permission.SETTINGS, "catalogue", "事项设置", lambda: draw_settings(page, asked_of(page))),
        (Permission.SETTINGS, "exemptions", "豁免", lambda: draw_exemptions(page, asked_of(page))),
        (Permission.SETTINGS, "years", "年度目录", lambda: draw_years(page, asked_of(page))),
        (Permission.SETTINGS, "units", "单位", lambda: draw_units(page, asked_of(page))),
        (Permission.SETTINGS, "leaders", "领导名单", lambda: draw_rosters(page, asked_of(page))),
        (Permission.SETTINGS, "members", "成员单位", lambda: draw_members(page, asked_of(page))),
        (Permission.WALL_LINKS, "wall", "大屏链接", lambda: draw_wall_links(page)),
        (Permission.BACKUP, "backup", "备份", lambda: draw_backups(page)),
        (Permission.JOURNAL, "journal", "变更日志", lambda: draw_journal(page)),
    ]
    return {name: (label, draw) for needs, name, label, draw in every if may(page.actor, needs)}


def _draw_accounts(page: Context) -> None:
    draw_accounts(page)
    draw_policy(page)
