"""What all documents share: the page, its foot, the fonts, and text that is safe to print."""

import json
import unicodedata
import zlib
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from page import validate_pdf_bytes
from reportlab.pdfbase import pdfmetrics

from console import texts
from console.documents import base, lettering, order_form, status_report
from console.documents.pages import Paper, build, fingerprint
from tests.documents import pdf, records
from tests.documents.records import PANGRAM

PAPER = Paper("Titul", "en", "D1, revision 1", "Klient", "October 2026", data="{}")
_MOST_PAGES = 7
"""Of one text."""
BROKEN_MARKUP = [
    "Firma <x>",
    "<b>tučně",
    "</para>",
    "<b><i>křížem</b></i>",
    "a & b &amp; c &#65; &nesmysl;",
    '<img src="file:///etc/passwd">',
    '<font size="400" color="red">velké</font>',
    '<a href="javascript:x">odkaz</a>',
    "<!-- nic -->",
    "<![CDATA[x]]>",
    "<?xml version='1.0'?>",
    "%s {client} \\n $x",
    "<",
    "&",
]


def made(*paragraphs: object) -> bytes:
    """Return a document of paragraphs."""
    story = [base.paragraph(text, base.styles().body) for text in paragraphs]
    return build(PAPER, story)


# Text


@pytest.mark.parametrize("text", BROKEN_MARKUP)
def test_foreign_text_is_printed_as_text(text: str) -> None:
    assert pdf.squeezed(text) in pdf.squeezed(pdf.words(made(text)))


def test_no_file_and_no_address_is_ever_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def fetch(*_arguments: object, **_options: object) -> None:
        raise AssertionError("something was fetched")

    monkeypatch.setattr("urllib.request.urlopen", fetch)
    content = made('<img src="https://example.org/x.png"/>', '<img src="file:///etc/passwd"/>')
    assert "root:" not in pdf.words(content)


def test_czech_is_read_back_whole() -> None:
    assert PANGRAM in pdf.words(made(PANGRAM))


def test_decomposed_text_prints_as_composed() -> None:
    decomposed = unicodedata.normalize("NFD", PANGRAM)
    assert lettering.safe(decomposed) == PANGRAM
    assert made(decomposed) == made(PANGRAM)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("a\tb\nc\r\nd", "a b c  d"),
        ("a\x00b\x07c\x1b[31md", "abc[31md"),
        ("a\u202eb\u2066c\u200fd", "abcd"),
        ("řada\u00a0slov", "řada\u00a0slov"),
        ("kouř 🔥 a 漢字", "kouř □ a □□"),
        ("שלום", "□□□□"),
        ("a\ud800", "a"),
        ("\ufeffa\u200bb\ufffe", "ab"),
    ],
)
def test_what_the_font_does_not_have_goes_or_is_shown(text: str, printed: str) -> None:
    assert lettering.safe(text) == printed


def test_word_without_end_is_broken_and_text_without_end_is_cut_visibly() -> None:
    printed = lettering.safe("x" * 200_000)
    assert len(printed) < 21_000
    assert max(map(len, printed.split())) <= 40
    assert printed.endswith("…")


@pytest.mark.parametrize("unit", ["x", "x ", "ř", "<", "\u00a0", "x\u200b", "🔥", "\n"])
def test_endless_text_is_laid_out(unit: str) -> None:
    assert int(pdf.info(made(unit * 200_000))["Pages"]) <= _MOST_PAGES


def test_long_text_is_printed_whole() -> None:
    """Two pages of a note are a note, not an attack."""
    text = " ".join(f"slovo{n}." for n in range(1000))
    printed = pdf.words(build(PAPER, base.prose(text)))
    assert [n for n in range(1000) if f"slovo{n}." not in printed] == []


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_laid_out_and_only_known_characters_are_drawn(text: str) -> None:
    printed = lettering.safe(text)
    assert all(ord(character) in lettering.register() for character in printed)
    assert base.paragraph(text, base.styles().cell).wrap(200, 10_000)[1] >= 0


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60), st.floats(12, 300))
def test_cut_text_fits_its_cell(text: str, width: float) -> None:
    cut = lettering.fitted(lettering.safe(text), width)
    drawn = pdfmetrics.stringWidth(cut, lettering.REGULAR, 9)
    assert drawn <= max(width - 9, pdfmetrics.stringWidth("…", lettering.REGULAR, 9))
    assert cut == lettering.safe(text) or cut.endswith("…")


