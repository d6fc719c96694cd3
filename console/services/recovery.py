"""The way back from a damaged workspace: what is wrong with it, and what can be saved.

Nothing is overwritten. The last good backup, the operations written down since and what still
reads of the damaged database become a new workspace; it is verified and put in place, the
damaged one is kept beside it, and what is missing is listed.
"""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from console import workspace as workspaces
from console.domain.progress import Told, silent
from console.errors import KnownError
from console.services import restore, verify
from console.system_reasons import reason_of
from console.texts import _
from console.workspace import DATABASE_NAME, Workspace

if TYPE_CHECKING:
    from console.storage.operations import Operation
    from console.storage.salvage import Copy

_FOLDERS: Final = ("attachments", "drafts", "backups")


@dataclass(frozen=True, slots=True)
class Recovered:
    """What a recovery did.

    Args:
        folder: of the workspace.
        backup_taken_at: of the backup that it stands on, or None where there was none.
        replayed: how many actions were done again.
        salvaged: how many rows were read out of the damaged database besides.
        kept_aside: where the damaged workspace is kept.
        missing: what is missing, in words; empty where nothing is.
    """

    folder: Path
    backup_taken_at: datetime | None
    replayed: int
    salvaged: int
    kept_aside: Path | None
    missing: tuple[str, ...]


def examine(folder: Path, data_key: bytes) -> KnownError | None:
    """Say what is wrong with a workspace in one sentence, or None where it is whole.

    Raises:
        KnownError: ``workspace-in-use`` and whatever is no damage.
    """
    try:
        opened = workspaces.open_workspace(folder, data_key)
    except KnownError as error:
        return error
    try:
        found = verify.verify(opened).findings
    except Exception as error:
        known = workspaces.explained(error)
        if isinstance(known, KnownError):
            return known
        raise
    finally:
        opened.close()
    return KnownError("database-damaged") if any(one.is_of_database for one in found) else None


def key_by_backup(folder: Path, passphrase: str) -> bytes:
    """Return the data key by the slots that the backups carry, where those of the folder are lost.

    Raises:
        KnownError: ``slots-damaged`` where no backup helps, ``passphrase-wrong``.
    """
    from console.storage import rotation

    for path in rotation.found(folder / "backups"):
        try:
            return restore.unlock(path, passphrase)
        except KnownError as error:
            if error.code == "passphrase-wrong":
                raise
    raise KnownError("slots-damaged", path=folder)


@dataclass(slots=True)
class _Case:
    """A recovery under way."""

    folder: Path
    place: Path
    scratch: Path
    data_key: bytes
    backup_taken_at: datetime | None = None
    replayed: int = 0
    salvaged: int = 0
    missing: list[str] = field(default_factory=list)

    def key(self, purpose: str) -> bytes:
        from console.vault.keys import sub_key

        return sub_key(self.data_key, purpose)


def recover(folder: Path, data_key: bytes, told: Told = silent) -> Recovered:
    """Save what can be saved of a workspace.

    Args:
        folder: of the workspace.
        data_key: of the workspace.
        told: learns what is being done.

    Raises:
        KnownError: ``recovery-hopeless``, ``restore-failed``, ``workspace-in-use``; the
            workspace is as it was.
    """
    from console.storage import swapping
    from console.vault import instance

    alone = instance.use(folder, alone=True)
    try:
        staged = swapping.staging(folder)
        case = _Case(folder, staged / "workspace", staged, data_key)
        told(_("Looking for the last good backup…"))
        _stand_on_backup(case)
        told(_("Doing again what was saved since…"))
        _bring_up(case)
        told(_("Checking every page and every file…"))
        case.missing += restore.verified(case.place, data_key)
        told(_("Putting it in place…"))
        swapping.carry(folder / "backups", case.place / "backups")
        kept = swapping.swap(case.place, folder, datetime.now(UTC))
    except OSError as error:
        reason = reason_of(error)
        raise KnownError("restore-failed", path=folder, reason=reason) from error
    finally:
        shutil.rmtree(folder.parent / f".{folder.name}.restoring", ignore_errors=True)
        alone.release()
    missing = tuple(dict.fromkeys(case.missing))
    return Recovered(folder, case.backup_taken_at, case.replayed, case.salvaged, kept, missing)


def _stand_on_backup(case: _Case) -> None:
    """Unpack the newest backup that is whole, or begin with an empty database."""
    from console.storage import backup_file, backups, rotation

    key = case.key("backups")
    for path in rotation.found(case.folder / "backups"):
        try:
            backup = backup_file.check(path, key)
            backups.unpack(backup, case.place, key, case.key("database"), _slots_of(case))
        except KnownError:
            case.missing.append(_("The backup {name} is damaged.").format(name=path.name))
            shutil.rmtree(case.place, ignore_errors=True)
            continue
        case.backup_taken_at = backup.taken_at
        break
    else:
        _begin_empty(case)
    for name in _FOLDERS:
        (case.place / name).mkdir(exist_ok=True)
    _take_files(case)


