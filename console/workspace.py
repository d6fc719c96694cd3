"""A workspace: one folder with an encrypted database, its keys and its files.

Create, unlock, open, lock, close. Everything else is done by ``console.services`` over the
open workspace.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from console.errors import KnownError
from console.paths import ERASURES_NAME
from console.system_reasons import reason_of

if TYPE_CHECKING:
    from console.storage.operations import Operations
    from console.storage.store import Store
    from console.vault.instance import Lock
    from console.vault.slots import Slots

DATABASE_NAME: Final = "klientela.db"
_FOLDERS: Final = ("attachments", "drafts", "backups")


@dataclass(slots=True)
class Workspace:
    """An open workspace; it belongs to the thread that opened it.

    Args:
        folder: where it lies.
        store: the open database.
        data_key: 32 bytes, gone after :meth:`lock`.
        use: keeps others from replacing the files meanwhile.
        operations: the log of what was done since the last backups.
    """

    folder: Path
    store: "Store"
    data_key: bytes
    use: "Lock | None" = None
    operations: "Operations | None" = field(default=None, repr=False)

    def __repr__(self) -> str:
        return f"Workspace({str(self.folder)!r})"

    @property
    def is_locked(self) -> bool:
        """Whether the key was dropped and the database closed."""
        return not self.data_key

    @property
    def is_read_only(self) -> bool:
        """Whether it is only looked at."""
        return self.store.is_read_only

    def tidy(self) -> None:
        """Do what a large change left for when nobody waits for it."""
        self.store.tidy()

    def settle(self) -> None:
        """Wait until the log of operations has all that was saved."""
        if self.operations is not None:
            self.operations.settle()

    def lock(self) -> None:
        """Close the database and drop the key; unlocking opens a new workspace."""
        self.settle()
        if not self.is_locked:
            self.store.close()
            self.data_key = b""
        if self.use is not None:
            self.use.release()

    close = lock


def import_ahead() -> None:
    """Import what opening a workspace needs, so that opening need not wait for it."""
    import console.storage.operations
    import console.storage.rekeying
    import console.storage.reserve
    import console.storage.store
    import console.vault.instance
    import console.vault.keys
    import console.vault.passphrase
    import console.vault.places  # noqa: F401


def exists(folder: Path) -> bool:
    """Return whether a folder holds a workspace."""
    from console.storage import swapping
    from console.vault import slots

    swapping.finish(folder)
    return any((folder / name).exists() for name in (slots.FILE_NAME, slots.PREVIOUS_NAME))


def has_remains(folder: Path) -> bool:
    """Return whether a folder holds a workspace, or what is left of a damaged one."""
    backups = folder / "backups"
    return (
        exists(folder)
        or (folder / DATABASE_NAME).exists()
        or (backups.is_dir() and any(backups.iterdir()))
    )


def create(folder: Path, passphrase: str, actor: str = "", use_keyring: bool = False) -> Workspace:
    """Make a new workspace.

    Args:
        folder: a folder without a workspace; made where it is missing.
        passphrase: at least eight characters.
        actor: the account manager's name, written beside every change.
        use_keyring: whether this machine's keyring may open it, too.

    Raises:
        KnownError: ``workspace-exists``, ``workspace-folder``, ``passphrase-short``,
            ``place-synchronised``, ``place-network``.
    """
    import secrets
    from uuid import uuid4

    from console.storage.store import Store
    from console.vault import instance, keys, places, slots
    from console.vault import passphrase as passphrase_slot

    places.check(folder)
    if exists(folder) or (folder / DATABASE_NAME).exists():
        raise KnownError("workspace-exists", path=folder)
    data_key = keys.new_key()
    empty = slots.Slots(uuid4().hex, generation=1, device=secrets.randbelow(1024))
    filled = empty.with_slot(passphrase_slot.make(empty, passphrase, data_key))
    _make_folders(folder)
    use = instance.use(folder)
    database_key = keys.sub_key(data_key, "database")
    store = Store.create(
        folder / DATABASE_NAME, database_key, filled.workspace_id, filled.device, actor
    )
    slots.write(folder, filled, data_key)
    workspace = _with_log(Workspace(folder, store, data_key, use), filled)
    if use_keyring:
        remember_on_this_machine(workspace)
    return workspace


def _make_folders(folder: Path) -> None:
    try:
        for name in _FOLDERS:
            (folder / name).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise KnownError("workspace-folder", path=folder, reason=reason_of(error)) from error


def unlock(folder: Path, passphrase: str) -> bytes:
    """Return the data key that a passphrase opens.

    Raises:
        KnownError: ``workspace-missing``, ``slots-damaged``, ``passphrase-wrong``.
    """
    from console.vault import passphrase as passphrase_slot

    return passphrase_slot.unlock(_slots(folder), passphrase)


def unlock_by_keyring(
    folder: Path, asked: Callable[[str], str | None] = lambda _: None
) -> bytes | None:
    """Return the data key from this machine's keyring, or None within three seconds.

    Args:
        folder: of the workspace.
        asked: gives what the keyring said where it was asked before (see
            :mod:`console.early_key`).
    """
    from console.vault import keyring_slot

    return keyring_slot.unlock(_slots(folder), asked)


def _slots(folder: Path) -> "Slots":
    from console.storage import swapping
    from console.vault import slots

    swapping.finish(folder)
    try:
        return slots.read(folder)
    except KnownError as error:
        if error.code == "workspace-missing" and has_remains(folder):
            raise KnownError("slots-missing", path=folder) from error
        raise


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
        KnownError: where the database is missing, empty, damaged, foreign, older or newer,
            where the folder is no place for a workspace, or another program replaces its files.
    """
    from console.storage import rekeying, swapping
    from console.vault import instance, places, slots

    places.check(folder)
    swapping.finish(folder)
    if rekeying.is_pending(folder):
        alone = instance.use(folder, alone=True)
        rekeying.finish(folder, slots.read(folder).generation)
        alone.release()
    use = instance.use(folder)
    try:
        return _opened(folder, data_key, actor, clock, use)
    except Exception as error:
        use.release()
        known = explained(error)
        if known is error:
            raise
        raise known from error
    except BaseException:
        use.release()
        raise


