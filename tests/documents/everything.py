"""One of each document, with something in every part of it."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, Final

from PIL import Image

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
from console.domain.letterhead import Brand
from console.domain.order_form import OrderForm
from console.domain.privacy_extract import KeptAccess, KeptField, KeptRequest, PrivacyExtract
from console.domain.recovery_sheet import RecoverySheet
from console.domain.request_story import RequestStory, StoryLine
from console.domain.signature import Signature
from console.domain.status_report import (
    ChannelRow,
    ClauseRow,
    ComplaintRow,
    CostRow,
    Expiring,
    Miss,
    Promise,
    StatusReport,
)
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


def full_report(language: str, text: str = "") -> StatusReport:
    """Return a status report with something in every section.

    Args:
        language: ``cs`` or ``en``.
        text: stands wherever text can come from; without it there are plain words.
    """
    due = records.ISSUED
    foreign = {"client": text, "seat": text, "agreement": text, "manager": text} if text else {}
    said = text or "Výpadek signálu"
    return records.report(
        **foreign,
        language=language,
        brand=BRAND,
        channels=(ChannelRow(channel=said, received=22),),
        clauses=(
            ClauseRow(clause=text or "at most 24 hours", met=18, missed=2, median_hours=3.5,
                      percentile_90_hours=22.0),
        ),
        open_points=(
            records.point(subject=said, explanation=EXPLANATION),
            records.point(number="2026-NV-0043", subject=said, is_overdue=True),
            records.point(number="2026-NV-0031", subject=said, is_overdue=True),
        ),
        misses=(
            Miss(number="2026-NV-0043", subject=said, clause=text or "at most 24 hours", due=due,
                 resolved=None, cause=text or "operator"),
        ),
        complaints=(
            ComplaintRow(number="2026-NV-0044", subject=said, received=due, state=said, due=due,
                         resolved=None),
        ),
        costs=(
            CostRow(cost_centre=text or "STAR", lines=3, total=Decimal(1197),
                    billed=Decimal("1311.40")),
            CostRow(cost_centre="", lines=1, total=None),
        ),
        expiring=(
            Expiring(number="799 000 001", holder=said, tariff=said, until=date(2026, 12, 1)),
        ),
        promises=(Promise(number="2026-NV-0042", subject=said, what=said, due=due),),
    )  # fmt: skip


def _full_form(language: str, text: str) -> OrderForm:
    return records.form(
        language=language, client=text, seat=text, ordered_by=text, authority=text,
        delivery_address=text, note=text, operator=text, manager=text,
        lines=(records.line(item=text, note=text),),
    )  # fmt: skip


def _full_sheet(language: str, text: str) -> CareSheet:
    plain = sheet(language)
    return replace(
        plain, client=text, agreement=text, summary=text, services=(text,), rules=(text,),
        channels=(replace(plain.channels[0], label=text, note=text),),
        specialists=(replace(plain.specialists[0], name=text),),
        deadlines=(replace(plain.deadlines[0], rule=text),),
    )  # fmt: skip


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


GROUPS = ("7QK4P", "M2N8D", "X9R3T", "5HJ6W", "ACDEF", "GHJKM", "NPQRS", "TVWXY")


def key_sheet(language: str, text: str = "městské úřady") -> RecoverySheet:
    """Return a recovery sheet."""
    return RecoverySheet(
        language=language,
        workspace=text,
        manager=text,
        groups=GROUPS,
        qr=f"KLIENTELA:RECOVERY:1:{'0123456789ABCDEF' * 2}:{''.join(GROUPS)}",
        made_at=records.ISSUED,
    )


def logo() -> bytes:
    """Return a logo: a dark square beside a light one."""
    picture = Image.new("RGB", (240, 80), "#eef2f8")
    picture.paste("#b3261e", (0, 0, 80, 80))
    target = io.BytesIO()
    picture.save(target, "PNG")
    return target.getvalue()


BRAND: Final = Brand(colour="#b3261e", logo="0" * 64, address="Dlouhá 1, 110 00 Praha")

_MAKERS: Final[dict[str, Callable[[str], bytes]]] = {
    "status-report": lambda language: status_report.render(full_report(language), "{}", logo()),
    "order-form": lambda language: order_form.render(
        records.form(language=language, signatures=(INK,)), "{}"
    ),
    "care-sheet": lambda language: care_sheet.render(sheet(language), "{}"),
    "written-confirmation": lambda language: written_confirmation.render(
        confirmation(language), "{}"
    ),
    "complaint-record": lambda language: complaint_record.render(complaint(language, False), "{}"),
    "complaint-reply": lambda language: complaint_record.render(complaint(language, True), "{}"),
    "hand-over": lambda language: hand_over.render(
        replace(protocol(language), brand=BRAND), "{}", logo()
    ),
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


_FILLED: Final[dict[str, Callable[[str, str], bytes]]] = {
    "status-report": lambda language, text: status_report.render(full_report(language, text), "{}"),
    "order-form": lambda language, text: order_form.render(_full_form(language, text), "{}"),
    "care-sheet": lambda language, text: care_sheet.render(_full_sheet(language, text), "{}"),
    "written-confirmation": lambda language, text: written_confirmation.render(
        replace(confirmation(language, text), client=text, manager=text), "{}"
    ),
    "complaint-record": lambda language, text: complaint_record.render(
        replace(complaint(language, False, text), client=text), "{}"
    ),
    "complaint-reply": lambda language, text: complaint_record.render(
        replace(complaint(language, True, text), client=text), "{}"
    ),
    "hand-over": lambda language, text: hand_over.render(
        replace(protocol(language, text), client=text, handed_by=text), "{}"
    ),
    "request-story": lambda language, text: request_story.render(
        replace(story(language, text), client=text, entries=story(language, text).entries[:2]),
        "{}",
    ),
    "authorised-persons": lambda language, text: authorised_persons.render(
        replace(annex(language, text), client=text), "{}"
    ),
    "privacy-extract": lambda language, text: privacy_extract.render(
        replace(extract(language, text), client=text), "{}"
    ),
    "recovery-sheet": lambda language, text: recovery_sheet.render(key_sheet(language, text)),
}


def filled(name: str, language: str, text: str) -> bytes:
    """Return a document with a text wherever text can come from."""
    texts.use_language(language)
    return _FILLED[name](language, text)
