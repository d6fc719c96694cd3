"""A real Secret Service for tests: a bus and a keyring of their own, gone afterwards."""

import contextlib
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

PASSWORD = "keyring-of-the-test"


@contextlib.contextmanager
def secret_service(home: Path, password: str = PASSWORD) -> Iterator[dict[str, str]]:
    """Start a keyring that is unlocked.

    Args:
        home: an empty folder in which it keeps its files.
        password: of the keyring; another one than before leaves it locked.

    Yields:
        The environment of a process that may use it.
    """
    home.mkdir(parents=True, exist_ok=True)
    home.chmod(0o700)
    environment = {
        **os.environ,
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(home),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_CONFIG_HOME": str(home / "config"),
    }
    bus = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address=1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        text=True,
    )
    assert bus.stdout is not None
    environment["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().strip()
    keyring = subprocess.Popen(
        ["gnome-keyring-daemon", "--unlock", "--foreground", "--components=secrets"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        text=True,
    )
    assert keyring.stdin is not None
    assert keyring.stdout is not None
    keyring.stdin.write(password)
    keyring.stdin.close()
    keyring.stdout.readline()
    environment["KEYRING_OF_THE_TEST"] = str(keyring.pid)
    try:
        yield environment
    finally:
        for process in (keyring, bus):
            process.terminate()
            process.wait()
            if process.stdout is not None:
                process.stdout.close()
