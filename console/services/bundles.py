"""One client's dossier for a deputy: handed out encrypted, worked with elsewhere, merged back.

A bundle is a backup of a workspace that holds one client. The deputy opens it as a workspace of
its own; what comes back is a backup of that one, and its journal says what was done.
"""

import json
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from console import backup_source
from console import workspace as workspaces
from console.domain.client import Client
from console.domain.conflict import Conflict
from console.domain.journal import Changes
from console.domain.letterhead import Brand
from console.errors import KnownError
from console.services import restore
from console.services import settings as manager_settings
from console.services.settings import Manager
from console.system_reasons import reason_of
from console.vault.keys import sub_key
from console.workspace import Workspace

if TYPE_CHECKING:
    from console.storage.backup_file import Backup

SUFFIX: Final = ".klientela-bundle"
_OUT, _BACK = "bundle", "bundle-back"
_SETTING: Final = "bundle"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a bundle comes from, as its workspace keeps it.

    Args:
        workspace: id of the workspace that it was made from.
        client: id of the client.
        unit: of its own journal, with which it begins.
        name: of whoever handed it over.
        prefix: of the numbers there.
    """

    workspace: str
    client: int
    unit: int
    name: str
    prefix: str


@dataclass(frozen=True, slots=True)
class Merged:
    """What came back.

    Args:
        by: who the deputy is.
        added: rows that were added.
        changed: rows of which fields were taken.
        conflicts: what was changed on both sides, to be decided.
    """

    by: str
    added: int
    changed: int
    conflicts: tuple[Conflict, ...]


def make(workspace: Workspace, client: Client, file: Path, passphrase: str) -> Path:
    """Write one client's dossier into an encrypted file.

    Args:
        workspace: open.
        client: whose dossier.
        file: the bundle; its folder exists.
        passphrase: of the bundle, at least eight characters; the deputy needs it.

    Raises:
        KnownError: ``passphrase-short`` or ``backup-failed``; no file bears the name.
    """
    from console.storage import backups

    with tempfile.TemporaryDirectory(dir=workspace.folder, prefix=".bundle-") as place:
        made = workspaces.create(Path(place) / "workspace", passphrase, workspace.store.actor)
        try:
            _fill(workspace, made, client)
            backups.take_as(backup_source.of(made), file, _OUT, stands_alone=True)
        finally:
            made.close()
    return file


def _fill(workspace: Workspace, made: Workspace, client: Client) -> None:
    """Copy rows, files and the look of documents into a workspace of its own."""
    from console.storage import bundles, settings

    manager = manager_settings.manager(workspace)
    brand = manager_settings.brand(workspace)
    with made.store.unit("make-bundle", client.name) as unit:
        bundles.export(workspace.store.db, made.store, client.id)
        origin = Origin(_id_of(workspace), client.id, unit, manager.name, manager.prefix)
        looks = {f"brand_{name}": value for name, value in asdict(brand).items()}
        values = {_SETTING: json.dumps(asdict(origin)), "operator": manager.operator, **looks}
        settings.write(made.store, values)
    _copy_files(workspace, made, bundles.contents_of(made.store.db) | _logo_of(brand))


def _logo_of(brand: Brand) -> set[str]:
    return {brand.logo} if brand.logo else set()


def _copy_files(source: Workspace, target: Workspace, wanted: set[str]) -> None:
    from console.storage import attachments

    old, new = (sub_key(one.data_key, "attachments") for one in (source, target))
    for sha256 in sorted(wanted):
        content = attachments.get(source.folder / "attachments", old, sha256)
        if content is not None:
            attachments.put(target.folder / "attachments", new, sha256, content)


def _id_of(workspace: Workspace) -> str:
    from console.vault import slots

    return slots.read(workspace.folder).workspace_id


def origin(workspace: Workspace) -> Origin | None:
    """Return where a workspace was handed over from; None where it is one's own."""
    from console.storage import settings

    kept = settings.read(workspace.store).get(_SETTING, "")
    return Origin(**json.loads(kept)) if kept else None


