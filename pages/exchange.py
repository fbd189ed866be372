"""导入导出: templates, files in with a preview, files out."""

from functools import partial

import streamlit as st

from core.auth import Permission
from core.domain.forms import FORMS
from core.reports.sheets import MIME
from core.services.exporting import export_csv
from core.services.exporting_workbooks import export_workbook
from core.services.reporting import BOM
from core.services.templating import template_workbook
from core.ui.asking import asked_of
from core.ui.board_page import draw_head
from core.ui.context import Context
from core.ui.frame import Download, downloads, section_head
from core.ui.import_desk import draw_import
from core.ui.page import Page

_ALL = "全部"
PAGE = Page("exchange", "导入导出", Permission.EXCHANGE)


def render(page: Context) -> None:
    """Draw the page."""
    draw_head(page, PAGE.title, asked_of(page))
    _draw_files(page.lasting())
    draw_import(page)


def _draw_files(page: Context) -> None:
    """One kind is chosen, or all; then its template and what is in the database can be taken away."""
    section_head("模板与导出", "模板带下拉列表和填写说明；导出的文件可以再次导入")
    kinds = {_ALL: list(FORMS)} | {form.label: [form.kind] for form in FORMS.values()}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        label = st.selectbox("要取用的表", list(kinds), key="exchange_taken", width=280)
        chosen = kinds[label]
        files = [
            Download(f"{label}模板", f"模板-{label}.xlsx", partial(_template, page, chosen), MIME),
            Download(f"{label}（Excel）", f"{label}.xlsx", partial(_workbook, page, chosen), MIME),
        ]
        if label != _ALL:
            files.append(Download(f"{label}（CSV）", f"{label}.csv", partial(_csv, page, chosen[0])))
        downloads(files)


def _template(page: Context, kinds: list[str]) -> bytes:
    return template_workbook(page.store, page.actor, kinds)


def _workbook(page: Context, kinds: list[str]) -> bytes:
    return export_workbook(page.store, page.actor, kinds)


def _csv(page: Context, kind: str) -> str:
    return BOM + export_csv(page.store, page.actor, kind)
