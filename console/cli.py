"""The command line: for scripts, scheduled month's ends, and work without a screen.

Results go to stdout, as JSON with ``--json``; exit 0, or 2 with one line that says what was
wrong.
"""

import getpass
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from functools import wraps
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from console import cli_vault, paths, settings, texts, workspace
from console.domain.explanation import PRAGUE
from console.domain.request import Channel, Kind, RequestState
from console.errors import KnownError
from console.workspace import Workspace

DEMO_PASSPHRASE: Final = "klientela-demo"  # noqa: S105  (of the demo data only)
_YEARS: Final = range(1900, 3000)
_Word = TypeVar("_Word", bound=StrEnum)
_JSON = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")


@dataclass
class _Call:
    """What the options before the command say."""

    folder: Path
    passphrase_file: Path | None

    def passphrase(self) -> str:
        """Return the passphrase from its file or the prompt."""
        if self.passphrase_file is not None:
            try:
                lines = self.passphrase_file.read_text(encoding="utf-8").splitlines()
            except (OSError, UnicodeDecodeError) as error:
                raise KnownError("passphrase-file", path=self.passphrase_file) from error
            return lines[0] if lines else ""
        if not sys.stdin.isatty():
            raise KnownError("passphrase-needed")
        return getpass.getpass("Passphrase: ")

    def open(self) -> Workspace:
        """Open the workspace, by the keyring where that may and no passphrase is given."""
        key = None
        if self.passphrase_file is None:
            key = workspace.unlock_by_keyring(self.folder)
        if key is not None:
            return workspace.open_workspace(self.folder, key)
        key = workspace.unlock(self.folder, self.passphrase())
        opened = workspace.open_workspace(self.folder, key)
        if self.passphrase_file is None:
            workspace.mend_keyring(opened)
        return opened


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--workspace",
    "folder",
    type=click.Path(path_type=Path),
    help="Folder of the workspace; the usual one of this machine where it is not given.",
)
@click.option(
    "--passphrase-file",
    type=click.Path(path_type=Path),
    help="File whose first line is the passphrase.",
)
@click.pass_context
def cli(context: click.Context, folder: Path | None, passphrase_file: Path | None) -> None:
    """Klientela, the console of a dedicated account manager.

    Without a command the window opens.
    """
    texts.use_language(settings.load().language or texts.system_language())
    context.obj = _Call(folder or paths.default_workspace(), passphrase_file)


def main(arguments: Sequence[str]) -> int:
    """Run a command.

    Returns:
        0, or 2 after one line on stderr that says what was wrong.
    """
    try:
        ended = cli.main(args=list(arguments), prog_name="klientela", standalone_mode=False)
    except KnownError as error:
        return _failed(error.message)
    except click.ClickException as error:
        return _failed(error.format_message())
    except click.Abort:
        return _failed("aborted")
    except Exception as error:
        known = workspace.explained(error)
        if isinstance(known, KnownError):
            return _failed(known.message)
        raise
    return ended if isinstance(ended, int) else 0


def _failed(message: str) -> int:
    click.echo(" ".join(message.split()), err=True)
    return 2


def _with_workspace(command: Callable[..., Any]) -> Callable[..., Any]:
    """Open the workspace for a command and close it whatever happens."""

    @wraps(command)
    @click.pass_obj
    def run(call: _Call, /, **options: Any) -> Any:
        opened = call.open()
        try:
            return command(opened, **options)
        finally:
            opened.close()

    return run


def _show(as_json: bool, data: Any, text: str) -> None:
    click.echo(json.dumps(data, ensure_ascii=False, indent=2) if as_json else text)


def _word(words: type[_Word], text: str) -> _Word:
    try:
        return words(text)
    except ValueError as error:
        known = ", ".join(word.value for word in words)
        raise KnownError("word-unknown", word=text, known=known) from error


