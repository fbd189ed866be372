"""Carrying a hazard from found to closed: who may, what is kept, what is refused, and who was first."""

from dataclasses import replace
from datetime import date

import pytest

from core.domain.attachments import Owner, OwnerKind, Sent
from core.domain.clocks import Clock, ticking
from core.domain.hazards import Deed, Level, Move, Stage
from core.errors import ConflictError, ForbiddenError, InputError, NotFoundError
from core.services.attaching import attachments_of
from core.services.hazard_photographs import AFTER, BEFORE, Photographs
from core.services.hazards import cases_for, hazard_story, set_clock_days
from core.services.recording import FaultyRecordError
from core.services.verifying import verify
from core.store.engine import Store
from tests.city_examples import (
    ADMIN,
    AUDITOR,
    CLERK,
    DEPARTMENT_CLERK,
    LEADER,
    LOCAL_CLERK,
    NOW,
    OFFICE,
    OTHER_CLERK,
    SCREEN,
    TODAY,
    journal,
    local,
    take_in,
)
from tests.hazard_examples import (
    AFTERWARDS,
    BOTH_SIDES,
    FOUND,
    act,
    assigned,
    case,
    cases,
    day,
    hazard,
    listed,
    picture,
    rectified,
    register,
)

RECTIFIED = rectified()
CLOSED = Move(Deed.CLOSED, day(12), note="现场核实")


@pytest.fixture(autouse=True)
def _city(store: Store) -> None:
    take_in(store, now=local("2025-01-02 09:00"))


def test_a_hazard_lives_from_found_to_closed_and_each_move_is_a_change(store: Store) -> None:
    code = register(store, then=assigned(), actor=OFFICE).hazard.code
    act(store, code, RECTIFIED, actor=LOCAL_CLERK, photographs=AFTERWARDS)
    closed = act(store, code, CLOSED)
    assert code == "YH2025-0001"
    assert (closed.course.stage, closed.course.closed_on) == (Stage.CLOSED, day(12))
    told = [(each.person, each.action) for each in journal(store) if each.subject == code]
    assert told == [
        ("office", "hazard.found"),
        ("office", "hazard.assigned"),
        ("local", "hazard.rectified"),
        ("office", "hazard.closed"),
    ]
    assert verify(store, ADMIN) == []


def test_a_department_finds_a_hazard_in_a_locality_and_leaves_it_to_be_assigned(store: Store) -> None:
    found = register(store, actor=DEPARTMENT_CLERK)
    assert found.course.stage == Stage.FOUND
    assert [each.hazard.code for each in cases_for(store, LOCAL_CLERK, TODAY)] == [found.hazard.code]


def test_a_unit_cannot_register_for_another(store: Store) -> None:
    with pytest.raises(ForbiddenError):
        register(store, actor=LOCAL_CLERK)


@pytest.mark.parametrize("actor", [LEADER, SCREEN, ADMIN, AUDITOR])
def test_who_handles_no_hazards_registers_none(store: Store, actor: object) -> None:
    with pytest.raises(ForbiddenError):
        register(store, actor=actor)  # type: ignore[arg-type]


def test_a_hazard_of_others_is_not_seen_and_not_moved(store: Store) -> None:
    code = register(store, replace(hazard(), industry="")).hazard.code
    assert cases_for(store, OTHER_CLERK, TODAY) == []
    with pytest.raises(NotFoundError):
        hazard_story(store, OTHER_CLERK, code, TODAY)
    with pytest.raises(NotFoundError):
        act(store, code, assigned(), actor=OTHER_CLERK)
    assert len(cases_for(store, LEADER, TODAY)) == 1


@pytest.mark.parametrize("actor", [CLERK, DEPARTMENT_CLERK])
def test_only_the_unit_that_must_rectify_says_that_it_did(store: Store, actor: object) -> None:
    code = register(store, then=assigned()).hazard.code
    with pytest.raises(ForbiddenError):
        act(store, code, RECTIFIED, actor=actor, photographs=AFTERWARDS)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "deed", [Deed.CLOSED, Deed.RETURNED, Deed.LISTED, Deed.ESCALATED, Deed.EXPOSED, Deed.DELISTED]
)
def test_closing_listing_and_escalating_are_the_offices(store: Store, deed: Deed) -> None:
    code = register(store, then=assigned()).hazard.code
    move = Move(deed, day(12), note="说明", due=day(30), document="文号")
    with pytest.raises(ForbiddenError, match="没有“隐患复查销号、挂牌和提级”的权限"):
        act(store, code, move, actor=LOCAL_CLERK)


