"""Reminders for the tests: rules switched on, addresses, and a receiver that is a list."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from core.channels.errors import UndeliveredError
from core.channels.sending import Letter
from core.domain.addresses import Address, Channel, MailServer
from core.services.reminder_settings import keep_address, set_reminder_rules
from core.store.engine import Store
from tests.city_examples import NOW, OFFICE

RULES: dict[str, Any] = {
    "sending": True,
    "levels": ["soon", "last", "missed", "hazard_soon", "hazard_late", "reply_soon", "reply_late"],
    "last_days": 3,
    "quiet_from": 0,
    "quiet_until": 0,
    "working_days": False,
    "key_periods": False,
}


def switch_on(store: Store, **rules: Any) -> None:
    """Have reminders sent at any hour of any day, but for what is said otherwise."""
    set_reminder_rules(store, OFFICE, {**RULES, **rules}, now=NOW)


def add_address(
    store: Store,
    name: str = "办公室群",
    *units: str,
    channel: Channel = Channel.WECOM,
    target: str = "https://robot.example.cn/send?key=0123456789-0123456789",
) -> Address:
    """Set an address for some units, or for all."""
    return keep_address(store, OFFICE, Address(name, channel, target, units=units), now=NOW)


@dataclass
class Receiver:
    """Takes letters into a list; `fails` says of each, by its place among all tries, if it is refused."""

    fails: Callable[[int], bool] = lambda _: False
    got: list[tuple[str, str]] = field(default_factory=list)
    tries: int = 0

    def __call__(self, address: Address, letter: Letter, _server: MailServer, _now: datetime) -> None:
        self.tries += 1
        if self.fails(self.tries - 1):
            raise UndeliveredError("对方没有回答。")
        self.got.append((address.name, letter.text))

    @property
    def names(self) -> list[str]:
        """Whom it heard for, in order."""
        return [name for name, _ in self.got]
