"""Zones as markup: counties that burn up to their target, zones as five bars, an area's list, its story."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from core.config import local_moment
from core.domain.cells import Cell
from core.domain.sentences import month_and_day
from core.domain.zone_standing import STRETCH, AreaStanding, AreaState, ZoneStanding, blockers, burn_up
from core.domain.zone_work import Dossier, ItemState, Plan, Step
from core.domain.zones import Area
from core.ui.html import Markup, element, join, link_to

_BLANK = join()
_STATES = {
    AreaState.NOT_STARTED: "none",
    AreaState.WORKING: "open",
    AreaState.ASSESSED: "checking",
    AreaState.RETURNED: "waiting",
    AreaState.ACCEPTED: "closed",
}
_MARKS = {ItemState.NOT_STARTED: "none", ItemState.DOING: "open", ItemState.DONE: "closed"}
_SHORT = {
    Area.DUTY: "责任制",
    Area.SYSTEM: "管理体系",
    Area.SUPPORT: "基础保障",
    Area.ENFORCEMENT: "日常执法",
    Area.DIGITAL: "信息化",
}
_HEADROOM = 0.35


# Counties --------------------------------------------------------------------------------------------------


def burn_ups_markup(
    cells: Sequence[Cell], zones: Sequence[ZoneStanding], kept: Mapping[str, str], day: date
) -> Markup:
    """Write each county's zones standardised, week by week, against the one that is owed and the stretch."""
    plots = [
        _burn_up(cell, [each for each in zones if each.zone.locality == cell.unit.code], kept, day)
        for cell in cells
    ]
    key = element(
        "p",
        element("span", "— 应完成 1 个", class_="owed"),
        element("span", f"┄ 争取 {STRETCH} 个", class_="more"),
        element("span", "│ 期限", class_="due"),
        class_="burn-key",
    )
    return element("div", element("div", *plots, class_="burns"), key, class_="anze-zones")


def _burn_up(cell: Cell, zones: Sequence[ZoneStanding], kept: Mapping[str, str], day: date) -> Markup:
    year, due = cell.period.year, cell.obligation.due
    last = max(due or day, day)
    begin = date(year, 1, 1)
    points = burn_up([each.zone for each in zones], year, day)
    top = max(STRETCH, *(count for _, count in points)) + _HEADROOM
    span = max(1, (last - begin).days)
    bars, before = [], begin
    for when, count in points:
        left, width = (before - begin).days / span, (when - before).days / span
        style = f"left:{left:.2%};width:{width:.2%};height:{count / top:.2%}"
        bars.append(element("i", class_="bar", style=style))
        before = when
    lines = [
        element("i", class_="line owed", style=f"bottom:{(cell.required or 1) / top:.2%}"),
        element("i", class_="line more", style=f"bottom:{STRETCH / top:.2%}"),
    ]
    if due:
        lines.append(element("i", class_="line due", style=f"left:{(due - begin).days / span:.2%}"))
    told = f"{cell.unit.name}：截至 {day} 完成 {points[-1][1]} 个，{cell.status.label}"
    plot = element("div", *bars, *lines, class_="plot", role="img", aria_label=told)
    return element(
        "figure", _county_head(cell, kept), plot, _axis(begin, due, last), data_unit=cell.unit.code
    )


def _county_head(cell: Cell, kept: Mapping[str, str]) -> Markup:
    link = element("a", cell.unit.name, href=link_to("", {**kept, "locality": cell.unit.code}))
    left = f"剩 {cell.days_left} 天" if cell.days_left is not None else ""
    pill = element("span", cell.status.label, class_="pill", data_status=cell.status.value)
    figure = element("b", f"{cell.done}/{cell.required or 0}")
    return element("figcaption", link, figure, pill, element("small", left))


def _axis(begin: date, due: date | None, last: date) -> Markup:
    ends = f"{month_and_day(due)}期限" if due else month_and_day(last)
    return element("p", element("span", month_and_day(begin)), element("span", ends), class_="axis")


# Zones -----------------------------------------------------------------------------------------------------


