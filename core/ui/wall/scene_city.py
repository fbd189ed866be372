"""The first scene, 专委会与属地: both boards, the schematic map, what was entered last."""

from datetime import datetime

from core.charts import PALETTE
from core.domain.cells import Rates, Status
from core.domain.wall_boards import WallBoard, WallCell, WallRow
from core.services.walling import Headline, JustEntered, WallPicture
from core.ui.html import Markup, element, join
from core.ui.tile_markup import tile_map_markup
from core.ui.wall.pieces import (
    BLANK,
    Figure,
    figures,
    nothing,
    panel,
    rate_field,
    rate_words,
    status_field,
)

TITLE = "专委会与属地"
_ENTERED = 5
_ROWS = 15
_REST = 3
"""The room for a glyph and the space around it, in narrow signs."""
_ROOM = 620
"""Pixels for the columns between name and rate."""


def city_scene(picture: WallPicture) -> Markup:
    """Write the scene."""
    period = picture.period.label
    return join(
        figures(_figures(picture)),
        element(
            "div",
            panel("专委会", period, _table("专委会", picture.committees), class_="board"),
            element(
                "div",
                panel("属地", period, _table("属地", picture.localities), class_="board"),
                element("div", _map(picture), _entered(picture), class_="pair"),
                class_="stack",
            ),
            class_="halves",
        ),
    )


def _figures(picture: WallPicture) -> list[Figure]:
    headline, zones = picture.headline, picture.standardisation
    soon, missed = headline.count(Status.DUE_SOON), headline.count(Status.MISSED)
    other = headline.count(Status.SHORT, Status.UNREPORTED)
    complete = sum(zone.complete for zone in zones.zones)
    return [
        Figure(*rate_words(headline.rates.completion), "本期完成率", _trend(headline), "good"),
        Figure(*rate_words(headline.rates.punctuality), "本期及时率", _counted(headline.rates), "good"),
        Figure(str(soon), "项", "临近到期", "尚未完成，即将到期", "warn" if soon else "calm"),
        Figure(str(missed), "项", "本期未完成", "已过期限", "bad" if missed else "calm"),
        Figure(str(other), "项", "未达标、未报送", "不足或没有报告", "calm"),
        Figure(str(complete), f"/ {len(zones.zones)}", "功能区规范化", "五项全部验收", "calm"),
    ]


def _counted(rates: Rates) -> str:
    return f"应完成 {rates.settled}，按期 {rates.on_time}"


def _trend(headline: Headline) -> str:
    """How the rate moved within a week, in percentage points."""
    now, before = headline.rates.completion, headline.week_before.completion
    if now is None or before is None:
        return ""
    points = round(now * 100, 1) - round(before * 100, 1)
    if abs(points) < 0.05:  # noqa: PLR2004 - less than what one decimal shows
        return "与一周前持平"
    return f"较一周前 {'↑' if points > 0 else '↓'}{abs(points):.1f}"


def _table(caption: str, board: WallBoard) -> Markup:
    if not board.rows:
        return nothing(f"还没有登记{caption}。")
    heads = [element("th", _broken(head), scope="col") for head in board.heads]
    first = element("th", "单位", scope="col", class_="name")
    last = element("th", "完成率", scope="col")
    return element(
        "table",
        element("caption", caption, class_="unseen"),
        _columns(board),
        element("thead", element("tr", first, *heads, last)),
        element("tbody", *map(_row, board.rows[:_ROWS])),
        class_="board-table",
    )


def _columns(board: WallBoard) -> Markup:
    """Columns as wide as the longest figure in them needs; together they take the room there is."""
    wide = [
        _REST + max((_width(row.cells[place]) for row in board.rows), default=0)
        for place in range(len(board.heads))
    ]
    widths = (element("col", style=f"width:{_ROOM * each / sum(wide):.0f}px") for each in wide)
    return element("colgroup", element("col", class_="name"), *widths, element("col", class_="rate"))


def _width(cell: WallCell | None) -> int:
    """How many narrow signs a field's figure takes, with what its glyph takes above one."""
    if cell is None:
        return 0
    second = 2 * (len(PALETTE[cell.status].glyph) - 1)
    return second + sum(2 if sign > "ÿ" or sign == "%" else 1 for sign in cell.mark)


def _broken(head: str) -> Markup:
    """A head in lines of two or three: 第一|主任|检查."""
    size = 3 if len(head) in (3, 5) else 2
    parts = [head[start : start + size] for start in range(0, len(head), size)]
    return join(parts[0], *(join(element("br"), part) for part in parts[1:]))


def _row(row: WallRow) -> Markup:
    name = element("th", row.name, scope="row", class_="name", data_unit=row.unit)
    return element("tr", name, *map(_cell, row.cells), rate_field(row.rates.completion, _told(row.rates)))


def _cell(cell: WallCell | None) -> Markup:
    return element("td", class_="none") if cell is None else status_field(cell.status, cell.mark, cell.label)


def _told(rates: Rates) -> str:
    return f"应完成 {rates.settled}，已完成 {rates.fulfilled}"


def _map(picture: WallPicture) -> Markup:
    return panel("各属地完成率", "方位示意，非地图", tile_map_markup(picture.tiles), class_="map")


def _entered(picture: WallPicture) -> Markup:
    newest = picture.data_time.date() if picture.data_time else None
    items = [_entry(each, today=each.at.date() == newest) for each in picture.entered[:_ENTERED]]
    content = element("ul", *items, class_="entered") if items else nothing("还没有录入记录。")
    return panel("刚刚录入", "", content, class_="just")


def _entry(each: JustEntered, *, today: bool) -> Markup:
    at: datetime = each.at
    when = f"{at:%H:%M}" if today else f"{at:%m-%d}"
    return element("li", element("time", when), element("b", each.unit), element("span", each.event) or BLANK)
