"""Rosters: leaders with the days of their posts, members with liaison officers; who may see a telephone."""

from datetime import date

import pytest

from core.domain.units import Leader, Member
from core.errors import ConflictError, InputError, NotFoundError
from core.services.adjusting import Press
from core.services.judging import Question
from core.services.keeping_rosters import (
    keep_leader,
    keep_member,
    members_of,
    preview_leader,
    remove_leader,
    remove_member,
    roster_of,
)
from core.services.recording import FaultyRecordError
from core.store.engine import Store
from tests.city_examples import (
    CLERK,
    DEPARTMENT_CLERK,
    LEADER,
    NOW,
    OFFICE,
    OTHER_CLERK,
    TODAY,
    cell_of,
    journal,
)

QUESTION = Question(2025, TODAY)
NEW = {"unit": "L1", "name": "孙六平", "title": "副市长", "from": "2025-04-01", "until": ""}
WHAT = "locality.leader_inspection"
MEMBER = Member("C1", "D1", "危化科", "田文静", "0538-0000000")


def keep(store: Store, texts: dict[str, str], operation: str = "one", seen: int = 0) -> str:
    return keep_leader(store, OFFICE, texts, QUESTION, Press(operation, seen), now=NOW).told


def held(store: Store) -> dict[str, tuple[Leader, int]]:
    return {leader.name: (leader, seen) for leader, seen in roster_of(store, OFFICE, "L1")}


def test_a_leader_counts_from_the_first_day_of_the_post_to_the_last(city: Store) -> None:
    assert cell_of(city, "L1", WHAT, "2025Q2").required == 1
    told = preview_leader(city, OFFICE, NEW, QUESTION, now=NOW).told
    assert keep(city, NEW) == told
    assert cell_of(city, "L1", WHAT, "2025Q2").required == 2
    assert cell_of(city, "L1", WHAT, "2025Q1").required == 2
    keep(city, {**NEW, "until": "2025-05-31"}, "until", held(city)["孙六平"][1])
    assert cell_of(city, "L1", WHAT, "2025Q2").required == 1
    assert keep(city, NEW) == "此前已保存，没有重复保存。"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [({"name": ""}, "不能为空"), ({"until": "2025-03-01"}, "早于"), ({"unit": "X"}, "不存在")],
)
def test_a_faulty_leader_is_refused(town: Store, changes: dict[str, str], reason: str) -> None:
    before = journal(town)
    with pytest.raises(FaultyRecordError, match=reason):
        keep(town, {**NEW, **changes})
    assert journal(town) == before


def test_somebody_elses_change_of_a_leader_is_not_overwritten(town: Store) -> None:
    keep(town, NEW)
    with pytest.raises(ConflictError, match="任职"):
        keep(town, {**NEW, "title": "市长"}, "two")


def test_only_who_was_put_on_by_mistake_is_taken_off(town: Store) -> None:
    seen = held(town)["赵一鸣"][1]
    with pytest.raises(InputError, match="已有 1 条记录，不能移除"):
        remove_leader(town, OFFICE, "L1", "赵一鸣", "误录", Press("out", seen), now=NOW)
    seen = held(town)["钱二宁"][1]
    with pytest.raises(InputError, match="原因"):
        remove_leader(town, OFFICE, "L1", "钱二宁", "", Press("out", seen), now=NOW)
    remove_leader(town, OFFICE, "L1", "钱二宁", "误录", Press("out", seen), now=NOW)
    assert set(held(town)) == {"赵一鸣"}
    with pytest.raises(NotFoundError):
        remove_leader(town, OFFICE, "L1", "钱二宁", "误录", Press("out2", seen), now=NOW)


def test_a_member_is_kept_once_changed_and_removed(city: Store) -> None:
    assert keep_member(city, OFFICE, MEMBER, Press("one"), now=NOW) == MEMBER
    keep_member(city, OFFICE, MEMBER, Press("one"), now=NOW)
    with pytest.raises(ConflictError):
        keep_member(city, OFFICE, MEMBER, Press("two"), now=NOW)
    found, seen = members_of(city, OFFICE, "C1")[0]
    assert found == MEMBER
    moved = Member("C1", "D1", "危化科", "周瑞", "", date(2025, 1, 1))
    keep_member(city, OFFICE, moved, Press("three", seen), now=NOW)
    found, seen = members_of(city, OFFICE, "C1")[0]
    assert found.liaison == "周瑞"
    remove_member(city, OFFICE, found, "退出", Press("four", seen), now=NOW)
    assert members_of(city, OFFICE, "C1") == []


def test_a_units_full_name_is_kept_as_its_code_and_another_name_as_it_is(town: Store) -> None:
    assert keep_member(town, OFFICE, Member("C1", "市应急局"), Press("a"), now=NOW).member == "D1"
    assert keep_member(town, OFFICE, Member("C1", "市气象局"), Press("b"), now=NOW).member == "市气象局"


@pytest.mark.parametrize(
    ("member", "field"),
    [
        (Member("L1", "D1"), "committee"),
        (Member("C1", " "), "member"),
        (Member("C1", "D1", until=date(2025, 1, 1), starts=date(2025, 2, 1)), "until"),
        (Member("C1", "D1", liaison="长" * 101), "liaison"),
    ],
)
def test_a_faulty_member_is_refused_beside_its_field(town: Store, member: Member, field: str) -> None:
    with pytest.raises(InputError) as refused:
        keep_member(town, OFFICE, member, Press("x"), now=NOW)
    assert refused.value.field == field


def test_telephones_are_for_the_office_and_the_committee_itself(town: Store) -> None:
    keep_member(town, OFFICE, MEMBER, Press("one"), now=NOW)
    phones = {actor.username: members_of(town, actor, "C1")[0][0].phone for actor in (OFFICE, CLERK)}
    assert set(phones.values()) == {"0538-0000000"}
    assert [members_of(town, actor, "C1")[0][0].phone for actor in (OTHER_CLERK, LEADER)] == ["", ""]
    with pytest.raises(NotFoundError):
        members_of(town, DEPARTMENT_CLERK, "C1")
