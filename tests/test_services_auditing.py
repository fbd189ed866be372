"""What changes nothing is in the journal too: refusals, exports, downloads; each with its address."""

from collections.abc import Iterator

import pytest

from core import auth
from core.auth import Actor, Role
from core.config import LOCAL_ZONE
from core.domain.before_after import before_and_after
from core.errors import ForbiddenError, InputError
from core.services import policies
from core.services.auditing import listen, note_download, note_export, note_refusal
from core.services.exporting_workbooks import export_journal_csv
from core.services.journalling import read_journal
from core.services.recording import void_record
from core.services.scoreboard import news_now
from core.services.verifying import verify
from core.store.engine import Store
from tests.account_examples import ADMIN, NOON, add_clerk, furnish, journal, later, try_password
from tests.city_examples import ADMIN as KEEPER
from tests.city_examples import CLERK, NOW, enter, meeting, version_read

AUDITOR = Actor("auditor", "田文静", Role.AUDITOR)
COMMITTEE = Actor("committee", "孟庆林", Role.COMMITTEE, "C06")


@pytest.fixture
def listening(store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """A store whose process writes refusals down, as a running server does."""
    monkeypatch.setattr(auth, "_LISTENERS", [])
    furnish(store, monkeypatch)
    listen(store, lambda: NOON)
    store.whereabouts = lambda: "10.0.0.9"
    return store


def test_a_refused_permission_is_written_down_with_who_what_and_where(listening: Store) -> None:
    with pytest.raises(ForbiddenError):
        policies.set_policy(listening, COMMITTEE, {"days": 1}, now=NOON)
    line = read_journal(listening, AUDITOR)[0][0]
    assert (line.action, line.subject, line.address, line.succeeded) == (
        "越权被拒",
        "accounts",
        "10.0.0.9",
        False,
    )
    assert journal(listening)[-1][0] == "committee"


def test_a_refusal_inside_a_unit_of_work_is_written_down_when_that_is_over(listening: Store) -> None:
    with listening.unit_of_work("某人", NOON) as work:
        work.change("tick")
        with pytest.raises(ForbiddenError):
            auth.require(COMMITTEE, auth.Permission.ENTER, "L02")
    assert journal(listening)[-1] == ("committee", "audit.refused", "enter L02")
    assert "tick" not in [action for _, action, _ in journal(listening)]


def test_the_same_refusal_within_a_minute_is_written_down_once(store: Store) -> None:
    for moment in (NOON, later(seconds=30), later(seconds=61)):
        note_refusal(store, COMMITTEE, "admin", now=moment)
    note_refusal(store, COMMITTEE, "localities", now=later(seconds=61))
    assert [action for _, action, _ in journal(store)] == ["audit.refused"] * 3


def test_a_journal_that_cannot_be_written_does_not_swallow_the_refusal(
    lite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_given: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(lite_store, "unit_of_work", broken)
    note_refusal(lite_store, COMMITTEE, "admin", now=NOON)


def test_exports_and_downloads_are_in_the_journal_and_no_news_for_the_boards(city: Store) -> None:
    before = news_now(city)
    note_export(city, CLERK, "台账.xlsx", now=NOW)
    note_download(city, CLERK, "附件 7 现场.jpg", now=NOW)
    note_refusal(city, CLERK, "admin", now=NOW)
    assert [line[1] for line in journal(city)[-3:]] == ["audit.exported", "audit.downloaded", "audit.refused"]
    assert news_now(city) == before
    assert verify(city, KEEPER) == []


def test_a_failed_sign_in_bears_its_address_and_that_it_failed(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    furnish(store, monkeypatch)
    add_clerk(store)
    try_password(store, "wrong", NOON)
    line = read_journal(store, AUDITOR)[0][0]
    assert (line.action, line.address, line.succeeded) == ("登录失败", "10.0.0.7", False)


def test_a_changed_rule_says_what_it_was_and_is(store: Store) -> None:
    policies.set_policy(store, ADMIN, {"days": 30}, now=NOON)
    policies.set_policy(store, ADMIN, {"days": 30}, now=NOON)
    lines, total = read_journal(store, AUDITOR)
    assert total == 1
    assert lines[0].content == "密码有效期（0 为不限）：90 → 30"
    assert policies.policy_now(store).days == 30


def test_a_setting_that_is_damaged_gives_the_defaults(store: Store) -> None:
    from core.store.journal import write_setting  # noqa: PLC0415

    for content in ("nonsense", "[]", '{"days": "x"}'):
        with store.unit_of_work("某人", NOON) as work:
            write_setting(work, work.change("tick"), "security", content)
            work.commit()
        assert policies.policy_now(store).days == 90
    with pytest.raises(InputError):
        policies.set_policy(store, ADMIN, {"days": -1}, now=NOON)


def test_entering_and_voiding_tell_what_is_there_afterwards_and_what_was_before(city: Store) -> None:
    kept = enter(city, meeting())
    void_record(city, CLERK, kept.record_id, version_read(city, kept), "重复", now=NOW)
    voided, entered = (line.content for line in read_journal(city, AUDITOR)[0][:2])
    assert entered.startswith("后 ")
    assert voided.startswith("前 ")
    assert meeting().title in entered
    assert meeting().title in voided


def test_the_auditor_takes_the_whole_journal_away_and_the_administrator_does_not(city: Store) -> None:
    text = export_journal_csv(city, AUDITOR)
    assert text.splitlines()[0].endswith(",changes,digest")
    with pytest.raises(ForbiddenError):
        export_journal_csv(city, KEEPER)


@pytest.mark.parametrize(
    ("detail", "said"),
    [
        ("", ""),
        ("nonsense", ""),
        ("[1]", ""),
        ("{}", ""),
        ('{"before": {"days": 90}, "after": {"days": 0}}', "密码有效期（0 为不限）：90 → 0"),
        ('{"before": [{"active": true}], "after": [{"active": false}]}', "启用：是 → 否"),
        ('{"after": [{"table": "record", "title": "会"}], "after_count": 30}', "后 标题：会 / ……共 30 项"),
    ],
)
def test_before_and_after_read_as_one_line(detail: str, said: str) -> None:
    assert before_and_after(detail) == said


def test_before_and_after_call_a_code_by_the_name_its_column_gives_it() -> None:
    detail = '{"after": {"unit": "locality", "entered_by": "locality", "role": "locality", "title": "x"}}'
    names = {"": {"locality": "某区"}, "entered_by": {"locality": "宋雅琴"}, "role": {"locality": "属地"}}
    assert before_and_after(detail, names) == "后 单位：某区；录入人：宋雅琴；角色：属地；标题：x"


def test_moments_of_the_journal_are_kept_in_utc(store: Store) -> None:
    note_export(store, CLERK, "x", now=NOON.astimezone(LOCAL_ZONE))
    assert read_journal(store, AUDITOR)[0][0].at == NOON.replace(tzinfo=None)