def test_a_unit_assigns_to_itself_only(store: Store) -> None:
    code = register(store, replace(hazard(), found_by="L1"), actor=LOCAL_CLERK).hazard.code
    with pytest.raises(ForbiddenError, match="只能交办给本单位"):
        act(store, code, replace(assigned(), unit="L2"), actor=LOCAL_CLERK)
    assert act(store, code, assigned(), actor=LOCAL_CLERK).course.unit == "L1"


def test_the_second_of_two_is_told_what_happened_meanwhile(store: Store) -> None:
    code = register(store, then=assigned()).hazard.code
    seen = case(store, code).seen
    act(store, code, RECTIFIED, actor=LOCAL_CLERK, photographs=AFTERWARDS, seen=seen)
    asked = Move(Deed.EXTENSION_ASKED, day(9), note="配件未到", due=day(20))
    before = len(journal(store))
    with pytest.raises(ConflictError, match=r"local.*办理了“整改完成”，该隐患目前“待复查”。您的操作没有保存"):
        act(store, code, asked, actor=OFFICE, seen=seen)
    assert len(journal(store)) == before


def test_one_press_sent_twice_is_one_move(store: Store) -> None:
    code = register(store, then=assigned(), operation="once").hazard.code
    assert register(store, then=assigned(), operation="once").hazard.code == code
    seen = case(store, code).seen
    for _ in range(2):
        act(store, code, Move(Deed.ESCALATED, day(4), document="文号"), seen=seen, operation="again")
    assert [move.deed for move in case(store, code).moves] == [Deed.FOUND, Deed.ASSIGNED, Deed.ESCALATED]
    assert len(cases(store)) == 1


def test_the_same_content_within_seconds_is_one_hazard(store: Store) -> None:
    first, again = register(store), register(store)
    assert first.hazard.code == again.hazard.code
    later = register(store, now=local("2025-06-19 10:01"))
    assert later.hazard.code == "YH2025-0002"


@pytest.mark.parametrize(
    ("wrong", "fields"),
    [
        ({"description": " "}, {"description"}),
        ({"place": "长" * 201}, {"place"}),
        ({"locality": "C1"}, {"locality"}),
        ({"industry": "L1"}, {"industry"}),
        ({"found_on": date(2025, 6, 20)}, {"found_on"}),
        ({"description": "", "place": "", "locality": "X"}, {"description", "place", "locality"}),
    ],
)
def test_everything_wrong_with_a_hazard_is_named_and_nothing_is_kept(
    store: Store, wrong: dict[str, object], fields: set[str]
) -> None:
    before = len(journal(store))
    with pytest.raises(FaultyRecordError) as refused:
        register(store, replace(hazard(), **wrong))  # type: ignore[arg-type]
    assert {fault.column for fault in refused.value.faults} == fields
    assert len(journal(store)) == before
    assert cases(store) == []


@pytest.mark.parametrize(
    ("move", "field"),
    [
        (Move(Deed.RETURNED, day(12)), "note"),
        (Move(Deed.CLOSED, date(2025, 6, 20)), "on"),
        (Move(Deed.RETURNED, day(12), note="退回", due=day(5)), "due"),
        (Move(Deed.EXPOSED, day(12)), "document"),
        (Move(Deed.ASSIGNED, day(12), due=day(20), unit="没有"), "unit"),
        (Move(Deed.ASSIGNED, day(12), unit="L1"), "due"),
    ],
)
def test_a_move_without_what_it_needs_is_refused_field_by_field(store: Store, move: Move, field: str) -> None:
    code = register(store, then=assigned()).hazard.code
    act(store, code, RECTIFIED, actor=LOCAL_CLERK, photographs=AFTERWARDS)
    with pytest.raises(FaultyRecordError) as refused:
        act(store, code, move)
    assert field in {fault.column for fault in refused.value.faults}
    assert case(store, code).course.stage == Stage.RECHECKING


def test_a_listing_says_who_how_with_what_and_by_when(store: Store) -> None:
    code = register(store, hazard(Level.MAJOR), assigned(25)).hazard.code
    with pytest.raises(FaultyRecordError) as refused:
        act(store, code, replace(listed(), detail=()))
    assert len(refused.value.faults) == 6
    assert act(store, code, listed()).course.listed
    assert dict(case(store, code).moves[-1].detail)["funds"] == "整改资金"


