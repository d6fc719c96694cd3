"""Whether the workspace is whole: database, journal, keys, files."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
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


class Fault(StrEnum):
    """What may be wrong with a workspace; the value is how scripts read it."""

    PAGES = "database: {detail}"
    UNREADABLE = "database: {part} cannot be read"
    CHAIN = "journal: unit {unit} does not fit"
    DOCUMENT = "document {number}: missing or altered"
    DOCUMENT_JOURNAL = "document {number}: the journal is not the one of then"
    ATTACHMENT = "attachment {id}: missing or altered"
    BACKUP = "backup {name}: damaged"
    BACKUP_JOURNAL = "backup {name}: the journal is not the one of then"
    KEYS = "slots.json: altered"


_SENTENCES: Final = {
    Fault.PAGES: N_("The database is damaged: {detail}."),
    Fault.UNREADABLE: N_("The database is damaged: {part} cannot be read."),
    Fault.CHAIN: N_("Action {unit} of the journal was altered: it does not fit those before it."),
    Fault.DOCUMENT: N_("The file of the document {number} is missing or was altered."),
    Fault.DOCUMENT_JOURNAL: N_(
        "The journal is not the one that the document {number} was issued with."
    ),
    Fault.ATTACHMENT: N_("The attachment {name} is missing or was altered."),
    Fault.BACKUP: N_("The backup {name} is damaged."),
    Fault.BACKUP_JOURNAL: N_("The journal is not the one that the backup {name} was taken of."),
    Fault.KEYS: N_("The file with the keys, slots.json, was altered."),
}
_NAMES: Final = {
    "database": N_("its pages"),
    "journal": N_("the journal"),
    "documents": N_("the documents"),
    "attachments": N_("the attachments"),
    "backups": N_("what tells of the backups"),
}
"""What a part of the check reads out of the database."""
_BACKUPS: Final = frozenset({Fault.BACKUP, Fault.BACKUP_JOURNAL})
_OF_FILES: Final = _BACKUPS | {Fault.DOCUMENT, Fault.DOCUMENT_JOURNAL, Fault.ATTACHMENT}
_FROM_ELSEWHERE: Final = frozenset({"make-bundle", "take-bundle-back", "recover"})


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong.

    Args:
        fault: what.
        facts: what it is wrong with.
    """

    fault: Fault
    facts: Mapping[str, object] = field(default_factory=dict)

    @property
    def plain(self) -> str:
        """What scripts read; the same in every language."""
        return self.fault.format(**self.facts)

    @property
    def text(self) -> str:
        """A sentence in the language in use."""
        facts = dict(self.facts)
        if "part" in facts:
            facts["part"] = _(_NAMES[str(facts["part"])])
        return _(_SENTENCES[self.fault]).format(**facts)

    @property
    def is_of_files(self) -> bool:
        """Whether database, journal and keys are whole in spite of it."""
        return self.fault in _OF_FILES

    @property
    def is_of_database(self) -> bool:
        """Whether the database itself, or its journal, is not whole."""
        return not self.is_of_files and self.fault is not Fault.KEYS

    @property
    def is_of_backups(self) -> bool:
        """Whether it concerns a backup only."""
        return self.fault in _BACKUPS


@dataclass(frozen=True, slots=True)
class Findings:
    """What is wrong; nothing where the workspace is whole."""

    findings: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings


def verify(workspace: Workspace, told: Told = silent) -> Findings:
    """Check the database's pages, the whole chain of the journal, the keys' file and all files.

    Every backup is read back, and the journal's head that it was taken at must still be part
    of the chain.
    """
    from console.vault import slots

    found: list[Finding] = []
    for part, step in _PARTS:
        told(_(step))
        try:
            found += part(workspace)
        except DriverError:
            found.append(Finding(Fault.UNREADABLE, {"part": part.__name__.strip("_")}))
    if not slots.check_seal(workspace.folder, workspace.data_key):
        found.append(Finding(Fault.KEYS))
    return Findings(tuple(found))


def _database(workspace: Workspace) -> list[Finding]:
    return [Finding(Fault.PAGES, {"detail": line}) for line in health.integrity(workspace.store.db)]


def _journal(workspace: Workspace) -> list[Finding]:
    broken = journal.verify(workspace.store.db)
    return [Finding(Fault.CHAIN, {"unit": unit}) for unit in broken]


def _documents(workspace: Workspace) -> list[Finding]:
    found = []
    for document in workspace.store.select(Document):
        facts = {"number": document.number}
        try:
            documents.read(workspace, document)
        except KnownError:
            found.append(Finding(Fault.DOCUMENT, facts))
        if not _is_on_the_chain(workspace, document):
            found.append(Finding(Fault.DOCUMENT_JOURNAL, facts))
    return found


def _is_on_the_chain(workspace: Workspace, document: Document) -> bool:
    """Return whether the journal still holds the head that a document of our own names.

    What came from elsewhere names the journal there.
    """
    db = workspace.store.db
    unit, head = journal_of(document.data)
    is_foreign = journal.action_that_added(db, document.id) in _FROM_ELSEWHERE
    return not unit or is_foreign or journal.is_in_chain(db, unit, head)


def _attachments(workspace: Workspace) -> list[Finding]:
    found = []
    folder = workspace.folder / "attachments"
    key = sub_key(workspace.data_key, "attachments")
    for attachment in workspace.store.select(Attachment):
        if files.get(folder, key, attachment.sha256) is None:
            facts = {"id": attachment.id, "name": attachment.name}
            found.append(Finding(Fault.ATTACHMENT, facts))
    return found


def _backups(workspace: Workspace) -> list[Finding]:
    found = []
    key = sub_key(workspace.data_key, "backups")
    generation = connection.stored_generation(workspace.store.db)
    for path in rotation.found(workspace.folder / "backups"):
        try:
            manifest = backup_file.check(path, key).manifest
        except KnownError:
            if backup_file.generation_of(path) in (0, generation):
                found.append(Finding(Fault.BACKUP, {"name": path.name}))
            continue
        if manifest.unit and not journal.is_in_chain(
            workspace.store.db, manifest.unit, manifest.head
        ):
            found.append(Finding(Fault.BACKUP_JOURNAL, {"name": path.name}))
    return found


_PARTS: Final = (
    (_database, N_("Checking the database…")),
    (_journal, N_("Checking the journal…")),
    (_documents, N_("Checking the documents…")),
    (_attachments, N_("Checking the attachments…")),
    (_backups, N_("Reading the backups back…")),
)
