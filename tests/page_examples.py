"""Pages without a browser: one page drawn for one person on one database, on the demonstration date."""

from collections.abc import Mapping
from datetime import UTC, datetime
from importlib import import_module

from streamlit.testing.v1 import AppTest

from core.auth import Actor, Role
from core.config import Settings
from core.services.accounts import DEMONSTRATION_ACCOUNTS
from core.services.signing_in import SignedIn
from core.store.engine import open_store
from core.ui.context import Edge
from core.ui.page import run_page

PAGE_NAMES = (
    *("overview", "committees", "localities", "departments", "covert_checks", "hazards", "zones"),
    *("enterprises", "entry", "records", "supervision", "reports"),
    *("exchange", "admin"),
)
ROLES = tuple(str(account.role) for account in DEMONSTRATION_ACCOUNTS)
_WAIT_SECONDS = 30


def open_page(url: str, name: str, role: str, address: Mapping[str, str] | None = None) -> AppTest:
    """Draw a page for the demonstration account of a role."""
    test = AppTest.from_function(_script, args=(url, name, role), default_timeout=_WAIT_SECONDS)
    for key, value in (address or {}).items():
        test.query_params[key] = value
    return test.run()


def texts(test: AppTest) -> str:
    """Everything the page shows as text or markup, but for what its boards draw in the browser."""
    drawn = [each.value for each in (*test.title, *test.markdown, *test.error, *test.warning)]
    drawn += [each.value for each in (*test.success, *test.info, *test.text, *test.caption)]
    drawn += [each.proto.body for each in test.get("html")]
    return "\n".join(str(each) for each in drawn)


def draw(url: str, name: str, role: str) -> None:
    """Run a page as the router does, with a person and a database put in its place."""
    account = next(each for each in DEMONSTRATION_ACCOUNTS if each.role == role)
    actor = Actor(account.username, account.name, Role.of(account.role), account.unit)
    person = SignedIn(actor, "key", must_change_password=False)
    edge = Edge(Settings(url, None), open_store(url), lambda _touch: person, lambda: datetime.now(UTC))
    run_page(import_module(f"pages.{name}"), edge)


def _script(url: str, name: str, role: str) -> None:
    from tests.page_examples import draw  # noqa: PLC0415 - Streamlit runs this function's text by itself

    draw(url, name, role)
