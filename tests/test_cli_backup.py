"""Backup and restore on the command line: the drill that an office carries out."""

from pathlib import Path

import pytest

from tests.cli_examples import Type, typing_in
from tests.conftest import sqlite_url


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, demonstration_url: str) -> Type:
    """A command line over the demonstration city."""
    monkeypatch.setenv("DATABASE_URL", demonstration_url)
    return typing_in(capsys)


def test_the_restore_drill_gives_byte_for_byte_the_same_status_and_a_whole_database(
    run: Type, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "今天.db"
    answer = run(f"backup '{copy.as_posix()}'")
    assert (answer.code, answer.err) == (0, "")
    assert "备份完成" in answer.out
    before = run("status --as-of 2025-06-19").out
    for prepare in ("", "init --empty"):
        monkeypatch.setenv("DATABASE_URL", sqlite_url(tmp_path / f"new{len(prepare)}.db"))
        assert not prepare or run(prepare).code == 0
        assert run(f"restore '{copy.as_posix()}'") == (0, "已从备份恢复，所有人须重新登录。\n", "")
        assert run("status --as-of 2025-06-19").out == before
        assert run("verify").out.startswith("数据完好。")


def test_a_database_with_data_is_replaced_only_when_it_is_said_and_is_set_aside(
    run: Type, tmp_path: Path
) -> None:
    copy = (tmp_path / "copy.db").as_posix()
    assert run(f"backup '{copy}'").code == 0
    assert run("account disable leader").code == 0
    refused = run(f"restore '{copy}'")
    assert (refused.code, refused.out) == (1, "")
    assert "--replace" in refused.err
    assert "leader,秦立新,领导,T00,停用" in run("account list").out
    done = run(f"restore '{copy}' --replace")
    assert done.code == 0
    assert "原来的数据库文件保存在" in done.out
    assert "leader,秦立新,领导,T00,启用" in run("account list").out
    assert len(list(tmp_path.glob("demonstration-before-*.db"))) == 1


def test_a_folder_keeps_the_newest_copies(run: Type, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    for _ in range(4):
        assert run(f"backup '{folder.as_posix()}' --keep 2").code == 0
    assert len(list(folder.iterdir())) == 2


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("restore /no/such/file.db", 1, "找不到备份文件"),
        ("backup /no/such/folder/x.db", 1, "无法写入"),
        ("backup x --keep 0", 2, "不小于1的整数"),
        ("backup", 2, "缺少参数"),
    ],
)
def test_what_cannot_be_is_said(run: Type, line: str, code: int, said: str) -> None:
    answer = run(line)
    assert (answer.code, answer.out) == (code, "")
    assert said in answer.err


def test_a_damaged_database_is_replaced_by_its_copy(
    run: Type, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy, broken = (tmp_path / "copy.db").as_posix(), tmp_path / "broken.db"
    assert run(f"backup '{copy}'").code == 0
    broken.write_bytes(b"SQLite format 3\x00" + b"\xff" * 50_000)
    monkeypatch.setenv("DATABASE_URL", sqlite_url(broken))
    assert run("status").code == 1
    assert run(f"restore '{copy}'").code == 1
    assert run(f"restore '{copy}' --replace").code == 0
    assert run("verify").code == 0
    assert [each.read_bytes()[16:20] for each in tmp_path.glob("broken-before-*.db")] == [b"\xff" * 4]


def test_an_account_is_bound_to_the_name_that_the_identity_provider_knows(run: Type) -> None:
    assert "已绑定单点登录标识“qin”" in run("account bind leader --identity qin").out
    told = run("account bind office --identity qin")
    assert (told.code, "已经绑定账号“leader”" in told.err) == (1, True)
    assert "已解除单点登录绑定" in run("account bind leader").out
