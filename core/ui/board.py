"""The board on screen: draws a matrix; a click on a cell or unit goes into the address, without a reload."""

from collections.abc import Mapping

from core.domain.boards import Matrix
from core.ui.board_markup import board_markup
from core.ui.picker import Picked, draw_picker, kept_address


def draw_board(matrix: Matrix, *, key: str = "board", kept: Mapping[str, str] | None = None) -> Picked | None:
    """Draw the board; what is picked goes into the address and is returned in the run that the click starts.

    `kept` are the address parameters that the links carry on; by default all that stand there now.
    """
    return draw_picker(board_markup(matrix, kept_address() if kept is None else kept), key=key)