def _opened(
    folder: Path,
    data_key: bytes,
    actor: str,
    clock: Callable[[], datetime] | None,
    use: "Lock",
) -> Workspace:
    from console import backup_source
    from console.storage import settings
    from console.storage.store import Store, utc_now
    from console.vault import keys

    file = _slots(folder)
    store = Store.open(
        folder / DATABASE_NAME,
        keys.sub_key(data_key, "database"),
        file.workspace_id,
        file.device,
        actor,
        clock or utc_now,
        lambda db, schema: backup_source.keep_before_migration(folder, data_key, db, schema),
        file.generation,
    )
    try:
        kept = settings.read(store)
        store.actor = actor or kept.get("name", "")
        store.is_read_only = kept.get(settings.READ_ONLY) == "1"
        opened = _with_log(Workspace(folder, store, data_key, use), file)
        _erase_again(opened)
        return opened
    except BaseException:
        store.close()
        raise


def _erase_again(workspace: Workspace) -> None:
    """Do again what this copy of the database lacks of the list of erasures beside it."""
    folder = workspace.folder
    backups = folder / "backups"
    if (folder / ERASURES_NAME).exists() or (backups / ERASURES_NAME).exists():
        from console.storage import erasures
        from console.vault import keys

        key = keys.sub_key(workspace.data_key, "erasures")
        erasures.sync(workspace.store, folder, key, [backups])


def _with_log(workspace: Workspace, file: "Slots") -> Workspace:
    """Let every save be written to the operations log, too, and keep the reserve."""
    from console.storage import connection, reserve
    from console.storage.operations import Operations
    from console.vault import keys

    key = keys.sub_key(workspace.data_key, "operations")
    operations = Operations(workspace.folder, key, file.workspace_id)
    store = workspace.store
    if connection.stored_generation(store.db) != file.generation:
        connection.store_generation(store.db, file.generation)
    operations.begin(store.db)
    workspace.operations = operations
    store.committing = lambda loaded: operations.make_ready(store.db, loaded)
    store.committed = lambda: operations.keep_up(store.db)
    store.make_room = lambda: reserve.release(workspace.folder)
    reserve.keep(workspace.folder)
    return workspace


def release(workspace: Workspace) -> None:
    """Let go of the lock of an open workspace, for what has to have it alone."""
    workspace.settle()
    if workspace.use is not None:
        workspace.use.release()


def open_again(workspace: Workspace, data_key: bytes) -> None:
    """Open a workspace again in its place, after its files were replaced."""
    workspace.settle()
    workspace.store.close()
    again = open_workspace(workspace.folder, data_key, workspace.store.actor, workspace.store.clock)
    workspace.store, workspace.data_key = again.store, again.data_key
    workspace.use, workspace.operations = again.use, again.operations


def explained(error: Exception) -> Exception:
    """Return an error of the database's driver as one with a sentence, where there is one."""
    from console.storage.connection import explained as explained_by_driver

    return explained_by_driver(error)


def mend_keyring(workspace: Workspace) -> bool:
    """Make the keyring's slot anew where it is wanted but does not open the workspace any more.

    For the time after the passphrase was asked for; takes up to six seconds where the keyring
    hangs.

    Returns:
        Whether the keyring opens the workspace now.
    """
    if not is_remembered(workspace.folder):
        return False
    if unlock_by_keyring(workspace.folder) == workspace.data_key:
        return True
    return remember_on_this_machine(workspace)


def unlock_by_recovery_key(folder: Path, key: str) -> bytes:
    """Return the data key that a recovery key opens, typed or scanned.

    Raises:
        KnownError: ``recovery-key-length``, ``recovery-key-group``, ``recovery-key-wrong``,
            ``recovery-key-missing``, ``workspace-missing``, ``slots-damaged``.
    """
    from console.vault import recovery_key

    return recovery_key.unlock(_slots(folder), key)


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
