"""Hazards from a file: new ones begin with the moves their dates tell, known ones go on from there."""

from collections.abc import Iterable, Sequence

from core.domain.hazard_files import continuation, filed_of, moves_of
from core.domain.hazards import FiledHazard
from core.store.hazards import add_hazards, add_moves, all_cases, end_moves, find_case, replace_hazard
from core.store.unit_of_work import Reader, UnitOfWork


def filed_hazards(reader: Reader) -> list[FiledHazard]:
    """Every hazard as a file holds it, the first found first."""
    return [filed_of(case) for case in reversed(all_cases(reader))]


def begin_hazards(work: UnitOfWork, change: int, filed: Sequence[FiledHazard]) -> None:
    """Keep hazards that were not there, with the moves that their dates tell."""
    add_hazards(work, ((change, each.hazard) for each in filed))
    add_moves(work, ((change, each.hazard.code, move) for each in filed for move in moves_of(each)))


def update_hazards(work: UnitOfWork, change: int, filed: Iterable[FiledHazard]) -> None:
    """Bring known hazards to what a file says.

    Their moves go on where the file only adds to them; where it says something else, the old moves end with
    this change and stay in the history, and new ones are written from the dates.
    """
    for each in filed:
        _update(work, change, each)


def _update(work: UnitOfWork, change: int, filed: FiledHazard) -> None:
    code = filed.hazard.code
    case = find_case(work, code)
    if case is None:
        begin_hazards(work, change, [filed])
        return
    if case.hazard != filed.hazard:
        replace_hazard(work, change, filed.hazard)
    fresh = continuation(case, filed)
    if fresh is None:
        end_moves(work, change, case.moves)
        fresh = moves_of(filed)
    add_moves(work, ((change, code, move) for move in fresh))
