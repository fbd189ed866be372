"""The commands that copy the whole database and bring a copy back; each gives back what is to be printed."""

import argparse
from datetime import datetime
from pathlib import Path

from core.auth import KEEPER
from core.errors import BackupError
from core.services.backing_up import keep_newest, make_backup, make_folder, restore_backup
from core.store.engine import Store

_MEGA = 1_000_000


def back_up(store: Store, asked: argparse.Namespace, now: datetime) -> str:
    """Make a copy; with `--keep`, the path is a folder in which only the newest copies stay.

    Raises:
        BackupError: the copy cannot be made.
    """
    target = Path(asked.path)
    folder = _folder(asked.path, target) if asked.keep or asked.path.endswith(("/", "\\")) else None
    made = make_backup(store, KEEPER, folder or target, now=now)
    said = f"备份完成：{made.path}（{made.size / _MEGA:.1f} MB），已检查可用。\n"
    if asked.keep and folder:
        dropped = keep_newest(store, KEEPER, folder, asked.keep, now=now)
        said += f"清理旧备份 {len(dropped)} 份。\n" if dropped else ""
    return said


def restore(url: str, asked: argparse.Namespace, now: datetime) -> str:
    """Bring a copy back.

    Raises:
        BackupError: it was refused; the database is as it was.
    """
    aside = restore_backup(url, KEEPER, Path(asked.path), replace=asked.replace, now=now)
    kept = f"原来的数据库文件保存在 {aside}。\n" if aside else ""
    return f"已从备份恢复，所有人须重新登录。\n{kept}"


def _folder(text: str, target: Path) -> Path:
    if target.is_file():
        raise BackupError(f"“{text}”是文件；使用 --keep 时请写文件夹。")
    return make_folder(target)
