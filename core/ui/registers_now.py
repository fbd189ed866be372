"""The registers summed up, once for each change of the data, person and question."""

from core.services.enterprise_stories import CheckedEnterprise, spot_checks
from core.services.enterprises import RegisterBoard, register_board
from core.services.judging import Question
from core.services.staffing import StaffingBoard, staffing_board
from core.ui.context import Context
from core.ui.reading import read_now


def register_now(page: Context, question: Question) -> RegisterBoard:
    """The registers that the person may read, summed up."""
    return read_now(page, register_board, question)


def checks_now(page: Context, question: Question) -> tuple[CheckedEnterprise, ...]:
    """The year's visits, compared with the register."""
    return tuple(read_now(page, spot_checks, question))


def staffing_now(page: Context, question: Question) -> StaffingBoard:
    """Who does the work on the ground."""
    return read_now(page, staffing_board, question)
