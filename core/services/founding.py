"""Found a database: empty with one administrator, or as the demonstration city with its accounts."""

import csv
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from core.config import ROOT, utc_moment
from core.domain.records import Record
from core.domain.units import Unit
from core.errors import ImportRefusedError
from core.services.accounts import add_demonstration_accounts, add_first_administrator
from core.services.importing import Plan, plan_import
from core.services.tables import read_folder
from core.store.accounts import list_accounts
from core.store.engine import Store
from core.store.journal import read_mark, replay_changes, set_mark
from core.store.records import add_records
from core.store.rolls import add_things
from core.store.unit_of_work import Reader, UnitOfWork, newest_change

SAMPLE = ROOT / "sample_data"
_DEMONSTRATION = "demonstration"


class Entering(NamedTuple):
    """When, and by whom, a record of the demonstration was typed in (local time)."""

    at: datetime
    person: str


def found(store: Store, *, empty: bool, now: datetime, sample: Path = SAMPLE) -> str | None:
    """Found a database that holds nothing yet; any other stays as it is.

    With `empty`, one that was filled by an import before anybody could sign in gets its administrator.

    Returns:
        The first administrator's password, to be shown once, for an `empty` one that was founded now.
    """
    with store.reading() as reader:
        if _stands(reader, empty=empty):
            return None
    with store.unit_of_work("系统", now) as work:
        if _stands(work, empty=empty):
            return None
        password = None
        if empty:
            password = _found_real(work)
        else:
            _found_demonstration(work, sample)
        work.commit()
    return password


def is_demonstration(reader: Reader) -> bool:
    """Tell whether the database is a demonstration."""
    return bool(read_mark(reader, _DEMONSTRATION))


def _stands(reader: Reader, *, empty: bool) -> bool:
    return bool(newest_change(reader)) and not (empty and not list_accounts(reader))


def _found_real(work: UnitOfWork) -> str:
    work.change("found", "正式数据库")
    return add_first_administrator(work)


def _found_demonstration(work: UnitOfWork, sample: Path) -> None:
    entering = _entering(sample / "records_entered.csv")
    plan = plan_import(work, read_folder(sample), entering[-1].at.date())
    if plan.problems:
        raise ImportRefusedError(plan.problems)
    set_mark(work, _DEMONSTRATION, "1")
    _replay(work, plan, entering)
    add_demonstration_accounts(work)


def _replay(work: UnitOfWork, plan: Plan, entering: list[Entering]) -> None:
    """Put everything in at the moment it was typed in, so that each past day's view can be asked for."""
    records = [each for each in plan.added if isinstance(each, Record)]
    things = [each for each in plan.added if not isinstance(each, Record)]
    names = {each.code.lower(): each.name for each in things if isinstance(each, Unit)}
    start = datetime(entering[0].at.year, 1, 1)  # noqa: DTZ001 - local time, turned to UTC by utc_moment
    founding = replay_changes(work, [(utc_moment(start), "系统", "found", "示例数据")])[0]
    add_things(work, founding, things)
    pairs = [(record, _signed(entry, names)) for record, entry in zip(records, entering, strict=True)]
    changes = replay_changes(work, _journal_lines(pairs))
    entered = (
        replace(record, entered_on=entry.at.date(), entered_by=entry.person) for record, entry in pairs
    )
    add_records(work, zip(changes, entered, strict=True))


def _journal_lines(pairs: list[tuple[Record, Entering]]) -> Iterator[tuple[datetime, str, str, str]]:
    for record, entry in pairs:
        yield utc_moment(entry.at), entry.person, "record.entered", f"{record.unit} {record.event}"


def _signed(entry: Entering, names: dict[str, str]) -> Entering:
    """A clerk without an account signs as the unit's clerk."""
    code = entry.person.removeprefix("clerk-")
    return entry if code == entry.person else Entering(entry.at, f"{names[code]}经办人")


def _entering(path: Path) -> list[Entering]:
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Entering(datetime.fromisoformat(row["entered_at"]), row["person"]) for row in csv.DictReader(file)
        ]
