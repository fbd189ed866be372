"""How each service is called to see whether it lets somebody through: one line a service.

A call gives False where what was asked for is not among what came back; anything else came through.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import count

from core.auth import Actor, Role
from core.domain.attachments import Attachment, Owner, OwnerKind
from core.domain.hazards import Deed, Hazard, Level, Move
from core.domain.key_periods import KeyPeriod
from core.domain.measures import DEFAULT_LADDER, Follow, ItemKind, Rung
from core.domain.records import Record, RecordSearch
from core.services import (
    accounts,
    attaching,
    checking_covertly,
    cities,
    drafting,
    entering,
    entering_many,
    explaining,
    exporting,
    exporting_workbooks,
    hazards,
    importing,
    journalling,
    key_periods,
    looking_up,
    policies,
    proposing,
    recording,
    rectifying,
    scoreboard,
    supervising,
    templating,
    tidying,
    verifying,
    wall_links,
    walling,
)
from core.services.drafting import Typed
from core.services.judging import Question
from core.services.tables import read_table
from core.store.accounts import NewAccount
from core.store.engine import Store
from tests.city_examples import CITY, LEADERS, NOW, OFFICE, RECORDS, TODAY, UNITS, ZONES, take_in
from tests.hazard_examples import picture
from tests.permission_calls_catalogue import CATALOGUE_CALLS
from tests.permission_calls_matters import MATTER_CALLS
from tests.permission_calls_operations import OPERATIONS_CALLS
from tests.permission_calls_papers import PAPER_CALLS
from tests.permission_calls_registers import REGISTER_CALLS
from tests.permission_calls_reminding import REMINDING_CALLS
from tests.permission_calls_units import UNIT_CALLS
from tests.permission_calls_zones import ZONE_CALLS

ADMIN = Actor("admin", "郝思齐", Role.ADMIN)
QUESTION = Question(2025, TODAY)
MORE_UNITS = "L3,locality,东平县,T,1,0,,7\nD2,department,市公安局,T,0,0,,8\n"
EVENTS = {"C": "committee_meeting", "L": "standing_meeting", "D": "inspection_plan"}
SAME_KIND = {"C1": "C2", "C2": "C1", "L1": "L2", "L2": "L1", "D1": "D2", "D2": "D1"}
_NUMBERS = count(1)


@dataclass(frozen=True)
class Target:
    """One unit with a record, an attachment, a hazard and a measure of its own."""

    unit: str
    record: Record
    attachment: Attachment
    hazard: str
    measure: int


def furnish(store: Store) -> dict[str, Target]:
    """Put a small city and, for each unit, something of every kind into an empty database."""
    take_in(
        store, CITY | {"units": UNITS + MORE_UNITS, "leaders": LEADERS, "zones": ZONES, "records": RECORDS}
    )
    with store.unit_of_work("测试", NOW) as work:
        accounts.add_first_administrator(work)
        work.commit()
    for name in ("clerk", "second"):
        account = NewAccount(name, "某人", Role.ADMIN)
        accounts.add_account(store, ADMIN, account, "correct horse battery", now=NOW)
    return {code: _target(store, code) for code in ("C1", "C2", "L1", "L2", "D1", "D2")}


def fresh_record(store: Store, unit: str) -> Record:
    """A record of the unit, entered by the office."""
    wanted = Record(unit, EVENTS[unit[0]], date(2025, 5, 20), f"事项 {next(_NUMBERS)}")
    operation = f"record-{next(_NUMBERS)}"
    return recording.enter_record(store, OFFICE, wanted, operation, today=TODAY, now=NOW, sure=True).record


def fresh_attachment(store: Store, record: Record) -> Attachment:
    """A photograph on a record, put there by the office."""
    sent = picture(next(_NUMBERS))
    return attaching.add_attachment(store, OFFICE, _owner(record), sent, now=NOW)


def fresh_hazard(store: Store, unit: str) -> str:
    """A hazard that a unit found, and that it is to rectify."""
    locality = unit if unit.startswith("L") else "L3"
    found = Hazard(
        "", locality, "某企业", f"问题 {next(_NUMBERS)}", Level.GENERAL, TODAY, "covert_check", "", unit
    )
    then = Move(Deed.ASSIGNED, TODAY, unit=unit, due=date(2025, 7, 1))
    wanted = rectifying.Registration(found, then, f"hazard-{next(_NUMBERS)}")
    return rectifying.register_hazard(store, OFFICE, wanted, today=TODAY, now=NOW).hazard.code


def _target(store: Store, unit: str) -> Target:
    record, hazard = fresh_record(store, unit), fresh_hazard(store, unit)
    items = ((ItemKind.HAZARD, hazard),)
    draft = supervising.Draft(unit, Rung.REMIND, "请尽快整改。", items, None, f"measure-{next(_NUMBERS)}")
    measure = supervising.issue_measure(store, OFFICE, draft, today=TODAY, now=NOW).measure_id
    return Target(unit, record, fresh_attachment(store, record), hazard, measure)


def _owner(record: Record) -> Owner:
    return Owner(OwnerKind.RECORD, str(record.record_id))


def _version(store: Store, record: Record) -> int:
    found = recording.find_current(store, OFFICE, record.record_id)
    assert found
    return found[1]


def _enter(store: Store, actor: Actor, at: Target) -> object:
    wanted = replace(at.record, record_id=0, title=f"又一次 {next(_NUMBERS)}")
    return recording.enter_record(
        store, actor, wanted, f"enter-{next(_NUMBERS)}", today=TODAY, now=NOW, sure=True
    )


def _correct(store: Store, actor: Actor, at: Target) -> object:
    record = fresh_record(store, at.unit)
    wanted = replace(record, note="补记")
    return recording.correct_record(
        store, actor, _version(store, record), wanted, "更正", today=TODAY, now=NOW
    )


def _void(store: Store, actor: Actor, at: Target) -> object:
    record = fresh_record(store, at.unit)
    return recording.void_record(store, actor, record.record_id, _version(store, record), "重复", now=NOW)


def _attach(store: Store, actor: Actor, at: Target) -> object:
    sent = picture(next(_NUMBERS))
    return attaching.add_attachment(store, actor, _owner(at.record), sent, now=NOW)


def _replace(store: Store, actor: Actor, at: Target) -> object:
    read = fresh_attachment(store, fresh_record(store, at.unit))
    sent = picture(next(_NUMBERS))
    return attaching.replace_attachment(store, actor, read, sent, "换一张", now=NOW)


def _remove(store: Store, actor: Actor, at: Target) -> object:
    read = fresh_attachment(store, fresh_record(store, at.unit))
    return attaching.remove_attachment(store, actor, read, "误传", now=NOW)


def _check(store: Store, actor: Actor, at: Target) -> object:
    record = Record(at.unit, "covert_check", date(2025, 5, 21), f"暗查 {next(_NUMBERS)}")
    wanted = checking_covertly.CheckEntry(record, (), f"check-{next(_NUMBERS)}", sure=True)
    return checking_covertly.enter_check(store, actor, wanted, today=TODAY, now=NOW)


def _register(store: Store, actor: Actor, at: Target) -> object:
    found = Hazard(
        "", "L3", "某企业", f"问题 {next(_NUMBERS)}", Level.GENERAL, TODAY, "covert_check", "", at.unit
    )
    wanted = rectifying.Registration(found, None, f"register-{next(_NUMBERS)}")
    return rectifying.register_hazard(store, actor, wanted, today=TODAY, now=NOW)


def _move(store: Store, actor: Actor, at: Target) -> object:
    code = fresh_hazard(store, at.unit)
    seen = hazards.hazard_story(store, OFFICE, code, TODAY).case.seen
    move = Move(Deed.EXTENSION_ASKED, TODAY, note="配件未到", due=date(2025, 7, 9))
    wanted = rectifying.Wanted(code, seen, move, f"move-{next(_NUMBERS)}")
    return rectifying.move_hazard(store, actor, wanted, today=TODAY, now=NOW)


def _answer(store: Store, actor: Actor, at: Target) -> object:
    answer = supervising.Answer(
        at.measure, 999_999, Follow.REPLIED, TODAY, "已整改", f"answer-{next(_NUMBERS)}"
    )
    return supervising.answer_measure(store, actor, answer, today=TODAY, now=NOW)


def _issue(store: Store, actor: Actor, at: Target) -> object:
    items = ((ItemKind.HAZARD, at.hazard),)
    draft = supervising.Draft(at.unit, Rung.REMIND, "请整改。", items, None, f"issue-{next(_NUMBERS)}")
    return supervising.issue_measure(store, actor, draft, today=TODAY, now=NOW)


def _tables() -> Sequence[importing.Table]:
    return [read_table("units.csv", UNITS.encode())]


def _confirm(store: Store, actor: Actor) -> object:
    plan = importing.preview_import(store, OFFICE, _tables(), today=TODAY)
    agreed = importing.Proposal(tuple(_tables()), plan, f"import-{next(_NUMBERS)}")
    return importing.confirm_import(store, actor, agreed, today=TODAY, now=NOW)


def _new_account(store: Store, actor: Actor) -> object:
    account = NewAccount(f"user{next(_NUMBERS)}", "某人", Role.LEADER)
    return accounts.add_account(store, actor, account, "correct horse battery", now=NOW)


def _lines(at: Target) -> Sequence[entering_many.Line]:
    """A table of one row, for the target's unit."""
    title = f"成批 {next(_NUMBERS)}"
    return [(1, {"unit": at.unit, "event": at.record.event, "occurred_on": "2025-05-20", "title": title})]


