"""Commands on the workspace and its records; those that issue documents are in papers."""

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
    explained,
    iso,
    moment,
    show,
    with_workspace,
    word,
)
from console.domain.local_time import PRAGUE
from console.domain.request import Channel, Kind
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
    show(as_json, data, explained(data))


@cli.command("import")
@click.argument("what")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--client", "ico", help="IČO of the client; a catalogue and clients need none.")
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
@JSON
@with_workspace
def import_file(
    opened: Workspace, what: str, file: Path, ico: str | None, dry_run: bool, as_json: bool
) -> None:
    """Take a file in.

    WHAT is numbers, contacts, tariffs, sims, devices, usage, catalogue or clients.
    """
    from console.services import clients, imports

    if not ico and imports.check_what(what) not in imports.OF_NO_CLIENT:
        raise click.UsageError("Missing option '--client'.")
    client_id = clients.client_by_ico(opened, ico).id if ico else 0
    read = imports.read_file(file, imports.check_what(what))
    read = imports.as_remembered(opened, client_id, read)
    outcome: Any = (
        imports.dry_run(opened, client_id, read)
        if dry_run
        else imports.run(opened, client_id, read).result
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
    changes = [f"{c.row}: {c.message}" for c in outcome.changes] if dry_run else []
    show(as_json, data, "\n".join([counts, *problems, *changes]))


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
    data = {"ok": found.ok, "findings": [one.plain for one in found.findings]}
    show(as_json, data, "ok" if found.ok else "\n".join(one.text for one in found.findings))
    if not found.ok:
        context.exit(2)
