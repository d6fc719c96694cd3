"""Keeps what is in memory, keys and personal data, from being written to the disk by a crash.

And lets Python's search for cycles in it rest while many rows are loaded.
"""

import contextlib
import gc
import sys
from collections.abc import Iterator
from typing import Final

_PR_SET_DUMPABLE: Final = 4


def forbid_dumps() -> None:
    """Let no crash write the memory to the disk, and no other program of the person read it.

    A limit of zero stops the system's own core files; where a program takes them instead, as
    systemd does, only a process that is not dumpable is left alone.
    """
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


@contextlib.contextmanager
def without_collection() -> Iterator[None]:
    """Let cycles wait: rows have none, and are looked through again with every million objects."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
