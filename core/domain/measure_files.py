"""Measures in files: one row a measure, with the items behind it and what followed as lines in a cell."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import TypeVar

from core.domain.intake import Row, needed_unit
from core.domain.measures import (
    CONTENT_LIMIT,
    FiledMeasure,
    Follow,
    Item,
    ItemKind,
    Measure,
    Rung,
    Step,
    label_of,
    take_step,
)
from core.domain.texts import parse_day, shorten
from core.domain.units import Unit
from core.domain.world import World
from core.errors import InputError

_NUMBER = re.compile(r"(?:安委办督)?〔?(\d{4})〕?[- ]?0*(\d{1,6})号?")
_APART = "｜"
_ESCAPES = (("\\", "\\\\"), ("\n", "\\n"), (_APART, "\\|"))
_ESCAPED = re.compile(r"\\(.)")
_LINE_LIMIT = 30_000
_Line = TypeVar("_Line", Item, Step)
ITEM_FORM = "事项编码/周期（或隐患编号）｜名称｜当日情况｜到期日"
STEP_FORM = "回复、办结或升级｜日期｜人员｜内容"


def filed_measure(measure: Measure, labels: dict[int, str]) -> FiledMeasure:
    """A measure from the register as a file holds it; `labels` are those of all measures by id."""
    steps = tuple(replace(step, step_id=0, at=None) for step in measure.steps)
    plain = replace(measure, steps=steps, measure_id=0, raised_from=0, issued_by="", at=None)
    return FiledMeasure(plain, labels.get(measure.raised_from, ""))


def read_measure(row: Row, world: World) -> FiledMeasure | None:
    """Read a row of measures; one that was issued stays as it was, more may have followed it."""
    unit = needed_unit(row, "unit", world)
    year, number = _number(row, "number", needed=True)
    before = _number(row, "raised_from")
    raised_from = label_of(*before) if before[1] else ""
    measure = _issued(row, unit, number)
    _check_day(row, measure, year, world.today)
    measure = replace(measure, items=tuple(_lines(row, "items", lambda line: _item(line, world))))
    if not measure.items and not row.faults:
        row.blame("items", f"不能为空，每行写一项：{ITEM_FORM}。")
    measure = _followed(row, measure, world.today)
    if raised_from and raised_from not in world.measures:
        row.blame("raised_from", f"没有文号为“{raised_from}”的督办，请先填写被升级的那一份。")
    filed = FiledMeasure(measure, raised_from)
    if not row.faults:
        _check_known(row, filed, world.measures.get(measure.label))
    return None if row.faults else filed


def line_of_measure(filed: FiledMeasure) -> list[object]:
    """A measure as a row, in the order of the form's columns."""
    measure = filed.measure
    return [
        *(measure.label, measure.unit, measure.rung.value, measure.issued_on, measure.reply_by),
        measure.content,
        "\n".join(
            _joined(each.reference, each.title, each.standing, each.fell_due) for each in measure.items
        ),
        "\n".join(_joined(each.follow.label, each.on, each.person, each.note) for each in measure.steps),
        filed.raised_from,
    ]


def added_steps(old: FiledMeasure, new: FiledMeasure) -> tuple[Step, ...]:
    """What a file adds to what followed a measure."""
    return new.measure.steps[len(old.measure.steps) :]


def _number(row: Row, column: str, *, needed: bool = False) -> tuple[int, int]:
    text = row.cells.get(column, "")
    found = _NUMBER.fullmatch(text)
    if found and int(found[2]):
        return int(found[1]), int(found[2])
    if text:
        row.blame(column, f"“{shorten(text)}”不是文号，请写成 安委办督〔2025〕1号。")
    elif needed:
        row.blame(column, "不能为空，请写成 安委办督〔2025〕1号。")
    return 0, 0


def _issued(row: Row, unit: Unit | None, number: int) -> Measure:
    """The measure as it was issued, as far as it can be read; what cannot is blamed."""
    rung = Rung.parse(row.cells.get("rung", ""))
    if rung is None:
        known = "、".join(each.label for each in Rung)
        row.blame("rung", f"措施“{shorten(row.cells.get('rung', ''))}”不存在，应为{known}之一。")
    issued_on = row.parsed("issued_on", parse_day)
    if issued_on is None and not row.cells.get("issued_on"):
        row.blame("issued_on", "不能为空，请写成 2025-03-31。")
    content = row.text("content", CONTENT_LIMIT, needed=True)
    reply_by = row.parsed("reply_by", parse_day)
    code = unit.code if unit else ""
    return Measure(code, rung or Rung.REMIND, issued_on or date.min, content, (), reply_by, number=number)


