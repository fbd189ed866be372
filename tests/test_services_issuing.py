"""Documents: composed from the record, issued once, kept as they were, and made again the same."""

import io
import re
import threading
import zipfile
from datetime import date
from xml.etree import ElementTree as ET

import docx
import pytest
from sqlalchemy import text

from core.auth import KEEPER, Actor, Role
from core.domain.measures import ItemKind, Rung
from core.domain.papers import NUMBER_TO_COME, Paper, PaperKind, text_of
from core.errors import ForbiddenError, InputError, NotFoundError
from core.services.composing import Order, bulletin_facts, compose, word_file
from core.services.issuing import (
    documents_for,
    issue_document,
    letter_of_measure,
    make_again,
    open_document,
)
from core.services.judging import Question
from core.services.quarter_books import quarter_workbook
from core.services.scoreboard import cells_for, shown_cells
from core.services.supervising import Draft, issue_measure
from core.services.verifying import verify
from core.store.engine import Store
from tests.city_examples import (
    CLERK,
    LEADER,
    NOW,
    OFFICE,
    OTHER_CLERK,
    TODAY,
    enter,
    journal,
    meeting,
    take_in,
)

BULLETIN = Order(PaperKind.BULLETIN, TODAY, TODAY, subject="2025Q2")
CELL = "committee.meeting/2025Q1"


def bulletin(store: Store, **words: str) -> Paper:
    return compose(store, OFFICE, Order(PaperKind.BULLETIN, TODAY, TODAY, subject="2025Q2", words=words))


def measure(store: Store, unit: str = "C2") -> int:
    draft = Draft(unit, Rung.LETTER, "请抓紧。", ((ItemKind.CELL, CELL),), date(2025, 6, 29), f"m-{unit}")
    return issue_measure(store, OFFICE, draft, today=TODAY, now=NOW).measure_id


