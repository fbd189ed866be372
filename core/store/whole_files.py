"""A file that is there whole or not at all."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from core.errors import BackupError


@contextmanager
def placed(target: Path) -> Iterator[Path]:
    """Give a name beside the target to write to; it takes the target's place when all went well.

    Only its owner may read it: it holds everything.

    Raises:
        BackupError: the folder or the disk refuses.
    """
    unfinished = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        yield unfinished
        unfinished.chmod(0o600)
        _flush(unfinished)
        unfinished.replace(target)
        _flush(target.parent)
    except OSError as error:
        raise BackupError(
            f"无法写入“{target}”，请检查文件夹是否存在、权限和磁盘空间；没有留下不完整的文件。"
        ) from error
    finally:
        for left in (unfinished, unfinished.with_name(f"{unfinished.name}-journal")):
            with suppress(OSError):
                left.unlink(missing_ok=True)


def _flush(path: Path) -> None:
    """Have the disk keep it now: a power cut must not leave an empty file under a good name."""
    if os.name == "nt" and path.is_dir():
        return  # Windows opens no folders
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
