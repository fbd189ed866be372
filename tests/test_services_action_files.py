"""Measures in and out as files: the same back again, never changed, every bad row with its sentence."""

import csv
import io
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.auth import KEEPER, OPERATOR
from core.domain.measure_files import _escaped, _unescaped
from core.domain.measures import Follow, ItemKind, Measure, Rung, State
from core.services.exporting import export_csv
from core.services.judging import Question
from core.services.proposing import measures_for
from core.services.supervising import Answer, Draft, answer_measure, issue_measure
from core.services.templating import template_workbook
from core.services.verifying import verify
from core.services.workbooks import read_workbook
from core.store.engine import Store, open_store
from tests.city_examples import NOW, OFFICE, OTHER_CLERK, TODAY, local, problems_of, take_in
from tests.conftest import sqlite_url
from tests.hazard_examples import assigned, register

HEAD = "number,unit,rung,issued_on,reply_by,content,items,steps,raised_from"
CELL = "committee.meeting/2025Q1｜2025年工作会议 第一季度｜未完成 0/1｜2025-03-31"
GOOD = {
    "number": "安委办督〔2025〕7号",
    "unit": "C2",
    "rung": "督促函",
    "issued_on": "2025-05-06",
    "reply_by": "2025-05-20",
    "content": "请抓紧落实。",
    "items": CELL,
    "steps": "回复｜2025-05-12｜消防专委会经办人｜已补开会议",
    "raised_from": "",
}
_OPERATIONS = count(1)


@pytest.fixture(autouse=True)
def _city(store: Store) -> None:
    take_in(store, now=local("2025-01-02 09:00"))


def issued(store: Store, items: tuple[tuple[ItemKind, str], ...], **more: object) -> Measure:
    operation = f"issue-{next(_OPERATIONS)}"
    draft = Draft("C2", Rung.REMIND, "请落实，\n反斜杠\\与｜照写。", items, None, operation, **more)  # type: ignore[arg-type]
    return issue_measure(store, OFFICE, draft, today=TODAY, now=NOW)


def history(store: Store) -> None:
    """A reminder, answered and raised to another, with a cell and a hazard behind it."""
    code = register(store, then=assigned()).hazard.code
    items = ((ItemKind.CELL, "committee.meeting/2025Q1"), (ItemKind.HAZARD, code))
    first = issued(store, items)
    said = Answer(first.measure_id, 0, Follow.REPLIED, TODAY, "已落实，\n见附件｜一。", "answer")
    answer_measure(store, OTHER_CLERK, said, today=TODAY, now=NOW)
    seen = known(store)[0].seen
    issued(store, items, raised_from=first.measure_id, seen=seen)


def known(store: Store) -> list[Measure]:
    return measures_for(store, OFFICE, Question(2025, TODAY))


def file_of(**changes: str) -> dict[str, str]:
    out = io.StringIO()
    writer = csv.DictWriter(out, HEAD.split(","), lineterminator="\n")
    writer.writeheader()
    writer.writerow({**GOOD, **changes})
    return {"actions": out.getvalue()}


def test_what_is_exported_comes_back_the_same(store: Store, tmp_path: Path) -> None:
    history(store)
    kinds = ("units", "leaders", "zones", "records", "hazards", "actions")
    files = {kind: export_csv(store, OPERATOR, kind) for kind in kinds}
    other = open_store(sqlite_url(tmp_path / "other.db"))
    take_in(other, files)
    assert {kind: export_csv(other, OPERATOR, kind) for kind in kinds} == files
    assert [(each.label, each.state) for each in known(other)] == [
        ("安委办督〔2025〕2号", State.WAITING),
        ("安委办督〔2025〕1号", State.RAISED),
    ]
    assert known(other)[0].raised_from == known(other)[1].measure_id
    assert verify(other, KEEPER) == []
    other.close()


