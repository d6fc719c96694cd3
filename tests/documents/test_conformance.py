"""Every document of the set is PDF/A and PDF/UA-1, in both languages."""

from pathlib import Path

import pytest

from console import texts
from tests.documents import everything, validators


def _profiles(name: str) -> tuple[str, str]:
    """Return what a document claims: level 3a with its data inside, otherwise 2a."""
    return ("2a" if name in everything.WITHOUT_DATA else "3a"), "ua1"


@pytest.mark.parametrize("language", texts.LANGUAGES)
@pytest.mark.parametrize("name", everything.NAMES)
def test_document_breaks_no_rule(name: str, language: str) -> None:
    assert validators.failures(everything.made(name, language), _profiles(name)) == []


@pytest.mark.parametrize("with_data", [True, False])
def test_verapdf_passes_every_document(tmp_path: Path, with_data: bool) -> None:
    names = [n for n in everything.NAMES if (n not in everything.WITHOUT_DATA) == with_data]
    files = []
    for name in names:
        for language in texts.LANGUAGES:
            file = tmp_path / f"{name}-{language}.pdf"
            file.write_bytes(everything.made(name, language))
            files.append(file)
    assert validators.real_failures(files, _profiles(names[0])) == ""
