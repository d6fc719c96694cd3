"""Whether the workspace is whole: database, journal, keys, files."""

from dataclasses import dataclass
from typing import Final

from console.domain.attachment import Attachment
from console.domain.document import Document
from console.domain.progress import Told, silent
from console.errors import KnownError
from console.services import documents
from console.services.frozen import journal_of
from console.storage import attachments as files
from console.storage import backup_file, connection, health, journal, rotation
from console.storage.connection import DriverError
from console.texts import N_, _
from console.vault.keys import sub_key
from console.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Findings:
    """What is wrong; nothing where the workspace is whole."""

    findings: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings


_FROM_ELSEWHERE: Final = frozenset({"make-bundle", "take-bundle-back", "recover"})
OF_FILES: Final = ("document ", "attachment ", "backup ")
"""What findings begin with that do not concern the database."""


def verify(workspace: Workspace, told: Told = silent) -> Findings:
    """Check the database's pages, the whole chain of the journal, the keys' file and all files.

    Every backup is read back, and the journal's head that it was taken at must still be part
    of the chain.
    """
    from console.vault import slots

    found: list[str] = []
    for part, step in _PARTS:
        told(_(step))
        try:
            found += part(workspace)
        except DriverError:
            found.append(f"database: {part.__name__.strip('_')} cannot be read")
    if not slots.check_seal(workspace.folder, workspace.data_key):
        found.append("slots.json: altered")
    return Findings(tuple(found))


def _database(workspace: Workspace) -> list[str]:
    return [f"database: {line}" for line in health.integrity(workspace.store.db)]


def _journal(workspace: Workspace) -> list[str]:
    broken = journal.verify(workspace.store.db)
    return [f"journal: unit {unit} does not fit" for unit in broken]


def _documents(workspace: Workspace) -> list[str]:
    found = []
    for document in workspace.store.select(Document):
        try:
            documents.read(workspace, document)
        except KnownError:
            found.append(f"document {document.number}: missing or altered")
        if not _is_on_the_chain(workspace, document):
            found.append(f"document {document.number}: the journal is not the one of then")
    return found


def _is_on_the_chain(workspace: Workspace, document: Document) -> bool:
    """Return whether the journal still holds the head that a document of our own names.

    What came from elsewhere names the journal there.
    """
    db = workspace.store.db
    unit, head = journal_of(document.data)
    is_foreign = journal.action_that_added(db, document.id) in _FROM_ELSEWHERE
    return not unit or is_foreign or journal.is_in_chain(db, unit, head)


def _attachments(workspace: Workspace) -> list[str]:
    found = []
    folder = workspace.folder / "attachments"
    key = sub_key(workspace.data_key, "attachments")
    for attachment in workspace.store.select(Attachment):
        if files.get(folder, key, attachment.sha256) is None:
            found.append(f"attachment {attachment.id}: missing or altered")
    return found


def _backups(workspace: Workspace) -> list[str]:
    found = []
    key = sub_key(workspace.data_key, "backups")
    generation = connection.stored_generation(workspace.store.db)
    for path in rotation.found(workspace.folder / "backups"):
        try:
            manifest = backup_file.check(path, key).manifest
        except KnownError:
            if backup_file.generation_of(path) in (0, generation):
                found.append(f"backup {path.name}: damaged")
            continue
        if manifest.unit and not journal.is_in_chain(
            workspace.store.db, manifest.unit, manifest.head
        ):
            found.append(f"backup {path.name}: the journal is not the one of then")
    return found


_PARTS: Final = (
    (_database, N_("Checking the database…")),
    (_journal, N_("Checking the journal…")),
    (_documents, N_("Checking the documents…")),
    (_attachments, N_("Checking the attachments…")),
    (_backups, N_("Reading the backups back…")),
)
