"""The program's log: one line a happening, each a JSON object, with request and person and no secret."""

import json
import logging
import re
import sys
from datetime import UTC, datetime
from typing import Any, TextIO

from core.services.tracing import current_trace

_SECRETS = re.compile(
    r"(?P<name>anze_session=|[Aa]uthorization: \S+ |/wall/|/calendar/|://[^\s:/@]+:)"
    r"(?P<value>[^\s;,\"'@?#/]{4,})"
)
"""Session cookies, tokens in addresses, passwords in a database's address."""
_QUIET = {
    "PIL": logging.WARNING,
    "streamlit.runtime.scriptrunner_utils.script_run_context": logging.ERROR,  # pages are loaded at start
}


class JsonLines(logging.Formatter):
    """Writes a record as one line of JSON; texts of errors stay inside it, line ends and all."""

    def format(self, record: logging.LogRecord) -> str:
        """Write the line."""
        trace = current_trace()
        said: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": without_secrets(record.getMessage()),
        }
        if trace:
            said |= {"request": trace.request_id, "person": trace.person}
        said |= getattr(record, "facts", {})
        if record.exc_info:
            said["error"] = without_secrets(self.formatException(record.exc_info))
        return json.dumps(said, ensure_ascii=False, default=str)


def without_secrets(text: str) -> str:
    """Blot out what would let a reader of the log in; it should not get there in the first place."""
    return _SECRETS.sub(lambda found: f"{found['name']}…", text)


def begin_log(stream: TextIO | None = None) -> None:
    """Have everything that is logged in this process, by whatever library, written this way."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    for name in list(logging.root.manager.loggerDict):
        logger = logging.getLogger(name)
        if logger.handlers:
            logger.handlers.clear()
            logger.propagate = True
    for name, level in _QUIET.items():
        logging.getLogger(name).setLevel(level)
