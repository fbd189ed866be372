"""Empty workbooks to fill in: heads, drop-down lists, dates as dates, and a sheet that explains it all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.domain.columns import Holds
from core.reports.sheets import Book, width_of, written

ROWS_TO_FILL = 5_000
"""Excel checks what is typed in this many rows; rows beyond are taken in all the same."""
_FIRST_DAY, _LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)
_EXPLANATION_HEADS = ("表", "列名", "必填", "填写要求", "示例")
_EXPLANATION_WIDTHS = (10, 18, 8, 60, 30)


@dataclass(frozen=True, slots=True)
class TemplateColumn:
    """One column to fill; `choices` names the list it is chosen from, empty where there is none."""

    label: str
    holds: Holds
    needed: bool
    hint: str
    example: str
    choices: str = ""


@dataclass(frozen=True, slots=True)
class TemplateSheet:
    """One kind's sheet."""

    name: str
    columns: Sequence[TemplateColumn]


@dataclass(frozen=True, slots=True)
class Names:
    """What the two sheets beside the data are called."""

    explanation: str
    choices: str


def template_of(
    sheets: Sequence[TemplateSheet], choices: Mapping[str, Sequence[str]], notes: Sequence[str], names: Names
) -> bytes:
    """Write a template; `choices` are the lists by ASCII name, `notes` stand above the explanations."""
    with written() as (book, out):
        for each in sheets:
            _add_form(book, each)
        _add_explanation(book, sheets, notes, names.explanation)
        _add_choices(book, choices, names.choices)
    return out.getvalue()


def _add_form(book: Book, form: TemplateSheet) -> None:
    sheet = book.add_sheet(form.name)
    sheet.freeze_panes(1, 0)
    sheet.set_row(0, 22)
    for place, column in enumerate(form.columns):
        width = max(width_of(column.label), width_of(column.example), 10) + 4
        sheet.set_column(place, place, min(width, 40), book.style(_form_of(column)))
        sheet.write_string(0, place, column.label, book.needed_head if column.needed else book.head)
        rule = _rule(column)
        if rule:
            sheet.data_validation(1, place, ROWS_TO_FILL, place, rule)


def _form_of(column: TemplateColumn) -> str:
    """Text stays text, so that a code like 001 keeps its noughts."""
    return {Holds.DAY: "yyyy-mm-dd", Holds.COUNT: "0"}.get(column.holds, "@")


def _rule(column: TemplateColumn) -> dict[str, Any] | None:
    """What Excel and WPS check while somebody types; lists are named, since long ones vanish otherwise."""
    told = {"error_title": column.label, "error_message": column.hint[:250]}
    if column.choices:
        return {"validate": "list", "source": f"={column.choices}", "error_type": "warning", **told}
    if column.holds == Holds.FLAG:
        return {"validate": "list", "source": ["是", "否"], **told}
    if column.holds == Holds.DAY:
        limits = {"criteria": "between", "minimum": _FIRST_DAY, "maximum": _LAST_DAY}
        return {"validate": "date", **limits, **told}
    if column.holds == Holds.COUNT:
        return {"validate": "integer", "criteria": ">=", "value": 0, **told}
    return None


def _add_explanation(book: Book, sheets: Sequence[TemplateSheet], notes: Sequence[str], name: str) -> None:
    sheet = book.add_sheet(name)
    for place, width in enumerate(_EXPLANATION_WIDTHS):
        sheet.set_column(place, place, width)
    row = 0
    for row, note in enumerate(notes, 1):
        sheet.write_string(row - 1, 0, note)
    row += 1
    for place, head in enumerate(_EXPLANATION_HEADS):
        sheet.write_string(row, place, head, book.head)
    for form in sheets:
        for column in form.columns:
            row += 1
            needed = "必填" if column.needed else ""
            for place, text in enumerate((form.name, column.label, needed, column.hint, column.example)):
                book.put(sheet, row, place, text)


def _add_choices(book: Book, choices: Mapping[str, Sequence[str]], name: str) -> None:
    """The lists on a hidden sheet, row by row since the book is written that way, each under its name."""
    sheet = book.add_sheet(name)
    sheet.hide()
    longest = max(map(len, choices.values()), default=0)
    for row in range(longest):
        for place, texts in enumerate(choices.values()):
            if row < len(texts):
                sheet.write_string(row, place, texts[row])
    for place, (title, texts) in enumerate(choices.items()):
        letter = chr(ord("A") + place)
        book.book.define_name(title, f"='{name}'!${letter}$1:${letter}${max(1, len(texts))}")
