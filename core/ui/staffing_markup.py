"""Staff on the ground as markup: committee offices, localities, towns, insurance by industry."""

from collections.abc import Iterable, Mapping, Sequence

from core.charts import PALETTE
from core.domain.cells import Cell, percent
from core.services.staffing import InsuranceRow, StaffingBoard, TownLine
from core.ui.enterprise_markup import table
from core.ui.html import Markup, element, join, link_to

_BLANK = join()


def offices_markup(cells: Iterable[Cell]) -> Markup:
    """Write the committees' offices: how many people they have, of 3 or 5."""
    rows = [
        element(
            "tr",
            element("th", cell.unit.name, scope="row"),
            element("td", "是" if cell.unit.heavy_duty else ""),
            element("td", f"{cell.required} 人"),
            element("td", f"{cell.done} 人" if cell.completed_on or cell.done else "—"),
            element("td", _pill(cell)),
        )
        for cell in cells
    ]
    return table("专委会办公室专职力量", ("专委会", "任务较重", "应配", "现有", "情况"), rows, "standing")


def _pill(cell: Cell) -> Markup:
    glyph = PALETTE[cell.status].glyph
    sign = element("span", glyph[:1], class_="glyph", aria_hidden="true", data_word=glyph[1:] or None)
    return element("span", sign, cell.status.label, class_="pill", data_status=cell.status.value)


def towns_markup(lines: Iterable[TownLine]) -> Markup:
    """Write one locality's towns: people on the establishment, of 3 or 5."""
    rows = [_town(line) for line in lines]
    return table(
        "乡镇（街道）在编监管人员", ("乡镇（街道）", "应配", "在编", "统计日期", "情况"), rows, "towns"
    )


def _town(line: TownLine) -> Markup:
    said = {None: ("· 未统计", "none"), True: ("✓ 达标", "enough"), False: ("▽ 未达标", "short")}[line.enough]
    heavy = element("span", "任务较重", class_="mark") if line.town.heavy_duty else _BLANK
    return element(
        "tr",
        element("th", line.town.name, heavy, scope="row"),
        element("td", f"{line.town.required} 人"),
        element("td", f"{line.count.staff} 人" if line.count else "—"),
        element("td", f"{line.count.counted_on}" if line.count else "—", class_="day"),
        element("td", said[0], class_=said[1]),
        data_town=line.town.code,
    )


def places_markup(board: StaffingBoard, cells: Mapping[str, Cell], kept: Mapping[str, str]) -> Markup:
    """Write the localities: towns with people enough, as the boards have it, and special inspectors."""
    rows = []
    for unit in board.localities:
        own = [line for line in board.towns if line.town.locality == unit.code]
        cell, people = cells.get(unit.code), board.inspectors.get(unit.code)
        link = element("a", unit.name, href=link_to("", {**kept, "town_of": unit.code})) if own else unit.name
        rows.append(
            element(
                "tr",
                element("th", link, scope="row"),
                element("td", f"{len(own)} 个" if own else "只报总数"),
                element("td", cell.fraction if cell and cell.required else "—"),
                element("td", _pill(cell) if cell else "—"),
                element("td", f"{people.full_time} 人" if people else "—"),
                element("td", f"{people.part_time} 人" if people else "—"),
                element("td", f"{people.counted_on}" if people else "—", class_="day"),
            )
        )
    heads = ("属地", "乡镇名册", "达标", "情况", "专职技术检查员", "兼职技术检查员", "统计日期")
    return table("各属地监管力量", heads, rows, "standing")


def insurance_markup(rows: Sequence[InsuranceRow], names: Mapping[str, str]) -> Markup:
    """Write how many are insured in each of the eight industries, by locality and in all."""
    places = list(rows[0].shares) if rows else []
    lines = [
        element(
            "tr",
            element("th", row.name, scope="row"),
            *(element("td", _fraction(row.shares[place].done, row.shares[place].total)) for place in places),
            element("td", _fraction(row.whole.done, row.whole.total)),
        )
        for row in rows
    ]
    heads = ("行业", *(names.get(place, place) for place in places), "合计")
    return table("安责险投保（按企业名册）", heads, lines, "figures")


def _fraction(done: int, total: int) -> Markup:
    if not total:
        return join("—")
    return join(f"{done}/{total}", element("small", f" {percent(done / total)}"))
