"""Many writers in one process, each a thread that enters records: `python -m tests.many_writers URL A 25 20`.

Every fifth entry is sent twice, as a double click sends it. Whatever anybody is told goes to standard output.
"""

import sys
import threading

from core.errors import SupervisionError
from core.services.recording import enter_record
from core.store.engine import Store, open_store
from tests.city_examples import CLERK, NOW, TODAY, meeting

EVERY = 5


def main(url: str, name: str, writers: int, records: int) -> None:
    """Start all writers together and wait for them."""
    store = open_store(url)
    together = threading.Barrier(writers)
    threads = [
        threading.Thread(target=_write, args=(store, together, f"{name}-{number}", records))
        for number in range(writers)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    store.close()


def _write(store: Store, together: threading.Barrier, name: str, records: int) -> None:
    together.wait()
    for number in range(records):
        title = f"{name}-{number}"
        for _ in range(2 if number % EVERY == 0 else 1):
            try:
                enter_record(store, CLERK, meeting(title=title), title, today=TODAY, now=NOW, sure=True)
            except SupervisionError as error:
                sys.stdout.write(f"{title} {error}\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
