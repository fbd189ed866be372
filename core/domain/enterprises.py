"""Enterprises of a locality's register: who they are, which of their duties they did, who looked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from core.domain.labels import Labelled
from core.domain.periods import Cadence

NAME_LIMIT, NOTE_LIMIT, PERSON_LIMIT, INDUSTRY_LIMIT = 200, 2_000, 100, 60
NINE_ONES_EVENT: Final = "nine_ones_report"
INSURANCE_EVENT: Final = "insurance_report"


class Industry(Labelled):
    """The eight high-risk industries, in which every enterprise is to be insured; others are named freely."""

    MINING = "mining", "矿山"
    CHEMICALS = "chemicals", "危险化学品"
    FIREWORKS = "fireworks", "烟花爆竹"
    TRANSPORT = "transport", "交通运输"
    CONSTRUCTION = "construction", "建筑施工"
    EXPLOSIVES = "explosives", "民用爆炸物品"
    SMELTING = "smelting", "金属冶炼"
    SHIPPING = "shipping", "水上运输"


HIGH_RISK: Final = tuple(each.value for each in Industry)


def industry_label(industry: str) -> str:
    """The Chinese name of an industry: one of the eight, or what was typed."""
    known = Industry.parse(industry)
    return known.label if known else industry


class Duty(Labelled):
    """What an enterprise did on a day: the nine ones, the head's six, the insurance it took out."""

    DUTY_LIST = "duty_list", "一责"
    LOG = "log", "一本"
    REVIEW = "review", "一述"
    TRAINING = "training", "一培"
    WARNING = "warning", "一警"
    MERIT = "merit", "一评"
    PLEDGE = "pledge", "一诺"
    ASSESSMENT = "assessment", "一考"
    REWARD = "reward", "一奖"
    LETTERS = "six_letters", "签订责任书"
    INSPECTION = "six_inspection", "带队检查"
    STUDY = "six_study", "专题研究"
    MEETING = "six_meeting", "述职评议会"
    LECTURE = "six_lecture", "警示教育课"
    DRILL = "six_drill", "应急演练"
    INSURANCE = "insurance", "安责险"


NINE: Final = (
    *(Duty.DUTY_LIST, Duty.LOG, Duty.REVIEW, Duty.TRAINING, Duty.WARNING),
    *(Duty.MERIT, Duty.PLEDGE, Duty.ASSESSMENT, Duty.REWARD),
)
"""In the notice's order; the codes are those of the reports' measures."""


@dataclass(frozen=True, slots=True)
class SixOnce:
    """One of the head's six: how often the notice wants it, and its words."""

    duty: Duty
    cadence: Cadence
    quote: str

    def cadence_for(self, *, high_risk: bool) -> Cadence:
        """How often: high-risk industries inspect every month."""
        return Cadence.MONTH if high_risk and self.duty == Duty.INSPECTION else self.cadence


SIX: Final = (
    SixOnce(Duty.LETTERS, Cadence.YEAR, "每年组织签订一次全员岗位安全生产责任书"),
    SixOnce(
        Duty.INSPECTION,
        Cadence.QUARTER,
        "每季度至少带队检查一次安全生产检查排查（高危行业领域每月至少开展一次）",
    ),
    SixOnce(Duty.STUDY, Cadence.QUARTER, "每季度至少组织专题研究一次安全生产工作"),
    SixOnce(Duty.MEETING, Cadence.HALF, "每半年组织召开一次安全生产述职评议会"),
    SixOnce(Duty.LECTURE, Cadence.HALF, "每半年给员工上一次安全生产警示教育课"),
    SixOnce(Duty.DRILL, Cadence.YEAR, "每年至少组织参加一次本单位安全生产应急救援演练"),
)
"""The notice, section 二（四）2."""


