"""The program's log: what happened, never to whom. No client data, key, passphrase or PUK."""

import logging
import logging.handlers
from pathlib import Path
from typing import Final

from console import paths

_BYTES: Final = 512 * 1024
_FILES: Final = 3
_TALKATIVE: Final = ("pyhanko", "pyhanko_certvalidator", "pikepdf", "fontTools", "PIL")
"""Libraries whose warnings quote the files and paths that they work with."""


def start(folder: Path | None = None) -> None:
    """Write the log of the program into a small rotating file."""
    hush()
    target = folder or paths.log_folder()
    try:
        target.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = logging.handlers.RotatingFileHandler(
            target / "klientela.log", maxBytes=_BYTES, backupCount=_FILES, encoding="utf-8"
        )
    except OSError:
        handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)


def hush() -> None:
    """Let libraries write neither into the log nor to the terminal; their errors we tell."""
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
