"""Founding a database: the demonstration city as it was typed in, or a real one with its administrator."""

from datetime import date, timedelta

import pytest

from core.auth import Actor, Role
from core.config import local_moment
from core.domain.catalogue import catalogues
from core.domain.records import RecordSearch
from core.services import passwords
from core.services.accounts import DEMONSTRATION_ACCOUNTS, list_accounts
from core.services.founding import found, is_demonstration
from core.services.judging import Question
from core.services.recording import find_records
from core.services.scoreboard import cells_for
from core.store.accounts import password_hash_of
from core.store.engine import Store, open_store
from core.store.rolls import read_roll
from tests.city_examples import ADMIN, NOW, OFFICE, cell_of, journal, local, take_in
from tests.conftest import FOUNDED_AT


def test_the_demonstration_city_is_founded_on_either_database(store: Store) -> None:
    assert found(store, empty=False, now=FOUNDED_AT) is None
    with store.reading() as reader:
        assert is_demonstration(reader)
        kinds = [unit.kind.value for unit in read_roll(reader).units]
    assert {kind: kinds.count(kind) > 0 for kind in set(kinds)} == dict.fromkeys(
        ("city", "committee", "locality", "department"), True
    )
    _, count = find_records(store, OFFICE, RecordSearch())
    assert 1400 <= count <= 1700


def test_every_record_of_the_demonstration_bears_the_moment_it_was_typed_in(demonstration: Store) -> None:
    changes = journal(demonstration)
    assert [each.change_id for each in changes] == list(range(1, len(changes) + 1))
    entered = [local_moment(each.at) for each in changes if each.action == "record.entered"]
    assert entered == sorted(entered)
    assert {moment.year for moment in entered} <= {2025, 2026}


def test_the_demonstration_can_be_asked_what_was_known_on_any_past_day(demonstration: Store) -> None:
    def known(moment: str) -> int:
        question = Question(2025, date(2025, 3, 31), local(moment))
        return sum(cell.done for cell in cells_for(demonstration, OFFICE, question))

    counts = [known(f"2025-{month}-05 18:00") for month in ("02", "03", "04", "05", "06")]
    assert counts == sorted(counts)
    assert counts[2] < counts[-1], "some meetings of March were backfilled after 5 April"


def test_the_demonstration_has_an_account_for_every_role(demonstration: Store) -> None:
    there = [(each.username, each.role) for each in list_accounts(demonstration, ADMIN)]
    assert there == sorted((each.username, each.role) for each in DEMONSTRATION_ACCOUNTS)
    assert {Role.of(role) for _, role in there} == set(Role)


def test_founding_again_changes_nothing(demonstration: Store) -> None:
    before = journal(demonstration)
    for empty in (False, True):
        assert found(demonstration, empty=empty, now=FOUNDED_AT + timedelta(days=1)) is None
    assert journal(demonstration) == before


def test_a_real_database_has_one_administrator_with_a_random_password_and_nothing_else(store: Store) -> None:
    password = found(store, empty=True, now=NOW)
    assert password
    (account,) = list_accounts(store, ADMIN)
    assert (account.username, account.role, account.must_change_password) == ("admin", Role.ADMIN, True)
    with store.reading() as reader:
        assert passwords.matches(password, password_hash_of(reader, "admin"))
        assert not is_demonstration(reader)
        assert read_roll(reader).units == []
    assert found(store, empty=True, now=NOW) is None


def test_two_real_databases_have_different_passwords(lite_store: Store, postgres_url: str) -> None:
    other = open_store(postgres_url)
    assert found(lite_store, empty=True, now=NOW) != found(other, empty=True, now=NOW)
    other.close()


def test_a_database_filled_by_an_import_still_gets_its_administrator(lite_store: Store) -> None:
    take_in(lite_store)
    assert found(lite_store, empty=True, now=NOW)
    assert cell_of(lite_store, "C1", "committee.meeting", "2025Q1").done == 1


def test_a_database_filled_by_an_import_is_never_turned_into_a_demonstration(lite_store: Store) -> None:
    take_in(lite_store)
    assert found(lite_store, empty=False, now=NOW) is None
    with lite_store.reading() as reader:
        assert not is_demonstration(reader)
    assert list_accounts(lite_store, ADMIN) == []


@pytest.mark.parametrize("day", ["2025-01-02", "2025-02-28", "2025-06-19", "2025-09-30", "2026-01-01"])
def test_on_every_day_the_demonstration_has_something_to_say(demonstration: Store, day: str) -> None:
    cells = cells_for(demonstration, OFFICE, Question(2025, date.fromisoformat(day)))
    assert len({cell.status for cell in cells}) >= 4
    assert {cell.obligation for cell in cells} == set(catalogues()[2025].obligations)


def test_the_account_of_a_demonstration_belongs_to_a_unit_of_its_kind(demonstration: Store) -> None:
    for account in DEMONSTRATION_ACCOUNTS:
        if account.role in (Role.COMMITTEE, Role.LOCALITY, Role.DEPARTMENT):
            actor = Actor(account.username, account.name, Role.of(account.role), account.unit)
            cells = cells_for(demonstration, actor, Question(2025, date(2025, 6, 19)), account.unit)
            assert {cell.unit.kind.value for cell in cells} == {account.role}
