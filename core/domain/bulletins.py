"""The quarterly bulletin: the quarter in sentences and tables, every number of it from the cells."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from core.domain.cells import WANTING, Cell, Rates, Status, percent, rates_of
from core.domain.hazard_figures import Figures, Group
from core.domain.measures import Measure, Rung
from core.domain.obligations import Obligation
from core.domain.papers import (
    Bars,
    Block,
    Grid,
    Heading,
    Layout,
    Paper,
    PaperKind,
    Paragraph,
    checked_words,
    filled,
)
from core.domain.periods import Cadence, Period
from core.domain.sentences import day_in_prose, last_day, month_and_day, standing_of
from core.domain.units import Unit, UnitKind
from core.domain.zones import Zone

OFFICE_NAME = "泰安市人民政府安全生产委员会办公室"
ADDRESSEE = "各县（市、区）人民政府、功能区管委会，市安委会各专委会，市安委会成员单位"
COPIES = "市委、市政府有关领导同志"
_KINDS = (UnitKind.COMMITTEE, UnitKind.LOCALITY, UnitKind.DEPARTMENT)
_NUMERALS = "一二三四五六七八九十"
DEFAULT_WORDS: Mapping[str, str] = {
    "opening": (
        "按照《{通知}》（{文号}）要求，市安委会办公室对全市{季度}安全生产责任制落实情况进行了统计，"
        "数据截至{截至}。现将有关情况通报如下："
    ),
    "overall": (
        "{季度}全市应完成 {应完成} 项，已完成 {已完成} 项，完成率 {完成率}；"
        "其中按期完成 {按期} 项，及时率 {及时率}。"
        "未完成 {未完成} 项，未达标 {未达标} 项，未报送 {未报送} 项。{环比}"
    ),
    "unmet": "截至{截至}，以下事项未按要求落实，有关单位要逐项对照整改：",
    "checks": (
        "{季度}各级各部门开展暗查暗访 {暗访次数} 次，"
        "{暗访单位} 个单位完成季度任务（应完成 {暗访应完成} 个）。"
        "今年以来发现隐患 {发现隐患} 处，已销号 {已销号} 处，未销号 {未销号} 处，其中逾期未改 {逾期隐患} 处；"
        "重大事故隐患未销号 {重大未销号} 处，挂牌督办中 {挂牌} 处。按期整改率 {按期整改率}。{督办}"
    ),
    "zones": "全市纳入规范化建设的功能区 {功能区} 个，五项建设全部通过验收 {功能区完成} 个。",
    "demand_1": (
        "一是对照问题抓整改。未完成、未达标、未报送的单位，要逐项明确责任人和完成时限，"
        "整改情况于{整改期限}前报市安委会办公室。"
    ),
    "demand_2": "二是紧盯时限抓落实。{下季重点}",
    "demand_3": (
        "三是闭环管理抓隐患。坚持多通报、多发督促函、多暗访、多拍摄隐患场景，对逾期未改的隐患提级督办、"
        "警示曝光，推动问题隐患整改形成闭环。"
    ),
}
"""What the office may edit, by paragraph; what stands in braces comes from the data."""


@dataclass(frozen=True, slots=True)
class QuarterFacts:
    """What a bulletin is written from: the quarter's cells as of a day, and what belongs beside them.

    `cells` and `before` are those of the periods that hold the quarter's and the last quarter's end; `ahead`
    those that the next quarter will have to meet; `zones` bear their acceptance dates up to the day.
    """

    notice: str
    notice_number: str
    quarter: Period
    as_of: date
    day: date
    cells: Sequence[Cell]
    before: Sequence[Cell]
    ahead: Sequence[Cell]
    checks: int
    hazards: Figures
    measures: Sequence[Measure]
    zones: Sequence[Zone]
    units: Mapping[str, Unit]
    sample: bool = False


def bulletin_of(facts: QuarterFacts, words: Mapping[str, str] | None = None) -> Paper:
    """Write the bulletin.

    Raises:
        InputError: nothing is settled in this quarter yet, or words that cannot be filled.
    """
    values = values_of(facts)
    said = checked_words(words or {}, DEFAULT_WORDS, values)

    def paragraph(key: str) -> Paragraph:
        return Paragraph(filled(said[key], values), key)

    kinds = [kind for kind in _KINDS if _of(facts.cells, kind)]
    parts: list[tuple[str, list[Block]]] = [
        ("总体情况", [paragraph("overall"), _kinds_grid(facts), _kinds_bars(facts)])
    ]
    parts += [(f"各{kind.label}落实情况", [_units_grid(facts, kind)]) for kind in kinds]
    parts += [
        ("未落实事项", _unmet(facts, paragraph("unmet"))),
        ("暗查暗访和隐患整改", [paragraph("checks")]),
        ("功能区规范化建设", [paragraph("zones"), *_zones_grid(facts)]),
        ("下步工作要求", [paragraph(key) for key in DEFAULT_WORDS if key.startswith("demand_")]),
    ]
    blocks: list[Block] = [paragraph("opening")]
    for number, (head, content) in enumerate(parts):
        blocks += [Heading(f"{_NUMERALS[number]}、{head}"), *content]
    return Paper(
        PaperKind.BULLETIN,
        Layout.OFFICIAL,
        f"关于{facts.quarter.label}安全生产责任制落实情况的通报",
        tuple(blocks),
        facts.day,
        addressee=ADDRESSEE,
        issuer=OFFICE_NAME,
        copies=COPIES,
        sample=facts.sample,
    )


def values_of(facts: QuarterFacts) -> dict[str, str]:
    """Every number that words can name, as the bulletin writes it."""
    rates = rates_of(facts.cells)
    counts = {status: sum(cell.status == status for cell in facts.cells) for status in WANTING}
    checked = [cell for cell in facts.cells if cell.obligation.event == "covert_check"]
    hazards = facts.hazards
    return {
        "通知": facts.notice,
        "文号": facts.notice_number,
        "季度": facts.quarter.label,
        "截至": day_in_prose(facts.as_of),
        "应完成": str(rates.settled),
        "已完成": str(rates.fulfilled),
        "完成率": percent(rates.completion),
        "按期": str(rates.on_time),
        "及时率": percent(rates.punctuality),
        "未完成": str(counts[Status.MISSED]),
        "未达标": str(counts[Status.SHORT]),
        "未报送": str(counts[Status.UNREPORTED]),
        "环比": _compared(facts, rates),
        "暗访次数": str(facts.checks),
        "暗访单位": str(sum(cell.status == Status.MET for cell in checked)),
        "暗访应完成": str(len(checked)),
        "发现隐患": str(hazards.count(Group.FOUND)),
        "已销号": str(hazards.count(Group.CLOSED)),
        "未销号": str(hazards.count(Group.OPEN)),
        "逾期隐患": str(hazards.count(Group.OVERDUE)),
        "重大未销号": str(hazards.count(Group.MAJOR_OPEN)),
        "挂牌": str(hazards.count(Group.LISTED)),
        "按期整改率": percent(hazards.rate(Group.ON_TIME, Group.DUE)),
        "督办": _measured(facts),
        "功能区": str(len(facts.zones)),
        "功能区完成": str(sum(zone.completed_on is not None for zone in facts.zones)),
        "整改期限": day_in_prose(facts.day + timedelta(days=15)),
        "下季重点": _ahead(facts.ahead),
    }


def _compared(facts: QuarterFacts, rates: Rates) -> str:
    """How the rate moved since the last quarter, in percentage points; nothing where there was none."""
    before = rates_of(facts.before)
    if before.completion is None or rates.completion is None:
        return ""
    moved = round((rates.completion - before.completion) * 100, 1)
    last = facts.quarter.index - 1
    said = f"与第{_NUMERALS[last - 1]}季度的 {percent(before.completion)} 相比，完成率"
    if moved == 0:
        return f"{said}持平。"
    return f"{said}{'上升' if moved > 0 else '下降'} {abs(moved):.1f} 个百分点。"


def _measured(facts: QuarterFacts) -> str:
    issued = [each for each in facts.measures if each.issued_on in facts.quarter]
    if not issued:
        return ""
    counts = [(rung.label, sum(each.rung == rung for each in issued)) for rung in Rung]
    told = "、".join(f"{name} {count} 份" for name, count in counts if count)
    return f"市安委会办公室共发出督办 {len(issued)} 份，其中{told}。"


def _ahead(cells: Sequence[Cell]) -> str:
    """What the next quarter has to meet, by its last day."""
    days: dict[date, dict[str, None]] = {}
    for cell in cells:
        days.setdefault(last_day(cell), {})[cell.obligation.short] = None
    if not days:
        return "继续保持工作力度，确保全年任务按期完成。"
    parts = [f"{month_and_day(day)}前须完成{'、'.join(names)}" for day, names in sorted(days.items())]
    return "；".join(parts) + "。"


def _of(cells: Iterable[Cell], kind: UnitKind) -> list[Cell]:
    return [cell for cell in cells if cell.unit.kind == kind]


def _figures(rates: Rates) -> tuple[str, ...]:
    return (
        *(str(rates.settled), str(rates.fulfilled), percent(rates.completion)),
        *(str(rates.on_time), percent(rates.punctuality)),
    )


_RATE_HEADS = ("应完成", "已完成", "完成率", "按期完成", "及时率")
_RATE_WIDTHS = (14, 14, 15, 15, 15)


def _kinds_grid(facts: QuarterFacts) -> Grid:
    kinds = [*_KINDS, UnitKind.CITY]
    rows = [(kind.label, *_figures(rates_of(own))) for kind in kinds if (own := _of(facts.cells, kind))]
    total = ("合计", *_figures(rates_of(facts.cells)))
    return Grid(("类别", *_RATE_HEADS), (*rows, total), (27, *_RATE_WIDTHS), "表1 各类单位完成情况")


def _kinds_bars(facts: QuarterFacts) -> Bars:
    rates = [(kind.label, rates_of(_of(facts.cells, kind)).completion) for kind in _KINDS]
    return Bars("图1 各类单位完成率", tuple(rates))


def _units_grid(facts: QuarterFacts, kind: UnitKind) -> Grid:
    by_unit: dict[str, list[Cell]] = {}
    for cell in _of(facts.cells, kind):
        by_unit.setdefault(cell.unit.name, []).append(cell)
    rows = tuple((name, *_figures(rates_of(cells))) for name, cells in by_unit.items())
    number = 2 + _KINDS.index(kind)
    return Grid(("单位", *_RATE_HEADS), rows, (27, *_RATE_WIDTHS), f"表{number} 各{kind.label}完成情况")


def _unmet(facts: QuarterFacts, opening: Paragraph) -> list[Block]:
    """Who has not met what, by clause, in the catalogue's order."""
    owed: dict[str, list[Cell]] = {}
    known: dict[str, Obligation] = {}
    for cell in facts.cells:
        if cell.status in WANTING:
            owed.setdefault(cell.obligation.code, []).append(cell)
            known[cell.obligation.code] = cell.obligation
    if not owed:
        return [Paragraph("各单位应完成事项均已落实。")]
    ordered = sorted(owed.items(), key=lambda pair: _clause_order(known[pair[0]]))
    told = [_unmet_paragraph(number, known[code], cells) for number, (code, cells) in enumerate(ordered, 1)]
    return [opening, *told]


