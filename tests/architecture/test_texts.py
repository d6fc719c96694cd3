"""The Czech catalogue is complete, compiled, and asks for the facts that the code gives."""

import ast
import gettext
import string

import pytest

import resources
from console import texts
from installer import texts as catalogue


def _fields(text: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name}


def _forms(text: object) -> list[str]:
    return [str(form) for form in text] if isinstance(text, (tuple, list)) else [str(text)]


MESSAGES = [message for message in catalogue.stored() if message.id]


def test_every_text_is_translated_and_compiled() -> None:
    assert catalogue.problems() == []


def _asked_for() -> set[str]:
    """Return every text that the code asks the catalogue for, inside of f-strings, too."""
    return {
        str(node.args[0].value)
        for folder in catalogue.FOLDERS
        for path in (catalogue.ROOT / folder).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", "") in catalogue.KEYWORDS
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }


def test_no_text_hides_where_the_extraction_does_not_look() -> None:
    known = {_forms(message.id)[0] for message in MESSAGES}
    assert _asked_for() - known - {""} == set()


def test_every_translation_names_the_same_facts() -> None:
    wrong = [
        message.id
        for message in MESSAGES
        for form in _forms(message.string)
        if _fields(form) != _fields(_forms(message.id)[0])
    ]
    assert wrong == []


def test_translations_end_as_their_texts_do() -> None:
    ends = ".:?!…"
    wrong = [
        message.id
        for message in MESSAGES
        for form in _forms(message.string)
        for text in [_forms(message.id)[0]]
        if (text[-1] in ends or form[-1] in ends) and text[-1] != form[-1]
    ]
    assert wrong == []


def test_menus_of_a_language_never_share_a_letter() -> None:
    letters = [
        form[form.index("&") + 1].casefold()
        for message in MESSAGES
        if message.id in ("&File", "&Edit", "&New", "&View", "&Help")
        for form in _forms(message.string)
    ]
    assert len(letters) == len(set(letters)) == 5


@pytest.mark.parametrize(
    ("count", "words"), [(1, "1 řádek"), (2, "2 řádky"), (4, "4 řádky"), (5, "5 řádků")]
)
def test_czech_counts_in_three_forms(count: int, words: str) -> None:
    texts.use_language("cs")
    assert texts.ngettext("{n} row", "{n} rows", count).format(n=count) == words


def test_compiled_catalogue_is_found_where_the_program_looks() -> None:
    assert gettext.find("klientela", str(resources.path("locale")), ["cs"])
