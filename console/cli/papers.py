"""Commands that issue documents, seal them, and read seals."""

from pathlib import Path
from typing import Any

import click

from console.cli.base import JSON, cli, first_line, iso, show, with_workspace
from console.domain.client import Client
from console.errors import KnownError
from console.texts import _
from console.workspace import Workspace


@cli.command()
@click.option("--client", "ico", help="IČO of the client.")
@click.option("--all", "everybody", is_flag=True, help="Every client.")
@click.option("--month", required=True, help="YYYY-MM.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Folder.")
@click.option("--merged", type=click.Path(path_type=Path), help="Join all into this file, too.")
@click.option("--mails", is_flag=True, help="Prepare a mail beside each report.")
@JSON
@with_workspace
@click.pass_context
def report(
    context: click.Context,
    opened: Workspace,
    ico: str | None,
    everybody: bool,
    month: str,
    out: Path,
    merged: Path | None,
    mails: bool,
    as_json: bool,
) -> None:
    """Issue status reports of a month; exit 2 where some could not be issued."""
    from console.services import clients, month_end, reports

    if bool(ico) == everybody:
        raise KnownError("client-or-all")
    first = reports.parse_month(month)
    chosen = (
        clients.all_clients(opened) if everybody else [clients.client_by_ico(opened, ico or "")]
    )
    made = month_end.issue_all(opened, chosen, first, out)
    if made.failures and not everybody:
        raise made.failures[0].error
    data: dict[str, Any] = {"files": list(map(str, made.files))}
    lines = list(data["files"])
    if everybody:
        data["failures"] = [
            {"client": f.client, "ico": f.ico, "why": f.error.message} for f in made.failures
        ]
        lines += [f"{f.ico} {f.client}: {f.error.message}" for f in made.failures]
    if merged and made.files:
        data["merged"] = str(month_end.merge(made.files, merged))
        lines.append(data["merged"])
    if mails:
        prepared = month_end.prepare_mails(opened, made, first)
        data["mails"] = list(map(str, prepared.files))
        lines += data["mails"]
        lines += [f"{f.ico} {f.client}: {f.error.message}" for f in prepared.failures]
    show(as_json, data, "\n".join(lines))
    if made.failures:
        context.exit(2)


@cli.command("care-sheet")
@click.option("--client", "ico", required=True, help="IČO of the client.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Folder.")
@JSON
@with_workspace
def care_sheet(opened: Workspace, ico: str, out: Path, as_json: bool) -> None:
    """Issue a client's care sheet: contacts, hours, specialists, deadlines on one page."""
    from console.services import clients, documents

    found = clients.client_by_ico(opened, ico)
    issued: Any = documents.issue_care_sheet(opened, found).result
    _save(issued, found, out, as_json)


@cli.command()
@click.option("--client", "ico", required=True, help="IČO of the client.")
@click.option("--lines", type=click.Path(path_type=Path), required=True, help="Table of lines.")
@click.option("--contact", "contact_name", default="", help="Who orders.")
@click.option("--note", default="")
@click.option("--override", default="", help="Why it is ordered in spite of the authority.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Folder.")
@JSON
@with_workspace
def order(
    opened: Workspace,
    ico: str,
    lines: Path,
    contact_name: str,
    note: str,
    override: str,
    out: Path,
    as_json: bool,
) -> None:
    """Make an order from a table of lines and issue its form."""
    from console.services import clients, contacts, documents, orders

    found = clients.client_by_ico(opened, ico)
    contact = contacts.contact_by_name(opened, found.id, contact_name) if contact_name else None
    if contact_name and contact is None:
        raise KnownError("contact-unknown", name=contact_name)
    draft = orders.OrderDraft(
        client_id=found.id,
        lines=orders.read_lines(lines, found.id),
        contact_id=contact.id if contact else None,
        note=note,
        override=override,
    )
    issued: Any = documents.order_and_issue(opened, draft).result
    _save(issued, found, out, as_json)


@cli.command("paper")
@click.argument(
    "what", type=click.Choice(["confirmation", "complaint", "reply", "story", "authorised-persons"])
)
@click.option("--request", "number", default="", help="Number of the request.")
@click.option("--client", "ico", default="", help="IČO of the client, for authorised persons.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Folder.")
@JSON
@with_workspace
def paper(opened: Workspace, what: str, number: str, ico: str, out: Path, as_json: bool) -> None:
    """Issue a document about a request or a client."""
    from console.services import clients, papers, requests

    if what == "authorised-persons":
        client = clients.client_by_ico(opened, ico)
        issued: Any = papers.issue_authorised_persons(opened, client).result
    else:
        request = requests.request_by_number(opened, number)
        client = clients.client(opened, request.client_id)
        issues: dict[str, Any] = {
            "confirmation": papers.issue_written_confirmation,
            "complaint": papers.issue_complaint_record,
            "reply": papers.issue_complaint_reply,
            "story": papers.issue_request_story,
        }
        issued = issues[what](opened, request).result
    _save(issued, client, out, as_json)


def _save(issued: Any, client: Client, out: Path, as_json: bool) -> None:
    from console.services import documents

    target = out / documents.file_name(issued.document, client)
    files = [str(documents.save_as(issued.content, target))]
    show(as_json, {"files": files}, "\n".join(files))


@cli.command("seal")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--certificate", type=click.Path(path_type=Path), required=True, help="PKCS#12.")
@click.option("--certificate-passphrase-file", "secret", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Sealed file.")
@JSON
def seal(file: Path, certificate: Path, secret: Path | None, out: Path, as_json: bool) -> None:
    """Seal a document with a certificate. Needs no workspace."""
    from console.services import documents, signing

    passphrase = first_line(secret) if secret else ""
    sealed = signing.seal(signing.read_file(file), certificate, passphrase)
    files = [str(documents.save_as(sealed, out))]
    show(as_json, {"files": files}, files[0])


@cli.command("seals")
@click.argument("file", type=click.Path(path_type=Path))
@JSON
@click.pass_context
def seals(context: click.Context, file: Path, as_json: bool) -> None:
    """Say who sealed a document, when, and what the seal is worth.

    Exit 2 where there is no seal, or where one of them is not good.
    """
    from console.services import signing

    found = signing.seals(signing.read_file(file))
    rows = [
        {
            "who": seal.who,
            "issuer": seal.issuer,
            "at": iso(seal.at),
            "intact": seal.is_intact,
            "whole": seal.is_whole,
            "valid": seal.was_valid,
        }
        for seal in found
    ]
    show(as_json, rows, "\n".join(map(signing.told, found)) or _("There is no seal in the file."))
    if not found or not all(one.is_good for one in found):
        context.exit(2)
