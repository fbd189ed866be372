"""The work on functional zones: plan, checklists, self-assessment, acceptance and return."""

from datetime import date, timedelta

import pytest

from core.auth import Actor
from core.domain.attachments import Owner, OwnerKind
from core.domain.cells import Status
from core.domain.zone_standing import AreaStanding, AreaState, blockers
from core.domain.zone_work import Deed, ItemState
from core.domain.zones import Area
from core.errors import ConflictError, ForbiddenError, InputError
from core.services.attaching import attachments_of, remove_attachment
from core.services.exporting import export_csv
from core.services.judging import Question
from core.services.zone_work import MarksWish, PlanWish, draw_plan, mark_items, register_zone
from core.services.zoning import checklists_table, zone_board, zones_table
from core.store.engine import Store
from tests.city_examples import LEADER, LOCAL_CLERK, NOW, OFFICE, TODAY, cell_of, journal, take_in
from tests.zone_examples import QUESTION, assess, fill, hand_in, judge, plan, press, prove, story

REST = tuple(Area)[1:]


def area_of(store: Store, area: Area, code: str = "Z2") -> AreaStanding:
    return story(store, code).standing.areas[list(Area).index(area)]


def test_a_zone_is_standardised_once_the_fifth_area_is_accepted(city: Store) -> None:
    for area in REST:
        hand_in(city, area)
        assert not story(city).standing.complete
        judge(city, area=area)
    assert story(city).standing.complete
    cell = cell_of(city, "L1", "locality.zone", "2025")
    assert (cell.done, cell.status) == (2, Status.MET)
    assert f"Z2,L1,物流园,2025-02-21,{','.join([str(TODAY)] * 4)}" in export_csv(city, OFFICE, "zones")


def test_an_area_without_evidence_is_neither_handed_in_nor_accepted(town: Store) -> None:
    fill(town)
    with pytest.raises(InputError, match="请先上传佐证材料"):
        assess(town)
    prove(town)
    assess(town)
    for each in attachments_of(town, OFFICE, Owner(OwnerKind.ZONE_AREA, "Z2.system")):
        remove_attachment(town, OFFICE, each, "误传", now=NOW)
    before = journal(town)
    with pytest.raises(InputError, match="没有佐证材料，不能验收"):
        judge(town)
    assert journal(town) == before
    assert area_of(town, Area.SYSTEM).state == AreaState.ASSESSED


def test_a_zone_of_another_locality_is_refused(town: Store) -> None:
    take_in(town, {"zones": "code,locality,name\nZ3,L2,游客集聚区\n"})
    for step in (plan, fill, assess):
        with pytest.raises(ForbiddenError, match="只能为本单位办理"):
            step(town, code="Z3")
    with pytest.raises(ForbiddenError):
        register_zone(town, LOCAL_CLERK, "L2", "别人的园区", "other", now=NOW)


@pytest.mark.parametrize("actor", [LOCAL_CLERK, LEADER])
def test_only_the_office_accepts_and_returns(town: Store, actor: Actor) -> None:
    hand_in(town)
    for deed in (Deed.ACCEPTED, Deed.RETURNED):
        with pytest.raises(ForbiddenError):
            judge(town, deed, actor=actor, note="理由")


def test_a_return_needs_a_note_and_opens_the_checklist_again(town: Store) -> None:
    hand_in(town)
    with pytest.raises(InputError, match="退回须写明原因"):
        judge(town, Deed.RETURNED, note="  ")
    judge(town, Deed.RETURNED, note="缺会议纪要")
    standing = story(town).standing
    assert area_of(town, Area.SYSTEM).state == AreaState.RETURNED
    assert "管理体系被退回：缺会议纪要" in blockers(standing, TODAY)
    assert fill(town, state=ItemState.DOING) > 0
    with pytest.raises(InputError, match="条清单未落实"):
        assess(town)


def test_an_accepted_area_that_is_returned_loses_its_date(town: Store) -> None:
    hand_in(town)
    judge(town)
    assert story(town).standing.zone.accepted[1] == TODAY
    judge(town, Deed.RETURNED, note="材料不实")
    assert story(town).standing.zone.accepted[1] is None


def test_an_area_that_was_not_handed_in_is_not_judged(town: Store) -> None:
    prove(town)
    with pytest.raises(InputError, match="属地提交自评后才能验收"):
        judge(town)
    with pytest.raises(InputError, match="没有可以退回的自评"):
        judge(town, Deed.RETURNED, note="理由")


