"""One click to a letter: from a cell, from a measure, from a hazard."""

from functools import partial

from core.auth import Permission, may
from core.domain.cells import WANTING
from core.domain.hazards import Case, Level
from core.domain.letters import KIND_OF_RUNG
from core.domain.measures import Measure
from core.domain.papers import PaperKind
from core.domain.stories import CellStory
from core.reports import official
from core.services.composing import Order, compose, word_file
from core.services.issuing import letter_of_measure
from core.ui.context import Context
from core.ui.frame import Download, downloads


def draw_cell_letter(page: Context, story: CellStory) -> None:
    """Under a red cell, for the office: the letter about it, without a number until a measure is issued."""
    if not may(page.actor, Permission.REPORT) or story.cell.status not in WANTING:
        return
    unit, obligation, period = story.cell.key
    order = Order(PaperKind.LETTER, page.today, page.today, unit, f"{obligation}/{period}")
    name = f"督促函（送审稿）-{story.cell.unit.name}-{story.cell.obligation.short}.docx"
    downloads([Download("督促函（Word）", name, partial(_draft, page.lasting(), order), official.MIME)])


def draw_measure_letter(page: Context, measure: Measure, unit_name: str) -> None:
    """Beside a measure, for the office: its letter under its number, kept once it was taken away."""
    if not may(page.actor, Permission.REPORT):
        return
    label = KIND_OF_RUNG[measure.rung].label
    name = f"{label}-{unit_name}-{measure.label}.docx"
    data = partial(_numbered, page.lasting(), measure.measure_id)
    downloads([Download(f"{label}（Word）", name, data, official.MIME)])


def draw_hazard_notices(page: Context, case: Case) -> None:
    """Beside a major or escalated hazard, for the office: the notices about it."""
    if not may(page.actor, Permission.REPORT):
        return
    kinds = [PaperKind.LISTING] if case.hazard.level == Level.MAJOR else []
    kinds += [PaperKind.ESCALATION] if case.course.open or case.course.escalated_on else []
    files = []
    for kind in kinds:
        order = Order(kind, page.today, page.today, "", case.hazard.code)
        data = partial(_draft, page.lasting(), order)
        files.append(
            Download(f"{kind.label}（Word）", f"{kind.label}-{case.hazard.code}.docx", data, official.MIME)
        )
    if files:
        downloads(files)


def _draft(page: Context, order: Order) -> bytes:
    return word_file(compose(page.store, page.actor, order))


def _numbered(page: Context, measure_id: int) -> bytes:
    return letter_of_measure(page.store, page.actor, measure_id, now=page.now)[1]
