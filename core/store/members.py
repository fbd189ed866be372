"""The committees' member units, in versions."""

from sqlalchemy import select

from core.domain.units import Member
from core.store.member_rows import MemberRow
from core.store.standing import Standing, find_standing
from core.store.unit_of_work import Reader, UnitOfWork


def members(reader: Reader) -> list[Member]:
    """All member units, in the order of their entry."""
    query = select(MemberRow).where(reader.current(MemberRow)).order_by(MemberRow.version_id)
    return [
        Member(row.committee, row.member, row.office, row.liaison, row.phone, row.starts, row.until)
        for row in reader.session.scalars(query)
    ]


def member_standing(reader: Reader, committee: str, member: str) -> Standing:
    """Which version of a member stands."""
    return find_standing(reader, MemberRow, MemberRow.committee == committee, MemberRow.member == member)


def write_member(work: UnitOfWork, change: int, wanted: Member) -> None:
    """Begin a version of a member and end the one before it."""
    end_member(work, change, wanted)
    columns = {name: getattr(wanted, name) for name in Member.__slots__}
    work.session.add(MemberRow(begun_by=change, **columns))
    work.session.flush()


def end_member(work: UnitOfWork, change: int, member: Member) -> None:
    """End the current version of a member, if there is one."""
    query = select(MemberRow).where(
        MemberRow.ended_by.is_(None),
        MemberRow.committee == member.committee,
        MemberRow.member == member.member,
    )
    before = work.session.scalars(query).one_or_none()
    if before:
        work.end(before, change)
        work.session.flush()
