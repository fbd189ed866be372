"""Bad input: each gets its sentence, every bad row is named, and nothing at all is kept."""

from collections.abc import Iterator

import pytest

from core.errors import ImportRefusedError, RowProblem
from core.store.engine import Store
from core.store.records import all_records
from core.store.rolls import read_roll
from tests.city_examples import (
    CITY,
    LEADERS,
    RECORDS,
    UNITS,
    ZONES,
    journal,
    places,
    problems_of,
    record_lines,
    take_in,
)

LONG = "长" * 100_000


@pytest.fixture
def city(lite_store: Store) -> Iterator[Store]:
    """The small city, which no bad file may change."""
    take_in(lite_store)
    before = state_of(lite_store)
    yield lite_store
    assert state_of(lite_store) == before


def state_of(store: Store) -> list[object]:
    with store.reading() as reader:
        return [read_roll(reader), all_records(reader), journal(store)]


@pytest.mark.parametrize(
    ("line", "column", "said"),
    [
        ("X9,committee_meeting,2025-04-20,会,,,,,,,", "单位", "单位“X9”不存在，请填写单位编码或全称。"),
        (",committee_meeting,2025-04-20,会,,,,,,,", "单位", "不能为空。"),
        ("C1,tea_party,2025-04-20,会,,,,,,,", "事项", "事项“tea_party”不存在，请填写事项编码或名称。"),
        ("C1,,2025-04-20,会,,,,,,,", "事项", "不能为空。"),
        ("C1,standing_meeting,2025-04-20,会,,,,,,,", "事项", "不是专委会的事项"),
        ("L1,nine_ones_report,2025-04-20,表,,,,sleep,1,2,", "指标", "指标“sleep”不存在，可填：一责、一本"),
        ("L1,nine_ones_report,2025-04-20,表,,,,,1,2,", "指标", "请填写指标：一责"),
        ("C1,committee_meeting,2025-04-20,会,,,,log,,,", "指标", "该事项不分指标，请留空"),
        ("C1,committee_meeting,下周三,会,,,,,,,", "日期", "“下周三”不是有效日期"),
        ("C1,committee_meeting,2025-02-29,会,,,,,,,", "日期", "“2025-02-29”不是有效日期"),
        ("C1,committee_meeting,45000,会,,,,,,,", "日期", "“45000”不是有效日期"),
        ("C1,committee_meeting,2025-03/31,会,,,,,,,", "日期", "不是有效日期"),
        ("C1,committee_meeting,,会,,,,,,,", "日期", "不能为空，请写成 2025-03-31。"),
        ("C1,committee_meeting,2025-06-20,会,,,,,,,", "日期", "2025-06-20 晚于今天（2025-06-19）"),
        ("C1,committee_meeting,9999-12-31,会,,,,,,,", "日期", "晚于今天"),
        ("C1,committee_meeting,2024-12-31,会,,,,,,,", "日期", "2024-12-31 不在事项目录的年度之内"),
        ("C1,committee_meeting,0001-01-01,会,,,,,,,", "日期", "不在事项目录的年度之内"),
        ("C1,committee_meeting,2025-04-20,LONG,,,,,,,", "标题", "最多 1000 个字，现有 100000 个字"),
        ("C1,committee_meeting,2025-04-20,会,,,,,,,LONG", "备注", "最多 10000 个字，现有 100000 个字"),
        ("C1,committee_meeting,2025-04-20,会,LONG,,,,,,", "带队领导", "最多 100 个字"),
        ("LONG,committee_meeting,2025-04-20,会,,,,,,,", "单位", "单位“长长长"),
        ("C1,LONG,2025-04-20,会,,,,,,,", "事项", "事项“长长长"),
        ("C1,committee_meeting,LONG,会,,,,,,,", "日期", "不是有效日期"),
        ("L1,nine_ones_report,2025-04-20,表,,,,LONG,1,2,", "指标", "指标“长长长"),
        ("L1,nine_ones_report,2025-04-20,表,,,,log,LONG,2,", "数值", "应为不小于 0 的整数"),
        ("C1,director_inspection,2025-04-20,查,,LONG,,,,,", "第一主任带队", "不能识别"),
        ("L1,nine_ones_report,2025-04-20,表,,,,log,-1,2,", "数值", "“-1”应为不小于 0 的整数。"),
        ("L1,nine_ones_report,2025-04-20,表,,,,log,1.5,2,", "数值", "“1.5”应为不小于 0 的整数。"),
        ("L1,nine_ones_report,2025-04-20,表,,,,log,1e3,2,", "数值", "“1e3”应为不小于 0 的整数。"),
        ("L1,nine_ones_report,2025-04-20,表,,,,log,一,2,", "数值", "“一”应为不小于 0 的整数。"),
        ("L1,nine_ones_report,2025-04-20,表,,,,log,1,-2,", "总数", "“-2”应为不小于 0 的整数。"),
        ("L1,nine_ones_report,2025-04-20,表,,,,log,99999999999,2,", "数值", "数值过大"),
        ("L1,nine_ones_report,2025-04-20,表,,,,log,46,45,", "数值", "数值 46 大于总数 45，请核对。"),
        ("L1,nine_ones_report,2025-04-20,表,,,,log,,45,", "数值", "请填写数值。"),
        ("L1,nine_ones_report,2025-04-20,表,,,,log,4,,", "总数", "请填写总数。"),
        ("L1,leader_inspection,2025-04-20,查,李四,,,,,,", "带队领导", "肥城市的领导名单中没有“李四”"),
        ("L1,leader_inspection,2025-04-20,查,孙三立,,,,,,", "带队领导", "领导名单中没有"),
        ("L1,leader_inspection,2025-04-20,查,,,,,,,", "带队领导", "请填写带队领导姓名。"),
        ("C1,director_inspection,2025-04-20,查,,maybe,,,,,", "第一主任带队", "“maybe”不能识别"),
        ("C1,director_inspection,2025-04-20,查,,1,2025-06-20,,,,", "报送日期", "晚于今天"),
        ("C1,director_inspection,2025-04-20,查,,1,2025-04-19,,,,", "报送日期", "早于发生日期"),
        ("C1,director_inspection,2025-04-20,查,,1,soon,,,,", "报送日期", "不是有效日期"),
    ],
)
def test_a_bad_record_is_refused_with_its_row_column_and_reason(
    city: Store, line: str, column: str, said: str
) -> None:
    (problem,) = problems_of(city, {"records": record_lines(line.replace("LONG", LONG))})
    assert (problem.file, problem.row, problem.column) == ("records.csv", 2, column)
    assert said in problem.reason
    assert len(problem.reason) < 250