def _check_day(row: Row, measure: Measure, year: int, today: date) -> None:
    issued_on = measure.issued_on
    if issued_on == date.min:
        return
    if issued_on > today:
        row.blame("issued_on", f"发出日期 {issued_on} 晚于今天（{today}）。")
    if year and year != issued_on.year:
        row.blame("number", f"文号的年份 {year} 与发出日期 {issued_on} 不符。")
    if measure.reply_by and measure.reply_by < issued_on:
        row.blame("reply_by", f"回复期限 {measure.reply_by} 早于发出日期 {issued_on}。")


def _lines(row: Row, column: str, read: Callable[[list[str]], _Line]) -> Iterator[_Line]:
    """What stands in a cell line by line; a line that cannot be read is blamed with its number."""
    text = row.text(column, _LINE_LIMIT)
    for number, line in enumerate(filter(None, map(str.strip, text.split("\n"))), 1):
        try:
            yield read([_unescaped(part) for part in line.split(_APART)])
        except InputError as error:
            row.blame(column, f"第{number}项：{error}")


def _item(parts: list[str], world: World) -> Item:
    if len(parts) != len(ITEM_FORM.split(_APART)):
        raise InputError(f"请写成 {ITEM_FORM}。")
    reference, title, standing, due = parts
    fell_due = parse_day(due)
    if fell_due is None:
        raise InputError("缺少到期日。")
    kind = ItemKind.CELL if "/" in reference else ItemKind.HAZARD
    if kind == ItemKind.HAZARD and reference not in world.hazards:
        raise InputError(f"没有编号为“{shorten(reference)}”的隐患。")
    if kind == ItemKind.CELL and not _is_cell(reference, world):
        raise InputError(f"没有“{shorten(reference)}”这一格，请核对事项编码和周期。")
    return Item(kind, reference, title, standing, fell_due)


def _is_cell(reference: str, world: World) -> bool:
    """Tell whether an obligation of the period's year has such a period."""
    code, _, period = reference.partition("/")
    catalogue = world.catalogues.get(int(period[:4])) if period[:4].isdecimal() else None
    known = {each.code: each for each in catalogue.obligations} if catalogue else {}
    return catalogue is not None and any(
        each.code == period for each in (known[code].periods(catalogue.year) if code in known else ())
    )


def _followed(row: Row, measure: Measure, today: date) -> Measure:
    """The measure with what followed it, step by step as it must have been."""

    def read(parts: list[str]) -> Step:
        nonlocal measure
        step = _step(parts, today)
        measure = take_step(measure, step)
        return step

    for _ in _lines(row, "steps", read):
        continue
    return measure


def _step(parts: list[str], today: date) -> Step:
    if len(parts) != len(STEP_FORM.split(_APART)):
        raise InputError(f"请写成 {STEP_FORM}。")
    name, day, person, note = parts
    follow, on = Follow.parse(name), parse_day(day)
    if follow is None:
        raise InputError(f"“{shorten(name)}”应为{'、'.join(each.label for each in Follow)}之一。")
    if on is None or on > today:
        raise InputError(f"“{shorten(day)}”不是有效日期，或晚于今天（{today}）。")
    return Step(follow, on, person, note)


def _check_known(row: Row, filed: FiledMeasure, old: FiledMeasure | None) -> None:
    """What was issued is never changed; only more may follow."""
    if old is None:
        return
    kept = len(old.measure.steps)
    before = replace(filed, measure=replace(filed.measure, steps=filed.measure.steps[:kept]))
    if before != old:
        row.blame("number", f"{old.measure.label}已经发出，内容不能更改，只能在“办理情况”后面追加。")


def _joined(*parts: object) -> str:
    return _APART.join(_escaped(str(part)) for part in parts)


def _escaped(text: str) -> str:
    for plain, written in _ESCAPES:
        text = text.replace(plain, written)
    return text


def _unescaped(text: str) -> str:
    signs = {written[1]: plain for plain, written in _ESCAPES}
    return _ESCAPED.sub(lambda found: signs.get(found[1], found[0]), text.strip())


def in_order(filed: Iterable[FiledMeasure]) -> list[FiledMeasure]:
    """Measures in the order of their numbers, so that an earlier one stands before what goes beyond it."""
    return sorted(filed, key=lambda each: (each.measure.issued_on.year, each.measure.number))
