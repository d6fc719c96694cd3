"""Why the system refused a file, in the language in use: the system's own words are English."""

import errno
from collections.abc import Mapping
from typing import Final

from console.texts import N_, _

_REASONS: Final[Mapping[int, str]] = {
    errno.EACCES: N_("access is denied"),
    errno.EPERM: N_("it is not permitted"),
    errno.ENOENT: N_("it is not there"),
    errno.EEXIST: N_("something of that name is there already"),
    errno.EISDIR: N_("it is a folder"),
    errno.ENOTDIR: N_("a part of the path is no folder"),
    errno.ENOTEMPTY: N_("the folder is not empty"),
    errno.EROFS: N_("the disk can only be read"),
    errno.ENOSPC: N_("the disk is full"),
    errno.EIO: N_("the disk reports an error"),
    errno.EFBIG: N_("the file is too large for the disk"),
    errno.EBUSY: N_("it is in use"),
    errno.ENODEV: N_("the disk is gone"),
    errno.ENXIO: N_("the disk is gone"),
    errno.ENAMETOOLONG: N_("the name is too long"),
    errno.EINVAL: N_("the disk does not take such a name"),
    errno.ELOOP: N_("the links lead in a circle"),
    errno.EMFILE: N_("too many files are open"),
    errno.ENFILE: N_("too many files are open"),
    errno.EXDEV: N_("it is on another disk"),
    errno.ETIMEDOUT: N_("the place does not answer"),
    errno.ECONNREFUSED: N_("the place does not answer"),
    errno.EHOSTUNREACH: N_("the network does not lead there"),
    errno.ENETUNREACH: N_("the network does not lead there"),
}


def reason_of(error: BaseException) -> str:
    """Return why something failed, to stand inside a sentence.

    Returns:
        The words for what the system reported; its own where there are none, or the name of
        what went wrong.
    """
    number = getattr(error, "errno", None)
    words = _REASONS.get(number) if isinstance(number, int) else None
    if words:
        return _(words)
    return getattr(error, "strerror", None) or type(error).__name__
