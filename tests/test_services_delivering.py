"""Sending: each thing once a level, kept for the next run where nobody answers, and two runs at once."""

import re
import threading
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from core.channels.sending import Letter
from core.config import LOCAL_ZONE
from core.domain.addresses import Address, Channel, MailServer
from core.services.delivering import send_reminders
from core.services.reminder_settings import keep_address, reminder_addresses, remove_address
from core.services.reminding import reminder_messages
from core.store.engine import Store, open_store
from tests.city_examples import NOW, OFFICE, TODAY, journal, take_in
from tests.conftest import sqlite_url
from tests.receivers import webhook
from tests.reminder_examples import Receiver, add_address, switch_on


@pytest.fixture
def ready(city: Store) -> Store:
    """The small city with reminders switched on and one address for C1."""
    switch_on(city)
    add_address(city, "危化群", "C1")
    return city


def send(store: Store, receiver: Receiver, moment: datetime = NOW) -> str:
    today = moment.astimezone(LOCAL_ZONE).date()
    return str(send_reminders(store, OFFICE, today=today, now=moment, hand_over=receiver))


def states(store: Store) -> list[tuple[str, int, str]]:
    return [(m.state.label, m.tries, m.last_error) for _, m in reminder_messages(store, OFFICE)]


def test_what_is_due_is_sent_once_and_written_down(ready: Store) -> None:
    receiver = Receiver()
    assert send(ready, receiver) == "发送 1 条，待发 0 条"
    assert send(ready, receiver, NOW + timedelta(hours=1)) == "发送 0 条，待发 0 条"
    assert receiver.names == ["危化群"]
    assert receiver.got[0][1].startswith(
        "【安全生产责任落实提醒】（第1号）\n危险化学品专委会：\n截至2025年6月19日"
    )
    assert states(ready) == [("已发送", 1, "")]
    actions = [each.action for each in journal(ready)]
    assert actions[-2:] == ["reminder.queued", "reminder.sent"]


def test_nothing_goes_out_in_quiet_hours_and_nothing_of_it_is_lost(ready: Store) -> None:
    switch_on(ready, quiet_from=9, quiet_until=11)
    receiver = Receiver()
    assert "免打扰时段" in send(ready, receiver)
    assert receiver.tries == 0
    send(ready, receiver, NOW + timedelta(hours=1))
    assert len(receiver.got) == 1


def test_an_address_that_does_not_answer_is_kept_for_the_next_run_and_shown(ready: Store) -> None:
    receiver = Receiver(fails=lambda place: place == 0)
    assert send(ready, receiver) == "发送 0 条，未送达 1 个地址，待发 1 条"
    assert states(ready) == [("待发送", 1, "对方没有回答。")]
    failed = journal(ready)[-1]
    assert (failed.action, failed.subject, failed.succeeded) == ("reminder.failed", "危化群", False)
    assert send(ready, receiver, NOW + timedelta(hours=1)) == "发送 1 条，待发 0 条"
    assert states(ready) == [("已发送", 2, "")]


def test_one_address_that_fails_does_not_keep_the_others_waiting(ready: Store) -> None:
    add_address(ready, "消防群", "C2")
    receiver = Receiver(fails=lambda place: place == 0)
    assert send(ready, receiver) == "发送 1 条，未送达 1 个地址，待发 1 条"
    assert receiver.names == ["消防群"]


def test_parts_that_arrived_are_not_sent_again(city: Store) -> None:
    switch_on(city)
    add_address(city)
    whole = Receiver()
    last = Receiver(fails=lambda place: place == 1)
    send(city, last)
    send(city, whole, NOW + timedelta(hours=1))
    texts = [text for _, text in (*last.got, *whole.got)]
    assert len(texts) >= 3
    assert all(len(text.encode()) <= 2_048 for text in texts)
    assert [text.partition("\n")[0] for text in texts[1:]] == [
        f"（续 {place}/{len(texts)}）" for place in range(2, len(texts) + 1)
    ]


