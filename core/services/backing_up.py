"""Make a copy of everything while people work, keep the newest, give them out, bring one back."""

import re
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from core.auth import Actor, Permission, require
from core.config import local_moment, utc_moment
from core.errors import BackupError, NotFoundError, SupervisionError
from core.store.copying import bring_back, copy_out, ending_of
from core.store.engine import Store, open_store
from core.store.sessions import end_all_sessions

_NAME = re.compile(r"anze-\d{8}-\d{6}(?:-\d+)?\.(?:db|dump)")
_GONE = "备份文件不存在，或不在本台服务器上。"


@dataclass(frozen=True, slots=True)
class Backup:
    """One copy in a folder; `made_at` is naive local time."""

    path: Path
    made_at: datetime
    size: int

    @property
    def name(self) -> str:
        """What it is called; it says when it was made."""
        return self.path.name


def make_backup(store: Store, actor: Actor, target: Path, *, now: datetime) -> Backup:
    """Copy database and attachments into a file, or under a name with the time into a folder.

    The journal says whether it went well; the copy itself ends before that entry.

    Raises:
        ForbiddenError: the role may not.
        BackupError: it cannot be written, or is not whole; nothing half is left.
    """
    require(actor, Permission.BACKUP)
    file = _free_name(target, ending_of(store), now) if target.is_dir() else target
    try:
        copy_out(store, file)
    except SupervisionError as error:
        with suppress(SupervisionError):  # the reason why no copy was made may forbid this too
            _note(store, actor, "backup.made", file.name, now, failed=str(error))
        raise
    _note(store, actor, "backup.made", file.name, now)
    return _seen(file)


def make_folder(folder: Path) -> Path:
    """Make the folder for copies, which only its owner may look into.

    Raises:
        BackupError: it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise BackupError(f"无法建立备份文件夹“{folder}”，请检查权限。") from error
    return folder


def backups_in(actor: Actor, folder: Path) -> list[Backup]:
    """The copies in a folder, by their names alone, newest first."""
    require(actor, Permission.BACKUP)
    return _listed(folder)


def keep_newest(store: Store, actor: Actor, folder: Path, number: int, *, now: datetime) -> Sequence[str]:
    """Take all copies out of a folder but the newest; files of other names stay. What was taken out."""
    require(actor, Permission.BACKUP)
    surplus = _listed(folder)[max(number, 1) :]
    for each in surplus:
        each.path.unlink(missing_ok=True)
        _note(store, actor, "backup.dropped", each.name, now)
    return [each.name for each in surplus]


def take_backup(store: Store, actor: Actor, folder: Path, name: str, *, now: datetime) -> Path:
    """The file of a copy that somebody takes away, which the journal notes.

    The name is looked for in the folder's list and never becomes part of a path.

    Raises:
        ForbiddenError: the role may not.
        NotFoundError: there is no such copy.
    """
    require(actor, Permission.BACKUP)
    found = next((each for each in _listed(folder) if each.name == name), None)
    if found is None:
        raise NotFoundError(_GONE)
    _note(store, actor, "backup.taken", name, now)
    return found.path


def restore_backup(url: str, actor: Actor, source: Path, *, replace: bool, now: datetime) -> Path | None:
    """Put a copy in the place of the database, bring it to the newest form and end all sessions in it.

    Sessions that were ended after the copy was made would hold again otherwise.

    Returns:
        Where the SQLite file lies that stood there before, if it held data.

    Raises:
        ForbiddenError: the role may not.
        BackupError: it holds data and `replace` is not said, it is in use, the copy is not whole.
    """
    require(actor, Permission.BACKUP)
    mark = f"before-{local_moment(utc_moment(now)):%Y%m%d-%H%M%S}"
    aside = bring_back(url, source, replace=replace, mark=mark)
    with closing(open_store(url)) as store, store.unit_of_work(actor.username, now) as work:
        end_all_sessions(work)
        work.change("backup.restored", source.name)
        work.commit()
    return aside


def _note(store: Store, actor: Actor, action: str, what: str, now: datetime, failed: str = "") -> None:
    with store.unit_of_work(actor.username, now) as work:
        work.change(action, what, failed, succeeded=not failed)
        work.commit()


def _listed(folder: Path) -> list[Backup]:
    if not folder.is_dir():
        return []
    found = [_seen(path) for path in folder.iterdir() if _NAME.fullmatch(path.name) and path.is_file()]
    return sorted(
        found, key=lambda each: (each.name[: len("anze-20250619-100000")], each.made_at), reverse=True
    )


def _by_age(backup: Backup) -> tuple[str, datetime]:
    """The name says the second; of several made in one, the file's own time tells."""
    return backup.name[: len("anze-20250619-100000")], backup.made_at


def _seen(path: Path) -> Backup:
    told = path.stat()
    made_at = local_moment(datetime.fromtimestamp(told.st_mtime, UTC).replace(tzinfo=None))
    return Backup(path, made_at, told.st_size)


def _free_name(folder: Path, ending: str, now: datetime) -> Path:
    stem = f"anze-{local_moment(utc_moment(now)):%Y%m%d-%H%M%S}"
    names = [f"{stem}{ending}", *(f"{stem}-{number}{ending}" for number in range(2, 100))]
    return next((folder / name for name in names if not (folder / name).exists()), folder / names[-1])