def words_in(content: bytes) -> str:
    """Everything that Word shows, tables among it."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        root = ET.fromstring(parts.read("word/document.xml"))  # noqa: S314 - our own file
    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    return "".join(node.text or "" for node in root.iter(f"{space}t"))


def test_a_bulletin_says_what_the_boards_say(demonstration: Store) -> None:
    office = Actor("office", "周明远", Role.OFFICE, "T00")
    day = date(2025, 7, 5)
    paper = compose(demonstration, office, Order(PaperKind.BULLETIN, day, day, subject="2025Q2"))
    every = cells_for(demonstration, office, Question(2025, day))
    shown = shown_cells(every, 2025, date(2025, 6, 30))
    met = [cell for cell in shown if cell.status in ("met", "met_late")]
    wanting = [cell for cell in shown if cell.status in ("missed", "short", "unreported")]
    said = text_of(paper)
    settled = len(met) + len(wanting)
    assert f"应完成 {settled} 项，已完成 {len(met)} 项，完成率 {len(met) / settled * 100:.1f}%" in said
    for cell in wanting:
        assert cell.unit.name in said
        assert cell.obligation.quote in said
    rows = [line.split("\t") for line in said.splitlines() if line.count("\t") == 5]
    totals = next(row for row in rows if row[0] == "合计")
    kinds = [row for row in rows if row[0] in ("专委会", "属地", "部门", "市级")]
    assert [sum(int(row[column]) for row in kinds) for column in (1, 2, 4)] == [
        int(totals[column]) for column in (1, 2, 4)
    ]


def test_the_words_may_be_edited_and_the_numbers_stay_data(city: Store) -> None:
    paper = bulletin(city, overall="本季度完成率为{完成率}，应完成{应完成}项。")
    assert re.search(r"本季度完成率为\d+\.\d%，应完成\d+项。", text_of(paper))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"overall": "完成率 92.5%"}, "比率由系统计算"),
        ({"demand_1": "{不存在的数据}"}, "没有“{不存在的数据}”这个数据"),
        ({"zones": "长" * 2001}, "每段最多 2000 个字"),
    ],
)
def test_words_that_cannot_be_filled_are_refused_at_their_paragraph(
    city: Store, words: dict[str, str], said: str
) -> None:
    with pytest.raises(InputError, match=re.escape(said)) as refused:
        bulletin(city, **words)
    assert refused.value.field in words


@pytest.mark.parametrize(
    ("quarter", "said"), [("2025Q3", "尚未开始"), ("2025Q9", "不是季度"), ("2025", "不是季度")]
)
def test_a_quarter_that_has_not_begun_or_is_none_gets_a_sentence(
    city: Store, quarter: str, said: str
) -> None:
    with pytest.raises(InputError, match=said):
        compose(city, OFFICE, Order(PaperKind.BULLETIN, TODAY, TODAY, subject=quarter))


def test_a_quarter_without_any_record_gets_a_sentence(store: Store) -> None:
    take_in(store, {"units": "code,kind,name\nT,city,市安委办\nC1,committee,某专委会\n"})
    with pytest.raises(InputError, match="还没有任何记录"):
        bulletin(store)


def test_a_letter_lists_exactly_the_cells_behind_it_with_clause_and_quote(city: Store) -> None:
    order = Order(PaperKind.LETTER, TODAY, TODAY, "C2", CELL)
    said = text_of(compose(city, OFFICE, order))
    assert NUMBER_TO_COME in said
    assert "1.专委会工作会议（2025年第一季度）" in said
    assert "通知二（一）2要求：“每季度至少召开1次专委会工作会议”" in said


def test_a_unit_without_anything_missed_gets_no_letter_but_a_sentence(city: Store) -> None:
    take_in(city, {"units": "code,kind,name,parent\nD9,department,新局,T\n"})
    with pytest.raises(InputError, match="新局目前没有未完成的事项或逾期隐患，无需发函"):
        compose(city, OFFICE, Order(PaperKind.LETTER, date(2025, 1, 9), date(2025, 1, 9), "D9"))


def test_a_measures_letter_bears_its_number_and_is_kept_once(city: Store) -> None:
    number = measure(city)
    first, content = letter_of_measure(city, OFFICE, number, now=NOW)
    again, same = letter_of_measure(city, OFFICE, number, now=NOW)
    assert (first.document_id, content) == (again.document_id, same)
    assert first.number == "安委办督〔2025〕1号"
    assert "安委办督〔2025〕1号" in words_in(content)
    assert "请抓紧。" in words_in(content)
    assert [each.action for each in journal(city)].count("document.issued") == 1


def test_two_who_press_at_once_get_one_document(city: Store) -> None:
    number = measure(city)
    found: list[int] = []

    def press() -> None:
        found.append(letter_of_measure(city, OFFICE, number, now=NOW)[0].document_id)

    people = [threading.Thread(target=press) for _ in range(4)]
    for each in people:
        each.start()
    for each in people:
        each.join()
    assert len(found) == 4
    assert len(set(found)) == 1
    assert len(documents_for(city, OFFICE)) == 1


def test_an_issued_document_is_made_again_the_same_after_backfills(city: Store) -> None:
    issued = issue_document(city, OFFICE, BULLETIN, "issue", now=NOW)
    enter(city, meeting("2025-05-20", "补录的会议", "C2"), actor=OTHER_CLERK)
    again = make_again(city, OFFICE, issued.document_id)
    assert (again.same_bytes, again.same_text) == (True, True)
    assert again.content == open_document(city, OFFICE, issued.document_id)[1]

    assert word_file(bulletin(city)) != again.content, "what is known now is another bulletin"


def test_the_same_paper_gives_the_same_bytes(city: Store) -> None:
    assert word_file(bulletin(city)) == word_file(bulletin(city))


def test_pressing_twice_issues_once_and_another_day_issues_another(city: Store) -> None:
    first = issue_document(city, OFFICE, BULLETIN, "a", now=NOW)
    assert issue_document(city, OFFICE, BULLETIN, "a", now=NOW).document_id == first.document_id
    assert issue_document(city, OFFICE, BULLETIN, "b", now=NOW).document_id != first.document_id


def test_a_damaged_document_is_named_by_verify(city: Store) -> None:
    issue_document(city, OFFICE, BULLETIN, "a", now=NOW)
    assert verify(city, KEEPER) == []
    with city.unit_of_work("某人", NOW) as work:
        work.session.execute(text("update document_content set content = :other"), {"other": b"x"})
        work.session.commit()
    assert any("内容缺失或已损坏" in each for each in verify(city, KEEPER))


def test_a_unit_sees_the_letters_to_itself_and_nobody_elses(city: Store) -> None:
    letter, _ = letter_of_measure(city, OFFICE, measure(city), now=NOW)
    assert [each.document_id for each in documents_for(city, OTHER_CLERK)] == [letter.document_id]
    assert documents_for(city, CLERK) == []
    with pytest.raises(NotFoundError):
        open_document(city, CLERK, letter.document_id)
    assert open_document(city, LEADER, letter.document_id)[0] == documents_for(city, LEADER)[0]


def test_a_chair_has_the_own_brief_and_nobody_elses_bulletin(city: Store) -> None:
    brief = compose(city, CLERK, Order(PaperKind.BRIEF, TODAY, TODAY, "C1"))
    assert "危险化学品专委会" in brief.title
    with pytest.raises(NotFoundError):
        compose(city, CLERK, Order(PaperKind.BRIEF, TODAY, TODAY, "L1"))
    with pytest.raises(ForbiddenError):
        compose(city, CLERK, BULLETIN)
    with pytest.raises(ForbiddenError):
        bulletin_facts(city, CLERK, "2025Q2", BULLETIN.day, BULLETIN.as_of)


def test_text_with_markup_control_signs_and_great_length_makes_a_file_that_opens(store: Store) -> None:
    name = "<b>&“单位”" + "很长" * 90
    take_in(store, {"units": f"code,kind,name\nT,city,市安委办\nC1,committee,{name}\n"})
    enter(store, meeting("2025-05-20", "会\x0b议<w:p>", "C1"), actor=OFFICE)
    content = word_file(bulletin(store))
    assert name in words_in(content)
    assert docx.Document(io.BytesIO(content)).core_properties.author == "安责看板"


def test_a_quarters_workbook_has_boards_lists_and_charts(city: Store) -> None:
    content = quarter_workbook(city, OFFICE, "2025Q2", as_of=TODAY)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        names = parts.namelist()
        book = parts.read("xl/workbook.xml").decode()
        boards = [parts.read(name).decode() for name in names if name.startswith("xl/worksheets/sheet")]
    assert [name for name in names if name.startswith("xl/charts/chart")]
    for title in (
        "总体情况",
        "专委会看板",
        "属地看板",
        "部门看板",
        "未落实事项",
        "隐患清单",
        "督办登记",
        "记录",
    ):
        assert title in book
    assert sum("conditionalFormatting" in each for each in boards) == 3


def test_nothing_is_kept_when_a_unit_does_not_exist(city: Store) -> None:
    with pytest.raises(NotFoundError):
        compose(city, OFFICE, Order(PaperKind.LETTER, TODAY, TODAY, "ZZ"))
