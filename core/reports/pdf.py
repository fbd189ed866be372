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


def converter() -> str | None:
    """The program that turns files into PDF; None where the machine has none."""
    named = os.environ.get("SOFFICE") or next(filter(None, map(shutil.which, _NAMES)), None)
    return named or next((place for place in _PLACES if Path(place).is_file()), None)


def pdf_of(content: bytes, ending: str = "docx") -> bytes:
    """Turn a file into PDF.

    Raises:
        ConversionError: there is no LibreOffice, or it did not give a file in time.
    """
    program = converter()
    if program is None:
        raise ConversionError(
            "这台服务器没有安装 LibreOffice，不能生成 PDF；请下载 Word 文件，用 WPS 或 Word 另存为 PDF。"
        )
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
    except (OSError, subprocess.TimeoutExpired):
        raise ConversionError("PDF 没有在规定时间内生成，请稍后再试，或下载 Word 文件。") from None
