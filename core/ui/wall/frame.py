"""The wall as parts of markup: the header, the four scenes, the footer."""

from collections.abc import Mapping
from datetime import date, datetime

from core.charts import PALETTE
from core.config import FULL_TITLE
from core.domain.cells import Status
from core.domain.sentences import month_and_day
from core.services.walling import WallPicture
from core.ui.html import Markup, element
from core.ui.wall import scene_checks, scene_city, scene_fields, scene_pressing
from core.ui.wall.pieces import BLANK, glyph

SCENES = (
    (scene_city.TITLE, scene_city.city_scene),
    (scene_pressing.TITLE, scene_pressing.pressing_scene),
    (scene_checks.TITLE, scene_checks.checks_scene),
    (scene_fields.TITLE, scene_fields.fields_scene),
)
_WEEKDAYS = "一二三四五六日"
_LEGEND = (
    *(Status.MET, Status.MET_LATE, Status.DUE_SOON, Status.PENDING),
    *(Status.MISSED, Status.SHORT, Status.UNREPORTED),
)


def wall_parts(picture: WallPicture, today: date) -> dict[str, Markup]:
    """Write every part by its name; `today` is the calendar's day, for saying when the data is from."""
    parts = {"header": _header(picture, today), "footer": _footer()}
    for number, (title, scene) in enumerate(SCENES, start=1):
        heading = element("h2", title, class_="unseen")
        parts[f"scene-{number}"] = Markup(heading + scene(picture))
    return parts


def scene_titles() -> tuple[str, ...]:
    """The scenes' titles, in their order."""
    return tuple(title for title, _ in SCENES)


def _header(picture: WallPicture, today: date) -> Markup:
    tag = element("span", "示例数据", class_="tag") if picture.demonstration else BLANK
    name = element("div", element("strong", FULL_TITLE), element("span", picture.office), tag, class_="name")
    return element(
        "div",
        element("h1", "大屏", class_="unseen"),
        name,
        element("span", "", class_="age", role="status", hidden=True),
        element("span", *_days_left(picture), class_="left"),
        element("span", "数据更新 ", element("b", _data_time(picture.data_time, today)), class_="data-time"),
        element("span", f"{month_and_day(picture.day)} {_weekday(picture.day)}", class_="day"),
        element("b", "", class_="clock", data_keep=True),
        class_="head",
    )


def _days_left(picture: WallPicture) -> tuple[str, ...]:
    if picture.day > picture.period.end:
        return (f"{picture.period.label}已结束",)
    if picture.days_left == 0:
        return (f"{picture.period.short_label}", element("b", "今天"), "结束")
    return (f"{picture.period.short_label}还剩 ", element("b", str(picture.days_left)), " 天")


def _data_time(moment: datetime | None, today: date) -> str:
    if moment is None:
        return "尚无"
    if moment.date() == today:
        return f"{moment:%H:%M:%S}"
    return f"{moment:%m-%d %H:%M}" if moment.year == today.year else f"{moment:%Y-%m-%d}"


def _weekday(day: date) -> str:
    return f"星期{_WEEKDAYS[day.weekday()]}"


def _footer() -> Markup:
    """The legend, and where the wall stands in its turning; the rest is filled in by the browser."""
    items = [
        element("li", element("em", glyph(status), data_status=status.value), status.label)
        for status in _LEGEND
        if PALETTE[status].glyph
    ]
    return element("ul", *items, class_="legend", aria_label="图例")


def changed_parts(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, str]:
    """The parts that differ."""
    return {name: str(markup) for name, markup in after.items() if before.get(name) != markup}
