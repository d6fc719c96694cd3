"""Search: one full-text table over all nouns, kept by triggers, filled at once after a load.

Rows bear the id of their record, and ids follow time, so reading backwards is newest first.
What a search filters by (the noun, the client) stands in the match as a token of its own.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from console.domain.search import NOUNS, SearchHit
from console.storage import digits
from console.storage.connection import Database

LIMIT: Final = 50
_SHORTEST: Final = 3
_LONGEST_PART: Final = 9
"""Digits of a Czech number; what is longer begins or ends a number, or belongs to a card."""
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
        f" OR {_client(noun, 'OLD.')} IS NOT {client}"
        " OR (OLD.deleted_at IS NULL) IS NOT (NEW.deleted_at IS NULL)"
        f" BEGIN DELETE FROM search WHERE rowid = OLD.id; {insert}; END"
    )


def renew_triggers(db: Database, noun: str) -> None:
    """Make the triggers of a noun anew, for a migration that changes when they fire."""
    for name in ("insert", "update"):
        db.conn.execute(f"DROP TRIGGER {noun}_search_{name}")
    create_triggers(db, noun)


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
    wanted = list(nouns)
    asked = _Asked(terms, client_id, min(limit, LIMIT))
    if all(len(term) >= _SHORTEST for term in terms):
        found = _by_words(db, wanted, asked)
    else:
        found = {noun: _by_beginning(db, noun, asked) for noun in wanted}
    return [hit for noun in wanted for hit in _shown(db, noun, found[noun])]


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is looked for, and how much of it."""

    terms: list[str]
    client_id: int
    limit: int

    @property
    def digits(self) -> str:
        """The one term, where it is a number; otherwise empty."""
        return self.terms[0] if len(self.terms) == 1 and self.terms[0].isdigit() else ""


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


_MANY_ROWS: Final = ("lines", "sims", "requests", "entries")
"""Nouns with so many rows that each is asked for by itself; the others are asked together."""
_TOGETHER_AT_MOST: Final = 400


def _by_words(db: Database, nouns: list[str], asked: _Asked) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for noun in nouns:
        if noun in digits.COLUMNS and asked.digits:
            found[noun] = _by_digits(db, noun, asked, is_known=bool(found.get("lines")))
        elif noun in _MANY_ROWS:
            found[noun] = _matching(db, _match([noun], asked), asked.limit)
    few = [noun for noun in nouns if noun not in found]
    return {**found, **_together(db, few, asked)}


def _by_digits(db: Database, noun: str, asked: _Asked, *, is_known: bool) -> list[int]:
    """Look digits up in the indexes, and in the full text where these do not settle it.

    From a tail's length on what was found so is what was meant; where a number is known by
    these digits, no card is looked for that has them somewhere in the middle.
    """
    first = digits.find(db, noun, asked.digits, asked.client_id, asked.limit)
    is_long = len(asked.digits) >= digits.TAIL
    if len(first) >= asked.limit or (is_long and (first or is_known)):
        return first
    if noun == "lines" and len(asked.digits) > _LONGEST_PART:
        return []
    rest = _matching(db, _match([noun], asked), asked.limit)
    return list(dict.fromkeys([*first, *rest]))[: asked.limit]


def _matching(db: Database, expression: str, limit: int) -> list[int]:
    rows = db.conn.execute(
        "SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT ?",
        (expression, limit),
    )
    return [row[0] for row in rows]


def _together(db: Database, nouns: list[str], asked: _Asked) -> dict[str, list[int]]:
    """Ask once for all nouns with few rows, and part what was found by their tables."""
    if not nouns:
        return {}
    ids = _matching(db, _match(nouns, asked), _TOGETHER_AT_MOST)
    if len(ids) == _TOGETHER_AT_MOST:
        return {n: _matching(db, _match([n], asked), asked.limit) for n in nouns}
    if not ids:
        return {noun: [] for noun in nouns}
    marks = ",".join("?" * len(ids))
    return {
        noun: [
            row[0]
            for row in db.conn.execute(
                f"SELECT id FROM {noun} WHERE id IN ({marks}) ORDER BY id DESC LIMIT ?",
                [*ids, asked.limit],
            )
        ]
        for noun in nouns
    }


def match(text: str, noun: str, client_id: int = 0) -> str:
    """Return the full-text expression for what was typed; empty where it is too short."""
    terms = [term for term in _terms(text) if len(term) >= _SHORTEST]
    return _match([noun], _Asked(terms, client_id, LIMIT)) if terms else ""


def _match(nouns: list[str], asked: _Asked) -> str:
    tags = " OR ".join(f'tag : "{_noun_token(noun)}"' for noun in nouns)
    client = [f'tag : "{_client_token(asked.client_id)}"'] if asked.client_id else []
    words = [f'words : "{term}"' for term in asked.terms]
    return " AND ".join([f"({tags})", *client, *words])


_BEGINNINGS: Final[Mapping[str, str]] = {
    "clients": "name",
    "contacts": "name",
    "tariffs": "code",
    "orders": "number",
}


def _by_beginning(db: Database, noun: str, asked: _Asked) -> list[int]:
    """One or two letters: too short for the index, so the beginnings of the small lists."""
    if noun in digits.COLUMNS and asked.digits:
        return digits.find(db, noun, asked.digits, asked.client_id, asked.limit)
    if noun not in _BEGINNINGS:
        return []
    by_client, client = (" AND client_id = ?", [asked.client_id]) if asked.client_id else ("", [])
    rows = db.conn.execute(
        f"SELECT id FROM {noun} WHERE unaccented({_BEGINNINGS[noun]}) LIKE unaccented(?) || '%'"
        " ESCAPE '\\'"
        f" AND deleted_at IS NULL{by_client if noun != 'clients' else ''} LIMIT ?",
        [_literally(asked.terms[0]), *(client if noun != "clients" else []), asked.limit],
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
