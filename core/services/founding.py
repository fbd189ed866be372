"""Found a database: empty with one administrator, or as the demonstration city with its accounts."""

from datetime import datetime
from pathlib import Path

from core.config import ROOT
from core.errors import ImportRefusedError
from core.services.accounts import add_demonstration_accounts, add_first_administrator
from core.services.filing_matters import keep_matters
from core.services.filing_office import keep_office_files
from core.services.importing import plan_import
from core.services.passwords import fitting_cost
from core.services.replaying import read_entering, replay
from core.services.tables import read_folder
from core.store.accounts import list_accounts
from core.store.engine import Store
from core.store.journal import DEMONSTRATION, HASH_COST, read_mark, set_mark
from core.store.unit_of_work import Reader, UnitOfWork, newest_change

SAMPLE = ROOT / "sample_data"


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
        set_mark(work, HASH_COST, str(fitting_cost()))
        if empty:
            password = _found_real(work)
        else:
            _found_demonstration(work, sample)
        work.commit()
    return password


def is_demonstration(reader: Reader) -> bool:
    """Tell whether the database is a demonstration."""
    return bool(read_mark(reader, DEMONSTRATION))


def _stands(reader: Reader, *, empty: bool) -> bool:
    return bool(newest_change(reader)) and not (empty and not list_accounts(reader))


def _found_real(work: UnitOfWork) -> str:
    work.change("found", "正式数据库")
    return add_first_administrator(work)


def _found_demonstration(work: UnitOfWork, sample: Path) -> None:
    entering = read_entering(sample / "records_entered.csv")
    plan = plan_import(work, read_folder(sample), entering[-1].at.date())
    if plan.problems:
        raise ImportRefusedError(plan.problems)
    set_mark(work, DEMONSTRATION, "1")
    founding = replay(work, plan, entering, sample)
    keep_office_files(work, founding, plan.added, ())
    keep_matters(work, founding, plan.added, plan.updated)
    add_demonstration_accounts(work)
