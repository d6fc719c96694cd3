"""The extract of what is kept about a person, issued as a paper."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from console.domain import formats, phone
from console.domain.authority_words import reworded
from console.domain.client import Client
from console.domain.contact import Contact
from console.domain.document import DocumentKind
from console.domain.journal import Changes
from console.domain.local_time import PRAGUE
from console.domain.privacy_extract import KeptAccess, KeptField, KeptRequest, PrivacyExtract
from console.domain.register_fields import FIELDS, FieldType
from console.domain.story_words import told
from console.services import access, documents, privacy
from console.services.client_language import in_clients_language
from console.services.documents import Wanted
from console.services.letterhead import letterhead
from console.texts import _
from console.workspace import Workspace

_LONGEST_EXCERPT: Final = 200


@in_clients_language
def issue(workspace: Workspace, contact: Contact) -> Changes:
    """Issue what is kept about a contact, as the person may ask; ``result`` is an ``Issued``."""
    from console.documents import privacy_extract

    client = workspace.store.get(Client, contact.client_id)

    def make(number: str, revision: int) -> PrivacyExtract:
        found = privacy.records_of(workspace, contact)
        opened = access.accesses(workspace, client.id, contact.id)
        return PrivacyExtract(
            **letterhead(workspace, client, number, revision),
            person=contact.name,
            as_of=workspace.store.now().astimezone(PRAGUE).date(),
            fields=tuple(_kept_fields(contact)),
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

    title = f"{DocumentKind.PRIVACY_EXTRACT.label} {contact.name}"
    wanted = Wanted(client.id, DocumentKind.PRIVACY_EXTRACT, str(contact.id), title)
    return documents.issue(workspace, wanted, make, privacy_extract.render)


def _kept(label: str, value: str) -> KeptField:
    return KeptField(label=label, value=value)


def _kept_fields(contact: Contact) -> Iterator[KeptField]:
    """Give every field of a contact that says something, in words."""
    for field in FIELDS["contacts"]:
        value = getattr(contact, field.name)
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
        said = " ".join(told(entry).split())[:_LONGEST_EXCERPT]
        yield _kept(entry.kind.label, f"{formats.moment(entry.at)} · {said}")
    for mail in found["mails"]:
        yield _kept(_("Mail"), f"{formats.moment(mail.queued_at)} · {mail.subject}")
    for check in found["checks"]:
        yield _kept(_("Check of authority"), f"{formats.moment(check.at)} · {reworded(check.why)}")
