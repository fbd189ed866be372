"""The registers in files: what stands of each kind, how a row is read and written, what is kept of a plan."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from core.domain.enterprises import Duty, Enterprise, FiledDuties, SpotCheck, order_of
from core.domain.intake import Registered, Thing
from core.domain.register_files import (
    days_told,
    line_of_register,
    read_duties,
    read_enterprise,
    read_inspectors,
    read_spot_check,
    read_town,
    read_town_staff,
)
from core.domain.staffing import Inspectors, Town, TownStaff
from core.domain.world import World
from core.store.registers import add_duties, add_entries, duties_done, entries, replace_entries
from core.store.unit_of_work import Reader, UnitOfWork

REGISTER_READERS: Mapping[str, Any] = {
    "enterprises": read_enterprise,
    "enterprise_duties": read_duties,
    "spot_checks": read_spot_check,
    "towns": read_town,
    "town_staff": read_town_staff,
    "inspectors": read_inspectors,
}


def _filed_duties(reader: Reader) -> list[FiledDuties]:
    """What each enterprise did, by code."""
    return [
        FiledDuties(code, tuple(sorted(done, key=order_of)))
        for code, done in sorted(duties_done(reader).items())
    ]


_STANDING: Mapping[str, Callable[[Reader], Sequence[Registered]]] = {
    "enterprises": lambda reader: entries(reader, Enterprise),
    "enterprise_duties": _filed_duties,
    "spot_checks": lambda reader: entries(reader, SpotCheck),
    "towns": lambda reader: entries(reader, Town),
    "town_staff": lambda reader: entries(reader, TownStaff),
    "inspectors": lambda reader: entries(reader, Inspectors),
}
REGISTERS: Mapping[str, tuple[Callable[[Reader], Iterable[Any]], Callable[[Any], list[object]]]] = {
    kind: (read, partial(line_of_register, kind)) for kind, read in _STANDING.items()
}
"""How each kind is given out: all there is, and a line of one."""
_NEEDS: Mapping[str, str] = {
    "enterprise_duties": "enterprises",
    "spot_checks": "enterprises",
    "town_staff": "towns",
}


def register_standing(reader: Reader, kind: str, world: World) -> Sequence[Registered]:
    """What stands of a kind; whoever its rows name is made known to the world."""
    standing = _STANDING[kind](reader)
    named = _STANDING[_NEEDS[kind]](reader) if kind in _NEEDS else standing
    for each in named:
        if isinstance(each, Enterprise | Town):
            known: Mapping[str, Any] = world.towns if isinstance(each, Town) else world.enterprises
            if each.code not in known:
                world.add(each)
    return standing


def names_alike(world: World, enterprise: Enterprise) -> str:
    """Say which others of the locality may be the same enterprise; empty where none is."""
    like = world.names.like(enterprise.locality, enterprise.code, enterprise.name)
    if not like:
        return ""
    return f"与本属地的“{'”“'.join(like[:3])}”名称相近，请核对是否同一家企业；确为两家的，可以导入。"


def told_fresh(filed: FiledDuties) -> str:
    """What a row adds to what an enterprise did: 一警：增加 2025-06-02."""
    return "；".join(f"{duty.label}：增加 {said}" for duty in Duty if (said := days_told(filed.fresh, duty)))


def keep_registered(work: UnitOfWork, change: int, added: Sequence[Thing], updated: Sequence[Thing]) -> None:
    """Keep what a plan adds and updates in the registers; duties done are only added to."""
    add_entries(work, ((change, each) for each in added if isinstance(each, _ENTRIES)))
    replace_entries(work, change, [each for each in updated if isinstance(each, _ENTRIES)])
    filed = (each for each in (*added, *updated) if isinstance(each, FiledDuties))
    add_duties(work, ((change, each.enterprise, done) for each in filed for done in each.fresh))


_ENTRIES = Enterprise | SpotCheck | Town | TownStaff | Inspectors
