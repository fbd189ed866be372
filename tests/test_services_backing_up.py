"""Backups: made while people write, brought back whole, refused where something would be lost."""

import contextlib
import sqlite3
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from core.auth import Actor, Role
from core.domain.attachments import Owner, OwnerKind
from core.errors import BackupError, ForbiddenError, NotFoundError
from core.services.attaching import read_images
from core.services.backing_up import (
    backups_in,
    keep_newest,
    make_backup,
    restore_backup,
    take_backup,
)
from core.services.verifying import verify
from core.store.copying import ending_of
from core.store.engine import Store, open_store
from core.store.records import all_records
from tests.backup_examples import NewUrl, lived_in, postgresql_databases, status_of
from tests.city_examples import ADMIN, NOW, OFFICE, enter, journal, meeting
from tests.conftest import missing, sqlite_url
from tests.postgres import find_binaries


@pytest.fixture(params=["sqlite", "postgresql"])
def new_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[NewUrl]:
    """Gives the address of an empty database each time."""
    if request.param == "sqlite":
        names = iter(f"{number}.db" for number in range(9))
        yield lambda: sqlite_url(tmp_path / "databases" / next(names))
        return
    binaries = find_binaries()
    if binaries is None or not (binaries / "pg_dump").exists():
        missing("pg_dump")
    with postgresql_databases(request.getfixturevalue("postgres_server")) as make:
        yield make


@pytest.fixture
def home(new_url: NewUrl) -> Iterator[Store]:
    store = lived_in(new_url())
    yield store
    store.close()


def copy_of(store: Store, folder: Path) -> Path:
    return make_backup(store, ADMIN, folder / f"copy{ending_of(store)}", now=NOW).path


def test_a_copy_brought_back_elsewhere_is_the_same_city_and_whole(
    home: Store, new_url: NewUrl, tmp_path: Path
) -> None:
    copy, elsewhere = copy_of(home, tmp_path), new_url()
    assert restore_backup(elsewhere, ADMIN, copy, replace=False, now=NOW) is None
    twin = open_store(elsewhere)
    assert status_of(twin) == status_of(home) != []
    assert verify(twin, ADMIN) == []
    owner = [Owner(OwnerKind.RECORD, "1")]
    assert read_images(twin, OFFICE, owner) == read_images(home, OFFICE, owner) != []
    assert journal(twin)[-1].action == "backup.restored"
    twin.close()


def test_a_copy_made_while_people_write_is_of_one_moment(
    home: Store, new_url: NewUrl, tmp_path: Path
) -> None:
    stop = threading.Event()
    written: list[int] = []

    def write() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            enter(home, meeting(title=f"第{number}次"), sure=True)
            written.append(number)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        copies = [make_backup(home, ADMIN, tmp_path, now=NOW).path for _ in range(3)]
    finally:
        stop.set()
        writer.join()
    assert len(written) > 2
    for copy in copies:
        url = new_url()
        restore_backup(url, ADMIN, copy, replace=False, now=NOW)
        twin = open_store(url)
        assert verify(twin, ADMIN) == []
        twin.close()


def test_a_database_that_holds_data_is_left_alone_unless_it_is_said(home: Store, tmp_path: Path) -> None:
    copy = copy_of(home, tmp_path)
    enter(home, meeting(title="备份之后"))
    address = home.engine.url.render_as_string(hide_password=False)
    home.close()
    with pytest.raises(BackupError, match="已有数据"):
        restore_backup(address, ADMIN, copy, replace=False, now=NOW)
    again = open_store(address)
    assert any("备份之后" in str(line) for line in titles(again))
    again.close()
    aside = restore_backup(address, ADMIN, copy, replace=True, now=NOW)
    again = open_store(address)
    assert "备份之后" not in titles(again)
    assert verify(again, ADMIN) == []
    again.close()
    if aside:
        old = open_store(sqlite_url(aside))
        assert "备份之后" in titles(old)
        old.close()


def titles(store: Store) -> list[str]:
    with store.reading() as reader:
        return [record.title for record in all_records(reader)]


def test_a_database_in_use_is_not_replaced(home: Store, tmp_path: Path) -> None:
    copy = copy_of(home, tmp_path)
    address = home.engine.url.render_as_string(hide_password=False)
    status_of(home)  # somebody has looked, so the store holds a connection
    with pytest.raises(BackupError, match="请先停止"):
        restore_backup(address, ADMIN, copy, replace=True, now=NOW)
    assert status_of(home)
    assert verify(home, ADMIN) == []


