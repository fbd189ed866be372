"""The memory of one state: asked once, forgotten with the next change, worked out by one for all."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from core.store.engine import Store
from core.store.memory import Memory


class Worker:
    """Works something out, slowly if wished, and counts."""

    def __init__(self, seconds: float = 0) -> None:
        self.times = 0
        self._seconds = seconds
        self._lock = threading.Lock()

    def __call__(self) -> int:
        """Work it out once more."""
        time.sleep(self._seconds)
        with self._lock:
            self.times += 1
        return self.times


def test_an_answer_is_worked_out_once_for_one_state(town: Store) -> None:
    memory, worker = Memory(), Worker()
    assert [memory.recall(town, 7, "板", worker) for _ in range(3)] == [1, 1, 1]


def test_a_newer_change_forgets_every_answer(town: Store) -> None:
    memory, worker = Memory(), Worker()
    memory.recall(town, 7, "板", worker)
    assert memory.recall(town, 8, "板", worker) == 2


def test_a_reader_who_is_behind_is_told_the_newest_answer(town: Store) -> None:
    memory, worker = Memory(), Worker()
    assert memory.recall(town, 8, "板", worker) == 1
    assert memory.recall(town, 7, "板", worker) == 1
    assert memory.recall(town, 7, "图", worker) == 2
    assert memory.recall(town, 8, "图", worker) == 2


def test_two_databases_have_answers_of_their_own(town: Store, demonstration: Store) -> None:
    memory, worker = Memory(), Worker()
    assert memory.recall(town, 7, "板", worker) == 1
    assert memory.recall(demonstration, 7, "板", worker) == 2
    assert memory.recall(town, 7, "板", worker) == 1


def test_a_hundred_who_ask_at_once_wait_for_the_one_who_works_it_out(town: Store) -> None:
    memory, worker = Memory(), Worker(0.05)
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda _: memory.recall(town, 7, "板", worker), range(100)))
    assert answers == [1] * 100


def test_different_questions_do_not_wait_for_each_other(town: Store) -> None:
    memory, begun = Memory(), threading.Barrier(2, timeout=5)
    with ThreadPoolExecutor(2) as pool:
        asked = [pool.submit(memory.recall, town, 7, key, begun.wait) for key in "甲乙"]
        assert sorted(each.result(timeout=10) for each in asked) == [0, 1]


def test_what_fails_is_not_kept(town: Store) -> None:
    memory = Memory()

    def fails() -> int:
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 - raised just above
        memory.recall(town, 7, "板", fails)
    assert memory.recall(town, 7, "板", lambda: 5) == 5


def test_what_was_not_wanted_for_longest_goes_first(town: Store) -> None:
    memory, worker = Memory(most=2), Worker()
    for key in ("甲", "乙", "甲", "丙"):
        memory.recall(town, 7, key, worker)
    assert memory.recall(town, 7, "甲", worker) == 1
    assert memory.recall(town, 7, "乙", worker) == 4