@dataclass(frozen=True, slots=True)
class Enterprise:
    """One enterprise of a register; an empty date is open, both are inclusive."""

    code: str
    name: str
    locality: str
    industry: str
    high_risk: bool = False
    staff: int | None = None
    active_from: date | None = None
    active_until: date | None = None

    @property
    def key(self) -> tuple[str, ...]:
        """The natural key."""
        return (self.code,)

    @property
    def insurable(self) -> bool:
        """Tell whether the notice wants it insured: one of the eight industries."""
        return self.industry in HIGH_RISK

    def active_on(self, day: date) -> bool:
        """Tell whether the enterprise is in business that day."""
        return (self.active_from or day) <= day <= (self.active_until or day)


Span = tuple[date, date]
"""The first and the last day of a period."""


@dataclass(frozen=True, slots=True)
class EnterpriseSearch:
    """Which enterprises are looked for; `localities` None are all, `lacking` is what was not done in a span.

    `codes` narrows to enterprises that are known already, such as those where a visit found something else.
    """

    words: str = ""
    localities: frozenset[str] | None = None
    industry: str = ""
    high_risk: bool | None = None
    lacking: tuple[Duty, Span] | None = None
    codes: frozenset[str] | None = None


@dataclass(frozen=True, slots=True, order=True)
class Done:
    """One duty done on a day; `until` is the last day of an insurance."""

    duty: Duty
    on: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class FiledDuties:
    """All that one enterprise did, as a row of a file; `fresh` is what the file adds to what stands."""

    enterprise: str
    done: tuple[Done, ...] = ()
    fresh: tuple[Done, ...] = field(default=(), compare=False)

    @property
    def key(self) -> tuple[str, ...]:
        """The natural key."""
        return (self.enterprise,)

    def on_top_of(self, old: "FiledDuties | None") -> "FiledDuties":
        """What stands once this was added: a file adds days and takes none away."""
        stood = old.done if old else ()
        known = set(stood)
        fresh = tuple(each for each in sorted(set(self.done)) if each not in known)
        return replace(self, done=tuple(sorted({*stood, *fresh}, key=order_of)), fresh=fresh)


def order_of(done: Done) -> tuple[int, date, date]:
    """The notice's order, then by day."""
    return (_PLACES[done.duty], done.on, done.until or date.max)


_PLACES: Final = {duty: place for place, duty in enumerate(Duty)}


class Visit(Labelled):
    """The notice's 四个必查."""

    INSPECTION = "inspection", "督查"
    PATROL = "patrol", "巡查"
    ENFORCEMENT = "enforcement", "执法检查"
    COVERT = "covert", "明查暗访"


@dataclass(frozen=True, slots=True)
class SpotCheck:
    """Which of the nine ones a visit found to be true, and which not; those not named were not looked at."""

    enterprise: str
    checked_on: date
    visit: Visit
    checked_by: str
    found_true: tuple[Duty, ...] = ()
    found_false: tuple[Duty, ...] = ()
    note: str = ""

    @property
    def key(self) -> tuple[object, ...]:
        """The natural key."""
        return (self.enterprise, self.checked_on, self.visit.value, self.checked_by)


class Gap(Labelled):
    """How a spot check and the register differ."""

    NOT_FOUND = "not_found", "已报未落实"
    NOT_REPORTED = "not_reported", "已落实未登记"


@dataclass(frozen=True, slots=True)
class Difference:
    """One of the nine at one visit: the register said one thing, the visit found another."""

    check: SpotCheck
    duty: Duty
    gap: Gap


def differences_of(check: SpotCheck, reported: Iterable[Duty]) -> list[Difference]:
    """Compare a visit with what was reported done on its day."""
    known = set(reported)
    lacking = [Difference(check, duty, Gap.NOT_FOUND) for duty in check.found_false if duty in known]
    beyond = [Difference(check, duty, Gap.NOT_REPORTED) for duty in check.found_true if duty not in known]
    return sorted([*lacking, *beyond], key=lambda each: _PLACES[each.duty])


def days_by_duty(done: Iterable[Done]) -> Mapping[Duty, list[date]]:
    """The days of each duty, the first first."""
    found: dict[Duty, list[date]] = {}
    for each in sorted(done, key=order_of):
        found.setdefault(each.duty, []).append(each.on)
    return found
