"""One of each document, with something in every part of it."""

from collections.abc import Callable
from datetime import date
from typing import Final

from console import texts
from console.documents import care_sheet, order_form, status_report
from console.domain.care_sheet import (
    CareSheet,
    SheetChannel,
    SheetDeadline,
    SheetLevel,
    SheetSpecialist,
)
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


_MAKERS: Final[dict[str, Callable[[str], bytes]]] = {
    "status-report": lambda language: status_report.render(records.report(language=language), "{}"),
    "order-form": lambda language: order_form.render(records.form(language=language), "{}"),
    "care-sheet": lambda language: care_sheet.render(sheet(language), "{}"),
}
NAMES: Final = tuple(_MAKERS)


def made(name: str, language: str) -> bytes:
    """Return a document of the set."""
    texts.use_language(language)
    return _MAKERS[name](language)
