"""Going to sleep, as the system tells it on a real bus."""

import subprocess
import sys
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from ui.suspension import Suspension

LOGIN = """
import sys
from PySide6.QtCore import QCoreApplication
from PySide6.QtDBus import QDBusConnection, QDBusMessage
application = QCoreApplication([])
bus = QDBusConnection.connectToBus(sys.argv[1], "login")
assert bus.registerService("org.freedesktop.login1")
print("ready", flush=True)
for line in sys.stdin:
    told = QDBusMessage.createSignal(
        "/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep"
    )
    told.setArguments([line.strip() == "sleep"])
    assert bus.send(told)
"""


@pytest.fixture
def bus() -> Iterator[str]:
    """A bus of the test's own."""
    daemon = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address"],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert daemon.stdout is not None
    yield daemon.stdout.readline().strip()
    daemon.terminate()
    daemon.wait()
    daemon.stdout.close()


def test_system_that_goes_to_sleep_tells(qtbot: QtBot, bus: str) -> None:
    login = subprocess.Popen(
        [sys.executable, "-c", LOGIN, bus],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert login.stdin is not None
    assert login.stdout is not None
    try:
        assert login.stdout.readline() == "ready\n"
        watch = Suspension(None, bus=bus)
        assert watch.is_told
        with qtbot.waitSignal(watch.began, timeout=10_000):
            login.stdin.write("awake\nsleep\n")
            login.stdin.flush()
        watch.stop()
    finally:
        login.stdin.close()
        login.wait(10)
        login.stdout.close()
