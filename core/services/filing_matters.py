"""“一件事” links and findings of surveys in files: what stands, how it is read, written and kept."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import uuid4

from core.domain.findings import EVENT as SURVEY
from core.domain.findings import FiledFinding
from core.domain.intake import Thing
from core.domain.matter_files import line_of_finding, line_of_link, read_finding, read_link
from core.domain.one_matters import EVENT, Link, links_from, starting_links, title_of_settling
from core.domain.records import Record, RecordSearch
from core.domain.world import World
from core.store.matters import findings, own_links, write_finding, write_link
from core.store.records import all_records, find_by_key
from core.store.unit_of_work import Reader, UnitOfWork

MATTER_READERS: Mapping[str, Any] = {"links": read_link, "findings": read_finding}


def filed_links(reader: Reader) -> list[Link]:
    """Every link as a file holds it: known by chain and name, without its code and record."""
    return [replace(each, code="", record_no=0) for each in links_from(own_links(reader))]


def filed_findings(reader: Reader) -> list[FiledFinding]:
    """Every finding as a file holds it; one whose survey was voided is left out, as on the page."""
    surveys = {each.record_id: each for each in _surveys(reader)}
    found = [(surveys[each.survey], each) for each in findings(reader) if each.survey in surveys]
    return [
        FiledFinding(record.unit, record.occurred_on, record.title, replace(each, code="", survey=0))
        for record, each in found
    ]


MATTER_FILES: Mapping[str, tuple[Callable[[Reader], Iterable[Any]], Callable[[Any], list[object]]]] = {
    "links": (filed_links, line_of_link),
    "findings": (filed_findings, line_of_finding),
}
"""How each kind is given out: all there is, and a line of one."""


def matters_standing(reader: Reader, kind: str, world: World) -> list[Any]:
    """What stands of a kind; it is made known to the world, and so are the surveys that findings name."""
    standing = list(MATTER_FILES[kind][0](reader))
    world.add(*standing)
    if kind == "findings":
        world.add(*_surveys(reader))
    return standing


def keep_matters(work: UnitOfWork, change: int, added: Sequence[Thing], updated: Sequence[Thing]) -> None:
    """Keep what is new or different; the records that it leans on must have been kept before."""
    wanted = (*added, *updated)
    _keep_links(work, change, [each for each in wanted if isinstance(each, Link)])
    _keep_findings(work, change, [each for each in wanted if isinstance(each, FiledFinding)])


def _surveys(reader: Reader) -> list[Record]:
    return all_records(reader, RecordSearch(events=frozenset({SURVEY})))


def _keep_links(work: UnitOfWork, change: int, wanted: Sequence[Link]) -> None:
    """A link that was taken out comes back under its own code."""
    known = {each.code: each for each in starting_links()} | {each.code: each for each in own_links(work)}
    by_key = {each.key: each for each in sorted(known.values(), key=lambda each: each.kept)}
    for each in wanted:
        old = by_key.get(each.key)
        code = old.code if old else _new_code()
        kept = replace(each, code=code, record_no=_record_no(work, each, old))
        write_link(work, change, kept)
        by_key[each.key] = kept  # a second file of the same import may bring it again


def _record_no(work: UnitOfWork, link: Link, old: Link | None) -> int:
    """The record of the settling where the ledger has one."""
    if link.settled_on is None:
        return 0
    if old and (old.department, old.settled_on) == (link.department, link.settled_on) and old.record_no:
        return old.record_no
    record = find_by_key(work, Record(link.department, EVENT, link.settled_on, title_of_settling(link)))
    return record.record_id if record else 0


def _keep_findings(work: UnitOfWork, change: int, wanted: Sequence[FiledFinding]) -> None:
    if not wanted:
        return
    surveys = {(each.unit, each.occurred_on, each.title): each.record_id for each in _surveys(work)}
    codes = {(each.survey, each.name): each.code for each in findings(work)}
    for each in wanted:
        survey = surveys[each.surveyed_by, each.surveyed_on, each.survey]
        code = codes.setdefault((survey, each.finding.name), _new_code())
        write_finding(work, change, replace(each.finding, code=code, survey=survey))


def _new_code() -> str:
    return str(uuid4().int)[:12]
