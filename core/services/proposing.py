"""Read measures: who is due which step and why, the register, and the ladder that the office sets."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from core.auth import Actor, Permission, require, scope_of
from core.domain.cells import Cell
from core.domain.measures import Item, Measure, Tread, measures_as_of, read_ladder, write_ladder
from core.domain.proposals import Proposal, cell_item, overdue_items, propose
from core.errors import NotFoundError
from core.services.cities import is_within
from core.services.hazards import cases_within
from core.services.judging import Question
from core.services.reporting import Taken
from core.services.scoreboard import cells_within
from core.store.engine import Store
from core.store.journal import read_setting, write_setting
from core.store.measures import all_measures
from core.store.unit_of_work import Reader

LADDER = "ladder"


def ladder_of(store: Store) -> tuple[Tread, ...]:
    """The ladder as the office set it."""
    with store.reading() as reader:
        return read_ladder(read_setting(reader, LADDER))


def set_ladder(store: Store, actor: Actor, ladder: Sequence[Tread], *, now: datetime) -> None:
    """Set the ladder.

    Raises:
        ForbiddenError: settings are the office's.
    """
    require(actor, Permission.SETTINGS)
    with store.unit_of_work(actor.username, now) as work:
        change = work.change("setting.changed", LADDER, detail={LADDER: write_ladder(ladder)})
        write_setting(work, change, LADDER, write_ladder(ladder))
        work.commit()


def proposals_for(store: Store, actor: Actor, question: Question) -> list[Proposal]:
    """Who is due which step on the as-of date, and why.

    Raises:
        ForbiddenError: measures are the office's.
    """
    require(actor, Permission.MEASURE)
    with store.reading(question.known_at) as reader:
        items = _overdue(reader, actor, question)
        measures = measures_as_of(all_measures(reader), question.as_of)
        return propose(items, measures, read_ladder(read_setting(reader, LADDER)), question.as_of)


def items_of(store: Store, actor: Actor, question: Question, unit: str) -> list[Item]:
    """Everything of a unit that a measure can name on the as-of date.

    Raises:
        ForbiddenError: measures are the office's.
    """
    require(actor, Permission.MEASURE)
    with store.reading(question.known_at) as reader:
        return _overdue(reader, actor, question).get(unit, [])


def cell_to_urge(
    store: Store, actor: Actor, question: Question, unit: str, obligation: str, period: str
) -> Item:
    """One cell as a measure would keep it, whether it is missed already or not.

    Raises:
        NotFoundError: there is no such cell.
    """
    require(actor, Permission.MEASURE)
    with store.reading(question.known_at) as reader:
        cells = cells_within(reader, scope_of(actor), question, unit)
    return cell_item(cell_named(cells, f"{obligation}/{period}"))


def measures_for(store: Store, actor: Actor, question: Question) -> list[Measure]:
    """The measures the actor may see, as they stood on a day, newest first: all of them, or one's own.

    Raises:
        ForbiddenError: the role sees no business data.
    """
    scope = scope_of(actor)
    with store.reading(question.known_at) as reader:
        known = measures_as_of(all_measures(reader), question.as_of)
        within = is_within(reader, question.city)
        known = [each for each in known if within(each.unit)]
    return [each for each in known if scope.everything or (actor.unit and each.unit == actor.unit)]


def measures_table(measures: Sequence[Measure], names: Mapping[str, str]) -> Taken:
    """Measures to take away, a line a measure."""
    heads = ("文号", "单位", "措施", "发出日期", "回复期限", "事项数", "状态", "最近办理")
    lines = [
        (
            *(each.label, names.get(each.unit, each.unit), each.rung.label, each.issued_on, each.reply_by),
            *(len(each.items), each.state.label, each.steps[-1].note if each.steps else ""),
        )
        for each in measures
    ]
    return Taken("督办登记", heads, lines)


def cell_named(cells: Iterable[Cell], reference: str) -> Cell:
    """The cell that a measure's reference names.

    Raises:
        NotFoundError: there is none.
    """
    found = next((each for each in cells if f"{each.obligation.code}/{each.period.code}" == reference), None)
    if found is None:
        raise NotFoundError("没有这一格：事项或周期有误，请回到看板重新点选。")
    return found


def _overdue(reader: Reader, actor: Actor, question: Question) -> dict[str, list[Item]]:
    scope = scope_of(actor)
    cells = cells_within(reader, scope, question)
    cases = cases_within(reader, scope, actor.unit, question.as_of, question.city)
    return overdue_items(cells, cases, question.as_of)
