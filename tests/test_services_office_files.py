"""Member units and exemptions as files: in, out and in again; every bad row named, nothing kept."""

import pytest

from core.domain.cells import Status
from core.domain.units import Member
from core.services.exempting import exemptions_of
from core.services.exporting import export_csv
from core.services.keeping_rosters import members_of
from core.store.engine import Store
from tests.city_examples import OFFICE, cell_of, journal, places, problems_of, take_in

MEMBERS = """专委会,成员单位,责任科室,联络员,电话,起,止
危险化学品专委会,市应急局,危化科,田文静,0538-6000000,2025-01-01,
C1,市气象局,,,,,
"""
EXEMPTIONS = """unit,obligation,period,reason
C2,committee.meeting,2025Q1,专委会重组
消防专委会,联合执法检查,2025H1,专委会重组
"""


def test_member_units_come_in_go_out_and_come_in_unchanged(city: Store) -> None:
    assert str(take_in(city, {"members": MEMBERS})) == "新增 2，更新 0，未变 0"
    held = [member for member, _ in members_of(city, OFFICE, "C1")]
    assert [each.member for each in held] == ["D1", "市气象局"]
    text = export_csv(city, OFFICE, "members")
    assert str(take_in(city, {"members": text})) == "新增 0，更新 0，未变 2"
    moved = text.replace("田文静", "周瑞")
    assert str(take_in(city, {"members": moved})) == "新增 0，更新 1，未变 1"
    assert "周瑞" in {
        member.liaison for member, _ in members_of(city, OFFICE, "C1") if isinstance(member, Member)
    }


def test_exemptions_come_in_go_out_and_come_in_unchanged(city: Store) -> None:
    assert str(take_in(city, {"exemptions": EXEMPTIONS})) == "新增 2，更新 0，未变 0"
    assert cell_of(city, "C2", "committee.meeting", "2025Q1").status == Status.EXEMPT
    assert cell_of(city, "C2", "committee.joint_enforcement", "2025H1").status == Status.EXEMPT
    text = export_csv(city, OFFICE, "exemptions")
    assert str(take_in(city, {"exemptions": text})) == "新增 0，更新 0，未变 2"
    assert str(take_in(city, {"exemptions": text.replace("重组", "合并")})) == "新增 0，更新 2，未变 0"
    assert {each.exemption.reason for each in exemptions_of(city, OFFICE, 2025)} == {"专委会合并"}


@pytest.mark.parametrize(
    ("kind", "line", "column"),
    [
        ("members", "L1,D1,,,,,", "专委会"),
        ("members", "C1,,,,,,", "成员单位"),
        ("members", "C1,D1,,,,2025-02-01,2025-01-01", "止"),
        ("exemptions", "X,committee.meeting,2025Q1,无", "单位"),
        ("exemptions", "C2,locality.plan,2025,无", "考核事项"),
        ("exemptions", "C2,committee.meeting,2025H1,无", "周期"),
        ("exemptions", "C2,committee.meeting,2031Q1,无", "周期"),
        ("exemptions", "C2,committee.meeting,第一季度,无", "周期"),
        ("exemptions", "C2,committee.meeting,2025Q1,", "理由"),
    ],
)
def test_a_bad_row_is_named_and_nothing_of_its_file_is_kept(
    town: Store, kind: str, line: str, column: str
) -> None:
    before = journal(town)
    good = {"members": MEMBERS, "exemptions": EXEMPTIONS}[kind]
    found = problems_of(town, {kind: f"{good}{line}\n"})
    assert places(found) == [(f"{kind}.csv", 4, column)]
    assert journal(town) == before
