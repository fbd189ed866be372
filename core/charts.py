"""Charts: a frame in, an `alt.Chart` out; and the one palette in which every status is drawn anywhere."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import altair as alt
import pandas as pd

from core.domain.cells import Cell, Rates, Status, percent
from core.domain.hazard_figures import AGES, age_of
from core.domain.hazards import Case

FONT = "'Microsoft YaHei', 'PingFang SC', 'Noto Sans CJK SC', 'Noto Sans SC', sans-serif"


@dataclass(frozen=True, slots=True)
class Look:
    """How one status is drawn: a glyph, and fill and text for a light page and for the dark wall."""

    glyph: str
    fill: str
    text: str
    wall_fill: str
    wall_text: str


PALETTE: Mapping[Status, Look] = {
    Status.MET: Look("✓", "#DDF3E8", "#0F5C40", "#14503F", "#BFF0DC"),
    Status.MET_LATE: Look("✓迟", "#E3F0EC", "#37655A", "#1F4A44", "#BFF0DC"),
    Status.DUE_SOON: Look("!", "#FFE7B0", "#6B4A00", "#F2B134", "#201500"),
    Status.PENDING: Look("○", "#E9EFF5", "#3D556E", "#1A2D42", "#B4C7DA"),
    Status.MISSED: Look("✕", "#C93A27", "#FFFFFF", "#A92517", "#FFFFFF"),
    Status.NOT_STARTED: Look("·", "#F6F8FA", "#5E6E7F", "#0F1C2B", "#8CA0B5"),
    Status.SHORT: Look("▽", "#F9D9CC", "#8A2E10", "#743117", "#FFD9C7"),
    Status.UNREPORTED: Look("?", "#EAE3F2", "#55407A", "#3A2F55", "#DACDF2"),
    Status.TRACKED: Look("", "transparent", "#1B2B3C", "transparent", "#D5E1EE"),
    Status.EXEMPT: Look("–", "#EEEDE6", "#5C5847", "#2B2B27", "#CFCAB8"),
}
"""Every status, in a legend's order; text on its fill reaches 4.5:1, on the wall 7:1 where it matters
(not started: 4.5:1). Red bears white and is therefore deeper on the wall than on a page."""

STRONG: Mapping[Status, str] = {
    Status.MET: "#2C9A72",
    Status.MET_LATE: "#8CBFA9",
    Status.DUE_SOON: "#E8A922",
    Status.PENDING: "#B9C9D9",
    Status.MISSED: "#C93A27",
    Status.NOT_STARTED: "#E3E9EF",
    Status.SHORT: "#D98560",
    Status.UNREPORTED: "#9A86BF",
    Status.TRACKED: "#7F95AB",
    Status.EXEMPT: "#CFCBBB",
}
"""The same hues, strong enough for thin bars and slices, where no text stands on them."""

_BAR, _TRACK, _INK, _MUTED = "#3B70AC", "#E9EFF5", "#1B2B3C", "#4A5D70"


def completion_frame(rates: Iterable[tuple[str, Rates]]) -> pd.DataFrame:
    """One row a unit, in the order given: counts of settled cells, and both rates from 0 to 1 or missing."""
    rows = [
        (name, each.settled, each.fulfilled, each.on_time, each.completion, each.punctuality)
        for name, each in rates
    ]
    return pd.DataFrame(rows, columns=["单位", "应完成", "已完成", "按期", "完成率", "及时率"])


def status_frame(groups: Iterable[tuple[str, Iterable[Cell]]]) -> pd.DataFrame:
    """One row a group and status that occurs: 分组, 状态, 数量; statuses in the palette's order."""
    rows = [
        (name, status.label, count)
        for name, cells in groups
        for status, count in _counted(cells).items()
        if count
    ]
    return pd.DataFrame(rows, columns=["分组", "状态", "数量"])


