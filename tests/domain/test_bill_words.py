"""The bill that a complaint is about, out of what people write."""

from datetime import date

import pytest

from console.domain.bill_words import invoice_in, period_in

DAY = date(2026, 11, 4)


@pytest.mark.parametrize(
    ("text", "invoice"),
    [
        ("Reklamace vyúčtování č. 2026100123", "2026100123"),
        ("faktura FV-2026-0042 nesedí", "fv-2026-0042"),
        ("K faktuře číslo: 99887766", "99887766"),
        ("Invoice no. 2026/10/7", "2026/10/7"),
        ("reklamujeme účtovaný roaming na čísle +420 799 000 033", ""),
        ("vyúčtování je chybné", ""),
    ],
)
def test_number_of_the_bill_is_found(text: str, invoice: str) -> None:
    assert invoice_in(text) == invoice


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("v říjnu nebyl telefon v zahraničí", "10/2026"),
        ("za prosinec", "12/2025"),
        ("za leden 2025", "1/2025"),
        ("období 09/2026", "9/2026"),
        ("červen", "6/2026"),
        ("červenec", "7/2026"),
        ("v červenci", "7/2026"),
        ("listopadové vyúčtování", "11/2026"),
        ("bill for October", "10/2026"),
        ("dne 3. 10. 2026 ráno", "10/2026"),
        ("telefon nejde", ""),
    ],
)
def test_month_of_the_bill_is_found(text: str, period: str) -> None:
    assert period_in(text, DAY) == period
