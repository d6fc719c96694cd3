"""The keyring slot, against a real Secret Service and against keyrings that are no help."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import keyring
import pytest

from console import workspace
from console.vault import keyring_slot, keys
from console.vault.slots import Slots
from console.workspace import Workspace
from tests.conftest import PASSPHRASE
from tests.vault import secret_service

# A real Secret Service


def test_remembered_key_opens_without_a_passphrase(folder: Path, tmp_path: Path) -> None:
    secret_service.run(
        """
assert not workspace.is_remembered(folder)
assert workspace.remember_on_this_machine(opened)
assert workspace.is_remembered(folder)
assert workspace.unlock_by_keyring(folder) == key
entry = keyring.get_password(keyring_slot.SERVICE, account)
assert entry
assert entry != key.hex()
assert entry not in (folder / slots.FILE_NAME).read_text()
assert slots.check_seal(folder, key)
assert workspace.unlock(folder, PASSPHRASE) == key
workspace.open_workspace(folder, workspace.unlock_by_keyring(folder)).close()
""",
        folder,
        tmp_path,
    )


def test_new_workspace_may_be_remembered_at_once(folder: Path, tmp_path: Path) -> None:
    secret_service.run(
        """
made = workspace.create(folder / "new", PASSPHRASE, use_keyring=True)
assert workspace.unlock_by_keyring(folder / "new") == made.data_key
made.close()
""",
        folder,
        tmp_path,
    )


def test_forgotten_key_is_gone_from_file_and_keyring(folder: Path, tmp_path: Path) -> None:
    secret_service.run(
        """
workspace.remember_on_this_machine(opened)
workspace.forget_on_this_machine(opened)
assert not workspace.is_remembered(folder)
assert workspace.unlock_by_keyring(folder) is None
assert keyring.get_password(keyring_slot.SERVICE, account) is None
assert workspace.unlock(folder, PASSPHRASE) == key
""",
        folder,
        tmp_path,
    )


def test_changed_or_lost_entry_asks_for_the_passphrase_and_is_mended(
    folder: Path, tmp_path: Path
) -> None:
    secret_service.run(
        """
workspace.remember_on_this_machine(opened)
for entry in ("00" * 32, key.hex(), "ff", "", "no hex", "ř"):
    keyring.set_password(keyring_slot.SERVICE, account, entry)
    assert workspace.unlock_by_keyring(folder) is None, entry
keyring.delete_password(keyring_slot.SERVICE, account)
assert workspace.unlock_by_keyring(folder) is None
assert workspace.unlock(folder, PASSPHRASE) == key
assert workspace.remember_on_this_machine(opened)
assert workspace.unlock_by_keyring(folder) == key
""",
        folder,
        tmp_path,
    )


def test_locked_keyring_asks_for_the_passphrase(folder: Path, tmp_path: Path) -> None:
    secret_service.run(
        """
import secretstorage

workspace.remember_on_this_machine(opened)
bus = secretstorage.dbus_init()
collection = secretstorage.get_default_collection(bus)
collection.lock()
assert collection.is_locked()
keyring_slot.PATIENCE = 0.5
assert workspace.unlock_by_keyring(folder) is None
assert not workspace.remember_on_this_machine(opened)
assert workspace.unlock(folder, PASSPHRASE) == key
assert workspace.is_remembered(folder)
bus.close()
""",
        folder,
        tmp_path,
    )


def test_slot_of_another_workspace_does_not_open(folder: Path, tmp_path: Path) -> None:
    """A copy of the folder on another machine has no entry; one with another id neither."""
    secret_service.run(
        """
import dataclasses

workspace.remember_on_this_machine(opened)
file = slots.read(folder)
for change in ({"device": file.device + 1}, {"workspace_id": "f" * 32}, {"generation": 2}):
    assert keyring_slot.unlock(dataclasses.replace(file, **change)) is None
