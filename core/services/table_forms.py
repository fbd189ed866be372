"""A file's lines as a table of the import form: the header looked at, every row with its number."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.domain.forms import FORMS, Form, form_for
from core.domain.texts import clean, shorten
from core.errors import ImportRefusedError, InputError, RowProblem

Line = tuple[int, tuple[str, ...]]
"""A row's number as a person counts it (the header is 1) and its cells as texts."""
_LOOKED_AHEAD = 5


@dataclass(frozen=True, slots=True)
class Table:
    """One file's, or one sheet's, header and rows; `file` says which, as messages name it.

    Rows that cannot be read as they stand are not among `rows` but among `spoilt`, each with its problem.
    """

    file: str
    form: Form
    header: tuple[str, ...]
    rows: tuple[Line, ...]
    problems: tuple[RowProblem, ...] = ()
    spoilt: tuple[Line, ...] = ()
    sheet: str = ""
    first_row: int = 1


def table_of(
    file: str,
    lines: Sequence[Line],
    kind: str | None,
    names: Sequence[str] = (),
    known: Sequence[RowProblem] = (),
) -> Table:
    """Make a table of the lines that hold something, the header first.

    `kind` is the caller's word; `names` may tell the kind else (the sheet's name, the file's); `known` are
    problems of single cells that reading found.

    Raises:
        ImportRefusedError: with every fault of the header.
        InputError: a kind that does not exist.
    """
    if not lines:
        raise refused(file, "文件是空的，没有可以导入的内容。")
    first, header = lines[0][0], tuple(clean(name) for name in lines[0][1])
    while header and not header[-1] and len(header) > 1:
        header = header[:-1]
    form = _form(file, lines, header, kind, names)
    _check_header(file, lines, header, form)
    problems = [*known, *_row_problems(file, lines[1:], header, form)]
    bad = {problem.row for problem in problems}
    rows = tuple(line for line in lines[1:] if line[0] not in bad)
    spoilt = tuple(line for line in lines[1:] if line[0] in bad)
    return Table(file, form, header, rows, tuple(problems), spoilt, first_row=first)


def refused(file: str, reason: str, row: int = 0, column: str = "") -> ImportRefusedError:
    """A refusal for one reason."""
    return ImportRefusedError([RowProblem(file, row, column, reason)])


def check_kind(kind: str | None) -> None:
    """Refuse a kind that does not exist.

    Raises:
        InputError: it does not.
    """
    if kind and kind not in FORMS:
        raise InputError(f"导入类别“{shorten(kind)}”不存在，可用：{'、'.join(FORMS)}。")


def kind_named(name: str) -> str | None:
    """The kind that a file's or sheet's name tells: records, 记录, 记录表."""
    plain = name.strip().lower().removesuffix("表")
    return next((form.kind for form in FORMS.values() if plain in (form.kind, form.label)), None)


def _form(
    file: str, lines: Sequence[Line], header: tuple[str, ...], kind: str | None, names: Sequence[str]
) -> Form:
    check_kind(kind)
    named = kind or next((found for name in names if (found := kind_named(name))), None)
    form = FORMS[named] if named else form_for(list(header))
    if form is None:
        later = next((line for line in lines[1 : 1 + _LOOKED_AHEAD] if form_for(_cleaned(line))), None)
        if later:
            raise _header_below(file, later[0])
        raise refused(file, "看不出这是哪一类表：表头应为导入格式规定的列名。", lines[0][0])
    return form


def _check_header(file: str, lines: Sequence[Line], header: tuple[str, ...], form: Form) -> None:
    faults = _header_faults(header, form)
    if not faults:
        return
    for line in lines[1 : 1 + _LOOKED_AHEAD]:
        if not any(form.find(name) for name in header) and _is_header(line, form):
            raise _header_below(file, line[0])
    raise ImportRefusedError([RowProblem(file, lines[0][0], name, reason) for name, reason in faults])


def _header_below(file: str, row: int) -> ImportRefusedError:
    return refused(file, "这一行才像是表头；请删除它上面的标题行，让表头成为第一行。", row)


def _header_faults(header: tuple[str, ...], form: Form) -> list[tuple[str, str]]:
    found = [(name, form.find(name)) for name in header]
    known = "、".join(column.label for column in form.columns)
    faults = [
        (shorten(name) or "（空列名）", f"不认识这一列；{form.label}表可用的列：{known}。")
        for name, column in found
        if column is None
    ]
    names = [column.name for _, column in found if column]
    faults += [(name, "这一列出现了两次。") for name in sorted(set(names)) if names.count(name) > 1]
    lacking = [column for column in form.columns if column.needed and column.name not in names]
    return faults + [(f"{column.label}", f"缺少这一列（{column.name}）。") for column in lacking]


def _row_problems(file: str, lines: Sequence[Line], header: tuple[str, ...], form: Form) -> list[RowProblem]:
    problems = [_too_wide(file, line, header) for line in lines if _surplus(header, line[1])]
    second = [line for line in lines[:_LOOKED_AHEAD] if _is_header(line, form)]
    reason = "这一行又是表头；表头只能有一行，请删除这一行。"
    return problems + [RowProblem(file, line[0], "", reason) for line in second]


def _is_header(line: Line, form: Form) -> bool:
    """Tell whether a line names columns rather than filling them."""
    said = [text for text in _cleaned(line) if text]
    return len(said) > 1 and all(form.find(text) for text in said)


def _cleaned(line: Line) -> list[str]:
    return [clean(text) for text in line[1]]


def _surplus(header: tuple[str, ...], cells: tuple[str, ...]) -> bool:
    """Tell whether something stands beyond the last column."""
    return any(text.strip() for text in cells[len(header) :])


def _too_wide(file: str, line: Line, header: tuple[str, ...]) -> RowProblem:
    reason = f"有 {len(line[1])} 格，多于表头的 {len(header)} 列，请检查逗号和引号。"
    return RowProblem(file, line[0], "", reason)