def open_bundle(
    file: Path, folder: Path, passphrase: str, deputy: Manager, is_read_only: bool = False
) -> bytes:
    """Make a workspace of its own out of a bundle.

    Args:
        file: the bundle.
        folder: a new folder.
        passphrase: of the bundle; it opens the workspace, too.
        deputy: whose name stands beside every change, and whose prefix in new numbers.
        is_read_only: whether it is only looked at.

    Returns:
        The data key of the workspace.

    Raises:
        KnownError: ``bundle-none``, ``bundle-prefix``, ``passphrase-wrong``, or as
            :func:`restore.restore`; nothing is left of it.
    """
    key = restore.unlock(file, passphrase)
    _checked(file, key, _OUT)
    if workspaces.has_remains(folder):
        raise KnownError("workspace-exists", path=folder)
    with tempfile.TemporaryDirectory(prefix="klientela-") as scratch:
        staged = Path(scratch) / "workspace"
        restore.restore(file, staged, key)
        _greet(staged, key, deputy, is_read_only)
        _move(staged, folder)
    return key


def _greet(staged: Path, key: bytes, deputy: Manager, is_read_only: bool) -> None:
    from console.storage import settings

    opened = workspaces.open_workspace(staged, key)
    try:
        known = origin(opened)
        prefix = deputy.prefix.strip().upper()
        if known is not None and not is_read_only and prefix == known.prefix:
            raise KnownError("bundle-prefix", prefix=prefix)
        operator = manager_settings.manager(opened).operator
        values = {**asdict(deputy), "prefix": prefix, "operator": deputy.operator or operator}
        if is_read_only:
            values[settings.READ_ONLY] = "1"
        opened.store.actor = deputy.name
        with opened.store.unit("open-bundle"):
            settings.write(opened.store, values)
    finally:
        opened.close()


def _move(staged: Path, folder: Path) -> None:
    """Put a whole workspace into its folder, in one step on the disk where it goes."""
    import shutil

    from console.storage import swapping

    place = swapping.staging(folder)
    try:
        shutil.copytree(staged, place / "workspace")
        swapping.settle(place / "workspace", folder)
    except OSError as error:
        reason = reason_of(error)
        raise KnownError("restore-failed", path=folder, reason=reason) from error
    finally:
        shutil.rmtree(place, ignore_errors=True)


def give_back(workspace: Workspace, file: Path) -> Path:
    """Write what was done in a workspace that was handed over into a file.

    Args:
        workspace: made by :func:`open_bundle`; its passphrase opens the file.
        file: what goes back.

    Raises:
        KnownError: ``bundle-none`` where the workspace is one's own, ``backup-failed``.
    """
    from console.storage import backups

    if origin(workspace) is None:
        raise KnownError("bundle-none", path=workspace.folder)
    backups.take_as(backup_source.of(workspace), file, _BACK, stands_alone=True)
    return file


def take_back(workspace: Workspace, file: Path, passphrase: str) -> Changes:
    """Merge what a deputy did; taking the same file back once more changes nothing.

    Args:
        workspace: from which the bundle was made.
        file: from :func:`give_back`.
        passphrase: of the deputy's workspace.

    Returns:
        The changes; their result is a :class:`Merged`.

    Raises:
        KnownError: ``bundle-none``, ``bundle-foreign``, ``passphrase-wrong``,
            ``backup-damaged``; nothing was changed.
    """
    from console.storage import backups

    key = restore.unlock(file, passphrase)
    backup = _checked(file, key, _BACK)
    with tempfile.TemporaryDirectory(dir=workspace.folder, prefix=".bundle-") as scratch:
        place = Path(scratch) / "workspace"
        backups.unpack(backup, place, sub_key(key, "backups"), sub_key(key, "database"))
        theirs = workspaces.open_workspace(place, key)
        try:
            known = origin(theirs)
            if known is None or known.workspace != _id_of(workspace):
                raise KnownError("bundle-foreign", path=file)
            return _merge(workspace, theirs, known)
        finally:
            theirs.close()


def _merge(workspace: Workspace, theirs: Workspace, known: Origin) -> Changes:
    from console.storage import bundles

    store, db = workspace.store, theirs.store.db
    by = manager_settings.manager(theirs).name
    changes = bundles.changes_since(db, known.unit)
    _copy_files(theirs, workspace, bundles.contents_of(db))
    with store.unit(bundles.TAKE_BACK, by) as unit:
        merge = bundles.Merge(store, db, by)
        merge.run(changes)
        nouns = frozenset(store.tables_changed)
    done = Merged(by, merge.added, merge.changed, tuple(merge.conflicts))
    return Changes(unit, nouns, done)


def _checked(file: Path, key: bytes, reason: str) -> "Backup":
    from console.storage import backup_file

    backup = backup_file.check(file, sub_key(key, "backups"))
    if backup.manifest.reason != reason:
        raise KnownError("bundle-none", path=file)
    return backup
