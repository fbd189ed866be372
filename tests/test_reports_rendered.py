"""Papers as they come out of a printer: LibreOffice lays them out, a program measures the pages."""

import io
import itertools
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any

import pdfplumber
import pytest

from core.domain.papers import (
    Block,
    Grid,
    Heading,
    Layout,
    Paper,
    PaperKind,
    Paragraph,
)
from core.reports.official import docx_of
from core.reports.pdf import converter, pdf_of
from tests.conftest import missing
from tests.standard_fonts import POSTSCRIPT_NAMES, find_chinese_font, make_fonts

_MM = 25.4 / 72
_DAY = date(2025, 7, 5)
_ISSUER = "泰安市人民政府安全生产委员会办公室"
_BODY = "各级各部门要认真落实安全生产责任制，" * 60
_LETTERS = {chr(code) for code in range(0x20, 0x7F)} | set(
    "—　【】〔〕（）：；，。、年月日抄送印发签发人文号稿审文件"
)


def _official(blocks: tuple[Block, ...]) -> Paper:
    return Paper(
        PaperKind.BULLETIN,
        Layout.OFFICIAL,
        "关于安全生产责任制落实情况的通报",
        blocks,
        _DAY,
        addressee="各县（市、区）人民政府",
        issuer=_ISSUER,
        copies="市委、市政府有关领导同志",
    )


_LONG = _official(
    (
        Heading("一、总体情况"),
        Heading("（一）基本情况", 2),
        *(Paragraph(_BODY) for _ in range(3)),
    )
)
_SHORT = replace(_LONG, blocks=(Paragraph(_BODY), Paragraph("特此通报。")))
_FULL_LINES = range(6, 12)
"""Where the last words of a paper end near the foot of its first page."""
_FULL = {
    f"full {lines}": _official((Paragraph("各" * (28 * lines - 5)), Paragraph("特此通报。")))
    for lines in _FULL_LINES
}
_LETTER = replace(_LONG, kind=PaperKind.LETTER, layout=Layout.LETTER, copies="", number="安委办督〔2025〕7号")
_TABLE = _official(
    (Grid(("单位", "完成率"), tuple((f"第{row}专委会", "50.0%") for row in range(60)), (70, 30), "表1 情况"),)
)


class Sheets:
    """A paper laid out: its pages with every sign on them, in millimetres from the upper left corner."""

    def __init__(self, paper: Paper) -> None:
        """Lay the paper out."""
        self.pdf = pdf_of(docx_of(paper))

    @cached_property
    def pages(self) -> list[Any]:
        """The pages as pdfplumber reads them."""
        return list(pdfplumber.open(io.BytesIO(self.pdf)).pages)

    def lines(self, page: int) -> dict[float, list[Any]]:
        """The signs of a page by the foot of their line, in millimetres."""
        found: dict[float, list[Any]] = {}
        for sign in sorted(self.pages[page].chars, key=lambda each: (each["doctop"], each["x0"])):
            if sign["text"].strip():
                near = next((foot for foot in found if abs(foot - sign["bottom"] * _MM) < 1.5), None)
                found.setdefault(sign["bottom"] * _MM if near is None else near, []).append(sign)
        return dict(sorted(found.items()))

    def text(self, page: int) -> list[str]:
        """The lines of a page, each from left to right."""
        return [_text(signs) for signs in self.lines(page).values()]

    def body(self, page: int) -> dict[float, list[Any]]:
        """The lines of a page without its number."""
        return {foot: signs for foot, signs in self.lines(page).items() if not _text(signs).startswith("—")}


def _text(signs: list[Any]) -> str:
    ordered = sorted(signs, key=lambda each: each["x0"])
    return "".join(each["text"] for each in ordered).replace("\u2003", "")


def _left(signs: list[Any]) -> float:
    return float(min(each["x0"] for each in signs) * _MM)


def _right(signs: list[Any]) -> float:
    return float(max(each["x1"] for each in signs) * _MM)


def _font(signs: list[Any]) -> set[tuple[str, float]]:
    return {(each["fontname"].partition("+")[2], round(each["size"], 1)) for each in signs}


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, Sheets]]:
    """The papers laid out with fonts of the standard's names."""
    source = find_chinese_font()
    if converter() is None or source is None:
        missing("LibreOffice, or fontconfig with a Chinese font")
    papers = {"long": _LONG, "short": _SHORT, "letter": _LETTER, "table": _TABLE, **_FULL}
    letters = _LETTERS | {sign for paper in papers.values() for sign in repr(paper)}
    folder = tmp_path_factory.mktemp("fonts")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("FONTCONFIG_FILE", str(make_fonts(source, letters, folder)))
        yield {name: Sheets(paper) for name, paper in papers.items()}


def test_a_page_is_a4_and_its_text_block_is_156_by_225_mm(sheets: Mapping[str, Sheets]) -> None:
    pages = sheets["long"].pages
    assert len(pages) > 2
    for number, page in enumerate(pages[:-1]):
        assert (page.width * _MM, page.height * _MM) == pytest.approx((210, 297), abs=0.1)
        lines = sheets["long"].body(number)
        assert min(map(_left, lines.values())) == pytest.approx(28, abs=0.3)
        assert max(map(_right, lines.values())) == pytest.approx(184, abs=0.6)
        assert min(foot - signs[0]["size"] * _MM for foot, signs in lines.items()) >= 37
        assert max(lines) <= 262


