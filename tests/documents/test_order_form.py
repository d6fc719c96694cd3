"""The order form: lines, sums, who orders, in both languages; nothing is cut that counts."""

from decimal import Decimal

import pytest

from console import texts
from console.documents import order_form
from console.domain.order_form import OrderFormVat
from tests.documents import pdf
from tests.documents.records import CLIENT, PANGRAM, form, line

HOSTILE = [
    "Firma <x>",
    "<b>",
    '<img src="file:///etc/passwd">',
    "x" * 200_000,
    "a\x00b\u202egnp",
    "🔥 שלום",
]


def test_everything_in_it_is_on_the_paper() -> None:
    text = pdf.words(order_form.render(form(), "{}"))
    for said in (
        "Order form 2026-NV-O0003",
        CLIENT,
        "CZ00259586",
        "podatelna",
        "Žofie Němcová may order.",
        "2. 11. 2026",
        "1 Telefon Galaxy A56 – modrý 799 000 001 4 6,190.50 Kč 21 % 24,762.00 Kč",
        "VAT 21 % 24,762.00 Kč 5,200.02 Kč 29,962.02 Kč",
        "Total 24,762.00 Kč 5,200.02 Kč 29,962.02 Kč",
        "Dodat do pátku.",
        "For the client: name, date, signature",
        "For the operator: name, date, signature",
    ):
        assert said in text


def test_czech_form_is_czech() -> None:
    texts.use_language("cs")
    text = pdf.words(order_form.render(form(language="cs", note=PANGRAM), "{}"))
    assert PANGRAM in text
    assert "6 190,50 Kč" in text
    for english in ("Order form", "Pieces", "Price", "Total", "signature", "Page"):
        assert english not in text


def test_form_without_anything_optional_is_a_form() -> None:
    bare = form(
        dic="", seat="", delivery_address="", ordered_by="", authority="", note="", operator="",
        manager="", manager_email="", manager_phone="", lines=(line(number="", note=""),),
    )  # fmt: skip
    text = pdf.words(order_form.render(bare, "{}"))
    assert "Telefon Galaxy A56 4 6,190.50 Kč" in text
    assert "Operator" not in text.replace("For the operator", "")


def test_same_record_is_the_same_bytes() -> None:
    assert order_form.render(form(), "{}") == order_form.render(form(), "{}")
    assert order_form.render(form(), "{}") != order_form.render(form(revision=2), "{}")


def test_form_is_a4_with_embedded_fonts_and_its_foot() -> None:
    content = order_form.render(form(), "{}")
    assert "(A4)" in pdf.info(content)["Page size"]
    assert {(f["emb"], f["uni"]) for f in pdf.fonts(content)} == {("yes", "yes")}
    foot = f"2026-NV-D0008, revision 1 · {CLIENT} · 2. 11. 2026 Page 1 of 1 Fingerprint"
    assert foot in pdf.tidy(pdf.pages(content)[0])


@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda text: repr(text[:12]))
def test_hostile_text_anywhere_is_laid_out_as_text(hostile: str) -> None:
    content = order_form.render(
        form(
            client=hostile, seat=hostile, delivery_address=hostile, ordered_by=hostile,
            authority=hostile, manager=hostile, operator=hostile, note=hostile,
            lines=(line(item=hostile, number=hostile, note=hostile),),
        ),
        "{}",
    )  # fmt: skip
    text = pdf.words(content)
    assert "For the client" in text
    assert "root:" not in text
    assert {f["emb"] for f in pdf.fonts(content)} == {"yes"}


def test_two_thousand_lines_fill_many_pages_under_their_header() -> None:
    lines = tuple(line(position=n, item=f"Věc-{n}.", note="") for n in range(1, 2001))
    pages = pdf.pages(order_form.render(form(lines=lines), "{}"))
    with_lines = [page for page in pages if "Věc-" in page]
    assert len(with_lines) > 40
    assert all("Item" in page and "Pieces" in page for page in with_lines)
    text = " ".join(pages)
    assert [n for n in range(1, 2001) if f"Věc-{n}." not in text] == []


def test_signatures_stay_together_on_one_page() -> None:
    for count in range(20, 34):
        lines = tuple(line(position=n) for n in range(count))
        pages = pdf.pages(order_form.render(form(lines=lines), "{}"))
        signed = [page for page in pages if "For the client" in page]
        assert len(signed) == 1
        assert "For the operator" in signed[0]
        assert "Jana Nováková" in signed[0].split("For the operator")[1]


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_large_sums_are_never_cut(language: str) -> None:
    texts.use_language(language)
    price, net = Decimal("1234567.89"), Decimal("123456789000.00")
    sums = (OrderFormVat(rate=Decimal(21), net=net, vat=net, gross=net),)
    content = order_form.render(
        form(
            language=language,
            lines=(line(quantity=100_000, unit_price=price, net=net),),
            vat=sums,
            net=net,
            gross=net + net,
        ),
        "{}",
    )
    text = pdf.words(content)
    comma, point = (",", ".") if language == "en" else (" ", ",")
    assert f"1{comma}234{comma}567{point}89 Kč" in text
    assert text.count(f"123{comma}456{comma}789{comma}000{point}00 Kč") == 6
    assert "100 000" in text


def test_foreign_number_is_never_cut() -> None:
    content = order_form.render(form(lines=(line(number="+421 905 123 456"),)), "{}")
    assert "+421 905 123 456" in pdf.words(content)


def test_long_note_is_printed_whole_with_its_lines() -> None:
    note = "\n".join(f"Řádek {n}: " + "slovo " * 30 for n in range(60))
    content = order_form.render(form(note=note), "{}")
    text = pdf.words(content)
    assert text.count("slovo") == 1800
    assert "Řádek 59:" in text
    (begun,) = [row for row in pdf.pages(content)[0].splitlines() if "Řádek 1:" in row]
    assert begun.split()[:2] == ["Řádek", "1:"]


def test_long_item_is_printed_whole() -> None:
    item = "Vodotěsný telefon s tlačítky pro terénní pracovníky technických služeb " * 4
    assert pdf.squeezed(item) in pdf.squeezed(
        pdf.words(order_form.render(form(lines=(line(item=item, note=""),)), "{}"))
    )


def test_rates_that_are_no_whole_per_cent_are_shown() -> None:
    text = pdf.words(order_form.render(form(lines=(line(vat_rate=Decimal("12.5")),)), "{}"))
    assert "12.5 %" in text
