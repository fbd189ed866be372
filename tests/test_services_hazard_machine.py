"""Any moves, by several people, on several days, in any order: legal states, and a journal that tells all.

Run with `-s` and `--hypothesis-show-statistics` to see how many steps were taken.
"""

import json
from collections import Counter
from datetime import date, datetime, timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from core.auth import Actor
from core.config import LOCAL_ZONE
from core.domain.courses import allowed, case_of
from core.domain.hazard_figures import Group, Narrowing, figures_of, narrowed
from core.domain.hazards import Case, Deed, Hazard, Level, Move, Stage
from core.errors import ConflictError, ForbiddenError, InputError, NotFoundError
from core.services.hazards import cases_for
from core.services.rectifying import Registration, Wanted, may_move, move_hazard, register_hazard
from core.store.engine import open_store
from tests.city_examples import (
    CLERK,
    DEPARTMENT_CLERK,
    LOCAL_CLERK,
    OFFICE,
    OTHER_CLERK,
    journal,
    take_in,
)
from tests.hazard_examples import BOTH_SIDES, LISTING

RECHECKER = Actor("checker", "复查员", OFFICE.role, "T")
PEOPLE = (OFFICE, RECHECKER, LOCAL_CLERK, DEPARTMENT_CLERK, CLERK, OTHER_CLERK)
START = date(2025, 3, 3)
REFUSED = (InputError, ForbiddenError, ConflictError, NotFoundError)
EXAMPLES, STEPS, MOST_HAZARDS = 30, 60, 2
TAKEN: Counter[str] = Counter()


