"""Few pages at a time: what is due first is drawn first, and nobody who takes long keeps others out."""

import threading
import time
from collections.abc import Callable
from contextlib import suppress

from core.ui.turnstile import Turnstile

ENOUGH = 5.0


class Visitors:
    """People at a turnstile, each in a thread; `order` is who got in, in turn."""

    def __init__(self, turnstile: Turnstile) -> None:
        self.turnstile, self.order, self.threads = turnstile, list[str](), list[threading.Thread]()

    def come(self, name: str, do: Callable[[], object] = int, can_wait: float = 0.0) -> None:
        def pass_through() -> None:
            with self.turnstile.passed(can_wait):
                self.order.append(name)
                do()

        self.threads.append(threading.Thread(target=pass_through))
        self.threads[-1].start()
        time.sleep(0.02)

    def all_gone(self) -> list[str]:
        for thread in self.threads:
            thread.join(ENOUGH)
        return self.order


def test_whoever_comes_first_is_first_but_what_can_wait_lets_others_by() -> None:
    visitors, leave = Visitors(Turnstile(places=1, patience=ENOUGH)), threading.Event()
    visitors.come("inside", lambda: leave.wait(ENOUGH))
    visitors.come("redraw", can_wait=2.0)
    visitors.come("first")
    visitors.come("second")
    assert visitors.order == ["inside"]
    leave.set()
    assert visitors.all_gone() == ["inside", "first", "second", "redraw"]


def test_what_can_wait_does_not_wait_for_ever() -> None:
    visitors, leave = Visitors(Turnstile(places=1, patience=ENOUGH)), threading.Event()
    visitors.come("inside", lambda: leave.wait(ENOUGH))
    visitors.come("redraw", can_wait=0.03)
    time.sleep(0.05)
    visitors.come("late")
    leave.set()
    assert visitors.all_gone() == ["inside", "redraw", "late"]


def test_who_takes_long_no_longer_keeps_the_others_out() -> None:
    visitors, leave = Visitors(Turnstile(places=1, patience=0.1)), threading.Event()
    visitors.come("slow", lambda: leave.wait(ENOUGH))
    began = time.monotonic()
    visitors.come("next")
    visitors.threads[-1].join(ENOUGH)
    assert visitors.order == ["slow", "next"]
    assert time.monotonic() - began < ENOUGH / 2
    leave.set()
    visitors.all_gone()


def test_who_is_inside_passes_again_and_a_mishap_frees_the_place() -> None:
    turnstile = Turnstile(places=1, patience=ENOUGH)
    with suppress(ValueError), turnstile.passed(), turnstile.passed():
        raise ValueError
    began = time.monotonic()
    with turnstile.passed():
        assert time.monotonic() - began < ENOUGH / 2
