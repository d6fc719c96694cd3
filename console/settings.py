"""The program's settings on this machine: language, look, last workspace. No client data."""

import json
import os
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from console import paths


@dataclass(frozen=True, slots=True)
class Settings:
    """What the program remembers between two starts.

    Args:
        language: ``cs``, ``en`` or empty for the system's.
        theme: ``light``, ``dark`` or empty for the system's.
        workspace: folder of the workspace opened last, or empty.
        tables: for each table, what the person chose of columns, widths and order.
        geometry: position and size of the window, as Qt writes it, base64.
        folders: for each purpose, the folder or file that was chosen last.
    """

    language: str = ""
    theme: str = ""
    workspace: str = ""
    tables: dict[str, Any] = field(default_factory=dict)
    geometry: str = ""
    folders: dict[str, Any] = field(default_factory=dict)


def load(file: Path | None = None) -> Settings:
    """Read the settings; what is missing or cannot be read has its default."""
    try:
        stored = json.loads((file or paths.settings_file()).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Settings()
    if not isinstance(stored, dict):
        return Settings()
    defaults = asdict(Settings())
    known = {f.name for f in fields(Settings)}
    return Settings(
        **{n: v for n, v in stored.items() if n in known and type(v) is type(defaults[n])}
    )


def save(settings: Settings, file: Path | None = None) -> None:
    """Write the settings in one step."""
    target = file or paths.settings_file()
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_suffix(f".{os.getpid()}")
    temporary.write_text(json.dumps(asdict(settings), indent=2), encoding="utf-8")
    temporary.replace(target)


def change(file: Path | None = None, **changes: Any) -> Settings:
    """Change some of the settings and return them all."""
    changed = replace(load(file), **changes)
    save(changed, file)
    return changed


def workspace_folder() -> Path:
    """Return the workspace to open: of the environment, the last one, or the usual one."""
    named = os.environ.get("KLIENTELA_WORKSPACE") or load().workspace
    return Path(named) if named else paths.default_workspace()
