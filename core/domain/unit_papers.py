"""Papers about one unit: one page for whoever leads it, and its year for a talk or a report on duty."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.domain.bulletins import OFFICE_NAME
from core.domain.cells import OPEN, WANTING, Cell, Rates, Status, percent, rates_of
from core.domain.hazard_figures import Group, figures_of
from core.domain.hazards import Case
from core.domain.measures import Measure
from core.domain.papers import Block, Grid, Heading, Layout, Paper, PaperKind, Paragraph
from core.domain.sentences import day_in_prose, last_day, mark_of, standing_of, title_of, what_is_missing
from core.domain.summaries import summary_of
from core.domain.units import Unit

_MOST_ON_A_PAGE = 12


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """What is known of one unit: `cells` of the whole year, `shown` those of the periods that run."""

    unit: Unit
    as_of: date
    cells: Sequence[Cell]
    shown: Sequence[Cell]
    cases: Sequence[Case]
    measures: Sequence[Measure]
    sample: bool = False


def brief_of(facts: UnitFacts) -> Paper:
    """One page: what is lacking, what is due, hazards and measures."""
    rates = rates_of(facts.shown)
    pressing = sorted(
        (cell for cell in facts.shown if cell.status in WANTING | OPEN),
        key=lambda cell: (cell.status not in WANTING, last_day(cell)),
    )
    rows = tuple(
        (title_of(cell), standing_of(cell), what_is_missing(cell)) for cell in pressing[:_MOST_ON_A_PAGE]
    )
    blocks: list[Block] = [
        Paragraph(summary_of(facts.shown, facts.as_of)),
        Paragraph(f"{_settled_said('本期', rates)}{_more(len(pressing))}"),
    ]
    if rows:
        blocks.append(Grid(("事项", "状态", "情况"), rows, (26, 22, 52)))
    blocks += [Paragraph(_hazards_said(facts)), Paragraph(_measures_said(facts))]
    title = f"{facts.unit.name}履职情况（截至{day_in_prose(facts.as_of)}）"
    return _plain(PaperKind.BRIEF, title, blocks, facts)


def material_of(facts: UnitFacts) -> Paper:
    """The unit's year on two pages: every obligation over the periods, what was missed, hazards, measures."""
    rates = rates_of(facts.cells)
    missed = [cell for cell in facts.cells if cell.status in WANTING]
    blocks: list[Block] = [
        Heading("一、总体情况"),
        Paragraph(_settled_said(f"截至{day_in_prose(facts.as_of)}，", rates)),
        _year_grid(facts.cells),
        Heading("二、未落实事项"),
        *(_missed(missed) or [Paragraph("没有未落实事项。")]),
        Heading("三、隐患整改和督办"),
        Paragraph(_hazards_said(facts)),
        Paragraph(_measures_said(facts)),
        Heading("四、需要说明的问题"),
        Paragraph("（由单位填写原因、措施和完成时限）"),
    ]
    return _plain(PaperKind.MATERIAL, f"{facts.unit.name}年度履职情况", blocks, facts)


def _settled_said(when: str, rates: Rates) -> str:
    """How much of what had to be done is done; a share of nothing is not spoken of."""
    if not rates.settled:
        return f"{when}还没有到期应完成的事项。"
    return (
        f"{when}应完成 {rates.settled} 项，已完成 {rates.fulfilled} 项，完成率 {percent(rates.completion)}；"
        f"按期完成 {rates.on_time} 项，及时率 {percent(rates.punctuality)}。"
    )


def _plain(kind: PaperKind, title: str, blocks: Sequence[Block], facts: UnitFacts) -> Paper:
    return Paper(
        kind,
        Layout.PLAIN,
        title,
        tuple(blocks),
        facts.as_of,
        number="",
        issuer=OFFICE_NAME,
        draft=False,
        sample=facts.sample,
    )


def _more(count: int) -> str:
    return f"下表列出最紧要的 {_MOST_ON_A_PAGE} 项，共 {count} 项。" if count > _MOST_ON_A_PAGE else ""


def _year_grid(cells: Sequence[Cell]) -> Grid:
    by_code: dict[str, list[Cell]] = {}
    for cell in cells:
        by_code.setdefault(cell.obligation.code, []).append(cell)
    rows = tuple(
        (own[0].obligation.short, own[0].obligation.head, "　".join(map(_in_period, own)))
        for own in by_code.values()
    )
    return Grid(("事项", "要求", "完成情况"), rows, (24, 22, 54))


def _in_period(cell: Cell) -> str:
    said = mark_of(cell) if cell.status == Status.TRACKED else standing_of(cell)
    return f"{cell.period.short_label}：{said}" if cell.obligation.cadence else said


def _missed(cells: Sequence[Cell]) -> list[Block]:
    return [
        Paragraph(f"{number}.{title_of(cell)}（{cell.obligation.clause}）：{what_is_missing(cell)}")
        for number, cell in enumerate(cells, 1)
    ]


def _hazards_said(facts: UnitFacts) -> str:
    figures = figures_of(list(facts.cases), facts.as_of)
    if not facts.cases:
        return "没有登记的隐患。"
    return (
        f"登记隐患 {figures.count(Group.FOUND)} 处，已销号 {figures.count(Group.CLOSED)} 处，"
        f"未销号 {figures.count(Group.OPEN)} 处，其中逾期未改 {figures.count(Group.OVERDUE)} 处；"
        f"按期整改率 {percent(figures.rate(Group.ON_TIME, Group.DUE))}。"
    )


def _measures_said(facts: UnitFacts) -> str:
    if not facts.measures:
        return "没有督办事项。"
    told = "、".join(f"{each.rung.label}（{each.label}，{each.state.label}）" for each in facts.measures[:6])
    more = f"等 {len(facts.measures)} 份" if len(facts.measures) > 6 else ""  # noqa: PLR2004 - as above
    return f"被督办 {len(facts.measures)} 次：{told}{more}。"
