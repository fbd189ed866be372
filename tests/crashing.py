"""A process that enters records and tells what was kept, to be killed; and a look at what is left then."""

import os
import random
import secrets
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import count

from core.config import ROOT
from core.services.entering_many import enter_many
from core.services.recording import enter_record
from core.services.verifying import verify
from core.store.engine import Store, open_store
from core.store.records import all_records
from tests.city_examples import ADMIN, OFFICE, TODAY, meeting

BATCH = 5
_THREADS, _START_SECONDS = 4, 60
_EVERY = 4
"""Each fourth entry is a whole table in one transaction."""


@dataclass
class Toll:
    """What kills have cost so far: what was lost, kept twice or by half, or damaged must stay empty.

    `told` are the entries that were acknowledged, `kept` all that were found; the rest of them was killed
    between being kept and being told.
    """

    kills: int = 0
    told: set[str] = field(default_factory=set)
    kept: set[str] = field(default_factory=set)
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    halved: list[str] = field(default_factory=list)
    damages: list[str] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        """Nothing was lost, kept twice, kept by half, or damaged."""
        return not (self.lost or self.doubled or self.halved or self.damages)


def kill_once(url: str, chance: random.Random, toll: Toll, *, longest: float = 0.8) -> None:
    """Let a process enter, kill it at a random moment, and look at what is left."""
    program = "import sys; from tests.crashing import enter_for_ever; enter_for_ever(sys.argv[1])"
    process = subprocess.Popen(
        [sys.executable, "-c", program, url],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )
    acknowledged = _heard(process, chance.uniform(0.0, longest))
    toll.kills += 1
    _look(url, acknowledged, toll)


def enter_for_ever(url: str) -> None:
    """Enter records from several threads until killed; each is told only after its service returned."""
    store, lock, numbers = open_store(url), threading.Lock(), count(1)

    def go_on() -> None:
        while True:
            token = secrets.token_hex(6)
            size = BATCH if next(numbers) % _EVERY == 0 else 1
            _enter(store, token, size)
            with lock:
                sys.stdout.write(f"{token} {size}\n")
                sys.stdout.flush()

    threads = [threading.Thread(target=go_on, daemon=True) for _ in range(_THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _enter(store: Store, token: str, size: int) -> None:
    now = datetime.now(UTC)
    if size == 1:
        record = replace(meeting(title=f"单 {token} 1"), note=_note(token))
        enter_record(store, OFFICE, record, token, today=TODAY, now=now, sure=True)
        return
    fields = {"unit": "C1", "event": "committee_meeting", "occurred_on": "2025-04-20", "note": _note(token)}
    lines = [(number, fields | {"title": f"批 {token} {number}"}) for number in range(1, size + 1)]
    enter_many(store, OFFICE, lines, token, today=TODAY, now=now, sure=True)


def _note(token: str) -> str:
    """Long enough to lie on several pages of the file."""
    return f"{token} " * 700


def _heard(process: "subprocess.Popen[str]", patience: float) -> list[tuple[str, int]]:
    """Kill a while after the first word, and give all that was said by then, whole lines only."""
    said: list[str] = []
    begun = threading.Event()

    def listen() -> None:
        for line in process.stdout or ():
            said.append(line)
            begun.set()

    listener = threading.Thread(target=listen)
    listener.start()
    begun.wait(_START_SECONDS)
    time.sleep(patience)
    process.kill()
    process.wait()
    listener.join()
    if process.stdout:
        process.stdout.close()
    whole = [line.split() for line in said if line.endswith("\n")]
    return [(token, int(size)) for token, size in whole]


def _look(url: str, acknowledged: list[tuple[str, int]], toll: Toll) -> None:
    """Compare what was told with what is there."""
    with closing(open_store(url)) as store:
        with store.reading() as reader:
            records = [each for each in all_records(reader) if each.title[:2] in ("单 ", "批 ")]
        found = Counter(each.title.split()[1] for each in records)
        titles = Counter(each.title for each in records)
        kinds = {each.title.split()[1]: BATCH if each.title.startswith("批") else 1 for each in records}
        toll.lost += [token for token, size in acknowledged if found[token] < size]
        toll.doubled += [title for title, number in titles.items() if number > 1]
        toll.halved += [token for token, number in found.items() if number != kinds[token]]
        toll.halved += [each.title for each in records if each.note != _note(each.title.split()[1]).strip()]
        toll.told.update(token for token, _ in acknowledged)
        toll.kept.update(found)
        toll.damages += verify(store, ADMIN)
