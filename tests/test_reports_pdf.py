"""PDF on a machine without LibreOffice, with a wrong one, and with one that fails: each says what is so."""

import os
from pathlib import Path

import pytest

from core.errors import ConversionError
from core.reports import pdf


def program(folder: Path, lines: str) -> str:
    """Write a program that stands in LibreOffice's place."""
    path = folder / "office"
    path.write_text(f"#!/bin/sh\n{lines}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that has no LibreOffice anywhere."""
    monkeypatch.delenv("SOFFICE", raising=False)
    monkeypatch.setattr(pdf, "_NAMES", ())
    monkeypatch.setattr(pdf, "_PLACES", ())


@pytest.mark.usefixtures("bare")
def test_without_libreoffice_it_says_so_and_what_to_do_instead() -> None:
    assert pdf.converter() is None
    with pytest.raises(ConversionError, match="没有安装 LibreOffice，不能生成 PDF；请下载 Word 文件"):
        pdf.pdf_of(b"")


def test_a_setting_that_names_no_program_is_blamed_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "notes.txt").write_text("no program", encoding="utf-8")
    for named in (tmp_path / "gone", tmp_path, tmp_path / "notes.txt"):
        monkeypatch.setenv("SOFFICE", str(named))
        assert pdf.converter() is None
        with pytest.raises(ConversionError, match="环境变量 SOFFICE 指定的程序不存在或不能运行"):
            pdf.pdf_of(b"")


@pytest.mark.skipif(os.name == "nt", reason="programs of one line are written otherwise there")
@pytest.mark.parametrize(
    ("lines", "said"),
    [("exit 1", "PDF 没有生成，请稍后再试"), ("sleep 20", "没有在规定时间内生成")],
)
def test_a_converter_that_fails_or_takes_too_long_is_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lines: str, said: str
) -> None:
    monkeypatch.setenv("SOFFICE", program(tmp_path, lines))
    monkeypatch.setattr(pdf, "_SECONDS", 0.5)
    assert pdf.lack() == ""
    with pytest.raises(ConversionError, match=said):
        pdf.pdf_of(b"")


@pytest.mark.skipif(os.name == "nt", reason="programs of one line are written otherwise there")
def test_a_file_that_only_looks_like_a_program_is_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "office"
    broken.write_bytes(b"\x7fELF no machine code")
    broken.chmod(0o755)
    monkeypatch.setenv("SOFFICE", str(broken))
    with pytest.raises(ConversionError, match="LibreOffice 不能运行"):
        pdf.pdf_of(b"")
