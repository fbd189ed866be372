"""Where an HTTP request comes from, known to everything that is done for it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_ADDRESS: ContextVar[str] = ContextVar("request_address", default="")


@contextmanager
def coming_from(address: str) -> Iterator[None]:
    """Note the address for as long as the request lasts."""
    token = _ADDRESS.set(address)
    try:
        yield
    finally:
        _ADDRESS.reset(token)


def request_address() -> str:
    """The address of the request under way; empty outside of one."""
    return _ADDRESS.get()
