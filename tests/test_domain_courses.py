"""The life of a hazard: every move in its turn, and every one out of turn refused with a sentence."""

from dataclasses import replace

import pytest

from core.domain.clocks import Clock, ticking
from core.domain.courses import allowed, as_of, case_of
from core.domain.hazard_figures import AGES, Group, Narrowing, age_of, figures_of, narrowed
from core.domain.hazards import Case, Deed, Level, Move, Stage
from core.errors import InputError
from tests.hazard_examples import FOUND, assigned, day, hazard, history, listed, rectified

CLOSED = Move(Deed.CLOSED, day(12), "office")
RETURNED = Move(Deed.RETURNED, day(11), "office", "整改不彻底")


def refusal(*moves: Move, level: Level = Level.GENERAL) -> str:
    with pytest.raises(InputError) as refused:
        history(*moves, level=level)
    return str(refused.value)


def test_a_hazard_goes_from_found_to_closed() -> None:
    stages = [history(*[assigned(), rectified(), CLOSED][:length]).course.stage for length in range(4)]
    assert stages == [Stage.FOUND, Stage.RECTIFYING, Stage.RECHECKING, Stage.CLOSED]


def test_what_is_returned_is_rectified_and_rechecked_again() -> None:
    case = history(assigned(), rectified(), RETURNED, rectified(12), replace(CLOSED, on=day(13)))
    assert (case.course.stage, case.course.returns, case.course.rechecks) == (Stage.CLOSED, 1, 2)
    assert history(assigned(), rectified(), RETURNED).course.rectified_on is None


@pytest.mark.parametrize(
    ("moves", "said"),
    [
        ((rectified(),), "待交办"),
        ((CLOSED,), "待交办"),
        ((assigned(), CLOSED), "整改中"),
        ((assigned(), rectified(), rectified(11)), "待复查"),
        ((assigned(), rectified(), CLOSED, RETURNED), "已销号"),
        ((assigned(), rectified(), CLOSED, rectified(15)), "已销号"),
        ((Move(Deed.FOUND, FOUND),), "已经登记过"),
        ((assigned(on=1),), "早于发现日期"),
        ((assigned(due=1),), "整改期限 2025-06-01 早于发现日期 2025-06-02"),
        ((assigned(), rectified(2)), "早于上一步"),
        ((assigned(), rectified(10, "office"), CLOSED), "不能由同一人办理"),
        ((assigned(), rectified(10, "office"), RETURNED), "不能由同一人办理"),
        ((assigned(), listed()), "只有重大隐患"),
        ((assigned(), Move(Deed.EXTENSION_GRANTED, day(5), due=day(20))), "没有等待答复"),
        ((assigned(), Move(Deed.EXTENSION_ASKED, day(5), due=day(12))), "应晚于现在的期限"),
        ((assigned(), Move(Deed.PROGRESS, day(5))), "没有挂牌督办"),
        ((assigned(), Move(Deed.FIXED_AT_ONCE, day(3))), "整改中"),
        ((Move(Deed.FIXED_AT_ONCE, day(3)),), "发现当天"),
        ((Move(Deed.LOOKED_BACK, day(5)),), "待交办"),
    ],
)
def test_a_move_out_of_turn_is_refused_with_a_sentence(moves: tuple[Move, ...], said: str) -> None:
    assert said in refusal(*moves)


def test_nothing_happens_to_a_hazard_that_was_never_found() -> None:
    with pytest.raises(InputError, match="尚未登记"):
        case_of(hazard(), [assigned()])


def test_a_listed_major_hazard_is_not_closed_before_it_is_accepted_and_taken_off_the_list() -> None:
    begun = (assigned(25), listed(), rectified())
    accepted = Move(Deed.ACCEPTED, day(11), "expert")
    delisted = Move(Deed.DELISTED, day(12), "office", document="公示")
    assert "仍在挂牌督办" in refusal(*begun, CLOSED, level=Level.MAJOR)
    assert "尚未现场验收" in refusal(*begun, delisted, level=Level.MAJOR)
    case = history(*begun, accepted, delisted, CLOSED, level=Level.MAJOR)
    assert (case.course.stage, case.course.listed) == (Stage.CLOSED, False)


def test_an_acceptance_falls_with_the_return_that_follows_it() -> None:
    moves = (assigned(25), listed(), rectified(), Move(Deed.ACCEPTED, day(11), "expert"), RETURNED)
    assert history(*moves, level=Level.MAJOR).course.accepted_on is None


def test_an_extension_is_asked_for_and_granted_or_refused() -> None:
    asked = Move(Deed.EXTENSION_ASKED, day(5), "local", "配件未到", due=day(20))
    assert "等待答复" in refusal(assigned(), asked, asked)
    granted = history(assigned(), asked, Move(Deed.EXTENSION_GRANTED, day(6), "office", due=day(18)))
    refused = history(assigned(), asked, Move(Deed.EXTENSION_REFUSED, day(6), "office", "不同意"))
    assert (granted.course.due, refused.course.due) == (day(18), day(12))
    assert granted.course.asked_until is None is refused.course.asked_until


