"""Settings of a workspace: who the account manager is, how documents look.

They travel with the workspace.
"""

import re
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Final

from console.domain.journal import Changes
from console.domain.letterhead import Brand
from console.domain.local_time import PRAGUE
from console.errors import KnownError
from console.services import files
from console.storage import settings as stored
from console.workspace import Workspace

_COLOUR: Final = re.compile(r"#[0-9a-fA-F]{6}")
_LARGEST_LOGO: Final = 1_000_000
_BRAND: Final = "brand_"


@dataclass(frozen=True, slots=True)
class Manager:
    """The account manager as documents and numbers name them.

    Args:
        prefix: letters in the numbers of requests, the manager's own.
        operator: name of the operator, printed on documents.
    """

    name: str = ""
    prefix: str = "AM"
    email: str = ""
    phone: str = ""
    operator: str = ""


def manager(workspace: Workspace) -> Manager:
    """Return the account manager of the workspace."""
    values = stored.read(workspace.store)
    known = {f.name: f.default for f in fields(Manager)}
    return Manager(**{n: values.get(n, str(default)) for n, default in known.items()})


def change_manager(workspace: Workspace, manager: Manager) -> Changes:
    """Store the account manager; later changes bear the new name."""
    store = workspace.store
    values = {f.name: getattr(manager, f.name).strip() for f in fields(Manager)}
    values["prefix"] = values["prefix"].upper() or "AM"
    with store.unit("change-settings") as unit:
        stored.write(store, values)
    store.actor = values["name"] or store.actor
    return Changes(unit, frozenset({"settings"}), Manager(**values))


def next_request_number(workspace: Workspace, received: datetime) -> str:
    """Return the next number of the manager's own series in the year of receipt.

    Args:
        workspace: the open workspace, inside a unit.
        received: when the request came, aware.
    """
    year = received.astimezone(PRAGUE).year
    prefix = manager(workspace).prefix
    return f"{year}-{prefix}-{workspace.store.next_in_series(prefix, year):04}"


def brand(workspace: Workspace) -> Brand:
    """Return how the operator's documents look."""
    values = stored.read(workspace.store)
    return Brand(**{f.name: values.get(f"{_BRAND}{f.name}", "") for f in fields(Brand)})


def change_brand(
    workspace: Workspace, colour: str, address: str, logo: bytes | None = None
) -> Changes:
    """Store how the operator's documents look; documents that are issued stay as they are.

    Args:
        workspace: the open workspace.
        colour: ``#rrggbb``, or empty for our own.
        address: the operator's, in one line.
        logo: a PNG or JPEG picture; empty for none, None for the one that is there.

    Raises:
        KnownError: ``colour-wrong``, ``logo-wrong``.
    """
    check_colour(colour)
    kept = brand(workspace).logo
    if logo is not None:
        kept = files.put(workspace, flat(logo)) if logo else ""
    changed = Brand(colour=colour.lower(), address=address.strip(), logo=kept)
    with workspace.store.unit("change-settings") as unit:
        values = {f"{_BRAND}{f.name}": getattr(changed, f.name) for f in fields(Brand)}
        stored.write(workspace.store, values)
    return Changes(unit, frozenset({"settings"}), changed)


def logo(workspace: Workspace) -> bytes:
    """Return the operator's logo, or nothing."""
    return logo_of(workspace, brand(workspace))


def logo_of(workspace: Workspace, brand: Brand) -> bytes:
    """Return the logo that a document was issued with, or nothing."""
    return (files.get(workspace, brand.logo) or b"") if brand.logo else b""


def check_colour(colour: str) -> None:
    """Refuse what is no colour.

    Raises:
        KnownError: ``colour-wrong``.
    """
    if colour and not _COLOUR.fullmatch(colour):
        raise KnownError("colour-wrong", colour=colour)


def flat(picture: bytes) -> bytes:
    """Return a picture as an opaque PNG, which archival files allow anywhere; nothing for none.

    Raises:
        KnownError: ``logo-wrong``.
    """
    import io

    from PIL import Image

    if not picture:
        return b""
    if len(picture) > _LARGEST_LOGO:
        raise KnownError("logo-wrong")
    try:
        with Image.open(io.BytesIO(picture), formats=("PNG", "JPEG")) as opened:
            opened.thumbnail((1200, 400))
            whole = opened.convert("RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise KnownError("logo-wrong") from error
    flat = Image.new("RGB", whole.size, "white")
    flat.paste(whole, mask=whole.getchannel("A"))
    target = io.BytesIO()
    flat.save(target, "PNG")
    return target.getvalue()
