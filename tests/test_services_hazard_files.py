"""Hazards in and out as files: every column, every bad row, and the same back again."""

import pytest

from core.auth import OPERATOR
from core.domain.hazards import Deed, Level, Move, Stage
from core.services.exporting import export_csv
from core.store.engine import Store, open_store
from tests.city_examples import TODAY, local, places, problems_of, take_in
from tests.hazard_examples import act, case, cases, day

HEAD = (
    "code,locality,place,description,level,found_on,source,rectify_by,rectified_on,closed_on,"
    "listed_on,escalated_on,exposed_on"
)
LINES = (
    "H1,L1,金穗粮油公司,配电箱门缺失,general,2025-03-01,covert_check,2025-03-15,,,,,",
    "H2,肥城市,松岭石膏矿,顶板离层,重大,2025/3/2,媒体反映,2025-04-15,2025-04-10,2025-04-20,2025-03-10,2025-03-12,2025-03-20",
    "H3,L2,索道站,护栏松动,一般,2025-05-01,暗查暗访,,,,,,",
    "H4,L1,加油站,现场整改,general,2025-05-06,inspection,2025-05-06,2025-05-06,2025-05-06,,,",
)


def lines(*more: str) -> dict[str, str | bytes]:
    """A hazards file with these lines."""
    return {"hazards": "\n".join([HEAD, *more]) + "\n"}


@pytest.fixture(autouse=True)
def _city(store: Store) -> None:
    take_in(store, now=local("2025-01-02 09:00"))


def take(store: Store, *more: str) -> str:
    return str(take_in(store, {"hazards": "\n".join([HEAD, *more])}))


def test_a_row_of_dates_becomes_moves(store: Store) -> None:
    assert take(store, *LINES) == "新增 4，更新 0，未变 0"
    stages = {each.hazard.code: each.course.stage for each in cases(store)}
    assert stages == {
        "H1": Stage.RECTIFYING,
        "H2": Stage.CLOSED,
        "H3": Stage.FOUND,
        "H4": Stage.CLOSED,
    }
    major = case(store, "H2")
    assert (major.hazard.level, major.hazard.locality, major.course.listed) == (Level.MAJOR, "L1", False)
    assert major.hazard.source_label == "媒体反映"
    assert case(store, "H3").hazard.source == "covert_check"
    assert case(store, "H4").course.at_once


def test_what_is_there_already_is_unchanged(store: Store) -> None:
    take(store, *LINES)
    assert take(store, *LINES) == "新增 0，更新 0，未变 4"


def test_what_is_exported_comes_back_the_same(store: Store, tmp_path: object) -> None:
    take(store, *LINES)
    out = export_csv(store, OPERATOR, "hazards")
    assert out.splitlines()[0].startswith(HEAD)
    assert str(take_in(store, {"hazards": out})) == "新增 0，更新 0，未变 4"
    other = open_store(f"sqlite:///{tmp_path}/other.db")
    take_in(other)
    take_in(other, {"hazards": out})
    assert export_csv(other, OPERATOR, "hazards") == out
    other.close()


def test_chinese_headers_are_read(store: Store) -> None:
    head = "编号,属地,地点或企业,问题描述,等级,发现日期,来源,整改期限,责任单位"
    text = f"{head}\nH9,L1,某厂,漏电,一般,2025-03-01,,2025-03-09,L1\n"
    take_in(store, {"hazards": text})
    assert case(store, "H9").course.due is not None
    assert case(store, "H9").hazard.source_label == "未注明"


def test_a_file_that_adds_a_date_carries_the_hazard_on(store: Store) -> None:
    take(store, LINES[0])
    act(store, "H1", Move(Deed.ESCALATED, day(3), document="文号"), today=TODAY)
    rectified = LINES[0].replace("2025-03-15,,,,,", "2025-03-15,2025-06-10,,,2025-06-03,")
    assert take(store, rectified) == "新增 0，更新 1，未变 0"
    deeds = [(move.deed, move.person) for move in case(store, "H1").moves]
    assert deeds[2:] == [(Deed.ESCALATED, "office"), (Deed.RECTIFIED, "")]


def test_a_file_that_says_otherwise_writes_the_moves_anew_and_keeps_the_old_ones(store: Store) -> None:
    take_in(store, {"hazards": f"{HEAD}\n{LINES[0]}\n"}, now=local("2025-06-18 09:00"))
    assert take(store, LINES[0].replace("2025-03-15", "2025-03-20")) == "新增 0，更新 1，未变 0"
    assert str(case(store, "H1").course.due) == "2025-03-20"
    assert str(case(store, "H1", known_at=local("2025-06-18 10:00")).course.due) == "2025-03-15"


def test_what_the_file_does_not_mention_stays(store: Store) -> None:
    take(store, LINES[1])
    text = "code,locality,description,found_on\nH2,L1,顶板离层（已核实）,2025-03-02\n"
    assert str(take_in(store, {"hazards": text})) == "新增 0，更新 1，未变 0"
    assert case(store, "H2").course.stage == Stage.CLOSED
    assert case(store, "H2").hazard.description == "顶板离层（已核实）"


@pytest.mark.parametrize(
    ("line", "column", "said"),
    [
        (LINES[0].replace("H1", ""), "编号", "不能为空"),
        (LINES[0].replace("L1", "L9"), "属地", "不存在"),
        (LINES[0].replace("L1", "C1"), "属地", "不是属地"),
        (LINES[0].replace("general", "特大"), "等级", "一般、重大"),
        (LINES[0].replace("2025-03-01", ""), "发现日期", "不能为空"),
        (LINES[0].replace("2025-03-01", "2025-02-30"), "发现日期", "不是有效日期"),
        (LINES[0].replace("2025-03-01", "2025-06-20"), "发现日期", "晚于今天"),
        (LINES[0].replace("2025-03-15", "2025-02-15"), "整改期限", "早于发现日期"),
        (LINES[0].replace("2025-03-15,", "2025-03-15,2025-02-15"), "整改日期", "早于发现日期"),
        (LINES[0].replace("2025-03-15,,", "2025-03-15,,2025-03-16"), "销号日期", "请同时填写整改日期"),
        (LINES[1].replace("2025-04-20", "2025-04-09"), "销号日期", "早于整改日期"),
        (LINES[1].replace("2025-03-10", "2025-04-21"), "挂牌日期", "晚于销号日期"),
        (LINES[0].replace("03-15,,,,,", "03-15,,,2025-03-10,,"), "挂牌日期", "只有重大隐患"),
        (LINES[0].replace("配电箱门缺失", ""), "问题描述", "不能为空"),
        (LINES[0].replace("金穗粮油公司", "长" * 201), "地点或企业", "最多 200 个字"),
    ],
)
def test_a_bad_row_is_named_and_nothing_is_kept(store: Store, line: str, column: str, said: str) -> None:
    problems = problems_of(store, lines(LINES[2], line))
    assert ("hazards.csv", 3, column) in places(problems)
    assert any(said in each.reason for each in problems)
    assert cases(store) == []


def test_two_rows_with_one_code_and_other_content_are_refused(store: Store) -> None:
    problems = problems_of(store, lines(LINES[0], LINES[0].replace("缺失", "损坏")))
    assert "内容不同" in problems[0].reason