def test_what_is_put_right_at_once_is_closed_that_day() -> None:
    case = history(Move(Deed.FIXED_AT_ONCE, FOUND, "local"))
    assert (case.course.stage, case.course.closed_on, case.course.at_once) == (Stage.CLOSED, FOUND, True)
    assert "不能即查即改" in refusal(Move(Deed.FIXED_AT_ONCE, FOUND), level=Level.MAJOR)


def test_looking_back_may_open_a_hazard_again() -> None:
    reopened = Move(Deed.REOPENED, day(15), "office", "反弹", due=day(20))
    case = history(assigned(), rectified(), CLOSED, reopened)
    assert (case.course.stage, case.course.due, case.course.closed_on) == (Stage.RECTIFYING, day(20), None)


@pytest.mark.parametrize(
    ("on", "stage", "overdue"),
    [
        (2, Stage.FOUND, ""),
        (3, Stage.RECTIFYING, ""),
        (12, Stage.RECTIFYING, ""),
        (13, Stage.RECTIFYING, "overdue"),
        (14, Stage.RECHECKING, ""),
        (16, Stage.CLOSED, ""),
    ],
)
def test_a_past_day_shows_the_state_of_that_day(on: int, stage: Stage, overdue: str) -> None:
    case = history(assigned(), rectified(14), replace(CLOSED, on=day(16)))
    then = as_of(case, day(on))
    assert then is not None
    assert (then.course.stage, then.overdue(day(on))) == (stage, bool(overdue))


def test_the_day_before_it_was_found_there_was_no_hazard() -> None:
    assert as_of(history(), day(1)) is None


def test_the_moves_that_a_state_allows_are_those_that_can_be_made() -> None:
    assert allowed(history()) == [Deed.ASSIGNED, Deed.ESCALATED, Deed.FIXED_AT_ONCE, Deed.EXPOSED]
    assert Deed.CLOSED in allowed(history(assigned(), rectified()))
    assert Deed.CLOSED not in allowed(history(assigned(25), listed(), rectified(), level=Level.MAJOR))


def running(case: Case) -> dict[Clock, str]:
    return {each.clock: each.due.isoformat() for each in ticking(case, {Clock.LIST: 7, Clock.ACCEPT: 5})}


def test_the_clocks_of_listed_supervision_count_working_days() -> None:
    # Found on Monday 2 June, the holiday's last day; the seventh working day after it is Wednesday the 11th.
    assert running(history(level=Level.MAJOR)) == {Clock.LIST: "2025-06-11"}
    assert running(history(assigned(25), listed(), level=Level.MAJOR)) == {Clock.REPORT: "2025-06-18"}
    done = history(assigned(25), listed(), rectified(10), level=Level.MAJOR)
    assert running(done) == {Clock.ACCEPT: "2025-06-17"}
    assert running(history(assigned())) == {}


def test_the_figures_are_the_lengths_of_their_lists() -> None:
    cases = [
        history(),
        history(assigned(5)),
        history(assigned(), rectified(11), replace(CLOSED, on=day(14))),
        history(assigned(), rectified(13)),
        history(listed(), level=Level.MAJOR),
    ]
    figures = figures_of(cases, day(14))
    for group in Group:
        assert figures.count(group) == len(narrowed(cases, Narrowing(group), day(14))), group
    assert figures.count(Group.OVERDUE) == 1
    assert (figures.count(Group.ON_TIME), figures.count(Group.DUE)) == (1, 3)
    assert figures.average_days == 12
    assert figures.rate(Group.RETURNED, Group.RECHECKED) == 0


def test_rates_without_anything_to_count_are_empty() -> None:
    figures = figures_of([], day(14))
    assert (figures.average_days, figures.rate(Group.ON_TIME, Group.DUE)) == (None, None)


def test_every_open_hazard_has_one_age() -> None:
    cases = [history()]
    for age in AGES:
        assert sum(each.holds(age.least) for each in AGES) == 1
    assert len(narrowed(cases, Narrowing(age=age_of(cases[0], day(20)).code), day(20))) == 1


def test_a_list_is_narrowed_by_place_words_and_unit() -> None:
    cases = [history()]
    assert narrowed(cases, Narrowing(words="粮油 配电"), day(14)) == cases
    assert narrowed(cases, Narrowing(words="油库"), day(14)) == []
    assert narrowed(cases, Narrowing(unit="D1", locality="L1", source="covert_check"), day(14)) == cases
    assert narrowed(cases, Narrowing(unit="D2"), day(14)) == []