def zones_markup(
    zones: Sequence[ZoneStanding],
    names: Mapping[str, str],
    left: Mapping[str, str],
    kept: Mapping[str, str],
    day: date,
) -> Markup:
    """Write zones as a table: five bars, what blocks each, the days left; a name opens its zone."""
    heads = ("功能区", *(_SHORT[area] for area in Area), "进度", "卡在哪里", "剩余时间")
    rows = [_zone(each, names, left.get(each.zone.locality, ""), kept, day) for each in zones]
    table = element(
        "table",
        element("caption", "功能区五项建设", class_="unseen"),
        element("thead", element("tr", *(element("th", head, scope="col") for head in heads))),
        element("tbody", *rows),
        class_="plain zones",
    )
    return element("div", table, class_="anze-zones")


def _zone(
    each: ZoneStanding, names: Mapping[str, str], left: str, kept: Mapping[str, str], day: date
) -> Markup:
    place = names.get(each.zone.locality, each.zone.locality)
    link = element("a", each.zone.name, href=link_to("", {**kept, "zone": each.zone.code}))
    stuck = blockers(each, day)
    shown = [element("li", said) for said in stuck[:2]]
    rest = element("li", f"……共 {len(stuck)} 处") if len(stuck) > len(shown) else _BLANK
    what = element("ul", *shown, rest, class_="reasons") if stuck else element("span", "五项全部验收")
    done = f"{each.zone.completed_on} 完成" if each.complete else left
    return element(
        "tr",
        element("td", link, element("small", place), class_="who"),
        *(_bar(area, day) for area in each.areas),
        element("td", element("b", f"{each.accepted}/{len(each.areas)}"), class_="total"),
        element("td", what, class_="stuck"),
        element("td", done, class_="left"),
        data_zone=each.zone.code,
        data_complete="1" if each.complete else None,
    )


def _bar(area: AreaStanding, day: date) -> Markup:
    word = f"{area.accepted_on:%m-%d}" if area.accepted_on else _bar_word(area, day)
    bar = element("i", style=f"width:{area.share:.0%}")
    told = f"{area.area.label}：{area.state.label}，自评 {area.self_score} 分"
    inside = (element("span", _SHORT[area.area], class_="narrow"), bar, element("em", word))
    return element(
        "td", element("div", *inside, title=told), class_="bar-cell", data_area=_STATES[area.state]
    )


def _bar_word(area: AreaStanding, day: date) -> str:
    return f"{area.state.label}·超期" if area.late(day) else area.state.label


# One zone --------------------------------------------------------------------------------------------------


def state_markup(area: AreaStanding) -> Markup:
    """Write where an area stands, as a word on a tone of its own."""
    return element("span", area.state.label, class_=f"stage {_STATES[area.state]}")


def head_markup(standing: ZoneStanding, place: str, left: str, day: date) -> Markup:
    """Write how one zone stands: its five bars and all that blocks it."""
    stuck = [element("li", said) for said in blockers(standing, day)]
    bars = [
        element("li", element("span", area.area.label), _wide_bar(area), state_markup(area))
        for area in standing.areas
    ]
    said = f"{standing.zone.completed_on} 五项全部验收" if standing.complete else left
    facts = element("p", f"{place}　编码 {standing.zone.code}　{said}", class_="facts")
    why = element("div", element("h3", "卡在哪里"), element("ol", *stuck)) if stuck else _BLANK
    return element("div", facts, element("ul", *bars, class_="five"), why, class_="anze-zones one-zone")


def _wide_bar(area: AreaStanding) -> Markup:
    bar = element("i", style=f"width:{area.share:.0%}")
    return element("div", bar, class_="wide-bar", data_area=_STATES[area.state])


