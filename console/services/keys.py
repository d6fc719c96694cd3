"""The ways into a workspace: recovery key, forgotten passphrase, a new data key."""

import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from console import workspace as workspaces
from console.domain.progress import Told, silent
from console.errors import KnownError
from console.texts import _
from console.workspace import Workspace

if TYPE_CHECKING:
    from console.services.backups import Kept
    from console.vault.slots import Slots

TYPED_BACK: Final = 2


@dataclass(frozen=True, slots=True)
class RecoveryKey:
    """A recovery key for the sheet; it is kept nowhere.

    Args:
        text: eight groups of five characters, joined by hyphens.
        qr: what the QR code says.
        asked: the groups that the person types back, counted from 1.
    """

    text: str
    qr: str
    asked: tuple[int, ...]

    def __repr__(self) -> str:
        return "RecoveryKey()"

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups as they are printed."""
        return tuple(self.text.split("-"))


def draw_recovery_key(workspace: Workspace) -> RecoveryKey:
    """Draw a recovery key; it opens nothing before :func:`keep_recovery_key`."""
    from console.vault import recovery_key, slots

    return _shown(slots.read(workspace.folder), recovery_key.new())


def _shown(file: "Slots", text: str) -> RecoveryKey:
    from console.vault import recovery_key

    numbers = range(1, recovery_key.GROUPS + 1)
    asked = sorted(secrets.SystemRandom().sample(numbers, TYPED_BACK))
    return RecoveryKey(text, recovery_key.qr_text(file, text), tuple(asked))


def is_typed_back(key: RecoveryKey, group: int, typed: str) -> bool:
    """Return whether a group was typed back as it is printed; look-alikes count as equal."""
    from console.vault import recovery_key

    return recovery_key.groups_of(typed) == [key.groups[group - 1]]


def keep_recovery_key(workspace: Workspace, key: RecoveryKey) -> None:
    """Let a recovery key open the workspace; the one before opens it no longer."""
    from console.vault import recovery_key, slots

    file = slots.read(workspace.folder)
    slot = recovery_key.make(file, key.text, workspace.data_key)
    slots.write_twice(workspace.folder, file.with_slot(slot), workspace.data_key)


@dataclass(frozen=True, slots=True)
class Safety:
    """How safe a workspace is against loss.

    Args:
        has_recovery_key: whether a forgotten passphrase can be replaced.
        is_remembered: whether this machine's keyring opens it.
        second_place: where copies of the backups go, or None.
        kept: its backups, the newest first.
    """

    has_recovery_key: bool
    is_remembered: bool
    second_place: Path | None
    kept: tuple["Kept", ...]


def safety(workspace: Workspace) -> Safety:
    """Return how safe a workspace is against loss."""
    from console.services import backups

    return Safety(
        has_recovery_key(workspace.folder),
        workspaces.is_remembered(workspace.folder),
        backups.second_place(workspace),
        tuple(backups.catalogue(workspace)),
    )


def lacking(workspace: Workspace) -> str:
    """Return what the workspace lacks most to be safe against loss.

    Returns:
        ``recovery-key``; ``second-place`` where the backups lie on one disk only and the person
        did not put that off within the last month; empty where all is well.
    """
    from console.services import backups

    if not has_recovery_key(workspace.folder):
        return "recovery-key"
    if workspace.is_read_only or backups.second_place(workspace) is not None:
        return ""
    return "" if backups.is_second_place_put_off(workspace) else "second-place"


def has_recovery_key(folder: Path) -> bool:
    """Return whether a recovery key opens the workspace."""
    from console.vault import recovery_key, slots

    return slots.read(folder).slot(recovery_key.KIND) is not None


def wrong_groups(typed: str) -> list[int]:
    """Return which groups of what was typed so far are mistyped, counted from 1."""
    from console.vault import recovery_key

    return recovery_key.wrong_groups(recovery_key.groups_of(typed))


def change_passphrase(workspace: Workspace, old: str, new: str) -> None:
    """Put a new passphrase in place of the old one.

    Raises:
        KnownError: ``passphrase-wrong`` or ``passphrase-short``.
    """
    from console.vault import passphrase as passphrase_slot
    from console.vault import slots

    file = slots.read(workspace.folder)
    data_key = passphrase_slot.unlock(file, old)
    changed = file.with_slot(passphrase_slot.make(file, new, data_key))
    slots.write_twice(workspace.folder, changed, data_key)


def reset_passphrase(folder: Path, key: str, passphrase: str) -> bytes:
    """Put a new passphrase in place of a forgotten one, by the recovery key.

    Returns:
        The data key, which opens the workspace.

    Raises:
        KnownError: where the recovery key does not open it, or ``passphrase-short``.
    """
    from console.vault import passphrase as passphrase_slot
    from console.vault import slots

    data_key = workspaces.unlock_by_recovery_key(folder, key)
    file = slots.read(folder)
    slot = passphrase_slot.make(file, passphrase, data_key)
    slots.write_twice(folder, file.with_slot(slot), data_key)
    return data_key


def both_lost(folder: Path) -> KnownError:
    """Say what is left to do without passphrase and recovery key; nothing is touched."""
    return KnownError("keys-lost", path=folder)


def change_data_key(
    workspace: Workspace,
    passphrase: str,
    drawn: RecoveryKey | None = None,
    told: Told = silent,
) -> RecoveryKey:
    """Encrypt the workspace anew under a new data key.

    For the case that the old one may be known to others. Whenever it is broken off, the
    workspace is either the old or the new one. The workspace stays open; its passphrase stays
    the same, its recovery key is a new one, older backups still open as they did.

    Args:
        workspace: open, and by nobody else.
        passphrase: the present one.
        drawn: the new recovery key, where it was typed back already.
        told: learns what is being done.

    Returns:
        The new recovery key, to be printed.

    Raises:
        KnownError: ``passphrase-wrong``, ``workspace-in-use``, ``backup-failed`` or an error
            of the database; the workspace is as it was.
    """
    from console.vault import instance, keyring_slot, recovery_key, slots
    from console.vault import passphrase as passphrase_slot
    from console.vault.keys import new_key

    folder = workspace.folder
    file = slots.read(folder)
    if passphrase_slot.unlock(file, passphrase) != workspace.data_key:
        raise KnownError("passphrase-wrong")
    new, key = new_key(), drawn.text if drawn else recovery_key.new()
    fresh = slots.Slots(file.workspace_id, file.generation + 1, file.device)
    fresh = fresh.with_slot(passphrase_slot.make(fresh, passphrase, new))
    fresh = fresh.with_slot(recovery_key.make(fresh, key, new))
    workspaces.release(workspace)
    try:
        alone = instance.use(folder, alone=True)
        try:
            _swap(workspace, fresh, new, told)
        finally:
            alone.release()
    finally:
        is_new = slots.read(folder).generation == fresh.generation
        workspaces.open_again(workspace, new if is_new else workspace.data_key)
    if file.slot(keyring_slot.KIND):
        workspaces.remember_on_this_machine(workspace)
    return drawn or _shown(fresh, key)


def _swap(workspace: Workspace, fresh: "Slots", new: bytes, told: Told) -> None:
    from console.storage import rekeying
    from console.vault import slots
    from console.vault.keys import sub_key

    folder, db = workspace.folder, workspace.store.db
    old = sub_key(workspace.data_key, "attachments")
    files = folder / "attachments"
    told(_("Encrypting the files anew…"))
    outdated = rekeying.copy_files(db, files, old, sub_key(new, "attachments"))
    told(_("Encrypting the database anew and checking it…"))
    rekeying.prepare(db, folder, sub_key(new, "database"), fresh.generation)
    told(_("Putting it in place…"))
    workspace.store.close()
    slots.write_twice(folder, fresh, new)
    rekeying.finish(folder, fresh.generation)
    for path in outdated:
        path.unlink(missing_ok=True)
