"""Everything that can be refused; each message is a Chinese sentence fit for the screen."""

from dataclasses import dataclass
from enum import StrEnum


class SupervisionError(Exception):
    """The parent of all refusals: `str(error)` says in Chinese what is wrong and what to do."""


class InputError(SupervisionError):
    """What was typed cannot be kept; `field` names the form field or column it stands in, or is empty."""

    def __init__(self, message: str, field: str = "") -> None:
        """Keep the sentence and the field."""
        super().__init__(message)
        self.field = field


class ForbiddenError(SupervisionError):
    """The person's role does not grant this."""


class NotFoundError(SupervisionError):
    """What was asked for does not exist, or no longer does."""


class ConflictError(SupervisionError):
    """Somebody else was first: the thing has changed since it was read."""


class DuplicateError(SupervisionError):
    """A record with the same key stands already; `record_id` names it."""

    def __init__(self, message: str, record_id: int) -> None:
        """Keep the sentence and the record that stands."""
        super().__init__(message)
        self.record_id = record_id


class ConfigurationError(SupervisionError):
    """The environment or the database does not fit the program."""


class Fault(StrEnum):
    """What can be wrong with a database or the disk below it."""

    AWAY = "away"
    BUSY = "busy"
    FULL = "full"
    READ_ONLY = "read_only"
    DAMAGED = "damaged"
    UNREADABLE = "unreadable"


_FAULTS = {
    Fault.AWAY: "数据库暂时连不上，操作可能没有保存；恢复后请再保存一次，不会重复；久不恢复请找管理员。",
    Fault.BUSY: "数据库正忙，刚才的操作没有保存，请稍后再保存一次。",
    Fault.FULL: "服务器磁盘已满，刚才的操作没有保存。请告诉管理员腾出空间，然后再保存一次。",
    Fault.READ_ONLY: "数据库不能写入，刚才的操作没有保存。请告诉管理员检查数据库文件和文件夹的权限。",
    Fault.DAMAGED: "数据库文件已损坏。请停止录入，并立即告诉管理员按运维手册从备份恢复。",
    Fault.UNREADABLE: "服务器磁盘读写出错，刚才的操作可能没有保存。请立即告诉管理员检查磁盘。",
}


class StoreError(SupervisionError):
    """The database, or its disk, did not do what it was asked; `fault` says what is wrong with it."""

    def __init__(self, fault: Fault) -> None:
        """Keep what is wrong and its sentence."""
        super().__init__(_FAULTS[fault])
        self.fault = fault


class DamagedError(SupervisionError):
    """What was kept is no longer what it was, and is not given out as if it were."""


class BackupError(SupervisionError):
    """A backup cannot be made, read or brought back; what was there before is as it was."""


@dataclass(frozen=True, slots=True)
class RowProblem:
    """One bad cell of a file; the row as a person counts it: the header is 1, 0 is the whole file."""

    file: str
    row: int
    column: str
    reason: str

    def __str__(self) -> str:
        """Say it as one line."""
        place = self.file + (f" 第{self.row}行" if self.row else "")
        return f"{place}{f'“{self.column}”列' if self.column else ''}：{self.reason}"


class ImportRefusedError(SupervisionError):
    """A file, or a folder of files, with at least one bad row: nothing of it was kept."""

    def __init__(self, problems: list[RowProblem]) -> None:
        """Keep every problem, in the order of the files."""
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class ConversionError(SupervisionError):
    """A document could not be turned into another kind of file."""
