"""The town hall's four mails, and what becomes of mails in the register."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from console.domain.attachment import Attachment
from console.domain.client import Client
from console.domain.mail import Mail, MailAttachment
from console.domain.request import Channel, Entry, EntryKind, Kind, Request
from console.errors import KnownError
from console.services import agreements, attachments, history, imports, mails, requests
from console.services.mails import MailProposal
from console.workspace import Workspace
from tests.conftest import SAMPLES
from tests.services.steps import add_contact, another_client

POST = SAMPLES / "posta"


@pytest.fixture
def office(opened: Workspace, client: Client) -> Workspace:
    """The town hall with its numbers, contacts and agreement."""
    day = datetime(2020, 1, 1, tzinfo=UTC).date()
    agreements.choose_agreement(opened, client.id, "o2-public-sector", day)
    for name, what in (("cisla.xlsx", "numbers"), ("kontakty.csv", "contacts")):
        imports.run(opened, client.id, imports.read_file(SAMPLES / "urad" / name, what))
    return opened


def _proposed(office: Workspace, name: str) -> MailProposal:
    return mails.propose(office, POST / f"{name}.eml")


def _files(office: Workspace, request_id: int) -> list[Attachment]:
    """Return the files that lie with the mails of a request."""
    entries = office.store.select(Entry, "request_id = ?", [request_id])
    found = attachments.by_owner(office, [entry.id for entry in entries])
    return [file for files in found.values() for file in files]


def test_lost_phone_becomes_a_block_that_anybody_may_ask_for(office: Workspace) -> None:
    found = _proposed(office, "blokace")
    assert (found.kind, found.numbers) == (Kind.SIM_BLOCK, ("+420799000005",))
    assert found.verdict.allowed
    assert found.verdict.to_confirm


def test_twelve_numbers_become_a_tariff_change_with_both_rules_explained(
    office: Workspace,
) -> None:
    found = _proposed(office, "zmena-tarifu-12-cisel")
    assert (found.kind, len(found.numbers)) == (Kind.TARIFF_CHANGE, 12)
    assert found.deadlines is not None
    assert found.deadlines.governing is not None
    said = " ".join(step.text for step in found.deadlines.governing.explanation)
    assert "5 working days" in said
    assert "48 hours" in said


def test_complaint_of_a_bill_keeps_its_file(office: Workspace) -> None:
    found = _proposed(office, "reklamace-vyuctovani")
    assert found.kind is Kind.COMPLAINT
    assert [file.name for file in found.mail.attachments] == ["vyuctovani.pdf"]
    assert found.draft is not None
    assert found.draft.invoice == "2026100123"
    assert found.draft.period.startswith("10/")


def test_stranger_may_not_have_a_number_cancelled(office: Workspace) -> None:
    found = _proposed(office, "cizi-odesilatel")
    assert found.contact is None
    assert (found.kind, found.verdict.allowed) == (Kind.NUMBER_DEACTIVATION, False)
    assert found.draft is not None
    with pytest.raises(KnownError) as caught:
        mails.log_mail(office, found.mail, found.draft)
    assert caught.value.code == "not-authorised"
    assert office.store.select(Request) == []


def test_mail_without_client_has_no_draft(opened: Workspace) -> None:
    found = mails.propose(opened, POST / "cizi-odesilatel.eml")
    assert (found.client, found.draft, found.verdict.allowed) == (None, None, False)


def test_logged_mail_opens_the_story_and_its_file_is_read_again(office: Workspace) -> None:
    found = _proposed(office, "reklamace-vyuctovani")
    assert found.draft is not None
    draft = replace(found.draft, override_authority=True, reason="Potvrzeno písemně")
    request = mails.log_mail(office, found.mail, draft).result
    assert isinstance(request, Request)
    assert request.channel is Channel.EMAIL
    assert request.received_at == found.mail.sent_at
    (entry,) = office.store.select(Entry, "request_id = ?", [request.id])
    assert (entry.kind, entry.reference) == (EntryKind.MAIL, "reklamace-vyuctovani@urad.example")
    file, original = _files(office, request.id)
    assert attachments.content_of(office, file) == found.mail.attachments[0].content
    sent = (POST / "reklamace-vyuctovani.eml").read_bytes()
    assert original.name == "reklamace-vyuctovani.eml"
    assert attachments.content_of(office, original) == sent


def test_undo_takes_the_whole_mail_back(office: Workspace) -> None:
    found = _proposed(office, "blokace")
    assert found.draft is not None
    mails.log_mail(office, found.mail, found.draft)
    history.undo_last(office)
    assert office.store.select(Request) == office.store.select(Entry) == []


def test_same_mail_is_logged_once(office: Workspace) -> None:
    found = _proposed(office, "blokace")
    assert found.draft is not None
    mails.log_mail(office, found.mail, found.draft)
    with pytest.raises(KnownError) as caught:
        mails.log_mail(office, found.mail, found.draft)
    assert caught.value.code == "mail-known"


def test_reply_is_paired_and_filed_with_what_it_answers(office: Workspace) -> None:
    first = _proposed(office, "blokace")
    assert first.draft is not None
    logged = mails.log_mail(office, first.mail, first.draft).result
    reply = Mail(
        message_id="reply@urad.example",
        replies_to=("blokace@urad.example",),
        sender="kontakt1@urad.example",
        sent_at=office.store.now() - timedelta(minutes=1),
        subject="Re: Ztráta",
        text="Telefon se našel.",
        attachments=(MailAttachment(name="a.txt", media_type="text/plain", content=b"a"),),
    )
    found = mails.proposal(office, reply)
    assert isinstance(logged, Request)
    assert found.answers is not None
    assert found.answers.id == logged.id
    mails.file_reply(office, reply, found.answers)
    story = requests.dossier(office, logged.id).entries
    assert [entry.text.split("\n")[-1] for entry in story][-1] == "Telefon se našel."
    assert [file.name for file in _files(office, logged.id)] == ["blokace.eml", "a.txt"]


def test_mail_from_the_future_came_now(office: Workspace) -> None:
    late = replace(_proposed(office, "blokace").mail, sent_at=datetime(2099, 1, 1, tzinfo=UTC))
    found = mails.proposal(office, late)
    assert found.draft is not None
    assert found.draft.received_at is not None
    assert found.draft.received_at <= office.store.now()


def test_altered_file_is_not_given_out(office: Workspace) -> None:
    found = _proposed(office, "reklamace-vyuctovani")
    assert found.draft is not None
    draft = replace(found.draft, override_authority=True, reason="x")
    request = mails.log_mail(office, found.mail, draft).result
    assert isinstance(request, Request)
    file, _original = _files(office, request.id)
    for path in Path(office.folder / "attachments").iterdir():
        path.write_bytes(b"x" * 40)
    with pytest.raises(KnownError) as caught:
        attachments.content_of(office, file)
    assert caught.value.code == "attachment-missing"


def _from(address: str, name: str = "", text: str = "Prosím o blokaci 799 000 005") -> Mail:
    return Mail(message_id="", sender=address, sender_name=name, subject="Blokace", text=text)


SHARED = "podatelna@lipova.cz"


def test_address_of_two_clients_is_that_of_the_numbers(office: Workspace, client: Client) -> None:
    other = another_client(office)
    for owner in (other, client):
        add_contact(office, owner, "Jana Malá", email=SHARED)
    found = mails.proposal(office, _from(SHARED))
    assert found.client == client
    assert found.contact is not None
    assert (found.contact.client_id, found.doubt) == (client.id, "")
    unsure = mails.proposal(office, _from(SHARED, text="Dobrý den"))
    assert (unsure.client, unsure.contact, unsure.draft) == (None, None, None)
    assert client.name in unsure.doubt
    assert other.name in unsure.doubt
    assert not unsure.verdict.allowed


def test_mailbox_of_several_people_is_that_of_who_signs(office: Workspace, client: Client) -> None:
    people = [add_contact(office, client, name, email=SHARED) for name in ("Jana Malá", "Ivo Vlk")]
    found = mails.proposal(office, _from(SHARED, "Ivo Vlk"))
    assert found.contact is not None
    assert (found.contact.id, found.doubt) == (people[1].id, "")
    unsure = mails.proposal(office, _from(SHARED, "Podatelna"))
    assert (unsure.client, unsure.contact) == (client, None)
    assert "Jana Malá, Ivo Vlk" in unsure.doubt
    assert unsure.draft is not None
    assert unsure.draft.caller == "Podatelna"


def test_number_called_something_else_counts_where_the_register_has_it(office: Workspace) -> None:
    said = "Objednávka 799000005, faktura 202608123, blokujte prosím"
    assert mails.proposal(office, _from("x@y.cz", text=said)).numbers == ("+420799000005",)
