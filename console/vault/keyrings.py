"""This machine's own keyring: which ones are real, and how long one of them is waited for."""

import importlib
import logging
import threading
from collections.abc import Callable
from typing import Any, Final, TypeVar

SERVICE: Final = "Klientela"
PATIENCE: Final = 3.0
"""Seconds to wait for the keyring before the passphrase is asked for."""
_REAL_BACKENDS: Final = (
    ("SecretService", "Keyring"),
    ("libsecret", "Keyring"),
    ("kwallet", "DBusKeyring"),
    ("macOS", "Keyring"),
    ("Windows", "WinVaultKeyring"),
)

_log = logging.getLogger(__name__)
_Result = TypeVar("_Result")


def with_patience(work: Callable[[Any], _Result]) -> _Result | None:
    """Ask the keyring on a thread of its own, because some keyrings never answer."""
    answers: list[_Result] = []

    def ask() -> None:
        try:
            backend = real_backend()
            if backend is not None:
                answers.append(work(backend))
        except Exception as error:
            _log.info("the keyring does not help: %s", type(error).__name__)

    thread = threading.Thread(target=ask, name="keyring", daemon=True)
    thread.start()
    thread.join(PATIENCE)
    return answers[0] if answers else None


def real_backend() -> Any:
    """Return the system's own keyring, or None: no plain-text file is ever used.

    They are asked for by name, because looking through all installed packages for plug-ins
    takes longer than everything else at the start of the program.
    """
    for module, name in _REAL_BACKENDS:
        try:
            kind = getattr(importlib.import_module(f"keyring.backends.{module}"), name)
            if kind.viable:
                return kind()
        except (ImportError, AttributeError):
            continue
    return None
