"""The operator's look: stored, on the paper, and wrong files told."""

import io
from datetime import date
from typing import Any

import pikepdf
import pytest
from PIL import Image

from console.domain.client import Client
from console.services import brand_sample, documents, settings
from console.services.settings import Manager
from console.workspace import Workspace
from tests.documents import pdf, validators
from tests.documents.test_structure import elements
from tests.services.steps import Clock, refused

OCTOBER = date(2026, 10, 1)


def picture(kind: str = "PNG", mode: str = "RGBA", size: tuple[int, int] = (300, 90)) -> bytes:
    """Return a picture."""
    target = io.BytesIO()
    Image.new(mode, size, "#b3261e").save(target, kind)
    return target.getvalue()


@pytest.fixture
def operator(opened: Workspace, clock: Clock) -> Workspace:
    """A workspace whose operator has a name."""
    settings.change_manager(opened, Manager(name="Jana", operator="Operátor, a. s."))
    return opened


@pytest.mark.parametrize(("kind", "mode"), [("PNG", "RGBA"), ("PNG", "P"), ("JPEG", "CMYK")])
def test_logo_name_address_and_colour_are_on_the_paper(
    operator: Workspace, client: Client, kind: str, mode: str
) -> None:
    settings.change_brand(operator, "#B3261E", "Dlouhá 1, Praha", picture(kind, mode))
    issued: Any = documents.issue_status_report(operator, client, OCTOBER).result
    assert "Operátor, a. s. · Dlouhá 1, Praha" in pdf.words(issued.content)
    figures = [said for role, said in elements(issued.content) if role == "Figure"]
    assert figures[0] == "Logo of Operátor, a. s."
    assert validators.failures(issued.content) == []


def test_issued_document_keeps_the_look_it_was_issued_with(
    operator: Workspace, client: Client
) -> None:
    settings.change_brand(operator, "#b3261e", "", picture())
    first: Any = documents.issue_status_report(operator, client, OCTOBER).result
    settings.change_brand(operator, "#2456c9", "", b"")
    assert documents.read(operator, first.document) == first.content
    second: Any = documents.issue_status_report(operator, client, OCTOBER).result
    assert second.document.difference == "the operator's look"


def test_lost_file_is_made_again_with_the_logo_of_its_day(
    operator: Workspace, client: Client
) -> None:
    settings.change_brand(operator, "", "", picture())
    first: Any = documents.issue_status_report(operator, client, OCTOBER).result
    kept = settings.brand(operator)
    for file in (operator.folder / "attachments").iterdir():
        if file.read_bytes() != b"" and file.stat().st_size > 5_000:
            file.unlink()
    again: Any = documents.issue_status_report(operator, client, OCTOBER).result
    assert (again.content, settings.brand(operator)) == (first.content, kept)


@pytest.mark.parametrize(
    "wrong",
    [b"nic", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"\x89PNG\r\n\x1a\n", b"GIF89a"],
)
def test_what_is_no_picture_is_refused_and_changes_nothing(
    operator: Workspace, wrong: bytes
) -> None:
    settings.change_brand(operator, "", "", picture())
    before = settings.brand(operator)
    with refused("logo-wrong"):
        settings.change_brand(operator, "#2456c9", "jinde", wrong)
    with refused("logo-wrong"):
        brand_sample.sample(operator, "", "", wrong)
    assert settings.brand(operator) == before


@pytest.mark.parametrize("colour", ["modrá", "#12", "#12345g", "2456c9"])
def test_what_is_no_colour_is_refused(operator: Workspace, colour: str) -> None:
    with refused("colour-wrong"):
        settings.change_brand(operator, colour, "")


def test_sample_shows_the_look_and_leaves_nothing(operator: Workspace) -> None:
    files = len(list((operator.folder / "attachments").iterdir()))
    content = brand_sample.sample(operator, "#b3261e", "Dlouhá 1", picture())
    assert "Dlouhá 1" in pdf.words(content)
    with pikepdf.open(io.BytesIO(content)) as document:
        assert len(document.pages[0].get_images()) == 1
    assert len(list((operator.folder / "attachments").iterdir())) == files
