"""Commands of the desk: the day, hand-overs, entries, joins, mails that wait, calendars."""

from pathlib import Path
from typing import Any

import click

from console.cli.base import JSON, cli, iso, moment, show, split, with_workspace, word
from console.cli.requests import request
from console.domain.request import EntryKind
from console.errors import KnownError
from console.workspace import Workspace


@cli.command("day")
@JSON
@with_workspace
def day(opened: Workspace, as_json: bool) -> None:
    """Say what the day wants: overdue, due, news owed, whom to ask, what ends soon."""
    from console.services.overview import overview

    found = overview(opened)
    lists = ("overdue", "due_today", "news_due", "chase", "waiting")
    data: dict[str, Any] = {
        name: [
            {"number": r.number, "client": r.client, "subject": r.subject, "due": iso(r.due_at)}
            for r in getattr(found, name)
        ]
        for name in lists
    }
    data["expiring"] = [
        {
            "what": f"{one.ending.label}: {one.what}",
            "client": one.client,
            "until": one.until.isoformat(),
        }
        for one in found.expiring
    ]
    lines = [
        f"{name}: {', '.join(row['number'] for row in data[name]) or '–'}" for name in lists
    ] + [f"{row['until']}  {row['what']}  {row['client']}" for row in data["expiring"]]
    show(as_json, data, "\n".join(lines))


@request.command("hand-over")
@click.argument("number")
@click.option("--unit", required=True, help="The technical unit.")
@click.option("--reference", default="", help="Its own number for it.")
@click.option("--chase", default="", help="When to ask again, ISO 8601.")
@click.option("--text", default="", help="What was handed over.")
@JSON
@with_workspace
def request_hand_over(
    opened: Workspace,
    number: str,
    unit: str,
    reference: str,
    chase: str,
    text: str,
    as_json: bool,
) -> None:
    """Hand a request over to a technical unit."""
    from console.services import requests

    found = requests.request_by_number(opened, number)
    at = moment(chase) if chase else None
    handed: Any = requests.hand_over(opened, found, unit, reference, at, text).result
    data = {"number": handed.number, "state": handed.state.value, "chase": iso(handed.chase_at)}
    show(as_json, data, f"{handed.number}  {handed.state.label}")


@request.command("note")
@click.argument("number")
@click.option("--kind", default=EntryKind.NOTE.value, help="call, mail, letter, fax, note, notice.")
@click.option("--text", default="")
@click.option("--file", "files", multiple=True, type=click.Path(path_type=Path))
@JSON
@with_workspace
def request_note(
    opened: Workspace, number: str, kind: str, text: str, files: tuple[Path, ...], as_json: bool
) -> None:
    """Add a line with files to a request's story."""
    from console.services import requests

    found = requests.request_by_number(opened, number)
    told: Any = requests.add_entry(opened, found, word(EntryKind, kind), text, files=files).result
    data = {"number": told.number, "news": iso(told.news_due_at)}
    show(as_json, data, f"{told.number}  {told.subject}")


@request.command("join")
@click.argument("number")
@click.argument("other")
@click.option("--link", "only_link", is_flag=True, help="Only link them, do not merge.")
@JSON
@with_workspace
def request_join(
    opened: Workspace, number: str, other: str, only_link: bool, as_json: bool
) -> None:
    """Merge two requests into the one that came first, or link them."""
    from console.services import request_links, requests

    first = requests.request_by_number(opened, number)
    second = requests.request_by_number(opened, other)
    if only_link:
        request_links.link(opened, first, second)
        kept: Any = first
    else:
        kept = request_links.merge(opened, first, second).result
    show(as_json, {"number": kept.number}, kept.number)


@request.command("split")
@click.argument("number")
@click.option("--numbers", required=True, help="Numbers that go, parted by commas.")
@JSON
@with_workspace
def request_split(opened: Workspace, number: str, numbers: str, as_json: bool) -> None:
    """Make a request of its own of some numbers of another one."""
    from console.domain import phone
    from console.services import request_links, requests

    found = requests.request_by_number(opened, number)
    going = [phone.normalise(one) or one for one in split(numbers)]
    made: Any = request_links.split(opened, found, going).result
    show(as_json, {"number": made.number, "governing": iso(made.due_at)}, made.number)


@request.command("confirm")
@click.argument("number")
@click.option("--by", required=True, help="Name or e-mail of the authorised contact.")
@click.option("--how", required=True, help="By which letter, mail or call.")
@JSON
@with_workspace
def request_confirm(opened: Workspace, number: str, by: str, how: str, as_json: bool) -> None:
    """Record that an authorised person confirmed a request."""
    from console.services import confirmations, contacts, requests

    found = requests.request_by_number(opened, number)
    person = contacts.contact_by_name(opened, found.client_id, by)
    if person is None:
        raise KnownError("contact-unknown", name=by)
    confirmed: Any = confirmations.confirm(opened, found, person, how).result
    data = {"number": confirmed.number, "state": confirmed.state.value}
    show(as_json, data, f"{confirmed.number}  {confirmed.state.label}")


@cli.command("outbox")
@click.option("--send", "is_sent", is_flag=True, help="Send what is due.")
@JSON
@with_workspace
def outbox(opened: Workspace, is_sent: bool, as_json: bool) -> None:
    """List mails that wait, or send them."""
    from console.services import outbox as mails
    from console.services import smtp

    while is_sent:
        sending = mails.begin(opened).result
        if not isinstance(sending, mails.Sending):
            break
        delivery = smtp.deliver(sending.account, sending.password, sending.message)
        mails.finish(opened, sending.mail.id, delivery)
    rows = [
        {"to": m.address, "subject": m.subject, "state": m.state.value, "error": m.error}
        for m in mails.mails(opened)
    ]
    show(as_json, rows, "\n".join(f"{r['state']:10} {r['to']}  {r['subject']}" for r in rows))


@cli.command("calendar")
@click.option("--client", "ico", default="", help="IČO; all clients where it is not given.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The .ics file.")
@JSON
@with_workspace
def calendar(opened: Workspace, ico: str, out: Path, as_json: bool) -> None:
    """Write deadlines, promised news and meetings into a calendar file."""
    from console.services import calendars, clients

    client_id = clients.client_by_ico(opened, ico).id if ico else 0
    path = calendars.export(opened, out, client_id)
    show(as_json, {"files": [str(path)]}, str(path))
