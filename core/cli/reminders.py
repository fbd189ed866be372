"""The command that sends reminders, for cron: what is due and not yet sent, or a dry run of it."""

import argparse
import sys
from datetime import date, datetime

from core.auth import OPERATOR
from core.config import LOCAL_ZONE
from core.services.delivering import send_reminders
from core.services.reminding import plan_reminders
from core.store.engine import Store

UNREACHED = 1


def remind(store: Store, asked: argparse.Namespace, today: date, now: datetime) -> tuple[str, int]:
    """What to print, and the exit code: 1 where somebody was not reached, with the reasons on stderr."""
    if asked.now:
        now = asked.now.replace(tzinfo=asked.now.tzinfo or LOCAL_ZONE)
        today = now.astimezone(LOCAL_ZONE).date()
    if asked.dry_run:
        return _dry_run(store, today, now), 0
    outcome = send_reminders(store, OPERATOR, today=today, now=now)
    sys.stderr.write("".join(f"{name}：{said}\n" for name, said in outcome.failures))
    return f"{outcome}\n", UNREACHED if outcome.failures else 0


def _dry_run(store: Store, today: date, now: datetime) -> str:
    held, planned = plan_reminders(store, OPERATOR, today=today, now=now)
    lines = ["（试运行，未发送）", *([held] if held else [])]
    for each in planned:
        lines += [f"== {each.name}（{each.where}）：{len(each.things)} 项，{each.parts} 条 ==", each.text, ""]
    if not planned:
        lines.append("没有需要发送的提醒。")
    return "\n".join(lines) + "\n"
