"""What the repository promises of itself: fonts and icons with licences, a lock with hashes."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
LOCK = ROOT / "installer" / "requirements.lock"


def _sources() -> list[Path]:
    folders = ("console", "ui", "resources", "tests", "installer")
    inside = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    return [ROOT / "main.py", ROOT / "dev.py", *inside]


def test_every_locked_package_has_its_hashes() -> None:
    entries = re.split(r"\n(?=\S)", LOCK.read_text(encoding="utf-8"))
    packages = [entry for entry in entries if re.match(r"[a-zA-Z0-9]", entry)]
    assert len(packages) > 20
    assert [entry.split()[0] for entry in packages if "--hash=sha256:" not in entry] == []


def test_lock_names_no_index() -> None:
    assert not re.search(r"^\s*--(?!hash)|https?://", LOCK.read_text(encoding="utf-8"), re.M)


def test_fonts_and_icons_carry_their_licences() -> None:
    for folder in ("fonts", "icons"):
        names = {path.name.upper() for path in (ROOT / "resources" / folder).iterdir()}
        assert any("LICEN" in name or "OFL" in name for name in names), folder


def test_no_todo_without_an_issue() -> None:
    todo = re.compile("TO" + r"DO(?!\(#\d+\))|FIX" + "ME")
    wrong = [
        str(path.relative_to(ROOT))
        for path in _sources()
        if todo.search(path.read_text(encoding="utf-8"))
    ]
    assert wrong == []


def test_window_library_is_the_one_that_keeps_its_references() -> None:
    """PySide6 6.12.0 on Python 3.11 loses a reference to None with every void call."""
    assert re.search(r"^pyside6-essentials==6\.11\.3", LOCK.read_text(encoding="utf-8"), re.M)
