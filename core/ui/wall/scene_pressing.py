"""The second scene, 逾期与临期: what is overdue, what falls due, and on whom it presses."""

from collections.abc import Sequence

from core.domain.cells import Status
from core.domain.sentences import month_and_day
from core.domain.wall_lists import Line, Pressing, UnitCount
from core.services.walling import WallPicture
from core.ui.html import Markup, element, join
from core.ui.wall.pieces import Figure, figures, glyph, more, nothing, panel

TITLE = "逾期与临期"
_MISSED_LINES = 10
_SOON_LINES = 20
_UNITS = 32
_MISSED_WIDTH, _SOON_WIDTH = 44, 36
"""Room for the units' names, in narrow signs; a Chinese one takes two."""


def pressing_scene(picture: WallPicture) -> Markup:
    """Write the scene."""
    pressing = picture.pressing
    return join(
        figures(_figures(pressing)),
        element(
            "div",
            _missed(pressing),
            _soon(pressing),
            _units(pressing),
            class_="thirds",
        ),
    )


def _figures(pressing: Pressing) -> list[Figure]:
    counts = pressing.counts
    missed, soon = counts[Status.MISSED], counts[Status.DUE_SOON]
    units = sum(len(group) for _, group in pressing.units)
    longest = f"最长逾期 {pressing.longest} 天" if pressing.longest else ""
    return [
        Figure(str(missed), "项", "全年逾期未完成", longest, "bad" if missed else "calm"),
        Figure(str(soon), "项", "临近到期", "尚未完成，即将到期", "warn" if soon else "calm"),
        _nearest(pressing),
        Figure(str(counts[Status.SHORT]), "项", "未达标", "人数或覆盖不足"),
        Figure(str(counts[Status.UNREPORTED]), "项", "未报送", "没有报告或名册"),
        Figure(str(units), "个", "涉及单位", "有上列任一情形"),
    ]


def _nearest(pressing: Pressing) -> Figure:
    """The nearest day on which something falls due."""
    if not pressing.due_days:
        return Figure("—", "", "最近到期", "没有临近到期的事项")
    first = pressing.due_days[0]
    left = f"{month_and_day(first.day)}到期 {first.count} 项"
    if first.days_left == 0:
        return Figure("今天", "", "最近到期", left, "warn")
    return Figure(str(first.days_left), "天", "距最近到期", left, "warn")


def _missed(pressing: Pressing) -> Markup:
    return panel(
        "逾期未完成",
        "逾期最久的在前",
        _lines(pressing.missed, Status.MISSED, _MISSED_LINES, _MISSED_WIDTH),
        class_="missed",
    )


def _soon(pressing: Pressing) -> Markup:
    return panel(
        "临近到期",
        "最先到期的在前",
        _lines(pressing.soon, Status.DUE_SOON, _SOON_LINES, _SOON_WIDTH),
        class_="soon",
    )


def _lines(lines: Sequence[Line], status: Status, most: int, width: int) -> Markup:
    if not lines:
        return nothing(f"没有{status.label}的事项。")
    hidden = lines[most:]
    shown = element("ul", *(_line(each, status, width) for each in lines[:most]), class_="lines")
    return join(shown, more(sum(each.total for each in hidden), "项未列出"))


def _line(line: Line, status: Status, width: int) -> Markup:
    what = element("span", element("b", line.what), f" {line.when}", class_="what")
    days = element("em", glyph(status), _days(line, status), data_status=status.value)
    return element("li", what, days, element("span", _named(line.units, width), class_="who"))


def _named(units: Sequence[str], width: int) -> str:
    """As many units as there is room for; where there are more, how many: 泰山区、宁阳县等 6 个."""
    if _width("、".join(units)) <= width:
        return "、".join(units)
    ending = f"等 {len(units)} 个"
    named = [count for count in range(1, len(units)) if _width("、".join(units[:count]) + ending) <= width]
    return "、".join(units[: max(named, default=1)]) + ending


def _width(words: str) -> int:
    return sum(2 if sign > "ÿ" else 1 for sign in words)


def _days(line: Line, status: Status) -> str:
    if status == Status.MISSED:
        return f"逾期 {line.days} 天" if line.days else "已逾期"
    return f"剩 {line.days} 天" if line.days else "今天到期"


def _units(pressing: Pressing) -> Markup:
    everyone = [unit for _, group in pressing.units for unit in group]
    if not everyone:
        return panel("涉及单位", "", nothing("各单位都没有逾期和临期的事项。"), class_="units")
    shown = element("ul", *map(_unit, everyone[:_UNITS]), class_="counts")
    return panel("涉及单位", "各状态项数", shown, more(len(everyone) - _UNITS, "个单位"), class_="units")


def _unit(unit: UnitCount) -> Markup:
    counts = ((unit.missed, Status.MISSED), (unit.other, Status.SHORT), (unit.soon, Status.DUE_SOON))
    badges = [_count(number, status) for number, status in counts if number]
    return element("li", element("span", unit.name), *badges, data_unit=unit.unit)


def _count(number: int, status: Status) -> Markup:
    label = f"{status.label} {number} 项"
    return element("em", glyph(status), str(number), data_status=status.value, title=label)
