"""Files of the office's own: committees' member units, and exemptions; each row read and written."""

from datetime import date

from core.domain.intake import Row, needed_unit
from core.domain.obligations import Obligation
from core.domain.periods import Period, parse_period
from core.domain.status import Exemption
from core.domain.texts import REASON_LIMIT, parse_day, shorten, squeezed
from core.domain.units import Member, Unit, UnitKind
from core.domain.world import World


def read_member(row: Row, world: World) -> Member | None:
    """Read a row of member units; a unit of ours is kept by its code, another by its name."""
    committee = needed_unit(row, "committee", world)
    if committee and committee.kind != UnitKind.COMMITTEE:
        row.blame("committee", f"“{committee.name}”不是专委会。")
    typed = row.text("member", 200, needed=True)
    office, liaison = row.text("office", 200), row.text("liaison", 100)
    phone = row.text("phone", 40)
    starts, until = row.parsed("from", parse_day), row.parsed("until", parse_day)
    if starts and until and until < starts:
        row.blame("until", f"截止日期 {until} 早于开始日期 {starts}。")
    if row.faults or committee is None:
        return None
    return Member(committee.code, world.find_code(typed) or typed, office, liaison, phone, starts, until)


def read_exemption(row: Row, world: World) -> Exemption | None:
    """Read a row of exemptions: an obligation that the unit owes, one of its periods, and a reason."""
    unit = needed_unit(row, "unit", world)
    period = parse_period(row.cells.get("period", ""))
    if period is None:
        typed = shorten(row.cells.get("period", ""))
        row.blame("period", f"周期“{typed}”不能识别，请写成 2025Q1、2025H1、2025M03 或 2025。")
    reason = row.text("reason", REASON_LIMIT, needed=True)
    obligation = _owed(row, unit, period, world) if unit and period else None
    if obligation and period and period not in obligation.periods(period.year):
        row.blame("period", f"“{obligation.title}”没有 {period.code} 这一期。")
    if row.faults or unit is None or obligation is None or period is None:
        return None
    return Exemption(unit.code, obligation.code, period.code, reason)


def _owed(row: Row, unit: Unit, period: Period, world: World) -> Obligation | None:
    typed = row.text("obligation", 100, needed=True)
    catalogue = world.catalogue_for(date(period.year, 1, 1))
    if catalogue is None:
        row.blame("period", f"{period.year} 年没有事项目录（现有：{world.years()}）。")
        return None
    names = {squeezed(typed)}
    owed = catalogue.owed_by(unit)
    found = next((each for each in owed if names & {each.code, squeezed(each.title)}), None)
    if found is None and typed:
        row.blame("obligation", f"{unit.name}没有“{shorten(typed)}”这一事项，请填写事项编码或标题。")
    return found


def line_of_member(member: Member) -> list[object]:
    """A member unit as a line of its file."""
    return [
        *(member.committee, member.member, member.office, member.liaison, member.phone),
        *(member.starts, member.until),
    ]


def line_of_exemption(each: Exemption) -> list[object]:
    """An exemption as a line of its file."""
    return [each.unit, each.obligation, each.period, each.reason]
