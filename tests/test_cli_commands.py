"""The commands: what they print, what they do, and that they end with 0, 1 or 2."""

import contextlib
import csv
import io
import json
import sqlite3
from datetime import datetime
from pathlib import Path

import pytest

from core.cli.commands import STATUS_COLUMNS
from core.config import LOCAL_ZONE
from tests.city_examples import CITY, RECORDS, UNITS, record_lines
from tests.cli_examples import Type, typing_in
from tests.conftest import sqlite_url

HEADER = "unit,unit_name,obligation,title,period,required,done,status,status_label,days_left,completed_on"


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of a database that is not there yet, named by the environment, on 2025-06-19."""
    monkeypatch.setenv("DATABASE_URL", sqlite_url(tmp_path / "anze.db"))
    monkeypatch.setenv("ANZE_TODAY", "2025-06-19")
    return tmp_path / "anze.db"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], database: Path) -> Type:
    assert database.parent.is_dir()
    return typing_in(capsys)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small city's files."""
    for kind, text in CITY.items():
        (tmp_path / f"{kind}.csv").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def filled(run: Type, folder: Path) -> Type:
    """A command line over a database that holds the small city."""
    assert run("init --empty").code == 0
    assert run(f"import '{folder.as_posix()}'").code == 0
    return run


@pytest.fixture
def demo(run: Type, demonstration_url: str, monkeypatch: pytest.MonkeyPatch) -> Type:
    """A command line over the demonstration city."""
    monkeypatch.setenv("DATABASE_URL", demonstration_url)
    return run


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_init_makes_the_demonstration_city_and_doing_it_again_changes_nothing(run: Type) -> None:
    assert run("init") == (0, "数据库已就绪。\n", "")
    before = run("status").out
    assert len(before.splitlines()) > 500
    assert run("init") == (0, "数据库已就绪。\n", "")
    assert run("init --empty") == (0, "数据库已就绪。\n", "")
    assert run("status").out == before


def test_init_empty_shows_the_administrators_password_once_and_makes_no_units(run: Type) -> None:
    first = run("init --empty").out
    assert "管理员用户名：admin\n" in first
    assert len(first.split("请妥善保存）：")[1].strip()) == 16
    assert run("init --empty").out == "数据库已就绪。\n"
    assert run("status").out == f"{HEADER}\n"
    assert run("account list").out == "用户名,姓名,角色,单位,状态\nadmin,系统管理员,系统管理员,,启用\n"


def test_init_before_anything_else_is_no_duty(run: Type, folder: Path) -> None:
    assert run(f"import '{folder.as_posix()}'").out == "新增 16，更新 0，未变 0\n"
    assert "管理员密码" in run("init --empty").out
    assert len(rows(run("status").out)) > 50


def test_status_has_exactly_the_promised_header_and_codes(filled: Type) -> None:
    answer = filled("status")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.splitlines()[0] == HEADER == ",".join(STATUS_COLUMNS)
    lines = {(row["unit"], row["obligation"], row["period"]): row for row in rows(answer.out)}
    assert list(lines["C1", "committee.meeting", "2025Q1"].values()) == [
        "C1", "危险化学品专委会", "committee.meeting", "专委会工作会议", "2025Q1", "1", "1", "met", "已完成",
        "", "2025-03-12",
    ]  # fmt: skip
    waiting = lines["C1", "committee.meeting", "2025Q2"]
    assert (waiting["done"], waiting["status"], waiting["days_left"], waiting["completed_on"]) == (
        "0", "due_soon", "11", "",
    )  # fmt: skip
    assert lines["C1", "committee.meeting", "2025Q3"]["status"] == "not_started"


def test_status_as_json_says_the_same_as_csv(filled: Type) -> None:
    listed = json.loads(filled("status --format json").out)
    assert [list(row) for row in listed[:1]] == [list(STATUS_COLUMNS)]
    as_text = [{name: "" if value is None else str(value) for name, value in row.items()} for row in listed]
    assert as_text == rows(filled("status").out)
    assert isinstance(listed[0]["done"], int)


