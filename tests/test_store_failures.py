"""What can go wrong below: a full disk, a file that is read-only, locked or damaged, a database that is away.

Each is provoked for real, said in one sentence, leaves nothing half kept, and is over when it is over.
"""

import contextlib
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import IntegrityError, OperationalError

from core.config import ROOT
from core.domain.attachments import Owner, OwnerKind
from core.errors import BackupError, DamagedError, Fault, StoreError
from core.services.attaching import add_attachment, open_attachment
from core.services.backing_up import make_backup, restore_backup
from core.services.opening import answers
from core.services.verifying import verify
from core.store import engine
from core.store.engine import Store, open_store
from core.store.failures import fault_of, translated
from tests.city_examples import ADMIN, NOW, OFFICE, enter, journal, meeting, take_in
from tests.conftest import missing, sqlite_url
from tests.hazard_examples import picture
from tests.postgres import find_binaries, running_cluster

PAGE = 4096


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The small city in a SQLite file that nobody has open."""
    store = open_store(sqlite_url(tmp_path / "anze.db"))
    take_in(store)
    store.close()
    return tmp_path / "anze.db"


@contextmanager
def opened(file: Path) -> Iterator[Store]:
    store = open_store(sqlite_url(file))
    yield store
    store.close()


def test_a_full_disk_is_said_keeps_nothing_half_and_is_over_when_there_is_room(file: Path) -> None:
    limit = [file.stat().st_size // PAGE + 2]
    with opened(file) as store:
        event.listen(store.engine, "begin", lambda c: c.exec_driver_sql(f"pragma max_page_count={limit[0]}"))
        before = journal(store)
        with pytest.raises(StoreError, match="磁盘已满") as told:
            enter(store, replace(meeting(), note="长" * 9_000))
        assert told.value.fault == Fault.FULL
        assert journal(store) == before
        assert answers(store)
        limit[0] = 1_000_000
        enter(store, replace(meeting(), note="长" * 9_000))
        assert verify(store, ADMIN) == []


_LIMITED = """
import resource, signal, sys
from pathlib import Path
from core.errors import SupervisionError
from core.auth import KEEPER
from core.services.backing_up import make_backup
from core.store.engine import open_store
from tests.city_examples import NOW
store = open_store(sys.argv[1])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    make_backup(store, KEEPER, Path(sys.argv[2]), now=NOW)
except SupervisionError as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="this limit is of Unix")
def test_a_backup_that_does_not_fit_is_said_and_leaves_no_half_file(file: Path, tmp_path: Path) -> None:
    target = tmp_path / "away" / "copy.db"
    target.parent.mkdir()
    command = [sys.executable, "-c", _LIMITED, sqlite_url(file), str(target)]
    done = subprocess.run(
        command, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "无法写入" in done.stdout
    assert list(target.parent.iterdir()) == []


@contextmanager
def not_ours_to_write(file: Path) -> Iterator[None]:
    """A file and folder that this process may only read; root first becomes somebody else."""
    kept = file.stat().st_mode, file.parent.stat().st_mode
    file.chmod(0o444)
    file.parent.chmod(0o555)
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    try:
        if root:
            os.seteuid(65534)
        yield
    finally:
        if root:
            os.seteuid(0)
        file.chmod(kept[0])
        file.parent.chmod(kept[1])


@pytest.mark.skipif(sys.platform == "win32", reason="rights are others there")
def test_a_file_that_may_only_be_read_is_said_and_can_still_be_looked_at() -> None:
    # Not pytest's folder: its parents are closed to everybody else, and somebody else is who we become.
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = open_store(sqlite_url(folder / "anze.db"))
        take_in(store)
        with store.reading():  # the file's companions stay, as they do under a running server
            store.engine.dispose()
            with not_ours_to_write(folder / "anze.db"):
                for companion in folder.iterdir():
                    assert os.access(companion, os.R_OK)
                with pytest.raises(StoreError) as told:
                    enter(store, meeting())
        assert told.value.fault in (Fault.READ_ONLY, Fault.AWAY)
        assert "没有保存" in str(told.value)
        enter(store, meeting())
        store.close()


def test_a_file_that_somebody_holds_is_said_after_a_while(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "_BUSY_MILLISECONDS", 200)
    with opened(file) as store, contextlib.closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("begin immediate")
        with pytest.raises(StoreError, match="正忙") as told:
            enter(store, meeting())
        assert told.value.fault == Fault.BUSY
        assert answers(store)
        other.execute("rollback")
        enter(store, meeting())


def spoil(file: Path, table: str) -> None:
    """Overwrite the pages of a table, as a dying disk does."""
    with contextlib.closing(sqlite3.connect(file)) as stranger:
        query = "select rootpage from sqlite_master where name = ?"
        root = stranger.execute(query, [table]).fetchone()[0]
    with file.open("r+b") as raw:
        raw.seek((root - 1) * PAGE)
        raw.write(b"\xa5" * PAGE)


def test_a_damaged_page_is_said_named_by_verify_and_healed_by_a_backup(file: Path, tmp_path: Path) -> None:
    with opened(file) as store:
        copy = make_backup(store, ADMIN, tmp_path / "copy.db", now=NOW).path
    spoil(file, "record_version")
    with opened(file) as store:
        with pytest.raises(StoreError, match="数据库文件已损坏"):
            enter(store, meeting())
        damages = verify(store, ADMIN)
        assert any("数据库文件" in each for each in damages)
    restore_backup(sqlite_url(file), ADMIN, copy, replace=True, now=NOW)
    with opened(file) as store:
        assert verify(store, ADMIN) == []
        enter(store, meeting())


def test_a_damaged_attachment_is_not_given_out_and_is_healed_by_the_same_file(store: Store) -> None:
    take_in(store)
    owner = Owner(OwnerKind.RECORD, "1")
    kept = add_attachment(store, OFFICE, owner, picture(7), now=NOW)
    with store.unit_of_work("磁盘", NOW) as work:
        work.session.execute(text("update attachment_blob set content = :bytes"), {"bytes": b"\xa5" * 50})
        work.commit()
    with pytest.raises(DamagedError, match="重新上传原文件"):
        open_attachment(store, OFFICE, kept.version_id)
    assert [each for each in verify(store, ADMIN) if "现场" in each]
    again = add_attachment(store, OFFICE, owner, picture(7), now=NOW)
    assert again.version_id == kept.version_id
    assert open_attachment(store, OFFICE, kept.version_id)[1]
    assert verify(store, ADMIN) == []
    assert journal(store)[-1].action == "attachment.mended"


def test_postgresql_away_is_said_and_the_store_comes_back_by_itself() -> None:
    binaries = find_binaries()
    if binaries is None:
        missing("PostgreSQL (set PG_BIN to the folder of initdb)")
    with running_cluster(binaries, speed=()) as cluster:
        store = open_store(cluster.url)
        take_in(store)
        before = journal(store)
        cluster.stop()
        with pytest.raises(StoreError, match="数据库暂时连不上") as told:
            enter(store, meeting())
        assert told.value.fault == Fault.AWAY
        assert not answers(store)
        cluster.start()
        assert journal(store) == before
        enter(store, meeting())
        assert verify(store, ADMIN) == []
        store.close()


def test_a_clock_set_back_keeps_the_journal_in_order_and_people_signed_in(store: Store) -> None:
    take_in(store)
    enter(store, meeting(title="钟走快了"), now=NOW + timedelta(days=2))
    enter(store, meeting(title="钟拨回来"), now=NOW, sure=True)
    moments = [each.at for each in journal(store)]
    assert moments == sorted(moments)
    assert verify(store, ADMIN) == []


def test_a_mistake_of_the_program_is_not_taken_for_one_of_the_database(lite_store: Store) -> None:
    with pytest.raises(OperationalError), lite_store.reading() as reader:
        reader.session.execute(text("select * from nowhere"))
    with pytest.raises(IntegrityError), lite_store.unit_of_work("某人", NOW) as work:
        work.session.execute(text("insert into mark values ('一', '1'), ('一', '2')"))


def test_a_driver_below_the_pool_is_understood_too() -> None:
    error = sqlite3.OperationalError("database or disk is full")
    error.sqlite_errorcode = sqlite3.SQLITE_FULL
    assert fault_of(error) == Fault.FULL
    with pytest.raises(StoreError), translated():
        raise error


def test_a_folder_that_refuses_a_backup_is_said(file: Path) -> None:
    with opened(file) as store, pytest.raises(BackupError, match="无法写入"):
        make_backup(store, ADMIN, file / "in-a-file.db", now=NOW)