@pytest.mark.parametrize("figure", ["1", "1,234.00 Kč", "123,456,789,123,456.00 Kč"])
def test_figure_is_never_cut_and_never_runs_out_of_its_cell(figure: str) -> None:
    table = base.table(["A", "B"], [("x", figure)], (0.9, 0.1), right=(1,))
    text = pdf.words(build(PAPER, [table]))
    assert figure in text


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_words_of_heads_fit_their_columns(monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    texts.use_language(language)
    seen: list[tuple[str, float]] = []
    real = base.table

    def table(header: Any, rows: Any, widths: Any, *more: Any, **options: Any) -> Any:
        seen.extend(zip(header, widths, strict=True))
        return real(header, rows, widths, *more, **options)

    monkeypatch.setattr(base, "table", table)
    status_report.render(records.report(language=language), "{}")
    order_form.render(records.form(language=language), "{}")
    assert len(seen) > 20
    wide = [
        word
        for head, width in seen
        for word in head.split()
        if pdfmetrics.stringWidth(word, lettering.BOLD, 9) > width * base.WIDTH - 8
    ]
    assert wide == []


# Page


def test_pages_are_a4_and_counted() -> None:
    content = made(*[f"Odstavec {n}" for n in range(200)])
    info = pdf.info(content)
    count = int(info["Pages"])
    assert count > 2
    assert "(A4)" in info["Page size"]
    for number, page in enumerate(pdf.pages(content), 1):
        assert f"Page {number} of {count}" in page


def test_foot_of_every_page_says_what_it_is() -> None:
    pages = pdf.pages(made(*[f"Odstavec {n}" for n in range(200)]))
    for page in pages:
        foot = pdf.tidy(page)
        assert "D1, revision 1 · Klient · October 2026" in foot
        assert f"Fingerprint {fingerprint('{}')}" in foot


@pytest.mark.parametrize("client", ["W" * 300, "Základní škola " * 20, "<b>" * 50])
def test_long_client_in_the_foot_runs_into_nothing(client: str) -> None:
    paper = Paper("T", "en", "2026-NV-D0001, revision 12", client, "September 2026")
    content = build(paper, [base.paragraph("x", base.styles().body)])
    (page,) = pdf.pages(content)
    foot = next(row for row in page.splitlines() if "2026-NV-D0001" in row)
    assert pdf.tidy(foot).endswith("… · September 2026 Page 1 of 1")


def test_fonts_are_embedded_and_no_others_used() -> None:
    story = [
        base.heading("Nadpis"),
        base.paragraph("text", base.styles().body),
        base.table(["H"], [("x",)], (1.0,)),
    ]
    fonts = pdf.fonts(build(PAPER, story))
    assert {font["name"].split("+")[1] for font in fonts} == {
        "SourceSans3-Regular",
        "SourceSans3-Bold",
    }
    assert {(f["emb"], f["sub"], f["uni"]) for f in fonts} == {("yes", "yes", "yes")}


def test_title_and_author_are_in_the_file() -> None:
    info = pdf.info(made("x"))
    assert (info["Title"], info["Author"]) == ("Titul", "Klient")


def test_same_data_are_the_same_bytes() -> None:
    assert made("a", "b") == made("a", "b")
    assert made("a", "b") != made("a", "c")


def test_footer_speaks_the_language_in_use() -> None:
    texts.use_language("cs")
    assert "Strana 1 z 1" in pdf.words(made("x"))


def test_fingerprint_is_that_of_the_data() -> None:
    assert fingerprint("") == "e3b0c44298fc1c14"
    assert fingerprint("a") != fingerprint("b")


# Tables


def test_long_table_repeats_its_header_on_every_page() -> None:
    rows = [(n, f"řádek {n}") for n in range(1, 2001)]
    content = build(PAPER, [base.table(["Číslo", "Popis"], rows, (0.3, 0.7))])
    pages = pdf.pages(content)
    assert len(pages) > 30
    assert all(page.split()[:2] == ["Číslo", "Popis"] for page in pages)
    text = pdf.words(content)
    missing = [n for n in range(1, 2001) if f" řádek {n} " not in text]
    assert missing == []


def test_table_without_rows_is_a_header() -> None:
    content = build(PAPER, [base.table(["Číslo"], [], (1.0,))])
    assert "Číslo" in pdf.words(content)


def test_row_that_wraps_is_whole_and_hostile_cells_stay_in_theirs() -> None:
    hostile = "<b>" + "y" * 200_000
    rows = [("x" * 300, "dlouhý popis " * 12, hostile)]
    content = build(PAPER, [base.table(["A", "B", "C"], rows, (0.2, 0.4, 0.4))])
    assert pdf.words(content).count("dlouhý") == 12


@pytest.mark.parametrize("count", [0, 1, 2, 5])
def test_facts_without_a_value_are_left_out(count: int) -> None:
    pairs = [(f"Popisek{n}", f"hodnota{n}" if n < count else "") for n in range(5)]
    text = pdf.words(build(PAPER, [base.facts(pairs)]))
    for n in range(5):
        assert (f"Popisek{n}" in text) == (n < count)


@pytest.mark.parametrize("left", range(10, 110, 4))
def test_what_stays_together_goes_to_the_next_page_wherever_the_page_ends(left: int) -> None:
    kept = base.together(
        [base.heading("Heading"), base.paragraph("Below it", base.styles().body)],
    )
    pages = pdf.pages(build(PAPER, [base.gap(base.HEIGHT - left), kept]))
    assert ["Heading" in page for page in pages] == ["Below it" in page for page in pages]


def test_content_that_ends_in_cr_is_not_taken_for_an_end_of_line() -> None:
    """Readers that look for the word ``endstream`` take CR and LF before it for one end."""
    datas = (json.dumps({"n": n}) for n in range(100_000))
    data = next(one for one in datas if zlib.compress(one.encode(), 6).endswith(b"\r"))
    content = build(replace(PAPER, data=data), [base.title("Titul")])
    packed = zlib.compress(data.encode(), 6)
    assert packed + b"\r\nendstream" in content
    assert content.count(b"endstream") == content.count(b"\r\nendstream") > 5
    assert validate_pdf_bytes(content, profile="3a").failures == []
