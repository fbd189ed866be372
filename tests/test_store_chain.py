"""The journal's chain: what the database refuses, and what verifying finds where somebody got around it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from alembic import command
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.exc import DatabaseError

from core.services.verifying import journal_head, verify
from core.store.engine import Store, _engine, open_store
from core.store.journal import replay_changes
from core.store.migrating import _config, _only_process
from core.store.schema import ChangeRow, MarkRow, RecordRow
from core.store.unit_of_work import UnitOfWork
from tests.city_examples import ADMIN, NOW, enter, meeting
from tests.tampering import unguard

Harm = Callable[[UnitOfWork], object]


def ticks(store: Store, number: int = 4) -> None:
    """A journal of a few entries after the first."""
    with store.unit_of_work("某人", NOW) as work:
        for _ in range(number):
            work.change("tick", "C1", "原因", {"before": {"a": 1}, "after": {"a": 2}})
        work.commit()


def harm_unguarded(store: Store, harm: Harm) -> list[str]:
    """Alter the tables as their owner could, and verify."""
    with store.unit_of_work("破坏者", NOW) as work:
        unguard(work)
        harm(work)
        work.commit()
    return verify(store, ADMIN)


@pytest.mark.parametrize(
    "harm",
    [
        update(ChangeRow).where(ChangeRow.id == 2).values(person="别人"),
        update(ChangeRow).values(digest="0"),
        delete(ChangeRow).where(ChangeRow.id == 5),
    ],
    ids=["altering", "sealing anew", "deleting"],
)
def test_the_database_refuses_to_alter_or_remove_an_entry(city: Store, harm: object) -> None:
    ticks(city)
    with city.unit_of_work("破坏者", NOW) as work, pytest.raises(DatabaseError, match="append-only"):
        work.session.execute(harm)  # type: ignore[call-overload]
    assert verify(city, ADMIN) == []


@pytest.mark.parametrize(
    "altered",
    [
        {"person": "别人"}, {"at": NOW.replace(tzinfo=None)}, {"action": "tock"}, {"subject": "C2"},
        {"reason": ""}, {"detail": "{}"}, {"address": "10.0.0.9"}, {"succeeded": False}, {"payload": "x"},
        {"digest": "0" * 64},
    ],
    ids=lambda altered: next(iter(altered)),
)  # fmt: skip
def test_the_first_altered_entry_is_named_whatever_was_altered(
    town: Store, altered: dict[str, object]
) -> None:
    ticks(town)
    said = harm_unguarded(
        town, lambda work: work.session.execute(update(ChangeRow).where(ChangeRow.id >= 3).values(**altered))
    )
    assert "变更日志第 3 号被改动过，或与前一号衔接不上。" in said
    assert not [each for each in said if "第 4 号被改动过" in each]


def test_entries_cut_off_at_the_end_are_missed(city: Store) -> None:
    ticks(city)
    said = harm_unguarded(city, lambda work: work.session.execute(delete(ChangeRow).where(ChangeRow.id >= 4)))
    assert said == ["变更日志末尾缺少第 4 至 5 号。"]


def test_an_entry_slipped_in_at_the_end_is_noticed(city: Store) -> None:
    row = {"id": 2, "at": NOW, "person": "甲", "action": "tick", "subject": "", "reason": "", "detail": "{}"}
    said = harm_unguarded(city, lambda work: work.session.execute(insert(ChangeRow), [row]))
    assert "变更日志第 2 至 2 号不是由本程序写入的。" in said


@pytest.mark.parametrize("content", ["", "nonsense", "1:0"])
def test_a_forged_head_is_noticed(city: Store, content: str) -> None:
    mark = update(MarkRow).where(MarkRow.name == "journal_head").values(content=content)
    assert harm_unguarded(city, lambda work: work.session.execute(mark))


def test_a_record_altered_behind_the_journals_back_is_noticed(city: Store) -> None:
    enter(city, meeting())
    harm = update(RecordRow).where(RecordRow.begun_by == 2).values(title="改过的标题")
    assert harm_unguarded(city, lambda work: work.session.execute(harm)) == [
        "变更日志第 2 号写入的数据被改动过，与日志不符。"
    ]


def test_a_voided_record_brought_back_behind_the_journals_back_is_noticed(city: Store) -> None:
    kept = enter(city, meeting())
    with city.unit_of_work("某人", NOW) as work:
        change = work.change("record.voided", "C1", "重复")
        row = work.session.scalars(select(RecordRow).where(RecordRow.record_id == kept.record_id)).one()
        work.end(row, change)
        work.commit()
    back = update(RecordRow).where(RecordRow.record_id == kept.record_id).values(ended_by=None)
    said = harm_unguarded(city, lambda work: work.session.execute(back))
    assert "变更日志第 3 号写入的数据被改动过，与日志不符。" in said


def test_an_entry_holds_what_was_before_and_after(city: Store) -> None:
    enter(city, meeting())
    with city.reading() as reader:
        detail = reader.session.scalar(select(ChangeRow.detail).where(ChangeRow.id == 2)) or ""
    assert '"after": [{"table": "record"' in detail
    assert meeting().title in detail


def test_replayed_changes_are_chained_too(store: Store) -> None:
    moments = [(NOW.replace(tzinfo=None) + timedelta(minutes=n), "甲", "tick", "") for n in range(50)]
    with store.unit_of_work("系统", NOW) as work:
        replay_changes(work, moments)
        work.change("tick")
        work.commit()
    assert verify(store, ADMIN) == []
    assert journal_head(store, ADMIN).startswith("51:")


def test_nothing_is_kept_or_sealed_without_a_commit(city: Store) -> None:
    head = journal_head(city, ADMIN)
    with city.unit_of_work("某人", NOW) as work:
        work.change("tick")
    assert journal_head(city, ADMIN) == head
    assert verify(city, ADMIN) == []


def test_a_journal_written_before_there_was_a_chain_is_chained_when_it_is_opened(database_url: str) -> None:
    engine = _engine(database_url)
    with _only_process(engine) as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0006")
        old = "insert into change (id, at, person, action, subject, reason, detail) values "
        for number in (1, 2, 3):
            moment = f"2025-06-1{number} 04:00:00.000000"
            connection.execute(text(f"{old} ({number}, '{moment}', '某人', 'tick', 'C1', '', '{{}}')"))
    engine.dispose()
    store = open_store(database_url)
    ticks(store)
    assert verify(store, ADMIN) == []
    assert journal_head(store, ADMIN).startswith("7:")
    said = harm_unguarded(
        store,
        lambda work: work.session.execute(update(ChangeRow).where(ChangeRow.id == 2).values(person="乙")),
    )
    assert said == ["变更日志第 2 号被改动过，或与前一号衔接不上。"]
    store.close()
