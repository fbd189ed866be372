"""Papers as Word files by GB/T 9704-2012: the same paper always gives the same bytes."""

import io
import re
from collections.abc import Mapping
from datetime import datetime, time
from typing import Any, NamedTuple

import docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from core.domain.papers import DRAFT, SIGNER_TO_COME, Bars, Grid, Heading, Layout, Paper, Paragraph
from core.domain.sentences import day_in_prose
from core.reports import docx_parts as parts
from core.reports.fixed_zip import fixed_zip

MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TEXT_WIDTH = 156.0
_TOP, _LEFT, _RIGHT, _BOTTOM = 37.0, 28.0, 26.0, 35.0
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LOOSE = re.compile(r"(?<=[^\x00-\x7f]) (?=\d)|(?<=[\d%]) (?=[^\x00-\x7f])")
_CENTRE, _RIGHT_SIDE, _LEFT_SIDE = (
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.RIGHT,
    WD_ALIGN_PARAGRAPH.LEFT,
)
_TITLE_WORDS = ("落实情况", "履职情况", "有关事项", "安全生产", "的通报", "的通知", "（截至")
"""What a title may be broken before."""
_PICTURE_WIDTH, _MOST_SIGNS, _MOST_CENTRED = 130, 20_000, 10
_DATE_INDENT = 4
_MOST_KEPT = 28 * 6
"""Longer words than these are not taken to another page whole, only to stand by the signature."""
_COPIES_TOP, _COPIES_WIDTH, _CELL_MARGIN = 244.0, 150.0, 1.9
"""版记 lies on the last lines of the text block, in millimetres from the top of the page; LibreOffice lets
only a table float that is narrower than the text."""


def docx_of(paper: Paper, pictures: Mapping[str, bytes] | None = None) -> bytes:
    """Write a paper as a Word file; `pictures` hold charts as PNG by their title."""
    book = docx.Document()
    _prepare(book, paper)
    _HEADS[paper.layout](book, paper)
    _add_title(book, paper)
    for block in paper.blocks:
        _add_block(book, block, _scale(paper), pictures or {})
    _add_signature(book, paper)
    if paper.copies:
        _add_copies(book, paper)
    _date(book, paper)
    out = io.BytesIO()
    book.save(out)
    return fixed_zip(out.getvalue())


def _prepare(book: Any, paper: Paper) -> None:
    """The page, its numbers on the outer side, and body text as the default."""
    section = book.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(_TOP), Mm(_BOTTOM)
    section.left_margin, section.right_margin = Mm(_LEFT), Mm(_RIGHT)
    section.footer_distance, section.header_distance = Mm(25), Mm(15)
    book.settings.odd_and_even_pages_header_footer = True
    section.different_first_page_header_footer = paper.layout == Layout.LETTER
    for footer, side in ((section.footer, _RIGHT_SIDE), (section.even_page_footer, _LEFT_SIDE)):
        line = footer.paragraphs[0]
        line.alignment = side
        parts.page_number(line, parts.PAGE_NUMBER)
    style = book.styles["Normal"]
    style.font.name, style.font.size = parts.BODY.name, Pt(parts.BODY.size)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), parts.BODY.name)
    parts.as_written(style)


def _scale(paper: Paper) -> parts.Scale:
    return parts.COMPACT if paper.layout == Layout.PLAIN else parts.BY_STANDARD


def _line(book: Any, text: str, face: parts.Face, side: Any = None, pitch: float = parts.PITCH.pt) -> Any:
    paragraph = book.add_paragraph()
    parts.space(paragraph, Pt(pitch))
    if side is not None:
        paragraph.alignment = side
    if text:
        parts.write(paragraph, _safe(_tight(text)), face)
    return paragraph


def _tight(text: str) -> str:
    """Figures close to the words, as papers have them; screens keep them apart."""
    return _LOOSE.sub("", text)


def _labels(paper: Paper) -> str:
    """What stands in the corner until a paper is finished."""
    return "　".join([*(["示例数据"] if paper.sample else []), *([DRAFT] if paper.draft else [])])


