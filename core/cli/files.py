"""The commands that take files in and give them out; each gives back what is to be printed."""

import argparse
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from core.auth import OPERATOR
from core.errors import ImportRefusedError, SupervisionError
from core.services.exporting import export_csv
from core.services.exporting_workbooks import JOURNAL, export_journal_csv, export_workbook
from core.services.importing import import_tables
from core.services.marking import marked_workbook
from core.services.tables import Table, read_folder
from core.store.engine import Store

WORKBOOK = ".xlsx"


def import_files(store: Store, asked: argparse.Namespace, *, today: date, now: datetime) -> str:
    """Take files in, or check them only; with `--marked`, a refused file is written with its reasons in it.

    Raises:
        ImportRefusedError: every bad row of every file.
    """
    tables = read_folder(Path(asked.path), asked.kind)
    try:
        plan = import_tables(store, OPERATOR, tables, today=today, now=now, dry_run=asked.dry_run)
    except ImportRefusedError as error:
        _mark(tables, error, asked.marked)
        raise
    return ("（仅检查，未保存）\n" if asked.dry_run else "") + f"{plan}\n"


def export_files(store: Store, asked: argparse.Namespace) -> str:
    """Give one kind out, as a workbook where the file is to be called .xlsx; empty where a file was written.

    Raises:
        SupervisionError: the file cannot be written.
    """
    target = asked.output
    if target and target.lower().endswith(WORKBOOK):
        _write_file(target, export_workbook(store, OPERATOR, [asked.kind]))
        return ""
    journal = asked.kind == JOURNAL
    text = export_journal_csv(store, OPERATOR) if journal else export_csv(store, OPERATOR, asked.kind)
    if not target:
        return text
    _write_file(target, text.encode("utf-8"))
    return ""


def _mark(tables: Sequence[Table], error: ImportRefusedError, target: str | None) -> None:
    if target:
        _write_file(target, marked_workbook(tables, error.problems))


def _write_file(target: str, content: bytes) -> None:
    try:
        Path(target).write_bytes(content)
    except OSError as error:
        raise SupervisionError(f"无法写入文件“{target}”，请检查文件夹和权限。") from error