def test_a_run_that_broke_off_leaves_its_message_to_a_later_one(ready: Store) -> None:
    def breaks(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        send_reminders(ready, OFFICE, today=TODAY, now=NOW, hand_over=breaks)
    receiver = Receiver()
    assert send(ready, receiver, NOW + timedelta(minutes=29)) == "发送 0 条，待发 0 条"
    assert send(ready, receiver, NOW + timedelta(minutes=31)) == "发送 1 条，待发 0 条"
    assert receiver.got[0][1].startswith("【安全生产责任落实提醒】（第1号）")


def test_two_runs_at_once_send_nothing_twice(city: Store) -> None:
    switch_on(city)
    for unit in ("C1", "C2", "L1", "L2", "D1"):
        add_address(city, unit, unit)
    got: list[str] = []
    together = threading.Barrier(4)

    def hand_over(address: Address, *_: object) -> None:
        got.append(address.name)

    def run() -> None:
        together.wait()
        send_reminders(city, OFFICE, today=TODAY, now=NOW, hand_over=hand_over)

    threads = [threading.Thread(target=run) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert set(Counter(got).values()) == {1}
    assert {"C1", "C2", "L1"} <= set(got)


def test_an_address_that_is_switched_off_gets_nothing_and_one_taken_out_never_will(ready: Store) -> None:
    send(ready, Receiver(fails=lambda _: True))
    held = reminder_addresses(ready, OFFICE)[0]
    off = Address(held.name, held.channel, "", units=held.units, active=False, address_id=1, seen=held.seen)
    keep_address(ready, OFFICE, off, now=NOW)
    receiver = Receiver()
    assert send(ready, receiver, NOW + timedelta(hours=1)) == "发送 0 条，待发 1 条"
    remove_address(ready, OFFICE, 1, reminder_addresses(ready, OFFICE)[0].seen, now=NOW)
    assert send(ready, receiver, NOW + timedelta(hours=2)) == "发送 0 条，待发 0 条"
    assert (receiver.tries, states(ready)[0][0]) == (0, "不再发送")


def test_a_corrected_address_gets_what_the_wrong_one_did_not(ready: Store) -> None:
    send(ready, Receiver(fails=lambda _: True))
    held = reminder_addresses(ready, OFFICE)[0]
    right = Address(
        "新群", held.channel, "https://other.example.cn/x", units=("C1",), address_id=1, seen=held.seen
    )
    keep_address(ready, OFFICE, right, now=NOW)
    receiver = Receiver()
    send(ready, receiver, NOW + timedelta(hours=1))
    assert receiver.names == ["新群"]


def test_a_real_robot_that_refuses_and_then_takes_it(ready: Store) -> None:
    with webhook() as robot:
        add_address(ready, "真群", "C2", target=f"{robot.url}/send?key=SECRET")
        remove_address(ready, OFFICE, 1, reminder_addresses(ready, OFFICE)[0].seen, now=NOW)
        robot.says({"errcode": 93000, "errmsg": "invalid"})
        first = send_reminders(ready, OFFICE, today=TODAY, now=NOW)
        assert first.failures == (("真群", "127.0.0.1 拒收，错误码 93000（机器人地址无效或已被移除）。"),)
        robot.says({"errcode": 0})
        assert send_reminders(ready, OFFICE, today=TODAY, now=NOW + timedelta(hours=1)).sent == 1
    assert len(robot.got) == 2
    assert "消防专委会" in robot.texts[1]
    assert "SECRET" not in f"{journal(ready)}{states(ready)}"


def test_mail_without_a_server_waits_for_one(ready: Store) -> None:
    add_address(ready, "邮箱", "C2", channel=Channel.MAIL, target="duty@example.cn")
    remove_address(ready, OFFICE, 1, reminder_addresses(ready, OFFICE)[0].seen, now=NOW)
    assert send_reminders(ready, OFFICE, today=TODAY, now=NOW).failures == (("邮箱", "尚未设置邮件服务器。"),)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the small city, reminders on, and two addresses; to be copied."""
    path = tmp_path_factory.mktemp("filled") / "anze.db"
    store = open_store(sqlite_url(path))
    take_in(store)
    switch_on(store, quiet_from=20, quiet_until=8, working_days=True)
    add_address(store, "全部")
    add_address(store, "危化群", "C1")
    store.close()
    return path


MOMENTS = st.builds(
    lambda day, hour: datetime(2025, 6, 10, hour, tzinfo=LOCAL_ZONE) + timedelta(days=day),
    st.integers(0, 40),
    st.integers(0, 23),
)
END = datetime(2025, 7, 24, 10, tzinfo=LOCAL_ZONE)


@settings(max_examples=8, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(st.lists(MOMENTS, min_size=1, max_size=5), st.lists(st.booleans(), max_size=5))
def test_whenever_it_runs_and_whoever_fails_each_thing_arrives_once_a_level(
    filled: Path, moments: list[datetime], refusals: list[bool]
) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "anze.db"
        path.write_bytes(filled.read_bytes())
        store = open_store(sqlite_url(path))
        receiver = Lines(refusals)
        for moment in [*sorted(moments), *[END] * (len(refusals) + 1)]:
            outcome = send_reminders(store, OFFICE, today=moment.date(), now=moment, hand_over=receiver)
        store.close()
    assert (outcome.waiting, outcome.failures) == (0, ())
    assert set(receiver.told.values()) == {1}
    for name in ("全部", "危化群"):
        assert receiver.told[(name, "危险化学品专委会", "逾期未完成", "工作会议 第二季度")] == 1


class Lines:
    """A receiver that counts what it was told, by address, unit, level and title; some tries fail."""

    def __init__(self, refusals: list[bool]) -> None:
        self.refusals = iter(refusals)
        self.receiver = Receiver(fails=lambda _: next(self.refusals, False))
        self.told: Counter[tuple[str, str, str, str]] = Counter()
        self.places: dict[str, tuple[str, str]] = {}

    def __call__(self, address: Address, letter: Letter, server: MailServer, now: datetime) -> None:
        self.receiver(address, letter, server, now)
        for line in letter.text.splitlines():
            unit, level = self.places.get(address.name, ("", ""))
            if line.startswith("■ ") or line == "危险化学品专委会：":
                unit = line.removeprefix("■ ").removesuffix("：")
            elif heading := re.fullmatch("[一二三四五六七]、(.+)（[0-9]+项）", line):
                level = heading[1]
            elif item := re.match(r"[0-9]+\. (.+?)：", line):
                self.told[(address.name, unit, level, item[1])] += 1
            self.places[address.name] = unit, level
