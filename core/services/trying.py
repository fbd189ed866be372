"""Try a change out: carried out in a transaction that is not kept, so that its effect is the true one."""

from collections.abc import Callable
from dataclasses import dataclass

from core.auth import Scope
from core.config import local_moment
from core.domain.shifts import Shift, shifts_between, told_shifts
from core.errors import ConflictError
from core.services.judging import Question
from core.services.scoreboard import cells_within
from core.store.accounts import names_of_accounts
from core.store.standing import Standing
from core.store.unit_of_work import Reader, UnitOfWork

EVERYTHING = Scope(everything=True)


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change does to the cells; `again` = this very change had been kept before."""

    shifts: tuple[Shift, ...] = ()
    again: bool = False

    @property
    def told(self) -> str:
        """The effect in one sentence."""
        return "此前已保存，没有重复保存。" if self.again else told_shifts(self.shifts)


def effect_of(work: UnitOfWork, question: Question, step: Callable[[], None]) -> Effect:
    """Take a step and say which cells it moved; whether it is kept is the caller's to say."""
    before = cells_within(work, EVERYTHING, question)
    step()
    return Effect(shifts_between(before, cells_within(work, EVERYTHING, question)))


def check_standing(reader: Reader, standing: Standing, seen: int, what: str) -> None:
    """Refuse to go over what somebody else changed since the person looked.

    Raises:
        ConflictError: who changed it, and when.
    """
    if standing.version_id == seen:
        return
    if standing.at is None:
        raise ConflictError(f"您打开之后，{what}已被取消，本次没有保存；请核对最新内容后再操作。")
    name = names_of_accounts(reader).get(standing.person, standing.person)
    at = f"{local_moment(standing.at):%m月%d日 %H:%M}"
    raise ConflictError(f"您打开之后，{name}于{at}调整过{what}，本次没有保存；请核对最新内容后再操作。")