def _clause_order(obligation: Obligation) -> tuple[int, str]:
    kinds = [*_KINDS, UnitKind.CITY]
    return kinds.index(obligation.subject), obligation.clause


def _unmet_paragraph(number: int, obligation: Obligation, cells: Sequence[Cell]) -> Paragraph:
    units = "、".join(f"{cell.unit.name}（{standing_of(cell)}）" for cell in cells)
    when = cells[0].period.short_label if obligation.cadence else obligation.head
    return Paragraph(
        f"{number}.{obligation.title}，{when}（通知{obligation.clause}：“{obligation.quote}”）。{units}。"
    )


def _zones_grid(facts: QuarterFacts) -> list[Block]:
    counties = [unit for unit in facts.units.values() if unit.kind == UnitKind.LOCALITY]
    rows = [row for unit in counties if (row := _zone_row(unit, facts))]
    if not rows:
        return []
    return [
        Grid(
            ("属地", "功能区数", "已完成", "进展"), tuple(rows), (24, 16, 14, 46), "表5 功能区规范化建设进展"
        )
    ]


def _zone_row(unit: Unit, facts: QuarterFacts) -> tuple[str, ...] | None:
    own = [zone for zone in facts.zones if zone.locality == unit.code]
    if not own:
        return None
    done = sum(zone.completed_on is not None for zone in own)
    areas = "；".join(f"{zone.name} {sum(day is not None for day in zone.accepted)}/5" for zone in own)
    return (unit.name, str(len(own)), str(done), areas)


def quarter_before(quarter: Period) -> Period | None:
    """The quarter before within the year; None before the first."""
    return Period(Cadence.QUARTER, quarter.year, quarter.index - 1) if quarter.index > 1 else None


def quarter_after(quarter: Period) -> Period | None:
    """The quarter after within the year; None after the last."""
    last = Cadence.QUARTER.per_year
    return Period(Cadence.QUARTER, quarter.year, quarter.index + 1) if quarter.index < last else None
