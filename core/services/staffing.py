"""Staff on the ground: towns one by one, special inspectors, insurance by industry; read and write."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from core.auth import Actor, Permission, require, scope_of
from core.domain.checking import Fault
from core.domain.enterprises import HIGH_RISK, industry_label
from core.domain.register_checks import faults_of_inspectors, faults_of_town, faults_of_town_staff
from core.domain.staffing import Inspectors, Town, TownStaff
from core.domain.texts import clean
from core.domain.units import Unit, UnitKind
from core.errors import ConflictError, DuplicateError, NotFoundError
from core.services.enterprises import Share, readable_registers
from core.services.judging import Question
from core.services.recording import FaultyRecordError
from core.services.reporting import Taken
from core.store.engine import Store
from core.store.journal import find_operation
from core.store.register_figures import Counts, count_enterprises, count_insured
from core.store.registers import add_entries, entries, find_entry, replace_entries, stands
from core.store.rolls import units
from core.store.unit_of_work import Reader, UnitOfWork


@dataclass(frozen=True, slots=True)
class TownLine:
    """One town with its newest count of the year up to the day."""

    town: Town
    count: TownStaff | None

    @property
    def enough(self) -> bool | None:
        """Tell whether it has people enough; None where nobody counted."""
        return None if self.count is None else self.count.staff >= self.town.required


@dataclass(frozen=True, slots=True)
class InsuranceRow:
    """One of the eight industries: how many are insured, by locality."""

    industry: str
    name: str
    shares: Mapping[str, Share]

    @property
    def whole(self) -> Share:
        """All localities together."""
        every = self.shares.values()
        return Share(sum(each.done for each in every), sum(each.total for each in every))


@dataclass(frozen=True, slots=True)
class StaffingBoard:
    """Towns, the newest counts of inspectors, and insurance by industry."""

    localities: tuple[Unit, ...]
    towns: tuple[TownLine, ...]
    inspectors: Mapping[str, Inspectors]
    insurance: tuple[InsuranceRow, ...]


def staffing_board(store: Store, actor: Actor, question: Question) -> StaffingBoard:
    """Who does the work on the ground in the localities that the actor may see.

    Insurance by industry stands on the registers of enterprises, and is shown to whom they are.

    Raises:
        ForbiddenError: the role sees no business data.
    """
    scope, day = scope_of(actor), question.as_of
    with store.reading(question.known_at) as reader:
        places = [
            each
            for each in units(reader)
            if each.kind == UnitKind.LOCALITY and scope.covers(each.kind, each.code) and each.active_on(day)
        ]
        codes = {each.code for each in places}
        towns = [each for each in entries(reader, Town) if each.locality in codes and each.active_on(day)]
        counts = _newest(entries(reader, TownStaff), question)
        inspectors = _newest_inspectors(entries(reader, Inspectors), codes, question)
        insurance = tuple(_insurance(reader, readable_registers(actor), day))
    order = [each.code for each in places]
    towns.sort(key=lambda town: (order.index(town.locality), town.code))
    lines = tuple(TownLine(town, counts.get(town.code)) for town in towns)
    return StaffingBoard(tuple(places), lines, inspectors, insurance)


def _in_year(day: date, question: Question) -> bool:
    return day.year == question.year and day <= question.as_of


def _newest(counts: Iterable[TownStaff], question: Question) -> dict[str, TownStaff]:
    own = (each for each in counts if _in_year(each.counted_on, question))
    return {each.town: each for each in sorted(own, key=lambda each: each.counted_on)}


def _newest_inspectors(
    counts: Iterable[Inspectors], codes: set[str], question: Question
) -> dict[str, Inspectors]:
    own = (each for each in counts if each.locality in codes and each.counted_on <= question.as_of)
    return {each.locality: each for each in sorted(own, key=lambda each: each.counted_on)}


def _insurance(reader: Reader, places: frozenset[str] | None, day: date) -> Iterable[InsuranceRow]:
    whole, insured = count_enterprises(reader, places, day), count_insured(reader, places, day)
    kept = sorted({place for place, industry, _ in whole if industry in HIGH_RISK})
    for industry in HIGH_RISK if kept else ():
        shares = {
            place: Share(_count(insured, place, industry), _count(whole, place, industry)) for place in kept
        }
        yield InsuranceRow(industry, industry_label(industry), shares)


def _count(counts: Counts, place: str, industry: str) -> int:
    return sum(count for (where, what, _), count in counts.items() if (where, what) == (place, industry))


def towns_table(board: StaffingBoard) -> Taken:
    """Towns to take away."""
    names = {unit.code: unit.name for unit in board.localities}
    heads = ("属地", "乡镇（街道）", "任务较重", "应配", "在编", "统计日期", "情况")
    rows = [
        [
            names[line.town.locality],
            line.town.name,
            "是" if line.town.heavy_duty else "",
            line.town.required,
            line.count.staff if line.count else None,
            line.count.counted_on if line.count else None,
            {None: "未统计", True: "达标", False: "未达标"}[line.enough],
        ]
        for line in board.towns
    ]
    return Taken("乡镇力量", heads, rows)


# Writing ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class WantedTown:
    """A town to keep; `before` is the town as it was read, None for a new one, whose code is then given."""

    town: Town
    operation: str
    before: Town | None = None


def keep_town(store: Store, actor: Actor, wanted: WantedTown, *, now: datetime) -> Town:
    """Keep a new town, or correct one that was read.

    Raises:
        ForbiddenError: another locality's.
        FaultyRecordError: with every field at fault.
        DuplicateError: a town of this name stands in the locality already.
        ConflictError: somebody corrected it meanwhile.
    """
    town = replace(wanted.town, name=clean(wanted.town.name))
    require(actor, Permission.ENTER, town.locality)
    with store.unit_of_work(actor.username, now) as work:
        if find_operation(work, wanted.operation):
            return next(each for each in entries(work, Town) if _alike(each, town))
        _refuse(faults_of_town(town, _unit(work, town.locality)))
        known = entries(work, Town)
        if any(_alike(each, town) and each.code != town.code for each in known):
            raise DuplicateError(f"{town.name}已经登记，没有重复保存。", 0)
        town = _numbered(town, known, wanted)
        change = work.change("town.kept", f"{town.code} {town.name}", operation=wanted.operation)
        if wanted.before:
            replace_entries(work, change, [town])
        else:
            add_entries(work, [(change, town)])
        work.commit()
    return town


def _alike(one: Town, other: Town) -> bool:
    return (one.locality, one.name) == (other.locality, other.name)


def _numbered(town: Town, known: Sequence[Town], wanted: WantedTown) -> Town:
    """The town with its code; as it was read, or with the next number of its locality."""
    if wanted.before:
        if wanted.before not in known:
            raise ConflictError("您查看之后，这个乡镇（街道）已被他人更正，这次没有保存，请按最新内容核对。")
        return replace(town, code=wanted.before.code)
    prefix = f"{town.locality}-T"
    numbers = [each.code.removeprefix(prefix) for each in known if each.code.startswith(prefix)]
    number = max((int(each) for each in numbers if each.isdecimal()), default=0) + 1
    return replace(town, code=f"{prefix}{number:02d}")


def count_town(
    store: Store, actor: Actor, count: TownStaff, operation: str, *, today: date, now: datetime
) -> TownStaff:
    """Keep how many people a town has; a second count of a day takes the first one's place.

    Raises:
        NotFoundError: no such town.
        ForbiddenError: another locality's.
        FaultyRecordError: a day in the future, no number.
    """
    fresh = replace(count, note=clean(count.note))
    with store.unit_of_work(actor.username, now) as work:
        found = find_entry(work, Town, (fresh.town,))
        if found is None:
            raise NotFoundError("没有这个乡镇（街道），请重新选择。")
        require(actor, Permission.ENTER, found[0].locality)
        _refuse(faults_of_town_staff(fresh, today))
        _keep_count(
            work, "town.counted", f"{found[0].code} {found[0].name} {fresh.staff}人", fresh, operation
        )
        work.commit()
    return fresh


def count_inspectors(
    store: Store, actor: Actor, count: Inspectors, operation: str, *, today: date, now: datetime
) -> Inspectors:
    """Keep how many special inspectors a locality has; a second count of a day takes the first one's place.

    Raises:
        ForbiddenError: another locality's.
        FaultyRecordError: a day in the future, no number.
    """
    fresh = replace(count, note=clean(count.note))
    require(actor, Permission.ENTER, fresh.locality)
    with store.unit_of_work(actor.username, now) as work:
        _refuse(faults_of_inspectors(fresh, _unit(work, fresh.locality), today))
        said = f"{fresh.locality} 专职{fresh.full_time}人、兼职{fresh.part_time}人"
        _keep_count(work, "inspectors.counted", said, fresh, operation)
        work.commit()
    return fresh


def _keep_count(
    work: UnitOfWork, action: str, said: str, fresh: TownStaff | Inspectors, operation: str
) -> None:
    if find_operation(work, operation):
        return
    change = work.change(action, said, operation=operation)
    if stands(work, fresh):
        replace_entries(work, change, [fresh])
    else:
        add_entries(work, [(change, fresh)])


def _unit(work: UnitOfWork, code: str) -> Unit | None:
    return next((each for each in units(work) if each.code == code), None)


def _refuse(faults: Iterable[Fault]) -> None:
    found = list(faults)
    if found:
        raise FaultyRecordError(found)
