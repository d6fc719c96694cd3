"""Commands on requests: add, from a mail, list, show, step."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from console.cli.base import (
    JSON,
    cli,
    day,
    explained,
    iso,
    moment,
    show,
    split,
    with_workspace,
    word,
)
from console.domain.request import Channel, Kind, RequestState
from console.errors import KnownError
from console.workspace import Workspace


@cli.group()
def request() -> None:
    """Requests: add, list, show, step."""


@request.command("add")
@click.option("--client", "ico", required=True, help="IČO of the client.")
@click.option("--kind", required=True)
@click.option("--channel", required=True)
@click.option("--received", required=True, help="When it came, ISO 8601.")
@click.option("--numbers", default="", help="Numbers, parted by commas.")
@click.option("--contact", "contact_name", default="", help="Name or e-mail of a contact.")
@click.option("--subject", default="")
@click.option("--override-authority", is_flag=True, help="Log it though it is not allowed.")
@click.option("--reason", default="", help="Why it is overridden or dated back.")
@click.option("--delivered", default="", help="Day of the bill that is complained of, ISO.")
@click.option("--invoice", default="", help="Number of the bill that is complained of.")
@click.option("--period", default="", help="What that bill is for, as 10/2026.")
@click.option("--place", default="", help="Where a fault is.")
@click.option("--caller", default="", help="Who asked, where that is no contact.")
@click.option("--refused", is_flag=True, help="Log that it was refused.")
@click.option("--to-confirm", is_flag=True, help="Log it as waiting for a confirmation.")
@JSON
@with_workspace
def request_add(opened: Workspace, ico: str, as_json: bool, **options: Any) -> None:
    """Log a request with its deadline."""
    from console.services import clients, contacts, requests

    found = clients.client_by_ico(opened, ico)
    name = options["contact_name"]
    contact = contacts.contact_by_name(opened, found.id, name) if name else None
    if name and contact is None:
        raise KnownError("contact-unknown", name=name)
    draft = requests.Draft(
        client_id=found.id,
        kind=word(Kind, options["kind"]),
        channel=word(Channel, options["channel"]),
        numbers=split(options["numbers"]),
        contact_id=contact.id if contact else None,
        subject=options["subject"],
        received_at=moment(options["received"]),
        override_authority=options["override_authority"],
        reason=options["reason"],
        delivered_on=day(options["delivered"]) if options["delivered"] else None,
        **{name: options[name] for name in ("invoice", "period", "place", "caller")},
    )
    log = requests.log_refused if options["refused"] else requests.log_request
    log = requests.log_to_confirm if options["to_confirm"] else log
    logged: Any = log(opened, draft).result
    data = {"number": logged.number, "governing": iso(logged.due_at)}
    show(as_json, data, f"{data['number']}  {data['governing'] or ''}")


@request.command("from-mail")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--log", "is_logged", is_flag=True, help="Log it, not only say what it would become.")
@click.option("--override-authority", is_flag=True, help="Log it though it is not allowed.")
@click.option("--reason", default="", help="Why it is overridden or dated back.")
@JSON
@with_workspace
def request_from_mail(
    opened: Workspace,
    file: Path,
    is_logged: bool,
    override_authority: bool,
    reason: str,
    as_json: bool,
) -> None:
    """Say what a mail (.eml, .msg) would become, or log it."""
    from console.services import mails

    found = mails.propose(opened, file)
    data = _mail_row(found)
    if is_logged:
        if found.draft is None:
            raise KnownError("mail-client-unknown", sender=found.mail.sender)
        draft = replace(found.draft, override_authority=override_authority, reason=reason)
        logged: Any = mails.log_mail(opened, found.mail, draft).result
        data |= {"number": logged.number, "governing": iso(logged.due_at)}
    numbers = ", ".join(found.numbers)
    lines = [
        f"{found.kind.label}  {numbers}",
        f"{data['client'] or '–'}  {data['contact'] or found.mail.sender}",
        found.verdict.why,
        *([f"{data['number']}  {data['governing'] or ''}"] if is_logged else []),
    ]
    show(as_json, data, "\n".join(lines))


def _mail_row(found: Any) -> dict[str, Any]:
    governing = found.deadlines.governing if found.deadlines else None
    return {
        "kind": found.kind.value,
        "numbers": list(found.numbers),
        "client": found.client.name if found.client else None,
        "ico": found.client.ico if found.client else None,
        "contact": found.contact.name if found.contact else None,
        "authority": {"allowed": found.verdict.allowed, "why": found.verdict.why},
        "subject": found.mail.subject,
        "text": found.mail.text,
        "attachments": [attachment.name for attachment in found.mail.attachments],
        "answers": found.answers.number if found.answers else None,
        "governing": iso(governing.due) if governing else None,
    }


@request.command("list")
@click.option("--client", "ico", help="Only this client's.")
@click.option("--open", "only_open", is_flag=True, help="Only those that want work.")
@JSON
@with_workspace
def request_list(opened: Workspace, ico: str | None, only_open: bool, as_json: bool) -> None:
    """List requests, the most urgent first."""
    from console.domain.listing import ListQuery
    from console.services import clients, lists

    client_id = clients.client_by_ico(opened, ico).id if ico else 0
    filters = (("open", 1),) if only_open else ()
    query = ListQuery(noun="requests", sort="due_at", client_id=client_id, filters=filters)
    found = lists.page(opened, query, limit=1_000_000).rows
    rows = [_request_row(r) for r in found]
    lines = [
        f"{r['number']}  {r['state']:16} {r['governing'] or '':32} {r['subject']}" for r in rows
    ]
    show(as_json, rows, "\n".join(lines))


def _request_row(r: Any) -> dict[str, Any]:
    return {
        "number": r.number,
        "client": r.client,
        "kind": r.kind.value,
        "channel": r.channel.value,
        "state": r.state.value,
        "subject": r.subject,
        "contact": r.contact,
        "received": iso(r.received_at),
        "governing": iso(r.due_at),
        "resolved": iso(r.resolved_at),
        "numbers": r.lines,
    }


@request.command("show")
@click.argument("number")
@JSON
@with_workspace
def request_show(opened: Workspace, number: str, as_json: bool) -> None:
    """Show a request with its story and the explanation of its deadlines."""
    from console.domain import deadlines
    from console.services import requests

    seen = requests.dossier(opened, requests.request_by_number(opened, number).id)
    r = seen.request
    data = {
        "number": r.number,
        "client": seen.client.name,
        "kind": r.kind.value,
        "channel": r.channel.value,
        "state": r.state.value,
        "subject": r.subject,
        "contact": seen.contact.name if seen.contact else r.caller,
        "received": iso(r.received_at),
        "registered": iso(r.registered_at),
        "acknowledged": iso(r.acknowledged_at),
        "numbers": [line.msisdn for line in seen.lines],
        "authority": r.authority,
        "story": [_entry_row(e) for e in seen.entries],
        "links": [{"kind": one.link.kind.value, "number": one.other.number} for one in seen.links],
        "confirmation": r.confirmation.value,
        "chase": iso(r.chase_at),
        **deadlines.to_json(seen.deadlines),
    }
    show(as_json, data, f"{r.number}  {r.state.label}  {r.subject}\n{explained(data)}")


def _entry_row(entry: Any) -> dict[str, Any]:
    return {
        "at": iso(entry.at),
        "kind": entry.kind.value,
        "author": entry.author,
        "text": entry.text,
        "direction": entry.direction.value,
        "recipient": entry.recipient,
        "reference": entry.reference,
    }


@request.command("step")
@click.argument("number")
@click.argument("state")
@click.option("--text", default="", help="What was done.")
@click.option("--at", help="When, ISO 8601; now where not given.")
@click.option("--cause", default="", help="Why it is late; told by its story where not given.")
@JSON
@with_workspace
def request_step(
    opened: Workspace,
    number: str,
    state: str,
    text: str,
    at: str | None,
    cause: str,
    as_json: bool,
) -> None:
    """Bring a request into another state."""
    from console.domain.compliance import Cause
    from console.services import requests

    found = requests.request_by_number(opened, number)
    target = word(RequestState, state)
    stepped: Any = requests.take_step(
        opened,
        found,
        target,
        text,
        moment(at) if at else None,
        word(Cause, cause) if cause else None,
    ).result
    data = {
        "number": stepped.number,
        "state": stepped.state.value,
        "governing": iso(stepped.due_at),
    }
    show(as_json, data, f"{stepped.number}  {stepped.state.label}")
