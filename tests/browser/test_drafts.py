"""Nothing typed is lost, in a real browser: reload, restart, an ended session; and nobody else sees it."""

import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Server, enter, free_port, running_server, settled, sign_in

FORM = "/entry?unit=C06&event=risk_consultation"
PAUSE = 1500
"""Milliseconds after which what was typed has been sent."""


def write(page: Page, text: str) -> None:
    """Type at the end of the title, as a person does, and do not wait."""
    title = page.get_by_label("标题")
    title.click()
    title.press("End")
    page.keyboard.type(text, delay=20)


def title_of(page: Page) -> str:
    return page.get_by_label("标题").input_value()


def execute(server: Server, statement: str, *values: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(server.database_url.removeprefix("sqlite:///"))) as connection, connection:
        return connection.execute(statement, values).fetchall()


def stored(server: Server, text: str) -> int:
    query = "select count(*) from record_version where title like ? and ended_by is null"
    return int(str(execute(server, query, f"%{text}%")[0][0]))


def test_a_reload_in_the_middle_of_a_word_loses_nothing_and_saving_ends_the_draft(
    server: Server, visitor: BrowserContext
) -> None:
    page = enter(visitor, server, "committee", FORM)
    write(page, "半句话")
    page.reload()
    expect(page.get_by_label("标题")).to_have_value(re.compile("半句话$"))
    expect(page.get_by_text("未保存的草稿")).to_be_visible()
    write(page, "写完了")
    page.keyboard.press("Enter")
    expect(page.get_by_text(re.compile("已保存"))).to_be_visible()
    page.wait_for_timeout(PAUSE)
    page.reload()
    expect(page.get_by_label("标题")).to_have_value(re.compile("会商研判与预警$"))
    assert stored(server, "半句话写完了") == 1


def test_every_kind_of_field_is_in_the_draft_and_discarding_empties_it(
    server: Server, visitor: BrowserContext
) -> None:
    page = enter(visitor, server, "committee", "/entry?unit=C06&event=director_inspection")
    page.get_by_label("带队领导（可不填）").fill("郑维舟")
    page.get_by_role("spinbutton", name=re.compile("日，日期")).focus()
    page.keyboard.type("16")
    page.keyboard.press("Escape")  # the calendar that opens beside it
    page.get_by_role("checkbox").press("Space")
    page.get_by_label("备注（可不填）").fill("第一行\n第二行")
    page.wait_for_timeout(PAUSE)
    page.reload()
    expect(page.get_by_label("备注（可不填）")).to_have_value("第一行\n第二行")
    expect(page.get_by_label("带队领导（可不填）")).to_have_value("郑维舟")
    expect(page.get_by_role("spinbutton", name=re.compile("日，日期"))).to_have_text("16")
    expect(page.get_by_role("checkbox")).not_to_be_checked()
    page.get_by_role("button", name="放弃草稿").click()
    expect(page.get_by_label("备注（可不填）")).to_have_value("")
    page.wait_for_timeout(PAUSE)
    page.reload()
    expect(page.get_by_label("标题")).to_be_visible()
    settled(page)
    assert page.get_by_label("带队领导（可不填）").input_value() == ""


def test_a_restart_of_the_server_loses_nothing(
    visitor: BrowserContext, demonstration_template: Path, tmp_path: Path
) -> None:
    shutil.copy(demonstration_template, tmp_path / "anze.db")
    port = free_port()
    with running_server(tmp_path, port) as server:
        page = enter(visitor, server, "committee", FORM)
        write(page, "重启之前")
    page.wait_for_timeout(PAUSE)
    with running_server(tmp_path, port) as server:
        # the page comes back by itself: the watcher of the session asks again
        expect(page.get_by_text("未保存的草稿")).to_be_visible(timeout=30_000)
        assert title_of(page).endswith("重启之前")
        write(page, "和之后")
        page.get_by_role("button", name="保存", exact=True).click()
        expect(page.get_by_text(re.compile("已保存"))).to_be_visible()
        assert stored(server, "重启之前和之后") == 1


def end_sessions(server: Server) -> None:
    execute(server, "update account_session set ended_at = begun_at where ended_at is null")


def test_a_session_that_ran_out_loses_nothing_and_shows_it_to_nobody_else(
    server: Server, visitor: BrowserContext
) -> None:
    page = enter(visitor, server, "committee", "/entry?unit=C06&event=plenary_meeting")
    write(page, "失效之前")
    page.wait_for_timeout(PAUSE)
    end_sessions(server)
    write(page, "失效之后")
    expect(page.get_by_label("用户名", exact=True)).to_be_visible()
    sign_in(page, "office")
    expect(page.get_by_label("标题")).to_have_value(re.compile("全体成员会议$"))
    page.wait_for_timeout(PAUSE)
    assert "失效" not in title_of(page)
    page.get_by_role("button", name="退出登录").click()
    sign_in(page, "committee")
    expect(page.get_by_label("标题")).to_have_value(re.compile("失效之前"))


@pytest.mark.parametrize("pressed", [False, True])
def test_what_is_typed_after_the_session_ended_is_back_for_the_same_person(
    server: Server,
    visitor: BrowserContext,
    pressed: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    page = enter(visitor, server, "committee", "/entry?unit=C06&event=joint_enforcement")
    end_sessions(server)
    write(page, f"失效后写的{pressed}")
    if pressed:
        page.keyboard.press("Enter")
    expect(page.get_by_label("用户名", exact=True)).to_be_visible()
    sign_in(page, "committee")
    expect(page.get_by_label("标题")).to_have_value(re.compile(f"失效后写的{pressed}"))
    assert stored(server, f"失效后写的{pressed}") == 0
    page.get_by_role("button", name="放弃草稿").click()
    expect(page.get_by_text("未保存的草稿")).to_have_count(0)
    settled(page)  # until then the old fields stand beside the new ones
    expect(page.get_by_label("标题")).not_to_have_value(re.compile("失效后"))
