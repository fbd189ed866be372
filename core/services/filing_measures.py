"""Measures from a file: new ones come with what followed them, known ones only go on."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from core.domain.measure_files import added_steps, filed_measure, in_order
from core.domain.measures import FiledMeasure
from core.store.measures import add_measure, add_step, all_measures
from core.store.unit_of_work import Reader, UnitOfWork


def filed_measures(reader: Reader) -> list[FiledMeasure]:
    """Every measure as a file holds it, in the order of their numbers."""
    measures = all_measures(reader)
    labels = {each.measure_id: each.label for each in measures}
    return in_order(filed_measure(each, labels) for each in measures)


def begin_measures(work: UnitOfWork, change: int, filed: Sequence[FiledMeasure]) -> None:
    """Keep measures that were not there, under the numbers they bear, with what followed them."""
    if not filed:
        return
    ids = {each.label: each.measure_id for each in all_measures(work)}
    for each in in_order(filed):
        ids[each.measure.label] = begin_measure(work, change, each, ids.get(each.raised_from, 0))


def begin_measure(work: UnitOfWork, change: int, filed: FiledMeasure, raised_from: int) -> int:
    """Keep one measure with what followed it; its id."""
    number = add_measure(work, change, replace(filed.measure, raised_from=raised_from))
    for step in filed.measure.steps:
        add_step(work, change, number, step)
    return number


def follow_measures(work: UnitOfWork, change: int, filed: Iterable[FiledMeasure]) -> None:
    """Add what a file says followed known measures."""
    known = {each.label: each.measure_id for each in all_measures(work)}
    before = {each.measure.label: each for each in filed_measures(work)}
    for each in filed:
        label = each.measure.label
        for step in added_steps(before[label], each):
            add_step(work, change, known[label], step)
