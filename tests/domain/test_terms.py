"""Agreements as data: what is wrong in a file is named by file, clause and field."""

import copy
import tomllib
from typing import Any

import pytest

import resources
from console import texts
from console.domain.terms import parse_agreement, to_mapping
from console.errors import KnownError
from console.services.shipped import shipped, shipped_keys


def _data(key: str = "o2-public-sector") -> dict[str, Any]:
    return tomllib.loads(resources.text(f"agreements/{key}.toml"))


def _change(data: dict[str, Any], place: tuple[Any, ...], value: Any) -> dict[str, Any]:
    changed = copy.deepcopy(data)
    part: Any = changed
    for step in place[:-1]:
        part = part[step]
    if value is None:
        del part[place[-1]]
    else:
        part[place[-1]] = value
    return changed


@pytest.mark.parametrize("key", shipped_keys())
def test_shipped_agreement_comes_back_from_what_the_database_keeps(key: str) -> None:
    assert parse_agreement("stored", to_mapping(shipped(key))) == shipped(key)


@pytest.mark.parametrize(
    ("place", "value", "part", "field"),
    [
        (("key",), None, "agreement", "key"),
        (("name",), None, "agreement", "name"),
        (("name",), {"cs": "jen česky"}, "agreement", "name"),
        (("name",), "text", "agreement", "name"),
        (("newshours",), 24, "agreement", "newshours"),
        (("news_hours",), "24", "agreement", "news_hours"),
        (("news_hours",), -1, "agreement", "news_hours"),
        (("clauses", 0, "id"), None, "clauses 1", "id"),
        (("clauses", 1, "unit"), "fortnights", "single-24h", "unit"),
        (("clauses", 1, "amount"), -24, "single-24h", "amount"),
        (("clauses", 1, "amount"), True, "single-24h", "amount"),
        (("clauses", 1, "channels"), ["pigeon"], "single-24h", "channels"),
        (("clauses", 1, "kinds"), ["whim"], "single-24h", "kinds"),
        (("clauses", 1, "channels"), "phone", "single-24h", "channels"),
        (("clauses", 1, "calendar"), "moon", "single-24h", "calendar"),
        (("clauses", 1, "quantity_from"), 20, "single-24h", "quantity_to"),
        (("clauses", 1, "id"), "same-day", "same-day", "id"),
        (("clauses", 2, "exceptions", 0, "reason"), None, "exceptions 1", "reason"),
        (("contact_points", 0, "channel"), "pigeon", "contact_points 1", "channel"),
        (("levels", 0, "number"), "one", "levels 1", "number"),
        (("calendars",), {"office": {"mon": [["08:00"]]}}, "agreement", "calendars.office"),
    ],
)
def test_what_is_wrong_is_named(place: tuple[Any, ...], value: Any, part: str, field: str) -> None:
    with pytest.raises(KnownError) as caught:
        parse_agreement("own.toml", _change(_data(), place, value))
    assert caught.value.code == "terms-field"
    assert caught.value.facts["file"] == "own.toml"
    assert part in caught.value.facts["part"]
    assert field in caught.value.facts["field"]


@pytest.mark.parametrize("language", texts.LANGUAGES)
@pytest.mark.parametrize("key", shipped_keys())
def test_shipped_agreement_says_everything_in_both_languages(key: str, language: str) -> None:
    texts.use_language(language)
    agreement = shipped(key)
    words = [
        agreement.name,
        agreement.summary,
        *agreement.services,
        *(point.label for point in agreement.contact_points),
        *(clause.reference for clause in agreement.clauses),
        *(level.name for level in agreement.levels),
        *(unit for level in agreement.levels for unit in level.units),
    ]
    assert all(text.shown.strip() for text in words)
