"""`python -m core remind`: a dry run, a real one, and what cron is told when somebody was not reached."""

from contextlib import closing

import pytest

from core.store.engine import open_store
from tests.cli_examples import Type, typing_in
from tests.receivers import webhook
from tests.reminder_examples import add_address, switch_on


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], demonstration_url: str, monkeypatch: pytest.MonkeyPatch) -> Type:
    monkeypatch.setenv("DATABASE_URL", demonstration_url)
    return typing_in(capsys)


def test_before_it_is_switched_on_nothing_is_sent_and_it_is_said(run: Type) -> None:
    answer = run("remind --now 2025-06-19T10:00")
    assert (answer.code, answer.out) == (0, "尚未开启自动发送，只能复制文本转发。\n")
    assert run("remind --dry-run").out.endswith("没有需要发送的提醒。\n")


def test_what_a_dry_run_shows_is_what_is_sent_once(run: Type, demonstration_url: str) -> None:
    with webhook() as robot:
        with closing(open_store(demonstration_url)) as store:
            switch_on(store)
            add_address(store, "消防群", "C06", target=f"{robot.url}/x")
        planned = run("remind --dry-run --now 2025-06-19T10:00").out
        assert robot.got == []
        sent = run("remind --now 2025-06-19T10:00")
        again = run("remind --now 2025-06-19T10:05")
    assert "== 消防群（企业微信群 127.0.0.1 …）：" in planned
    assert (sent.code, sent.out) == (0, "发送 1 条，待发 0 条\n")
    assert again.out == "发送 0 条，待发 0 条\n"
    assert robot.texts[0].replace("（第1号）", "") in planned


def test_who_was_not_reached_is_on_standard_error_with_code_1(run: Type, demonstration_url: str) -> None:
    with webhook() as robot:
        robot.says({"errcode": 93000})
        with closing(open_store(demonstration_url)) as store:
            switch_on(store)
            add_address(store, "消防群", "C06", target=f"{robot.url}/x")
        answer = run("remind --now 2025-06-19T10:00")
    assert answer.code == 1
    assert answer.out == "发送 0 条，未送达 1 个地址，待发 1 条\n"
    assert answer.err == "消防群：127.0.0.1 拒收，错误码 93000（机器人地址无效或已被移除）。\n"


def test_a_moment_that_is_none_is_wrong_usage(run: Type) -> None:
    answer = run("remind --now 昨天")
    assert answer.code == 2
    assert "不是时刻" in answer.err