def test_status_can_be_asked_of_one_unit_one_day_and_one_year(filled: Type) -> None:
    assert {row["unit"] for row in rows(filled("status --unit L1").out)} == {"L1"}
    early = rows(filled("status --unit C1 --as-of 2025-03-11 --year 2025").out)
    assert next(row["done"] for row in early if row["period"] == "2025Q1") == "0"
    assert filled("status --as-of 2025/6/19").out == filled("status").out
    settled = rows(filled("status --as-of 2026-03-01").out)
    assert not {"pending", "due_soon"} & {row["status"] for row in settled}


def test_status_as_known_at_an_earlier_moment_lacks_what_was_backfilled(demo: Type) -> None:
    def done(asked: str) -> int:
        answer = demo(f"status --as-of 2025-03-31 {asked}")
        assert answer.code == 0
        return sum(int(row["done"]) for row in rows(answer.out))

    assert done("--known-at 2025-04-05") < done("--known-at 2025-06-01T12:00:00+08:00") <= done("")
    assert done("--known-at 2026-02-01") == done("")
    assert demo("status --known-at 2024-06-01").out == f"{HEADER}\n"


def test_a_day_alone_means_what_was_known_by_its_end(demo: Type) -> None:
    assert demo("status --known-at 2025-04-09").out == demo("status --known-at 2025-04-09T23:59:59").out
    assert demo("status --known-at 2025-04-09").out == demo("status --known-at 2025-04-09T15:59:59Z").out


def test_the_fixed_date_of_the_environment_is_today(filled: Type, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANZE_TODAY", "2025-03-11")
    assert filled("status").out == filled("status --as-of 2025-03-11").out
    monkeypatch.delenv("ANZE_TODAY")
    today = datetime.now(LOCAL_ZONE).date()
    assert filled("status").out == filled(f"status --as-of {today}").out
    monkeypatch.setenv("ANZE_TODAY", "19 June")
    assert filled("status") == (
        1, "", "环境变量 ANZE_TODAY 的值“19 June”不是日期，请写成 2025-06-19 的形式。\n",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("status --unit X9", "单位“X9”不存在"),
        ("status --year 2031", "没有 2031 年的事项目录，现有年度：2025。"),
        ("import /no/such/folder", "找不到“"),
        ("account disable nobody", "没有用户名为“nobody”的账号。"),
        ("account add x1 --role king", "“king”不是可用的角色"),
        ("account add clerk9 --role committee --unit X9", "没有编码为“X9”的单位。"),
        ("account password admin --password short", "密码至少"),
        ("export records --output /no/such/folder/file.csv", "无法写入文件"),
    ],
)
def test_what_is_refused_ends_with_1_and_a_sentence_on_standard_error(
    filled: Type, line: str, said: str
) -> None:
    answer = filled(line)
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.count("\n") == 1
    assert said in answer.err


def test_a_bad_file_ends_with_1_and_lists_every_bad_row(filled: Type, tmp_path: Path) -> None:
    before = filled("status").out
    bad = tmp_path / "bad.csv"
    bad.write_text(
        record_lines("X9,committee_meeting,某日,,,,,,,,", "C1,tea,2025-04-01,,,,,,,,"), encoding="gb18030"
    )
    answer = filled(f"import '{bad.as_posix()}' --kind records")
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.splitlines() == [
        "bad.csv 第2行“单位”列：单位“X9”不存在，请填写单位编码或全称。",
        "bad.csv 第2行“日期”列：“某日”不是有效日期，请写成 2025-03-31 或 2025/3/31。",
        "bad.csv 第3行“事项”列：事项“tea”不存在，请填写事项编码或名称。",
    ]
    assert filled("status").out == before


def test_import_counts_in_its_last_line_and_a_dry_run_keeps_nothing(run: Type, folder: Path) -> None:
    path = folder.as_posix()
    assert run(f"import '{path}' --dry-run").out.splitlines() == [
        "（仅检查，未保存）",
        "新增 16，更新 0，未变 0",
    ]
    assert run(f"import '{path}'").out.splitlines()[-1] == "新增 16，更新 0，未变 0"
    (folder / "records.csv").write_text(RECORDS.replace("查封1处", "查封2处"), encoding="utf-8")
    assert run(f"import '{path}'").out.splitlines()[-1] == "新增 0，更新 1，未变 15"
    assert run(f"import '{path}'").out.splitlines()[-1] == "新增 0，更新 0，未变 16"


