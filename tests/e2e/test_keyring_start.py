"""Starting the window where the keyring is meant to open the workspace: fast, and never stuck."""

from pathlib import Path

from tests.vault import scripts

_START = """
import builtins
import linecache
import os
import signal
import time

import main
from console import early_key

assert workspace.remember_on_this_machine(opened)
os.environ["KLIENTELA_WORKSPACE"] = str(folder)
os.environ["QT_QPA_PLATFORM"] = "offscreen"
plain_import = builtins.__import__


def start(before=lambda asked: None):
    asked = early_key.ask(folder)
    before(asked)
    from ui import app

    application, window = app.open_window(["klientela"], asked)
    return application, window


def wait(application, true, seconds=20):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        application.processEvents()


def asks(window):
    is_there = window.centralWidget() is not None and window._door.has_prompt
    return is_there and window.unlock_page.isVisible()


def is_open(window):
    return window.centralWidget() is not None and window._is_open


def unlock(application, window):
    window.unlock_page._passphrase.setText(PASSPHRASE)
    window.unlock_page._act()
    wait(application, lambda: is_open(window))
"""


def _run(script: str, folder: Path, tmp_path: Path) -> None:
    scripts.run(_START + script, folder, tmp_path / "home")


def test_overview_comes_without_what_it_does_not_need(folder: Path, tmp_path: Path) -> None:
    _run(
        """
for name in [n for n in sys.modules if n.partition(".")[0] in ("console", "keyring")]:
    if name != "console.early_key":
        del sys.modules[name]
days = []
application, window = start()
wait(application, lambda: hasattr(window, "desk"))
window.desk.day_counted.connect(days.append)
wait(application, lambda: days)
assert is_open(window)
assert window._bench.current is window._bench.page("overview")
assert builtins.__import__ is plain_import
needless = {"ui.pages.unlock", "ui.pages.clients", "ui.dialogs.form", "console.services.mails",
            "console.storage.erasing", "multiprocessing.connection", "tomllib", "keyring"}
assert not needless & set(sys.modules), needless & set(sys.modules)
assert not [name for name in linecache.cache if "console" in name]
wait(application, lambda: len(window._bench._made) == len(window.pages))
window.close()
""",
        folder,
        tmp_path,
    )


def test_keyring_without_the_key_leaves_the_prompt(folder: Path, tmp_path: Path) -> None:
    _run(
        """
keyring.delete_password(keyrings.SERVICE, account)
application, window = start()
wait(application, lambda: window.centralWidget() is not None)
window.tasks.wait()
assert not is_open(window)
assert window._shown.currentWidget() is window.unlock_page
assert window.focusWidget() is window.unlock_page._passphrase
unlock(application, window)
window.close()
""",
        folder,
        tmp_path,
    )


def test_slow_keyring_is_not_waited_for_before_the_prompt(folder: Path, tmp_path: Path) -> None:
    _run(
        """
early_key._PATIENCE = 1.5
application, window = start(lambda asked: os.kill(asked._process, signal.SIGSTOP))
wait(application, lambda: asks(window))
assert window._door.is_under_way
unlock(application, window)
window.close()
""",
        folder,
        tmp_path,
    )


def test_damaged_database_is_told_on_the_prompt(folder: Path, tmp_path: Path) -> None:
    _run(
        """
opened.close()
database = folder / workspace.DATABASE_NAME
database.write_bytes(b"x" * len(database.read_bytes()))
application, window = start()
wait(application, lambda: asks(window))
window.tasks.wait()
assert window.unlock_page._banner.text
assert not window.unlock_page._recover.isHidden()
window.close()
""",
        folder,
        tmp_path,
    )
