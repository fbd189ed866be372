"""Word files turned into PDF by LibreOffice, where the machine has it."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from core.errors import ConversionError

MIME = "application/pdf"
_NAMES = ("soffice", "libreoffice", "soffice.exe")
_PLACES = (
    "/usr/bin/soffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
)
_SECONDS = 120
_ADVICE = "请下载 Word 文件，用 WPS 或 Word 另存为 PDF。"


def converter() -> str | None:
    """The program that turns files into PDF: the one that SOFFICE names, else whichever the machine has."""
    named = os.environ.get("SOFFICE")
    if named:
        return shutil.which(named)
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    return found or next((place for place in _PLACES if Path(place).is_file()), None)


def lack() -> str:
    """Say why no PDF can be made here and what to do; empty where it can."""
    if converter():
        return ""
    if os.environ.get("SOFFICE"):
        return f"环境变量 SOFFICE 指定的程序不存在或不能运行，不能生成 PDF；{_ADVICE}"
    return f"这台服务器没有安装 LibreOffice，不能生成 PDF；{_ADVICE}"


def pdf_of(content: bytes, ending: str = "docx") -> bytes:
    """Turn a file into PDF.

    Raises:
        ConversionError: there is no LibreOffice, it cannot be run, or it did not give a file in time.
    """
    program = converter()
    if program is None:
        raise ConversionError(lack())
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"paper.{ending}"
        source.write_bytes(content)
        _run(program, folder, source)
        made = source.with_suffix(".pdf")
        if not made.is_file():
            raise ConversionError("PDF 没有生成，请稍后再试，或下载 Word 文件。")
        return made.read_bytes()


def _run(program: str, folder: str, source: Path) -> None:
    """A profile of its own: two people at once would else wait for each other."""
    profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
    command = [program, "--headless", profile, "--convert-to", "pdf", "--outdir", folder, str(source)]
    try:
        subprocess.run(command, check=False, timeout=_SECONDS, capture_output=True)  # noqa: S603 - our own words
    except OSError:
        raise ConversionError(f"LibreOffice 不能运行，PDF 没有生成；{_ADVICE}") from None
    except subprocess.TimeoutExpired:
        raise ConversionError("PDF 没有在规定时间内生成，请稍后再试，或下载 Word 文件。") from None
