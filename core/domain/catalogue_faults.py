"""What makes an obligation of a catalogue impossible or contradictory, field by field, in Chinese."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from core.domain.obligations import Obligation, Rule

MOST_REQUIRED = 366
_COUNTING = (Rule.QUOTA, Rule.DEADLINE, Rule.ZONE, Rule.THRESHOLD)
_PERIODIC = (Rule.QUOTA, Rule.ROSTER, Rule.TRACKED)
_DATED = (Rule.DEADLINE, Rule.ZONE)


class CatalogueFault(NamedTuple):
    """One thing wrong with an obligation: the field it stands in, and what."""

    field: str
    reason: str


def faults_of_obligation(
    each: Obligation,
    year: int,
    events: Mapping[str, str],
    measures: Mapping[str, Mapping[str, str]],
    earlier: Mapping[str, Obligation],
) -> Iterator[CatalogueFault]:
    """Everything wrong with an obligation; `earlier` are those that stand before it."""
    yield from _reference_faults(each, events, measures, earlier)
    yield from _date_faults(each, year)
    yield from number_faults(each, year)


def _reference_faults(
    each: Obligation,
    events: Mapping[str, str],
    measures: Mapping[str, Mapping[str, str]],
    earlier: Mapping[str, Obligation],
) -> Iterator[CatalogueFault]:
    # What is waited for must stand earlier, so no two obligations can ever wait for each other.
    others = [earlier[code].subject for code in each.after if code in earlier]
    needs = {
        ("code", "事项编码重复"): each.code in earlier,
        ("event", "统计的事项不存在"): each.rule != Rule.ZONE and each.event not in events,
        ("measure", "统计的指标不存在"): bool(each.measure)
        and each.measure not in measures.get(each.event, {}),
        ("countable", "可一并计入的事项不存在"): not set(each.countable) <= events.keys(),
        ("countable", "可一并计入的事项不能是它自己"): each.event in each.countable,
        ("also", "一并计入的事项不在可选之列"): not set(each.also) <= set(each.countable),
        ("after", "所等待的事项不存在，或没有排在它前面"): not set(each.after) <= earlier.keys(),
        ("after", "所等待的事项属于另一类单位"): any(kind != each.subject for kind in others),
        ("after", "缺少所等待的事项"): each.rule == Rule.AFTER and not each.after,
    }
    yield from _present(needs)


def _date_faults(each: Obligation, year: int) -> Iterator[CatalogueFault]:
    needs = {
        ("due", "期限不在本年度"): each.due is not None and each.due.year != year,
        ("due", "缺少期限"): each.rule in _DATED and each.due is None,
        ("cadence", "缺少周期"): each.rule in _PERIODIC and each.cadence is None,
        ("due", "周期和期限只能有一个"): each.cadence is not None and each.due is not None,
    }
    yield from _present(needs)


def number_faults(each: Obligation, year: int) -> Iterator[CatalogueFault]:
    """What is wrong with its numbers: none required, or a warning that begins before there is anything."""
    required, span = each.required, shortest_span(each, year)
    too_many = [number for number in (required, each.required_heavy) if (number or 0) > MOST_REQUIRED]
    needs = {
        ("required", "要求数须大于 0"): each.rule in _COUNTING and not (required and required > 0),
        ("required", f"要求数不能大于 {MOST_REQUIRED}"): each.rule in _COUNTING and bool(too_many),
        ("warn_days", "提前提醒天数不能小于 0"): each.warn_days < 0,
        ("warn_days", f"提前提醒天数不能超过 {span} 天，那是它最短的一期"): each.warn_days > span,
    }
    yield from _present(needs)


def shortest_span(each: Obligation, year: int) -> int:
    """The days of its shortest period, or from the year's first day to the due date."""
    periods = each.periods(year)
    if each.due and each.due.year == year:
        return (each.due - periods[0].start).days + 1
    return min((period.end - period.start).days + 1 for period in periods)


def _present(needs: Mapping[tuple[str, str], bool]) -> Iterator[CatalogueFault]:
    for (column, reason), present in needs.items():
        if present:
            yield CatalogueFault(column, reason)