def test_a_copy_that_was_cut_or_altered_is_refused_and_changes_nothing(home: Store, tmp_path: Path) -> None:
    copy = copy_of(home, tmp_path)
    whole = copy.read_bytes()
    cut, letter = copy.with_name(f"cut{copy.suffix}"), copy.with_name("letter.db")
    cut.write_bytes(whole[: len(whole) // 2])
    letter.write_text("一封信", encoding="utf-8")
    address = home.engine.url.render_as_string(hide_password=False)
    before = status_of(home)
    home.close()
    for file in (cut, letter, tmp_path / "nowhere.db"):
        with pytest.raises(BackupError):
            restore_backup(address, ADMIN, file, replace=True, now=NOW)
    again = open_store(address)
    assert status_of(again) == before
    again.close()
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith(".")] == []


def test_only_the_newest_copies_stay_and_files_of_other_names_are_left_alone(
    home: Store, tmp_path: Path
) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    (folder / "报告.db").write_bytes(b"x")
    for day in range(4):
        make_backup(home, ADMIN, folder, now=NOW + timedelta(days=day))
    assert len(backups_in(ADMIN, folder)) == 4
    gone = keep_newest(home, ADMIN, folder, 2, now=NOW)
    assert [each.name[5:13] for each in backups_in(ADMIN, folder)] == ["20250622", "20250621"]
    assert len(gone) == 2
    assert (folder / "报告.db").exists()
    assert [each.action for each in journal(home)][-2:] == ["backup.dropped", "backup.dropped"]


def test_two_copies_of_one_second_do_not_meet(home: Store, tmp_path: Path) -> None:
    names = {make_backup(home, ADMIN, tmp_path, now=NOW).name for _ in range(3)}
    assert len(names) == 3


def test_what_is_taken_away_is_found_by_name_only_and_written_down(home: Store, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    made = make_backup(home, ADMIN, folder, now=NOW)
    (tmp_path / "anze-20250101-000000.db").write_bytes(b"elsewhere")
    assert take_backup(home, ADMIN, folder, made.name, now=NOW) == made.path
    assert journal(home)[-1].subject == made.name
    for name in ("", "..", "../anze-20250101-000000.db", "/etc/passwd", "anze-20250101-000000.db"):
        with pytest.raises(NotFoundError):
            take_backup(home, ADMIN, folder, name, now=NOW)


def test_a_slip_of_the_finger_overwrites_neither_the_database_nor_a_letter(
    lite_store: Store, tmp_path: Path
) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("一封信", encoding="utf-8")
    for target in (tmp_path / "anze.db", letter, tmp_path / "no" / "such" / "folder.db"):
        with pytest.raises(BackupError):
            make_backup(lite_store, ADMIN, target, now=NOW)
    assert letter.read_text(encoding="utf-8") == "一封信"
    assert [each.succeeded for each in journal(lite_store)] == [False, False, False]
    assert verify(lite_store, ADMIN) == []


def test_an_earlier_copy_of_the_same_name_is_replaced(lite_store: Store, tmp_path: Path) -> None:
    first = copy_of(lite_store, tmp_path).read_bytes()
    second = copy_of(lite_store, tmp_path).read_bytes()
    assert first != second
    assert sorted(each.name for each in tmp_path.iterdir() if "copy" in each.name) == ["copy.db"]


def test_a_copy_of_a_newer_program_is_refused(lite_store: Store, tmp_path: Path) -> None:
    copy = copy_of(lite_store, tmp_path)
    with contextlib.closing(sqlite3.connect(copy)) as newer, newer:
        newer.execute("update alembic_version set version_num = '9999'")
    with pytest.raises(BackupError, match="更新版本的程序"):
        restore_backup(sqlite_url(tmp_path / "new.db"), ADMIN, copy, replace=False, now=NOW)
    assert not (tmp_path / "new.db").exists()


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMIN])
def test_only_an_administrator_restores(role: Role, tmp_path: Path) -> None:
    with pytest.raises(ForbiddenError):
        restore_backup("sqlite://", Actor("x", "某人", role), tmp_path / "x.db", replace=True, now=NOW)
