"""The command line as a person uses it: one line in, exit code and both outputs out."""

import shlex
from collections.abc import Callable
from typing import NamedTuple

import pytest

from core.__main__ import main


class Answer(NamedTuple):
    """What a command ended with."""

    code: int
    out: str
    err: str


Type = Callable[[str], Answer]


def typing_in(capsys: pytest.CaptureFixture[str]) -> Type:
    """Make a function that runs `python -m core` with a line of arguments in this process."""

    def run(line: str) -> Answer:
        capsys.readouterr()
        try:
            code = main(shlex.split(line))
        except SystemExit as end:
            code = int(end.code or 0)
        said = capsys.readouterr()
        return Answer(code, said.out, said.err)

    return run
