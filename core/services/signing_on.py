"""Single sign-on: an identity provider of the office's own vouches for a person, who gets a ticket of ours.

What the provider says is believed once, and only while it is fresh: a copied statement opens nothing. From
there on the session is ours, with all that ends it.
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from core.config import utc_moment
from core.domain.texts import shorten
from core.errors import ForbiddenError
from core.services.guessing import is_locked
from core.services.policies import policy_of
from core.services.signing_in import STRANGER, new_ticket
from core.store import accounts
from core.store.engine import Store
from core.store.journal import find_operation
from core.store.unit_of_work import ADDRESS_LENGTH, UnitOfWork

FRESH = timedelta(minutes=2)
SKEW = timedelta(minutes=1)
"""How far the provider's clock may be ahead of ours."""
NAME_LIMIT = 200
"""No account is bound to a longer name, and the journal keeps no longer one."""
_STALE = "单点登录的结果已经过期，请重新点“单点登录”。"
_SHUT = "账号已停用或已锁定，请联系管理员。"


@dataclass(frozen=True, slots=True)
class Identity:
    """What the provider says: who it is, when it said so (seconds since 1970), and which statement it was."""

    issuer: str
    name: str
    issued_at: float
    nonce: str = ""

    @property
    def operation(self) -> str:
        """The statement's own name, so that it is believed once."""
        words = (self.issuer, self.name, repr(self.issued_at), self.nonce)
        return "sign-on-" + hashlib.sha256("\n".join(words).encode("utf-8", "surrogatepass")).hexdigest()[:40]


def sign_on(store: Store, identity: Identity, *, address: str, now: datetime) -> str:
    """Hand out a ticket to whom the provider vouches for.

    Raises:
        ForbiddenError: the statement is old or was used, no account is bound to it, or the account is shut.
    """
    with store.unit_of_work(STRANGER, now) as work:
        work.address = address[:ADDRESS_LENGTH]
        if not _is_fresh(identity, now) or find_operation(work, identity.operation):
            raise ForbiddenError(_STALE)
        named = identity.name.isprintable() and 0 < len(identity.name) <= NAME_LIMIT
        account = accounts.find_by_external_id(work, identity.name) if named else None
        why_not = _why_not(work, account)
        if account is None or why_not:
            _note_failure(work, identity, account)
            work.commit()
            raise ForbiddenError(why_not or _unbound(identity))
        work.person = account.username
        ticket = new_ticket(work, account, by_sign_on=True)
        detail = {"issuer": identity.issuer}
        work.change("session.accepted", account.username, detail=detail, operation=identity.operation)
        work.commit()
    return ticket


def _is_fresh(identity: Identity, now: datetime) -> bool:
    """Compared as numbers: a provider may say a moment that no calendar knows, or none at all."""
    old = utc_moment(now).replace(tzinfo=UTC).timestamp() - identity.issued_at
    return -SKEW.total_seconds() <= old <= FRESH.total_seconds()


def _why_not(work: UnitOfWork, account: accounts.Account | None) -> str:
    if account is None:
        return ""
    shut = not account.active or is_locked(work, account.username, work.now, policy_of(work))
    return _SHUT if shut else ""


def _unbound(identity: Identity) -> str:
    return f"单点登录的身份“{shorten(identity.name)}”还没有绑定账号，请把它告诉管理员，在“系统管理”中绑定。"


def _note_failure(work: UnitOfWork, identity: Identity, account: accounts.Account | None) -> None:
    subject = account.username if account else "单点登录的身份没有绑定账号"
    detail = {"identity": identity.name[:NAME_LIMIT], "issuer": identity.issuer[:NAME_LIMIT]}
    work.change("session.failed", subject, detail=detail, operation=identity.operation, succeeded=False)
