"""One enterprise, and what visits found at each, compared with what the register says."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from core.auth import Actor
from core.config import local_moment
from core.domain.catalogue import Catalogue
from core.domain.cells import Status
from core.domain.enterprises import (
    SIX,
    Difference,
    Done,
    Duty,
    Enterprise,
    EnterpriseSearch,
    SpotCheck,
    days_by_duty,
    differences_of,
    industry_label,
)
from core.domain.periods import Period, period_nearest
from core.errors import NotFoundError
from core.services.catalogues import catalogue_of
from core.services.enterprises import (
    EVERYBODY,
    narrowed_to,
    nine_done,
    nine_of,
    readable_registers,
    span_of,
)
from core.services.judging import Question
from core.services.reporting import Taken
from core.store.accounts import names_of_accounts
from core.store.engine import Store
from core.store.register_figures import search_enterprises
from core.store.registers import Came, duties_done, entries, find_entry, history_of
from core.store.unit_of_work import Reader


@dataclass(frozen=True, slots=True)
class Standing:
    """One duty of an enterprise: in which period, and on which days it was done in it and before.

    An enterprise that opened after the due day of what is due once is not `asked` for it.
    """

    duty: Duty
    title: str
    quote: str
    period: Period
    due: date | None
    days: tuple[date, ...]
    earlier: tuple[date, ...]
    asked: bool = True

    def status(self, as_of: date) -> Status:
        """Whether it was done in time, late, not, or is still open."""
        last = self.due or self.period.end
        if self.days:
            return Status.MET_LATE if self.due and self.asked and self.days[0] > self.due else Status.MET
        if not self.asked:
            return Status.TRACKED
        return Status.MISSED if as_of > last else Status.PENDING


@dataclass(frozen=True, slots=True)
class EnterpriseStory:
    """Everything about one enterprise; `version` is what a correction must have read."""

    enterprise: Enterprise
    version: int
    nine: tuple[Standing, ...]
    six: tuple[Standing, ...]
    insurance: tuple[Done, ...]
    checks: tuple[SpotCheck, ...]
    differences: tuple[Difference, ...]
    history: tuple[Came, ...]
    people: Mapping[str, str]


# What visits found ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CheckedEnterprise:
    """One visit with its enterprise and how it differs from the register on its day."""

    enterprise: Enterprise
    check: SpotCheck
    differences: tuple[Difference, ...]


def spot_checks(store: Store, actor: Actor, question: Question) -> list[CheckedEnterprise]:
    """The visits of the year up to the day, the newest first, each compared with the register of its day.

    Raises:
        ForbiddenError: the role sees no business data.
    """
    wanted = readable_registers(actor)
    with store.reading(question.known_at) as reader:
        catalogue = catalogue_of(reader, question.year)
        year = (date(question.year, 1, 1), min(question.as_of, date(question.year, 12, 31)))
        checks = [each for each in entries(reader, SpotCheck) if year[0] <= each.checked_on <= year[1]]
        codes = sorted({each.enterprise for each in checks})
        search = narrowed_to(EnterpriseSearch(codes=frozenset(codes)), wanted)
        found, _ = search_enterprises(reader, search, question.as_of, EVERYBODY)
        done = duties_done(reader, [each.code for each in found])
    known = {each.code: each for each in found}
    told = [
        CheckedEnterprise(known[each.enterprise], each, _compared(each, done, catalogue))
        for each in checks
        if each.enterprise in known
    ]
    return sorted(told, key=lambda each: each.check.checked_on, reverse=True)


def _compared(
    check: SpotCheck, done: Mapping[str, Sequence[Done]], catalogue: Catalogue
) -> tuple[Difference, ...]:
    """Compare a visit with what the register says was done in the period of its day, up to that day."""
    question = Question(catalogue.year, check.checked_on)
    spans = {duty: span_of(each, question) for duty, each in nine_of(catalogue).items()}
    return tuple(differences_of(check, nine_done(done.get(check.enterprise, ()), spans, question)))


# One enterprise ---------------------------------------------------------------------------------------------


def enterprise_story(store: Store, actor: Actor, question: Question, code: str) -> EnterpriseStory:
    """Everything about one enterprise, as of the day.

    Raises:
        NotFoundError: there is none, or it is another locality's.
    """
    with store.reading(question.known_at) as reader:
        catalogue = catalogue_of(reader, question.year)
        enterprise, version = visible_enterprise(reader, actor, code)
        done = [each for each in duties_done(reader, [code]).get(code, ()) if each.on <= question.as_of]
        checks = [each for each in entries(reader, SpotCheck) if each.enterprise == code]
        checks = sorted(
            (each for each in checks if each.checked_on <= question.as_of), key=lambda each: each.checked_on
        )[::-1]
        came = history_of(reader, code)
        people = names_of_accounts(reader)
    own = [each for each in checks if each.checked_on.year == question.year]
    return EnterpriseStory(
        enterprise,
        version,
        tuple(_nine_standing(catalogue, enterprise, done, question)),
        tuple(_six_standing(enterprise, done, question)),
        tuple(each for each in sorted(done, key=lambda one: one.on) if each.duty == Duty.INSURANCE),
        tuple(checks),
        tuple(gap for each in own for gap in _compared(each, {code: done}, catalogue)),
        tuple(each for each in came if local_moment(each.at).date() <= question.as_of),
        people,
    )


def visible_enterprise(reader: Reader, actor: Actor, code: str) -> tuple[Enterprise, int]:
    """One enterprise and its version id.

    Raises:
        NotFoundError: there is none, or it is another locality's.
    """
    readable, found = readable_registers(actor), find_entry(reader, Enterprise, (code,))
    if found is None or (readable is not None and found[0].locality not in readable):
        raise NotFoundError(f"没有编码为“{code}”的企业，或您无权查看。")
    return found


def _nine_standing(
    catalogue: Catalogue, enterprise: Enterprise, done: Iterable[Done], question: Question
) -> Iterable[Standing]:
    days, opened = days_by_duty(done), enterprise.active_from
    for duty, each in nine_of(catalogue).items():
        period = each.period_at(question.year, question.as_of)
        found = _standing(duty, each.title, each.quote, period, each.due, days.get(duty, ()))
        yield replace(found, asked=not (each.due and opened and opened > each.due))


def _six_standing(enterprise: Enterprise, done: Iterable[Done], question: Question) -> Iterable[Standing]:
    days = days_by_duty(done)
    for once in SIX:
        cadence = once.cadence_for(high_risk=enterprise.high_risk)
        period = period_nearest(cadence, question.year, question.as_of)
        yield _standing(once.duty, once.duty.label, once.quote, period, None, days.get(once.duty, ()))


def _standing(
    duty: Duty, title: str, quote: str, period: Period, due: date | None, days: Iterable[date]
) -> Standing:
    every = list(days)
    own = tuple(day for day in every if day in period)
    return Standing(duty, title, quote, period, due, own, tuple(day for day in every if day < period.start))


def labels_of(duties: Iterable[Duty]) -> str:
    """Duties as people read them: 一责、一本."""
    return "、".join(duty.label for duty in duties)


def checks_table(checks: Sequence[CheckedEnterprise], names: Mapping[str, str]) -> Taken:
    """Visits to take away, each with what it found and how that differs from the register."""
    heads = ("日期", "检查方式", "属地", "企业", "行业", "检查人", "属实", "不属实", "与登记不一致", "备注")
    rows = [
        [
            *(each.check.checked_on, each.check.visit.label, names.get(place, place), each.enterprise.name),
            *(industry_label(each.enterprise.industry), each.check.checked_by),
            *(
                "、".join(duty.label for duty in found)
                for found in (each.check.found_true, each.check.found_false)
            ),
            "、".join(f"{gap.duty.label}{gap.gap.label}" for gap in each.differences),
            each.check.note,
        ]
        for each in checks
        for place in [each.enterprise.locality]
    ]
    return Taken("四个必查", heads, rows)
