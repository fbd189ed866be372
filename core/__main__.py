"""`python -m core …`: read the clock and the environment once, then run one command."""

import os
import sys
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime

from core.cli.commands import run_command, write
from core.cli.copies import restore
from core.cli.parser import build_parser
from core.config import LOCAL_ZONE, read_settings
from core.errors import SupervisionError
from core.store.engine import open_store

REFUSED = 1
COMMAND_LINE = "命令行"
"""Stands in the journal where others have an address."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 done, 1 refused, 2 wrong usage."""
    asked = build_parser().parse_args(arguments)
    now = datetime.now(LOCAL_ZONE)
    try:
        settings = read_settings(os.environ)
        if asked.command == "restore":  # before anything is opened: the database may be beyond opening
            write(restore(settings.database_url, asked, now))
            return 0
        with closing(open_store(settings.database_url)) as store:
            store.whereabouts = lambda: COMMAND_LINE
            return run_command(store, asked, today=settings.fixed_today or now.date(), now=now)
    except SupervisionError as error:
        sys.stderr.write(f"{error}\n")
        return REFUSED


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr] # a console always can
    sys.exit(main())
