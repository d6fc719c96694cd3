"""Files that belong to a record; the bytes lie encrypted beside the database."""

from dataclasses import dataclass

from console.domain.record import ClientRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment(ClientRecord):
    """A file that belongs to a request, a document or another record.

    Args:
        owner_id: id of the record that it belongs to.
        sha256: of the content, hexadecimal.
        size: bytes.
    """

    owner_id: int
    name: str
    media_type: str
    size: int
    sha256: str
