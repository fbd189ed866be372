"""A writing process killed at random moments: what it had acknowledged is there, nothing is half written."""

import random

from core.store.engine import open_store
from tests.city_examples import take_in
from tests.crashing import Toll, kill_once

KILLS = 4


def test_a_killed_process_loses_nothing_that_it_had_acknowledged(database_url: str) -> None:
    store = open_store(database_url)
    take_in(store)
    store.close()
    toll, chance = Toll(), random.Random(7)  # noqa: S311 - chance, not secrecy
    for _ in range(KILLS):
        kill_once(database_url, chance, toll, longest=0.4)
    assert toll.clean, toll
    assert toll.kills == KILLS
    assert len(toll.told) >= KILLS
