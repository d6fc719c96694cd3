"""A reserve of disk space: given up when the disk is full, so that the last save goes through."""

import contextlib
import os
import shutil
from pathlib import Path
from typing import Final

FILE_NAME: Final = "reserve"
BYTES: Final = 1 << 20
_PLENTY: Final = 32 * BYTES


def keep(folder: Path) -> None:
    """Put the reserve aside where the disk has plenty; a disk that has not goes without."""
    file = folder / FILE_NAME
    with contextlib.suppress(OSError):
        if file.exists() or shutil.disk_usage(folder).free < _PLENTY:
            return
        with file.open("wb") as target:
            _fill(target.fileno())


def _fill(handle: int) -> None:
    if hasattr(os, "posix_fallocate"):
        os.posix_fallocate(handle, 0, BYTES)
    else:
        os.write(handle, bytes(BYTES))


def release(folder: Path) -> bool:
    """Give the reserve up; return whether there was one."""
    try:
        (folder / FILE_NAME).unlink()
    except OSError:
        return False
    return True
