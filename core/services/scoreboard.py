"""Who has done what, who is late: the cells a person may see, as of any day and as known at any moment."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from core.auth import Actor, Scope, scope_of
from core.domain.cells import Cell
from core.errors import NotFoundError
from core.services.cities import city_of
from core.services.judging import Question, judged
from core.store.engine import Store
from core.store.news import News, news_of
from core.store.unit_of_work import Reader


def cells_for(store: Store, actor: Actor, question: Question, unit: str = "") -> list[Cell]:
    """Every cell the actor may see, of all units or of one.

    Raises:
        ForbiddenError: the role sees no business data.
        NotFoundError: the unit does not exist, or lies outside what the actor may see.
    """
    with store.reading(question.known_at) as reader:
        return cells_within(reader, scope_of(actor), question, unit)


def cells_within(reader: Reader, scope: Scope, question: Question, unit: str = "") -> list[Cell]:
    """Every cell of the units in a scope, or of one of them.

    Raises:
        NotFoundError: the unit does not exist or lies outside the scope.
    """
    if unit:
        question = replace(question, city=city_of(reader, unit))
    whole = judged(reader, question)
    seen = [each for each in whole.units if scope.covers(each.kind, each.code) and unit in ("", each.code)]
    if unit and not seen:
        raise NotFoundError(f"单位“{unit}”不存在，或您无权查看。")
    return [cell for each in seen for cell in whole.cells[each.code]]


def shown_cells(cells: Sequence[Cell], year: int, day: date) -> list[Cell]:
    """Of all cells, those of the periods that hold the day."""
    obligations = {id(cell.obligation): cell.obligation for cell in cells}
    periods = {key: each.period_at(year, day) for key, each in obligations.items()}
    return [cell for cell in cells if cell.period == periods[id(cell.obligation)]]


def news_now(store: Store, known_at: datetime | None = None) -> News:
    """The newest change that concerns business data, and its moment."""
    with store.reading(known_at) as reader:
        return news_of(reader)
