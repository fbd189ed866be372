"""The office's own files: member units and exemptions; how they are read, written and kept."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from core.domain.intake import Thing
from core.domain.office_files import line_of_exemption, line_of_member, read_exemption, read_member
from core.domain.status import Exemption
from core.domain.units import Member
from core.store.exemptions import add_exemption, end_exemption, granted
from core.store.members import members, write_member
from core.store.rolls import exemptions
from core.store.unit_of_work import Reader, UnitOfWork

OFFICE_READERS: Mapping[str, Any] = {"members": read_member, "exemptions": read_exemption}
OFFICE_FILES: Mapping[str, tuple[Callable[[Reader], Iterable[Any]], Callable[[Any], list[object]]]] = {
    "members": (members, line_of_member),
    "exemptions": (exemptions, line_of_exemption),
}
"""How each kind is given out: all there is, and a line of one."""


def office_standing(reader: Reader, kind: str) -> list[Any]:
    """What stands of a kind before the first row of its file."""
    return list(OFFICE_FILES[kind][0](reader))


def keep_office_files(
    work: UnitOfWork, change: int, added: Sequence[Thing], updated: Sequence[Thing]
) -> None:
    """Keep what is new or different of member units and exemptions."""
    for each in (*added, *updated):
        if isinstance(each, Member):
            write_member(work, change, each)
    renewed = {each.key for each in updated if isinstance(each, Exemption)}
    for held in granted(work) if renewed else ():
        if held.exemption.key in renewed:
            end_exemption(work, change, held.standing.version_id)
    for each in (*added, *updated):
        if isinstance(each, Exemption):
            add_exemption(work, change, each)
