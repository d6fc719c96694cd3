"""Files that ship with the program: fonts, icons, themes, agreements, catalogues.

Access by :func:`path`, :func:`text` and :func:`data`; names are relative and use ``/``.
"""

from pathlib import Path

_ROOT = Path(__file__).resolve().parent


def path(name: str) -> Path:
    """Return the file-system path of a resource (file or folder)."""
    return _ROOT / name


def text(name: str) -> str:
    """Return a resource decoded as UTF-8."""
    return path(name).read_text(encoding="utf-8")


def data(name: str) -> bytes:
    """Return a resource's bytes."""
    return path(name).read_bytes()
