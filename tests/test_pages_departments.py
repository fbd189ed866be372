"""部门: the board, “一件事” and surveys as views of one page; forms for the office and the department."""

from streamlit.testing.v1 import AppTest

from core.auth import OPERATOR
from core.domain.one_matters import Chain, Gap
from core.services.one_matters import links_for
from core.services.surveying import surveys_for
from core.store.engine import Store
from tests.page_examples import open_page, texts
from tests.test_pages_admin import press, select, write
from tests.test_services_one_matters import QUESTION


def view(url: str, name: str, role: str = "office") -> AppTest:
    page = open_page(url, "departments", role, {"view": name})
    assert not page.exception
    return page


def gaps(store: Store) -> dict[str, Gap]:
    return {link.code: link.gap(QUESTION.as_of) for link, _ in links_for(store, OPERATOR, QUESTION)}


def test_every_chain_is_shown_with_its_gaps(demonstration_url: str, demonstration: Store) -> None:
    page = view(demonstration_url, "one_matter")
    shown = texts(page)
    assert all(f"<h3>{chain.label}" in shown for chain in Chain)
    assert shown.count('data-gap="no_department"') == list(gaps(demonstration).values()).count(
        Gap.NO_DEPARTMENT
    )
    assert set(gaps(demonstration).values()) == set(Gap)


def test_the_office_gives_a_link_a_department_and_makes_it_clear(
    demonstration_url: str, demonstration: Store
) -> None:
    page = select(view(demonstration_url, "one_matter"), "要设置的环节", "bicycles.5")
    page = press(select(page, "责任部门", "D06"), "保存环节")
    assert "环节“维修改装”已保存" in texts(page)
    page = press(select(page, "环节", "bicycles.5"), "确认厘清")
    assert "请填写依据的文件" in texts(page)
    page = press(write(page, "依据的文件或会议纪要", "泰安办函〔2025〕88号"), "确认厘清")
    assert "已厘清：电动自行车 · 维修改装" in texts(page)
    assert gaps(demonstration)["bicycles.5"] == Gap.SETTLED


def test_a_department_is_offered_its_own_links_only(demonstration_url: str) -> None:
    page = view(demonstration_url, "one_matter", "department")
    offered = next(each for each in page.selectbox if each.label == "环节").options
    assert offered
    assert all(each.endswith("（市应急管理局）") for each in offered)
    assert "要设置的环节" not in [each.label for each in page.selectbox]


def test_what_surveys_found_is_shown_and_kept(demonstration_url: str, demonstration: Store) -> None:
    page = view(demonstration_url, "surveys")
    assert "未界定" in texts(page)
    survey = surveys_for(demonstration, OPERATOR, QUESTION)[0]
    page = select(page, "摸底排查", survey.record.record_id)
    page = press(page, "保存业态")
    assert "请填写业态名称" in texts(page)
    page = press(write(page, "业态名称", "无人配送车"), "保存业态")
    assert "业态“无人配送车”已保存" in texts(page)
    found = surveys_for(demonstration, OPERATOR, QUESTION)[0].findings
    assert "无人配送车" in [each.name for each, _ in found]


def test_a_leader_reads_both_and_is_offered_no_form(demonstration_url: str) -> None:
    for name in ("one_matter", "surveys"):
        labels = {each.label for each in view(demonstration_url, name, "leader").button}
        assert not labels & {"确认厘清", "保存环节", "保存业态"}
