"""Places to sign stand with what is signed, wherever a paper ends on its page."""

from collections.abc import Callable

import pytest
from reportlab.platypus import Flowable

from console.documents import base, letter
from console.documents.pages import Paper, build
from tests.documents import everything, pdf, validators

PAPER = Paper("Titul", "en", "D1, revision 2", "Klient", "October 2026", data="{}")
LABEL = "For the client: name, date, signature"
SIGNED = (
    "order-form", "written-confirmation", "complaint-record", "complaint-reply", "hand-over",
    "authorised-persons",
)  # fmt: skip
NAME = ("Základní škola a mateřská škola Příšerně Žluťoučký Kůň, příspěvková organizace " * 3)[:200]


def _lines(count: int) -> list[Flowable]:
    return [base.paragraph(f"řádek {n}", base.styles().body) for n in range(count)]


def _one_paragraph(count: int) -> list[Flowable]:
    return [base.paragraph(" ".join(f"slovo{n}" for n in range(8 * count)), base.styles().body)]


def _table(count: int) -> list[Flowable]:
    rows = [(n, "řádek") for n in range(count)]
    return [base.heading("Zařízení"), base.table(["Č.", "Popis"], rows, (0.2, 0.8))]


def _points(count: int) -> list[Flowable]:
    return [base.heading("Jak termín vznikl"), base.points([f"krok {n}" for n in range(count)])]


@pytest.mark.parametrize("last", [_lines, _one_paragraph, _table, _points])
def test_page_with_places_to_sign_has_some_of_what_is_signed(
    last: Callable[[int], list[Flowable]],
) -> None:
    for count in (*range(1, 60, 4), *range(34, 54), 140):
        story = letter.signed(last(count), PAPER.number, "Žofie", "Jana")
        content = build(PAPER, story)
        places = [page for page in pdf.pages(content) if LABEL in page]
        (above,) = [page.split("D1, revision 2")[0] for page in places]
        assert len(above.split()) >= 2, count
        assert pdf.words(content).count("D1, revision 2") == len(pdf.pages(content)) + 2


@pytest.mark.parametrize("text", [NAME, "krátké"], ids=["long", "short"])
@pytest.mark.parametrize("name", SIGNED)
def test_places_to_sign_say_which_document_they_are_for(name: str, text: str) -> None:
    content = everything.filled(name, "en", text)
    (page,) = [page for page in pdf.pages(content) if LABEL in page]
    above = page.split(LABEL)[0]
    assert ", revision 1" in above
    assert len(above.split()) > 12


def test_long_ending_stays_whole_and_archival() -> None:
    story = [base.title("Titul"), *_table(400)]
    content = build(PAPER, letter.signed(story, PAPER.number, "Žofie", "Jana"))
    assert pdf.words(content).count("řádek") == 400
    assert validators.failures(content) == []