class HazardLife(RuleBasedStateMachine):
    """Several people who press whatever they like; a day passes now and then."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.store = open_store(f"sqlite:///{Path(self.folder.name).as_posix()}/anze.db")
        take_in(self.store, now=datetime(2025, 1, 2, 9, tzinfo=LOCAL_ZONE), today=date(2025, 6, 1))
        self.today = START
        self.numbers = count(1)
        self.seen: dict[str, int] = {}
        self.idle = False

    def teardown(self) -> None:
        self.store.close()
        self.folder.cleanup()

    def now(self) -> datetime:
        """A moment of its own for every press."""
        minutes = timedelta(minutes=next(self.numbers))
        return datetime.combine(self.today, datetime.min.time(), LOCAL_ZONE) + timedelta(hours=9) + minutes

    def all_cases(self) -> list[Case]:
        return cases_for(self.store, OFFICE, self.today)

    @precondition(lambda self: not self.idle)
    @rule(days=st.integers(1, 9))
    def days_pass(self, days: int) -> None:
        TAKEN["days"] += 1
        self.idle = True
        self.today += timedelta(days=days)

    @precondition(lambda self: len(self.all_cases()) < MOST_HAZARDS)
    @rule(actor=st.sampled_from(PEOPLE), level=st.sampled_from(Level), back=st.integers(0, 3))
    def somebody_registers(self, actor: Actor, level: Level, back: int) -> None:
        TAKEN["register"] += 1
        number, found_on = next(self.numbers), self.today - timedelta(days=back)
        draft = Hazard("", "L1", f"第{number}处", "问题", level, found_on, "inspection", "C1", actor.unit)
        wanted = Registration(draft, None, f"hazard-{number}", BOTH_SIDES)
        register_hazard(self.store, actor, wanted, today=self.today, now=self.now())

    @precondition(lambda self: self.all_cases())
    @rule(data=st.data())
    def somebody_does_what_is_offered(self, data: st.DataObject) -> None:
        """Press what the page offers this person, filled in as it should be."""
        case = data.draw(st.sampled_from(self.all_cases()))
        done = {move.deed for move in case.moves[-2:]}
        fresh = [deed for deed in allowed(case) if deed not in done] or allowed(case)
        pairs = [(deed, who) for deed in fresh for who in PEOPLE if may_move(who, case, deed)]
        deed, actor = data.draw(st.sampled_from(pairs))
        due = max(self.today, case.course.due or START) + timedelta(days=data.draw(st.integers(1, 20)))
        move = Move(deed, self.today, "", "说明", "L1", due, "文号", LISTING if deed == Deed.LISTED else ())
        self.press(actor, case, Wanted(case.hazard.code, case.seen, move, self.operation(), BOTH_SIDES))

    @precondition(lambda self: self.all_cases())
    @rule(data=st.data(), actor=st.sampled_from(PEOPLE), stale=st.booleans())
    def somebody_presses_anything(self, data: st.DataObject, actor: Actor, *, stale: bool) -> None:
        """Any move by anybody; now and then from a page that is out of date."""
        case = data.draw(st.sampled_from(self.all_cases()))
        deed = data.draw(st.sampled_from(allowed(case) if data.draw(st.booleans()) else list(Deed)))
        code = case.hazard.code
        seen = self.seen.get(code, 0) if stale else case.seen
        self.press(
            actor, case, Wanted(code, seen, self.drawn_move(data, case, deed), self.operation(), BOTH_SIDES)
        )
        self.seen[code] = case.seen

    def operation(self) -> str:
        return f"move-{next(self.numbers)}"

    def drawn_move(self, data: st.DataObject, case: Case, deed: Deed) -> Move:
        on = self.today - timedelta(days=data.draw(st.sampled_from((0, 0, 0, 0, 1, 5, -1))))
        due = data.draw(st.sampled_from((None, *(on + timedelta(days=days) for days in (-3, 10, 10, 30)))))
        note = data.draw(st.sampled_from(("说明", "说明", "")))
        unit = data.draw(st.sampled_from(("L1", "L1", "D1", "L9")))
        wanted_due = due or (case.course.due or on) + timedelta(days=7)
        return Move(deed, on, "", note, unit, wanted_due, "文号", LISTING if deed == Deed.LISTED else ())

    def press(self, actor: Actor, case: Case, wanted: Wanted) -> None:
        """What is refused leaves everything as it was; what is accepted is one move more."""
        self.idle = False
        before = [each.moves for each in self.all_cases()], len(journal(self.store))
        try:
            moved = move_hazard(self.store, actor, wanted, today=self.today, now=self.now())
        except REFUSED as refusal:
            TAKEN[f"refused: {type(refusal).__name__}"] += 1
            assert ([each.moves for each in self.all_cases()], len(journal(self.store))) == before
        else:
            TAKEN[f"moved: {wanted.move.deed.value}"] += 1
            assert wanted.seen == case.seen
            assert len(moved.moves) == len(case.moves) + 1
            assert len(journal(self.store)) == before[1] + 1

    @invariant()
    def every_state_is_legal(self) -> None:
        for case in self.all_cases():
            self.check(case)

    def check(self, case: Case) -> None:
        """What must hold of any hazard, said apart from the state machine."""
        course, days = case.course, [move.on for move in case.moves]
        assert days == sorted(days)
        assert max(days) <= self.today
        assert days[0] == case.hazard.found_on
        assert (course.closed_on is None) == (course.stage != Stage.CLOSED)
        assert not (course.listed and course.stage == Stage.CLOSED)
        assert course.closed_on is None or course.rectified_on is not None
        assert (course.stage in (Stage.RECHECKING, Stage.CLOSED)) == (course.rectified_on is not None)
        assert course.listed_on is None or case.hazard.level == Level.MAJOR
        closers = [move.person for move in case.moves if move.deed == Deed.CLOSED]
        assert course.stage != Stage.CLOSED or course.at_once or closers[-1] != course.rectified_by

    @invariant()
    def the_journal_alone_tells_the_same(self) -> None:
        told = {case.hazard.code: case for case in self.all_cases()}
        moves: dict[str, list[Move]] = {code: [] for code in told}
        for change in journal(self.store):
            kind, _, deed = change.action.partition(".")
            if kind == "hazard":
                moves[change.subject].append(replayed(deed, change.person, change.reason, change.detail))
        for code, case in told.items():
            assert case_of(case.hazard, moves[code]).course == case.course

    @invariant()
    def the_numbers_on_the_page_are_those_of_a_recount(self) -> None:
        cases = self.all_cases()
        figures = figures_of(cases, self.today)
        for group in Group:
            assert figures.count(group) == len(narrowed(cases, Narrowing(group), self.today))
        stages = Counter(case.course.stage for case in cases)
        open_ones = sum(stages.values()) - stages[Stage.CLOSED]
        assert (figures.count(Group.FOUND), figures.count(Group.OPEN)) == (len(cases), open_ones)
        late = [c for c in cases if c.course.due and c.course.due < self.today and not c.course.rectified_on]
        assert figures.count(Group.OVERDUE) == len(late)


def replayed(deed: str, person: str, reason: str, detail: str) -> Move:
    """A move as the journal holds it."""
    told: dict[str, Any] = json.loads(detail)
    due = date.fromisoformat(told["due"]) if "due" in told else None
    pairs = tuple(told.get("detail", {}).items())
    on, unit, document = date.fromisoformat(told["on"]), told.get("unit", ""), told.get("document", "")
    return Move(Deed.of(deed), on, person, reason, unit, due, document, pairs)


def test_whatever_several_people_press_every_hazard_stays_legal_and_the_journal_tells_it_all() -> None:
    TAKEN.clear()
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        HazardLife,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    print(f"\n{sum(TAKEN.values())} steps: {dict(TAKEN.most_common())}")  # noqa: T201 - said with -s
    assert sum(TAKEN.values()) > 500
