"""What a screen reader reads: the tree's order, its headings, lists, tables and figures."""

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import pikepdf
import pytest

from console import texts
from console.documents import (
    base,
    care_sheet,
    lettering,
    privacy_extract,
    request_story,
    status_report,
)
from console.documents.pages import Paper, build
from tests.documents import everything, pdf, records, validators

PAPER = Paper("Titul", "en", "D1", "Klient", "October 2026", data="{}")


def elements(content: bytes) -> list[tuple[str, str]]:
    """Return the elements in the order of reading: role and alternative text."""

    def walk(element: pikepdf.Object) -> Iterator[tuple[str, str]]:
        yield str(element.S)[1:], str(element.get("/Alt", ""))
        kids = element.get("/K")
        for kid in kids if isinstance(kids, pikepdf.Array) else []:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                yield from walk(kid)

    document = pikepdf.open(io.BytesIO(content))
    return list(walk(document.Root.StructTreeRoot.K))


def roles(content: bytes) -> list[str]:
    """Return the roles in the order of reading."""
    return [role for role, _said in elements(content)]


def test_table_over_pages_is_one_table_with_one_header() -> None:
    rows = [(n, f"řádek {n}") for n in range(200)]
    content = build(PAPER, [base.table(["Číslo", "Popis"], rows, (0.3, 0.7))])
    found = roles(content)
    assert len(pdf.pages(content)) > 3
    assert (found.count("Table"), found.count("TR"), found.count("TH")) == (1, 201, 2)
    assert found.count("TD") == 400


def test_row_over_pages_is_one_row_of_whole_cells() -> None:
    long = " ".join(f"slovo{n}." for n in range(1700))
    rows = [("1", "krátké", "x"), ("2", long, long[:19_000]), ("3", long, ""), ("4", "konec", "y")]
    content = build(PAPER, [base.table(["Číslo", "Popis", "Kdo"], rows, (0.2, 0.5, 0.3))])
    found = roles(content)
    assert len(pdf.pages(content)) > 5
    assert (found.count("Table"), found.count("TR"), found.count("TD")) == (1, 5, 12)
    spoken = pdf.spoken(content)
    assert "slovo1699." in spoken
    assert spoken.index("slovo1150.") < spoken.index("slovo1699.")
    assert pdf.words(content).count("slovo1500.") == 3
    assert validators.failures(content, ("3a", "ua1")) == []


def test_point_over_pages_is_one_point() -> None:
    long = " ".join(f"slovo{n}." for n in range(1500))
    content = build(PAPER, [base.points(["první", long, "třetí"])])
    assert len(pdf.pages(content)) > 1
    assert roles(content) == ["Document", "L", *["LI", "LBody"] * 3]
    assert pdf.words(content).count("slovo1499.") == 1
    assert validators.failures(content, ("3a", "ua1")) == []


def test_long_fact_goes_over_pages_with_its_label() -> None:
    pairs = [("Krátký", "údaj"), ("Dlouhý", " ".join(f"slovo{n}." for n in range(1500)))]
    content = build(PAPER, [base.facts(pairs)])
    assert len(pdf.pages(content)) > 1
    assert roles(content) == ["Document", "L", *["LI", "Lbl", "LBody"] * 2]
    assert "slovo1499." in pdf.words(content)


def test_paragraph_over_pages_is_one_paragraph() -> None:
    text = " ".join(f"slovo{n}." for n in range(1500))
    content = build(PAPER, base.prose(text))
    assert len(pdf.pages(content)) > 1
    assert roles(content) == ["Document", "P"]


def test_list_over_pages_is_one_list() -> None:
    content = build(PAPER, [base.points([f"bod {n}" for n in range(150)])])
    assert len(pdf.pages(content)) > 1
    found = roles(content)
    assert (found.count("L"), found.count("LI")) == (1, 150)


@pytest.mark.parametrize("language", texts.LANGUAGES)
@pytest.mark.parametrize("name", everything.NAMES)
def test_headings_begin_with_the_title_and_skip_no_level(name: str, language: str) -> None:
    levels = [int(r[1]) for r in roles(everything.made(name, language)) if r[0] == "H"]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_table_without_rows_is_a_sentence() -> None:
    for content in (
        request_story.render(replace(everything.story("en"), entries=()), "{}"),
        privacy_extract.render(replace(everything.extract("en"), requests=(), accesses=()), "{}"),
        care_sheet.render(replace(everything.sheet("en"), deadlines=()), "{}"),
        status_report.render(records.report(states=(), channels=()), "{}"),
    ):
        _before, *tables = " ".join(roles(content)).split("Table")
        assert [table for table in tables if "TD" not in re.split(r" (?:H|P|L)", table)[0]] == []
    text = pdf.words(privacy_extract.render(replace(everything.extract("en"), accesses=()), "{}"))
    assert "No opening of the data is recorded." in text


def test_charts_say_in_words_what_they_show() -> None:
    found = elements(everything.made("status-report", "en"))
    said = [said for role, said in found if role == "Figure"]
    assert "Requests received by kind: Fault 22" in said
    assert "Deadlines by rule: at most 24 hours: kept 18, missed 2" in said


@pytest.mark.parametrize("language", texts.LANGUAGES)
@pytest.mark.parametrize("name", everything.NAMES)
def test_every_figure_speaks_and_every_row_has_its_table(name: str, language: str) -> None:
    found = elements(everything.made(name, language))
    assert [said for role, said in found if role == "Figure" and not said] == []
    kinds = {role for role, _said in found}
    assert ("TR" in kinds) == ("Table" in kinds)
    assert ("LI" in kinds) == ("L" in kinds)


def test_drawn_signature_is_a_figure_that_names_person_time_and_place() -> None:
    found = elements(everything.made("hand-over", "en"))
    (said,) = [said for role, said in found if role == "Figure" and "Signature" in said]
    assert "Žofie Němcová" in said
    assert "Žďár nad Sázavou" in said


def test_data_lie_inside_the_file() -> None:
    document = pikepdf.open(io.BytesIO(everything.made("hand-over", "cs")))
    assert document.attachments["data.json"].get_file().read_bytes() == b"{}"


def test_text_is_read_in_the_order_of_the_page() -> None:
    text = pdf.words(everything.made("complaint-reply", "en"))
    said = ["Reply to the complaint", "What it is about", "The complaint is accepted.", "signature"]
    places = [text.index(part) for part in said]
    assert places == sorted(places)


HOSTILE = (
    "Firma <x>", "<b>",
    '<img src="file:///etc/passwd">', "x" * 200_000, "a\x00\u202eb🔥", "%s{n}\\",
)  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:8]))
@pytest.mark.parametrize("name", everything.NAMES)
def test_hostile_text_is_printed_as_text_in_every_document(name: str, text: str) -> None:
    content = everything.filled(name, "en", text)
    printed = pdf.words(content)
    assert "root:" not in printed
    if len(text) < 100:
        assert pdf.squeezed(lettering.safe(text)) in pdf.squeezed(printed)
    assert validators.failures(content, ("ua1",)) == []