@pytest.mark.parametrize(
    ("kind", "line", "column", "said"),
    [
        ("units", ",committee,新专委会,,,,,", "编码", "不能为空"),
        ("units", f"{'c' * 41},committee,新专委会,,,,,", "编码", "最多 40 个字"),
        ("units", "C9,club,新专委会,,,,,", "类别", "类别“club”不存在"),
        ("units", "C1,department,新专委会,,,,,", "类别", "已登记为“专委会”，类别不能改变"),
        ("units", "C9,committee,,,,,,", "名称", "不能为空"),
        ("units", "C9,committee,LONG,,,,,", "名称", "最多 200 个字，现有 100000 个字"),
        ("units", "C9,committee,新专委会,X9,,,,", "上级", "单位“X9”不存在"),
        ("units", "C9,committee,新专委会,,,,X9,", "牵头单位", "单位“X9”不存在"),
        ("units", "C9,committee,新专委会,,也许,,,", "县市区", "“也许”不能识别，请填写“是”或“否”"),
        ("units", "C9,committee,新专委会,,,,,first", "排序", "“first”应为不小于 0 的整数"),
        ("leaders", "X9,李四,局长,,", "单位", "单位“X9”不存在"),
        ("leaders", "L1,,局长,,", "姓名", "不能为空"),
        ("leaders", f"L1,{'长' * 101},局长,,", "姓名", "最多 100 个字"),
        ("leaders", "L1,李四,局长,2025-13-01,", "起", "不是有效日期"),
        ("leaders", "L1,李四,局长,2025-06-01,2025-05-31", "止", "早于开始日期"),
        ("zones", ",L1,新园区,,,,,", "编码", "不能为空"),
        ("zones", "Z9,X9,新园区,,,,,", "所属属地", "单位“X9”不存在"),
        ("zones", "Z9,C1,新园区,,,,,", "所属属地", "“危险化学品专委会”不是属地"),
        ("zones", "Z9,L1,,,,,,", "名称", "不能为空"),
        ("zones", "Z9,L1,新园区,2025-06-20,,,,", "安全生产责任制", "晚于今天"),
        ("zones", "Z9,L1,新园区,,早已,,,", "管理体系", "不是有效日期"),
    ],
)
def test_a_bad_unit_leader_or_zone_is_refused_with_its_row_column_and_reason(
    city: Store, kind: str, line: str, column: str, said: str
) -> None:
    header = {"units": UNITS, "leaders": LEADERS, "zones": ZONES}[kind].splitlines()[0]
    (problem,) = problems_of(city, {kind: f"{header}\n{line.replace('LONG', LONG)}\n"})
    assert (problem.file, problem.row, problem.column) == (f"{kind}.csv", 2, column)
    assert said in problem.reason


