"""Who uses a workspace on this machine: locks of the operating system, kept in local app data.

Everybody who opens a workspace holds the *use* lock together with others; what replaces its
files (restore, recovery, a new data key) holds it alone. The window holds the *window* lock
alone, and listens there, so that a second start can raise it. The system drops a lock with
its process, so that none is ever stale.
"""

import contextlib
import hashlib
import logging
import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, Final

from console import paths
from console.errors import KnownError

_SEATS: Final = 64
"""Where the system knows no shared locks, each user locks one byte of so many."""
_TOKEN_BYTES: Final = 32
_RAISE: Final = b"raise"
_WAKING: Final = 0.5
"""Seconds to wait for the end of our own listening thread."""
_PATIENCE: Final = 2.0

_log = logging.getLogger(__name__)


class Lock:
    """A lock that is held until :meth:`release` or the end of the process."""

    def __init__(self, file: IO[bytes] | None) -> None:
        self._file = file

    def release(self) -> None:
        """Let others in; once more does nothing."""
        if self._file is not None:
            self._file.close()
            self._file = None


def use(folder: Path, *, alone: bool = False) -> Lock:
    """Lock a workspace for use.

    Args:
        folder: of the workspace.
        alone: whether nobody else may use it meanwhile.

    Raises:
        KnownError: ``workspace-in-use``.
    """
    try:
        file = _place(folder, "use").open("a+b")
    except OSError as error:
        _log.warning("no lock is kept: %s", type(error).__name__)
        return Lock(None)
    if not (_lock_alone(file) if alone else _lock_together(file)):
        file.close()
        raise KnownError("workspace-in-use", path=folder)
    return Lock(file)


class Instance:
    """The one window over a workspace."""

    def __init__(self, lock: Lock, token: Path) -> None:
        self._lock = lock
        self._token = token
        self._listener: Any = None

    def listen(self, raised: Callable[[], None]) -> None:
        """Call ``raised``, on a thread of its own, when a second start asks for the window."""
        from multiprocessing.connection import Listener

        secret = os.urandom(_TOKEN_BYTES)
        try:
            self._listener = Listener(authkey=secret)
            _write_token(self._token, self._listener.address, secret)
        except OSError as error:
            _log.warning("a second start cannot raise the window: %s", type(error).__name__)
            return
        threading.Thread(target=self._serve, args=(raised,), name="instance", daemon=True).start()

    def _serve(self, raised: Callable[[], None]) -> None:
        from multiprocessing import AuthenticationError

        listener = self._listener
        while self._listener is not None:
            try:
                with listener.accept() as caller:
                    if caller.poll(_PATIENCE) and caller.recv_bytes(len(_RAISE)) == _RAISE:
                        raised()
                        caller.send_bytes(_RAISE)
            except (OSError, EOFError, AuthenticationError):
                continue

    def release(self) -> None:
        """Let another window open the workspace."""
        listener, self._listener = self._listener, None
        if listener is not None:
            self._token.unlink(missing_ok=True)
            _wake(listener)
            listener.close()
        self._lock.release()


def _wake(listener: Any) -> None:
    """End the wait of the listening thread by calling it.

    The thread may have ended already, and then nobody answers: the call is left to itself,
    until closing the listener ends it.
    """
    caller = threading.Thread(target=_call, args=(listener.address,), daemon=True)
    caller.start()
    caller.join(_WAKING)


def _call(address: Any) -> None:
    from multiprocessing import AuthenticationError
    from multiprocessing.connection import Client

    with contextlib.suppress(OSError, EOFError, AuthenticationError):
        Client(address, authkey=b"end").close()


def take(folder: Path) -> Instance:
    """Become the one window over a workspace.

    Raises:
        KnownError: ``workspace-in-use`` where another window has it; :func:`raise_other`
            brings that one to the front.
    """
    try:
        file = _place(folder, "window").open("a+b")
    except OSError as error:
        _log.warning("no lock is kept: %s", type(error).__name__)
        return Instance(Lock(None), folder / "none")
    if not _lock_alone(file):
        file.close()
        raise KnownError("workspace-in-use", path=folder)
    return Instance(Lock(file), _place(folder, "token"))


def raise_other(folder: Path) -> bool:
    """Bring the window that has the workspace to the front; return whether it answered.

    A window that hangs never answers; it is not waited for for ever.
    """
    answers: list[bool] = []
    asking = threading.Thread(target=lambda: answers.append(_raise_other(folder)), daemon=True)
    asking.start()
    asking.join(2 * _PATIENCE)
    return bool(answers and answers[0])


def _raise_other(folder: Path) -> bool:
    from multiprocessing import AuthenticationError
    from multiprocessing.connection import Client

    try:
        address, secret = _place(folder, "token").read_text(encoding="utf-8").split("\n")[:2]
        with Client(address, authkey=bytes.fromhex(secret)) as other:
            other.send_bytes(_RAISE)
            return bool(other.poll(_PATIENCE)) and other.recv_bytes(len(_RAISE)) == _RAISE
    except (OSError, ValueError, EOFError, AuthenticationError):
        return False


def _write_token(target: Path, address: str, secret: bytes) -> None:
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(f"{address}\n{secret.hex()}\n")


def _place(folder: Path, what: str) -> Path:
    """Return a lock's file; a workspace reached by two paths has one."""
    real = os.path.normcase(folder.resolve())
    name = hashlib.sha256(real.encode("utf-8", "surrogateescape")).hexdigest()[:32]
    locks = paths.lock_folder()
    locks.mkdir(parents=True, exist_ok=True, mode=0o700)
    return locks / f"{name}.{what}"


if sys.platform == "win32":
    import msvcrt

    def _lock_alone(file: IO[bytes]) -> bool:
        return _lock_bytes(file, 0, _SEATS)

    def _lock_together(file: IO[bytes]) -> bool:
        return any(_lock_bytes(file, seat, 1) for seat in range(_SEATS))

    def _lock_bytes(file: IO[bytes], at: int, count: int) -> bool:
        file.seek(at)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, count)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lock_alone(file: IO[bytes]) -> bool:
        return _flock(file, fcntl.LOCK_EX)

    def _lock_together(file: IO[bytes]) -> bool:
        return _flock(file, fcntl.LOCK_SH)

    def _flock(file: IO[bytes], how: int) -> bool:
        try:
            fcntl.flock(file, how | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