def _check_many(store: Store, actor: Actor, at: Target) -> bool:
    return not entering_many.check_many(store, actor, _lines(at), today=TODAY).problems


def _enter_many(store: Store, actor: Actor, at: Target) -> object:
    operation = f"many-{next(_NUMBERS)}"
    try:
        return entering_many.enter_many(store, actor, _lines(at), operation, today=TODAY, now=NOW, sure=True)
    except entering_many.FaultyTableError:
        return False


def _void_many(store: Store, actor: Actor, at: Target) -> object:
    record = fresh_record(store, at.unit)
    seen = {record.record_id: _version(store, record)}
    try:
        return tidying.void_many(store, actor, seen, "重复", now=NOW)
    except tidying.RefusedStepsError:
        return False


def _move_many(store: Store, actor: Actor, at: Target) -> object:
    """Moving from another unit of the same kind to the target."""
    record = fresh_record(store, SAME_KIND[at.unit])
    seen = {record.record_id: _version(store, record)}
    return tidying.move_many(store, actor, seen, at.unit, "录错单位", today=TODAY, now=NOW)


Call = Callable[[Store, Actor, Target], object]
CALLS: Mapping[str, Call] = {
    **OPERATIONS_CALLS,
    **CATALOGUE_CALLS,
    **UNIT_CALLS,
    **MATTER_CALLS,
    **REGISTER_CALLS,
    **REMINDING_CALLS,
    **PAPER_CALLS,
    **ZONE_CALLS,
    "accounts.add_account": lambda s, a, _: _new_account(s, a),
    "accounts.disable": lambda s, a, _: accounts.disable(s, a, "clerk", now=NOW),
    "accounts.drop_second_factor": lambda s, a, _: accounts.drop_second_factor(s, a, "clerk", now=NOW),
    "accounts.enable": lambda s, a, _: accounts.enable(s, a, "clerk", now=NOW),
    "accounts.list_accounts": lambda s, a, _: accounts.list_accounts(s, a),
    "accounts.bind": lambda s, a, _: accounts.bind(s, a, "clerk", "kim@office", now=NOW),
    "accounts.move": lambda s, a, _: accounts.move(s, a, "clerk", "leader", "", now=NOW),
    "accounts.places": lambda s, a, _: accounts.places(s, a),
    "accounts.set_password": lambda s, a, _: accounts.set_password(s, a, "clerk", "x" * 20, now=NOW),
    "accounts.unlock": lambda s, a, _: accounts.unlock(s, a, "clerk", now=NOW),
    "attaching.add_attachment": _attach,
    "attaching.attachment_history": lambda s, a, t: attaching.attachment_history(s, a, _owner(t.record)),
    "attaching.attachments_of": lambda s, a, t: attaching.attachments_of(s, a, _owner(t.record)),
    "attaching.open_attachment": lambda s, a, t: attaching.open_attachment(s, a, t.attachment.version_id),
    "attaching.read_images": lambda s, a, t: attaching.read_images(s, a, [_owner(t.record)]),
    "attaching.remove_attachment": _remove,
    "attaching.replace_attachment": _replace,
    "checking_covertly.check_book": lambda s, a, t: t.unit in {c.record.unit for c in _book(s, a, t)},
    "checking_covertly.enter_check": _check,
    "drafting.keep_draft": lambda s, a, _: drafting.keep_draft(s, a, Typed("f", "o", 1, {}), now=NOW) or True,
    "entering.effects": lambda s, a, t: bool(entering.effects(s, a, t.record, TODAY)),
    "entering.effects_together": lambda s, a, t: bool(entering.effects_together(s, a, [t.record], TODAY)),
    "entering.open_desk": lambda s, a, t: entering.open_desk(s, a, t.unit, TODAY),
    "entering.units_to_enter_for": lambda s, a, t: t.unit in _codes(entering.units_to_enter_for(s, a)),
    "entering_many.check_many": _check_many,
    "entering_many.enter_many": _enter_many,
    "explaining.explain": lambda s, a, t: explaining.explain(s, a, QUESTION, t.unit, *_cell(s, t)),
    "exporting.export_csv": lambda s, a, _: exporting.export_csv(s, a, "records"),
    "exporting_workbooks.export_journal_csv": lambda s, a, _: exporting_workbooks.export_journal_csv(s, a),
    "exporting_workbooks.export_workbook": lambda s, a, _: exporting_workbooks.export_workbook(
        s, a, ["units"]
    ),
    "hazards.cases_for": lambda s, a, t: t.hazard in {c.hazard.code for c in hazards.cases_for(s, a, TODAY)},
    "hazards.every_unit": lambda s, a, _: hazards.every_unit(s, a),
    "hazards.hazard_story": lambda s, a, t: hazards.hazard_story(s, a, t.hazard, TODAY),
    "hazards.set_clock_days": lambda s, a, _: hazards.set_clock_days(s, a, {}, now=NOW),
    "importing.confirm_import": lambda s, a, _: _confirm(s, a),
    "importing.import_tables": lambda s, a, _: importing.import_tables(s, a, _tables(), today=TODAY, now=NOW),
    "importing.preview_import": lambda s, a, _: importing.preview_import(s, a, _tables(), today=TODAY),
    "journalling.read_journal": lambda s, a, _: journalling.read_journal(s, a),
    "key_periods.keep_period": lambda s, a, _: key_periods.keep_period(
        s, a, KeyPeriod("", "", TODAY, TODAY), now=NOW
    ),
    "key_periods.key_period_board": lambda s, a, t: (
        t.unit in _codes(key_periods.key_period_board(s, a, QUESTION).units)
    ),
    "key_periods.set_lead_days": lambda s, a, _: key_periods.set_lead_days(s, a, 3, now=NOW),
    "key_periods.take_out": lambda s, a, _: key_periods.take_out(
        s, a, [KeyPeriod("x", "假期", TODAY, TODAY)], now=NOW
    ),
    "looking_up.look_up": lambda s, a, t: t.unit in _codes(looking_up.look_up(s, a).units),
    "policies.set_policy": lambda s, a, _: policies.set_policy(s, a, {}, now=NOW),
    "proposing.cell_to_urge": lambda s, a, t: proposing.cell_to_urge(s, a, QUESTION, t.unit, *_cell(s, t)),
    "proposing.items_of": lambda s, a, t: (proposing.items_of(s, a, QUESTION, t.unit), True)[1],
    "proposing.measures_for": lambda s, a, t: (
        t.unit in {m.unit for m in proposing.measures_for(s, a, QUESTION)}
    ),
    "proposing.proposals_for": lambda s, a, _: (proposing.proposals_for(s, a, QUESTION), True)[1],
    "proposing.set_ladder": lambda s, a, _: proposing.set_ladder(s, a, DEFAULT_LADDER, now=NOW),
    "recording.correct_record": _correct,
    "recording.enter_record": _enter,
    "recording.find_current": lambda s, a, t: bool(recording.find_current(s, a, t.record.record_id)),
    "recording.find_records": lambda s, a, t: bool(
        recording.find_records(s, a, RecordSearch(units=frozenset({t.unit})))[1]
    ),
    "recording.just_entered": lambda s, a, t: (
        t.unit in {record.unit for record, _ in recording.just_entered(s, a, TODAY, 10_000)}
    ),
    "cities.cities_seen": lambda s, a, _t: cities.cities_seen(s, a),
    "recording.record_history": lambda s, a, t: recording.record_history(s, a, t.record.record_id),
    "recording.void_record": _void,
    "rectifying.move_hazard": _move,
    "rectifying.register_hazard": _register,
    "scoreboard.cells_for": lambda s, a, t: bool(scoreboard.cells_for(s, a, QUESTION, t.unit)),
    "supervising.answer_measure": _answer,
    "supervising.issue_measure": _issue,
    "templating.template_workbook": lambda s, a, _: templating.template_workbook(s, a, ["units"]),
    "tidying.move_many": _move_many,
    "tidying.preview_moving": lambda s, a, t: tidying.preview_moving(
        s, a, [t.record.record_id], t.unit, today=TODAY
    ),
    "tidying.preview_voiding": lambda s, a, t: (
        not any(step.problem for step in tidying.preview_voiding(s, a, [t.record.record_id]))
    ),
    "tidying.void_many": _void_many,
    "verifying.journal_head": lambda s, a, _: verifying.journal_head(s, a),
    "verifying.verify": lambda s, a, _: verifying.verify(s, a),
    "wall_links.list_links": lambda s, a, _: wall_links.list_links(s, a),
    "wall_links.make_link": lambda s, a, _: wall_links.make_link(s, a, "大厅", now=NOW),
    "wall_links.revoke_link": lambda s, a, _: wall_links.revoke_link(s, a, _link(s), now=NOW),
    "walling.wall_picture": lambda s, a, _: walling.wall_picture(s, a, TODAY),
}


def _cell(store: Store, at: Target) -> tuple[str, str]:
    """The obligation and the period of the unit's first cell."""
    found = scoreboard.cells_for(store, OFFICE, QUESTION, at.unit)[0]
    return found.obligation.code, found.period.code


def _book(store: Store, actor: Actor, at: Target) -> Sequence[object]:
    _check(store, OFFICE, at)
    return checking_covertly.check_book(store, actor, QUESTION).checks


def _codes(units: object) -> set[str]:
    return {unit.code for unit in units}  # type: ignore[attr-defined]


def _link(store: Store) -> int:
    wall_links.make_link(store, OFFICE, "大厅", now=NOW)
    return wall_links.list_links(store, OFFICE)[0].link_id