def _moment(text: str) -> datetime:
    """Return an ISO 8601 time; without an offset it is local to Prague."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise KnownError("time-wrong", time=text) from error
    if moment.year not in _YEARS:
        raise KnownError("time-wrong", time=text)
    return moment if moment.tzinfo else moment.replace(tzinfo=PRAGUE)


def _iso(moment: datetime | None) -> str | None:
    return moment.astimezone(PRAGUE).isoformat() if moment else None


def _split(numbers: str) -> tuple[str, ...]:
    """Split a list of numbers; a range ``A-B`` of full numbers gives all between."""
    from console.domain import phone

    parts: list[str] = []
    for part in filter(None, (piece.strip() for piece in numbers.split(","))):
        found = phone.find_numbers(part)
        parts += found if len(found) > 1 else [part]
    return tuple(parts)


@cli.command()
@click.option("--name", default="", help="Name of the account manager.")
@click.option("--keyring", is_flag=True, help="Let this machine's keyring open it, too.")
@_JSON
@click.pass_obj
def create(call: _Call, name: str, keyring: bool, as_json: bool) -> None:
    """Make a new encrypted workspace."""
    from console.services import settings as workspace_settings

    opened = workspace.create(call.folder, call.passphrase(), name, keyring)
    try:
        if name:
            workspace_settings.change_manager(opened, workspace_settings.Manager(name=name))
    finally:
        opened.close()
    _show(as_json, {"workspace": str(call.folder)}, f"{call.folder}")


@cli.command()
@_JSON
@click.pass_obj
def demo(call: _Call, as_json: bool) -> None:
    """Make a workspace with believable data (passphrase: klientela-demo)."""
    from console.services import demo as demo_data

    passphrase = call.passphrase() if call.passphrase_file else DEMO_PASSPHRASE
    opened = workspace.create(call.folder, passphrase, "Jana Nováková")
    try:
        demo_data.fill(opened)
    finally:
        opened.close()
    _show(as_json, {"workspace": str(call.folder)}, f"{call.folder}")


@cli.command()
@_JSON
def agreements(as_json: bool) -> None:
    """List the agreements that ship."""
    from console.services import shipped

    rows = [{"key": key, "name": shipped.shipped(key).name.shown} for key in shipped.shipped_keys()]
    _show(as_json, rows, "\n".join(f"{row['key']:18} {row['name']}" for row in rows))


@cli.command()
@click.option("--agreement", required=True, help="Key of a shipped agreement.")
@click.option("--kind", required=True, help="Kind of the request.")
@click.option("--channel", required=True, help="How it came.")
@click.option("--count", type=click.IntRange(0, 1_000_000), required=True, help="Numbers.")
@click.option("--received", required=True, help="When it came, ISO 8601.")
@_JSON
def deadline(
    agreement: str, kind: str, channel: str, count: int, received: str, as_json: bool
) -> None:
    """Say when a request would be due, and why. Needs no workspace."""
    from console.domain import deadlines
    from console.domain.story import Facts
    from console.services import shipped

    facts = Facts(
        kind=_word(Kind, kind),
        channel=_word(Channel, channel),
        count=count,
        received=_moment(received),
    )
    data = deadlines.to_json(deadlines.compute(shipped.shipped(agreement), facts))
    _show(as_json, data, _explained(data))


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
@_JSON
@_with_workspace
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
    _show(as_json, data, "\n".join([counts, *problems]))


@cli.group()
def client() -> None:
    """Clients: add, list."""


@client.command("add")
@click.option("--name", required=True)
@click.option("--ico", required=True, help="Eight digits.")
@click.option("--agreement", help="Key of a shipped agreement, in force from now on.")
@click.option("--since", help="First day of the agreement, ISO; today where not given.")
@_JSON
@_with_workspace
def client_add(
    opened: Workspace, name: str, ico: str, agreement: str | None, since: str | None, as_json: bool
) -> None:
    """Add a client."""
    from console.domain.client import Client
    from console.services import agreements as client_agreements
    from console.services import clients

    store = opened.store
    day = _day(since) if since else store.now().astimezone(PRAGUE).date()
    with store.unit("add-client", name):
        clients.add_client(opened, Client(name=name.strip(), ico=ico.replace(" ", "")))
        added = clients.client_by_ico(opened, ico)
        if agreement:
            client_agreements.choose_agreement(opened, added.id, agreement, day)
    _show(
        as_json, {"id": added.id, "ico": added.ico, "name": added.name}, f"{added.ico} {added.name}"
    )


def _day(text: str) -> date:
    return _moment(text).date()


@client.command("list")
@_JSON
@_with_workspace
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
    _show(as_json, rows, "\n".join(f"{c.ico} {c.name}" for c in found))


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
@_JSON
@_with_workspace
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
        kind=_word(Kind, options["kind"]),
        channel=_word(Channel, options["channel"]),
        numbers=_split(options["numbers"]),
        contact_id=contact.id if contact else None,
        subject=options["subject"],
        received_at=_moment(options["received"]),
        override_authority=options["override_authority"],
        reason=options["reason"],
        delivered_on=_day(options["delivered"]) if options["delivered"] else None,
    )
    logged: Any = requests.log_request(opened, draft).result
    data = {"number": logged.number, "governing": _iso(logged.due_at)}
    _show(as_json, data, f"{data['number']}  {data['governing'] or ''}")


@request.command("from-mail")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--log", "is_logged", is_flag=True, help="Log it, not only say what it would become.")
@click.option("--override-authority", is_flag=True, help="Log it though it is not allowed.")
@click.option("--reason", default="", help="Why it is overridden or dated back.")
@_JSON
@_with_workspace
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
        data |= {"number": logged.number, "governing": _iso(logged.due_at)}
    numbers = ", ".join(found.numbers)
    lines = [
        f"{found.kind.label}  {numbers}",
        f"{data['client'] or '–'}  {data['contact'] or found.mail.sender}",
        found.verdict.why,
        *([f"{data['number']}  {data['governing'] or ''}"] if is_logged else []),
    ]
    _show(as_json, data, "\n".join(lines))


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
        "governing": _iso(governing.due) if governing else None,
    }


@request.command("list")
@click.option("--client", "ico", help="Only this client's.")
@click.option("--open", "only_open", is_flag=True, help="Only those that want work.")
@_JSON
@_with_workspace
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
    _show(as_json, rows, "\n".join(lines))


def _request_row(r: Any) -> dict[str, Any]:
    return {
        "number": r.number,
        "client": r.client,
        "kind": r.kind.value,
        "channel": r.channel.value,
        "state": r.state.value,
        "subject": r.subject,
        "contact": r.contact,
        "received": _iso(r.received_at),
        "governing": _iso(r.due_at),
        "resolved": _iso(r.resolved_at),
        "numbers": r.lines,
    }


@request.command("show")
@click.argument("number")
@_JSON
@_with_workspace
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
        "received": _iso(r.received_at),
        "registered": _iso(r.registered_at),
        "acknowledged": _iso(r.acknowledged_at),
        "numbers": [line.msisdn for line in seen.lines],
        "authority": r.authority,
        "story": [
            {"at": _iso(e.at), "kind": e.kind.value, "author": e.author, "text": e.text}
            for e in seen.entries
        ],
        **deadlines.to_json(seen.deadlines),
    }
    _show(as_json, data, f"{r.number}  {r.state.label}  {r.subject}\n{_explained(data)}")


@request.command("step")
@click.argument("number")
@click.argument("state")
@click.option("--text", default="", help="What was done.")
@click.option("--at", help="When, ISO 8601; now where not given.")
@click.option("--cause", default="", help="Why it is late; told by its story where not given.")
@_JSON
@_with_workspace
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
    target = _word(RequestState, state)
    stepped: Any = requests.take_step(
        opened,
        found,
        target,
        text,
        _moment(at) if at else None,
        _word(Cause, cause) if cause else None,
    ).result
    data = {
        "number": stepped.number,
        "state": stepped.state.value,
        "governing": _iso(stepped.due_at),
    }
    _show(as_json, data, f"{stepped.number}  {stepped.state.label}")


@cli.command()
@click.option("--client", "ico", help="IČO of the client.")
@click.option("--all", "everybody", is_flag=True, help="Every client.")
@click.option("--month", required=True, help="YYYY-MM.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Folder.")
@_JSON
@_with_workspace
def report(
    opened: Workspace, ico: str | None, everybody: bool, month: str, out: Path, as_json: bool
) -> None:
    """Issue status reports of a month."""
    from console.services import clients, documents, reports

    if bool(ico) == everybody:
        raise KnownError("client-or-all")
    first = reports.parse_month(month)
    chosen = (
        clients.all_clients(opened) if everybody else [clients.client_by_ico(opened, ico or "")]
    )
    files = []
    for one in chosen:
        issued: Any = documents.issue_status_report(opened, one, first).result
        target = out / documents.file_name(issued.document, one)
        files.append(str(documents.save_as(issued.content, target)))
    _show(as_json, {"files": files}, "\n".join(files))


@cli.command()
@click.option("--client", "ico", required=True, help="IČO of the client.")
@click.option("--from", "since", required=True, help="First day, ISO.")
@click.option("--to", "until", required=True, help="Last day, ISO.")
@_JSON
@_with_workspace
def compliance(opened: Workspace, ico: str, since: str, until: str, as_json: bool) -> None:
    """Say how deadlines were kept: by clause, with times to resolution and causes."""
    from console.services import clients
    from console.services import compliance as counting

    found = clients.client_by_ico(opened, ico)
    counted = counting.report(opened, found.id, _day(since), _day(until))
    data = counting.to_json(counted)
    lines = [
        f"{row['met']:5} {row['missed']:5} {row['open_overdue']:5}  {row['nature']:12}"
        f" {row['reference']}"
        for row in data["clauses"]
    ]
    _show(as_json, data, "\n".join(lines))


@cli.command("care-sheet")
@click.option("--client", "ico", required=True, help="IČO of the client.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Folder.")
@_JSON
@_with_workspace
def care_sheet(opened: Workspace, ico: str, out: Path, as_json: bool) -> None:
    """Issue a client's care sheet: contacts, hours, specialists, deadlines on one page."""
    from console.services import clients, documents

    found = clients.client_by_ico(opened, ico)
    issued: Any = documents.issue_care_sheet(opened, found).result
    target = out / documents.file_name(issued.document, found)
    files = [str(documents.save_as(issued.content, target))]
    _show(as_json, {"files": files}, "\n".join(files))


