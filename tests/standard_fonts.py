"""Fonts that bear the names of GB/T 9704-2012, drawn with the machine's own Chinese glyphs.

The office has 方正小标宋简体 and its fellows, this machine has none of them, and nobody may ship them. A copy
of the machine's font under each of the names shows in a PDF which name was asked for, and keeps the widths of
Chinese letters: each is as wide as it is high.
"""

import shutil
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

POSTSCRIPT_NAMES: Mapping[str, str] = {
    "方正小标宋简体": "XiaoBiaoSong",
    "仿宋_GB2312": "FangSong",
    "楷体_GB2312": "KaiTi",
    "黑体": "HeiTi",
    "宋体": "SongTi",
}
"""The name by which a PDF calls each of them."""
_CONFIGURATION = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>
"""
_FAMILY, _STYLE, _UNIQUE, _FULL, _POSTSCRIPT = 1, 2, 3, 4, 6


def find_chinese_font() -> tuple[Path, int] | None:
    """The file of the machine's Chinese font and its number in it; None where there is none."""
    if shutil.which("fc-match") is None:
        return None
    asked = ["fc-match", "-f", "%{file}\t%{index}\t%{family}", "Noto Sans CJK SC"]
    found = subprocess.run(asked, check=True, capture_output=True, text=True)
    file, index, family = found.stdout.split("\t")
    return (Path(file), int(index)) if "CJK" in family else None


def make_fonts(source: tuple[Path, int], letters: Iterable[str], folder: Path) -> Path:
    """Write a font for each name into a folder; the configuration that knows no others."""
    fonts = folder / "fonts"
    fonts.mkdir()
    font = TTFont(source[0], fontNumber=source[1])
    wanted = subset.Subsetter(subset.Options(name_IDs=["*"], notdef_outline=True))
    wanted.populate(text="".join(sorted(set(letters))))
    wanted.subset(font)
    for name, postscript in POSTSCRIPT_NAMES.items():
        _rename(font, name, postscript)
        font.save(fonts / f"{postscript}.otf")
    configuration = folder / "fonts.conf"
    configuration.write_text(_CONFIGURATION.format(fonts=fonts, cache=folder / "cache"), encoding="utf-8")
    return configuration


def _rename(font: TTFont, name: str, postscript: str) -> None:
    table = font["name"]
    table.names = []
    called = {_FAMILY: name, _STYLE: "Regular", _UNIQUE: postscript, _FULL: name, _POSTSCRIPT: postscript}
    for what, text in called.items():
        table.setName(text, what, 3, 1, 0x804 if what != _POSTSCRIPT else 0x409)
        table.setName(text if what == _FAMILY else postscript, what, 3, 1, 0x409)
    if "CFF " in font:
        outlines = font["CFF "].cff
        outlines.fontNames = [postscript]
        for part in getattr(outlines.topDictIndex[0], "FDArray", ()):  # LibreOffice calls a font by its part
            part.FontName = postscript
