"""Folders that were chosen last, one for each purpose; remembered on this machine."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from console import settings

DOCUMENTS: Final = "documents"
REPORTS: Final = "reports"
MAILS: Final = "mails"
CERTIFICATE: Final = "certificate"
RECOVERY_SHEET: Final = "recovery-sheet"
BACKUPS: Final = "backups"
BUNDLES: Final = "bundles"


def last(purpose: str) -> Path:
    """Return what was chosen last for a purpose, or the person's documents."""
    kept = settings.load().folders.get(purpose)
    if isinstance(kept, str) and kept:
        return Path(kept)
    place = QStandardPaths.StandardLocation.DocumentsLocation
    return Path(QStandardPaths.writableLocation(place))


def remember(purpose: str, path: Path) -> None:
    """Remember a folder, or a file, for a purpose."""
    kept = settings.load().folders
    settings.change(folders={**kept, purpose: str(path)})


def ask_where_to_save(
    parent: QWidget, title: str, purpose: str, name: str, kinds: str
) -> Path | None:
    """Ask for a file to write, in the folder of the last time.

    Args:
        parent: as in Qt.
        title: of the dialog.
        purpose: what the folder is remembered for.
        name: suggested for the file.
        kinds: of files, as Qt filters them.
    """
    suggested = str(last(purpose) / name)
    chosen, _kind = QFileDialog.getSaveFileName(parent, title, suggested, kinds)
    if not chosen:
        return None
    remember(purpose, Path(chosen).parent)
    return Path(chosen)
