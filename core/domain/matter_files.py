"""Files of “一件事” links and of what surveys found; each row read and written."""

from dataclasses import replace
from datetime import date

from core.domain.findings import EVENT, FiledFinding, Finding, Risk, finding_faults
from core.domain.intake import Row, needed_unit, unit_code
from core.domain.named_records import Naming, title_named
from core.domain.one_matters import DOCUMENT_LIMIT, NAME_LIMIT, Chain, Link, link_faults
from core.domain.texts import parse_count, parse_day, shorten
from core.domain.units import UnitKind
from core.domain.world import World

_NAMING = Naming(EVENT, "新业态摸底排查", "surveyed_on", "survey")


def read_link(row: Row, world: World) -> Link | None:
    """Read a row of links; what its file does not mention stays as it is."""
    chain = Chain.parse(row.cells.get("chain", ""))
    if chain is None:
        known = "、".join(each.label for each in Chain)
        row.blame("chain", f"“一件事”“{shorten(row.cells.get('chain', ''))}”不存在，应为{known}之一。")
    name = row.text("name", NAME_LIMIT, needed=True)
    department = _department(row, world)
    order, settled_on = row.parsed("order", parse_count), row.parsed("settled_on", parse_day)
    document = row.text("document", DOCUMENT_LIMIT)
    if row.faults or chain is None:
        return None
    old = world.find_filed(Link, (chain.value, name)) or Link("", chain, name)
    fields = {"department": department, "settled_on": settled_on, "document": document}
    place = _place(old, world) if order is None else order
    link = replace(_opened(row, old, department), sort_no=place, **row.given({}, fields))
    row.faults_of(link_faults(link, world.today))
    return None if row.faults else link


def _department(row: Row, world: World) -> str:
    """The department that the column names; no other unit will do."""
    code = unit_code(row, "department", world, "")
    unit = world.units.get(code)
    if unit and unit.kind != UnitKind.DEPARTMENT:
        row.blame("department", f"“{unit.name}”不是部门。")
    return code


def _opened(row: Row, old: Link, department: str) -> Link:
    """Another department makes a link open again, unless the file says when it was made clear."""
    if "department" not in row.cells or department == old.department:
        return old
    return replace(old, settled_on=None, document="")


def _place(link: Link, world: World) -> int:
    """Where a link stands whose row does not say it: where it stood, or behind the others of its chain."""
    own = [each for each in world.all_filed(Link) if each.chain == link.chain]
    if any(each.name == link.name for each in own):
        return link.sort_no
    return max((each.sort_no for each in own), default=0) + 10


def read_finding(row: Row, world: World) -> FiledFinding | None:
    """Read a row of findings: its survey must stand in the ledger; what is not mentioned stays."""
    unit = needed_unit(row, "surveyed_by", world)
    surveyed_on, found_on = _needed_day(row, "surveyed_on"), _needed_day(row, "found_on")
    survey = title_named(row, _NAMING, unit, surveyed_on, world) if unit and surveyed_on else None
    name = row.cells.get("name", "")
    fields = {
        "risk": _risk(row),
        "department": _department(row, world),
        "settled_on": row.parsed("settled_on", parse_day),
        "note": row.cells.get("note", ""),
    }
    if row.faults or unit is None or surveyed_on is None or found_on is None or survey is None:
        return None
    old = world.find_filed(FiledFinding, (unit.code, surveyed_on, survey, name))
    base = old.finding if old else Finding("", 0, name, found_on)
    finding = replace(base, found_on=found_on, **row.given({}, fields))
    row.faults_of(finding_faults(finding, surveyed_on, world.today))
    return None if row.faults else FiledFinding(unit.code, surveyed_on, survey, finding)


def _needed_day(row: Row, column: str) -> date | None:
    if not row.cells.get(column):
        row.blame(column, "不能为空，请写成 2025-03-31。")
    return row.parsed(column, parse_day)


def _risk(row: Row) -> Risk:
    typed = row.cells.get("risk", "")
    risk = Risk.parse(typed) if typed else Risk.GENERAL
    if risk is None:
        row.blame("risk", f"风险“{shorten(typed)}”不存在，应为较大、一般、较低之一。")
    return risk or Risk.GENERAL


def line_of_link(link: Link) -> list[object]:
    """A link as a line of its file."""
    return [
        *(link.chain.label, link.name, link.department, link.sort_no, link.settled_on, link.document),
    ]


def line_of_finding(filed: FiledFinding) -> list[object]:
    """A finding as a line of its file."""
    found = filed.finding
    return [
        *(filed.surveyed_by, filed.surveyed_on, filed.survey, found.name, found.found_on),
        *(found.risk.label, found.department, found.settled_on, found.note),
    ]
