"""Every document of the set is PDF/A-3a and PDF/UA-1, in both languages."""

from pathlib import Path

import pytest

from console import texts
from tests.documents import everything, validators


@pytest.mark.parametrize("language", texts.LANGUAGES)
@pytest.mark.parametrize("name", everything.NAMES)
def test_document_breaks_no_rule(name: str, language: str) -> None:
    assert validators.failures(everything.made(name, language)) == []


def test_verapdf_passes_every_document(tmp_path: Path) -> None:
    files = []
    for name in everything.NAMES:
        for language in texts.LANGUAGES:
            file = tmp_path / f"{name}-{language}.pdf"
            file.write_bytes(everything.made(name, language))
            files.append(file)
    assert validators.real_failures(files) == ""
