"""Which request, or which drawing of a page, the work under way belongs to, and whose it is."""

import secrets
from contextvars import ContextVar
from dataclasses import dataclass, field


@dataclass(slots=True)
class Trace:
    """One request; `person` is filled in by whoever finds out who asks."""

    request_id: str = field(default_factory=lambda: secrets.token_hex(6))
    person: str = ""


_TRACE: ContextVar[Trace | None] = ContextVar("trace", default=None)


def begin_trace() -> Trace:
    """Begin another request in this thread or task; what is logged from now on bears its number."""
    trace = Trace()
    _TRACE.set(trace)
    return trace


def current_trace() -> Trace | None:
    """The request under way; None at start and in threads of the program's own."""
    return _TRACE.get()


def note_person(username: str) -> None:
    """Say whose request it is: the account's name, as in the journal."""
    trace = _TRACE.get()
    if trace is not None:
        trace.person = username
