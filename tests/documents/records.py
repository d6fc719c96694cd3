"""Finished records to print: a status report and an order form, each with everything in it."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from console.domain.order_form import OrderForm, OrderFormLine, OrderFormVat
from console.domain.status_report import (
    ClauseRow,
    KindRow,
    NumberChange,
    OpenPoint,
    StateRow,
    StatusReport,
    TariffRow,
)

CLIENT = "Městský úřad Žďár nad Sázavou"
ISSUED = datetime(2026, 11, 2, 8, 30, tzinfo=UTC)
PANGRAM = "Příliš žluťoučký kůň úpěl ďábelské ódy – PŘÍLIŠ ŽLUŤOUČKÝ KŮŇ ÚPĚL ĎÁBELSKÉ ÓDY"


def point(**changes: Any) -> OpenPoint:
    """Return an open point."""
    full: dict[str, Any] = {
        "number": "2026-NV-0042",
        "subject": "Výpadek signálu",
        "state": "New",
        "received": ISSUED,
        "due": ISSUED,
        "is_overdue": False,
    }
    return OpenPoint(**{**full, **changes})


def change(**changes: Any) -> NumberChange:
    """Return a change of a number."""
    full: dict[str, Any] = {
        "day": date(2026, 10, 9),
        "number": "799 000 001",
        "holder": "Řehoř Kříž",
        "what": "Tariff",
        "before": "Profi 100",
        "after": "Profi Neomezeně",
    }
    return NumberChange(**{**full, **changes})


def report(**changes: Any) -> StatusReport:
    """Return a status report with something in every section."""
    full: dict[str, Any] = {
        "number": "2026-NV-D0007",
        "revision": 1,
        "language": "en",
        "client": CLIENT,
        "ico": "00259586",
        "seat": "nám. Míru 1, 591 01 Žďár nad Sázavou",
        "agreement": "O2 for the public sector",
        "month": date(2026, 10, 1),
        "issued_at": ISSUED,
        "manager": "Jana Nováková",
        "manager_email": "jana@operator.example",
        "manager_phone": "+420 799 900 001",
        "operator": "Operátor, a. s.",
        "kinds": (KindRow(kind="Fault", opening=11, received=22, closed=30, closing=3),),
        "states": (StateRow(state="New", count=3),),
        "clauses": (ClauseRow(clause="at most 24 hours", met=18, missed=2),),
        "open_points": (point(), point(number="2026-NV-0043", is_overdue=True)),
        "changes": (change(),),
        "tariffs": (
            TariffRow(
                tariff="Profi Neomezeně", lines=1234, fee=Decimal("399"), total=Decimal("492366")
            ),
        ),
        "lines": (StateRow(state="Active", count=1234),),
    }
    return StatusReport(**{**full, **changes})


EMPTY: dict[str, Any] = dict.fromkeys(
    ("kinds", "states", "clauses", "open_points", "changes", "tariffs", "lines"), ()
)


def line(**changes: Any) -> OrderFormLine:
    """Return a line of an order form."""
    full: dict[str, Any] = {
        "position": 1,
        "item": "Telefon Galaxy A56",
        "number": "799 000 001",
        "quantity": 4,
        "unit_price": Decimal("6190.50"),
        "vat_rate": Decimal(21),
        "net": Decimal("24762"),
        "note": "modrý",
    }
    return OrderFormLine(**{**full, **changes})


def form(**changes: Any) -> OrderForm:
    """Return an order form of one line."""
    full: dict[str, Any] = {
        "number": "2026-NV-O0003",
        "document": "2026-NV-D0008",
        "revision": 1,
        "language": "en",
        "client": CLIENT,
        "ico": "00259586",
        "dic": "CZ00259586",
        "seat": "nám. Míru 1",
        "ordered_on": date(2026, 11, 2),
        "issued_at": ISSUED,
        "ordered_by": "Žofie Němcová",
        "authority": "Žofie Němcová may order.",
        "delivery_address": "podatelna",
        "manager": "Jana Nováková",
        "manager_email": "jana@operator.example",
        "manager_phone": "+420 799 900 001",
        "operator": "Operátor, a. s.",
        "note": "Dodat do pátku.",
        "lines": (line(),),
        "vat": (
            OrderFormVat(
                rate=Decimal(21),
                net=Decimal("24762"),
                vat=Decimal("5200.02"),
                gross=Decimal("29962.02"),
            ),
        ),
        "net": Decimal("24762"),
        "gross": Decimal("29962.02"),
    }
    return OrderForm(**{**full, **changes})
