"""What the documents say about running the program: unit, commands and settings are the program's."""

import configparser
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from app import FINISH_SECONDS
from core.cli.parser import build_parser
from core.config import ROOT
from core.services.journalling import ACTIONS

UNIT = ROOT / "docs" / "systemd" / "anze.service"
GUIDE = ROOT / "docs" / "operations.md"


def read_unit() -> configparser.ConfigParser:
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign] # names keep their capitals
    unit.read_string(UNIT.read_text(encoding="utf-8"))
    return unit


def test_the_unit_stops_the_program_more_patiently_than_the_program_waits() -> None:
    service = read_unit()["Service"]
    assert int(service["TimeoutStopSec"]) > FINISH_SECONDS
    assert service["KillSignal"] == "SIGTERM"
    assert "-m streamlit run app.py" in service["ExecStart"]
    assert service["User"] != "root"


def test_systemd_finds_nothing_wrong_with_the_unit(tmp_path: Path) -> None:
    program = shutil.which("systemd-analyze")
    if not program:
        pytest.skip("this machine has no systemd")
    folder = tmp_path / "opt"
    python = folder / "venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.symlink_to("/bin/true")
    text = UNIT.read_text(encoding="utf-8").replace("/opt/anze", folder.as_posix())
    (tmp_path / "anze.service").write_text(text, encoding="utf-8")
    done = subprocess.run(
        [program, "verify", "--man=no", str(tmp_path / "anze.service")],
        capture_output=True,
        text=True,
        check=False,
    )
    ours = [line for line in done.stderr.splitlines() if "anze.service" in line]
    assert [line for line in ours if "postgresql" not in line] == []


def test_every_command_in_the_guide_is_one_that_the_program_understands() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    commands = re.findall(r"-m core ((?:backup|restore|verify|init|status|account)[^\n`&|;\"]*)", text)
    assert len(commands) > 5
    for line in commands:
        build_parser().parse_args(re.split("#|>>", line)[0].split())


def test_the_actions_of_the_guide_are_in_the_journal() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    for action in ("backup.made", "backup.restored", "backup.taken"):
        assert ACTIONS[action] in text
