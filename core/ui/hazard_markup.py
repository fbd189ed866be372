"""Hazards as markup: key figures, breakdowns and lists, in which every number leads to its list."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from core.domain.cells import percent
from core.domain.hazard_figures import AGES, Figures, Group, age_of, figures_of
from core.domain.hazards import Case, Level, Stage
from core.domain.sentences import days_phrase
from core.ui.frame import Tone
from core.ui.hazard_filters import Lists
from core.ui.html import Markup, element, join

_BLANK = join()
_HEADS = ("编号", "属地", "地点与问题", "发现", "期限", "状态")
TONES: Mapping[Stage, str] = {
    Stage.FOUND: "waiting",
    Stage.RECTIFYING: "open",
    Stage.RECHECKING: "checking",
    Stage.CLOSED: "closed",
}


def figures_markup(figures: Figures, lists: Lists) -> Markup:
    """Write the key figures, each with its denominator."""
    tiles = [
        _tile("发现", _count(figures, Group.FOUND, lists), _found_hint(figures, lists)),
        _tile("按期整改率", _rate(figures, Group.ON_TIME, Group.DUE), _of(figures, lists, _ON_TIME)),
        _tile(
            "逾期未改",
            _count(figures, Group.OVERDUE, lists),
            _of(figures, lists, _OVERDUE),
            Tone.BAD if figures.count(Group.OVERDUE) else Tone.CALM,
        ),
        _tile("退回率", _rate(figures, Group.RETURNED, Group.RECHECKED), _of(figures, lists, _RETURNED)),
        _tile("平均销号天数", _days(figures), _of(figures, lists, (Group.CLOSED,))),
        _tile("重大未销号", _count(figures, Group.MAJOR_OPEN, lists), _of(figures, lists, _MAJOR)),
    ]
    return element("dl", *tiles, class_="kpis")


_ON_TIME = (Group.ON_TIME, Group.DUE)
_OVERDUE = (Group.OPEN, Group.ASKING)
_RETURNED = (Group.RETURNED, Group.RECHECKED)
_MAJOR = (Group.MAJOR, Group.LISTED)


def _tile(label: str, value: Markup, hint: Markup, tone: Tone = Tone.CALM) -> Markup:
    parts = (element("dt", label), element("dd", value), element("dd", hint, class_="hint"))
    return element("div", *parts, class_=tone.value)


def _count(figures: Figures, group: Group, lists: Lists) -> Markup:
    return element("a", str(figures.count(group)), href=lists.link(group), data_group=group.value)


def _found_hint(figures: Figures, lists: Lists) -> Markup:
    return _of(figures, lists, (Group.OPEN, Group.CLOSED, Group.AT_ONCE))


def _of(figures: Figures, lists: Lists, groups: Sequence[Group]) -> Markup:
    """Groups with their counts, each a link: 按期整改 60，应整改 75."""
    parts: list[str] = []
    for group in groups:
        parts += ["，" if parts else "", f"{group.label} ", _count(figures, group, lists)]
    return join(*parts)


def _rate(figures: Figures, part: Group, whole: Group) -> Markup:
    return join(percent(figures.rate(part, whole)))


def _days(figures: Figures) -> Markup:
    return join("—" if figures.average_days is None else f"{figures.average_days:.1f}")


def ages_markup(cases: Sequence[Case], as_of: date, lists: Lists) -> Markup:
    """Write how many open hazards are how old, each number a link to its list."""
    still_open = [case for case in cases if case.course.open]
    items = []
    for age in AGES:
        held = [case for case in still_open if age_of(case, as_of) == age]
        late = sum(case.overdue(as_of) for case in held)
        link = element("a", str(len(held)), href=lists.link(age=age.code), data_age=age.code)
        beside = element("small", f"逾期 {late}") if late else _BLANK
        items.append(element("li", element("span", age.label), link, beside))
    return element("ul", *items, class_="ages")


def breakdown_markup(
    head: str, name: str, key: Callable[[Case], str], cases: Sequence[Case], as_of: date, lists: Lists
) -> Markup:
    """Write one table by locality, industry or source; `name` is the address parameter that narrows to it."""
    codes = [code for code in dict.fromkeys(key(case) for case in cases) if code]
    rows = []
    order = list(lists.names)
    for code in sorted(codes, key=lambda each: order.index(each) if each in lists.names else len(order)):
        figures = figures_of([case for case in cases if key(case) == code], as_of)
        rows.append(_breakdown_row(code, name, figures, lists))
    heads = [element("th", each, scope="col") for each in (head, *_COLUMNS)]
    body = element("tbody", *rows)
    table = element("table", element("thead", element("tr", *heads)), body, class_="plain figures")
    return element("div", table, class_="figures-wrap")


_COLUMNS = ("发现", "未销号", "逾期", "按期整改率", "已销号")


def _breakdown_row(code: str, name: str, figures: Figures, lists: Lists) -> Markup:
    def cell(group: Group) -> Markup:
        link = element("a", str(figures.count(group)), href=lists.link(group, **{name: code}))
        late = group == Group.OVERDUE and figures.count(group)
        return element("td", link, class_="late" if late else None)

    rate = percent(figures.rate(Group.ON_TIME, Group.DUE))
    share = f" {figures.count(Group.ON_TIME)}/{figures.count(Group.DUE)}"
    return element(
        "tr",
        element("th", lists.name(code), scope="row"),
        *(cell(group) for group in (Group.FOUND, Group.OPEN, Group.OVERDUE)),
        element("td", rate, element("small", share)),
        cell(Group.CLOSED),
    )


def list_markup(cases: Iterable[Case], as_of: date, lists: Lists) -> Markup:
    """Write a list of hazards as a table; each opens its page."""
    heads = [element("th", each, scope="col") for each in _HEADS]
    rows = [_row(case, as_of, lists) for case in cases]
    caption = element("caption", "隐患清单", class_="unseen")
    body = element("tbody", *rows)
    return element("table", caption, element("thead", element("tr", *heads)), body, class_="plain hazards")


def _row(case: Case, as_of: date, lists: Lists) -> Markup:
    hazard = case.hazard
    what = join(element("b", hazard.place or "（未注明地点）"), element("span", hazard.description))
    where = join(lists.name(hazard.locality), element("small", lists.name(hazard.industry)))
    found = join(f"{hazard.found_on}", element("small", hazard.source_label))
    return element(
        "tr",
        element("td", element("a", hazard.code, href=lists.case_link(hazard.code)), class_="code"),
        element("td", where),
        element("td", element("div", what, class_="what")),
        element("td", found, class_="day", data_label="发现"),
        element("td", _due(case, as_of), class_="day", data_label="整改期限"),
        element("td", stage_markup(case), marks_markup(case)),
        data_hazard=hazard.code,
    )


def _due(case: Case, as_of: date) -> Markup:
    left = case.days_left(as_of)
    if case.course.due is None:
        return join("—")
    said = _left(left) if left is not None else ""
    return join(f"{case.course.due}", element("small", said, class_="late" if (left or 0) < 0 else None))


def _left(days: int) -> str:
    return f"逾期 {-days} 天" if days < 0 else days_phrase(days)


def stage_markup(case: Case) -> Markup:
    """Write where a hazard stands, as a word on a tone of its own."""
    return element("span", case.course.stage.label, class_=f"stage {TONES[case.course.stage]}")


def marks_markup(case: Case) -> Markup:
    """Write what else is to be known at a glance: 重大, 挂牌督办, 退回 1 次 and so on."""
    course = case.course
    marks = [
        "重大" if case.hazard.level == Level.MAJOR else "",
        "挂牌督办" if course.listed else "",
        "提级督办" if course.escalated_on else "",
        "已曝光" if course.exposed_on else "",
        "即查即改" if course.at_once else "",
        f"退回 {course.returns} 次" if course.returns else "",
        "申请延期" if course.asked_until else "",
    ]
    return join(*(element("span", mark, class_="mark") for mark in marks if mark))