def _official_head(book: Any, paper: Paper) -> None:
    """The red head: whose paper it is, its number and who signs, and the red line."""
    _line(book, _labels(paper), parts.HEAD_1)
    mark = _line(
        book, f"{paper.issuer}文件", parts.Face(parts.MARK.name, _mark_size(paper.issuer), red=True), _CENTRE
    )
    parts.space(mark, Pt(58), after=20)
    number = _line(book, f"　{paper.number}\t签发人：{SIGNER_TO_COME}　", parts.BODY)
    parts.end_at(number, TEXT_WIDTH)
    parts.rule(number, "bottom", "single", 18)
    for _ in range(2):
        _line(book, "", parts.BODY)


def _mark_size(issuer: str) -> float:
    """As large as it may be on one line of the text block."""
    return min(parts.MARK.size, TEXT_WIDTH / 25.4 * 72 / (len(issuer) + 2) - 0.3)


def _letter_head(book: Any, paper: Paper) -> None:
    """The mark 30 mm from the top, a double line 4 mm below it and one 20 mm above the foot."""
    section = book.sections[0]
    section.header_distance, section.footer_distance = Mm(30), Mm(20)
    mark = section.first_page_header.paragraphs[0]
    mark.alignment = _CENTRE
    size = min(parts.LETTER_MARK.size, 170 / 25.4 * 72 / (len(paper.issuer) + 1))
    parts.write(mark, _safe(paper.issuer), parts.Face(parts.LETTER_MARK.name, size, red=True))
    parts.space(mark, Pt(size * 1.15), after=11)
    parts.widen(mark, 7)
    line = section.first_page_header.add_paragraph()
    parts.space(line, Pt(4), after=6)
    parts.rule(line, "top", "thickThinSmallGap", 24)
    parts.widen(line, 7)
    foot = section.first_page_footer.paragraphs[0]
    parts.space(foot, Pt(4))
    parts.rule(foot, "bottom", "thinThickSmallGap", 24)
    parts.widen(foot, 7)
    number = _line(book, f"{_labels(paper)}\t{paper.number}", parts.BODY)
    parts.end_at(number, TEXT_WIDTH)
    for _ in range(2):
        _line(book, "", parts.BODY)


def _plain_head(book: Any, paper: Paper) -> None:
    if _labels(paper):
        _line(book, _labels(paper), parts.HEAD_1)


_HEADS = {Layout.OFFICIAL: _official_head, Layout.LETTER: _letter_head, Layout.PLAIN: _plain_head}


def _add_title(book: Any, paper: Paper) -> None:
    scale = _scale(paper)
    most = int(TEXT_WIDTH / 25.4 * 72 / scale.title.size)
    for line in title_lines(paper.title, most):
        parts.space(_line(book, line, scale.title, _CENTRE), Pt(scale.title.size * 1.6))
    _line(book, "", scale.body, pitch=scale.pitch)
    if paper.addressee:
        _line(book, f"{paper.addressee}：", scale.body)


def title_lines(title: str, most: int) -> list[str]:
    """A title in lines that are as long as they may be, none of which ends within one of its words."""
    lines = [title]
    while len(lines[-1]) > most:
        rest = lines.pop()
        ends = [rest.find(word) for word in _TITLE_WORDS if 0 < rest.find(word) <= most]
        cut = max(ends, default=most)
        lines += [rest[:cut], rest[cut:]]
    return lines


def _add_block(book: Any, block: object, scale: parts.Scale, pictures: Mapping[str, bytes]) -> None:
    if isinstance(block, Heading):
        face = scale.head_1 if block.level == 1 else scale.head_2
        heading = _line(book, block.text, face, pitch=scale.pitch)
        parts.indent(heading, 2, face.size)
        heading.paragraph_format.keep_with_next = True
    elif isinstance(block, Paragraph):
        paragraph = _line(book, block.text, scale.body, WD_ALIGN_PARAGRAPH.JUSTIFY, scale.pitch)
        if block.indented:
            parts.indent(paragraph, 2, scale.body.size)
    elif isinstance(block, Grid):
        _add_grid(book, block, scale)
    elif isinstance(block, Bars) and block.title in pictures:
        _add_picture(book, block.title, pictures[block.title])


class _Column(NamedTuple):
    """How wide a column is and on which side its texts stand."""

    width: float
    side: Any


def _columns(grid: Grid) -> list[_Column]:
    """Figures and single words stand in the middle, where a column has nothing else."""
    longest = [max((len(text) for text in column), default=0) for column in zip(*grid.rows, strict=True)]
    sides = [_CENTRE if place and most <= _MOST_CENTRED else _LEFT_SIDE for place, most in enumerate(longest)]
    widths = [TEXT_WIDTH * share / sum(grid.widths) for share in grid.widths]
    return [_Column(*each) for each in zip(widths, sides or [_CENTRE] * len(widths), strict=True)]


