"""Take files in: one transaction, every bad row named, nothing kept of a folder with one bad row."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from core.auth import Actor, Permission, require
from core.domain.hazards import FiledHazard
from core.domain.intake import Thing
from core.domain.measures import FiledMeasure
from core.domain.records import Record
from core.domain.units import Leader, Unit
from core.domain.zones import Zone
from core.errors import ConflictError, ImportRefusedError
from core.services.filing_hazards import begin_hazards, update_hazards
from core.services.filing_matters import keep_matters
from core.services.filing_measures import begin_measures, follow_measures
from core.services.filing_office import keep_office_files
from core.services.filing_registers import keep_registered
from core.services.filing_zones import keep_zone_files
from core.services.planning import Plan, Progress, plan_import
from core.services.table_forms import Table
from core.store.engine import Store
from core.store.journal import Change, find_operation
from core.store.records import add_records, replace_records
from core.store.rolls import add_things, end_things
from core.store.unit_of_work import UnitOfWork

__all__ = [
    "Confirmed",
    "Plan",
    "Proposal",
    "confirm_import",
    "import_tables",
    "plan_import",
    "preview_import",
]


@dataclass(frozen=True, slots=True)
class Proposal:
    """Tables, and the plan that a person has seen of them; the operation id makes it carried out once."""

    tables: tuple[Table, ...]
    plan: Plan
    operation: str


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What a confirmed import did; `again` tells that this very confirmation had been carried out before."""

    added: int
    updated: int
    unchanged: int
    again: bool = False

    def __str__(self) -> str:
        """The counts, as the last line of an import says them."""
        return f"新增 {self.added}，更新 {self.updated}，未变 {self.unchanged}"


def import_tables(
    store: Store,
    actor: Actor,
    tables: Sequence[Table],
    *,
    today: date,
    now: datetime,
    dry_run: bool = False,
) -> Plan:
    """Take in all tables, or nothing.

    Raises:
        ForbiddenError: the actor may not exchange data.
        ImportRefusedError: every bad row of every file.
    """
    require(actor, Permission.EXCHANGE)
    with store.unit_of_work(actor.username, now) as work:
        plan = plan_import(work, tables, today)
        if plan.problems:
            raise ImportRefusedError(plan.problems)
        if (plan.added or plan.updated) and not dry_run:
            _carry_out(work, plan, tables, actor, today)
            work.commit()
    return plan


def preview_import(
    store: Store, actor: Actor, tables: Sequence[Table], *, today: date, tell: Progress | None = None
) -> Plan:
    """What an import would do by now, wrong rows among it; nothing is written.

    Raises:
        ForbiddenError: the actor may not exchange data.
    """
    require(actor, Permission.EXCHANGE)
    with store.reading() as reader:
        return plan_import(reader, tables, today, tell)


def confirm_import(
    store: Store,
    actor: Actor,
    agreed: Proposal,
    *,
    today: date,
    now: datetime,
    tell: Progress | None = None,
) -> Confirmed:
    """Carry out what a person saw and agreed to, once, compared anew with the data of this moment.

    Raises:
        ForbiddenError: the actor may not exchange data.
        ConflictError: meanwhile the data has changed such that something else would be done.
        ImportRefusedError: meanwhile rows have become wrong.
    """
    require(actor, Permission.EXCHANGE)
    with store.unit_of_work(actor.username, now) as work:
        before = find_operation(work, agreed.operation)
        if before:
            return _as_noted(before)
        plan = plan_import(work, agreed.tables, today, tell)
        if plan.problems:
            raise ImportRefusedError(plan.problems)
        if plan.fingerprint() != agreed.plan.fingerprint():
            raise ConflictError(
                "预览之后数据有了变化，这次没有保存；下面是按最新数据重新比对的结果，请核对。"
            )
        if plan.added or plan.updated:
            _carry_out(work, plan, agreed.tables, actor, today, agreed.operation)
            work.commit()
    return Confirmed(len(plan.added), len(plan.updated), plan.unchanged)


def _as_noted(change: Change) -> Confirmed:
    noted = json.loads(change.detail)
    return Confirmed(noted["added"], noted["updated"], noted["unchanged"], again=True)


def _carry_out(
    work: UnitOfWork,
    plan: Plan,
    tables: Sequence[Table],
    actor: Actor,
    today: date,
    operation: str | None = None,
) -> None:
    files = "、".join(dict.fromkeys(table.file for table in tables))
    counts = {"added": len(plan.added), "updated": len(plan.updated), "unchanged": plan.unchanged}
    change = work.change("import", files[:200], detail=counts, operation=operation)
    end_things(work, change, _rolled(plan.updated))
    add_things(work, change, _rolled([*plan.added, *plan.updated]))
    begin_hazards(work, change, [each for each in plan.added if isinstance(each, FiledHazard)])
    update_hazards(work, change, [each for each in plan.updated if isinstance(each, FiledHazard)])
    begin_measures(work, change, [each for each in plan.added if isinstance(each, FiledMeasure)])
    follow_measures(work, change, [each for each in plan.updated if isinstance(each, FiledMeasure)])
    keep_registered(work, change, plan.added, plan.updated)
    keep_office_files(work, change, plan.added, plan.updated)
    add_records(work, ((change, record) for record in _entered(plan.added, actor, today)))
    replace_records(work, change, [each for each in plan.updated if isinstance(each, Record)])
    keep_matters(work, change, plan.added, plan.updated)
    keep_zone_files(work, change, plan.added, plan.updated)


def _entered(things: Iterable[Thing], actor: Actor, today: date) -> Iterable[Record]:
    for each in things:
        if isinstance(each, Record):
            yield replace(each, entered_on=today, entered_by=actor.username)


def _rolled(things: Iterable[Thing]) -> list[Unit | Leader | Zone]:
    return [each for each in things if isinstance(each, Unit | Leader | Zone)]
