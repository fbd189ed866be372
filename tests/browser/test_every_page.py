"""Every page and dialog in a real browser: no English for a person, nothing that axe-core finds serious."""

import importlib
import re
import shutil
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from core.services.accounts import DEMONSTRATION_ACCOUNTS
from tests.browser.conftest import ROOT, Server, enter, running_server, settled

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
PAGES = sorted(path.stem for path in (ROOT / "pages").glob("*.py") if not path.stem.startswith("__"))
CELL = "unit=C06&obligation=committee.meeting&period=2025Q2"
DEEPER = (
    f"committees?{CELL}",
    "committees?unit=C06",
    "localities?unit=L02",
    "entry?unit=L01&event=nine_ones_report",
    "entry?unit=C06&event=director_inspection",
    "overview?replay=2025-03-30",
    "supervision?view=reminders",
    *(f"admin?section={name}" for name in ("exemptions", "years", "units", "leaders", "members", "journal")),
    "departments?view=one_matter",
    "zones?zone=Z01",
    *(f"zones?view={view}" for view in ("experiences", "checklists")),
    *(f"reports?section={name}" for name in ("units", "issued")),
    "departments?view=surveys",
    *(f"enterprises?view={view}" for view in ("list", "checks", "staffing")),
    "enterprises?view=list&enterprise=L02-0003",
)
WORD = re.compile(r"[A-Za-z]{2,}")
ALLOWED = frozenset(
    {"CSV", "Excel", "Word", "WPS", "PDF", "xlsx", "csv", "docx", "jpg", "KB", "MB", "Esc", "Ctrl"}
)
"""File types, programs and keys that people call by these names."""
CODES = re.compile(r"YH\d{4}-\d+|" + "|".join(rf"\b{each.username}\b" for each in DEMONSTRATION_ACCOUNTS))
"""Numbers of hazards, and user names."""
SPOKEN = """() => {
  const seen = { opacityProperty: true, visibilityProperty: true }
  const found = [], visible = (each) => each.checkVisibility(seen)
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const { data, parentElement } = walker.currentNode
    const drawn = parentElement.closest('[translate="no"], script, style, noscript, code')
    if (!drawn && visible(parentElement)) found.push(data)
  }
  for (const each of document.querySelectorAll('[aria-label], [placeholder], [title], [alt]')) {
    const names = visible(each) ? ['aria-label', 'placeholder', 'title', 'alt'] : []
    for (const name of names) found.push(each.getAttribute(name) ?? '')
  }
  return found.filter((words) => /[A-Za-z]{2}/.test(words))
}"""
THEIRS: dict[str, str] = {}
"""What axe-core finds in Streamlit's own elements: rule, and the part of the page it is in."""


def english_on(page: Page) -> list[str]:
    """What a person would read or hear that is not Chinese."""
    return sorted({text.strip() for text in page.evaluate(SPOKEN) if not is_spoken(text)})


def is_spoken(text: str) -> bool:
    """Tell whether every Latin word is one that people use."""
    return all(word in ALLOWED for word in WORD.findall(CODES.sub("", text)))


def violations_on(page: Page) -> list[str]:
    """What axe-core calls serious or critical, and where."""
    page.evaluate(AXE)
    options = {"resultTypes": ["violations"]}
    result: dict[str, Any] = page.evaluate("options => axe.run(document, options)", options)
    return [
        f"{each['id']}: {node['html'][:160]}"
        for each in result["violations"]
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"]
        if not is_theirs(each["id"], str(node["target"]) + node["html"])
    ]


def is_theirs(rule: str, place: str) -> bool:
    """Tell whether a finding is Streamlit's own."""
    return rule in THEIRS and re.search(THEIRS[rule], place) is not None


def visit(page: Page, server: Server, path: str) -> None:
    """Open an address and wait until it stands still."""
    page.goto(f"{server.url}/{path}")
    settled(page)
    page.wait_for_timeout(1_200)


def test_the_pages_are_all_there() -> None:
    assert {"overview", "wall", "entry", "admin"} <= set(PAGES)
    assert all(importlib.import_module(f"pages.{name}").PAGE.url_path == name for name in PAGES)


def test_no_page_speaks_english_and_none_shuts_anybody_out(server: Server, visitor: BrowserContext) -> None:
    page = visitor.new_page()
    visit(page, server, "")
    said = {"login": english_on(page)}
    faults = {"login": violations_on(page)}
    page.close()
    page = enter(visitor, server, "office", "/overview")
    for path in (*PAGES, *DEEPER):
        visit(page, server, path)
        said[path], faults[path] = english_on(page), violations_on(page)
    assert {path: words for path, words in said.items() if words} == {}
    assert {path: found for path, found in faults.items() if found} == {}


@pytest.mark.parametrize("role", ["admin", "auditor"])
def test_the_other_desks_speak_chinese_too(server: Server, visitor: BrowserContext, role: str) -> None:
    page = enter(visitor, server, role, "/admin")
    visit(page, server, "admin")
    assert english_on(page) == []
    assert violations_on(page) == []


def test_a_lost_connection_is_said_in_chinese(
    tmp_path: Path, demonstration_template: Path, visitor: BrowserContext
) -> None:
    shutil.copyfile(demonstration_template, tmp_path / "anze.db")
    with running_server(tmp_path) as server:
        page = enter(visitor, server, "office", "/overview")
        settled(page)
    expect(page.get_by_text("连接中断")).to_be_visible(timeout=30_000)
    assert english_on(page) == []
