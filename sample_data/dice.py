"""Seeded chance: the same question always gets the same answer, on every machine and Python version.

Each question has its own stream, named by what is asked ("C06|committee_meeting|2025Q2"), so that adding one
event to the city does not reshuffle all the others.
"""

from collections.abc import Sequence
from random import Random
from typing import TypeVar

SEED = 2025

Thing = TypeVar("Thing")


class Dice:
    """A stream of chance named by `names`; only Random.random() is used, whose sequence Python guarantees."""

    def __init__(self, *names: object) -> None:
        self._random = Random("|".join(str(name) for name in (SEED, *names)))

    def fraction(self) -> float:
        """A number from 0 up to, but without, 1."""
        return self._random.random()

    def chance(self, probability: float) -> bool:
        """True with the given probability."""
        return self.fraction() < probability

    def between(self, least: int, most: int) -> int:
        """A whole number from `least` to `most`, both included."""
        return least + int(self.fraction() * (most - least + 1))

    def pick(self, things: Sequence[Thing]) -> Thing:
        """One of the things, each as likely as the others."""
        return things[int(self.fraction() * len(things))]

    def weighted(self, things: Sequence[Thing], weights: Sequence[float]) -> Thing:
        """One of the things, as likely as its weight says."""
        left = self.fraction() * sum(weights)
        for thing, weight in zip(things, weights, strict=True):
            left -= weight
            if left < 0:
                return thing
        return things[-1]
