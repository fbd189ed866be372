"""The third scene, 隐患与暗查暗访: hazards from found to closed, covert checks unit by unit."""

from core.domain.cells import FULFILLED, percent
from core.domain.hazard_figures import Group
from core.domain.sentences import days_phrase
from core.domain.wall_checks import CheckRow, Checks, GraveHazard, HazardRow, Week
from core.services.walling import WallPicture
from core.ui.html import Markup, element, join
from core.ui.wall.pieces import BLANK, Figure, figures, glyph, more, nothing, panel, rate_field, rate_words

TITLE = "隐患与暗查暗访"
_GRAVE = 5
_NO_HAZARDS = "还没有登记隐患。"


def checks_scene(picture: WallPicture) -> Markup:
    """Write the scene."""
    checks = picture.checks
    return join(
        figures(_figures(checks, picture.period.short_label)),
        element(
            "div",
            element("div", _weeks(checks), _grave(checks), class_="stack"),
            _localities(checks),
            _units(checks, picture.period.label),
            class_="triple",
        ),
    )


def _figures(checks: Checks, period: str) -> list[Figure]:
    hazards, (met, owed) = checks.hazards, _met(checks)
    overdue, grave = hazards.count(Group.OVERDUE), hazards.count(Group.MAJOR_OPEN)
    on_time = rate_words(hazards.rate(Group.ON_TIME, Group.DUE))
    took = f"平均 {hazards.average_days:.0f} 天" if hazards.average_days is not None else ""
    return [
        Figure(
            str(hazards.count(Group.OPEN)), "处", "在改隐患", f"重大 {grave} 处", "warn" if grave else "calm"
        ),
        Figure(str(overdue), "处", "逾期未改", "已过整改期限", "bad" if overdue else "calm"),
        Figure(*on_time, "按期整改率", f"应整改 {hazards.count(Group.DUE)} 处"),
        Figure(str(hazards.count(Group.CLOSED)), "处", "已销号", took, "good"),
        Figure(str(hazards.count(Group.LISTED)), "处", "挂牌督办中", "尚未摘牌"),
        Figure(str(met), f"/ {owed}", "暗查暗访已完成", f"{period}；全年 {checks.year_to_date} 次", "good"),
    ]


def _met(checks: Checks) -> tuple[int, int]:
    rows = [row for _, group in checks.groups for row in group]
    return sum(row.status in FULFILLED for row in rows), len(rows)


def _weeks(checks: Checks) -> Markup:
    highest = max((max(week.checks, week.found, week.closed) for week in checks.weeks), default=0) or 1
    series = [("found", "发现隐患"), ("closed", "销号隐患"), ("checks", "暗查暗访")]
    if not checks.has_hazards:
        series = series[2:]
    names = [name for name, _ in series]
    totals = {name: sum(getattr(week, name) for week in checks.weeks) for name in names}
    items = (element("li", f"{label} {totals[name]}", data_series=name) for name, label in series)
    keys = element("ul", *items, class_="keys")
    columns = element("div", *(_week(week, names, highest) for week in checks.weeks), class_="weeks")
    return panel("近 12 周", "横轴为周次", keys, columns, class_="trend")


def _week(week: Week, names: list[str], highest: int) -> Markup:
    bars = [_bar(name, getattr(week, name), highest) for name in names]
    return element("div", element("div", *bars, class_="bars"), element("span", str(week.number)))


def _bar(name: str, count: int, highest: int) -> Markup:
    figure = element("b", str(count)) if count else BLANK
    return element("i", figure, style=f"height:{count / highest * 100:.1f}%", data_series=name)


def _grave(checks: Checks) -> Markup:
    if not checks.grave:
        sentence = "没有未销号的重大隐患。" if checks.has_hazards else _NO_HAZARDS
        return panel("重大隐患", "", nothing(sentence), class_="grave")
    lines = element("ul", *map(_grave_line, checks.grave[:_GRAVE]), class_="lines")
    return panel("重大隐患", "未销号", lines, more(len(checks.grave) - _GRAVE, "处"), class_="grave")


def _grave_line(hazard: GraveHazard) -> Markup:
    left, tone = hazard.stage, None
    if hazard.days_left is not None:
        late = hazard.days_left < 0
        left = f"逾期 {-hazard.days_left} 天" if late else days_phrase(hazard.days_left)
        tone = "missed" if late else "pending"
    what = element("span", element("b", hazard.locality), f" {hazard.place}", class_="what")
    stage = f"{hazard.stage}，挂牌督办" if hazard.listed else hazard.stage
    return element("li", what, element("em", left, data_status=tone), element("span", stage, class_="who"))


def _localities(checks: Checks) -> Markup:
    if not checks.has_hazards:
        return panel("各属地隐患", "", nothing(_NO_HAZARDS), class_="places")
    heads = [element("th", word, scope="col") for word in ("在改", "重大", "逾期", "销号率")]
    head = element("thead", element("tr", element("th", "属地", scope="col", class_="name"), *heads))
    whole = _locality(HazardRow("", "全市", checks.hazards), "sum")
    body = element("tbody", *map(_locality, checks.by_locality), whole)
    table = element("table", _place_columns(), head, body, class_="place-table")
    return panel("各属地隐患", "", table, class_="places")


def _place_columns() -> Markup:
    return element(
        "colgroup", element("col", class_="name"), *[element("col")] * 3, element("col", class_="rate")
    )


def _locality(row: HazardRow, class_: str | None = None) -> Markup:
    count = row.figures.count
    closed = row.figures.rate(Group.CLOSED, Group.FOUND)
    hint = f"发现 {count(Group.FOUND)}，销号 {count(Group.CLOSED)}，{percent(closed)}"
    return element(
        "tr",
        element("th", row.name, scope="row", class_="name", data_unit=row.unit or None),
        element("td", str(count(Group.OPEN))),
        element("td", str(count(Group.MAJOR_OPEN)), class_="warn" if count(Group.MAJOR_OPEN) else None),
        element("td", str(count(Group.OVERDUE)), data_status="missed" if count(Group.OVERDUE) else None),
        rate_field(closed, hint),
        class_=class_,
    )


def _units(checks: Checks, period: str) -> Markup:
    groups = [
        join(element("h4", label), element("ul", *map(_chip, rows), class_="chips"))
        for label, rows in checks.groups
    ]
    return panel("暗查暗访", period, *groups, class_="covert")


def _chip(row: CheckRow) -> Markup:
    figure = f"{row.done}/{row.required}" if row.required else f"{row.done}次"
    inside = (glyph(row.status), element("b", figure))
    label = f"{row.name} 暗查暗访 {figure} {row.status.label}"
    badge = element("em", *inside, data_status=row.status.value)
    return element("li", element("span", row.name), badge, data_unit=row.unit, title=label)