def test_rectifying_shows_how_it_looks_now(store: Store) -> None:
    code = register(store, then=assigned(), photographs=Photographs((picture(),))).hazard.code
    with pytest.raises(InputError, match="整改后的照片"):
        act(store, code, RECTIFIED, actor=LOCAL_CLERK)
    act(store, code, RECTIFIED, actor=LOCAL_CLERK, photographs=AFTERWARDS)
    notes = [each.note for each in attachments_of(store, LOCAL_CLERK, Owner(OwnerKind.HAZARD, code))]
    assert notes == [BEFORE, AFTER]


def test_fixing_at_once_shows_before_and_after(store: Store) -> None:
    draft, at_once = replace(hazard(), found_by="L1"), Move(Deed.FIXED_AT_ONCE, FOUND)
    for lacking in (Photographs(), AFTERWARDS, Photographs((picture(),))):
        with pytest.raises(InputError, match="照片"):
            register(store, draft, at_once, actor=LOCAL_CLERK, photographs=lacking)
    assert cases(store) == []
    fixed = register(store, draft, at_once, actor=LOCAL_CLERK, photographs=BOTH_SIDES)
    assert fixed.course.stage == Stage.CLOSED


@pytest.mark.parametrize(
    "sent",
    [Sent("a.png", b"MZ this is no picture"), Sent("a.png", b""), Sent("a.pdf", b"%PDF-1.4 %%EOF")],
)
def test_a_photograph_that_is_none_keeps_nothing(store: Store, sent: Sent) -> None:
    before = len(journal(store))
    with pytest.raises(InputError):
        register(store, photographs=Photographs((sent,)))
    assert len(journal(store)) == before


def test_photographs_are_seen_by_those_whom_the_hazard_concerns(store: Store) -> None:
    code = register(store, then=assigned(), photographs=Photographs((picture(),))).hazard.code
    owner = Owner(OwnerKind.HAZARD, code)
    for actor in (OFFICE, LEADER, LOCAL_CLERK, DEPARTMENT_CLERK, CLERK):
        assert len(attachments_of(store, actor, owner)) == 1
    with pytest.raises(NotFoundError):
        attachments_of(store, OTHER_CLERK, owner)


def test_a_past_day_and_a_past_knowledge_are_two_things(store: Store) -> None:
    code = register(store, then=assigned(), now=local("2025-06-03 09:00"), today=day(3)).hazard.code
    act(store, code, RECTIFIED, actor=LOCAL_CLERK, photographs=AFTERWARDS, now=local("2025-06-16 09:00"))
    # Rectified on the 10th, typed in on the 16th: on the 13th nobody knew, and it looked overdue.
    assert case(store, code, day(13)).course.stage == Stage.RECHECKING
    then = case(store, code, day(13), known_at=local("2025-06-13 18:00"))
    assert (then.course.stage, then.overdue(day(13))) == (Stage.RECTIFYING, True)
    assert case(store, code, day(9)).course.stage == Stage.RECTIFYING


def test_the_clocks_days_are_the_offices_and_move_the_limits(store: Store) -> None:
    code = register(store, hazard(Level.MAJOR)).hazard.code
    with pytest.raises(ForbiddenError):
        set_clock_days(store, LOCAL_CLERK, {Clock.LIST: 3}, now=NOW)
    for wrong in (0, 251):
        with pytest.raises(InputError):
            set_clock_days(store, OFFICE, {Clock.LIST: wrong}, now=NOW)
    set_clock_days(store, OFFICE, {Clock.LIST: 3}, now=NOW)
    story = hazard_story(store, OFFICE, code, TODAY)
    assert [each.due for each in ticking(story.case, story.clock_days)] == [day(5)]


def test_what_a_demonstration_holds_for_later_days_gives_way_to_a_move_made_today(store: Store) -> None:
    code = register(store, then=assigned()).hazard.code
    act(store, code, replace(RECTIFIED, on=day(18)), photographs=AFTERWARDS, actor=LOCAL_CLERK)
    earlier = case(store, code, day(9)).seen
    asked = Move(Deed.EXTENSION_ASKED, day(9), note="配件未到", due=day(20))
    moved = act(store, code, asked, actor=LOCAL_CLERK, seen=earlier, today=day(9))
    assert moved.course.asked_until == day(20)
    assert case(store, code).course.stage == Stage.RECTIFYING
    assert verify(store, ADMIN) == []
