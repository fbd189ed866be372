"""“一件事” links and findings of surveys, in versions."""

from sqlalchemy import select

from core.domain.findings import Finding, Risk
from core.domain.one_matters import Chain, Link
from core.store.matter_rows import FindingRow, LinkRow
from core.store.standing import Standing, find_standing
from core.store.unit_of_work import Reader, UnitOfWork


def own_links(reader: Reader) -> list[Link]:
    """The links that were set since the beginning, those taken out among them."""
    query = select(LinkRow).where(reader.current(LinkRow)).order_by(LinkRow.version_id)
    return [
        Link(
            row.code,
            Chain.of(row.chain),
            row.name,
            row.department,
            row.sort_no,
            row.settled_on,
            row.document,
            row.record_no,
            row.kept,
        )
        for row in reader.session.scalars(query)
    ]


def link_standing(reader: Reader, code: str) -> Standing:
    """Which version of a link stands; none for one that is as it began."""
    return find_standing(reader, LinkRow, LinkRow.code == code)


def write_link(work: UnitOfWork, change: int, link: Link) -> None:
    """Begin a version of a link and end the one before it."""
    query = select(LinkRow).where(LinkRow.ended_by.is_(None), LinkRow.code == link.code)
    before = work.session.scalars(query).one_or_none()
    if before:
        work.end(before, change)
    columns = {name: getattr(link, name) for name in Link.__slots__} | {"chain": link.chain.value}
    work.session.add(LinkRow(begun_by=change, **columns))
    work.session.flush()


def findings(reader: Reader) -> list[Finding]:
    """What all surveys found, in the order of entry, without what was taken out."""
    query = select(FindingRow).where(reader.current(FindingRow)).order_by(FindingRow.version_id)
    return [_finding(row) for row in reader.session.scalars(query) if row.kept]


def finding_standing(reader: Reader, code: str) -> Standing:
    """Which version of a finding stands."""
    return find_standing(reader, FindingRow, FindingRow.code == code)


def write_finding(work: UnitOfWork, change: int, finding: Finding) -> None:
    """Begin a version of a finding and end the one before it."""
    query = select(FindingRow).where(FindingRow.ended_by.is_(None), FindingRow.code == finding.code)
    before = work.session.scalars(query).one_or_none()
    if before:
        work.end(before, change)
    columns = {name: getattr(finding, name) for name in Finding.__slots__} | {"risk": finding.risk.value}
    work.session.add(FindingRow(begun_by=change, **columns))
    work.session.flush()


def _finding(row: FindingRow) -> Finding:
    return Finding(
        row.code,
        row.survey,
        row.name,
        row.found_on,
        Risk.of(row.risk),
        row.department,
        row.settled_on,
        row.note,
        row.kept,
    )
