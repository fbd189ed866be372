"""Make guessing dear: attempts are counted in the database, accounts lock, addresses are slowed down."""

import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.domain.policies import Policy
from core.services.policies import policy_of
from core.store import sessions
from core.store.unit_of_work import ADDRESS_LENGTH, Reader, UnitOfWork

ADDRESS_WINDOW = timedelta(minutes=15)
LONGEST_WAIT = timedelta(minutes=5)
_IPV6_NETWORK = 64


@dataclass(frozen=True, slots=True)
class Try:
    """An attempt written down; a `barred` one fails whatever was typed."""

    attempt_id: int
    barred: bool


def begin_try(work: UnitOfWork, label: str, address: str) -> Try:
    """Write an attempt down before anything is looked at, so that many tries at once count too."""
    policy, place = policy_of(work), place_of(address)
    attempt_id = sessions.note_attempt(work, label, place)
    locked = is_locked(work, label, work.now, policy, attempt_id)
    return Try(attempt_id, locked or _is_slowed(work, place, attempt_id, policy))


def place_of(address: str) -> str:
    """What counts as one address: of IPv6 the whole network, since everybody there has thousands."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address[:ADDRESS_LENGTH]
    if found.version == 4:  # noqa: PLR2004 - the two kinds of addresses are called 4 and 6
        return str(found)
    return str(ipaddress.ip_network((found, _IPV6_NETWORK), strict=False))


def wait_after(failures: int, policy: Policy) -> timedelta:
    """How long an address waits after so many failures: nothing at first, then twice as long each time."""
    beyond = failures - policy.address_failures
    if beyond < 0:
        return timedelta(0)
    return min(timedelta(seconds=2 ** min(beyond, 20)), LONGEST_WAIT)


def _is_slowed(work: UnitOfWork, place: str, attempt_id: int, policy: Policy) -> bool:
    if not place:
        return False
    failed = sessions.failures_from(work, place, work.now - ADDRESS_WINDOW, attempt_id)
    return bool(failed) and work.now - failed[-1] < wait_after(len(failed), policy)


def is_locked(reader: Reader, label: str, now: datetime, policy: Policy, before: int | None = None) -> bool:
    """Tell whether a name is locked at a naive UTC moment, as the attempts before one with this id say."""
    newest = sessions.newest_attempts(reader, label, before, policy.lock_after)
    if len(newest) < policy.lock_after:
        return False
    lock = timedelta(minutes=policy.lock_minutes)
    all_failed = all(attempt.outcome in (sessions.FAILED, sessions.PENDING) for attempt in newest)
    return all_failed and newest[0].at - newest[-1].at <= lock and now - newest[0].at < lock
