"""Small parts of a Word file that python-docx has no words for: fonts, borders, fields, widths."""

from dataclasses import dataclass
from typing import Any

from docx.enum.text import WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

RED = RGBColor(0xC8, 0x10, 0x2E)
PITCH = Pt(28.95)
"""The height of a line: 22 of them fill the 225 mm of a text block (GB/T 9704-2012)."""
_CLOSER = {16: -5}
"""28 letters of 16 points are wider than the 156 mm that they are to fill: a quarter of a point less each."""
_TWIPS_PER_MM = 56.7
_AFTER_SPACING = ("w:w", "w:kern", "w:position", "w:sz", "w:szCs", "w:highlight", "w:u")


@dataclass(frozen=True, slots=True)
class Face:
    """A font by its Chinese name and a size in points; nobody ships the font, the office has it."""

    name: str
    size: float
    bold: bool = False
    red: bool = False


TITLE = Face("方正小标宋简体", 22)
MARK = Face("方正小标宋简体", 36, red=True)
LETTER_MARK = Face("方正小标宋简体", 26, red=True)
BODY = Face("仿宋_GB2312", 16)
HEAD_1 = Face("黑体", 16)
HEAD_2 = Face("楷体_GB2312", 16)
SMALL = Face("仿宋_GB2312", 14)
PAGE_NUMBER = Face("宋体", 14)


@dataclass(frozen=True, slots=True)
class Scale:
    """How large everything on a sheet is: faces, and in points the heights of a line and of a cell's line."""

    title: Face
    body: Face
    head_1: Face
    head_2: Face
    cell: Face
    cell_head: Face
    pitch: float
    cell_pitch: float


BY_STANDARD = Scale(TITLE, BODY, HEAD_1, HEAD_2, Face("仿宋_GB2312", 11), Face("黑体", 11), 28.95, 16)
"""Documents and letters (GB/T 9704-2012)."""
COMPACT = Scale(
    Face("方正小标宋简体", 18),
    Face("仿宋_GB2312", 12),
    Face("黑体", 12),
    Face("楷体_GB2312", 12),
    Face("仿宋_GB2312", 9.5),
    Face("黑体", 9.5),
    18.5,
    12,
)
"""Sheets to read from, of which there are to be few."""


def write(paragraph: Any, text: str, face: Face) -> Any:
    """Add text in a face, named for Chinese and for Latin letters alike."""
    run = paragraph.add_run(text)
    run.font.name, run.font.size, run.font.bold = face.name, Pt(face.size), face.bold
    if face.red:
        run.font.color.rgb = RED
    fonts = run._element.get_or_add_rPr().get_or_add_rFonts()  # noqa: SLF001 - python-docx names no East Asian font
    for which in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(which), face.name)
    if face.size in _CLOSER:
        closer = OxmlElement("w:spacing")
        closer.set(qn("w:val"), str(_CLOSER[int(face.size)]))
        run._element.rPr.insert_element_before(closer, *_AFTER_SPACING)  # noqa: SLF001 - as above
    return run


def space(paragraph: Any, height: Any = PITCH, *, before: float = 0, after: float = 0) -> None:
    """Give a paragraph lines of an exact height."""
    form = paragraph.paragraph_format
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, height
    form.space_before, form.space_after = Pt(before), Pt(after)
    form.widow_control = False


def indent(paragraph: Any, characters: float, size: float) -> None:
    """Indent the first line by so many characters of a size."""
    found = paragraph._element.get_or_add_pPr().get_or_add_ind()  # noqa: SLF001 - as above
    found.set(qn("w:firstLineChars"), str(int(characters * 100)))
    found.set(qn("w:firstLine"), str(int(characters * size * 20)))


def as_written(style: Any) -> None:
    """Put no gap between Chinese letters and figures: a line is to hold as many as the standard says."""
    properties = style.element.get_or_add_pPr()
    for name in ("w:autoSpaceDE", "w:autoSpaceDN"):
        part = OxmlElement(name)
        part.set(qn("w:val"), "0")
        properties.append(part)


def end_at(paragraph: Any, millimetres: float) -> None:
    """Let what follows a tab end at so many millimetres from the left."""
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(millimetres), WD_TAB_ALIGNMENT.RIGHT)


def free_of_grid(paragraph: Any) -> None:
    """Let a paragraph in a table keep its own height, whatever grid the page has."""
    part = OxmlElement("w:snapToGrid")
    part.set(qn("w:val"), "0")
    paragraph._element.get_or_add_pPr().append(part)  # noqa: SLF001 - as above


def rule(paragraph: Any, side: str, kind: str, size: int) -> None:
    """Draw a red line above (top) or below (bottom) a paragraph; the size is in eighths of a point."""
    borders = OxmlElement("w:pBdr")
    line = OxmlElement(f"w:{side}")
    for name, value in (("val", kind), ("sz", str(size)), ("space", "1"), ("color", "C8102E")):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    properties = paragraph._element.get_or_add_pPr()  # noqa: SLF001 - as above
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


def widen(paragraph: Any, millimetres: float) -> None:
    """Let a paragraph reach beyond the text block on both sides."""
    paragraph.paragraph_format.left_indent = Mm(-millimetres)
    paragraph.paragraph_format.right_indent = Mm(-millimetres)


def page_number(paragraph: Any, face: Face) -> None:
    """Write — 1 — with the number as a field."""
    write(paragraph, "— ", face)
    for kind, text in (("begin", ""), ("", "PAGE"), ("separate", ""), (None, "1"), ("end", "")):
        run = write(paragraph, "", face)
        if kind is None:
            run.text = text
        elif kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._element.append(mark)  # noqa: SLF001 - as above
        else:
            code = OxmlElement("w:instrText")
            code.set(qn("xml:space"), "preserve")
            code.text = text
            run._element.append(code)  # noqa: SLF001 - as above
    write(paragraph, " —", face)


def set_width(cell: Any, millimetres: float) -> None:
    """Say how wide a cell is; Word and WPS each look in another place, so the column says it too."""
    cell.width = Mm(millimetres)


def keep_row_whole(row: Any, *, repeat: bool = False) -> None:
    """Keep a row on one page; `repeat` writes it again on top of each page."""
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - as above
    properties.append(OxmlElement("w:cantSplit"))
    if repeat:
        properties.append(OxmlElement("w:tblHeader"))


def rule_table(table: Any) -> None:
    """Lines above, below and between a table's rows, none at its sides."""
    borders = OxmlElement("w:tblBorders")
    for side, size in (("top", "8"), ("bottom", "8"), ("insideH", "4")):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", size), ("space", "0"), ("color", "000000")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    table._tbl.tblPr.find(qn("w:tblLayout")).addprevious(borders)  # noqa: SLF001 - python-docx has no borders


def sink(table: Any, top: float) -> None:
    """Let a table lie so many millimetres from the top of the page, wherever the text ends."""
    place = OxmlElement("w:tblpPr")
    wanted = {"vertAnchor": "page", "horzAnchor": "margin", "tblpXSpec": "center"}
    for name, value in (wanted | {"tblpY": str(int(top * _TWIPS_PER_MM))}).items():
        place.set(qn(f"w:{name}"), value)
    table._tbl.tblPr.find(qn("w:tblW")).addprevious(place)  # noqa: SLF001 - python-docx floats no tables
