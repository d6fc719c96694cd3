"""The keyring slot, against a real Secret Service and against keyrings that are no help."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import keyring
import keyring.backends.kwallet
import keyring.backends.libsecret
import keyring.backends.SecretService
import keyring.errors
import pytest

from console import workspace
from console.vault import keyring_slot, keyrings, keys, slots
from console.vault.slots import Slots
from console.workspace import Workspace
from tests.conftest import PASSPHRASE
from tests.vault import scripts

# A real Secret Service


def test_remembered_key_opens_without_a_passphrase(folder: Path, tmp_path: Path) -> None:
    scripts.run(
        """
assert not workspace.is_remembered(folder)
assert workspace.remember_on_this_machine(opened)
assert workspace.is_remembered(folder)
assert workspace.unlock_by_keyring(folder) == key
entry = keyring.get_password(keyrings.SERVICE, account)
assert entry
assert entry != key.hex()
assert entry not in (folder / slots.FILE_NAME).read_text()
assert slots.check_seal(folder, key)
assert workspace.unlock(folder, PASSPHRASE) == key
workspace.open_workspace(folder, workspace.unlock_by_keyring(folder)).close()
""",
        folder,
        tmp_path / "home",
    )


def test_new_workspace_may_be_remembered_at_once(folder: Path, tmp_path: Path) -> None:
    scripts.run(
        """
made = workspace.create(folder / "new", PASSPHRASE, use_keyring=True)
assert workspace.unlock_by_keyring(folder / "new") == made.data_key
made.close()
""",
        folder,
        tmp_path / "home",
    )


def test_forgotten_key_is_gone_from_file_and_keyring(folder: Path, tmp_path: Path) -> None:
    scripts.run(
        """
workspace.remember_on_this_machine(opened)
workspace.forget_on_this_machine(opened)
assert not workspace.is_remembered(folder)
assert workspace.unlock_by_keyring(folder) is None
assert keyring.get_password(keyrings.SERVICE, account) is None
assert workspace.unlock(folder, PASSPHRASE) == key
""",
        folder,
        tmp_path / "home",
    )


def test_changed_or_lost_entry_asks_for_the_passphrase_and_is_mended(
    folder: Path, tmp_path: Path
) -> None:
    scripts.run(
        """
workspace.remember_on_this_machine(opened)
for entry in ("00" * 32, key.hex(), "ff", "", "no hex", "ř"):
    keyring.set_password(keyrings.SERVICE, account, entry)
    assert workspace.unlock_by_keyring(folder) is None, entry
keyring.delete_password(keyrings.SERVICE, account)
assert workspace.unlock_by_keyring(folder) is None
assert workspace.unlock(folder, PASSPHRASE) == key
assert workspace.remember_on_this_machine(opened)
assert workspace.unlock_by_keyring(folder) == key
""",
        folder,
        tmp_path / "home",
    )


def test_locked_keyring_asks_for_the_passphrase(folder: Path, tmp_path: Path) -> None:
    scripts.run("assert workspace.remember_on_this_machine(opened)", folder, tmp_path / "home")
    scripts.run(
        """
keyrings.PATIENCE = 1.0
before = (folder / slots.FILE_NAME).read_bytes()
assert workspace.unlock_by_keyring(folder) is None
assert not workspace.remember_on_this_machine(opened)
assert (folder / slots.FILE_NAME).read_bytes() == before
assert workspace.is_remembered(folder)
""",
        folder,
        tmp_path / "home",
        password="another",
    )
    scripts.run("assert workspace.unlock_by_keyring(folder) == key", folder, tmp_path / "home")


def test_real_keyring_that_hangs_is_not_waited_for_and_opens_again_later(
    folder: Path, tmp_path: Path
) -> None:
    script = """
import os, signal
daemon = int(os.environ["KEYRING_OF_THE_TEST"])
assert workspace.remember_on_this_machine(opened)
assert workspace.mend_keyring(opened)
os.kill(daemon, signal.SIGSTOP)
try:
    assert workspace.unlock_by_keyring(folder) is None
    assert not workspace.mend_keyring(opened)
    assert workspace.is_remembered(folder)
    assert workspace.unlock(folder, PASSPHRASE) == key
finally:
    os.kill(daemon, signal.SIGCONT)
assert workspace.mend_keyring(opened)
assert workspace.unlock_by_keyring(folder) == key
"""
    scripts.run(script, folder, tmp_path / "home")


def test_real_keyring_that_lies_opens_nothing_and_is_mended(folder: Path, tmp_path: Path) -> None:
    script = """
assert workspace.remember_on_this_machine(opened)
for lie in ("00" * 32, "no key at all", "", key.hex()):
    keyring.set_password(keyrings.SERVICE, account, lie)
    assert workspace.unlock_by_keyring(folder) is None
    assert workspace.unlock(folder, PASSPHRASE) == key
assert workspace.mend_keyring(opened)
assert workspace.unlock_by_keyring(folder) == key
"""
    scripts.run(script, folder, tmp_path / "home")


def test_keyring_that_is_not_wanted_is_not_mended(folder: Path, tmp_path: Path) -> None:
    script = """
assert not workspace.mend_keyring(opened)
assert not workspace.is_remembered(folder)
assert keyring.get_password(keyrings.SERVICE, account) is None
"""
    scripts.run(script, folder, tmp_path / "home")


def test_slot_of_another_workspace_does_not_open(folder: Path, tmp_path: Path) -> None:
    """A copy of the folder on another machine has no entry; one with another id neither."""
    scripts.run(
        """
import dataclasses

workspace.remember_on_this_machine(opened)
file = slots.read(folder)
for change in ({"device": file.device + 1}, {"workspace_id": "f" * 32}, {"generation": 2}):
    assert keyring_slot.unlock(dataclasses.replace(file, **change)) is None
