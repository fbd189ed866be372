"""Papers as markup: a preview to read, and the list of what was issued."""

from collections.abc import Mapping, Sequence

from core.config import local_moment
from core.domain.documents import Document
from core.domain.papers import DRAFT, Block, Grid, Heading, Paper, Paragraph
from core.domain.sentences import day_in_prose
from core.ui.html import Markup, element, join
from core.ui.plain_table import plain_table

_BLANK = join()


def paper_markup(paper: Paper) -> Markup:
    """Write a paper to read before it is taken away."""
    marks = "　".join([*(["示例数据"] if paper.sample else []), *([DRAFT] if paper.draft else [])])
    parts = [
        element("p", f"{paper.number}　{marks}", class_="label"),
        element("h3", paper.title),
        element("p", f"{paper.addressee}：", class_="flush") if paper.addressee else _BLANK,
        *(_block(block) for block in paper.blocks),
        element("p", paper.issuer, class_="end"),
        element("p", day_in_prose(paper.day), class_="end"),
        element("p", f"抄送：{paper.copies}", class_="flush") if paper.copies else _BLANK,
    ]
    return element(
        "div", element("article", *parts), class_="anze-paper", tabindex="0", role="region", aria_label="预览"
    )


def _block(block: Block) -> Markup:
    if isinstance(block, Heading):
        return element("h4", block.text)
    if isinstance(block, Paragraph):
        return element("p", block.text)
    if isinstance(block, Grid):
        return _grid(block)
    return _BLANK  # a chart says what the table beside it says


def _grid(grid: Grid) -> Markup:
    heads = element("tr", *(element("th", head, scope="col") for head in grid.heads))
    rows = [element("tr", *(element("td", text) for text in row)) for row in grid.rows]
    caption = element("caption", grid.title) if grid.title else _BLANK
    return element("table", caption, element("thead", heads), element("tbody", *rows))


_HEADS = ("种类", "标题", "文号", "送达单位", "日期", "数据截至", "发出", "摘要")


def documents_markup(
    documents: Sequence[Document], names: Mapping[str, str], people: Mapping[str, str]
) -> Markup:
    """Write the issued documents as a table."""
    return plain_table(_HEADS, [_row(each, names, people) for each in documents], "已发出的文书")


def _row(document: Document, names: Mapping[str, str], people: Mapping[str, str]) -> tuple[str, ...]:
    when = f"{local_moment(document.at):%Y-%m-%d %H:%M}" if document.at else ""
    who = people.get(document.issued_by, document.issued_by)
    return (
        *(document.kind.label, document.title, document.number, names.get(document.unit, document.unit)),
        *(str(document.issued_on), str(document.as_of), f"{who} {when}", document.sha256[:12]),
    )
