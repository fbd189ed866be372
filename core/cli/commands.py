"""What each command does: call a service, print its answer."""

import argparse
import json
import sys
from collections.abc import Callable, Mapping
from datetime import date, datetime

from core.auth import KEEPER, OPERATOR, Role
from core.cli.copies import back_up
from core.cli.files import export_files, import_files, name_of_kind
from core.cli.papers import name_of_paper, write_paper
from core.cli.reminders import remind
from core.domain.cells import Cell
from core.services import accounts
from core.services.auditing import note_export
from core.services.catalogues import catalogues_now, year_for
from core.services.exporting import csv_text
from core.services.founding import found
from core.services.judging import Question
from core.services.passwords import random_password
from core.services.scoreboard import cells_for
from core.services.verifying import journal_head, verify
from core.store.accounts import NewAccount
from core.store.engine import Store

STATUS_COLUMNS = (
    *("unit", "unit_name", "obligation", "title", "period", "required", "done"),
    *("status", "status_label", "days_left", "completed_on"),
)


def run_command(store: Store, asked: argparse.Namespace, *, today: date, now: datetime) -> int:
    """Carry out one command; the exit code.

    Raises:
        SupervisionError: refused, with the reason.
    """
    return _COMMANDS[asked.command](store, asked, today, now)


def write(text: str) -> None:
    """Print as UTF-8 with plain line ends on every system, so that files piped from it are alike."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8"))
    sys.stdout.buffer.flush()


def _init(store: Store, asked: argparse.Namespace, _today: date, now: datetime) -> int:
    password = found(store, empty=asked.empty, now=now)
    write("数据库已就绪。\n")
    if password:
        write(f"管理员用户名：admin\n管理员密码（只显示这一次，请妥善保存）：{password}\n")
    return 0


def _import(store: Store, asked: argparse.Namespace, today: date, now: datetime) -> int:
    write(import_files(store, asked, today=today, now=now))
    return 0


def _status(store: Store, asked: argparse.Namespace, today: date, _now: datetime) -> int:
    as_of = asked.as_of or today
    year = asked.year or year_for(catalogues_now(store, asked.known_at), as_of)
    question = Question(year, as_of, asked.known_at)
    lines = [status_line(cell) for cell in cells_for(store, OPERATOR, question, asked.unit)]
    if asked.format == "json":
        rows = [dict(zip(STATUS_COLUMNS, line, strict=True)) for line in lines]
        write(json.dumps(rows, ensure_ascii=False, default=date.isoformat, indent=1) + "\n")
    else:
        write(csv_text(STATUS_COLUMNS, lines))
    return 0


def status_line(cell: Cell) -> tuple[object, ...]:
    """A cell in the order of STATUS_COLUMNS."""
    unit, obligation = cell.unit, cell.obligation
    return (
        *(unit.code, unit.name, obligation.code, obligation.title, cell.period.code),
        *(cell.required, cell.done, cell.status.value, cell.status.label, cell.days_left, cell.completed_on),
    )


def _export(store: Store, asked: argparse.Namespace, _today: date, now: datetime) -> int:
    write(export_files(store, asked))
    note_export(store, OPERATOR, f"{name_of_kind(asked.kind)} {asked.output or ''}".strip(), now=now)
    return 0


def _backup(store: Store, asked: argparse.Namespace, _today: date, now: datetime) -> int:
    write(back_up(store, asked, now))
    return 0


def _verify(store: Store, _asked: argparse.Namespace, _today: date, _now: datetime) -> int:
    damages = verify(store, KEEPER)
    whole = f"数据完好。\n变更日志末号与摘要：{journal_head(store, KEEPER)}\n"
    write("" if damages else whole)
    sys.stderr.write("".join(f"{damage}\n" for damage in damages))
    return 1 if damages else 0


def _remind(store: Store, asked: argparse.Namespace, today: date, now: datetime) -> int:
    said, code = remind(store, asked, today, now)
    write(said)
    return code


def _report(store: Store, asked: argparse.Namespace, today: date, now: datetime) -> int:
    write(write_paper(store, asked, today))
    note_export(store, OPERATOR, f"{name_of_paper(asked)} {asked.output}", now=now)
    return 0


def _account(store: Store, asked: argparse.Namespace, _today: date, now: datetime) -> int:
    return _ACCOUNT_ACTIONS[asked.action](store, asked, now)


def _account_list(store: Store, _asked: argparse.Namespace, _now: datetime) -> int:
    lines = [
        (each.username, each.name, Role.of(each.role).label, each.unit, "启用" if each.active else "停用")
        for each in accounts.list_accounts(store, KEEPER)
    ]
    write(csv_text(("用户名", "姓名", "角色", "单位", "状态"), lines))
    return 0


def _account_add(store: Store, asked: argparse.Namespace, now: datetime) -> int:
    password = asked.password or random_password()
    account = NewAccount(asked.username, asked.name or asked.username, asked.role, asked.unit)
    accounts.add_account(store, KEEPER, account, password, now=now)
    return _done(f"账号 {asked.username} 已建立", password, asked)


def _account_password(store: Store, asked: argparse.Namespace, now: datetime) -> int:
    password = asked.password or random_password()
    accounts.set_password(store, KEEPER, asked.username, password, now=now)
    return _done(f"账号 {asked.username} 的密码已重设，原有登录全部失效", password, asked)


def _done(said: str, password: str, asked: argparse.Namespace) -> int:
    shown = "" if asked.password else f"\n密码（只显示这一次）：{password}"
    write(f"{said}，首次登录时须修改密码。{shown}\n")
    return 0


def _account_disable(store: Store, asked: argparse.Namespace, now: datetime) -> int:
    accounts.disable(store, KEEPER, asked.username, now=now)
    write(f"账号 {asked.username} 已停用。\n")
    return 0


def _account_enable(store: Store, asked: argparse.Namespace, now: datetime) -> int:
    accounts.enable(store, KEEPER, asked.username, now=now)
    write(f"账号 {asked.username} 已启用。\n")
    return 0


def _account_bind(store: Store, asked: argparse.Namespace, now: datetime) -> int:
    accounts.bind(store, KEEPER, asked.username, asked.identity, now=now)
    done = f"已绑定单点登录标识“{asked.identity}”" if asked.identity.strip() else "已解除单点登录绑定"
    write(f"账号 {asked.username} {done}，原有登录全部失效。\n")
    return 0


def _account_unlock(store: Store, asked: argparse.Namespace, now: datetime) -> int:
    accounts.unlock(store, KEEPER, asked.username, now=now)
    write(f"账号 {asked.username} 已解除锁定。\n")
    return 0


_Command = Callable[[Store, argparse.Namespace, date, datetime], int]
_COMMANDS: Mapping[str, _Command] = {
    "init": _init,
    "import": _import,
    "status": _status,
    "export": _export,
    "verify": _verify,
    "backup": _backup,
    "remind": _remind,
    "report": _report,
    "account": _account,
}
_ACCOUNT_ACTIONS: Mapping[str, Callable[[Store, argparse.Namespace, datetime], int]] = {
    "list": _account_list,
    "add": _account_add,
    "password": _account_password,
    "disable": _account_disable,
    "enable": _account_enable,
    "unlock": _account_unlock,
    "bind": _account_bind,
}
