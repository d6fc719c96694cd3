"""Whether the workspace is whole: database, journal, keys, files."""

from dataclasses import dataclass

from console.domain.document import Document
from console.errors import KnownError
from console.services import documents
from console.storage import health, journal
from console.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Findings:
    """What is wrong; nothing where the workspace is whole."""

    findings: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings


def verify(workspace: Workspace) -> Findings:
    """Check the database's pages, the journal's chain, the keys' file and all documents."""
    from console.vault import slots

    db = workspace.store.db
    found = [f"database: {line}" for line in health.integrity(db)]
    found += [f"journal: unit {unit} does not fit" for unit in journal.verify(db)]
    if not slots.check_seal(workspace.folder, workspace.data_key):
        found.append("slots.json: altered")
    for document in workspace.store.select(Document):
        try:
            documents.read(workspace, document)
        except KnownError:
            found.append(f"document {document.number}: missing or altered")
    return Findings(tuple(found))