def _slots_of(case: _Case) -> bytes | None:
    """Return the present key slots, or None where those of the backup have to do."""
    from console.vault import slots

    try:
        return slots.sealed(slots.read(case.folder), case.data_key)
    except KnownError:
        return None


def _begin_empty(case: _Case) -> None:
    from console.storage.store import Store
    from console.vault import slots

    content = _slots_of(case)
    if content is None:
        raise KnownError("recovery-hopeless", path=case.folder)
    file = slots.parse(content)
    case.place.mkdir(parents=True)
    (case.place / slots.FILE_NAME).write_bytes(content)
    path = case.place / DATABASE_NAME
    Store.create(path, case.key("database"), file.workspace_id, file.device, "").close()


def _take_files(case: _Case) -> None:
    for name in ("attachments", "drafts"):
        for path in (case.folder / name).glob("*"):
            target = case.place / name / path.name
            if path.is_file() and not target.exists():
                shutil.copyfile(path, target)


def _bring_up(case: _Case) -> None:
    """Do again what was done since the backup, and put back what else reads."""
    from console.storage import salvage
    from console.storage.operations import Operations
    from console.vault import slots

    opened = workspaces.open_workspace(case.place, case.data_key)
    try:
        file = slots.read(case.place)
        logged = Operations(case.folder, case.key("operations"), file.workspace_id).read()
        damaged = salvage.copy(case.folder / DATABASE_NAME, case.scratch, case.key("database"))
        if damaged is None and case.backup_taken_at is None and not logged.operations:
            raise KnownError("recovery-hopeless", path=case.folder)
        head = _head(opened)
        read = salvage.operations_after(damaged, head) if damaged else []
        merged = {operation.id: operation for operation in (*read, *logged.operations)}
        later = [merged[number] for number in sorted(merged) if number > head]
        _do_again(case, opened, later)
        if damaged is not None and salvage.last_unit(damaged) > _head(opened):
            _salvage_rows(case, opened, damaged)
        if logged.begins_after < 0 and damaged is None:
            _note_after_backup(case)
    finally:
        opened.close()


def _head(opened: Workspace) -> int:
    row = opened.store.db.conn.execute("SELECT max(id) FROM units").fetchone()
    return int(row[0] or 0)


def _do_again(case: _Case, opened: Workspace, later: "Sequence[Operation]") -> None:
    """Do actions again: as they were while the chain holds, by their effects behind a gap."""
    from console.storage import replay

    fitting = replay.fitting(opened.store.db, later)
    refused = replay.replay(opened.store.db, later[:fitting])
    rest = later[fitting:]
    case.replayed = len(later) - len(refused)
    opened.store.follow_others()
    if rest:
        _note_gap(case, rest[0])
        with opened.store.unit("recover", _("actions behind a gap")):
            refused += replay.redo(opened.store.db, rest)
    case.missing += [_described(o) for o in later if o.id in refused]


def _described(operation: "Operation") -> str:
    _id, at, actor, _device, action, *_rest = operation.unit
    return _("The action “{action}” of {actor} at {time} could not be done again.").format(
        action=action, actor=actor, time=at
    )


def _note_gap(case: _Case, first: "Operation") -> None:
    case.missing.append(
        _("What was saved between the backup and {time} is not written down anywhere.").format(
            time=first.unit[1]
        )
    )


def _note_after_backup(case: _Case) -> None:
    if case.backup_taken_at is not None:
        case.missing.append(
            _("What was saved after {time} is missing, if anything was.").format(
                time=case.backup_taken_at.isoformat(timespec="seconds")
            )
        )


def _salvage_rows(case: _Case, opened: Workspace, damaged: "Copy") -> None:
    """Read what the damaged database still gives, and put back what is newer."""
    from console.storage import salvage

    found = {}
    for table in salvage.TABLES:
        read = salvage.read(damaged, table)
        found[table] = read.rows
        if not read.is_whole:
            case.missing.append(
                _("A part of the table “{name}” cannot be read.").format(name=table)
            )
    store = opened.store
    kept, dropped = salvage.without_orphans(store.db, found)
    if dropped:
        text = _("Rows whose owner was lost were left out: {count}.")
        case.missing.append(text.format(count=dropped))
    with store.unit("recover", _("rows of the damaged database")):
        store.db.conn.execute("PRAGMA defer_foreign_keys = ON")
        case.salvaged = sum(salvage.put_back(store, t, some) for t, some in kept.items())
