"""Search: one full-text table over all nouns, kept by triggers, filled at once after a load.

Rows bear the id of their record, and ids follow time, so reading backwards is newest first.
What a search filters by (the noun, the client) stands in the match as a token of its own.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from console.domain.search import NOUNS, SearchHit
from console.storage.connection import Database

LIMIT: Final = 50
_SHORTEST: Final = 3
_TOKEN_BASE: Final = 0x4E00
_TOKEN_SPAN: Final = 0x4000

_HASH_BYTES: Final = 64 * 1024 * 1024
_CREATE: Final = """
CREATE VIRTUAL TABLE search USING fts5(
    words, tag, content='', contentless_delete=1,
    tokenize='trigram remove_diacritics 1')
"""


@dataclass(frozen=True, slots=True)
class _Noun:
    """How a noun is found and shown: SQL over its table, whose alias is ``t``."""

    words: str
    title: str
    detail: str
    joins: str = ""
    owner: str = "t.id"
    client: str = "t.client_id"


_CLIENT: Final = "JOIN clients c ON c.id = t.client_id"
_REQUEST: Final = f"{_CLIENT} JOIN requests r ON r.id = t.request_id"
_NOUN_SQL: Final[Mapping[str, _Noun]] = {
    "clients": _Noun(
        "{r}name || ' ' || {r}ico || ' ' || {r}dic || ' ' || {r}data_box || ' ' ||"
        " {r}customer_account || ' ' || {r}seat",
        "t.name",
        "t.ico",
        client="t.id",
    ),
    "contacts": _Noun(
        "{r}name || ' ' || {r}function || ' ' || {r}department || ' ' || {r}email || ' ' ||"
        " replace({r}mobile, ' ', '') || ' ' || replace({r}landline, ' ', '')",
        "t.name",
        "c.name || ' · ' || t.function",
        _CLIENT,
    ),
    "lines": _Noun(
        "substr({r}msisdn, CASE WHEN {r}msisdn LIKE '+420%' THEN 5 ELSE 2 END) || ' ' ||"
        " {r}holder || ' ' || {r}note",
        "t.msisdn",
        "t.holder || ' · ' || c.name",
        _CLIENT,
    ),
    "sims": _Noun(
        "{r}iccid",
        "t.iccid",
        "coalesce(l.msisdn, '') || ' · ' || c.name",
        f"{_CLIENT} LEFT JOIN lines l ON l.id = t.line_id",
        owner="coalesce(t.line_id, t.id)",
    ),
    "requests": _Noun(
        "{r}number || ' ' || {r}subject || ' ' || {r}text || ' ' || {r}caller",
        "t.number",
        "t.subject || ' · ' || c.name",
        _CLIENT,
    ),
    "entries": _Noun(
        "{r}text || ' ' || {r}reference", "r.number", "t.text", _REQUEST, owner="t.request_id"
    ),
    "orders": _Noun(
        "{r}number || ' ' || {r}note", "t.number", "c.name || ' · ' || t.ordered_on", _CLIENT
    ),
    "tariffs": _Noun("{r}code || ' ' || {r}name", "t.name", "t.code || ' · ' || c.name", _CLIENT),
    "agreements": _Noun(
        "{r}name || ' ' || coalesce((SELECT group_concat(json_extract(value, '$.name'), ' ')"
        " FROM json_each({r}terms, '$.specialists')), '')",
        "t.name",
        "c.name",
        _CLIENT,
    ),
    "devices": _Noun(
        "{r}model || ' ' || {r}imei || ' ' || {r}holder",
        "t.model",
        "t.holder || ' · ' || c.name",
        _CLIENT,
    ),
    "meetings": _Noun(
        "{r}place || ' ' || {r}attendees || ' ' || {r}minutes",
        "t.held_at",
        "c.name || ' · ' || t.place",
        _CLIENT,
    ),
    "documents": _Noun(
        "{r}number || ' ' || {r}title", "t.number", "t.title || ' · ' || c.name", _CLIENT
    ),
}


@lru_cache(maxsize=256)
def tag(noun: str, client_id: int) -> str:
    """Return the tokens that a search filters by: each of three letters, so one trigram.

    Used by triggers, so every writing connection registers it.
    """
    return f"{_noun_token(noun)}\n{_client_token(client_id)}"


def _noun_token(noun: str) -> str:
    return f"\ue000{chr(0xE100 + NOUNS.index(noun))}\ue001"


def _client_token(client_id: int) -> str:
    letters = []
    for _ in range(3):
        client_id, digit = divmod(client_id, _TOKEN_SPAN)
        letters.append(chr(_TOKEN_BASE + digit))
    return "".join(letters)


def create(db: Database) -> None:
    """Make the search table; a load of many rows is sorted in memory before it is written."""
    db.conn.execute(_CREATE)
    db.conn.execute(f"INSERT INTO search(search, rank) VALUES ('hashsize', {_HASH_BYTES})")


def create_triggers(db: Database, noun: str) -> None:
    """Make the triggers that keep the search rows of one noun."""
    words, client = _words(noun, "NEW."), _client(noun, "NEW.")
    insert = (
        f"INSERT INTO search(rowid, words, tag) SELECT NEW.id, {words},"
        f" search_tag('{noun}', {client}) WHERE NEW.deleted_at IS NULL"
    )
    db.conn.execute(
        f"CREATE TRIGGER {noun}_search_insert AFTER INSERT ON {noun} BEGIN {insert}; END"
    )
    db.conn.execute(
        f"CREATE TRIGGER {noun}_search_update AFTER UPDATE ON {noun}"
        f" WHEN {_words(noun, 'OLD.')} IS NOT {words}"
        " OR (OLD.deleted_at IS NULL) IS NOT (NEW.deleted_at IS NULL)"
        f" BEGIN DELETE FROM search WHERE rowid = OLD.id; {insert}; END"
    )


def fill(db: Database, noun: str, first: int, last: int) -> None:
    """Add the search rows of records with ids from ``first`` to ``last``, in one statement."""
    db.conn.execute(
        f"INSERT INTO search(rowid, words, tag) SELECT id, {_words(noun, '')},"
        f" search_tag('{noun}', {_client(noun, '')}) FROM {noun}"
        " WHERE id BETWEEN ? AND ? AND deleted_at IS NULL",
        (first, last),
    )


def _words(noun: str, row: str) -> str:
    return _NOUN_SQL[noun].words.format(r=row)


def _client(noun: str, row: str) -> str:
    return f"{row}{_NOUN_SQL[noun].client.removeprefix('t.')}"


def find(
    db: Database, text: str, nouns: Iterable[str] = NOUNS, client_id: int = 0, limit: int = 8
) -> list[SearchHit]:
    """Find records by any part of their words.

    Args:
        db: the open database.
        text: what the person typed; diacritics, case and the spaces in numbers do not matter.
        nouns: nouns to look for; each gets a list of its own.
        client_id: only records of this client, or 0 for all.
        limit: the most hits for each noun, at most LIMIT.

    Returns:
        The hits, noun by noun, within a noun the newest first.
    """
    terms = _terms(text)
    if not terms:
        return []
    lookup = _by_words if all(len(term) >= _SHORTEST for term in terms) else _by_beginning
    hits: list[SearchHit] = []
    for noun in nouns:
        ids = lookup(db, noun, terms, client_id, min(limit, LIMIT))
        hits.extend(_shown(db, noun, ids))
    return hits


_NUMBER: Final = re.compile(r"^[+\d\s()/.-]+$")


def _terms(text: str) -> list[str]:
    """Split what was typed into words; a number written with spaces is one word."""
    text = text.strip()
    if _NUMBER.match(text) and not re.fullmatch(r"\d{4}-.*", text):
        digits = re.sub(r"\D", "", text)
        return [_national(digits, text)] if digits else []
    words = [word for word in re.split(r"[\s,;]+", text.replace('"', " ")) if word]
    long = [word for word in words if len(word) >= _SHORTEST]
    return long or words


def _national(digits: str, text: str) -> str:
    if digits.startswith("00420"):
        return digits[5:] or digits
    is_czech = text.startswith("+420") or (len(digits) == 12 and digits.startswith("420"))
    return digits[3:] or digits if is_czech else digits


_Lookup = Callable[[Database, str, list[str], int, int], list[int]]


def _by_words(db: Database, noun: str, terms: list[str], client_id: int, limit: int) -> list[int]:
    first = _lines_beginning(db, terms, client_id, limit) if noun == "lines" else []
    if len(first) >= limit:
        return first
    match = _match(noun, terms, client_id)
    rows = db.conn.execute(
        "SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT ?",
        (match, limit),
    )
    found = [row[0] for row in rows]
    return list(dict.fromkeys([*first, *found]))[:limit]


def match(text: str, noun: str, client_id: int = 0) -> str:
    """Return the full-text expression for what was typed; empty where it is too short."""
    terms = [term for term in _terms(text) if len(term) >= _SHORTEST]
    return _match(noun, terms, client_id) if terms else ""


def _match(noun: str, terms: list[str], client_id: int) -> str:
    return " AND ".join(
        [f'tag : "{token}"' for token in _filter_tokens(noun, client_id)]
        + [f'words : "{term}"' for term in terms]
    )


def _filter_tokens(noun: str, client_id: int) -> list[str]:
    return [_noun_token(noun), *([_client_token(client_id)] if client_id else [])]


def _lines_beginning(db: Database, terms: list[str], client_id: int, limit: int) -> list[int]:
    """Numbers that begin with what was typed come from their own index, at once."""
    if len(terms) != 1 or not terms[0].isdigit():
        return []
    low, high = f"+420{terms[0]}", f"+420{terms[0]}:"
    by_client, client = (" AND client_id = ?", [client_id]) if client_id else ("", [])
    rows = db.conn.execute(
        "SELECT id FROM lines WHERE msisdn >= ? AND msisdn < ? AND deleted_at IS NULL"
        f"{by_client} ORDER BY msisdn LIMIT ?",
        [low, high, *client, limit],
    )
    return [row[0] for row in rows]


_BEGINNINGS: Final[Mapping[str, str]] = {
    "clients": "name",
    "contacts": "name",
    "tariffs": "code",
    "orders": "number",
}


def _by_beginning(
    db: Database, noun: str, terms: list[str], client_id: int, limit: int
) -> list[int]:
    """One or two letters: too short for the index, so the beginnings of the small lists."""
    if noun == "lines":
        return _lines_beginning(db, terms, client_id, limit)
    if noun not in _BEGINNINGS:
        return []
    by_client, client = (" AND client_id = ?", [client_id]) if client_id else ("", [])
    rows = db.conn.execute(
        f"SELECT id FROM {noun} WHERE unaccented({_BEGINNINGS[noun]}) LIKE unaccented(?) || '%'"
        " ESCAPE '\\'"
        f" AND deleted_at IS NULL{by_client if noun != 'clients' else ''} LIMIT ?",
        [_literally(terms[0]), *(client if noun != "clients" else []), limit],
    )
    return [row[0] for row in rows]


def _literally(text: str) -> str:
    """Return a LIKE pattern in which nothing that was typed is a wildcard."""
    return re.sub(r"([\\%_])", r"\\\1", text)


def _shown(db: Database, noun: str, ids: list[int]) -> list[SearchHit]:
    if not ids:
        return []
    sql = _NOUN_SQL[noun]
    marks = ",".join("?" * len(ids))
    rows: Iterable[tuple[Any, ...]] = db.conn.execute(
        f"SELECT t.id, {sql.client}, {sql.owner}, {sql.title}, {sql.detail}"
        f" FROM {noun} t {sql.joins} WHERE t.id IN ({marks})",
        ids,
    )
    by_id = {row[0]: row for row in rows}
    return [
        SearchHit(
            noun=noun, id=row[0], client_id=row[1], owner_id=row[2], title=row[3], detail=row[4]
        )
        for row in (by_id[i] for i in ids if i in by_id)
    ]
