"""Opening a database, reading it whole, writing it in units of work."""

import contextlib
import sqlite3
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from core.errors import ConfigurationError
from core.store.engine import Store, open_store
from core.store.journal import read_mark, set_mark
from core.store.records import add_records, all_records
from core.store.schema import ChangeRow, MarkRow, RecordRow
from core.store.unit_of_work import newest_change
from tests.city_examples import NOW, journal, local, meeting
from tests.conftest import sqlite_url


def test_sqlite_writes_ahead_and_checks_foreign_keys_and_waits_for_its_turn(lite_store: Store) -> None:
    with lite_store.reading() as reader:
        asked = [reader.session.scalar(text(f"pragma {name}")) for name in ("journal_mode", "foreign_keys")]
        patience = reader.session.scalar(text("pragma busy_timeout"))
    assert asked == ["wal", 1]
    assert patience >= 10_000


def test_a_version_of_a_change_that_is_not_there_is_refused(store: Store) -> None:
    with store.unit_of_work("某人", NOW) as work, pytest.raises(IntegrityError, match=r"(?i)foreign key"):
        add_records(work, [(1, meeting())])


def test_nothing_is_kept_unless_committed(store: Store) -> None:
    with store.unit_of_work("某人", NOW) as work:
        add_records(work, [(work.change("record.entered"), meeting())])
        set_mark(work, "试", "1")
    with store.reading() as reader:
        assert (newest_change(reader), all_records(reader), read_mark(reader, "试")) == (0, [], "")


def test_nothing_is_kept_of_a_unit_of_work_that_fails_half_way(store: Store) -> None:
    with contextlib.suppress(ZeroDivisionError), store.unit_of_work("某人", NOW) as work:
        work.change("record.entered")
        raise ZeroDivisionError
    assert journal(store) == []


def test_what_follows_a_commit_is_not_kept_either(store: Store) -> None:
    with store.unit_of_work("某人", NOW) as work:
        work.change("one")
        work.commit()
        work.change("two")
    assert [each.action for each in journal(store)] == ["one"]


def test_a_change_tells_who_did_what_when_and_why(store: Store) -> None:
    with store.unit_of_work("孟庆林", NOW) as work:
        work.change("record.voided", "C1 committee_meeting", "重复录入", {"day": NOW.date(), "count": 2})
        work.commit()
    (change,) = journal(store)
    assert (change.person, change.action, change.subject, change.reason) == (
        "孟庆林", "record.voided", "C1 committee_meeting", "重复录入",
    )  # fmt: skip
    assert change.at == NOW.astimezone(UTC).replace(tzinfo=None)
    assert change.detail == '{"day": "2025-06-19", "count": 2}'


def test_ids_of_changes_have_no_gaps_though_some_were_given_up(store: Store) -> None:
    for number in range(6):
        with store.unit_of_work("某人", NOW) as work:
            work.change("kept" if number % 2 else "given up")
            if number % 2:
                work.commit()
    assert [each.change_id for each in journal(store)] == [1, 2, 3]


def test_a_clock_set_back_does_not_turn_the_journal_round(store: Store) -> None:
    for moment in ("2025-04-20 09:00", "2025-04-20 08:00", "2025-04-20 10:00"):
        with store.unit_of_work("某人", local(moment)) as work:
            work.change("tick")
            work.commit()
    assert [each.at.hour for each in journal(store)] == [1, 1, 2]  # UTC


def test_a_reader_sees_one_state_throughout_though_others_write(store: Store) -> None:
    with store.reading() as reader:
        before = reader.session.scalar(select(func.count()).select_from(ChangeRow))
        with store.unit_of_work("别人", NOW) as work:
            add_records(work, [(work.change("record.entered"), meeting())])
            work.commit()
        after = reader.session.scalar(select(func.count()).select_from(ChangeRow))
        records = reader.session.scalar(select(func.count()).select_from(RecordRow))
    assert (before, after, records) == (0, 0, 0)
    assert len(journal(store)) == 1


def test_a_reader_cannot_write(store: Store) -> None:
    with store.reading() as reader, contextlib.suppress(DBAPIError):
        reader.session.execute(insert(MarkRow), [{"name": "试", "content": "1"}])
    with store.reading() as reader:
        assert read_mark(reader, "试") == ""


