"""Which part may import which, and what may not stand before the first painted window."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SLOW = {
    "babel", "holidays", "keyring", "phonenumbers", "pikepdf",
    "python_calamine", "reportlab", "sqlcipher3", "sqlite_utils", "stdnum", "xlsxwriter",
}  # fmt: skip


def _sources(*folders: str) -> Iterator[tuple[Path, ast.Module]]:
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield path.relative_to(ROOT), ast.parse(path.read_text(encoding="utf-8"))


def _imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module or ""


def _modules_after(code: str) -> set[str]:
    script = f"import sys\n{code}\nprint(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return {name.partition(".")[0] for name in done.stdout.split()}


def test_directions_are_kept() -> None:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_only_the_connection_imports_the_driver() -> None:
    users = {
        path.as_posix()
        for path, tree in _sources("console", "ui", "resources")
        if any(name.partition(".")[0] == "sqlcipher3" for name in _imported(tree))
    }
    assert users == {"console/storage/connection.py"}


def test_driver_stands_in_place_before_sqlite_utils_looks_for_it() -> None:
    modules = _modules_after(
        "import console.storage.connection, sqlite_utils.utils, sqlcipher3.dbapi2\n"
        "assert sqlite_utils.utils.OperationalError is sqlcipher3.dbapi2.OperationalError"
    )
    assert "sqlite_utils" in modules


@pytest.mark.parametrize("module", ["ui.app", "ui.main_window"])
def test_nothing_slow_stands_before_the_first_painted_window(module: str) -> None:
    assert not _modules_after(f"import {module}") & SLOW


def test_console_knows_no_qt() -> None:
    modules = _modules_after(
        "import console.cli, console.workspace, console.services.requests\n"
        "import console.services.documents, console.services.imports"
    )
    assert "PySide6" not in modules


def test_deadlines_of_the_command_line_open_no_database() -> None:
    code = (
        "from console import cli\n"
        "import contextlib, io\n"
        "with contextlib.redirect_stdout(io.StringIO()):\n"
        "    code = cli.main(['deadline', '--agreement', 'o2-public-sector', '--kind', 'fault',"
        " '--channel', 'phone', '--count', '1', '--received', '2026-03-02T10:00', '--json'])\n"
        "assert code == 0"
    )
    assert not _modules_after(code) & {"sqlcipher3", "sqlite_utils", "reportlab", "PySide6"}


def test_the_window_never_touches_storage() -> None:
    wrong = [
        f"{path}:{node.lineno}"
        for path, tree in _sources("ui")
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in ("store", "db")
    ]
    assert wrong == []
