"""Where an HTTP request comes from, known to everything that is done for it; and which process answers."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

SERVER = secrets.token_hex(8)
"""A name of this process, so that a page can tell that another one answers now."""
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
