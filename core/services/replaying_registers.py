"""When the demonstration's registers were typed in: duties on the week's Friday, visits the day after."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from core.domain.enterprises import Done, Enterprise, FiledDuties, SpotCheck
from core.domain.intake import Thing
from core.domain.staffing import Inspectors, Town, TownStaff
from core.store.registers import Entry, add_duties, add_entries
from core.store.unit_of_work import UnitOfWork

_AT, _CHECKED_AT = time(16, 40), time(9, 15)
_FRIDAY = 4
Told = tuple[str, Done]
"""An enterprise and what it did."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What was typed into a register at one sitting (local time) by the locality `place`."""

    at: datetime
    place: str
    action: str
    subject: str
    entries: tuple[Entry, ...] = ()
    duties: tuple[Told, ...] = ()


def batches(added: Sequence[Thing], start: date) -> Iterator[Batch]:
    """Everything of the registers that was not there from the beginning."""
    places = {each.code: each.locality for each in added if isinstance(each, Enterprise | Town)}
    yield from _duties((each for each in added if isinstance(each, FiledDuties)), places, start)
    yield from _checks((each for each in added if isinstance(each, SpotCheck)), places)
    yield from _counts(added, places)


def founded(added: Sequence[Thing]) -> list[Entry]:
    """The enterprises and towns themselves: they are there from the beginning."""
    return [each for each in added if isinstance(each, Enterprise | Town)]


def _duties(filed: Iterable[FiledDuties], places: Mapping[str, str], start: date) -> Iterator[Batch]:
    weeks: defaultdict[tuple[date, str], list[Told]] = defaultdict(list)
    for each in filed:
        for done in each.done:
            friday = _friday(max(done.on, start))
            weeks[friday, places[each.enterprise]].append((each.enterprise, done))
    for (friday, place), told in weeks.items():
        count = len({code for code, _ in told})
        yield Batch(
            _moment(friday, _AT), place, "enterprise.duties", f"{place} {count}家", duties=tuple(told)
        )


def _friday(day: date) -> date:
    return day + timedelta(days=(_FRIDAY - day.weekday()) % 7)


def _moment(day: date, at: time) -> datetime:
    return datetime.combine(day, at)


def _checks(checks: Iterable[SpotCheck], places: Mapping[str, str]) -> Iterator[Batch]:
    for each in checks:
        at = _moment(each.checked_on + timedelta(days=1), _CHECKED_AT)
        said = f"{each.enterprise} {each.visit.label}"
        yield Batch(at, places[each.enterprise], "enterprise.checked", said, (each,))


def _counts(added: Sequence[Thing], places: Mapping[str, str]) -> Iterator[Batch]:
    days: defaultdict[tuple[date, str], list[TownStaff]] = defaultdict(list)
    for each in added:
        if isinstance(each, TownStaff):
            days[each.counted_on, places[each.town]].append(each)
        elif isinstance(each, Inspectors):
            at = _moment(each.counted_on, _AT)
            yield Batch(at, each.locality, "inspectors.counted", each.locality, (each,))
    for (day, place), counts in days.items():
        said = f"{place} {len(counts)}个"
        yield Batch(_moment(day, _AT), place, "town.counted", said, tuple(counts))


def write_batches(work: UnitOfWork, told: Sequence[tuple[int, Batch]]) -> None:
    """Write what was typed in, each with its change."""
    add_entries(work, ((change, entry) for change, batch in told for entry in batch.entries))
    add_duties(work, ((change, code, done) for change, batch in told for code, done in batch.duties))
