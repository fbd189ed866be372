"""Compose papers from the record: to look at, to take away, and to be issued."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from core.auth import Actor, Permission, require, scope_of
from core.charts import completion_chart, completion_frame
from core.domain.bulletins import QuarterFacts, bulletin_of
from core.domain.cells import rates_of
from core.domain.letters import hazard_notice_of, letter_of
from core.domain.papers import Bars, Paper, PaperKind
from core.domain.periods import Cadence, Period, parse_period
from core.domain.unit_papers import brief_of, material_of
from core.errors import InputError, NotFoundError
from core.reports.official import docx_of
from core.reports.pdf import pdf_of
from core.reports.pictures import png_of
from core.services.catalogues import default_year
from core.services.paper_facts import (
    When,
    hazard_notice_facts,
    measure_letter_facts,
    quarter_facts,
    unit_facts,
    unit_letter_facts,
)
from core.store.engine import Store
from core.store.rolls import units
from core.store.unit_of_work import Reader

OWN_PAPERS = frozenset({PaperKind.BRIEF, PaperKind.MATERIAL})
"""Papers about a unit that whoever sees the unit may have."""
NOTICES = frozenset({PaperKind.LISTING, PaperKind.ESCALATION})


@dataclass(frozen=True, slots=True)
class Order:
    """Which paper is wanted, of which day and as of which day; only what the kind needs is filled in.

    `subject` is the quarter (2025Q2), the measure's id, the hazard's code, or a cell's obligation/period.
    """

    kind: PaperKind
    day: date
    as_of: date
    unit: str = ""
    subject: str = ""
    words: Mapping[str, str] = field(default_factory=dict)


def compose(store: Store, actor: Actor, order: Order, known: int | None = None) -> Paper:
    """Compose a paper, as known at a change, or as known now.

    Raises:
        ForbiddenError: papers are the office's; a brief or a year's material is for whoever sees the unit.
        InputError: there is nothing to write about, or words that cannot be filled.
        NotFoundError: what it is about does not exist.
    """
    if order.kind not in OWN_PAPERS:
        require(actor, Permission.REPORT)
    scope = scope_of(actor)
    with store.reading() as reader:
        reader.known = known
        if order.unit:
            unit = next((each for each in units(reader) if each.code == order.unit), None)
            if unit is None or not scope.covers(unit.kind, unit.code):
                raise NotFoundError(f"单位“{order.unit}”不存在，或您无权查看。")
        return _MAKERS[order.kind](reader, order)


def bulletin_facts(store: Store, actor: Actor, quarter: str, day: date, as_of: date) -> QuarterFacts:
    """What the bulletin of a quarter (2025Q2) is written from, as of a day.

    Raises:
        ForbiddenError: papers are the office's.
        InputError: there is nothing to write about.
    """
    require(actor, Permission.REPORT)
    order = Order(PaperKind.BULLETIN, day, as_of, subject=quarter)
    with store.reading() as reader:
        return quarter_facts(reader, _quarter(order), When(day, as_of))


def word_file(paper: Paper) -> bytes:
    """A paper as a Word file with its charts."""
    pictures = {block.title: _picture(block) for block in paper.blocks if isinstance(block, Bars)}
    return docx_of(paper, pictures)


def pdf_file(paper: Paper) -> bytes:
    """A paper as PDF.

    Raises:
        ConversionError: this machine cannot make one.
    """
    return pdf_of(word_file(paper))


def warm_up() -> None:
    """Draw one small picture, so that the first person does not wait for it."""
    _picture(Bars("", (("", None),)))


@cache
def _drawn(rates: tuple[tuple[str, float | None], ...]) -> bytes:
    frame = completion_frame((name, rates_of(())) for name, _ in rates)
    frame["完成率"] = [rate for _, rate in rates]
    return png_of(completion_chart(frame).properties(width=420))


def _picture(bars: Bars) -> bytes:
    return _drawn(bars.rates)


def _quarter(order: Order) -> Period:
    quarter = parse_period(order.subject)
    if quarter is None or quarter.cadence != Cadence.QUARTER:
        raise InputError(f"“{order.subject}”不是季度，请写成 2025Q2。", "quarter")
    return quarter


def _bulletin(reader: Reader, order: Order) -> Paper:
    return bulletin_of(quarter_facts(reader, _quarter(order), When(order.day, order.as_of)), order.words)


def _letter(reader: Reader, order: Order) -> Paper:
    """The letter of a measure, or a draft about a cell or everything that is overdue."""
    if order.subject.isdecimal():
        return letter_of(measure_letter_facts(reader, int(order.subject)))
    when = When(order.day, order.as_of)
    return letter_of(unit_letter_facts(reader, order.unit, order.kind, when, order.subject))


def _notice(reader: Reader, order: Order) -> Paper:
    when = When(order.day, order.as_of)
    return hazard_notice_of(hazard_notice_facts(reader, order.subject, order.kind, when))


def _brief(reader: Reader, order: Order) -> Paper:
    return brief_of(unit_facts(reader, order.unit, default_year(reader, order.as_of), order.as_of))


def _material(reader: Reader, order: Order) -> Paper:
    year = int(order.subject) if order.subject.isdecimal() else default_year(reader, order.as_of)
    return material_of(unit_facts(reader, order.unit, year, order.as_of))


_MAKERS: Mapping[PaperKind, Callable[[Reader, Order], Paper]] = {
    PaperKind.BULLETIN: _bulletin,
    **dict.fromkeys(
        (PaperKind.REMIND, PaperKind.LETTER, PaperKind.TALK, PaperKind.NOTICE, PaperKind.EXPOSE), _letter
    ),
    **dict.fromkeys(NOTICES, _notice),
    PaperKind.BRIEF: _brief,
    PaperKind.MATERIAL: _material,
}
