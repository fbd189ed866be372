"""One kind of units as a board: written once for each state of the data, drawn for everybody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from core.domain.boards import Matrix, matrix_of, only_pressing
from core.domain.cells import Cell
from core.domain.obligations import Obligation
from core.domain.periods import Cadence, Period, period_nearest
from core.domain.units import UnitKind
from core.services.reporting import board_table
from core.store.memory import WRITTEN, Keyed
from core.ui.asking import Asked
from core.ui.board_markup import board_markup
from core.ui.context import Context
from core.ui.downloads import table_downloads
from core.ui.frame import empty_state, section_head
from core.ui.html import Markup
from core.ui.picker import draw_picker, kept_address


def draw_board_of(page: Context, asked: Asked, kind: UnitKind, cells: tuple[Cell, ...]) -> None:
    """Draw one kind's matrix for the shown period, and its download."""
    kept = kept_address()
    own = tuple(cell for cell in cells if cell.unit.kind == kind)
    for board in _written(page, asked, kind, own, kept):
        section_head(board.head, shown_period(asked).label)
        _draw_matrix(board)
    table_downloads(
        "下载本表",
        f"{kind.label}-{asked.question.as_of}",
        lambda: board_table(_whole(asked, kind, own), kind.label),
    )


@dataclass(frozen=True, slots=True)
class _Board:
    """A board written already; no markup where nothing is left to show."""

    head: str
    key: str
    markup: Markup | None


def _written(
    page: Context, asked: Asked, kind: UnitKind, own: tuple[Cell, ...], kept: Mapping[str, str]
) -> tuple[_Board, ...]:
    """The boards of a kind of unit: a hundred people look at the same cells, and they are written once."""
    cells = tuple(map(id, own))
    asked_with = (
        cells,
        id(asked.catalogue),
        kind,
        asked.day,
        asked.period,
        asked.pressing,
        tuple(kept.items()),
    )
    key = Keyed(asked_with, (own, asked.catalogue))
    return WRITTEN.recall(page.store, 0, key, lambda: _boards(asked, kind, own, kept))


def _boards(asked: Asked, kind: UnitKind, own: Sequence[Cell], kept: Mapping[str, str]) -> tuple[_Board, ...]:
    boards = []
    for head, group in _groups(kind, _obligations(asked, kind, own)).items():
        matrix = matrix_of(f"{head} {shown_period(asked).label}", group, own, asked.day)
        shown = only_pressing(matrix) if asked.pressing else matrix
        boards.append(_Board(head, group[0].code, board_markup(shown, kept) if shown.rows else None))
    return tuple(boards)


def _whole(asked: Asked, kind: UnitKind, own: Sequence[Cell]) -> Matrix:
    return matrix_of(kind.label, _obligations(asked, kind, own), own, asked.day)


def _obligations(asked: Asked, kind: UnitKind, own: Sequence[Cell]) -> list[Obligation]:
    """The kind's obligations as the cells bear them: with the settings of their moment."""
    now = {cell.obligation.code: cell.obligation for cell in own}
    return [now.get(each.code, each) for each in asked.catalogue.addressed_to(kind)]


def _groups(kind: UnitKind, obligations: Sequence[Obligation]) -> dict[str, list[Obligation]]:
    """A kind's own obligations, and apart from them those it answers for on behalf of its enterprises."""
    groups: dict[str, list[Obligation]] = {}
    for each in obligations:
        own = each.code.startswith(f"{kind.value}.")
        groups.setdefault(kind.label if own else "企业“九个一”", []).append(each)
    return groups


def shown_period(asked: Asked) -> Period:
    """The quarter a board shows."""
    return asked.period or period_nearest(Cadence.QUARTER, asked.question.year, asked.question.as_of)


def _draw_matrix(board: _Board) -> None:
    if board.markup is None:
        empty_state("没有未完成和临期的事项", "本期各单位均无未完成、未达标、未报送和临近到期的事项。")
    elif draw_picker(board.markup, key=f"board_{board.key}"):
        st.rerun()