def test_a_unit_that_ends_before_it_begins_is_refused(city: Store) -> None:
    text = "code,kind,name,active_from,active_until\nC9,committee,新专委会,2025-06-01,2025-05-31\n"
    (problem,) = problems_of(city, {"units": text})
    assert (problem.column, problem.reason) == ("停用日期", "截止日期 2025-05-31 早于开始日期 2025-06-01。")


def test_a_name_that_two_units_bear_names_neither(city: Store) -> None:
    files = {
        "units": "code,kind,name\nD8,department,市能源局\nD9,department,市能源局\n",
        "records": record_lines("市能源局,covert_check,2025-04-20,查,,,,,,,"),
    }
    (problem,) = problems_of(city, files)
    assert problem.reason == "单位“市能源局”不存在，请填写单位编码或全称。"


def test_two_rows_of_one_key_with_different_content_are_refused(city: Store) -> None:
    files = {
        "units": f"{UNITS}C1,committee,另一个名称,T,0,0,D1,2\n",
        "leaders": f"{LEADERS}C1,孙三立,副主任,,\n",
        "zones": f"{ZONES}Z2,L1,另一个园区,,,,,\n",
        "records": f"{RECORDS}D1,covert_check,2025-05-06,暗查烟花爆竹仓库,,,,,,,查封2处\n",
    }
    problems = problems_of(city, files)
    assert places(problems) == [
        ("units.csv", 8, ""), ("leaders.csv", 5, ""), ("zones.csv", 4, ""), ("records.csv", 7, ""),
    ]  # fmt: skip
    assert problems[3].reason == "与第6行是同一条（关键字段相同），但内容不同，请只保留一行。"


def test_every_bad_row_of_every_file_is_listed_in_order_and_nothing_is_kept(store: Store) -> None:
    files = CITY | {
        "units": f"{UNITS}C9,club,俱乐部,,,,,\n",
        "leaders": f"{LEADERS}X9,李四,局长,,\n",
        "records": f"{RECORDS}C1,tea_party,2025-04-20,会,,,,,,,\n"
        "C1,committee_meeting,2025-04-20,会,,,,,,,,,多了\n"
        "C1,committee_meeting,2025-04-21,会,,,,,,,\n"
        "C1,committee_meeting,某日,会,,也许,,,,,\n",
    }
    assert places(problems_of(store, files)) == [
        ("units.csv", 8, "类别"),
        ("leaders.csv", 5, "单位"),
        ("records.csv", 7, "事项"),
        ("records.csv", 8, ""),
        ("records.csv", 10, "日期"),
        ("records.csv", 10, "第一主任带队"),
    ]
    assert journal(store) == []
    assert state_of(store)[1] == []


def test_one_bad_row_at_the_end_of_many_keeps_all_of_them_out(city: Store) -> None:
    good = [f"C1,committee_meeting,2025-04-{day:02d},会,,,,,,," for day in range(1, 31)]
    lines = record_lines(*good, "C1,committee_meeting,2025-06-31,会,,,,,,,")
    assert places(problems_of(city, {"records": lines})) == [("records.csv", 32, "日期")]


def test_a_hundred_bad_rows_are_all_listed(city: Store) -> None:
    lines = record_lines(*("X9,committee_meeting,2025-04-20,会,,,,,,," for _ in range(100)))
    assert [problem.row for problem in problems_of(city, {"records": lines})] == list(range(2, 102))


def test_a_problem_reads_as_one_line_that_says_where() -> None:
    row = RowProblem("records.csv", 7, "日期", "“某日”不是有效日期。")
    file = RowProblem("records.csv", 0, "", "文件是空的。")
    assert str(row) == "records.csv 第7行“日期”列：“某日”不是有效日期。"
    assert str(ImportRefusedError([row, file])).splitlines() == [str(row), "records.csv：文件是空的。"]


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04", b"a,b\n1,2\n"])
def test_a_file_that_is_none_changes_nothing(city: Store, content: bytes) -> None:
    assert {problem.file for problem in problems_of(city, {"records": content})} == {"records.csv"}
