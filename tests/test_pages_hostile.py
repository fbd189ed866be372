"""Text is text: scripts, markup, Markdown and links that somebody stored are shown as they were typed."""

import re
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from core.store.engine import Store, open_store
from tests.city_examples import LEADERS, NOW, OFFICE, TODAY, UNITS, ZONES, record_lines, take_in
from tests.conftest import sqlite_url
from tests.page_examples import PAGE_NAMES
from tests.page_runs import edge_of, page_run

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>"
MARKDOWN = "[敌意](javascript:alert(3))**粗**:red[红]$x$"
HOSTILE = SCRIPT + MARKDOWN
PAGES = [name for name in PAGE_NAMES if name != "admin"]
ADDRESSES = {
    "committees": [{}, {"unit": "C1"}, {"unit": "C1", "obligation": "committee.meeting", "period": "2025Q1"}],
    "records": [{}, {"record": "1"}],
    "localities": [{}, {"unit": "L1"}],
}


@pytest.fixture(scope="module")
def hostile_town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The small city where whoever typed names and titles meant harm."""
    store = open_store(sqlite_url(tmp_path_factory.mktemp("hostile") / "anze.db"))
    quoted = HOSTILE.replace('"', '""')
    files = {
        "units": UNITS.replace("危险化学品专委会", f'"甲{quoted}"').replace("肥城市", f'"乙{quoted}"'),
        "leaders": LEADERS.replace("赵一鸣", f'"丙{quoted}"').replace("市长", f'"职{quoted}"', 1),
        "zones": ZONES.replace("高新产业园", f'"丁{quoted}"'),
        "records": record_lines(
            f'C1,committee_meeting,2025-03-12,"戊{quoted}",,,,,,,"己{quoted}"',
            f'L1,leader_inspection,2025-04-15,"庚{quoted}","丙{quoted}",,,,,,',
            f'D1,covert_check,2025-05-06,"辛{quoted}",,,,,,,',
        ),
    }
    take_in(store, files)
    yield store
    store.close()


def strings_in(value: Any) -> Iterator[str]:
    """Every text in a message that goes to the browser."""
    for field, content in value.ListFields():
        if field.type == field.TYPE_STRING:
            yield from ([content] if isinstance(content, str) else list(content))
        elif field.type == field.TYPE_MESSAGE and hasattr(content, "ListFields"):
            yield from strings_in(content)


def drawn(test: AppTest, kind: str) -> list[str]:
    return [each for found in test.get(kind) for each in strings_in(found.proto)]


def is_markup(text: str) -> bool:
    """Tell markup from what a script is handed as values: those are JSON, and never become markup."""
    return "<" in text and not text.startswith("{")


@pytest.mark.parametrize(
    ("name", "address"), [(name, address) for name in PAGES for address in ADDRESSES.get(name, [{}])]
)
def test_a_page_shows_stored_harm_as_the_text_that_it_is(
    hostile_town: Store, name: str, address: dict[str, str]
) -> None:
    edge = edge_of(hostile_town, OFFICE, NOW, TODAY)
    page = page_run(import_module(f"pages.{name}"), edge)
    for key, value in address.items():
        page.query_params[key] = value
    page.run()
    assert not page.exception
    markup = drawn(page, "html") + [each for each in drawn(page, "bidi_component") if is_markup(each)]
    assert not [each for each in markup if "<script>alert" in each or "<img src=x" in each]
    assert not [each for each in markup if re.search(r'href=\\?"javascript', each)]
    spoken = [
        *(each.value for each in (*page.markdown, *page.caption, *page.error, *page.warning, *page.info)),
        *(each.value for each in (*page.success, *page.title, *page.header, *page.subheader)),
        *(each.label for each in (*page.button, *page.text_input, *page.selectbox, *page.checkbox)),
    ]
    assert not [each for each in spoken if MARKDOWN in each or SCRIPT in each]


def test_the_harm_is_there_to_be_seen(hostile_town: Store) -> None:
    page = page_run(import_module("pages.records"), edge_of(hostile_town, OFFICE, NOW, TODAY)).run()
    markup = [*drawn(page, "html"), *drawn(page, "bidi_component")]
    assert any("&lt;script&gt;alert(1)&lt;/script&gt;" in each for each in markup)
