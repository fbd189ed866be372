"""The commands that take files in and give them out; each gives back what is to be printed."""

import argparse
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from core.auth import OPERATOR
from core.domain.forms import FORMS
from core.errors import ImportRefusedError, SupervisionError
from core.services.catalogues import catalogues_now
from core.services.exporting import export_csv
from core.services.exporting_workbooks import JOURNAL, export_journal_csv, export_workbook
from core.services.importing import import_tables
from core.services.marking import marked_workbook
from core.services.new_years import export_catalogue, import_catalogue
from core.services.tables import Table, read_folder
from core.store.engine import Store

WORKBOOK = ".xlsx"
CATALOGUE, CATALOGUE_FILE = "catalogue", ".toml"
_OTHER_NAMES = {JOURNAL: "变更日志", CATALOGUE: "事项目录"}


def import_files(store: Store, asked: argparse.Namespace, *, today: date, now: datetime) -> str:
    """Take files in, or check them only; with `--marked`, a refused file is written with its reasons in it.

    Raises:
        ImportRefusedError: every bad row of every file.
    """
    if asked.path.lower().endswith(CATALOGUE_FILE):
        return _import_catalogue(store, asked, now)
    tables = read_folder(Path(asked.path), asked.kind)
    try:
        plan = import_tables(store, OPERATOR, tables, today=today, now=now, dry_run=asked.dry_run)
    except ImportRefusedError as error:
        _mark(tables, error, asked.marked)
        raise
    warned = "".join(f"提示：{each}\n" for each in plan.warnings)
    return warned + ("（仅检查，未保存）\n" if asked.dry_run else "") + f"{plan}\n"


def export_files(store: Store, asked: argparse.Namespace) -> str:
    """Give one kind out, as a workbook where the file is to be called .xlsx; empty where a file was written.

    Raises:
        SupervisionError: the file cannot be written.
    """
    target = asked.output
    if asked.kind == CATALOGUE:
        return _export_catalogue(store, asked)
    if target and target.lower().endswith(WORKBOOK):
        _write_file(target, export_workbook(store, OPERATOR, [asked.kind]))
        return ""
    journal = asked.kind == JOURNAL
    text = export_journal_csv(store, OPERATOR) if journal else export_csv(store, OPERATOR, asked.kind)
    if not target:
        return text
    _write_file(target, text.encode("utf-8"))
    return ""


def name_of_kind(kind: str) -> str:
    """What a kind of file is called; the journal says so."""
    return FORMS[kind].label if kind in FORMS else _OTHER_NAMES[kind]


def _import_catalogue(store: Store, asked: argparse.Namespace, now: datetime) -> str:
    try:
        text = Path(asked.path).read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise SupervisionError(
            f"无法读取文件“{asked.path}”，请检查路径；年度目录须是 UTF-8 文本。"
        ) from error
    added = import_catalogue(store, OPERATOR, text, now=now, dry_run=asked.dry_run)
    checked = "（仅检查，未保存）\n" if asked.dry_run else ""
    return f"{checked}新增 {int(added)}，更新 0，未变 {int(not added)}\n"


def _export_catalogue(store: Store, asked: argparse.Namespace) -> str:
    year = asked.year or max(catalogues_now(store))
    text = export_catalogue(store, OPERATOR, year)
    if not asked.output:
        return text
    _write_file(asked.output, text.encode("utf-8"))
    return ""


def _mark(tables: Sequence[Table], error: ImportRefusedError, target: str | None) -> None:
    if target:
        _write_file(target, marked_workbook(tables, error.problems))


def _write_file(target: str, content: bytes) -> None:
    try:
        Path(target).write_bytes(content)
    except OSError as error:
        raise SupervisionError(f"无法写入文件“{target}”，请检查文件夹和权限。") from error