""",
        folder,
        tmp_path / "home",
    )


# No help


class Backend:
    """A keyring of the system that keeps its entries in memory, for all of its objects."""

    viable = True
    entries: ClassVar[dict[tuple[str, str], str]] = {}

    def get_password(self, service: str, account: str) -> str | None:
        return self.entries.get((service, account))

    def set_password(self, service: str, account: str, entry: str) -> None:
        self.entries[service, account] = entry

    def delete_password(self, service: str, account: str) -> None:
        del self.entries[service, account]


def use(
    monkeypatch: pytest.MonkeyPatch, kind: type[Backend], module: str = "SecretService"
) -> dict[tuple[str, str], str]:
    """Put a keyring in place of one of the system's own; return its entries, none yet."""
    name = {"kwallet": "DBusKeyring"}.get(module, "Keyring")
    fresh = type("Fresh", (kind,), {"entries": {}})
    monkeypatch.setattr(f"keyring.backends.{module}.{name}", fresh)
    entries: dict[tuple[str, str], str] = fresh.entries  # type: ignore[attr-defined]
    return entries


@pytest.mark.parametrize("module", ["SecretService", "libsecret", "kwallet"])
def test_keyring_of_the_system_is_used(
    monkeypatch: pytest.MonkeyPatch, empty: Slots, key: bytes, module: str
) -> None:
    entries = use(monkeypatch, Backend, module)
    slot = keyring_slot.make(empty, key)
    assert slot is not None
    assert keyring_slot.unlock(empty.with_slot(slot)) == key
    assert len(entries) == 1
    assert key.hex() not in entries.values()


class Plaintext(keyring.backend.KeyringBackend):
    """A keyring that writes a file, as those of keyrings.alt do."""

    priority = 9.0  # type: ignore[assignment]

    def get_password(self, service: str, username: str) -> str | None:
        raise AssertionError("it was read")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise AssertionError("it was written to")


def test_keyring_that_writes_a_file_is_never_asked(
    opened: Workspace, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Though the library prefers it: chosen, installed, and the best there is."""
    caplog.set_level("INFO")
    monkeypatch.setattr(keyring, "get_keyring", Plaintext)
    assert not workspace.remember_on_this_machine(opened)
    assert workspace.unlock_by_keyring(opened.folder) is None
    assert "AssertionError" not in caplog.text


def test_machine_without_a_bus_asks_for_the_passphrase(opened: Workspace) -> None:
    assert not workspace.remember_on_this_machine(opened)
    assert not workspace.is_remembered(opened.folder)
    assert workspace.unlock_by_keyring(opened.folder) is None
    assert workspace.unlock(opened.folder, PASSPHRASE) == opened.data_key


def test_slot_without_an_entry_asks_for_the_passphrase(
    monkeypatch: pytest.MonkeyPatch, empty: Slots, key: bytes
) -> None:
    entries = use(monkeypatch, Backend)
    slot = keyring_slot.make(empty, key)
    assert slot is not None
    assert keyring_slot.unlock(empty) is None
    entries.clear()
    assert keyring_slot.unlock(empty.with_slot(slot)) is None


class Raising(Backend):
    """A keyring that fails whatever is asked."""

    def get_password(self, service: str, account: str) -> str | None:
        raise keyring.errors.KeyringLocked("ask later")

    def set_password(self, service: str, account: str, entry: str) -> None:
        raise RuntimeError

    def delete_password(self, service: str, account: str) -> None:
        raise keyring.errors.PasswordDeleteError


class Forgetful(Backend):
    """A keyring that takes everything and keeps nothing."""

    def set_password(self, service: str, account: str, entry: str) -> None:
        self.entries.clear()


@pytest.mark.parametrize("fault", [Raising, Forgetful])
def test_failing_keyring_is_no_slot_and_no_error(
    monkeypatch: pytest.MonkeyPatch, opened: Workspace, fault: type[Backend]
) -> None:
    use(monkeypatch, fault)
    before = (opened.folder / "slots.json").read_bytes()
    assert not workspace.remember_on_this_machine(opened)
    assert (opened.folder / "slots.json").read_bytes() == before
    workspace.forget_on_this_machine(opened)
    assert workspace.unlock(opened.folder, PASSPHRASE) == opened.data_key


class Hanging(Backend):
    """A keyring that never answers, until the test ends."""

    ended = threading.Event()

    def get_password(self, service: str, account: str) -> str | None:
        self.ended.wait()
        return super().get_password(service, account)


@pytest.fixture
def hanging(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[tuple[str, str], str]]:
    """The entries of a hanging keyring, and little patience."""
    entries = use(monkeypatch, Hanging)
    monkeypatch.setattr(keyrings, "PATIENCE", 0.05)
    yield entries
    Hanging.ended.set()
    for thread in threading.enumerate():
        if thread.name == "keyring":
            thread.join()
    Hanging.ended.clear()


def test_hanging_keyring_is_not_waited_for(
    hanging: dict[tuple[str, str], str], empty: Slots, key: bytes
) -> None:
    """Were it waited for, this test would never end."""
    wrapping_key = keys.new_key()
    account = f"{empty.workspace_id}/{empty.device}"
    slot = slots.wrap(empty, keyring_slot.KIND, {"account": account}, wrapping_key, key)
    hanging[keyrings.SERVICE, account] = wrapping_key.hex()
    assert keyring_slot.unlock(empty.with_slot(slot)) is None
    Hanging.ended.set()
    assert keyring_slot.unlock(empty.with_slot(slot)) == key
    Hanging.ended.clear()
    assert keyring_slot.make(empty, key) is None


def test_patience_is_three_seconds_at_most() -> None:
    assert keyrings.PATIENCE <= 3
