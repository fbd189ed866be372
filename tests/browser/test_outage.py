"""The database goes away, is locked, or the server is stopped, while somebody enters: nothing is lost."""

import contextlib
import re
import signal
import sqlite3
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import make_url

from tests.browser.conftest import FreshServer, Server, enter, running_server
from tests.conftest import missing
from tests.postgres import Cluster, find_binaries, running_cluster

FORM = "/entry?unit=C06&event=committee_meeting"
AWAY_SECONDS = 30
AWAY = re.compile("数据库暂时连不上")


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    binaries = find_binaries()
    if binaries is None:
        missing("PostgreSQL (set PG_BIN to the folder of initdb)")
    with running_cluster(binaries) as running:
        yield running


def titles_in(cluster: Cluster, words: str) -> int:
    address = make_url(cluster.url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address) as connection:
        query = "select count(*) from record_version where title like %s"
        row = connection.execute(query, [f"%{words}%"]).fetchone()
    return int(row[0]) if row else -1


def write(page: Page, text: str) -> None:
    field = page.get_by_label("标题")
    expect(field).to_be_visible()
    field.click()
    field.press("End")
    field.press_sequentially(text, delay=40)


def test_postgresql_away_for_half_a_minute_is_said_and_nothing_typed_is_lost(
    cluster: Cluster, visitor: BrowserContext, browser: Browser, tmp_path: Path
) -> None:
    with running_server(tmp_path, DATABASE_URL=cluster.url) as server:
        idle = enter(browser.new_context(locale="zh-CN"), server, "leader", "/committees")
        page = enter(visitor, server, "committee", FORM)
        write(page, "断开之前")
        page.wait_for_timeout(1_500)
        cluster.stop()
        began = time.monotonic()
        write(page, "断开之后")
        expect(page.get_by_text(AWAY).first).to_be_visible()
        assert page.get_by_label("标题").input_value().endswith("断开之前断开之后")
        page.get_by_role("button", name="保存", exact=True).click()
        expect(page.get_by_text(AWAY).first).to_be_visible()
        expect(idle.get_by_text(AWAY).first).to_be_visible()
        assert "Traceback" not in page.content()
        page.wait_for_timeout(max(0.0, AWAY_SECONDS - (time.monotonic() - began)) * 1000)
        cluster.start()
        expect(page.get_by_label("标题")).to_have_value(re.compile("断开之前断开之后$"), timeout=30_000)
        expect(page.get_by_text("请再保存一次")).to_have_count(1)  # beside the form, about the press before
        expect(idle.get_by_text(AWAY)).to_have_count(0, timeout=30_000)
        expect(idle.get_by_role("table").first).to_be_visible()
        page.get_by_role("button", name="保存", exact=True).click()
        expect(page.get_by_text(re.compile("已保存"))).to_be_visible()
        expect(page.get_by_text(AWAY)).to_have_count(0)
        assert titles_in(cluster, "断开之前断开之后") == 1
        idle.context.close()


@contextmanager
def locked(server: Server) -> Iterator[sqlite3.Connection]:
    """Hold the writer's place, as a backup program or a person with a tool would."""
    file = server.database_url.removeprefix("sqlite:///")
    with contextlib.closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("begin immediate")
        yield other
        if other.in_transaction:
            other.execute("rollback")


def stored(server: Server, words: str) -> int:
    file = server.database_url.removeprefix("sqlite:///")
    with contextlib.closing(sqlite3.connect(file)) as other:
        query = "select count(*) from record_version where title like ?"
        return int(other.execute(query, [f"%{words}%"]).fetchone()[0])


def test_a_sqlite_file_that_somebody_holds_is_waited_for(
    fresh_server: FreshServer, visitor: BrowserContext
) -> None:
    server = fresh_server()
    page = enter(visitor, server, "committee", FORM)
    write(page, "等待之中")
    page.wait_for_timeout(1_500)
    with locked(server) as other:
        page.get_by_role("button", name="保存", exact=True).click()
        page.wait_for_timeout(4_000)
        assert stored(server, "等待之中") == 0
        other.execute("rollback")
        expect(page.get_by_text(re.compile("已保存"))).to_be_visible(timeout=30_000)
    assert stored(server, "等待之中") == 1


def test_a_server_that_is_told_to_stop_finishes_what_is_being_saved(
    visitor: BrowserContext, demonstration_template: Path, tmp_path: Path
) -> None:
    (tmp_path / "anze.db").write_bytes(demonstration_template.read_bytes())
    with running_server(tmp_path) as server:
        page = enter(visitor, server, "committee", FORM)
        write(page, "停机之时")
        page.wait_for_timeout(1_500)
        with locked(server) as other:
            page.get_by_role("button", name="保存", exact=True).click()
            page.wait_for_timeout(1_500)
            process = process_of(server)
            process.send_signal(signal.SIGTERM)
            ended: list[int] = []
            waiting = threading.Thread(target=lambda: ended.append(process.wait(30)))
            waiting.start()
            page.wait_for_timeout(2_000)
            assert ended == []
            other.execute("rollback")
            waiting.join()
        assert ended
        assert stored(server, "停机之时") == 1


def process_of(server: Server) -> subprocess.Popen[bytes]:
    assert server.process is not None
    return server.process