def _add_grid(book: Any, grid: Grid, scale: parts.Scale) -> None:
    if grid.title:
        title = _line(book, grid.title, scale.cell_head, _CENTRE)
        title.paragraph_format.keep_with_next = True
    table = book.add_table(rows=0, cols=len(grid.heads))
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    columns = _columns(grid)
    for column, wanted in zip(table.columns, columns, strict=True):
        column.width = Mm(wanted.width)
    _add_row(table, grid.heads, [_Column(each.width, _CENTRE) for each in columns], scale, head=True)
    for row in grid.rows:
        _add_row(table, row, columns, scale)
    parts.space(book.add_paragraph(), Pt(12))


def _add_row(
    table: Any, texts: tuple[str, ...], columns: list[_Column], scale: parts.Scale, *, head: bool = False
) -> None:
    row = table.add_row()
    parts.keep_row_whole(row, repeat=head)
    for cell, text, column in zip(row.cells, texts, columns, strict=True):
        parts.set_width(cell, column.width)
        paragraph = cell.paragraphs[0]
        parts.space(paragraph, Pt(scale.cell_pitch), before=1.5, after=1.5)
        parts.free_of_grid(paragraph)
        paragraph.alignment = column.side
        parts.write(paragraph, _safe(_tight(text)), scale.cell_head if head else scale.cell)


def _add_picture(book: Any, title: str, picture: bytes) -> None:
    paragraph = book.add_paragraph()
    paragraph.alignment = _CENTRE
    paragraph.paragraph_format.keep_with_next = True
    paragraph.add_run().add_picture(io.BytesIO(picture), width=Mm(_PICTURE_WIDTH))
    _line(book, title, parts.BY_STANDARD.cell_head, _CENTRE)


def _add_signature(book: Any, paper: Paper) -> None:
    """Who issues it and when, on the page of the last words; 版记 goes along where those may be moved whole.

    Behind longer words 版记 may lie alone on a page: a signature alone would be worse.
    """
    scale = _scale(paper)
    last = book.paragraphs[-1]
    kept = last.paragraph_format.keep_with_next = len(last.text) <= _MOST_KEPT
    for text, characters in (("", 0), (paper.issuer, 2), (day_in_prose(paper.day), _DATE_INDENT)):
        line = _line(book, text, scale.body, _RIGHT_SIDE, scale.pitch)
        line.paragraph_format.right_indent = Pt(scale.body.size * characters)
        line.paragraph_format.keep_with_next = characters < _DATE_INDENT or (kept and bool(paper.copies))


def _add_copies(book: Any, paper: Paper) -> None:
    """版记: a table at the foot of the last page, whoever gets copies and who printed it when."""
    table = book.add_table(rows=2, cols=1)
    table.autofit = False
    table.columns[0].width = Mm(_COPIES_WIDTH)
    printed = f"　{paper.issuer}\t{day_in_prose(paper.day)}印发　"
    for row, text in zip(table.rows, (f"　抄送：{paper.copies}。", printed), strict=True):
        parts.set_width(row.cells[0], _COPIES_WIDTH)
        parts.keep_row_whole(row)
        paragraph = row.cells[0].paragraphs[0]
        parts.space(paragraph, Pt(24))
        parts.end_at(paragraph, _COPIES_WIDTH - 2 * _CELL_MARGIN)
        parts.free_of_grid(paragraph)
        parts.write(paragraph, _safe(text), parts.SMALL)
    parts.rule_table(table)
    parts.sink(table, _COPIES_TOP)
    parts.space(book.add_paragraph(), Pt(1))


def _date(book: Any, paper: Paper) -> None:
    """What the file says of itself comes from the paper, never from the clock."""
    at = datetime.combine(paper.day, time())
    core = book.core_properties
    core.title, core.author, core.last_modified_by = _safe(paper.title), "安责看板", "安责看板"
    core.created = core.modified = core.last_printed = at
    core.revision, core.comments, core.keywords = 1, "", ""


def _safe(text: str) -> str:
    return _UNPRINTABLE.sub("", text)[:_MOST_SIGNS]