def _counted(cells: Iterable[Cell]) -> dict[Status, int]:
    counts = dict.fromkeys(PALETTE, 0)
    for cell in cells:
        counts[cell.status] += 1
    return counts


def completion_chart(frame: pd.DataFrame) -> alt.LayerChart:
    """Horizontal bars of 完成率 by 单位, in the frame's order; a unit with nothing settled shows —."""
    drawn = frame.assign(
        比例=frame["完成率"].astype("float64").fillna(0.0),
        满格=1.0,
        标注=[percent(None if pd.isna(rate) else rate) for rate in frame["完成率"]],
    )
    units = alt.Y("单位:N", sort=list(frame["单位"]), title=None, axis=_plain_axis(180))
    base = alt.Chart(drawn).encode(y=units, tooltip=_rate_tooltip())
    figures = base.mark_text(align="left", dx=8, color=_INK, fontSize=14, fontWeight=600)
    layers = [
        base.mark_bar(color=_TRACK, height=20, cornerRadius=3).encode(x=_across("满格")),
        base.mark_bar(color=_BAR, height=20, cornerRadius=3).encode(x=_across("比例")),
        figures.encode(x=_across("满格"), text="标注:N"),
    ]
    finished: alt.LayerChart = _finished(
        alt.layer(*layers), 30 * max(1, len(frame)) + 12, describe_completion(frame)
    )
    return finished


def _across(column: str) -> alt.X:
    """A share of the bar's whole length, with room for the figure after a full one."""
    return alt.X(f"{column}:Q", scale=alt.Scale(domain=[0, 1.2]), axis=None)


def _rate_tooltip() -> list[alt.Tooltip]:
    return [
        alt.Tooltip("单位:N"),
        *(alt.Tooltip(f"{name}:Q", format="d") for name in ("应完成", "已完成", "按期")),
        alt.Tooltip("标注:N", title="完成率"),
        alt.Tooltip("及时率:Q", format=".1%"),
    ]


def status_share_chart(frame: pd.DataFrame) -> alt.Chart:
    """One stacked bar a 分组: how many cells stand in which 状态."""
    ranks = {status.label: rank for rank, status in enumerate(PALETTE)}
    groups = list(dict.fromkeys(frame["分组"]))
    chart = (
        alt.Chart(frame.assign(次序=[ranks[label] for label in frame["状态"]]))
        .mark_bar(height=22)
        .encode(
            y=alt.Y("分组:N", sort=groups, title=None, axis=_plain_axis(140)),
            x=alt.X("数量:Q", stack=True, title=None, axis=alt.Axis(tickMinStep=1, tickCount=6, format="d")),
            color=_status_colour(set(frame["状态"])),
            order=alt.Order("次序:Q"),
            tooltip=["分组:N", "状态:N", alt.Tooltip("数量:Q", format="d")],
        )
    )
    finished: alt.Chart = _finished(chart, 40 * max(1, len(groups)) + 110, describe_shares(frame))
    return finished


def _status_colour(present: set[str]) -> alt.Color:
    """The palette's hues for the statuses that occur, with their legend on top."""
    labels = [status.label for status in PALETTE if status.label in present]
    scale = alt.Scale(domain=labels, range=[STRONG[Status.of(label)] for label in labels])
    legend = alt.Legend(title=None, orient="top", columns=5, symbolType="square", labelLimit=120)
    return alt.Color("状态:N", sort=labels, scale=scale, legend=legend)


def ageing_frame(cases: Iterable[Case], as_of: date) -> pd.DataFrame:
    """One row an age and 期限: how many open hazards; ages in their order, those without any too."""
    counts = {(age.label, word): 0 for age in AGES for word in _TERMS}
    for case in cases:
        if case.course.open:
            counts[age_of(case, as_of).label, "已逾期" if case.overdue(as_of) else "期限内"] += 1
    rows = [(label, word, count) for (label, word), count in counts.items()]
    return pd.DataFrame(rows, columns=["时长", "期限", "数量"])


