"""A record's attachments on its page: added, refused, replaced, removed; only seen by who may only see."""

import pytest
from streamlit.testing.v1 import AppTest

from core.auth import Actor
from core.domain.attachments import Owner, OwnerKind
from core.services.attaching import attachment_history, attachments_of
from core.store.engine import Store
from core.ui.attachment_markup import size_in_words
from pages import records
from tests.city_examples import CLERK, LEADER, NOW, OFFICE, enter, meeting, take_in
from tests.file_examples import PDF, photograph
from tests.page_examples import texts
from tests.page_runs import edge_of, page_run


@pytest.fixture
def number(lite_store: Store) -> str:
    take_in(lite_store)
    return str(enter(lite_store, meeting()).record_id)


def opened(store: Store, number: str, actor: Actor = CLERK) -> AppTest:
    page = page_run(records, edge_of(store, actor, NOW))
    page.query_params["record"] = number
    return page.run()


def press(page: AppTest, name: str) -> AppTest:
    done = next(each for each in page.button if each.label == name).click().run()
    assert not done.exception
    return done


def added(page: AppTest, *files: tuple[str, bytes]) -> AppTest:
    page.file_uploader[0].set_value([(name, content, "") for name, content in files]).run()
    return press(page, "上传")


def names(store: Store, number: str) -> list[str]:
    owner = Owner(OwnerKind.RECORD, number)
    return [each.file_name for each in attachments_of(store, OFFICE, owner)]


def test_of_several_files_the_good_ones_are_kept_and_the_others_told(lite_store: Store, number: str) -> None:
    page = added(
        opened(lite_store, number), ("现场.heic", photograph("HEIF")), ("假.pdf", b"MZ"), ("纪要.pdf", PDF)
    )
    assert names(lite_store, number) == ["现场.jpg", "纪要.pdf"]
    assert [each.value for each in page.success] == ["已保存 2 个附件。"]
    assert page.error[0].value.startswith("假\\.pdf：不能作为附件")
    assert 'src="attachment/1/%E7%8E%B0%E5%9C%BA.jpg?inline=1"' in texts(page)


def test_pressing_without_a_file_says_what_is_missing(lite_store: Store, number: str) -> None:
    assert press(opened(lite_store, number), "上传").error[0].value == "请先选择或拍摄照片、文件。"


def test_removing_needs_a_reason_and_keeps_the_history(lite_store: Store, number: str) -> None:
    page = added(opened(lite_store, number), ("纪要.pdf", PDF))
    assert press(page, "确认移除").error[0].value == "请填写原因。"
    next(each for each in page.text_input if each.label == "原因").set_value("传错了")
    assert "已移除" in press(page, "确认移除").success[0].value
    assert names(lite_store, number) == []
    assert len(attachment_history(lite_store, OFFICE, Owner(OwnerKind.RECORD, number))) == 1
    assert "已替换或移除 1 个" in texts(page)


def test_replacing_needs_a_file(lite_store: Store, number: str) -> None:
    page = added(opened(lite_store, number), ("纪要.pdf", PDF))
    page.segmented_control[0].set_value("替换").run()
    next(each for each in page.text_input if each.label == "原因").set_value("定稿")
    assert press(page, "确认替换").error[0].value == "请选择新的文件。"
    page.file_uploader[-1].set_value([("定稿.pdf", PDF + b"\n%%EOF", "")]).run()
    assert "已替换" in press(page, "确认替换").success[0].value
    assert names(lite_store, number) == ["定稿.pdf"]


def test_who_may_only_see_is_offered_nothing_to_press(lite_store: Store, number: str) -> None:
    added(opened(lite_store, number), ("纪要.pdf", PDF))
    page = opened(lite_store, number, LEADER)
    assert "纪要.pdf" in texts(page)
    assert not page.file_uploader
    assert not {"上传", "确认移除"} & {each.label for each in page.button}


@pytest.mark.parametrize(("size", "said"), [(1, "1 KB"), (340 * 1024, "340 KB"), (2_200_000, "2.1 MB")])
def test_a_size_is_said_in_words(size: int, said: str) -> None:
    assert size_in_words(size) == said
