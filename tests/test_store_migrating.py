"""Migrations: by themselves, once, whoever starts together; and the schema they make is the program's."""

import importlib
import os
import pkgutil
import subprocess
import sys
import threading

import pytest
from alembic.autogenerate import compare_metadata
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Boolean, inspect, text

import core.store
from core.config import ROOT
from core.errors import ConfigurationError
from core.store import schema
from core.store.engine import Store, open_store
from core.store.migrating import newest_revision
from tests.city_examples import NOW, journal, take_in

LONGEST_NAME = 30
_START = "import sys; from core.store.engine import open_store; open_store(sys.argv[1]).close()"
_START_AND_TELL = f"import logging; logging.basicConfig(level='INFO'); {_START}"


def revision_of(store: Store) -> str:
    with store.reading() as reader:
        return str(reader.session.scalar(text("select version_num from alembic_version")))


def test_a_database_is_brought_to_the_newest_form_when_it_is_opened(store: Store) -> None:
    assert revision_of(store) == newest_revision()


def test_opening_again_changes_nothing(database_url: str) -> None:
    first = open_store(database_url)
    take_in(first)
    before = journal(first)
    first.close()
    second = open_store(database_url)
    assert journal(second) == before
    second.close()


def test_the_schema_of_the_program_is_the_one_the_migrations_make(store: Store) -> None:
    for module in pkgutil.iter_modules(core.store.__path__):
        importlib.import_module(f"core.store.{module.name}")
    with store.reading() as reader:
        context = MigrationContext.configure(reader.session.connection(), opts={"compare_type": True})
        assert compare_metadata(context, schema.Base.metadata) == []


def test_names_are_lower_case_and_short_enough_for_every_database() -> None:
    for table in schema.Base.metadata.tables.values():
        names = [table.name, *(column.name for column in table.columns)]
        names += [str(index.name) for index in table.indexes]
        names += [str(constraint.name) for constraint in table.constraints if constraint.name]
        assert all(name == name.lower() and len(name) <= LONGEST_NAME for name in names), names


def test_a_boolean_has_a_default_that_both_databases_know(store: Store) -> None:
    with store.reading() as reader:
        inspector = inspect(reader.session.connection())
        for table in schema.Base.metadata.tables.values():
            defaults = {each["name"]: each["default"] for each in inspector.get_columns(table.name)}
            flags = [column.name for column in table.columns if isinstance(column.type, Boolean)]
            assert all(defaults[flag] is not None for flag in flags)


def test_processes_that_start_together_all_find_one_whole_database(database_url: str) -> None:
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", _START, database_url]
    started = [
        subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) for _ in range(3)
    ]
    said = [process.communicate(timeout=60)[1] for process in started]
    assert [(process.returncode, text) for process, text in zip(started, said, strict=True)] == [(0, "")] * 3
    store = open_store(database_url)
    assert revision_of(store) == newest_revision()
    store.close()


def test_of_processes_that_start_together_exactly_one_migrates(database_url: str) -> None:
    command = [sys.executable, "-c", _START_AND_TELL, database_url]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    started = [
        subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) for _ in range(4)
    ]
    said = [process.communicate(timeout=120)[1] for process in started]
    assert [process.returncode for process in started] == [0] * 4
    assert sorted(text.count("migrating from") for text in said) == [0, 0, 0, 1]


def test_threads_that_start_together_all_find_one_whole_database(database_url: str) -> None:
    failures: list[BaseException] = []

    def start() -> None:
        try:
            open_store(database_url).close()
        except BaseException as error:  # noqa: BLE001 - whatever it is, the test shows it
            failures.append(error)

    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_a_database_newer_than_the_program_is_refused_in_a_sentence_and_left_alone(database_url: str) -> None:
    store = open_store(database_url)
    with store.unit_of_work("未来", NOW) as work:
        work.change("found")
        work.session.execute(text("update alembic_version set version_num = '9999'"))
        work.commit()
    store.close()
    with pytest.raises(ConfigurationError, match="更新版本的程序"):
        open_store(database_url)


def test_a_migration_that_fails_leaves_nothing_half_made(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The last step of the last migration fails: the first migration's tables must go with it.
    make = Operations.create_table

    def fail_at_the_end(self: Operations, name: str, *columns: object, **given: object) -> object:
        if name == "sign_in_attempt":
            raise OSError("the disk is full")
        return make(self, name, *columns, **given)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(Operations, "create_table", fail_at_the_end)
        with pytest.raises(ConfigurationError):
            open_store(database_url)
    store = open_store(database_url)
    assert revision_of(store) == newest_revision()
    store.close()
