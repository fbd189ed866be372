"""Random notices, rolls and records for the properties of the domain, crowded around the days that matter."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import strategies as st

from core.domain.catalogue import Catalogue
from core.domain.cells import Cell
from core.domain.facts import COUNTED, facts_from
from core.domain.obligations import Obligation, Rule
from core.domain.periods import Cadence
from core.domain.records import Record
from core.domain.status import Exemption, Roll, evaluate
from core.domain.units import Leader, Unit, UnitKind
from core.domain.zones import Zone
from tests.domain_examples import NOTICE, catalogue_of, obligation

# Dates around which a rule changes its mind, and the days beside them.
TURNS = {
    date(2025, month, day) + timedelta(days=step)
    for month, day in [(1, 1), (1, 31), (2, 13), (2, 28), (3, 16), (4, 1), (5, 31), (7, 1), (10, 1), (11, 1)]
    for step in (-1, 0, 1)
} | {date(2025, 12, day) for day in (1, 26, 30, 31)}
DAYS = st.one_of(
    st.sampled_from(sorted(TURNS)),
    st.dates(date(2025, 1, 1), date(2025, 12, 31)),
    st.dates(date(2024, 12, 20), date(2026, 1, 10)),
)
# The days to look from lean towards the later months: by then there is something to judge.
LOOKS = st.one_of(DAYS, st.sampled_from(sorted(TURNS)[15:]), st.dates(date(2025, 6, 1), date(2026, 2, 1)))
MAYBE_DAY = st.one_of(st.none(), DAYS)
UNITS = ("c1", "c2", "d1", "l1", "l2", "city")
KINDS = {"c": UnitKind.COMMITTEE, "d": UnitKind.DEPARTMENT, "l": UnitKind.LOCALITY}
NAMES = ("甲", "乙", "丙")


@dataclass(frozen=True)
class Case:
    """A notice, a roll, records and the day to look from."""

    catalogue: Catalogue
    roll: Roll
    records: Sequence[Record]
    as_of: date

    def cells(self) -> list[Cell]:
        return evaluate(
            self.catalogue, self.roll, facts_from(self.records, self.catalogue, self.as_of), self.as_of
        )


@st.composite
def obligations(draw: st.DrawFn, number: int, earlier: Sequence[Obligation]) -> Obligation:
    """One obligation that a catalogue file could hold."""
    rule = draw(st.sampled_from(Rule))
    cadence = draw(st.sampled_from(Cadence))
    due = draw(st.dates(date(2025, 1, 1), date(2025, 12, 31)) | st.sampled_from([date(2025, 2, 28)]))
    reported = rule in (Rule.THRESHOLD, Rule.COVERAGE)
    shape = draw(st.sampled_from(["due", "period", "neither"])) if rule == Rule.COVERAGE else "period"
    if rule in (Rule.DEADLINE, Rule.ZONE):
        shape = "due"
    if rule in (Rule.THRESHOLD, Rule.FOLLOWUP):
        shape = "neither"
    subject = draw(st.sampled_from([UnitKind.COMMITTEE, UnitKind.LOCALITY]))
    event = draw(st.sampled_from(["r1", "r2"] if reported else ["e1", "e2"]))
    other = {"e1": "e2", "e2": "e1"}.get(event, "")
    return obligation(
        rule,
        code=f"o{number}",
        subject=subject,
        event=event,
        also=(other,) if rule in COUNTED and draw(st.booleans()) else (),
        measure=draw(st.sampled_from(["", "m"])) if reported else "",
        cadence=(Cadence.YEAR if rule == Rule.AFTER else cadence) if shape == "period" else None,
        due=due if shape == "due" else None,
        required=1 if rule == Rule.AFTER else draw(st.integers(1, 3)),
        required_heavy=draw(st.none() | st.integers(1, 5)) if rule == Rule.THRESHOLD else None,
        warn_days=draw(st.sampled_from([0, 1, 5, 15, 60])),
        county_only=draw(st.booleans()),
        led_by_first_director=rule == Rule.QUOTA and draw(st.booleans()),
        with_lead_unit=rule == Rule.QUOTA and draw(st.booleans()),
        after=tuple(each.code for each in earlier if each.subject == subject) if rule == Rule.AFTER else (),
    )


@st.composite
def small_catalogues(draw: st.DrawFn) -> Catalogue:
    """A made-up notice of up to four obligations."""
    made: list[Obligation] = []
    for number in range(draw(st.integers(1, 4))):
        made.append(draw(obligations(number, made)))
    return catalogue_of(*made)


@st.composite
def units(draw: st.DrawFn, code: str) -> Unit:
    """A unit that may come or go within the year, or be marked in any way."""
    return Unit(
        code,
        KINDS.get(code[0], UnitKind.CITY) if code != "city" else UnitKind.CITY,
        code,
        county=draw(st.booleans()),
        heavy_duty=draw(st.booleans()),
        lead_unit=draw(st.sampled_from(["", "d1", "c1"])),
        active_from=draw(st.none() | MAYBE_DAY),
        active_until=draw(st.none() | MAYBE_DAY),
    )


@st.composite
def rolls(draw: st.DrawFn, catalogue: Catalogue) -> Roll:
    """Units, leaders who come and go (some backwards), zones, exemptions."""
    codes = [each.code for each in catalogue.obligations]
    place = st.sampled_from(["l1", "l1", "l2", "c1", "nowhere"])
    leader = st.builds(Leader, place, st.sampled_from(NAMES), st.just(""), MAYBE_DAY, MAYBE_DAY)
    zone = st.builds(
        Zone, st.just("z"), place, st.just("区"), st.tuples(*[st.none() | DAYS for _ in range(5)])
    )
    finished = st.builds(Zone, st.just("z"), place, st.just("区"), st.tuples(*[DAYS for _ in range(5)]))
    period = st.sampled_from(["2025", "2025Q1", "2025H2", "2025M02", "2025Q4", "2026"])
    exemption = st.builds(
        Exemption, st.sampled_from(UNITS), st.sampled_from(codes), period, st.just("经批准")
    )
    return Roll(
        [draw(units(code)) for code in UNITS],
        draw(
            st.lists(
                leader,
                min_size=draw(st.sampled_from([0, 4])),
                max_size=6,
                unique_by=lambda each: (each.unit, each.name),
            )
        ),
        draw(st.lists(zone | finished, max_size=3)),
        draw(st.lists(exemption, max_size=2)),
    )


@st.composite
def records(draw: st.DrawFn, catalogue: Catalogue) -> list[Record]:
    """Up to thirty records of the events the notice counts, numbered in the order of entry."""
    counted = sorted({(each.event, each.measure) for each in catalogue.obligations if each.event})
    drawn = draw(
        st.lists(
            st.tuples(
                st.sampled_from(UNITS),
                st.sampled_from(counted or [("e1", "")]),
                DAYS,
                st.sampled_from(["", *NAMES]),
                st.booleans(),
                MAYBE_DAY,
                st.tuples(st.integers(0, 6), st.integers(0, 6)),
            ),
            min_size=draw(st.sampled_from([0, 10, 25])),
            max_size=30,
        )
    )
    return [
        Record(
            unit, event, day, leader=leader, led_by_first_director=led, reported_on=told, measure=measure,
            value=value, total=total, record_id=number,
        )
        for number, (unit, (event, measure), day, leader, led, told, (value, total)) in enumerate(drawn)
    ]  # fmt: skip


@st.composite
def cases(draw: st.DrawFn, *, notice: bool | None = None) -> Case:
    """A whole case, on the notice of 2025 or on a made-up one."""
    real = draw(st.booleans()) if notice is None else notice
    catalogue = NOTICE if real else draw(small_catalogues())
    return Case(catalogue, draw(rolls(catalogue)), draw(records(catalogue)), draw(LOOKS))