def test_import_takes_a_single_file_of_any_name_when_told_its_kind(run: Type, tmp_path: Path) -> None:
    (tmp_path / "单位 导出.csv").write_text(UNITS, encoding="utf-8-sig")
    answer = run(f"import '{(tmp_path / '单位 导出.csv').as_posix()}' --kind units")
    assert answer == (0, "新增 6，更新 0，未变 0\n", "")


def test_a_record_of_the_fixed_today_is_taken_in_and_one_of_tomorrow_is_not(
    filled: Type, tmp_path: Path
) -> None:
    for day, code in (("2025-06-19", 0), ("2025-06-20", 1)):
        (tmp_path / "records.csv").write_text(
            record_lines(f"C1,committee_meeting,{day},会,,,,,,,"), encoding="utf-8"
        )
        assert filled(f"import '{(tmp_path / 'records.csv').as_posix()}'").code == code


def test_export_taken_in_elsewhere_gives_byte_for_byte_the_same_status(
    demo: Type, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    days = ("2025-01-01", "2025-02-28", "2025-06-19", "2025-09-30", "2026-01-20")
    before = [demo(f"status --as-of {day}").out for day in days]
    target = tmp_path / "导出"
    target.mkdir()
    for kind in CITY:
        assert demo(f"export {kind} --output '{(target / kind).as_posix()}.csv'") == (0, "", "")
    monkeypatch.setenv("DATABASE_URL", sqlite_url(tmp_path / "other.db"))
    monkeypatch.setenv("ANZE_TODAY", "2026-01-20")
    assert demo("init --empty").code == 0
    assert demo(f"import '{target.as_posix()}'").code == 0
    assert [demo(f"status --as-of {day}").out for day in days] == before
    for kind in CITY:
        assert demo(f"export {kind}").out == (target / f"{kind}.csv").read_text(encoding="utf-8")


def test_accounts_are_made_listed_shut_out_let_in_and_given_passwords(filled: Type) -> None:
    added = filled("account add clerk --role committee --unit C1 --name 孟庆林")
    assert added.code == 0
    password = added.out.split("密码（只显示这一次）：")[1].strip()
    assert len(password) == 16
    assert "clerk,孟庆林,专委会,C1,启用" in filled("account list").out
    assert filled("account disable clerk") == (0, "账号 clerk 已停用。\n", "")
    assert "clerk,孟庆林,专委会,C1,停用" in filled("account list").out
    assert filled("account enable clerk").code == 0
    assert filled("account unlock clerk") == (0, "账号 clerk 已解除锁定。\n", "")
    given = filled("account password clerk --password 'correct horse battery'")
    assert "correct horse" not in given.out
    assert password not in filled("account password clerk").out


def test_verify_says_that_all_is_well_or_what_is_not(demo: Type, tmp_path: Path) -> None:
    well = demo("verify")
    assert (well.code, well.err) == (0, "")
    assert well.out.startswith("数据完好。\n变更日志末号与摘要：")
    with contextlib.closing(sqlite3.connect(tmp_path / "demonstration.db")) as stranger, stranger:
        stranger.execute("drop trigger journal_undeleted")
        stranger.execute("delete from change where id = 10")
    answer = demo("verify")
    assert (answer.code, answer.out) == (1, "")
    assert "变更日志缺少第 10 至 10 号。" in answer.err


def test_a_catalogue_goes_out_as_a_file_and_comes_in_as_another_year(run: Type, tmp_path: Path) -> None:
    run("init")
    file = tmp_path / "next.toml"
    assert run(f"export catalogue --year 2025 --output {file}").code == 0
    assert "未变 1" in run(f"import {file}").out
    text = file.read_text(encoding="utf-8").replace("year = 2025\n", "year = 2026\n")
    file.write_text(text, encoding="utf-8")
    assert "期限不在本年度" in run(f"import {file}").err
    file.write_text(text.replace("due = 2025", "due = 2026"), encoding="utf-8")
    assert "新增 1" in run(f"import {file} --dry-run").out
    assert "新增 1" in run(f"import {file}").out
    assert "2026Q1" in run("status --year 2026 --as-of 2026-02-01 --unit C01").out
    assert "2025" in run("export catalogue --year 2025").out
