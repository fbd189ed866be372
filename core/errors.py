"""Everything that can be refused; each message is a Chinese sentence fit for the screen."""

from dataclasses import dataclass


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
