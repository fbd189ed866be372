"""The floors hold, and each contract that holds them can fail: it is broken here once on purpose."""

import ast
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from core.config import ROOT

LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"
CONTRACTS: dict[str, dict[str, Any]] = {
    each["id"]: each
    for each in tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
}
# contract, file, the import that must not be
OFFENCES = [
    ("floors", "core/domain/units.py", "import core.store.engine"),
    ("floors", "core/domain/units.py", "import core.services.scoreboard"),
    ("floors", "core/store/engine.py", "import core.services.scoreboard"),
    ("floors", "core/store/engine.py", "import core.auth"),
    ("floors", "core/charts.py", "import core.store.engine"),
    ("floors", "core/services/scoreboard.py", "import core.cli.commands"),
    ("floors", "core/services/scoreboard.py", "import core.web.routes"),
    ("floors", "core/web/routes.py", "import core.ui.page"),
    ("floors", "core/cli/commands.py", "import core.__main__"),
    ("floors", "core/errors.py", "import core.domain.units"),
    ("floors", "core/helpers.py", ""),
    ("house", "core/services/scoreboard.py", "import pages.overview"),
    ("roof", "pages/overview.py", "import app"),
    ("roof", "core/ui/page.py", "import app"),
    ("pages", "pages/overview.py", "import pages.records"),
    ("pages", "pages/overview.py", "import pages.__main__"),
    ("pages", "pages/a_new_page.py", "from pages import entry"),
    ("page-store", "pages/overview.py", "from core.store.engine import Store"),
    ("streamlit", "core/services/scoreboard.py", "import streamlit"),
    ("streamlit", "core/domain/units.py", "import streamlit_authenticator"),
    ("sql", "core/services/scoreboard.py", "import sqlalchemy"),
    ("sql", "pages/overview.py", "from sqlalchemy import text"),
    ("sql", "core/ui/page.py", "import psycopg"),
    ("plain", "core/domain/units.py", "import pandas"),
    ("plain", "core/auth.py", "import bcrypt"),
    ("starlette", "core/services/scoreboard.py", "import starlette"),
    ("starlette", "core/ui/page.py", "import uvicorn"),
]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the packages and of the contracts, to be broken."""
    folder = tmp_path_factory.mktemp("house")
    for package in ("core", "pages"):
        shutil.copytree(ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__"))
    for file in ("app.py", "pyproject.toml"):
        shutil.copyfile(ROOT / file, folder / file)
    return folder


def lint(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", LINT, "--no-cache", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=os.environ | {"PYTHONUTF8": "1"},
        check=False,
    )


def imports_of(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def test_every_contract_holds(house: Path) -> None:
    done = lint(house)
    assert done.returncode == 0, done.stdout
    assert f"{len(CONTRACTS)} kept, 0 broken" in done.stdout


@pytest.mark.parametrize(("contract", "file", "line"), OFFENCES)
def test_a_contract_can_fail(house: Path, contract: str, file: str, line: str) -> None:
    path = house / file
    before = path.read_text(encoding="utf-8") if path.exists() else None
    path.write_text(f"{before or ''}\n{line}\n", encoding="utf-8")
    try:
        done = lint(house, "--contract", contract)
    finally:
        path.unlink() if before is None else path.write_text(before, encoding="utf-8")
    assert done.returncode == 1
    assert f"{CONTRACTS[contract]['name']} BROKEN" in done.stdout


def test_every_contract_was_broken_once_on_purpose() -> None:
    assert {contract for contract, _, _ in OFFENCES} == set(CONTRACTS)


@pytest.mark.parametrize(
    ("contract", "allowed"),
    [("streamlit", {"ui"}), ("sql", {"store"}), ("starlette", {"web"})],
)
def test_a_new_room_of_the_core_comes_under_the_contracts_about_libraries(
    contract: str, allowed: set[str]
) -> None:
    rooms = {
        path.stem
        for path in (ROOT / "core").iterdir()
        if path.suffix == ".py" or (path / "__init__.py").is_file()
    }
    watched = {each.removeprefix("core.") for each in CONTRACTS[contract]["source_modules"]}
    assert rooms - watched - {"__init__"} == allowed


@pytest.mark.parametrize("room", ["domain", "config", "errors", "auth"])
def test_the_ground_floors_stand_on_the_standard_library_alone(room: str) -> None:
    place = ROOT / "core" / room
    files = list(place.rglob("*.py")) if place.is_dir() else [place.with_suffix(".py")]
    assert files
    outside = {(file.name, name) for file in files for name in imports_of(file)
               if name.split(".")[0] not in sys.stdlib_module_names | {"core"}}  # fmt: skip
    assert outside == set()


def test_the_app_leaves_sql_and_the_store_alone() -> None:
    names = set(imports_of(ROOT / "app.py"))
    assert not {"sqlalchemy", "alembic", "psycopg"} & {name.split(".")[0] for name in names}
    assert not any(name.startswith("core.store") for name in names)


def test_streamlit_is_imported_only_upstairs() -> None:
    for file in (ROOT / "core").rglob("*.py"):
        if "streamlit" in {name.split(".")[0] for name in imports_of(file)}:
            assert file.is_relative_to(ROOT / "core" / "ui"), file


def test_sqlalchemy_is_imported_only_in_the_store() -> None:
    for file in [*(ROOT / "core").rglob("*.py"), *(ROOT / "pages").rglob("*.py"), ROOT / "app.py"]:
        if {"sqlalchemy", "alembic"} & {name.split(".")[0] for name in imports_of(file)}:
            assert file.is_relative_to(ROOT / "core" / "store"), file


def test_connections_to_the_outside_are_opened_in_one_room_only() -> None:
    ways_out = {"http.client", "urllib.request", "smtplib", "socket", "ftplib", "requests", "httpx"}
    for file in [*(ROOT / "core").rglob("*.py"), *(ROOT / "pages").rglob("*.py"), ROOT / "app.py"]:
        if ways_out & set(imports_of(file)):
            assert file.is_relative_to(ROOT / "core" / "channels"), file
