"""The registers summed up, once for each change of the data, person and question."""

from functools import lru_cache

from core.auth import Actor
from core.services.enterprise_stories import CheckedEnterprise, spot_checks
from core.services.enterprises import RegisterBoard, register_board
from core.services.scoreboard import Question, data_time
from core.services.staffing import StaffingBoard, staffing_board
from core.store.engine import Store
from core.ui.context import Context


def register_now(page: Context, question: Question) -> RegisterBoard:
    """The registers that the person may read, summed up."""
    return _register(page.store, page.actor, question, data_time(page.store)[0])


def checks_now(page: Context, question: Question) -> tuple[CheckedEnterprise, ...]:
    """The year's visits, compared with the register."""
    return _checks(page.store, page.actor, question, data_time(page.store)[0])


def staffing_now(page: Context, question: Question) -> StaffingBoard:
    """Who does the work on the ground."""
    return _staffing(page.store, page.actor, question, data_time(page.store)[0])


@lru_cache(maxsize=32)
def _register(store: Store, actor: Actor, question: Question, _newest: int) -> RegisterBoard:
    return register_board(store, actor, question)


@lru_cache(maxsize=32)
def _checks(store: Store, actor: Actor, question: Question, _newest: int) -> tuple[CheckedEnterprise, ...]:
    return tuple(spot_checks(store, actor, question))


@lru_cache(maxsize=32)
def _staffing(store: Store, actor: Actor, question: Question, _newest: int) -> StaffingBoard:
    return staffing_board(store, actor, question)