def test_many_threads_that_read_first_and_write_later_all_get_their_turn(store: Store) -> None:
    def write(name: str) -> None:
        for _ in range(5):
            with store.unit_of_work(name, NOW) as work:
                count = int(read_mark(work, "count") or 0)
                set_mark(work, "count", str(count + 1))
                work.change("counted")
                work.commit()

    threads = [threading.Thread(target=write, args=(f"线程{number}",)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.reading() as reader:
        assert (read_mark(reader, "count"), newest_change(reader)) == ("30", 30)
    assert [each.change_id for each in journal(store)] == list(range(1, 31))


def test_a_past_view_knows_only_what_was_committed_by_its_moment(store: Store) -> None:
    for place, moment in enumerate(("2025-04-01 09:00", "2025-04-20 09:00"), start=1):
        with store.unit_of_work("某人", local(moment)) as work:
            add_records(work, [(work.change("record.entered"), meeting(title=f"第{place}次"))])
            work.commit()
    with store.reading(local("2025-04-20 08:59")) as reader:
        assert [each.title for each in all_records(reader)] == ["第1次"]
    with store.reading(local("2025-04-20 09:00")) as reader:
        assert [each.title for each in all_records(reader)] == ["第1次", "第2次"]
    with store.reading(local("2025-03-31 00:00")) as reader:
        assert all_records(reader) == []


def test_a_moment_is_the_same_in_every_zone(store: Store) -> None:
    with store.unit_of_work("某人", local("2025-04-20 09:00")) as work:
        work.change("one")
        work.commit()
    as_utc = datetime(2025, 4, 20, 1, 0, tzinfo=UTC)
    naive_local = datetime(2025, 4, 20, 9, 0)  # noqa: DTZ001 - a naive moment is local
    for moment, known in ((as_utc, 1), (naive_local, 1), (as_utc - timedelta(seconds=1), 0)):
        with store.reading(moment) as reader:
            assert reader.known == known


def test_folders_for_a_new_sqlite_file_are_made(tmp_path: Path) -> None:
    store = open_store(sqlite_url(tmp_path / "深" / "处" / "anze.db"))
    store.close()
    assert (tmp_path / "深" / "处" / "anze.db").is_file()


@pytest.mark.parametrize("url", ["", "anze.db", "oracledb://x", "mysql+nonsense://x", "postgresql+none://x"])
def test_an_address_that_is_none_is_told_in_a_sentence(url: str) -> None:
    with pytest.raises(ConfigurationError, match="DATABASE_URL"):
        open_store(url)


def test_a_database_that_cannot_be_reached_is_told_without_its_password() -> None:
    with pytest.raises(ConfigurationError, match="无法打开数据库") as told:
        open_store("postgresql+psycopg://anze:geheim@127.0.0.1:9/anze?connect_timeout=2")
    assert "geheim" not in str(told.value)


def test_a_file_that_is_no_database_is_told_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "anze.db"
    file.write_bytes(b"this is a letter, not a database" * 100)
    with pytest.raises(ConfigurationError, match="无法打开数据库"):
        open_store(sqlite_url(file))
    assert file.read_bytes().startswith(b"this is a letter")


def test_a_folder_in_the_place_of_the_database_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="无法打开数据库"):
        open_store(sqlite_url(tmp_path))


def test_the_address_shown_hides_the_password(postgres_url: str) -> None:
    store = open_store(postgres_url.replace("tester@", "tester:geheim@"))
    assert "geheim" not in store.url
    store.close()


def test_a_closed_sqlite_database_is_one_whole_file(tmp_path: Path) -> None:
    store = open_store(sqlite_url(tmp_path / "anze.db"))
    with store.unit_of_work("某人", NOW) as work:
        work.change("one")
        work.commit()
    store.close()
    assert [each.name for each in tmp_path.iterdir()] == ["anze.db"]
    with sqlite3.connect(tmp_path / "anze.db") as connection:
        assert connection.execute("select count(*) from change").fetchone() == (1,)
    connection.close()