def test_taking_it_in_again_changes_nothing(store: Store) -> None:
    history(store)
    assert (
        str(take_in(store, {"actions": export_csv(store, OPERATOR, "actions")})) == "新增 0，更新 0，未变 2"
    )


def test_a_number_that_a_file_brought_is_never_given_again(store: Store) -> None:
    take_in(store, file_of())
    assert issued(store, ((ItemKind.CELL, "committee.meeting/2025Q1"),)).number == 8


def test_more_may_follow_what_was_issued(store: Store) -> None:
    take_in(store, file_of())
    more = GOOD["steps"] + "\n办结｜2025-05-20｜office｜情况属实"
    assert str(take_in(store, file_of(steps=more))) == "新增 0，更新 1，未变 0"
    assert [step.follow for step in known(store)[0].steps] == [Follow.REPLIED, Follow.SETTLED]


@pytest.mark.parametrize("column", ["unit", "rung", "reply_by", "content", "items", "steps"])
def test_what_was_issued_is_never_changed_by_a_file(store: Store, column: str) -> None:
    take_in(store, file_of())
    other = {
        "unit": "C1",
        "rung": "约谈",
        "reply_by": "2025-05-21",
        "content": "另一种说法。",
        "items": CELL.replace("0/1", "1/2"),
        "steps": GOOD["steps"].replace("已补开", "将补开"),
    }
    problems = problems_of(store, file_of(**{column: other[column]}))
    assert "已经发出，内容不能更改" in problems[0].reason
    assert known(store)[0].rung == Rung.LETTER


@pytest.mark.parametrize(
    ("column", "text", "said"),
    [
        ("number", "7号", "不是文号"),
        ("number", "安委办督〔2024〕7号", "与发出日期 2025-05-06 不符"),
        ("number", "", "不能为空"),
        ("unit", "没有的单位", "不存在"),
        ("rung", "警告", "应为提醒、督促函、约谈、通报、曝光之一"),
        ("issued_on", "2026-01-01", "晚于今天"),
        ("reply_by", "2025-05-01", "早于发出日期"),
        ("content", "", "不能为空"),
        ("items", "", "不能为空，每行写一项"),
        ("items", "committee.meeting/2025Q1", "第1项：请写成"),
        ("items", CELL.replace("2025Q1", "2025Q9"), "没有“committee.meeting/2025Q9”这一格"),
        ("items", CELL.replace("meeting", "nothing"), "没有“committee.nothing/2025Q1”这一格"),
        ("items", "YH9｜x｜y｜2025-03-31", "没有编号为“YH9”的隐患"),
        ("items", CELL + "\nx/2025｜a｜b｜昨天", "第2项：“昨天”不是有效日期"),
        ("steps", "已阅｜2025-05-12｜某人｜x", "应为回复、办结、升级之一"),
        ("steps", "回复｜2025-05-01｜某人｜x", "早于上一步的日期"),
        ("steps", "办结｜2025-05-12｜某人｜x\n回复｜2025-05-13｜某人｜y", "第2项：安委办督〔2025〕7号已办结"),
        ("steps", "回复｜2026-05-12｜某人｜x", "晚于今天"),
        ("raised_from", "安委办督〔2025〕3号", "没有文号为“安委办督〔2025〕3号”的督办"),
    ],
)
def test_a_bad_cell_gets_its_sentence_and_nothing_is_kept(
    store: Store, column: str, text: str, said: str
) -> None:
    problems = problems_of(store, file_of(**{column: text}))
    assert any(said in problem.reason for problem in problems), problems
    assert known(store) == []


def test_the_template_offers_the_steps_of_the_ladder(store: Store) -> None:
    tables = read_workbook("模板.xlsx", template_workbook(store, OFFICE, ["actions"]))
    assert [table.form.kind for table in tables] == ["actions"]


@given(st.text())
def test_a_text_comes_back_from_a_line_as_it_was(text: str) -> None:
    written = _escaped(text.strip())
    assert "\n" not in written
    assert "｜" not in written
    assert _unescaped(written) == text.strip()