def plan_markup(plan: Plan | None, people: Mapping[str, str]) -> Markup:
    """Write the plan's text and its days."""
    if plan is None:
        return element("p", "还没有制定“一区一策”方案。", class_="nothing")
    who = people.get(plan.person, plan.person)
    days = [element("li", f"{area.label}：{day or '未定'}") for area, day in zip(Area, plan.due, strict=True)]
    parts = [element("p", line) for line in plan.content.split("\n") if line.strip()]
    signed = element("p", element("small", f"{who} {plan.drawn_on} 制定"))
    days_head = element("h3", "计划完成日期")
    return element("div", *parts, signed, days_head, element("ul", *days), class_="anze-zones plan-text")


def area_markup(area: AreaStanding, day: date) -> Markup:
    """Write an area's facts and its checklist."""
    late = "（已超期）" if area.late(day) else ""
    pairs = [
        ("状态", area.state.label),
        ("计划完成", f"{area.planned}{late}" if area.planned else "未定"),
        ("自评得分", f"{area.self_score} 分"),
        ("验收日期", str(area.accepted_on or "—")),
        ("验收得分", f"{area.score} 分" if area.score is not None else "—"),
    ]
    if area.last and area.last.note:
        pairs.append((f"{area.last.deed.label}意见", area.last.note))
    facts = [part for head, said in pairs for part in (element("dt", head), element("dd", said))]
    heads = [element("th", head, scope="col") for head in ("清单内容", "分值", "状态", "得分", "填报日期")]
    rows = [
        element(
            "tr",
            element("td", item.content),
            element("td", str(item.points)),
            element("td", _mark_word(mark.state if mark else ItemState.NOT_STARTED)),
            element("td", str(mark.score) if mark else "0"),
            element("td", str(mark.marked_on) if mark else "—", class_="day"),
        )
        for item, mark in area.marks
    ]
    caption = element("caption", f"{area.area.label}清单", class_="unseen")
    table = element(
        "table", caption, element("thead", element("tr", *heads)), element("tbody", *rows), class_="plain"
    )
    return element("div", element("dl", *facts, class_="record"), table, class_="anze-lists anze-zones")


def _mark_word(state: ItemState) -> Markup:
    return element("span", state.label, class_=f"stage {_MARKS[state]}")


def history_markup(dossier: Dossier, items: Mapping[str, str], people: Mapping[str, str]) -> Markup:
    """Write everything that was done about a zone, the newest first."""
    lines = [(plan.drawn_on, plan.change, _plan_line(plan, people)) for plan in dossier.plans]
    lines += [(step.taken_on, step.change, _step_line(step, people)) for step in dossier.steps]
    by_change: dict[int, list[str]] = {}
    for mark in dossier.marks:
        said = f"{items.get(mark.item, '已移除的清单')}：{mark.state.label}，{mark.score} 分"
        by_change.setdefault(mark.change, []).append(said)
    for change, said_all in by_change.items():
        mark = next(each for each in dossier.marks if each.change == change)
        head = _head("填报清单", mark.marked_on, people.get(mark.person, mark.person), mark.at)
        body = element("li", head, *(element("p", said) for said in said_all))
        lines.append((mark.marked_on, change, body))
    shown = [line for _, _, line in sorted(lines, key=lambda line: line[:2], reverse=True)]
    if not shown:
        return element("p", "还没有办理记录。", class_="nothing")
    return element("div", element("ol", *shown, class_="versions moves"), class_="anze-lists")


def _plan_line(plan: Plan, people: Mapping[str, str]) -> Markup:
    head = _head("制定“一区一策”方案", plan.drawn_on, people.get(plan.person, plan.person), plan.at)
    return element("li", head, element("p", plan.content))


def _step_line(step: Step, people: Mapping[str, str]) -> Markup:
    score = f"　{step.score} 分" if step.score is not None else ""
    who = people.get(step.person, step.person)
    head = _head(f"{step.area.label}　{step.deed.label}{score}", step.taken_on, who, step.at)
    return element("li", head, element("p", step.note) if step.note else _BLANK)


def _head(what: str, on: date, who: str, at: datetime | None) -> Markup:
    entered = f"{who} {local_moment(at):%Y-%m-%d %H:%M} 录入" if at else who
    return element("p", element("b", what), f" {on} ", element("small", entered))
