"""Everything that the journal keeps of a change has a Chinese name for its readers."""

import pkgutil
from importlib import import_module

import core.store
from core.auth import OPERATOR
from core.domain.journal_words import column_name
from core.services.journalling import read_journal
from core.store.engine import Store
from core.store.schema import Versioned
from tests.browser.test_every_page import is_spoken
from tests.city_examples import AUDITOR

NOT_TOLD = {"version_id", "begun_by", "ended_by", "record_id", "media_type", "sha256", "detail"}


def test_every_column_of_every_kept_table_has_a_name() -> None:
    for module in pkgutil.iter_modules(core.store.__path__):
        import_module(f"core.store.{module.name}")
    unnamed = [
        f"{table}.{column.key}"
        for row in Versioned.__subclasses__()
        for table in [row.__tablename__.removesuffix("_version")]
        for column in row.__table__.columns
        if column.key not in NOT_TOLD and column_name(table, column.key) is None
    ]
    assert unnamed == []


def test_no_page_of_the_demonstrations_journal_speaks_english(demonstration: Store) -> None:
    _, count = read_journal(demonstration, AUDITOR)
    lines, _ = read_journal(demonstration, AUDITOR, limit=count)
    told = {f"{line.action} {line.subject} {line.reason} {line.content}" for line in lines}
    assert len(lines) > 2000
    assert {text for text in told if not is_spoken(text)} == set()
    assert OPERATOR.username not in {line.person for line in lines}
