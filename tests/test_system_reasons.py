"""What the system refuses is told in the person's language."""

import errno
import os
from pathlib import Path

import pytest

from console import texts
from console.errors import KnownError
from console.intake import tables
from console.system_reasons import _REASONS, reason_of


def _error_of(path: Path) -> OSError:
    with pytest.raises(OSError) as caught:
        path.read_bytes()
    return caught.value


def test_reason_is_in_the_language_in_use(tmp_path: Path) -> None:
    assert reason_of(_error_of(tmp_path)) == "it is a folder"
    texts.use_language("cs")
    assert reason_of(_error_of(tmp_path)) == "je to složka"
    assert reason_of(_error_of(tmp_path / "není")) == "není tam"


def test_every_reason_has_czech_words() -> None:
    english = {number: reason_of(OSError(number, "x")) for number in _REASONS}
    texts.use_language("cs")
    assert all(reason_of(OSError(number, "x")) != english[number] for number in _REASONS)


def test_reason_that_has_no_words_is_the_systems_own() -> None:
    assert reason_of(OSError(errno.EDOM, os.strerror(errno.EDOM))) == os.strerror(errno.EDOM)
    assert reason_of(OSError("anything")) == "OSError"
    assert reason_of(ValueError("a secret")) == "ValueError"


def test_sentence_is_czech_to_its_end(tmp_path: Path) -> None:
    texts.use_language("cs")
    with pytest.raises(KnownError) as caught:
        tables.read_tables(tmp_path / "nic.xlsx")
    assert "nic.xlsx" in caught.value.message
    assert "No such file" not in caught.value.message
    assert "není tam" in caught.value.message