""",
        folder,
        tmp_path,
    )


# No help


class Backend:
    """A keyring in memory."""

    def __init__(self) -> None:
        self.entries: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, account: str) -> str | None:
        return self.entries.get((service, account))

    def set_password(self, service: str, account: str, entry: str) -> None:
        self.entries[service, account] = entry

    def delete_password(self, service: str, account: str) -> None:
        del self.entries[service, account]


def of_module(module: str, base: type = Backend) -> Any:
    """Return a backend whose class says that it comes from a module."""
    return type("Keyring", (base,), {"__module__": module})()


def use(monkeypatch: pytest.MonkeyPatch, backend: Any) -> None:
    """Let the keyring library offer a backend."""
    monkeypatch.setattr(keyring, "get_keyring", lambda: backend)


SYSTEM = ["SecretService", "libsecret", "kwallet", "macOS", "Windows"]


@pytest.mark.parametrize("module", [f"keyring.backends.{name}" for name in SYSTEM])
def test_keyring_of_the_system_is_used(
    monkeypatch: pytest.MonkeyPatch, empty: Slots, key: bytes, module: str
) -> None:
    backend = of_module(module)
    use(monkeypatch, backend)
    slot = keyring_slot.make(empty, key)
    assert slot is not None
    assert keyring_slot.unlock(empty.with_slot(slot)) == key
    assert key.hex() not in backend.entries.values()


@pytest.mark.parametrize(
    "module",
    [
        "keyrings.alt.file",
        "keyrings.alt.Windows",
        "keyrings.alt.Gnome",
        "my.SecretService",
        "keyring.backends.SecretServiceLookalike",
        "keyring.backends.null",
        "keyring.backends.fail",
        "keyrings.cryptfile.cryptfile",
    ],
)
def test_other_keyring_is_never_written_to(
    monkeypatch: pytest.MonkeyPatch, empty: Slots, key: bytes, module: str
) -> None:
    backend = of_module(module)
    use(monkeypatch, backend)
    assert keyring_slot.make(empty, key) is None
    assert backend.entries == {}


def test_of_several_keyrings_the_systems_own_is_used(
    monkeypatch: pytest.MonkeyPatch, empty: Slots, key: bytes
) -> None:
    plain, real = of_module("keyrings.alt.file"), of_module("keyring.backends.libsecret")
    chain = of_module("keyring.backends.chainer")
    chain.backends = [plain, real]
    use(monkeypatch, chain)
    assert keyring_slot.make(empty, key) is not None
    assert (len(real.entries), plain.entries, chain.entries) == (1, {}, {})


def test_machine_without_a_bus_asks_for_the_passphrase(opened: Workspace) -> None:
    assert not workspace.remember_on_this_machine(opened)
    assert not workspace.is_remembered(opened.folder)
    assert workspace.unlock_by_keyring(opened.folder) is None
    assert workspace.unlock(opened.folder, PASSPHRASE) == opened.data_key


def test_slot_without_an_entry_asks_for_the_passphrase(
    monkeypatch: pytest.MonkeyPatch, empty: Slots, key: bytes
) -> None:
    use(monkeypatch, of_module("keyring.backends.libsecret"))
    slot = keyring_slot.make(empty, key)
    assert slot is not None
    use(monkeypatch, of_module("keyring.backends.libsecret"))
    assert keyring_slot.unlock(empty.with_slot(slot)) is None
    assert keyring_slot.unlock(empty) is None


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
    monkeypatch: pytest.MonkeyPatch, opened: Workspace, fault: type
) -> None:
    use(monkeypatch, of_module("keyring.backends.SecretService", fault))
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
def hanging(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hanging]:
    """A hanging keyring and little patience."""
    backend: Hanging = of_module("keyring.backends.SecretService", Hanging)
    use(monkeypatch, backend)
    monkeypatch.setattr(keyring_slot, "PATIENCE", 0.05)
    yield backend
    backend.ended.set()
    for thread in threading.enumerate():
        if thread.name == "keyring":
            thread.join()


def test_hanging_keyring_is_not_waited_for(hanging: Hanging, empty: Slots, key: bytes) -> None:
    """Were it waited for, this test would never end."""
    wrapping = keys.new_key()
    from console.vault import slots

    slot = slots.wrap(empty, keyring_slot.KIND, {"account": "a"}, wrapping, key)
    hanging.set_password(keyring_slot.SERVICE, "a", wrapping.hex())
    assert keyring_slot.unlock(empty.with_slot(slot)) is None
    assert keyring_slot.make(empty, key) is None


def test_patience_is_three_seconds_at_most() -> None:
    assert keyring_slot.PATIENCE <= 3
