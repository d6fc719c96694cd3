"""Where a live workspace must not lie: in a folder that a program synchronises, or on a network.

Both copy or share single files of a database while it is written, which loses saves.
"""

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from console.errors import KnownError

_NAMES: Final = {
    "dropbox": "Dropbox",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "můj disk": "Google Drive",
    "icloud drive": "iCloud",
    "iclouddrive": "iCloud",
    "mobile documents": "iCloud",
    "com~apple~clouddocs": "iCloud",
    "cloudstorage": "iCloud, OneDrive, Google Drive",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "onedrive": "OneDrive",
}
_BEGINNINGS: Final = {"onedrive -": "OneDrive", "onedrive–": "OneDrive", "dropbox (": "Dropbox"}
_MARKS: Final = {
    ".dropbox": "Dropbox",
    ".dropbox.cache": "Dropbox",
    ".nextcloudsync.log": "Nextcloud",
    ".owncloudsync.log": "ownCloud",
    ".tmp.drivedownload": "Google Drive",
    ".tmp.driveupload": "Google Drive",
    ".849c9593-d756-4e56-8d6e-42412f2a707b": "OneDrive",
    ".stfolder": "Syncthing",
}
_MARK_PATTERNS: Final = {"._sync_*.db": "Nextcloud", ".sync_*.db": "Nextcloud"}
_VARIABLES: Final = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
_NETWORK: Final = frozenset(
    {
        "nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afpfs", "webdav", "davfs", "afs",
        "ncpfs", "ceph", "glusterfs", "lustre", "fuse.sshfs", "fuse.davfs2", "fuse.rclone",
        "fuse.gvfsd-fuse", "fuse.glusterfs", "fuse.smbnetfs", "fuse.curlftpfs",
    }
)  # fmt: skip
_REMOTE_DRIVE: Final = 4


def check(folder: Path) -> None:
    """Refuse a folder in which a live workspace would come to harm.

    Raises:
        KnownError: ``place-synchronised`` or ``place-network``, with advice.
    """
    real = folder.resolve()
    if program := synchronised_by(real):
        raise KnownError("place-synchronised", path=folder, program=program)
    if is_on_network(real):
        raise KnownError("place-network", path=folder)


def synchronised_by(folder: Path) -> str:
    """Return which program synchronises a folder, or an empty string."""
    for level in (folder, *folder.parents):
        if program := _by_name(level.name) or _by_mark(level):
            return program
    return next((program for root, program in _declared() if folder.is_relative_to(root)), "")


def _by_name(name: str) -> str:
    plain = name.casefold()
    known = (program for start, program in _BEGINNINGS.items() if plain.startswith(start))
    return _NAMES.get(plain) or next(known, "")


def _by_mark(level: Path) -> str:
    try:
        for mark, program in _MARKS.items():
            if (level / mark).exists() and level != Path.home():
                return program
        for pattern, program in _MARK_PATTERNS.items():
            if next(level.glob(pattern), None) is not None:
                return program
    except OSError:
        return ""
    return ""


def _declared() -> Iterator[tuple[Path, str]]:
    """Give the roots that the programs themselves have written down."""
    for name in _VARIABLES:
        if os.environ.get(name):
            yield Path(os.environ[name]), "OneDrive"
    homes = [Path.home() / ".dropbox", *(Path(os.environ[n]) / "Dropbox" for n in _windows_homes())]
    for home in homes:
        try:
            told = json.loads((home / "info.json").read_text(encoding="utf-8"))
            yield from ((Path(account["path"]), "Dropbox") for account in told.values())
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            continue


def _windows_homes() -> list[str]:
    return [name for name in ("APPDATA", "LOCALAPPDATA") if os.environ.get(name)]


def is_on_network(folder: Path) -> bool:
    """Return whether a folder lies on another machine."""
    if os.name == "nt":
        return _is_remote_drive(folder)
    if sys.platform == "darwin":
        return _file_system(folder, _mounts_of_mac()) in _NETWORK
    return _file_system(folder, _mounts_of_linux()) in _NETWORK


def _is_remote_drive(folder: Path) -> bool:
    import ctypes

    drive = folder.drive
    if drive.startswith("\\\\"):
        return True
    system: object = getattr(ctypes, "windll", None)
    kind = getattr(getattr(system, "kernel32", None), "GetDriveTypeW", None)
    return bool(kind and kind(f"{drive}\\") == _REMOTE_DRIVE)


def _file_system(folder: Path, mounts: list[tuple[Path, str]]) -> str:
    """Return the type of the deepest mount above a folder; the last of equals lies on top."""
    above = [(len(root.parts), at, kind) for at, (root, kind) in enumerate(mounts)
             if folder.is_relative_to(root)]  # fmt: skip
    return max(above)[2] if above else ""


def _mounts_of_linux(table: Path = Path("/proc/self/mountinfo")) -> list[tuple[Path, str]]:
    try:
        lines = table.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return []
    mounts = []
    for line in lines:
        head, _, tail = line.partition(" - ")
        if len(head.split()) > 4 and tail:
            root = head.split()[4].encode("latin-1", "replace").decode("unicode_escape")
            mounts.append((Path(root), tail.split()[0]))
    return mounts


def _mounts_of_mac() -> list[tuple[Path, str]]:
    import re
    import subprocess

    try:
        told = subprocess.run(
            ["/sbin/mount"], capture_output=True, text=True, timeout=2, check=False
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return []
    found = re.findall(r"^.* on (.+) \((\w+)", told, re.MULTILINE)
    return [(Path(root), kind) for root, kind in found]