@cli.command()
@click.option("--client", "ico", required=True, help="IČO of the client.")
@click.option("--lines", type=click.Path(path_type=Path), required=True, help="Table of lines.")
@click.option("--contact", "contact_name", default="", help="Who orders.")
@click.option("--note", default="")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Folder.")
@_JSON
@_with_workspace
def order(
    opened: Workspace,
    ico: str,
    lines: Path,
    contact_name: str,
    note: str,
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
    )
    issued: Any = documents.order_and_issue(opened, draft).result
    target = out / documents.file_name(issued.document, found)
    files = [str(documents.save_as(issued.content, target))]
    _show(as_json, {"files": files}, "\n".join(files))


@cli.command()
@click.argument("text")
@_JSON
@_with_workspace
def search(opened: Workspace, text: str, as_json: bool) -> None:
    """Find anything by any part of its words."""
    from console.services import search as finding

    hits = finding.find(opened, text)
    rows = [{"noun": h.noun, "id": h.id, "title": h.title, "detail": h.detail} for h in hits]
    _show(as_json, rows, "\n".join(f"{h.noun:10} {h.id}  {h.title}  {h.detail}" for h in hits))


@cli.command()
@click.argument("record_id", metavar="ID", type=int)
@_JSON
@_with_workspace
def history(opened: Workspace, record_id: int, as_json: bool) -> None:
    """Show every change of a record, the newest first."""
    from console.services import history as told

    rows: list[dict[str, Any]] = [
        {
            "at": _iso(entry.unit.at),
            "actor": entry.unit.actor,
            "action": entry.unit.action,
            "operation": entry.operation,
            "changed": {name: list(pair) for name, pair in told.visible(entry).items()},
        }
        for entry in told.history(opened, record_id)
    ]
    lines = [f"{r['at']}  {r['action']}  {', '.join(map(str, r['changed']))}" for r in rows]
    _show(as_json, rows, "\n".join(lines))


@cli.command()
@_JSON
@_with_workspace
def undo(opened: Workspace, as_json: bool) -> None:
    """Take back the last action."""
    from console.services import history as told

    unit: Any = told.undo_last(opened).result
    _show(as_json, {"undone": unit.action, "detail": unit.detail}, f"{unit.action} {unit.detail}")


@cli.command()
@_JSON
@_with_workspace
def redo(opened: Workspace, as_json: bool) -> None:
    """Do again what was taken back last."""
    from console.services import history as told

    unit: Any = told.redo_last(opened).result
    _show(as_json, {"redone": unit.action, "detail": unit.detail}, f"{unit.action} {unit.detail}")


@cli.command()
@_JSON
@_with_workspace
@click.pass_context
def verify(context: click.Context, opened: Workspace, as_json: bool) -> None:
    """Check database, journal, keys and documents; exit 2 where something is wrong."""
    from console.services import verify as checking

    found = checking.verify(opened)
    data = {"ok": found.ok, "findings": list(found.findings)}
    _show(as_json, data, "ok" if found.ok else "\n".join(found.findings))
    if not found.ok:
        context.exit(2)


cli_vault.register(cli)
