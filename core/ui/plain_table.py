"""A plain table that a phone shows line by line: every cell carries the head that it stands under."""

from collections.abc import Iterable, Sequence

from core.ui.html import Markup, element

Cell = str | tuple[str, str]
"""What stands in a cell; with a status, its text bears that status's colours."""


def plain_table(heads: Sequence[str], rows: Iterable[Sequence[Cell]], label: str = "") -> Markup:
    """Write heads and rows; `label` names the table for those who cannot see it."""
    body = [
        element("tr", *(_cell(head, cell) for head, cell in zip(heads, row, strict=True))) for row in rows
    ]
    table = element(
        "table",
        element("thead", element("tr", *(element("th", head, scope="col") for head in heads))),
        element("tbody", *body),
        class_="plain lined",
        aria_label=label or None,
    )
    return element("div", table, class_="anze-lists")


def _cell(head: str, cell: Cell) -> Markup:
    if isinstance(cell, tuple):
        text, status = cell
        pill = element("span", text, class_="pill")
        return element("td", pill, data_head=head, data_status=status)
    return element("td", cell or "—", data_head=head)