@pytest.mark.parametrize(
    ("on", "score", "said"),
    [
        (TODAY + timedelta(days=1), 90, "晚于今天"),
        (TODAY - timedelta(days=1), 90, "早于自评日期"),
        (TODAY, None, "请填写验收得分"),
        (TODAY, 101, "请填写验收得分"),
    ],
)
def test_an_acceptance_that_cannot_be_is_refused(town: Store, on: date, score: int | None, said: str) -> None:
    hand_in(town)
    with pytest.raises(InputError, match=said):
        judge(town, on=on, score=score)


def test_what_somebody_did_meanwhile_is_told(town: Store) -> None:
    seen = story(town).seen
    hand_in(town)
    with pytest.raises(ConflictError, match="更新了“属地自评”。您的操作没有保存"):
        judge(town, seen=seen)


def test_points_that_an_item_does_not_bear_are_refused(town: Store) -> None:
    for marks, said in (
        ({"system-1": (ItemState.DONE, 31)}, "得分应在 0 至 30 之间"),
        ({"system-1": (ItemState.NOT_STARTED, 5)}, "得分应为 0"),
        ({"system-1": (ItemState.NOT_STARTED, 0)}, "清单没有改动"),
    ):
        with pytest.raises(InputError, match=said):
            mark_items(town, OFFICE, MarksWish("Z2", Area.SYSTEM, marks), press(), today=TODAY, now=NOW)


def test_a_press_that_arrives_twice_is_kept_once(town: Store) -> None:
    pressed = press()
    wish = PlanWish("Z2", "方案", (None,) * 5)
    for _ in range(2):
        draw_plan(town, LOCAL_CLERK, wish, pressed, today=TODAY, now=NOW)
    assert len(story(town).dossier.plans) == 1
    zones = {register_zone(town, LOCAL_CLERK, "L1", "新园区", "once", now=NOW).code for _ in range(2)}
    assert zones == {"Z03"}


@pytest.mark.parametrize(
    ("content", "due", "said"),
    [(" ", None, "请填写“一区一策”方案"), ("方案", date(2026, 1, 1), "不在2025年内")],
)
def test_a_plan_that_is_none_is_refused(town: Store, content: str, due: date | None, said: str) -> None:
    with pytest.raises(InputError, match=said):
        draw_plan(town, OFFICE, PlanWish("Z2", content, (due, *[None] * 4)), press(), today=TODAY, now=NOW)


@pytest.mark.parametrize(("name", "said"), [("", "请填写功能区名称"), ("高新 产业园", "已有名为")])
def test_a_zone_without_a_name_of_its_own_is_refused(town: Store, name: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        register_zone(town, OFFICE, "L1", name, "named", now=NOW)


def test_days_before_and_knowledge_of_then_are_shown_as_they_were(city: Store) -> None:
    known = NOW - timedelta(hours=1)
    plan(city)
    hand_in(city)
    judge(city)
    yesterday = Question(2025, TODAY - timedelta(days=1))
    before = story(city, question=yesterday).standing
    assert (before.plan, before.areas[1].state) == (None, AreaState.NOT_STARTED)
    assert story(city).standing.areas[1].state == AreaState.ACCEPTED
    take_in(city, {"zones": "code,locality,name\nZ9,L1,后来的园区\n"}, now=NOW + timedelta(hours=2))
    then = zone_board(city, OFFICE, Question(2025, TODAY, NOW + timedelta(hours=1)))
    assert "Z9" not in {each.zone.code for each in then.zones}
    assert not zone_board(city, OFFICE, Question(2025, TODAY, known)).zones


def test_what_blocks_a_zone_is_said_in_words(town: Store) -> None:
    assert blockers(story(town).standing, TODAY)[0] == "还没有制定“一区一策”方案"
    plan(town)
    said = blockers(story(town).standing, TODAY)
    assert "信息化建设超过计划 19 天，3 条清单未落实" in said
    assert blockers(story(town, "Z1").standing, TODAY) == []


def test_zones_and_checklists_are_taken_away_as_they_stand(town: Store) -> None:
    fill(town, state=ItemState.DOING)
    board = zone_board(town, LOCAL_CLERK, QUESTION)
    lines = [line for line in zones_table(board, board.zones, QUESTION).lines if line[1] == "Z2"]
    assert [line[4] for line in lines] == ["已验收", "推进中", "未开始", "未开始", "未开始"]
    marked = [line for line in checklists_table(board, board.zones).lines if line[6] == "推进中"]
    assert [line[7:] for line in marked] == [(1, TODAY)] * 4
