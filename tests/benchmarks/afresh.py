"""Time cells with nothing kept of them, and again after a record: a server keeps them, a command does not."""

import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # the project, when run as a file

from core.auth import OPERATOR
from core.domain.records import Record
from core.services.judging import Question
from core.services.scoreboard import cells_for
from core.store.engine import Store, open_store
from core.store.records import add_records
from core.store.rolls import read_roll

_NOW = datetime(2026, 1, 20, 1, tzinfo=UTC)


def afresh(url: str, question: Question, act: Callable[[Store], object], repeat: int) -> list[float]:
    """Milliseconds of an act in a store opened for it, once another day has warmed its connection up."""
    times = []
    for _ in range(repeat + 1):
        with closing(open_store(url)) as store:
            cells_for(store, OPERATOR, replace(question, as_of=question.as_of - timedelta(days=1)))
            times.append(_milliseconds(lambda opened=store: act(opened)))  # type: ignore[misc]
    return times[1:]


def after_a_record(url: str, question: Question, repeat: int) -> list[float]:
    """Milliseconds of every cell in a store that knows them as they were before one more record."""
    with closing(open_store(url)) as store:
        cells_for(store, OPERATOR, question)
        times = []
        for number in range(repeat + 1):
            _enter_one(store, number)
            times.append(_milliseconds(lambda: cells_for(store, OPERATOR, question)))
    return times[1:]


def _enter_one(store: Store, number: int) -> None:
    with store.unit_of_work("benchmark", _NOW) as work:
        unit = next(each for each in read_roll(work).units if each.lead_unit)
        day = datetime(2025, 6, 2, tzinfo=UTC).date()
        record = Record(unit.code, "risk_consultation", day, f"再一条{number}", entered_on=day)
        add_records(work, [(work.change("record.entered", "benchmark"), record)])
        work.commit()


def _milliseconds(act: Callable[[], object]) -> float:
    began = perf_counter()
    act()
    return (perf_counter() - began) * 1000
