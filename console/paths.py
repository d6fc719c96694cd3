"""Where the program keeps its own files on this machine; making a folder's names last."""

import os
from pathlib import Path
from typing import Final

_NAME: Final = "Klientela"
ERASURES_NAME: Final = "erasures"
"""The list of erasures, in a workspace and beside its backups."""


def settings_file() -> Path:
    """Return the file of the program's settings."""
    import platformdirs

    return Path(platformdirs.user_config_dir(_NAME, appauthor=False)) / "settings.json"


def log_folder() -> Path:
    """Return the folder of the log files."""
    import platformdirs

    return Path(platformdirs.user_log_dir(_NAME, appauthor=False))


def default_workspace() -> Path:
    """Return the folder of the workspace that is opened where none is named."""
    import platformdirs

    return Path(platformdirs.user_data_dir(_NAME, appauthor=False)) / "workspace"


def lock_folder() -> Path:
    """Return the folder of the locks, on this machine's own disk and never synchronised."""
    import platformdirs

    return Path(platformdirs.user_state_dir(_NAME, appauthor=False)) / "locks"


def sync_folder(folder: Path) -> None:
    """Make the names in a folder last through a power cut, where the system can be asked to."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
