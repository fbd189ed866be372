"""What each page costs, as a multiple of a floor page that draws the same elements from constants.

    python tests/benchmarks/pages.py --repeat 7

`script` is the time of the page's own code on the server; its floor makes the same calls of Streamlit with
what they were given, kept beforehand: no query, no rule, no markup. `click` is the time in a browser from the
click on the menu to the last change of the page before it stood still; its floor is the same with pages that
send the very messages that the page sent, on a server of their own. Medians in milliseconds; each ratio is
page to floor.
"""

import argparse
import os
import pickle
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from statistics import median
from typing import Any

from floor import KEPT, floor_time, keep_page, page_time
from playwright.sync_api import Page
from stage import SIZE, Stage, signed_in, stage

from tests.browser.conftest import ROOT, free_port

_QUIET_MILLISECONDS = 400
_START_SECONDS = 60
CLICK = """async ([address, quiet]) => {
  const link = document.querySelector(`[data-testid=stSidebarNavLink][href$="/${address}"]`)
  const began = performance.now()
  let last = began
  const seen = new MutationObserver(() => { last = performance.now() })
  const all = { subtree: true, childList: true, characterData: true, attributes: true }
  seen.observe(document.querySelector('[data-testid=stMain]'), all)
  link.click()
  const waits = () => performance.now() - last < quiet || performance.now() - began < 2 * quiet
  while (waits() && performance.now() - began < 20000) await new Promise((go) => setTimeout(go, 20))
  seen.disconnect()
  return last - began
}"""
"""One turn of the page in the browser."""
FLOOR = """
import pickle, sys
sys.path[:0] = [{folder!r}, {root!r}]
from functools import partial
from importlib import import_module
from pathlib import Path
import streamlit as st
from floor import send
for name in {names!r}:
    import_module("pages." + name)
kept = pickle.loads(Path({kept!r}).read_bytes())
st.set_page_config(layout="wide")
menu = [st.Page(partial(send, kept[name]), title=title, url_path=name) for name, title in {titles!r}]
st.navigation([st.Page(lambda: None, title="·", url_path="start", default=True), *menu]).run()
"""


def main() -> None:
    """Measure every page and print one line for each."""
    parser = argparse.ArgumentParser(description="Pages against a floor that draws constants.")
    parser.add_argument("--repeat", type=int, default=7)
    repeat = parser.parse_args().repeat
    titles = _menu()
    with stage() as here:
        scripts = {name: _script_times(here, name, repeat) for name in titles}
        with _floor_server(titles) as floor_url:
            clicks = _click_times(here, floor_url, list(titles), repeat)
    print(f"medians of {repeat}, milliseconds")
    print(f"{'page':>16} {'script':>8} {'floor':>8} {'ratio':>6} {'click':>8} {'floor':>8} {'ratio':>6}")
    for name in titles:
        own, bare = scripts[name]
        click, still = clicks[name]
        print(
            f"{name:>16} {own:>8.1f} {bare:>8.1f} {own / bare:>6.1f} "
            f"{click:>8.0f} {still:>8.0f} {click / still:>6.2f}"
        )


def _menu() -> dict[str, str]:
    """The pages with a menu to click in, by address, with their titles."""
    names = (path.stem for path in sorted((ROOT / "pages").glob("*.py")) if not path.stem.startswith("__"))
    pages = {name: import_module(f"pages.{name}").PAGE for name in names}
    return {name: page.title for name, page in pages.items() if not page.bare}


def _script_times(here: Stage, name: str, repeat: int) -> tuple[float, float]:
    """The page's own code and its floor, turn about; the first of each is left out."""
    url = here.server.database_url
    keep_page(url, name)
    pairs = [(page_time(url, name), floor_time(name)) for _ in range(repeat + 1)][1:]
    return median(own for own, _ in pairs), median(bare for _, bare in pairs)


def _click_times(
    here: Stage, floor_url: str, names: list[str], repeat: int
) -> dict[str, tuple[float, float]]:
    """Clicks through the menu of the program and of the floor, turn about; the first round is left out."""
    context = here.browser.new_context(locale="zh-CN", viewport=SIZE, storage_state=signed_in(here, "office"))
    own, bare = context.new_page(), context.new_page()
    own.goto(f"{here.server.url}/overview")
    bare.goto(floor_url)
    rounds = [{name: (_click(own, name), _click(bare, name)) for name in names} for _ in range(repeat + 1)][
        1:
    ]
    context.close()
    return {
        name: (median(each[name][0] for each in rounds), median(each[name][1] for each in rounds))
        for name in names
    }


def _click(page: Page, name: str) -> float:
    page.bring_to_front()
    page.wait_for_selector(f'[data-testid=stSidebarNavLink][href$="/{name}"]')
    time_taken: float = page.evaluate(CLICK, [name, _QUIET_MILLISECONDS])
    return time_taken


@contextmanager
def _floor_server(titles: dict[str, str]) -> Iterator[str]:
    """A server whose pages are the kept messages; the components they name are registered with it."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        kept, script, port = Path(name) / "kept", Path(name) / "floor_pages.py", free_port()
        kept.write_bytes(pickle.dumps(KEPT))
        words: dict[str, Any] = {
            "folder": str(Path(__file__).parent),
            "root": str(ROOT),
            "names": list(titles),
            "kept": str(kept),
            "titles": list(titles.items()),
        }
        script.write_text(FLOOR.format(**words), encoding="utf-8")
        options = ["--server.port", str(port), "--server.headless", "true"]
        command = [sys.executable, "-m", "streamlit", "run", str(script), *options]
        process = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, "PYTHONUTF8": "1"}, stdout=subprocess.DEVNULL
        )
        try:
            _wait(f"http://127.0.0.1:{port}/_stcore/health")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(timeout=20)


def _wait(url: str) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        with suppress(OSError), urllib.request.urlopen(url, timeout=5):  # noqa: S310 - our own server
            return
        time.sleep(0.2)
    raise RuntimeError("the floor does not answer")


if __name__ == "__main__":
    main()
