"""导入导出: templates, files in with a preview, files out."""

from functools import partial

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

PAGE = Page("exchange", "导入导出", Permission.EXCHANGE)


def render(page: Context) -> None:
    """Draw the page."""
    draw_head(page, PAGE.title, asked_of(page))
    _draw_templates(page.lasting())
    draw_import(page)
    _draw_exports(page.lasting())


def _draw_templates(page: Context) -> None:
    section_head("下载模板", "带下拉列表和填写说明的空表")
    files = {form.label: [form.kind] for form in FORMS.values()} | {"全部": list(FORMS)}
    downloads(
        [
            Download(label, f"模板-{label}.xlsx", partial(_template, page, kinds), MIME)
            for label, kinds in files.items()
        ]
    )


def _draw_exports(page: Context) -> None:
    section_head("导出", "导出的文件可以再次导入")
    files = {form.label: [form.kind] for form in FORMS.values()} | {"全部": list(FORMS)}
    downloads(
        [
            Download(f"{label}（Excel）", f"{label}.xlsx", partial(_workbook, page, kinds), MIME)
            for label, kinds in files.items()
        ]
    )
    downloads(
        [
            Download(f"{form.label}（CSV）", f"{form.label}.csv", partial(_csv, page, form.kind))
            for form in FORMS.values()
        ]
    )


def _template(page: Context, kinds: list[str]) -> bytes:
    return template_workbook(page.store, page.actor, kinds)


def _workbook(page: Context, kinds: list[str]) -> bytes:
    return export_workbook(page.store, page.actor, kinds)


def _csv(page: Context, kind: str) -> str:
    return BOM + export_csv(page.store, page.actor, kind)
