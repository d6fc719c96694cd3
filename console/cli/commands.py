"""Commands on the workspace and its records; those that issue documents are in papers."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from console import workspace
from console.cli.base import (
    DEMO_PASSPHRASE,
    JSON,
    Call,
    cli,
    day,
    iso,
    moment,
    show,
    split,
    with_workspace,
    word,
)
from console.domain.explanation import PRAGUE
from console.domain.request import Channel, Kind, RequestState
from console.errors import KnownError
from console.workspace import Workspace


@cli.command()
@click.option("--name", default="", help="Name of the account manager.")
@click.option("--keyring", is_flag=True, help="Let this machine's keyring open it, too.")
@JSON
@click.pass_obj
def create(call: Call, name: str, keyring: bool, as_json: bool) -> None:
    """Make a new encrypted workspace."""
    from console.services import settings as workspace_settings

    opened = workspace.create(call.folder, call.passphrase(), name, keyring)
    try:
        if name:
            workspace_settings.change_manager(opened, workspace_settings.Manager(name=name))
    finally:
        opened.close()
    show(as_json, {"workspace": str(call.folder)}, f"{call.folder}")


@cli.command()
@JSON
@click.pass_obj
def demo(call: Call, as_json: bool) -> None:
    """Make a workspace with believable data (passphrase: klientela-demo)."""
    from console.services import demo as demo_data

    passphrase = call.passphrase() if call.passphrase_file else DEMO_PASSPHRASE
    opened = workspace.create(call.folder, passphrase, "Jana Nováková")
    try:
        demo_data.fill(opened)
    finally:
        opened.close()
    show(as_json, {"workspace": str(call.folder)}, f"{call.folder}")


@cli.command()
@JSON
def agreements(as_json: bool) -> None:
    """List the agreements that ship."""
    from console.services import shipped

    rows = [{"key": key, "name": shipped.shipped(key).name.shown} for key in shipped.shipped_keys()]
    show(as_json, rows, "\n".join(f"{row['key']:18} {row['name']}" for row in rows))


@cli.command()
@click.option("--agreement", required=True, help="Key of a shipped agreement.")
@click.option("--kind", required=True, help="Kind of the request.")
@click.option("--channel", required=True, help="How it came.")
@click.option("--count", type=click.IntRange(0, 1_000_000), required=True, help="Numbers.")
@click.option("--received", required=True, help="When it came, ISO 8601.")
@JSON
def deadline(
    agreement: str, kind: str, channel: str, count: int, received: str, as_json: bool
) -> None:
    """Say when a request would be due, and why. Needs no workspace."""
    from console.domain import deadlines
    from console.domain.story import Facts
    from console.services import shipped

    facts = Facts(
        kind=word(Kind, kind),
        channel=word(Channel, channel),
        count=count,
        received=moment(received),
    )
    data = deadlines.to_json(deadlines.compute(shipped.shipped(agreement), facts))
    show(as_json, data, _explained(data))


def _explained(data: dict[str, Any]) -> str:
    lines = []
    for one in data["deadlines"]:
        lines.append(f"{one['due']}  {one['nature']}  {one['clause']}")
        lines += [f"    {step['text']}" for step in one["explanation"]]
    return "\n".join(lines)


@cli.command("import")
@click.argument("what")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--client", "ico", required=True, help="IČO of the client.")
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
@JSON
@with_workspace
def import_file(
    opened: Workspace, what: str, file: Path, ico: str, dry_run: bool, as_json: bool
) -> None:
    """Take a file in: WHAT is numbers, contacts or tariffs."""
    from console.services import clients, imports

    client = clients.client_by_ico(opened, ico)
    read = imports.read_file(file, imports.check_what(what))
    outcome: Any = (
        imports.dry_run(opened, client.id, read)
        if dry_run
        else imports.run(opened, client.id, read).result
    )
    data = {
        "added": outcome.added,
        "changed": outcome.changed,
        "unchanged": outcome.unchanged,
        "refused": outcome.refused,
        "problems": [
            {"row": p.row, "column": p.column, "code": p.code, "message": p.message}
            for p in outcome.problems
        ],
    }
    counts = ", ".join(f"{name} {data[name]}" for name in list(data)[:4])
    problems = [
        f"{p.row}: {p.column + ': ' if p.column else ''}{p.message}" for p in outcome.problems
    ]
    show(as_json, data, "\n".join([counts, *problems]))


@cli.group()
def client() -> None:
    """Clients: add, list."""


@client.command("add")
@click.option("--name", required=True)
@click.option("--ico", required=True, help="Eight digits.")
@click.option("--agreement", help="Key of a shipped agreement, in force from now on.")
@click.option("--since", help="First day of the agreement, ISO; today where not given.")
@JSON
@with_workspace
def client_add(
    opened: Workspace, name: str, ico: str, agreement: str | None, since: str | None, as_json: bool
) -> None:
    """Add a client."""
    from console.domain.client import Client
    from console.services import agreements as client_agreements
    from console.services import clients

    store = opened.store
    first = day(since) if since else store.now().astimezone(PRAGUE).date()
    with store.unit("add-client", name):
        clients.add_client(opened, Client(name=name.strip(), ico=ico.replace(" ", "")))
        added = clients.client_by_ico(opened, ico)
        if agreement:
            client_agreements.choose_agreement(opened, added.id, agreement, first)
    show(
        as_json, {"id": added.id, "ico": added.ico, "name": added.name}, f"{added.ico} {added.name}"
    )


@client.command("list")
@JSON
@with_workspace
def client_list(opened: Workspace, as_json: bool) -> None:
    """List the clients."""
    from console.domain.listing import ListQuery
    from console.services import lists

    found = lists.page(opened, ListQuery(noun="clients", sort="name"), limit=100_000).rows
    rows = [
        {
            "id": c.id,
            "name": c.name,
            "ico": c.ico,
            "agreement": c.agreement,
            "numbers": c.lines,
            "open_requests": c.open_requests,
        }
        for c in found
    ]
    show(as_json, rows, "\n".join(f"{c.ico} {c.name}" for c in found))


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
    )
    logged: Any = requests.log_request(opened, draft).result
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
        "story": [
            {"at": iso(e.at), "kind": e.kind.value, "author": e.author, "text": e.text}
            for e in seen.entries
        ],
        **deadlines.to_json(seen.deadlines),
    }
    show(as_json, data, f"{r.number}  {r.state.label}  {r.subject}\n{_explained(data)}")


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


@cli.command()
@click.option("--client", "ico", required=True, help="IČO of the client.")
@click.option("--from", "since", required=True, help="First day, ISO.")
@click.option("--to", "until", required=True, help="Last day, ISO.")
@JSON
@with_workspace
def compliance(opened: Workspace, ico: str, since: str, until: str, as_json: bool) -> None:
    """Say how deadlines were kept: by clause, with times to resolution and causes."""
    from console.services import clients
    from console.services import compliance as counting

    found = clients.client_by_ico(opened, ico)
    counted = counting.report(opened, found.id, day(since), day(until))
    data = counting.to_json(counted)
    lines = [
        f"{row['met']:5} {row['missed']:5} {row['open_overdue']:5}  {row['nature']:12}"
        f" {row['reference']}"
        for row in data["clauses"]
    ]
    show(as_json, data, "\n".join(lines))


@cli.command()
@click.argument("text")
@JSON
@with_workspace
def search(opened: Workspace, text: str, as_json: bool) -> None:
    """Find anything by any part of its words."""
    from console.services import search as finding

    hits = finding.find(opened, text)
    rows = [{"noun": h.noun, "id": h.id, "title": h.title, "detail": h.detail} for h in hits]
    show(as_json, rows, "\n".join(f"{h.noun:10} {h.id}  {h.title}  {h.detail}" for h in hits))


@cli.command()
@click.argument("record_id", metavar="ID", type=int)
@JSON
@with_workspace
def history(opened: Workspace, record_id: int, as_json: bool) -> None:
    """Show every change of a record, the newest first."""
    from console.services import history as told

    rows: list[dict[str, Any]] = [
        {
            "at": iso(entry.unit.at),
            "actor": entry.unit.actor,
            "action": entry.unit.action,
            "operation": entry.operation,
            "changed": {name: list(pair) for name, pair in told.visible(entry).items()},
        }
        for entry in told.history(opened, record_id)
    ]
    lines = [f"{r['at']}  {r['action']}  {', '.join(map(str, r['changed']))}" for r in rows]
    show(as_json, rows, "\n".join(lines))


@cli.command()
@JSON
@with_workspace
def undo(opened: Workspace, as_json: bool) -> None:
    """Take back the last action."""
    from console.services import history as told

    unit: Any = told.undo_last(opened).result
    show(as_json, {"undone": unit.action, "detail": unit.detail}, f"{unit.action} {unit.detail}")


@cli.command()
@JSON
@with_workspace
def redo(opened: Workspace, as_json: bool) -> None:
    """Do again what was taken back last."""
    from console.services import history as told

    unit: Any = told.redo_last(opened).result
    show(as_json, {"redone": unit.action, "detail": unit.detail}, f"{unit.action} {unit.detail}")


@cli.command()
@JSON
@with_workspace
@click.pass_context
def verify(context: click.Context, opened: Workspace, as_json: bool) -> None:
    """Check database, journal, keys and documents; exit 2 where something is wrong."""
    from console.services import verify as checking

    found = checking.verify(opened)
    data = {"ok": found.ok, "findings": list(found.findings)}
    show(as_json, data, "ok" if found.ok else "\n".join(found.findings))
    if not found.ok:
        context.exit(2)
