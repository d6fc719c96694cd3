"""The extract of what is kept about a person, issued as a paper."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any, Final

from console.domain import formats, phone
from console.domain.authority_words import reworded
from console.domain.client import Client
from console.domain.document import DocumentKind
from console.domain.erasure import Person
from console.domain.field_names import field_name
from console.domain.journal import Changes
from console.domain.local_time import PRAGUE
from console.domain.privacy_extract import KeptAccess, KeptField, KeptRequest, PrivacyExtract
from console.domain.register_fields import FIELDS, FieldType
from console.domain.story_words import told
from console.services import documents, privacy
from console.services.client_language import in_clients_language
from console.services.documents import Wanted
from console.services.history import INTERNAL
from console.services.letterhead import letterhead
from console.texts import _
from console.workspace import Workspace

_TOLD: Final = frozenset(
    {
        "person",
        "numbers",
        "requests",
        "authorities",
        "devices",
        "orders",
        "entries",
        "mails",
        "checks",
        "meetings",
        "line_changes",
    }
)
"""What has lines of its own; anything else is told field by field."""


@in_clients_language
def issue(workspace: Workspace, person: Person) -> Changes:
    """Issue what is kept about a person, as they may ask; ``result`` is an ``Issued``."""
    from console.documents import privacy_extract

    client = workspace.store.get(Client, person.client_id)

    def make(number: str, revision: int) -> PrivacyExtract:
        found = privacy.records_of(workspace, person)
        opened = privacy.openings_of(workspace, person)
        return PrivacyExtract(
            **letterhead(workspace, client, number, revision),
            person=person.name,
            as_of=workspace.store.now().astimezone(PRAGUE).date(),
            fields=tuple(_kept_fields(person)),
            numbers=tuple(
                _kept(_("Number"), phone.pretty(line.msisdn)) for line in found["numbers"]
            ),
            requests=tuple(
                KeptRequest(
                    number=one.number,
                    received=one.received_at,
                    subject=one.topic,
                    purpose=one.purpose,
                )
                for one in found["requests"]
            ),
            accesses=tuple(
                KeptAccess(at=one.at, actor=one.actor, request=one.request) for one in opened
            ),
            further=tuple(_further(found)),
        )

    title = f"{DocumentKind.PRIVACY_EXTRACT.label} {person.name}"
    wanted = Wanted(client.id, DocumentKind.PRIVACY_EXTRACT, str(person.id or person.name), title)
    return documents.issue(workspace, wanted, make, privacy_extract.render)


def _kept(label: str, value: str) -> KeptField:
    return KeptField(label=label, value=value)


def _kept_fields(person: Person) -> Iterator[KeptField]:
    """Give every field that says something, in words; of a holder only the name is kept."""
    for field in FIELDS["contacts"]:
        value = getattr(person, field.name, None)
        if value not in (None, "", ()):
            is_phone = field.holds is FieldType.PHONE
            yield _kept(field.label, phone.pretty(value) if is_phone else formats.anything(value))


def _further(found: Mapping[str, Sequence[Any]]) -> Iterator[KeptField]:
    """Give where else a person appears, a line each."""
    for grant in found["authorities"]:
        until = formats.day(grant.valid_until)
        yield _kept(_("Authority"), " · ".join(part for part in (grant.mandate, until) if part))
    for device in found["devices"]:
        yield _kept(_("Device"), f"{device.model} {device.imei}".strip())
    for order in found["orders"]:
        yield _kept(_("Order"), f"{order.number} · {formats.day(order.ordered_on)}")
    for entry in found["entries"]:
        said = " ".join(told(entry).split())
        yield _kept(entry.kind.label, f"{formats.moment(entry.at)} · {said}")
    for mail in found["mails"]:
        yield _kept(_("Mail"), f"{formats.moment(mail.queued_at)} · {mail.subject}")
    for check in found["checks"]:
        yield _kept(_("Check of authority"), f"{formats.moment(check.at)} · {reworded(check.why)}")
    for meeting in found["meetings"]:
        said = " · ".join(part for part in (meeting.place, meeting.attendees) if part)
        yield _kept(_("Meeting"), f"{formats.moment(meeting.held_at)} · {said}")
    for change in found.get("line_changes", ()):
        before, after = change.before or "–", change.after or "–"
        label = _("History of a number")
        field = field_name(change.field)
        yield _kept(f"{label}, {field}", f"{formats.day(change.effective_on)} · {before} → {after}")
    for name, records in found.items():
        if name not in _TOLD:
            yield from (_kept(_("Another record"), _said(record)) for record in records)


def _said(record: Any) -> str:
    """Return what a record says field by field, but for what only the program reads."""
    names = (field.name for field in fields(record) if field.name not in INTERNAL)
    told_fields = (
        f"{field_name(name)}: {text}"
        for name in names
        if not name.endswith("_id") and (text := formats.anything(getattr(record, name)))
    )
    return " · ".join(told_fields)
