"""Every error that the code can raise has its sentence, and every sentence its error."""

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from console import errors

ROOT = Path(__file__).parents[2]


def _raised() -> Iterator[tuple[str, str, set[str]]]:
    for folder in ("console", "ui"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "KnownError":
                    place = f"{path.relative_to(ROOT).as_posix()}:{node.lineno}"
                    facts = {word.arg or "**" for word in node.keywords}
                    yield from ((place, code, facts) for code in _codes(node.args[0]))


def _codes(node: ast.expr) -> Iterator[str]:
    """Give the codes that an argument can be: a text, or either side of a condition."""
    if isinstance(node, ast.Constant):
        yield str(node.value)
    elif isinstance(node, ast.IfExp):
        yield from (*_codes(node.body), *_codes(node.orelse))


def _fields(sentence: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(sentence) if name}


RAISED = sorted(_raised(), key=lambda found: found[:2])


@pytest.mark.parametrize(
    ("place", "code", "facts"), RAISED, ids=[f"{code}@{place}" for place, code, _facts in RAISED]
)
def test_raised_error_has_its_sentence_with_all_its_facts(
    place: str, code: str, facts: set[str]
) -> None:
    assert code in errors.MESSAGES, place
    assert "**" in facts or _fields(errors.MESSAGES[code]) <= facts, place


def test_no_sentence_is_left_over() -> None:
    sources = "".join(
        path.read_text(encoding="utf-8")
        for folder in ("console", "ui")
        for path in (ROOT / folder).rglob("*.py")
        if path.name != "errors.py"
    )
    assert [code for code in errors.MESSAGES if f'"{code}"' not in sources] == []


@pytest.mark.parametrize("code", errors.MESSAGES)
def test_sentence_says_what_was_kept(code: str) -> None:
    kept = ("Nothing", "not saved", "left as", "are kept", "is kept", "nothing", "not loaded")
    assert any(words in errors.MESSAGES[code] for words in kept)
