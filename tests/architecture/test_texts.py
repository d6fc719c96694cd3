"""The Czech catalogue is complete, compiled, and asks for the facts that the code gives."""

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
