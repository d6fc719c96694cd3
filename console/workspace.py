"""A workspace: one folder with an encrypted database, its keys and its files.

Create, unlock, open, lock, close. Everything else is done by ``console.services`` over the
open workspace.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from console.errors import KnownError

if TYPE_CHECKING:
    from console.storage.connection import Database
    from console.storage.store import Store

DATABASE_NAME: Final = "klientela.db"
_FOLDERS: Final = ("attachments", "drafts", "backups")


@dataclass(slots=True)
class Workspace:
    """An open workspace; it belongs to the thread that opened it.

    Args:
        folder: where it lies.
        store: the open database.
        data_key: 32 bytes, gone after :meth:`lock`.
    """

    folder: Path
    store: "Store"
    data_key: bytes

    def __repr__(self) -> str:
        return f"Workspace({str(self.folder)!r})"

    @property
    def is_locked(self) -> bool:
        """Whether the key was dropped and the database closed."""
        return not self.data_key

    def lock(self) -> None:
        """Close the database and drop the key; unlocking opens a new workspace."""
        if not self.is_locked:
            self.store.close()
            self.data_key = b""

    close = lock


def import_ahead() -> None:
    """Import what opening a workspace needs, so that opening need not wait for it."""
    import console.storage.store
    import console.vault.keys
    import console.vault.passphrase  # noqa: F401


def exists(folder: Path) -> bool:
    """Return whether a folder holds a workspace."""
    from console.vault import slots

    return any((folder / name).exists() for name in (slots.FILE_NAME, slots.PREVIOUS_NAME))


def create(folder: Path, passphrase: str, actor: str = "", use_keyring: bool = False) -> Workspace:
    """Make a new workspace.

    Args:
        folder: a folder without a workspace; made where it is missing.
        passphrase: at least eight characters.
        actor: the account manager's name, written beside every change.
        use_keyring: whether this machine's keyring may open it, too.

    Raises:
        KnownError: ``workspace-exists``, ``workspace-folder``, ``passphrase-short``.
    """
    import secrets
    from uuid import uuid4

    from console.storage.store import Store
    from console.vault import keys, slots
    from console.vault import passphrase as passphrase_slot

    if exists(folder) or (folder / DATABASE_NAME).exists():
        raise KnownError("workspace-exists", path=folder)
    data_key = keys.new_key()
    empty = slots.Slots(uuid4().hex, generation=1, device=secrets.randbelow(1024))
    filled = empty.with_slot(passphrase_slot.make(empty, passphrase, data_key))
    _make_folders(folder)
    database_key = keys.sub_key(data_key, "database")
    store = Store.create(
        folder / DATABASE_NAME, database_key, filled.workspace_id, filled.device, actor
    )
    slots.write(folder, filled, data_key)
    workspace = Workspace(folder, store, data_key)
    if use_keyring:
        remember_on_this_machine(workspace)
    return workspace


def _make_folders(folder: Path) -> None:
    try:
        for name in _FOLDERS:
            (folder / name).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise KnownError(
            "workspace-folder", path=folder, reason=error.strerror or type(error).__name__
        ) from error


def unlock(folder: Path, passphrase: str) -> bytes:
    """Return the data key that a passphrase opens.

    Raises:
        KnownError: ``workspace-missing``, ``slots-damaged``, ``passphrase-wrong``.
    """
    from console.vault import passphrase as passphrase_slot
    from console.vault import slots

    return passphrase_slot.unlock(slots.read(folder), passphrase)


def unlock_by_keyring(folder: Path) -> bytes | None:
    """Return the data key from this machine's keyring, or None within three seconds."""
    from console.vault import keyring_slot, slots

    return keyring_slot.unlock(slots.read(folder))


def open_workspace(
    folder: Path,
    data_key: bytes,
    actor: str = "",
    clock: Callable[[], datetime] | None = None,
) -> Workspace:
    """Open the database of a workspace on this thread.

    Args:
        folder: where it lies.
        data_key: from :func:`unlock`.
        actor: the account manager's name; the one in the workspace's settings where empty.
        clock: gives the time now, aware; the system's clock where None.

    Raises:
        KnownError: where the database is missing, empty, damaged, foreign or newer.
    """
    from console.storage.store import Store, utc_now
    from console.vault import keys, slots

    file = slots.read(folder)
    store = Store.open(
        folder / DATABASE_NAME,
        keys.sub_key(data_key, "database"),
        file.workspace_id,
        file.device,
        actor,
        clock or utc_now,
        lambda db, schema: _keep_before_migration(folder, data_key, db, schema),
    )
    return Workspace(folder, store, data_key)


def _keep_before_migration(folder: Path, data_key: bytes, db: "Database", schema: int) -> Path:
    """Keep a verified backup of the database as it was before its schema changed."""
    from console.storage import backups
    from console.vault import keys

    name = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-before-migration-of-schema-{schema}.db"
    return backups.keep(db, folder / "backups" / name, keys.sub_key(data_key, "backups"))


def remember_on_this_machine(workspace: Workspace) -> bool:
    """Let this machine's keyring open the workspace; return whether it can."""
    from console.vault import keyring_slot, slots

    file = slots.read(workspace.folder)
    slot = keyring_slot.make(file, workspace.data_key)
    if slot is None:
        return False
    slots.write(workspace.folder, file.with_slot(slot), workspace.data_key)
    return True


def forget_on_this_machine(workspace: Workspace) -> None:
    """Ask for the passphrase again from now on."""
    from console.vault import keyring_slot, slots

    file = slots.read(workspace.folder)
    keyring_slot.forget(file)
    slots.write(workspace.folder, file.without(keyring_slot.KIND), workspace.data_key)


def is_remembered(folder: Path) -> bool:
    """Return whether this machine's keyring is meant to open the workspace."""
    from console.vault import keyring_slot, slots

    return slots.read(folder).slot(keyring_slot.KIND) is not None


def change_passphrase(workspace: Workspace, old: str, new: str) -> None:
    """Put a new passphrase in place of the old one.

    Raises:
        KnownError: ``passphrase-wrong`` or ``passphrase-short``.
    """
    from console.vault import passphrase as passphrase_slot
    from console.vault import slots

    file = slots.read(workspace.folder)
    data_key = passphrase_slot.unlock(file, old)
    slots.write(
        workspace.folder, file.with_slot(passphrase_slot.make(file, new, data_key)), data_key
    )
