"""The command that writes documents: bulletin, letter, notice, workbook, brief, material."""

import argparse
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from core.auth import OPERATOR
from core.domain.papers import PaperKind
from core.errors import InputError, SupervisionError
from core.services.composing import Order, compose, pdf_file, word_file
from core.services.quarter_books import quarter_workbook
from core.store.engine import Store


def write_paper(store: Store, asked: argparse.Namespace, today: date) -> str:
    """Write the wanted document into its file; .docx, or .pdf where the file is called so.

    Raises:
        InputError: another ending, or nothing to write about.
        SupervisionError: the file cannot be written.
    """
    target = Path(asked.output)
    if asked.paper == "workbook":
        _expect(target, ".xlsx")
        content = quarter_workbook(store, OPERATOR, asked.quarter, as_of=asked.as_of or today)
    else:
        _expect(target, ".docx", ".pdf")
        paper = compose(store, OPERATOR, _ORDERS[asked.paper](asked, today))
        content = pdf_file(paper) if target.suffix.lower() == ".pdf" else word_file(paper)
    try:
        target.write_bytes(content)
    except OSError as error:
        raise SupervisionError(f"不能写入文件“{target}”：请检查文件夹是否存在、是否有权限。") from error
    return f"已生成 {target}\n"


def name_of_paper(asked: argparse.Namespace) -> str:
    """What the paper is called; the journal says so."""
    if asked.paper == "workbook":
        return "季度工作簿"
    return PaperKind.of(asked.kind if asked.paper == "letter" else asked.paper).label


def _expect(target: Path, *endings: str) -> None:
    if target.suffix.lower() not in endings:
        raise InputError(f"文件名“{target.name}”应以 {'、'.join(endings)} 结尾。")


def _bulletin(asked: argparse.Namespace, today: date) -> Order:
    return Order(PaperKind.BULLETIN, today, asked.as_of or today, subject=asked.quarter)


def _letter(asked: argparse.Namespace, today: date) -> Order:
    kind = PaperKind.of(asked.kind)
    subject = str(asked.measure or "")
    if bool(asked.obligation) != bool(asked.period):
        raise InputError("只写一格时，--obligation 事项编码和 --period 周期要一起写。")
    if asked.obligation:
        subject = f"{asked.obligation}/{asked.period}"
    if asked.hazard:
        kind = kind if kind in (PaperKind.LISTING, PaperKind.ESCALATION) else PaperKind.LISTING
        subject = asked.hazard
    elif not asked.unit and not asked.measure:
        raise InputError("请写明 --unit 单位编码、--measure 督办编号或 --hazard 隐患编号。")
    return Order(kind, today, asked.as_of or today, asked.unit, subject)


def _brief(asked: argparse.Namespace, today: date) -> Order:
    return Order(PaperKind.BRIEF, today, asked.as_of or today, asked.unit)


def _material(asked: argparse.Namespace, today: date) -> Order:
    return Order(PaperKind.MATERIAL, today, asked.as_of or today, asked.unit, str(asked.year or ""))


_ORDERS: Mapping[str, Callable[[argparse.Namespace, date], Order]] = {
    "bulletin": _bulletin,
    "letter": _letter,
    "brief": _brief,
    "material": _material,
}
