"""One line becomes a request: its kind, its numbers, and what is left."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.kind_words import kind_in
from console.domain.quick_log import parse
from console.domain.request import Kind


@pytest.mark.parametrize(
    ("line", "kind", "count", "rest"),
    [
        ("blok 799 000 005", Kind.SIM_BLOCK, 1, ""),
        ("tarif P300 799000010-799000021", Kind.TARIFF_CHANGE, 12, "P300"),
        ("799000010 až 799000012 tarif Profi 300", Kind.TARIFF_CHANGE, 3, "Profi 300"),
        ("odblokovat 799000005", Kind.SIM_UNBLOCK, 1, ""),
        ("zrušit číslo 799000040", Kind.NUMBER_DEACTIVATION, 1, ""),
        ("roaming vypnout 799 000 001, 799 000 002", Kind.ROAMING_OFF, 2, ""),
        ("roaming 799000001", Kind.ROAMING_ON, 1, ""),
        ("výměna SIM 799000001", Kind.SIM_SWAP, 1, ""),
        ("nejde signál 799000001", Kind.FAULT, 1, ""),
        ("reklamace vyúčtování", Kind.COMPLAINT, 0, "vyúčtování"),
        ("reklamace faktury 202608123, 799 000 005", Kind.COMPLAINT, 1, "faktury 202608123"),
        ("Nováková", None, 0, "Nováková"),
        ("799 000", None, 0, "799 000"),
        ("", None, 0, ""),
    ],
)
def test_line_is_understood(line: str, kind: Kind | None, count: int, rest: str) -> None:
    found = parse(line)
    assert (found.kind, len(found.numbers), found.rest) == (kind, count, rest)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Reklamujeme účtovaný roaming", Kind.COMPLAINT),
        ("kolegyně ztratila telefon", Kind.SIM_BLOCK),
        ("Prosíme o zapnutí roamingu", Kind.ROAMING_ON),
        ("stav objednávky telefonů", Kind.ORDER_STATUS),
        ("objednáváme 5 telefonů", Kind.DEVICE_ORDER),
        ("the SIM was stolen, please block it", Kind.SIM_BLOCK),
        ("Dobrý den, děkujeme", None),
    ],
)
def test_kind_is_read_from_words(text: str, kind: Kind | None) -> None:
    assert kind_in(text) is kind


@given(st.text(max_size=120))
def test_any_line_is_read(line: str) -> None:
    found = parse(line)
    assert len(set(found.numbers)) == len(found.numbers)
