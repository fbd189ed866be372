"""导入导出 in Streamlit's test runner: preview, confirmation, a double press, data that changed meanwhile."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from core.auth import KEEPER
from core.services.verifying import verify
from core.store.engine import Store
from core.store.records import all_records
from pages import exchange
from tests.city_examples import NOW, OFFICE, enter, journal, local, meeting, record_lines, take_in
from tests.page_examples import texts
from tests.page_runs import edge_of, page_run
from tests.workbook_examples import ROW, old_workbook, records_book

SECOND = ("消防专委会", "专委会工作会议", date(2025, 5, 6), "第二季度工作会议")


@pytest.fixture
def page(lite_store: Store) -> AppTest:
    """The page as the office opens it, on the small city."""
    take_in(lite_store)
    return page_run(exchange, edge_of(lite_store, OFFICE, NOW)).run()


def upload(page: AppTest, *files: tuple[str, bytes]) -> AppTest:
    shown = page.file_uploader[0].set_value([(name, content, "") for name, content in files]).run()
    assert not shown.exception
    return shown


def press(page: AppTest) -> AppTest:
    return page.button(key="exchange_confirm").click().run()


def titles(store: Store) -> list[str]:
    with store.reading() as reader:
        return [record.title for record in all_records(reader)]


def test_nothing_is_saved_by_looking(page: AppTest, lite_store: Store) -> None:
    before = journal(lite_store)
    shown = texts(upload(page, ("六月.xlsx", records_book(ROW, SECOND))))
    assert "<dt>新增</dt><dd>1</dd>" in shown
    assert "<dt>未变</dt><dd>1</dd>" in shown
    assert "第二季度工作会议" in shown
    assert journal(lite_store) == before


def test_what_was_confirmed_is_saved_in_one_change(page: AppTest, lite_store: Store) -> None:
    done = press(upload(page, ("六月.xlsx", records_book(ROW, SECOND))))
    assert [each.value for each in done.success] == ["导入完成：新增 1，更新 0，未变 1。"]
    assert titles(lite_store)[-1] == "第二季度工作会议"
    assert [change.action for change in journal(lite_store)] == ["import", "import"]
    assert verify(lite_store, KEEPER) == []


def test_an_update_says_what_it_changes(page: AppTest) -> None:
    heads = ("单位", "事项", "日期", "标题", "备注")
    shown = texts(upload(page, ("x.xlsx", records_book((*ROW, "补充说明"), heads=heads))))
    assert "备注：（空） → 补充说明" in shown


def test_wrong_cells_are_marked_and_there_is_nothing_to_confirm(page: AppTest, lite_store: Store) -> None:
    before = titles(lite_store)
    shown = upload(page, ("x.xlsx", records_book(ROW, ("消防专委会", "专委会工作会议", "某日", "会"))))
    assert [each.value[:7] for each in shown.error] == ["有 1 行有误"]
    assert '<td class="wrong">某日<small>“某日”不是有效日期' in texts(shown)
    assert not [each for each in shown.button if each.key == "exchange_confirm"]
    assert titles(lite_store) == before


def test_a_file_that_cannot_be_read_gets_its_sentence(page: AppTest) -> None:
    shown = upload(page, ("旧.xls", old_workbook()), ("坏.csv", b"\x00\x01"))
    assert "旧.xls：这是旧版 Excel" in texts(shown)
    assert "坏.csv：这不是 CSV" in texts(shown)


def test_two_files_are_taken_in_the_order_in_which_they_build_on_each_other(
    page: AppTest, lite_store: Store
) -> None:
    units = b"code,kind,name\nC9,committee,\xe6\x96\xb0\xe4\xb8\x93\xe5\xa7\x94\xe4\xbc\x9a\n"
    records = record_lines("C9,committee_meeting,2025-05-06,会,,,,,,,").encode()
    press(upload(page, ("records.csv", records), ("units.csv", units)))
    assert titles(lite_store)[-1] == "会"


def change_meanwhile(store: Store, how: str) -> None:
    if how == "entered":
        enter(
            store,
            meeting("2025-05-06", "第二季度工作会议", "C2"),
            actor=OFFICE,
            now=local("2025-06-19 10:01"),
        )
    else:
        take_in(store, {"units": "code,kind,name\nC2,committee,消防安全专委会\n"})


@pytest.mark.parametrize(("how", "said"), [("entered", "有了变化"), ("renamed", "已不能导入")])
def test_what_somebody_changed_meanwhile_is_not_overrun(
    page: AppTest, lite_store: Store, how: str, said: str
) -> None:
    shown = upload(page, ("六月.xlsx", records_book(SECOND)))
    change_meanwhile(lite_store, how)
    before = titles(lite_store)
    again = press(shown)
    assert said in again.warning[0].value
    assert titles(lite_store) == before
    assert {"entered": "<dt>未变</dt><dd>1</dd>", "renamed": "<dt>有误</dt><dd>1</dd>"}[how] in texts(again)


def test_html_and_markdown_in_a_file_are_shown_as_the_text_they_are(page: AppTest) -> None:
    shown = texts(upload(page, ("<b>.xlsx", records_book((*SECOND[:3], "<img src=x onerror=alert(1)>")))))
    assert "<img" not in shown
    assert "&lt;img src=x onerror=alert(1)&gt;" in shown


def test_only_so_many_rows_are_drawn(page: AppTest) -> None:
    rows = [(*SECOND[:3], f"会议{number}") for number in range(150)]
    shown = upload(page, ("x.xlsx", records_book(*rows)))
    assert texts(shown).count("<tr>") == 101
    assert [each.value for each in shown.caption] == ["只显示前 100 行。"]
