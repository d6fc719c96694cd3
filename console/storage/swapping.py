"""A whole workspace put in the place of another one; the one before is kept beside it."""

import os
import shutil
from datetime import datetime
from pathlib import Path

from console.errors import KnownError
from console.paths import sync_folder
from console.system_reasons import reason_of


def staging(target: Path) -> Path:
    """Return an empty place for the files to be, on the same disk as their target."""
    place = target.parent / f".{target.name}.restoring"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    return place


def _ready(target: Path) -> Path:
    return target.parent / f".{target.name}.restored"


def swap(place: Path, target: Path, now: datetime, kept_as: str = "damaged") -> Path | None:
    """Put a staged workspace in place.

    Broken off in the middle, :func:`finish` ends it at the next opening.

    Args:
        place: from :func:`staging`.
        target: where it goes; what is there is kept beside it.
        now: names what is kept.
        kept_as: says in its name what it is: ``damaged``, or ``before`` for a whole one.

    Returns:
        Where the one before is kept now, or None where there was none.
    """
    try:
        kept = None
        ready = _ready(target)
        shutil.rmtree(ready, ignore_errors=True)
        sync_folder(place)
        place.rename(ready)
        if target.exists():
            kept = _free(target.with_name(f"{target.name}.{kept_as}-{now:%Y%m%dT%H%M%S}"))
            target.rename(kept)
        ready.rename(target)
        sync_folder(target.parent)
    except OSError as error:
        finish(target)
        reason = reason_of(error)
        raise KnownError("restore-failed", path=target, reason=reason) from error
    return kept


def settle(place: Path, target: Path) -> None:
    """Put a staged workspace into a folder that holds nothing; a missing or an empty one."""
    sync_folder(place)
    if target.exists():
        target.rmdir()
    place.rename(target)
    sync_folder(target.parent)


def _free(path: Path) -> Path:
    names = (path, *(path.with_name(f"{path.name}-{number}") for number in range(2, 1000)))
    return next(name for name in names if not name.exists())


def finish(target: Path) -> None:
    """Put a workspace in place that was staged whole when its swap was broken off."""
    ready = _ready(target)
    if not target.exists() and ready.exists():
        ready.rename(target)


def is_pending(target: Path) -> bool:
    """Return whether :func:`finish` has something to do."""
    return not target.exists() and _ready(target).exists()


def carry(source: Path, target: Path) -> None:
    """Let the files of a folder lie in another one, too, without copying where that can be."""
    for path in source.rglob("*") if source.is_dir() else ():
        goal = target / path.relative_to(source)
        if path.is_dir():
            goal.mkdir(parents=True, exist_ok=True)
            continue
        goal.parent.mkdir(parents=True, exist_ok=True)
        if not goal.exists():
            link(path, goal)


def link(source: Path, target: Path) -> None:
    """Let a file lie in another place, too, without copying where that can be."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
