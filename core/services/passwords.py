"""Passwords: how they are hashed, compared and made; what may be one says `core.domain.policies`.

bcrypt looks at 72 bytes at most and stops at a NUL byte. Every password is therefore brought to NFKC
(so that one typed on another machine is the same text), digested with SHA-256 and Base64-encoded
first: 44 bytes that depend on every character, however long the password is.
"""

import base64
import hashlib
import secrets
import time
import unicodedata
from collections.abc import Callable

import bcrypt

from core.domain.policies import Policy, check_password
from core.errors import InputError

COST = 12
CHEAPEST, DEAREST = 11, 14
_WANTED_SECONDS = 0.25
_SAMPLE_COST = 8
_NOBODY = "$2b${cost:02d}$SmLNb4Rk1NabscUgOhhixOhM3lOJqKmXCVyca.8W/RFAMQkSjVgcu"
"""Compared with where there is no such account, so that the answer takes as long."""


def hash_password(password: str, cost: int | None = None) -> str:
    """Hash a password with a fresh salt."""
    return bcrypt.hashpw(_digest(password), bcrypt.gensalt(cost or COST)).decode()


def matches(password: str, password_hash: str, cost: int | None = None) -> bool:
    """Tell whether this is the password; an empty hash costs the same time and never matches."""
    same = bcrypt.checkpw(_digest(password), (password_hash or nobody(cost or COST)).encode())
    return same and bool(password_hash)


def nobody(cost: int) -> str:
    """A hash of this cost that no password has."""
    return _NOBODY.format(cost=cost)


def cost_in(password_hash: str) -> int:
    """The cost a hash was made with."""
    return int(password_hash.split("$")[2])


def fitting_cost(timer: Callable[[], float] = time.perf_counter) -> int:
    """The cost at which this machine takes about a quarter of a second; each step doubles the time."""
    times = []
    for _ in range(3):
        start = timer()
        bcrypt.checkpw(b"x", nobody(_SAMPLE_COST).encode())
        times.append(timer() - start)
    cost = _SAMPLE_COST
    while cost < DEAREST and min(times) * 2 ** (cost + 1 - _SAMPLE_COST) <= 2 * _WANTED_SECONDS:
        cost += 1
    return max(cost, CHEAPEST)


def check_new_password(password: str, username: str, policy: Policy | None = None) -> None:
    """Refuse a password that is too easily guessed.

    Raises:
        InputError: with the rule it breaks.
    """
    check_password(password, username, policy or Policy())


def random_password(policy: Policy | None = None) -> str:
    """Make a password of 16 characters, 96 bits, that keeps the rules."""
    rules = policy or Policy()
    while True:
        password = secrets.token_urlsafe(max(12, rules.shortest))[: max(16, rules.shortest)]
        try:
            check_password(password, "", rules)
        except InputError:
            continue
        return password


def _digest(password: str) -> bytes:
    text = unicodedata.normalize("NFKC", password)
    return base64.b64encode(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest())
