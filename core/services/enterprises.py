"""Read the registers of enterprises: coverage by industry, lists, one enterprise, what visits found."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from core.auth import Actor, scope_of
from core.domain.catalogue import Catalogue
from core.domain.enterprises import (
    NINE,
    NINE_ONES_EVENT,
    SIX,
    Done,
    Duty,
    Enterprise,
    EnterpriseSearch,
    SixOnce,
    Span,
    days_by_duty,
    industry_label,
)
from core.domain.facts import Report
from core.domain.obligations import Obligation
from core.domain.periods import Period, period_nearest
from core.domain.units import UnitKind
from core.services.catalogues import catalogue_of
from core.services.judging import Question
from core.services.reporting import Taken
from core.store.counting import read_facts
from core.store.deriving import derived_reports
from core.store.engine import Store
from core.store.register_figures import (
    Counts,
    count_done,
    count_enterprises,
    industries_of,
    places_with_register,
    search_enterprises,
)
from core.store.registers import duties_done
from core.store.unit_of_work import Reader

EVERYBODY = 1_000_000


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many enterprises."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class ShareRow:
    """One industry's, or one locality's, shares, in the order of the heads."""

    code: str
    name: str
    shares: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """What was reported last in the period, and what the register says instead."""

    locality: str
    obligation: Obligation
    period: Period
    reported: Report
    register: Report


@dataclass(frozen=True, slots=True)
class RegisterBoard:
    """Registers summed up: by industry, the head's six, and beside what was reported."""

    localities: tuple[str, ...]
    enterprises: int
    high_risk: int
    by_industry: tuple[ShareRow, ...]
    six: tuple[ShareRow, ...]
    beside: tuple[Beside, ...]


@dataclass(frozen=True, slots=True)
class EnterpriseLine:
    """One enterprise of a list with the days on which it did each of the nine in the period."""

    enterprise: Enterprise
    nine: Mapping[Duty, date]


def readable_registers(actor: Actor) -> frozenset[str] | None:
    """The localities whose enterprises the actor may read of; None for all of them.

    Raises:
        ForbiddenError: the role sees no business data.
    """
    scope = scope_of(actor)
    if scope.everything:
        return None
    return frozenset({actor.unit}) if scope.kind == UnitKind.LOCALITY and actor.unit else frozenset()


def register_board(store: Store, actor: Actor, question: Question) -> RegisterBoard:
    """The registers that the actor may read, summed up for the periods that hold the day.

    Raises:
        ForbiddenError: the role sees no business data.
    """
    wanted = readable_registers(actor)
    with store.reading(question.known_at) as reader:
        catalogue = catalogue_of(reader, question.year)
        places = [each for each in sorted(places_with_register(reader)) if wanted is None or each in wanted]
        whole = count_enterprises(reader, places, question.as_of)
        return RegisterBoard(
            tuple(places),
            sum(whole.values()),
            sum(count for (_, _, risky), count in whole.items() if risky),
            tuple(_by_industry(reader, catalogue, places, question)),
            tuple(_six(reader, places, whole, question)),
            tuple(_beside(reader, catalogue, places, question)),
        )


def nine_of(catalogue: Catalogue) -> dict[Duty, Obligation]:
    """The obligations of the nine ones, in the notice's order."""
    by_measure = {each.measure: each for each in catalogue.counting(NINE_ONES_EVENT)}
    return {duty: by_measure[duty.value] for duty in NINE if duty.value in by_measure}


def span_of(obligation: Obligation, question: Question) -> Span:
    """The period of an obligation that holds the day."""
    period = obligation.period_at(question.year, question.as_of)
    return period.start, period.end


def _by_industry(
    reader: Reader, catalogue: Catalogue, places: Sequence[str], question: Question
) -> Iterable[ShareRow]:
    """Of what is due once, enterprises that opened after the due day are not asked, as on the boards."""
    counted = [
        (
            count_done(reader, places, duty, span_of(each, question), question.as_of, each.due),
            count_enterprises(reader, places, question.as_of, each.due),
        )
        for duty, each in nine_of(catalogue).items()
    ]
    for industry in industries_of(reader, places):
        shares = [Share(_sum_of(done, 1, industry), _sum_of(all_, 1, industry)) for done, all_ in counted]
        if any(each.total for each in shares):
            yield ShareRow(industry, industry_label(industry), tuple(shares))


def _sum_of(counts: Counts, place: int, code: str) -> int:
    return sum(count for key, count in counts.items() if key[place] == code)


