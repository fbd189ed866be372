"""Read hazards: those that concern the person, as of any day and as known at any moment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from core.auth import Actor, Permission, Scope, require, scope_of
from core.domain.attachments import Attachment, Owner, OwnerKind
from core.domain.clocks import DEFAULT_DAYS, MOST_DAYS, Clock
from core.domain.courses import as_of as case_as_of
from core.domain.hazard_figures import cases_as_of
from core.domain.hazards import Case
from core.domain.units import Unit
from core.errors import InputError, NotFoundError
from core.services.cities import is_within
from core.services.reporting import Taken
from core.store.accounts import names_of_accounts
from core.store.attachments import list_attachments
from core.store.engine import Store
from core.store.hazards import all_cases, find_case
from core.store.journal import read_setting, write_setting
from core.store.rolls import units
from core.store.unit_of_work import Reader

HAZARD_HEADS = (
    *("编号", "属地", "地点或企业", "问题描述", "等级", "来源", "行业专委会", "发现单位", "发现日期"),
    *("责任单位", "整改期限", "状态", "是否逾期", "整改日期", "销号日期", "退回次数", "挂牌", "提级", "曝光"),
)


@dataclass(frozen=True, slots=True)
class HazardStory:
    """One hazard with its photographs, the people's names, and the clocks' days."""

    case: Case
    pictures: tuple[Attachment, ...]
    people: Mapping[str, str]
    clock_days: Mapping[Clock, int]


def sees(scope: Scope, unit: str, case: Case) -> bool:
    """Tell whether a hazard concerns this person: theirs, or they see everything."""
    return scope.everything or (bool(unit) and unit in case.units)


def cases_for(store: Store, actor: Actor, as_of: date, known_at: datetime | None = None) -> list[Case]:
    """The hazards the actor may see, as they stood on a day and as known at a moment; newest found first.

    Raises:
        ForbiddenError: the role sees no business data.
    """
    with store.reading(known_at) as reader:
        return cases_within(reader, scope_of(actor), actor.unit, as_of)


def cases_within(reader: Reader, scope: Scope, unit: str, as_of: date, city: str = "") -> list[Case]:
    """The hazards within a scope, and of one city where one is asked for, as they stood on a day."""
    within = is_within(reader, city)
    return [
        case
        for case in cases_as_of(all_cases(reader), as_of)
        if sees(scope, unit, case) and any(map(within, case.units))
    ]


def hazard_story(store: Store, actor: Actor, code: str, as_of: date) -> HazardStory:
    """Everything about one hazard as it stood on a day.

    Raises:
        NotFoundError: there is none, it had not been found, or it does not concern the actor.
    """
    with store.reading() as reader:
        case = visible_case(reader, actor, code)
        then = case_as_of(case, as_of)
        if then is None:
            raise NotFoundError(f"隐患 {code} 在 {as_of} 尚未发现，请调整截至日期。")
        pictures = list_attachments(reader, Owner(OwnerKind.HAZARD, code))
        images = tuple(each for each in pictures if each.is_image)
        return HazardStory(then, images, names_of_accounts(reader), clock_days(reader))


def every_unit(store: Store, actor: Actor) -> list[Unit]:
    """All units: a hazard can be found in any locality, whoever finds it.

    Raises:
        ForbiddenError: the role sees no business data.
    """
    scope_of(actor)
    with store.reading() as reader:
        return units(reader)


def visible_case(reader: Reader, actor: Actor, code: str) -> Case:
    """One hazard, whole.

    Raises:
        NotFoundError: there is none, or it does not concern the actor.
    """
    case = find_case(reader, code)
    if case is None or not sees(scope_of(actor), actor.unit, case):
        raise NotFoundError(f"没有编号为“{code}”的隐患，或您无权查看。")
    return case


def clock_days(reader: Reader) -> dict[Clock, int]:
    """The working days of each clock, as the office set them."""
    return {clock: int(read_setting(reader, setting_of(clock)) or DEFAULT_DAYS[clock]) for clock in Clock}


def clock_days_of(store: Store) -> dict[Clock, int]:
    """The working days of each clock, as the office set them."""
    with store.reading() as reader:
        return clock_days(reader)


def set_clock_days(store: Store, actor: Actor, days: Mapping[Clock, int], *, now: datetime) -> None:
    """Set the working days of clocks.

    Raises:
        ForbiddenError: settings are the office's.
        InputError: out of bounds.
    """
    require(actor, Permission.SETTINGS)
    if not all(1 <= each <= MOST_DAYS for each in days.values()):
        raise InputError(f"时限应在 1 至 {MOST_DAYS} 个工作日之间。")
    with store.unit_of_work(actor.username, now) as work:
        known = clock_days(work)
        for clock, count in days.items():
            if known[clock] != count:
                change = work.change("setting.changed", setting_of(clock), detail={"days": count})
                write_setting(work, change, setting_of(clock), str(count))
        work.commit()


def setting_of(clock: Clock) -> str:
    """The setting's name."""
    return f"clock.{clock.value}"


def hazards_table(cases: Sequence[Case], names: Mapping[str, str], as_of: date) -> Taken:
    """Hazards to take away, with names instead of codes."""
    return Taken("隐患清单", HAZARD_HEADS, [_line(case, names, as_of) for case in cases])


def _line(case: Case, names: Mapping[str, str], as_of: date) -> list[object]:
    hazard, course = case.hazard, case.course
    return [
        *(hazard.code, names.get(hazard.locality, hazard.locality), hazard.place, hazard.description),
        *(hazard.level.label, hazard.source_label, names.get(hazard.industry, hazard.industry)),
        *(names.get(hazard.found_by, hazard.found_by), hazard.found_on),
        *(names.get(case.responsible, case.responsible), course.due, course.stage.label),
        *("逾期" if case.overdue(as_of) else "", course.rectified_on, course.closed_on, course.returns),
        *(course.listed_on, course.escalated_on, course.exposed_on),
    ]