_TERMS: Mapping[str, str] = {"期限内": _BAR, "已逾期": STRONG[Status.MISSED]}


def ageing_chart(frame: pd.DataFrame) -> alt.Chart:
    """One stacked bar an age: open hazards within their time and overdue."""
    ages = [age.label for age in AGES]
    scale = alt.Scale(domain=list(_TERMS), range=list(_TERMS.values()))
    legend = alt.Legend(title=None, orient="top", symbolType="square")
    chart = (
        alt.Chart(frame)
        .mark_bar(height=20)
        .encode(
            y=alt.Y("时长:N", sort=ages, title=None, axis=_plain_axis(140)),
            x=alt.X("数量:Q", stack=True, title=None, axis=alt.Axis(tickMinStep=1, tickCount=6, format="d")),
            color=alt.Color("期限:N", scale=scale, legend=legend),
            order=alt.Order("期限:N", sort="descending"),
            tooltip=["时长:N", "期限:N", alt.Tooltip("数量:Q", format="d")],
        )
    )
    finished: alt.Chart = _finished(chart, 30 * len(ages) + 60, describe_ages(frame))
    return finished


def describe_ages(frame: pd.DataFrame) -> str:
    """The ageing chart in words, for those who cannot see it."""
    parts = [
        f"{age} {rows['数量'].sum()} 处，其中已逾期 {rows.loc[rows['期限'] == '已逾期', '数量'].sum()} 处"
        for age, rows in frame.groupby("时长", sort=False)
    ]
    return f"未销号隐患按时长：{'；'.join(parts)}。"


def describe_completion(frame: pd.DataFrame) -> str:
    """The completion chart in words, for those who cannot see it."""
    parts = [
        f"{unit} {percent(None if pd.isna(rate) else rate)}"
        for unit, rate in zip(frame["单位"], frame["完成率"], strict=True)
    ]
    return f"各单位完成率：{'，'.join(parts)}。" if parts else "暂无数据。"


def describe_shares(frame: pd.DataFrame) -> str:
    """The status chart in words, for those who cannot see it."""
    parts = [
        f"{group}：" + "，".join(f"{row.状态} {row.数量}" for row in rows.itertuples())
        for group, rows in frame.groupby("分组", sort=False)
    ]
    return f"各状态事项数：{'；'.join(parts)}。" if parts else "暂无数据。"


def _plain_axis(width: int) -> alt.Axis:
    return alt.Axis(ticks=False, domain=False, labelPadding=10, labelLimit=width, labelAngle=0)


_MONTHS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
CHINESE: Mapping[str, Mapping[str, object]] = {
    "number": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["¥", ""]},
    "time": {
        "dateTime": "%Y年%-m月%-d日 %H:%M:%S",
        "date": "%Y-%m-%d",
        "time": "%H:%M:%S",
        "periods": ["上午", "下午"],
        "days": ["星期日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六"],
        "shortDays": ["周日", "周一", "周二", "周三", "周四", "周五", "周六"],
        "months": [f"{numeral}月" for numeral in _MONTHS],
        "shortMonths": [f"{number}月" for number in range(1, 13)],
    },
}
"""Numbers and dates as Chinese readers expect them; Vega's own are English."""


def _finished(chart: Any, height: int, description: str) -> Any:
    """Give a chart its size, its words, its face and its language.

    Its description is its text; Vega's own words for axes, legends and marks are English and stay unsaid.
    """
    return (
        chart.properties(height=height, width="container", description=description)
        .configure(font=FONT, locale=CHINESE, background="transparent")
        .configure_axis(
            labelFontSize=14, labelColor=_MUTED, gridColor="#E9EFF5", domainColor="#CCD6E1", aria=False
        )
        .configure_legend(labelFontSize=14, labelColor=_MUTED, aria=False)
        .configure_mark(aria=False)
        .configure_view(stroke=None)
    )
