"""Many who write at once, in several processes: all of it is kept, once, and nobody is turned away."""

import os
import subprocess
import sys
from collections import Counter

from core.config import ROOT
from core.domain.records import RecordSearch
from core.services.verifying import verify
from core.store.engine import Store
from core.store.records import all_records
from tests.city_examples import ADMIN, take_in

PROCESSES, WRITERS, RECORDS = ("甲", "乙"), 25, 20


def test_fifty_writers_of_twenty_records_each_keep_a_thousand_once_and_lose_none(
    store: Store, database_url: str
) -> None:
    take_in(store)
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.many_writers", database_url, name, str(WRITERS), str(RECORDS)],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        for name in PROCESSES
    ]
    told = [process.communicate(timeout=300) for process in started]
    assert told == [("", "")] * len(PROCESSES)
    with store.reading() as reader:
        meetings = all_records(reader, RecordSearch(events=frozenset({"committee_meeting"})))
    titles = Counter(each.title for each in meetings if "-" in each.title)
    wanted = {f"{p}-{w}-{n}" for p in PROCESSES for w in range(WRITERS) for n in range(RECORDS)}
    assert titles == Counter(wanted)
    assert verify(store, ADMIN) == []
