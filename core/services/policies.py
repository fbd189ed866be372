"""The rules for passwords, sessions and guessing: what holds now, and changing it."""

import json
from collections.abc import Mapping
from datetime import datetime

from core.auth import Actor, Permission, require
from core.domain.policies import LIMITS, Policy, checked_policy, numbers_of
from core.errors import InputError
from core.store.engine import Store
from core.store.journal import read_setting, write_setting
from core.store.unit_of_work import Reader

SETTING = "security"


def policy_of(reader: Reader) -> Policy:
    """The rules as they stand."""
    return policy_from(read_setting(reader, SETTING))


def policy_from(content: str) -> Policy:
    """The rules as the setting's content holds them; one that can no longer be read gives the defaults."""
    if not content:
        return Policy()
    try:
        return checked_policy({name: n for name, n in json.loads(content).items() if name in LIMITS})
    except (ValueError, AttributeError, InputError):
        return Policy()


def policy_now(store: Store) -> Policy:
    """The rules as they stand; they are no secret, forms say them to whoever chooses a password."""
    with store.reading() as reader:
        return policy_of(reader)


def set_policy(store: Store, actor: Actor, numbers: Mapping[str, object], *, now: datetime) -> Policy:
    """Change some of the rules; they hold at once, for sessions that have begun too.

    Raises:
        ForbiddenError: the actor does not look after accounts.
        InputError: a rule that does not exist, or a number out of bounds.
    """
    require(actor, Permission.ACCOUNTS)
    with store.unit_of_work(actor.username, now) as work:
        before = numbers_of(policy_of(work))
        wanted = checked_policy({**before, **numbers})
        after = numbers_of(wanted)
        if after == before:
            return wanted
        changed = [name for name in after if after[name] != before[name]]
        detail = {
            "before": {name: before[name] for name in changed},
            "after": {name: after[name] for name in changed},
        }
        write_setting(work, work.change("security.policy", detail=detail), SETTING, json.dumps(after))
        work.commit()
    return wanted