def _six(reader: Reader, places: Sequence[str], whole: Counts, question: Question) -> Iterable[ShareRow]:
    done = [_done_of_six(reader, places, once, question) for once in SIX]
    for place in places:
        total = _sum_of(whole, 0, place)
        yield ShareRow(place, place, tuple(Share(_sum_of(counts, 0, place), total) for counts in done))


def _done_of_six(reader: Reader, places: Sequence[str], once: SixOnce, question: Question) -> Counts:
    """Whoever did it in the period that is theirs: for enterprises of high risk it may be the month."""
    found: dict[tuple[str, str, bool], int] = {}
    for risky in (False, True):
        period = period_nearest(once.cadence_for(high_risk=risky), question.year, question.as_of)
        counts = count_done(reader, places, once.duty, (period.start, period.end), question.as_of)
        found |= {key: count for key, count in counts.items() if key[2] == risky}
    return found


def _beside(
    reader: Reader, catalogue: Catalogue, places: Sequence[str], question: Question
) -> Iterable[Beside]:
    reported = read_facts(reader, catalogue, question.as_of)
    for derived in derived_reports(reader, catalogue, question.as_of):
        obligation = next(
            (each for each in catalogue.counting(derived.event) if each.measure == derived.measure), None
        )
        if obligation is None or derived.unit not in places:
            continue
        period = obligation.period_at(question.year, question.as_of)
        said = [
            each
            for each in reported.reports(derived.unit, derived.event, derived.measure)
            if each.occurred_on in period
        ]
        if period.start == derived.since and said and _differ(said[-1], derived.reports[-1]):
            yield Beside(derived.unit, obligation, period, said[-1], derived.reports[-1])


def _differ(reported: Report, register: Report) -> bool:
    return (reported.value, reported.total) != (register.value, register.total)


# Lists ------------------------------------------------------------------------------------------------------


def find_enterprises(
    store: Store, actor: Actor, question: Question, search: EnterpriseSearch, limit: int, offset: int = 0
) -> tuple[list[EnterpriseLine], int]:
    """A page of the enterprises that the actor may read of, and how many fit in all.

    Raises:
        ForbiddenError: the role sees no business data.
    """
    with store.reading(question.known_at) as reader:
        catalogue = catalogue_of(reader, question.year)
        wanted = narrowed_to(search, readable_registers(actor))
        found, total = search_enterprises(reader, wanted, question.as_of, limit, offset)
        done = duties_done(reader, [each.code for each in found])
    spans = {duty: span_of(each, question) for duty, each in nine_of(catalogue).items()}
    return [
        EnterpriseLine(each, nine_done(done.get(each.code, ()), spans, question)) for each in found
    ], total


def narrowed_to(search: EnterpriseSearch, readable: frozenset[str] | None) -> EnterpriseSearch:
    """The search within what may be read."""
    if readable is None:
        return search
    places = readable if search.localities is None else search.localities & readable
    return EnterpriseSearch(
        search.words, places, search.industry, search.high_risk, search.lacking, search.codes
    )


def nine_done(done: Iterable[Done], spans: Mapping[Duty, Span], question: Question) -> dict[Duty, date]:
    """The first day in its period, up to the day, on which each of the nine was done."""
    days = days_by_duty(done)
    found = {
        duty: [day for day in days.get(duty, ()) if since <= day <= min(until, question.as_of)]
        for duty, (since, until) in spans.items()
    }
    return {duty: own[0] for duty, own in found.items() if own}


def industries(store: Store, actor: Actor) -> list[str]:
    """The industries that occur in the registers the actor may read, the eight first.

    Raises:
        ForbiddenError: the role sees no business data.
    """
    with store.reading() as reader:
        return industries_of(reader, readable_registers(actor))


def enterprises_table(lines: Sequence[EnterpriseLine], names: Mapping[str, str]) -> Taken:
    """Enterprises to take away, with the day of each of the nine in the period."""
    heads = ("编码", "企业名称", "属地", "行业", "高危", "从业人数", *(duty.label for duty in NINE))
    rows = [
        [
            *(each.code, each.name, names.get(each.locality, each.locality), industry_label(each.industry)),
            *("是" if each.high_risk else "", each.staff, *(line.nine.get(duty) for duty in NINE)),
        ]
        for line in lines
        for each in [line.enterprise]
    ]
    return Taken("企业名册", heads, rows)


def shares_table(name: str, head: str, rows: Sequence[ShareRow]) -> Taken:
    """Shares of the nine ones to take away."""
    heads = (head, *(duty.label for duty in NINE))
    return Taken(
        name, heads, [[row.name, *(f"{each.done}/{each.total}" for each in row.shares)] for row in rows]
    )
