"""Commands of privacy and of what ends: extract, erase, retention, expiring."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import click

from console.cli.base import JSON, cli, show, with_workspace
from console.domain.erasure import Person
from console.workspace import Workspace


@cli.group()
def privacy() -> None:
    """Personal data: extract, erase, retention."""


def _person(opened: Workspace, ico: str, name: str) -> Person:
    from console.services import clients
    from console.services import privacy as privacies

    client = clients.client_by_ico(opened, ico)
    return privacies.person_by_name(opened, client.id, name)


@privacy.command("extract")
@click.option("--client", "ico", required=True, help="IČO of the client.")
@click.option("--contact", "name", required=True, help="Name or e-mail; of a holder the name.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Folder.")
@JSON
@with_workspace
def privacy_extract(opened: Workspace, ico: str, name: str, out: Path, as_json: bool) -> None:
    """Write all that is kept of a person, as PDF and as JSON."""
    from console.services import clients, documents
    from console.services import privacy as privacies
    from console.services import privacy_extract as extracts

    person = _person(opened, ico, name)
    issued: Any = extracts.issue(opened, person).result
    client = clients.client(opened, person.client_id)
    paper = documents.save_as(issued.content, out / documents.file_name(issued.document, client))
    data = privacies.export(opened, person, paper.with_suffix(".json"))
    files = [str(paper), str(data)]
    show(as_json, {"files": files}, "\n".join(files))


@privacy.command("erase")
@click.option("--client", "ico", required=True, help="IČO of the client.")
@click.option("--contact", "name", required=True, help="Name or e-mail; of a holder the name.")
@click.option("--reason", required=True)
@click.option("--dry-run", is_flag=True, help="Only say what it would do.")
@JSON
@with_workspace
def privacy_erase(
    opened: Workspace, ico: str, name: str, reason: str, dry_run: bool, as_json: bool
) -> None:
    """Put a pseudonym in the place of a person; it cannot be taken back."""
    from console.services import privacy as privacies

    person = _person(opened, ico, name)
    seen = privacies.preview(opened, person)
    data: dict[str, Any] = {
        "rows": dict(seen.rows),
        "entries": seen.entries,
        "files": seen.files,
        "documents": list(seen.documents),
    }
    if not dry_run:
        erasure: Any = privacies.erase(opened, person, reason).result
        data["pseudonym"] = erasure.pseudonym
    lines = [f"{noun}: {count}" for noun, count in seen.rows.items()]
    show(as_json, data, "\n".join([*lines, data.get("pseudonym", "")]).strip())


@privacy.command("retention")
@click.option("--apply", "is_applied", is_flag=True, help="Erase everybody whose time is over.")
@JSON
@with_workspace
def privacy_retention(opened: Workspace, is_applied: bool, as_json: bool) -> None:
    """List the people whose time is over by the rules, or erase them."""
    from console.services import retention as retentions

    found = retentions.overdue(opened)
    rows = [
        {"id": one.contact_id, "client": one.client, "until": one.until.isoformat()}
        for one in found
    ]
    data: dict[str, Any] = {"overdue": rows, "erased": 0}
    if is_applied and found:
        ids = [one.contact_id for one in found]
        data["erased"] = retentions.apply_rules(opened, ids).result
    lines = [f"{one.until.isoformat()}  {one.client}" for one in found]
    show(as_json, data, "\n".join(lines))


@cli.command("expiring")
@click.option("--days", default=90, help="How far ahead.")
@click.option("--client", "ico", default="", help="IČO; all clients where it is not given.")
@JSON
@with_workspace
def expiring(opened: Workspace, days: int, ico: str, as_json: bool) -> None:
    """List what ends: commitments, agreements, authorities, numbers, warranties."""
    from console.domain.local_time import PRAGUE
    from console.services import clients, expiry

    client_id = clients.client_by_ico(opened, ico).id if ico else 0
    today = opened.store.now().astimezone(PRAGUE).date()
    found = expiry.between(opened, today, today + timedelta(days=days), client_id)
    rows = [
        {
            "ending": one.ending.value,
            "what": one.what,
            "client": one.client,
            "until": one.until.isoformat(),
        }
        for one in found
    ]
    lines = [f"{r['until']}  {r['ending']:10}  {r['what']}  {r['client']}" for r in rows]
    show(as_json, rows, "\n".join(lines))
