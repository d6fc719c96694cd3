"""Which backups stay: 24 hours, 14 days, 10 weeks, 12 months, and always the last good one."""

import contextlib
import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from console.errors import KnownError
from console.storage.backup_file import POOL, SUFFIX, TIME, Manifest, check, files_in, read
from console.storage.swapping import link

_NAME: Final = re.compile(r"(\d{8}T\d{12})Z-([a-z]+)[\w-]*" + re.escape(SUFFIX))
_BY_HAND: Final = "by"


def found(folder: Path) -> list[Path]:
    """Return the backups of a folder, the newest first."""
    if not folder.is_dir():
        return []
    return sorted((f for f in folder.iterdir() if _NAME.fullmatch(f.name)), reverse=True)


def time_of(path: Path) -> datetime:
    """Return when a backup was taken, from its name."""
    match = _NAME.fullmatch(path.name)
    if match is None:
        raise ValueError(path.name)
    return datetime.strptime(match.group(1), TIME).replace(tzinfo=UTC)


def _series_of(path: Path) -> str:
    match = _NAME.fullmatch(path.name)
    return match.group(2) if match else ""


_KEPT: Final[tuple[tuple[int, Callable[[datetime], tuple[int, ...]]], ...]] = (
    (24, lambda at: (at.year, at.month, at.day, at.hour)),
    (14, lambda at: (at.year, at.month, at.day)),
    (10, lambda at: at.isocalendar()[:2]),
    (12, lambda at: (at.year, at.month)),
)


def kept(times: Sequence[datetime]) -> set[datetime]:
    """Choose which backups stay: of 24 hours, 14 days, 10 weeks and 12 months the newest each.

    Hours, days, weeks and months in which no backup was taken do not count, so that a long
    holiday costs nothing, and neither does a clock that was wrong.
    """
    chosen: set[datetime] = set()
    for most, period in _KEPT:
        newest: dict[tuple[int, ...], datetime] = {}
        for at in sorted(times, reverse=True):
            newest.setdefault(period(at), at)
        chosen.update(list(newest.values())[:most])
    return chosen


def rotate(folder: Path, key: bytes) -> list[Path]:
    """Remove the backups that are not kept any longer, but never the last good one.

    Those made before large changes are counted apart from the hourly ones; those made by hand
    are the person's, and stay.

    Returns:
        What was removed.
    """
    paths = found(folder)
    stay: set[Path] = set()
    for series in {_series_of(path) for path in paths}:
        times = {time_of(path): path for path in paths if _series_of(path) == series}
        chosen = times if series == _BY_HAND else kept(list(times))
        stay.update(times[at] for at in chosen)
    going = [path for path in paths if path not in stay]
    if going and not any(_is_good(path, key) for path in paths if path not in going):
        last_good = next((path for path in going if _is_good(path, key)), None)
        going = [path for path in going if path != last_good]
    for path in going:
        path.unlink(missing_ok=True)
    if going:
        _empty_pool(folder, key)
    return going


def set_aside(folder: Path, keys: Sequence[bytes], unit: int, now: datetime) -> Path | None:
    """Take backups out of the row that hold what was given up by going back to an older one.

    They would count as newer than what is worked on from now on. They stay whole, with their
    files, in a folder of their own.

    Args:
        folder: of the backups.
        keys: 32 bytes each, of the backups: that of the workspace as it is now, then newer ones.
        unit: the last one that the workspace has now.
        now: names the folder.

    Returns:
        Where they lie now, or None where there are none.
    """
    manifests = {path: _manifest(path, keys) for path in found(folder)}
    later = {path: known for path, known in manifests.items() if known and known.unit > unit}
    if not later:
        return None
    aside = folder / f"given-up-{now:%Y%m%dT%H%M%S}"
    aside.mkdir()
    for path, known in later.items():
        _take_files_along(known, folder / POOL, aside / POOL)
        path.rename(aside / path.name)
    _empty_pool(folder, keys[0])
    return aside


def _manifest(path: Path, keys: Sequence[bytes]) -> Manifest | None:
    for key in keys:
        with contextlib.suppress(KnownError):
            return read(path, key).manifest
    return None


def _take_files_along(manifest: Manifest, pool: Path, other: Path) -> None:
    for name in manifest.files:
        source, target = pool / name, other / name
        if source.exists() and not target.exists():
            target.parent.mkdir(exist_ok=True)
            link(source, target)


def _is_good(path: Path, key: bytes) -> bool:
    try:
        check(path, key)
    except KnownError:
        return False
    return True


def _empty_pool(folder: Path, key: bytes) -> None:
    """Remove files from the pool that no backup names; one that cannot be read keeps them all."""
    named: set[str] = set()
    for path in found(folder):
        try:
            named.update(read(path, key).manifest.files)
        except KnownError:
            return
    for file in files_in(folder / POOL):
        if file.name not in named:
            file.unlink(missing_ok=True)
