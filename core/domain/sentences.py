"""Sentences about one cell, as the office would write them: what it asks, how it stands, what is missing."""

import re
from collections.abc import Callable
from datetime import date

from core.domain.cells import OPEN, Cell, Status, whole_percent
from core.domain.obligations import Rule
from core.domain.periods import Cadence, Period


def mark_of(cell: Cell) -> str:
    """What stands beside the glyph: 1/1, 7/9人, 92%, 3次, or a word where a number would say nothing."""
    if cell.status in (Status.EXEMPT, Status.NOT_STARTED, Status.UNREPORTED):
        return _WORDS[cell.status]
    if cell.obligation.rule in (Rule.ROSTER, Rule.THRESHOLD):
        return f"{cell.fraction}人"
    if cell.obligation.rule == Rule.COVERAGE:
        return _share(cell)
    return f"{cell.done}次" if cell.status == Status.TRACKED else cell.fraction


def standing_of(cell: Cell) -> str:
    """The status with its figure: 未完成 0/1; a share says what of: 未完成，已覆盖 97%, not 未完成 97%."""
    if cell.status in (Status.UNREPORTED, Status.EXEMPT, Status.NOT_STARTED):
        return cell.status.label
    covered = cell.obligation.rule == Rule.COVERAGE
    return (
        f"{cell.status.label}，已覆盖 {mark_of(cell)}" if covered else f"{cell.status.label} {mark_of(cell)}"
    )


def title_in_prose(title: str) -> str:
    """A notice's title within a sentence: the gaps where its lines ended are closed between Chinese signs."""
    return _LINE_GAP.sub("", title)


_LINE_GAP = re.compile(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])")
_WORDS = {Status.EXEMPT: "豁免", Status.NOT_STARTED: "未开始", Status.UNREPORTED: "未报送"}


def _share(cell: Cell) -> str:
    """A coverage as a percentage; only a full one reads 100%."""
    if not cell.required:
        return _WORDS[Status.UNREPORTED]
    return whole_percent(min(1.0, cell.done / cell.required))


def label_of(cell: Cell) -> str:
    """One cell read aloud: 消防专委会 工作会议 第二季度：0/1 临近到期，剩11天."""
    left = "" if cell.days_left is None else f"，{days_phrase(cell.days_left).replace(' ', '')}"
    figure = "" if cell.status in _WORDS else f"{_figure(cell)} "
    return f"{cell.unit.name} {title_of(cell)}：{figure}{cell.status.label}{left}"


def title_of(cell: Cell) -> str:
    """The obligation and its period: 工作会议 第二季度; a one-off bears its rule: 规则修订 2月28日前."""
    when = cell.period.short_label if cell.obligation.cadence else cell.obligation.head
    return f"{cell.obligation.short} {when}"


def _figure(cell: Cell) -> str:
    if cell.obligation.rule == Rule.COVERAGE and cell.required:
        return f"{_share(cell)} {cell.fraction}"
    return mark_of(cell)


def days_phrase(days_left: int) -> str:
    """How long there is: 剩 11 天, or 今天到期 on the last day."""
    return f"剩 {days_left} 天" if days_left else "今天到期"


def month_and_day(day: date) -> str:
    """A day of the catalogue's year in prose: 6月30日."""
    return f"{day.month}月{day.day}日"


def day_in_prose(day: date) -> str:
    """A day in prose: 2025年6月19日."""
    return f"{day.year}年{month_and_day(day)}"


# What is required ------------------------------------------------------------------------------------------


def what_is_required(cell: Cell) -> str:
    """Say what the cell asks and by when, without judging it."""
    return _REQUIRED[cell.obligation.rule](cell)


def _span(period: Period) -> str:
    name = f"{period.year}年" if period.cadence == Cadence.YEAR else period.label
    return f"{name}（{month_and_day(period.start)}至{month_and_day(period.end)}）"


def last_day(cell: Cell) -> date:
    """The last day on which the cell can still be met: its due date, or its period's end."""
    return cell.obligation.due or cell.period.end


def _everyone(cell: Cell) -> str:
    return f"{_span(cell.period)}名册上的每名领导至少 {cell.obligation.required or 1} 次。"


def _quota_required(cell: Cell) -> str:
    led = "，由第一主任主持或带队" if cell.obligation.led_by_first_director else ""
    return f"{_span(cell.period)}不少于 {cell.required} 次{led}。"


def _threshold_required(cell: Cell) -> str:
    heavy = "（任务较重单位）" if cell.unit.heavy_duty and cell.obligation.required_heavy else ""
    return f"不少于 {cell.required} 人{heavy}，以最近一次报送为准。"


def _coverage_required(cell: Cell) -> str:
    if cell.obligation.due:
        return f"{day_in_prose(cell.obligation.due)}前实现全覆盖，以最近一次报送为准。"
    within = f"{_span(cell.period)}内" if cell.obligation.cadence else ""
    return f"{within}实现全覆盖，以最近一次报送为准。"


_REQUIRED: dict[Rule, Callable[[Cell], str]] = {
    Rule.QUOTA: _quota_required,
    Rule.DEADLINE: lambda cell: f"{day_in_prose(last_day(cell))}前完成。",
    Rule.ZONE: lambda cell: f"{day_in_prose(last_day(cell))}前，至少 {cell.required} 个功能区通过验收。",
    Rule.THRESHOLD: _threshold_required,
    Rule.FOLLOWUP: lambda cell: f"每次检查后 {cell.obligation.warn_days} 天内报送市安委会办公室。",
    Rule.ROSTER: _everyone,
    Rule.COVERAGE: _coverage_required,
    Rule.AFTER: lambda cell: f"“四个一”全部完成后报告，最迟 {day_in_prose(cell.period.end)}。",
    Rule.TRACKED: lambda cell: f"{_span(cell.period)}如实统计，不设次数要求。",
}


