"""A page that shows how the operator's documents would look; it is not issued or stored."""

from console.domain.client import Client
from console.domain.letterhead import Brand
from console.domain.written_confirmation import WrittenConfirmation
from console.services import settings
from console.services.frozen import to_json
from console.services.letterhead import letterhead
from console.texts import _
from console.workspace import Workspace


def sample(workspace: Workspace, colour: str, address: str, logo: bytes | None = None) -> bytes:
    """Return a sample page.

    Args:
        workspace: whose operator it names.
        colour: ``#rrggbb``, or empty for our own.
        address: the operator's, in one line.
        logo: a picture as it was chosen; empty for none, None for the one that is stored.

    Raises:
        KnownError: ``colour-wrong``, ``logo-wrong``.
    """
    from console.documents import written_confirmation

    settings.check_colour(colour)
    picture = settings.logo(workspace) if logo is None else settings.flat(logo)
    client = Client(name=_("Sample Town"), ico="00000000", seat=_("Square 1, Sample Town"))
    head = letterhead(workspace, client, _("sample"), 1)
    head["operator"] = head["operator"] or _("Operator")
    head["brand"] = Brand(colour=colour.lower(), address=address.strip())
    record = WrittenConfirmation(
        **head,
        request=_("sample"),
        kind=_("This is how documents look"),
        channel="",
        asked_by="",
        authority="",
        received=workspace.store.now(),
        subject=_("This is how documents look"),
        text="",
        numbers=(),
    )
    return written_confirmation.render(record, to_json(record), picture)
