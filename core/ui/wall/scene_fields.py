"""The fourth scene, 功能区规范化与“九个一”: zones area by area, enterprises covered by locality."""

from datetime import date

from core.domain.cells import WANTING, Status, whole_percent
from core.domain.sentences import month_and_day
from core.domain.tile_map import shade_of
from core.domain.wall_fields import Coverage, CoverageRow, NineOnes, Standardisation, ZoneRow
from core.domain.zone_standing import AreaState
from core.domain.zones import Area
from core.services.walling import WallPicture
from core.ui.html import Markup, element, join
from core.ui.wall.pieces import BLANK, Figure, figures, glyph, more, nothing, panel, rate_words

TITLE = "功能区规范化与“九个一”"
_ZONES = 15
_SHORT_AREAS = {
    Area.DUTY: "责任制",
    Area.SYSTEM: "管理体系",
    Area.SUPPORT: "基础保障",
    Area.ENFORCEMENT: "日常执法",
    Area.DIGITAL: "信息化",
}


def fields_scene(picture: WallPicture) -> Markup:
    """Write the scene."""
    return join(
        figures(_figures(picture.standardisation, picture.nine_ones)),
        element(
            "div",
            _zones(picture.standardisation),
            element("div", _nine_ones(picture.nine_ones), _areas(picture.standardisation), class_="stack"),
            class_="halves",
        ),
    )


def _figures(zones: Standardisation, nine: NineOnes) -> list[Figure]:
    complete, accepted = sum(zone.complete for zone in zones.zones), sum(zones.areas)
    due = f"{month_and_day(zones.due)}前" if zones.due else ""
    whole = Coverage(sum(each.done for each in nine.sums), sum(each.total for each in nine.sums))
    full = sum(row.fields.count(None) == 0 and all(_full(f) for f in row.fields) for row in nine.rows)
    unreported = sum(any(f and f.status == Status.UNREPORTED for f in row.fields) for row in nine.rows)
    return [
        Figure(str(complete), f"/ {len(zones.zones)}", "功能区五项全部验收", "一区一策", "good"),
        Figure(str(zones.counties_met), f"/ {zones.counties}", "县市区已达到要求", due, "good"),
        Figure(str(accepted), f"/ {len(zones.zones) * len(Area)}", "五项建设已验收", _underway(zones)),
        Figure(*rate_words(whole.share), "“九个一”平均覆盖率", f"{whole.done} / {whole.total} 家次"),
        Figure(str(full), f"/ {len(nine.rows)}", "九项全覆盖的属地", "本期"),
        Figure(str(unreported), "个", "有未报送项的属地", "已过报送期限"),
    ]


def _full(field: Coverage | None) -> bool:
    return field is not None and field.share == 1.0


def _underway(zones: Standardisation) -> str:
    waiting, returned = zones.count(AreaState.ASSESSED), zones.count(AreaState.RETURNED)
    return f"待验收 {waiting}，退回 {returned}"


def _zones(zones: Standardisation) -> Markup:
    if not zones.zones:
        return panel("功能区规范化", "", nothing("还没有登记功能区。"), class_="zones")
    heads = [element("th", _SHORT_AREAS[area], scope="col") for area in Area]
    name = element("th", "功能区", scope="col", class_="name")
    head = element("thead", element("tr", name, *heads, element("th", "进度", scope="col")))
    body = element("tbody", *map(_zone, zones.zones[:_ZONES]))
    left = more(len(zones.zones) - _ZONES, "个功能区")
    return panel(
        "功能区规范化", "验收日期，未验收的注明进度", element("table", head, body, class_="zone-table"), left
    )


def _zone(zone: ZoneRow) -> Markup:
    name = element("th", zone.name, scope="row", class_="name", data_zone=zone.code)
    status = Status.MET if zone.complete else Status.PENDING
    total = element(
        "td", glyph(status), element("b", f"{zone.done}/{len(zone.accepted)}"), data_status=status.value
    )
    return element("tr", name, *map(_area, zone.accepted, zone.states, zone.late), total)


def _area(accepted: date | None, state: AreaState, late: bool) -> Markup:  # noqa: FBT001 - mapped over
    """The day of acceptance, else how far it is; what was returned or is behind its plan stands out."""
    if accepted:
        return element("td", f"{accepted:%m-%d}", data_status=Status.MET.value, aria_label=f"{accepted} 验收")
    behind = late or state == AreaState.RETURNED
    status = Status.DUE_SOON if behind else _SHOWN.get(state, Status.NOT_STARTED)
    word = _WORDS.get(state) or ("超计划" if late else "")
    said = f"{state.label}，超过计划日期" if late else state.label
    return element("td", glyph(status), element("b", word), data_status=status.value, aria_label=said)


_SHOWN = {AreaState.ASSESSED: Status.PENDING, AreaState.WORKING: Status.PENDING}
_WORDS = {AreaState.ASSESSED: "待验", AreaState.RETURNED: "退回"}


def _nine_ones(nine: NineOnes) -> Markup:
    if not nine.rows:
        return panel("企业“九个一”", "", nothing("还没有登记属地。"), class_="nine")
    heads = [element("th", short, scope="col", title=rule) for short, rule in nine.heads]
    head = element("thead", element("tr", element("th", "属地", scope="col", class_="name"), *heads))
    rows = element("tbody", *map(_locality, nine.rows), _city(nine))
    return panel(
        "企业“九个一”",
        "最近一次报送的覆盖率",
        element("table", head, rows, class_="nine-table"),
        class_="nine",
    )


def _locality(row: CoverageRow) -> Markup:
    name = element("th", row.name, scope="row", class_="name", data_unit=row.unit)
    return element("tr", name, *map(_share, row.fields))


def _share(field: Coverage | None) -> Markup:
    """A share in the shade of its height; what was missed, short or not reported bears its status."""
    if field is None:
        return element("td", "—", class_="none")
    if field.share is None:
        return _unreported(field)
    wanting = field.status if field.status in WANTING else None
    words = join(glyph(wanting) if wanting else BLANK, element("b", whole_percent(field.share)))
    label = f"{field.done}/{field.total} {field.status.label if field.status else ''}"
    if wanting:
        return element("td", words, data_status=wanting.value, aria_label=label)
    return element("td", words, data_shade=shade_of(field.share), aria_label=label)


def _unreported(field: Coverage) -> Markup:
    status = field.status or Status.PENDING
    word = "未报" if status in WANTING or status == Status.DUE_SOON else ""
    return element("td", glyph(status), element("b", word), data_status=status.value, aria_label=status.label)


def _city(nine: NineOnes) -> Markup:
    name = element("th", "全市", scope="row", class_="name")
    return element("tr", name, *(_city_share(nine, place) for place in range(len(nine.sums))), class_="sum")


def _city_share(nine: NineOnes, place: int) -> Markup:
    """The city's share of those that reported, and how many did."""
    share, reported = nine.sums[place].share, nine.reported(place)
    figure = element("b", whole_percent(share))
    return element(
        "td", figure, element("small", f"{reported}/{len(nine.rows)}报"), aria_label=f"{reported} 个属地已报"
    )


def _areas(zones: Standardisation) -> Markup:
    total = len(zones.zones)
    bars = [
        element(
            "li",
            element("span", area.label),
            element("i", element("u", style=f"width:{count / total * 100 if total else 0:.1f}%")),
            element("b", f"{count}/{total}"),
        )
        for area, count in zip(Area, zones.areas, strict=True)
    ]
    content = element("ul", *bars, class_="areas")
    return panel("五项建设验收进度", "已验收的功能区数", content, class_="progress")
