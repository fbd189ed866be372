"""The line of writers: first come, first served; who waits too long is told so and holds nobody up."""

import threading
import time

import pytest

from core.errors import StoreError
from core.store.turns import Line

_AFTER_ONE_ANOTHER = 0.05


def test_writers_are_served_in_the_order_of_their_coming() -> None:
    line, served = Line(), list[int]()

    def write(number: int) -> None:
        with line.turn():
            served.append(number)

    with line.turn():
        threads = [threading.Thread(target=write, args=(number,)) for number in range(5)]
        for thread in threads:
            thread.start()
            time.sleep(_AFTER_ONE_ANOTHER)
        assert served == []
    for thread in threads:
        thread.join()
    assert served == [0, 1, 2, 3, 4]


def test_who_waits_too_long_is_told_so_and_the_next_is_served_all_the_same() -> None:
    line = Line(patience=0.01)
    with line.turn(), pytest.raises(StoreError, match="正忙"), line.turn():
        pass
    with line.turn():
        pass
