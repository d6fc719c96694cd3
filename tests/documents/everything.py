"""One of each document, with something in every part of it."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, Final

from console import texts
from console.documents import (
    authorised_persons,
    care_sheet,
    complaint_record,
    hand_over,
    order_form,
    privacy_extract,
    recovery_sheet,
    request_story,
    status_report,
    written_confirmation,
)
from console.domain.authorised_persons import AuthorisedPerson, AuthorisedPersons
from console.domain.care_sheet import (
    CareSheet,
    SheetChannel,
    SheetDeadline,
    SheetLevel,
    SheetSpecialist,
)
from console.domain.complaint_record import ComplaintDetails, ComplaintRecord, Decision
from console.domain.hand_over import HandedDevice, HandOver
from console.domain.privacy_extract import KeptAccess, KeptField, KeptRequest, PrivacyExtract
from console.domain.recovery_sheet import RecoverySheet
from console.domain.request_story import RequestStory, StoryLine
from console.domain.signature import Signature
from console.domain.written_confirmation import WrittenConfirmation
from tests.documents import records


def sheet(language: str) -> CareSheet:
    """Return a care sheet."""
    return CareSheet(
        number="2026-NV-D0009",
        revision=1,
        language=language,
        client=records.CLIENT,
        ico="00259586",
        agreement="O2 pro veřejný sektor",
        valid_from=date(2026, 1, 1),
        issued_at=records.ISSUED,
        manager="Jana Nováková",
        manager_email="jana@operator.example",
        manager_phone="+420 799 900 001",
        operator="Operátor, a. s.",
        summary=records.PANGRAM,
        services=("příprava smlouvy", "osobní jednání", "vyřízení reklamací"),
        channels=(SheetChannel(label="Linka", value="800 111 777", hours="24 h", note="zdarma"),),
        specialists=(
            SheetSpecialist(
                role="Péče",
                name="Petr Dvořák",
                email="petr@operator.example",
                landline="+420 222 000 001",
                mobile="+420 799 900 002",
                fax="",
                hours="Po–Pá 8–17",
                handles="",
                channels="",
            ),
        ),
        levels=(SheetLevel(number=1, name="První úroveň", units="dohled"),),
        deadlines=(
            SheetDeadline(rule="Telefonem", within="24 hodin", nature="smlouva", exceptions=""),
        ),
        rules=("Nic se neúčtuje.", records.PANGRAM),
    )


INK: Final = Signature(
    name="Žofie Němcová",
    role="client",
    at=records.ISSUED,
    place="Žďár nad Sázavou",
    strokes=(((0.1, 0.5), (0.2, 0.2), (0.3, 0.8), (0.5, 0.4)), ((0.6, 0.5), (0.9, 0.55))),
)
EXPLANATION: Final = ("přijato 2. 11. 2026 8:30", "pravidlo: nejvýše 24 hodin", "termín")


def head(language: str) -> dict[str, Any]:
    """Return the fields that every document begins with."""
    return {
        "number": "2026-NV-D0010",
        "revision": 1,
        "language": language,
        "client": records.CLIENT,
        "ico": "00259586",
        "seat": "nám. Míru 1, 591 01 Žďár nad Sázavou",
        "issued_at": records.ISSUED,
        "manager": "Jana Nováková",
        "manager_email": "jana@operator.example",
        "manager_phone": "+420 799 900 001",
        "operator": "Operátor, a. s.",
    }


def confirmation(language: str, text: str = records.PANGRAM) -> WrittenConfirmation:
    """Return a written confirmation, signed."""
    return WrittenConfirmation(
        **head(language),
        request="2026-NV-0042",
        kind=text,
        channel="Telefon",
        asked_by=text,
        authority=text,
        received=records.ISSUED,
        subject=text,
        text=text,
        numbers=("799 000 001", "799 000 002"),
        signatures=(INK,),
    )


def complaint(language: str, decided: bool, text: str = records.PANGRAM) -> ComplaintRecord:
    """Return the record of a complaint, or the reply."""
    decision = Decision(
        accepted=True,
        reasons=text,
        decided_on=date(2026, 11, 20),
        remedy=text,
        returned=Decimal("120.50"),
    )
    return ComplaintRecord(
        **head(language),
        request="2026-NV-0043",
        complainant=text,
        channel="Dopis",
        received=records.ISSUED,
        subject=text,
        text=text,
        numbers=("799 000 001",),
        due=records.ISSUED,
        explanation=EXPLANATION,
        delivered_on=date(2026, 10, 20),
        details=ComplaintDetails(invoice="2026100042", amount=Decimal("1234.50")),
        decision=decision if decided else None,
    )


def protocol(language: str, text: str = records.PANGRAM) -> HandOver:
    """Return a hand-over of two devices."""
    return HandOver(
        **head(language),
        handed_on=date(2026, 11, 2),
        place=text,
        handed_by="Jana Nováková",
        taken_by=text,
        devices=(
            HandedDevice(
                model=text,
                imei="356938035643809",
                number="799 000 001",
                accessories=text,
                warranty_until=date(2028, 11, 2),
            ),
            HandedDevice(model="Router LTE"),
        ),
        note=text,
        signatures=(INK,),
    )


def story(language: str, text: str = records.PANGRAM) -> RequestStory:
    """Return the story of a request."""
    entry = StoryLine(at=records.ISSUED, kind="Krok", author=text, text=text)
    return RequestStory(
        **head(language),
        request="2026-NV-0042",
        kind="Závada",
        channel="Telefon",
        state="Vyřešený",
        asked_by=text,
        authority=text,
        subject=text,
        text=text,
        received=records.ISSUED,
        registered=records.ISSUED,
        resolved=None,
        due=records.ISSUED,
        explanation=EXPLANATION,
        numbers=("799 000 001",),
        entries=(entry,) * 40,
    )


def annex(language: str, text: str = records.PANGRAM) -> AuthorisedPersons:
    """Return an annex of many persons."""
    person = AuthorisedPerson(
        name=text,
        function=text,
        phone="+420 799 900 003",
        email="zofie.nemcova@mesto.example",
        scope=text,
        limits="",
        until=date(2027, 12, 31),
        mandate="usnesení 12/2026",
    )
    return AuthorisedPersons(
        **head(language), as_of=date(2026, 11, 2), agreement=text, persons=(person,) * 12
    )


def extract(language: str, text: str = records.PANGRAM) -> PrivacyExtract:
    """Return what is kept about a person."""
    return PrivacyExtract(
        **head(language),
        person=text,
        as_of=date(2026, 11, 2),
        fields=(KeptField(label="Jméno", value=text),),
        numbers=(KeptField(label="Číslo", value="799 000 001"),),
        requests=(
            KeptRequest(number="2026-NV-0042", received=records.ISSUED, subject=text, purpose=text),
        ),
        accesses=(KeptAccess(at=records.ISSUED, actor=text, request="2026-NV-0042"),),
    )


def key_sheet(language: str, text: str = "městské úřady") -> RecoverySheet:
    """Return a recovery sheet."""
    return RecoverySheet(
        language=language,
        workspace=text,
        manager=text,
        groups=("7QK4P", "M2N8D", "X9R3T", "5HJ6W", "ACDEF", "GHJKM", "NPQRS", "TVWXY"),
        made_at=records.ISSUED,
    )


_MAKERS: Final[dict[str, Callable[[str], bytes]]] = {
    "status-report": lambda language: status_report.render(records.report(language=language), "{}"),
    "order-form": lambda language: order_form.render(records.form(language=language), "{}"),
    "care-sheet": lambda language: care_sheet.render(sheet(language), "{}"),
    "written-confirmation": lambda language: written_confirmation.render(
        confirmation(language), "{}"
    ),
    "complaint-record": lambda language: complaint_record.render(complaint(language, False), "{}"),
    "complaint-reply": lambda language: complaint_record.render(complaint(language, True), "{}"),
    "hand-over": lambda language: hand_over.render(protocol(language), "{}"),
    "request-story": lambda language: request_story.render(story(language), "{}"),
    "authorised-persons": lambda language: authorised_persons.render(annex(language), "{}"),
    "privacy-extract": lambda language: privacy_extract.render(extract(language), "{}"),
    "recovery-sheet": lambda language: recovery_sheet.render(key_sheet(language)),
}
WITHOUT_DATA: Final = frozenset({"recovery-sheet"})
NAMES: Final = tuple(_MAKERS)


def made(name: str, language: str) -> bytes:
    """Return a document of the set."""
    texts.use_language(language)
    return _MAKERS[name](language)