def test_a_full_page_has_22_lines_of_28_letters(sheets: Mapping[str, Sheets]) -> None:
    lines = sheets["long"].body(1)
    assert len(lines) == 22
    assert {len(signs) for signs in list(lines.values())[:8]} == {28}
    feet = list(lines)
    steps = [after - before for before, after in itertools.pairwise(feet)]
    assert steps == pytest.approx([28.95 * _MM] * 21, abs=0.1)


def test_page_numbers_stand_outside_between_dashes_in_14_points(sheets: Mapping[str, Sheets]) -> None:
    for number in range(len(sheets["long"].pages)):
        foot, signs = list(sheets["long"].lines(number).items())[-1]
        assert _text(signs).replace(" ", "") == f"—{number + 1}—"
        assert _font(signs) == {(POSTSCRIPT_NAMES["宋体"], 14.0)}
        assert 262 < foot < 277
        if number % 2:
            assert _left(signs) == pytest.approx(28, abs=1)
        else:
            assert _right(signs) == pytest.approx(184, abs=1)


@pytest.mark.parametrize(
    ("words", "name", "size"),
    [
        ("关于安全生产责任制落实情况的通报", "方正小标宋简体", 22.0),
        ("一、总体情况", "黑体", 16.0),
        ("（一）基本情况", "楷体_GB2312", 16.0),
        ("各县（市、区）人民政府：", "仿宋_GB2312", 16.0),
    ],
)
def test_each_part_is_set_in_the_font_and_size_of_the_standard(
    sheets: Mapping[str, Sheets], words: str, name: str, size: float
) -> None:
    signs = next(signs for signs in sheets["long"].lines(0).values() if _text(signs) == words)
    assert _font(signs) == {(POSTSCRIPT_NAMES[name], size)}


def test_no_page_of_a_paper_falls_back_on_another_font(sheets: Mapping[str, Sheets]) -> None:
    for made in sheets.values():
        names = {each["fontname"].partition("+")[2] for page in made.pages for each in page.chars}
        assert names <= set(POSTSCRIPT_NAMES.values())


def test_signature_and_date_stay_with_the_last_words(sheets: Mapping[str, Sheets]) -> None:
    for name in ("long", "short", "letter"):
        pages = [sheets[name].text(number) for number in range(len(sheets[name].pages))]
        signed = next(page for page in pages if "2025年7月5日" in page)
        place = signed.index("2025年7月5日")
        assert signed[place - 1] == _ISSUER
        assert place > 1


def test_no_page_is_left_empty_before_the_last(sheets: Mapping[str, Sheets]) -> None:
    for name in ("long", "short", "letter"):
        for number in range(len(sheets[name].pages) - 1):
            assert list(sheets[name].body(number))[-1] > 230


def test_copies_and_printing_lie_at_the_foot_of_the_last_page(sheets: Mapping[str, Sheets]) -> None:
    for name in ("long", "short"):
        number = len(sheets[name].pages) - 1
        assert sheets[name].text(number)[-3:-1] == [
            "抄送：市委、市政府有关领导同志。",
            f"{_ISSUER}2025年7月5日印发",
        ]
        assert 255 < list(sheets[name].body(number))[-1] <= 262


def test_copies_and_printing_never_lie_alone_on_a_page(sheets: Mapping[str, Sheets]) -> None:
    lasts = {name: sheets[name].text(len(sheets[name].pages) - 1) for name in _FULL}
    assert {len(sheets[name].pages) for name in _FULL} == {1, 2}
    for lines in lasts.values():
        assert lines[-6:-1] == [
            "特此通报。",
            _ISSUER,
            "2025年7月5日",
            "抄送：市委、市政府有关领导同志。",
            f"{_ISSUER}2025年7月5日印发",
        ]


def test_a_letter_has_its_mark_30_mm_from_the_top_and_double_red_lines(sheets: Mapping[str, Sheets]) -> None:
    first = sheets["letter"].pages[0]
    foot, mark = next(iter(sheets["letter"].lines(0).items()))
    assert _text(mark) == _ISSUER
    assert foot - mark[0]["size"] * _MM == pytest.approx(30, abs=2)
    rules = sorted({round(each["top"] * _MM, 1) for each in first.lines + first.rects})
    upper, lower = [rule for rule in rules if rule < 100], [rule for rule in rules if rule > 200]
    assert min(upper) - foot == pytest.approx(4, abs=3)
    assert 297 - max(lower) == pytest.approx(20, abs=1)
    for rule in first.lines + first.rects:
        assert (rule["x1"] - rule["x0"]) * _MM == pytest.approx(170, abs=1)


def test_a_letter_shows_no_number_on_its_first_page_only(sheets: Mapping[str, Sheets]) -> None:
    assert not any(line.startswith("—") for line in sheets["letter"].text(0))
    assert sheets["letter"].text(1)[-1].replace(" ", "") == "—2—"


def test_a_table_over_two_pages_repeats_its_head_and_stays_in_the_text_block(
    sheets: Mapping[str, Sheets],
) -> None:
    pages = [sheets["table"].text(number) for number in range(len(sheets["table"].pages))]
    heads = [sum(line == "单位完成率" for line in page) for page in pages]
    rows = [line for page in pages for line in page if line.endswith("50.0%")]
    assert len(rows) == 60
    assert [count for count, page in zip(heads, pages, strict=True) if any("50.0%" in line for line in page)]
    assert all(
        count == 1
        for count, page in zip(heads, pages, strict=True)
        if any(line.endswith("50.0%") for line in page)
    )
    for page in sheets["table"].pages:
        for rule in page.lines + page.rects:
            assert rule["x0"] * _MM >= 27
            assert rule["x1"] * _MM <= 185
