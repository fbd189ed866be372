"""The command line as a program: wrong usage, real processes, and a second year added as a file."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from core.config import ROOT
from core.domain.catalogue import FOLDER
from core.store.engine import open_store
from tests.city_examples import CITY, record_lines
from tests.cli_examples import typing_in
from tests.conftest import sqlite_url


def run_program(
    *arguments: str, url: str, folder: Path = ROOT, **more: str
) -> subprocess.CompletedProcess[bytes]:
    """Run `python -m core …` as a process of its own, in an environment that speaks no UTF-8."""
    return subprocess.run(
        [sys.executable, "-m", "core", *arguments],
        cwd=folder,
        env=environment(url, more),
        capture_output=True,
        check=False,
        timeout=120,
    )


def environment(url: str, more: Mapping[str, str]) -> dict[str, str]:
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHON"))
    }
    speechless = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    return {**kept, **speechless, "DATABASE_URL": url, **more}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("", "缺少参数"),
        ("dance", "不可用，可选"),
        ("status --format xml", "不可用，可选"),
        ("status --as-of yesterday", "“yesterday”不是有效日期"),
        ("status --as-of 2025-02-29", "不是有效日期"),
        ("status --as-of ''", "日期不能为空"),
        ("status --known-at later", "“later”不是时刻"),
        ("status --year twenty", "应为数字"),
        ("status --unknown", "多余的参数"),
        ("import", "缺少参数"),
        ("import a.csv --kind people", "不可用，可选"),
        ("export", "缺少参数"),
        ("export people", "不可用，可选"),
        ("account", "缺少参数"),
        ("account add", "缺少参数"),
        ("account dance", "不可用，可选"),
        ("account password", "缺少参数"),
        ("init now", "多余的参数"),
    ],
)
def test_wrong_usage_ends_with_2_and_a_chinese_sentence_and_touches_no_database(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str, said: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", sqlite_url(tmp_path / "anze.db"))
    answer = typing_in(capsys)(line)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("用法有误：")
    assert said in answer.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "line", ["--help", "init -h", "import --help", "status -h", "export -h", "account -h"]
)
def test_help_is_given_in_chinese_and_ends_with_0(capsys: pytest.CaptureFixture[str], line: str) -> None:
    answer = typing_in(capsys)(line)
    assert answer.code == 0
    assert answer.out.startswith("用法：python -m core")
    assert not {"usage", "options", "arguments", "show this"} & set(answer.out.split())


def test_a_real_process_ends_with_0_1_or_2_and_writes_utf_8_whatever_the_system_speaks(
    tmp_path: Path,
) -> None:
    url = sqlite_url(tmp_path / "anze.db")
    done = run_program("init", "--empty", url=url)
    refused = run_program("status", "--unit", "X9", url=url)
    wrong = run_program("status", "--as-of", "某日", url=url)
    assert [each.returncode for each in (done, refused, wrong)] == [0, 1, 2]
    assert "数据库已就绪。\n".encode() in done.stdout
    assert refused.stderr.decode().strip() == "单位“X9”不存在，或您无权查看。"
    assert refused.stdout == b""
    assert "用法有误" in wrong.stderr.decode()


def test_a_database_that_cannot_be_opened_ends_with_1_and_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "anze.db").write_bytes(b"no database" * 1000)
    answer = run_program("status", url=sqlite_url(tmp_path / "anze.db"))
    assert answer.returncode == 1
    assert answer.stderr.decode().startswith("无法打开数据库")
    assert answer.stderr.count(b"\n") == 1


def test_two_processes_that_found_one_database_together_make_one_demonstration(database_url: str) -> None:
    command = [sys.executable, "-m", "core", "init"]
    started = [
        subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment(database_url, {}),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for _ in range(2)
    ]
    said = [process.communicate(timeout=120) for process in started]
    assert [process.returncode for process in started] == [0, 0], said
    store = open_store(database_url)
    with store.reading() as reader:
        session = reader.session.connection()
        found = session.exec_driver_sql("select count(*) from change where action = 'found'").scalar()
        accounts = session.exec_driver_sql("select count(*) from account").scalar()
    store.close()
    assert (found, accounts) == (1, 8)


def test_the_program_writes_nothing_beside_its_database(tmp_path: Path) -> None:
    run_program("init", "--empty", url=sqlite_url(tmp_path / "anze.db"))
    assert [each.name for each in tmp_path.iterdir()] == ["anze.db"]


def test_a_second_year_is_added_as_a_file_without_touching_code(tmp_path: Path) -> None:
    project = tmp_path / "project"
    shutil.copytree(ROOT / "core", project / "core", ignore=shutil.ignore_patterns("__pycache__"))
    catalogues = project / FOLDER.relative_to(ROOT)
    text = (FOLDER / "2025.toml").read_text(encoding="utf-8")
    (catalogues / "2026.toml").write_text(text.replace("2025", "2026"), encoding="utf-8", newline="\n")
    files = tmp_path / "files"
    files.mkdir()
    records = record_lines("C1,committee_meeting,2026-03-12,第一季度工作会议,,,,,,,")
    for kind, content in (CITY | {"records": records}).items():
        (files / f"{kind}.csv").write_text(content, encoding="utf-8")
    given = {"url": sqlite_url(tmp_path / "anze.db"), "folder": project, "ANZE_TODAY": "2026-03-20"}
    assert run_program("import", str(files), **given).returncode == 0  # type: ignore[arg-type]
    asked = run_program("status", "--year", "2026", "--unit", "C1", **given)  # type: ignore[arg-type]
    lines = asked.stdout.decode().splitlines()
    assert "C1,危险化学品专委会,committee.meeting,专委会工作会议,2026Q1,1,1,met,已完成,,2026-03-12" in lines
    assert run_program("status", "--unit", "C1", **given).stdout == asked.stdout  # type: ignore[arg-type]
    last_year = run_program("status", "--year", "2025", "--unit", "C1", **given)  # type: ignore[arg-type]
    assert "2025Q1,1,0,missed" in last_year.stdout.decode()
    assert date(2026, 3, 20).isoformat() not in last_year.stdout.decode()