# What is missing -------------------------------------------------------------------------------------------


def what_is_missing(cell: Cell) -> str:
    """Say how the cell stands and what it lacks: 本季度还差 1 次，剩 11 天."""
    if cell.status == Status.EXEMPT:
        return "市安委会办公室已予豁免，不计入完成率。"
    if cell.status == Status.NOT_STARTED and cell.obligation.rule not in (Rule.FOLLOWUP, Rule.AFTER):
        return f"{_named(cell.period)}尚未开始。"
    return _MISSING[cell.obligation.rule](cell) + "。"


def current_name(period: Period) -> str:
    """The period that is running: 本季度, 上半年, 本月, 本年度."""
    names = {Cadence.QUARTER: "本季度", Cadence.MONTH: "本月", Cadence.YEAR: "本年度"}
    return names.get(period.cadence, period.short_label)


def _named(period: Period) -> str:
    return f"{period.year}年" if period.cadence == Cadence.YEAR else period.short_label


def days_left_clause(cell: Cell) -> str:
    """What follows an open cell's sentence: ，剩 11 天; nothing for a closed one."""
    return "" if cell.days_left is None else f"，{days_phrase(cell.days_left)}"


def _completed(cell: Cell) -> str:
    return day_in_prose(cell.completed_on) if cell.completed_on else "已"


def _quota(cell: Cell) -> str:
    if cell.status in OPEN:
        return f"{current_name(cell.period)}还差 {cell.missing} 次{days_left_clause(cell)}"
    counted = f"要求 {cell.required} 次，实有 {cell.done} 次"
    if cell.status == Status.MISSED:
        return f"{_named(cell.period)}{counted}，差 {cell.missing} 次"
    return f"{_completed(cell)}完成，{counted}"


def _dated(cell: Cell, what: str) -> str:
    if cell.status in OPEN:
        return f"{what}，{month_and_day(last_day(cell))}前完成{days_left_clause(cell)}"
    if cell.status == Status.MISSED:
        return f"已过 {month_and_day(last_day(cell))}的期限，{what}"
    late = (cell.completed_on - last_day(cell)).days if cell.completed_on else 0
    return f"{_completed(cell)}完成，" + (f"逾期 {late} 天" if late > 0 else "未超期限")


def _deadline(cell: Cell) -> str:
    return _dated(cell, "尚未完成" if cell.missing <= 1 else f"还差 {cell.missing} 项")


def _zone(cell: Cell) -> str:
    return _dated(cell, f"还差 {cell.missing} 个功能区")


def _threshold(cell: Cell) -> str:
    if cell.status == Status.UNREPORTED:
        return f"尚未报送人数，要求不少于 {cell.required} 人"
    lacking = f"，还差 {cell.missing} 人" if cell.missing else "，已达标"
    return f"现有 {cell.done} 人，要求不少于 {cell.required} 人{lacking}"


def _followup(cell: Cell) -> str:
    if cell.status == Status.NOT_STARTED:
        return "尚未开展第一主任检查，暂无须报送的情况"
    if cell.status in OPEN:
        return f"还有 {cell.missing} 次检查情况未报送{days_left_clause(cell)}"
    if cell.status == Status.MISSED:
        return f"{cell.missing} 次检查情况未报送，已超过 {cell.obligation.warn_days} 天"
    return f"{cell.done} 次检查情况均已报送"


def _roster(cell: Cell) -> str:
    if cell.status == Status.UNREPORTED:
        return "没有在任领导名册，无法统计"
    if cell.status in OPEN:
        return f"{current_name(cell.period)}还差 {cell.missing} 名领导{days_left_clause(cell)}"
    if cell.status == Status.MISSED:
        return f"{_named(cell.period)} {cell.required} 名领导中有 {cell.missing} 名未开展"
    return f"{_completed(cell)}完成，{cell.required} 名领导均已开展"


def _coverage(cell: Cell) -> str:
    if not cell.required:
        state = "尚未报送覆盖情况"
    elif cell.missing:
        state = f"已覆盖 {cell.fraction}（{_share(cell)}），还差 {cell.missing}"
    else:
        state = f"已全覆盖（{cell.fraction}）"
    if cell.status == Status.MISSED:
        return f"已过 {month_and_day(last_day(cell))}的期限，{state}"
    late = "，晚于规定期限" if cell.status == Status.MET_LATE else ""
    return f"{state}{days_left_clause(cell)}{late}"


def _after(cell: Cell) -> str:
    if cell.status == Status.NOT_STARTED:
        return "“四个一”尚未全部完成，暂不需要报告"
    if cell.status == Status.MISSED:
        return f"{cell.period.year}年未报告"
    if cell.status in OPEN:
        return f"“四个一”已全部完成，还未报告{days_left_clause(cell)}"
    return f"{_completed(cell)}报告"


def _tracked(cell: Cell) -> str:
    return f"{_named(cell.period)}已开展 {cell.done} 次，仅作统计"


_MISSING: dict[Rule, Callable[[Cell], str]] = {
    Rule.QUOTA: _quota,
    Rule.DEADLINE: _deadline,
    Rule.ZONE: _zone,
    Rule.THRESHOLD: _threshold,
    Rule.FOLLOWUP: _followup,
    Rule.ROSTER: _roster,
    Rule.COVERAGE: _coverage,
    Rule.AFTER: _after,
    Rule.TRACKED: _tracked,
}
