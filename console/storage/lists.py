"""The lists of every noun: what a row shows, what it can be sorted and filtered by.

A list is read page by page from a key, never by offset, so that the thousandth page costs
what the first one does.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from console.domain.listing import Anchors, Key, ListQuery, Page
from console.domain.request import OPEN_STATES
from console.storage import rows, search
from console.storage.connection import Database
from console.storage.listed import CLIENT, Listed
from console.storage.order_lists import CATALOGUE, ORDERS, USAGE

FOUND_AT_MOST: Final = 1000
"""Rows that a filter by words keeps, the newest ones."""

_MANY: Final = 5000
_OPEN: Final = ", ".join(f"'{state}'" for state in OPEN_STATES)

_LISTS: Final[Mapping[str, Listed]] = {
    "clients": Listed(
        "client.ClientSummary",
        "",
        {
            "agreement": "coalesce((SELECT name FROM agreements a WHERE a.client_id = t.id AND"
            " a.deleted_at IS NULL ORDER BY valid_from DESC LIMIT 1), '')",
            "lines": "(SELECT count(*) FROM lines l WHERE l.client_id = t.id"
            " AND l.deleted_at IS NULL)",
            "contacts": "(SELECT count(*) FROM contacts o WHERE o.client_id = t.id"
            " AND o.deleted_at IS NULL)",
            "open_requests": "(SELECT count(*) FROM requests r WHERE r.client_id = t.id"
            f" AND r.deleted_at IS NULL AND r.state IN ({_OPEN}))",
            "overdue": "(SELECT count(*) FROM requests r WHERE r.client_id = t.id"
            f" AND r.deleted_at IS NULL AND r.state IN ({_OPEN})"
            " AND r.standing_since IS NULL AND r.due_at <"
            " strftime('%Y-%m-%dT%H:%M:%f000Z', 'now'))",
        },
        {"name": "czech_key(t.name)", "ico": "t.ico"},
        client="t.id",
    ),
    "contacts": Listed(
        "contact.ContactSummary",
        CLIENT,
        {"client": "c.name"},
        {
            "name": "czech_key(t.name)",
            "department": "czech_key(t.department)",
            "client": "czech_key(c.name)",
            "valid_until": "coalesce(t.valid_until, '')",
        },
        {"authorised": "t.authorised = ?"},
    ),
    "lines": Listed(
        "line.LineSummary",
        f"{CLIENT} LEFT JOIN sims s ON s.id = t.sim_id",
        {"client": "c.name", "iccid": "coalesce(s.iccid, '')"},
        {
            "msisdn": "t.msisdn",
            "holder": "czech_key(t.holder)",
            "cost_centre": "czech_key(t.cost_centre)",
            "tariff": "czech_key(t.tariff)",
            "state": "t.state",
            "commitment_until": "coalesce(t.commitment_until, '')",
        },
        {"state": "t.state = ?", "tariff": "t.tariff = ?", "cost_centre": "t.cost_centre = ?"},
    ),
    "sims": Listed(
        "sim.SimSummary",
        f"{CLIENT} LEFT JOIN lines l ON l.id = t.line_id LEFT JOIN sims p"
        " ON p.id = t.predecessor_id LEFT JOIN orders o ON o.id = t.order_id",
        {
            "client": "c.name",
            "msisdn": "coalesce(l.msisdn, '')",
            "predecessor": "coalesce(p.iccid, '')",
            "order": "coalesce(o.number, '')",
            "has_secrets": "t.puk != '' OR t.pin != ''",
        },
        {"iccid": "t.iccid"},
        {"in_use": "(t.line_id IS NOT NULL AND t.valid_until IS NULL) = ?"},
    ),
    "devices": Listed(
        "device.DeviceSummary",
        f"{CLIENT} LEFT JOIN lines l ON l.id = t.line_id LEFT JOIN orders o ON o.id = t.order_id",
        {
            "client": "c.name",
            "msisdn": "coalesce(l.msisdn, '')",
            "order": "coalesce(o.number, '')",
        },
        {
            "model": "czech_key(t.model)",
            "holder": "czech_key(t.holder)",
            "imei": "t.imei",
            "warranty_until": "coalesce(t.warranty_until, '')",
        },
    ),
    "requests": Listed(
        "request.RequestSummary",
        f"{CLIENT} LEFT JOIN contacts o ON o.id = t.contact_id",
        {
            "client": "c.name",
            "contact": "coalesce(o.name, t.caller)",
            "lines": "(SELECT count(*) FROM request_lines l WHERE l.request_id = t.id"
            " AND l.deleted_at IS NULL)",
            "waits_for": "CASE t.state WHEN 'waiting-client' THEN coalesce(o.name, t.caller)"
            " WHEN 'waiting-operator' THEN coalesce((SELECT e.reason FROM entries e"
            " WHERE e.request_id = t.id AND e.kind = 'hand-over' AND e.deleted_at IS NULL"
            " ORDER BY e.at DESC LIMIT 1), '') ELSE '' END",
        },
        {
            "due_at": "coalesce(t.due_at, '')",
            "received_at": "t.received_at",
            "number": "t.number",
            "state": "t.state",
            "kind": "t.kind",
            "client": "czech_key(c.name)",
            "news_due_at": "t.news_due_at",
            "chase_at": "t.chase_at",
        },
        {
            "open": f"(t.state IN ({_OPEN})) = ?",
            "state": "t.state = ?",
            "kind": "t.kind = ?",
            "due_before": f"t.state IN ({_OPEN}) AND t.due_at < ? AND t.standing_since IS NULL",
            "due_from": "t.due_at >= ?",
            "news_before": f"t.state IN ({_OPEN}) AND t.news_due_at < ?",
            "chase_before": f"t.state IN ({_OPEN}) AND t.chase_at < ?",
            "confirmation": "t.confirmation = ?",
            "line": "t.id IN (SELECT request_id FROM request_lines WHERE line_id = ?)",
            "contact": "t.contact_id = ?",
        },
    ),
    "tariffs": Listed(
        "tariff.TariffSummary",
        CLIENT,
        {
            "client": "c.name",
            "lines": "(SELECT count(*) FROM lines l WHERE l.client_id = t.client_id"
            " AND l.tariff = t.name AND l.deleted_at IS NULL)",
        },
        {"name": "czech_key(t.name)", "code": "t.code", "client": "czech_key(c.name)"},
    ),
    "orders": ORDERS,
    "catalogue_items": CATALOGUE,
    "usage": USAGE,
    "documents": Listed(
        "document.DocumentSummary",
        CLIENT,
        {
            "client": "c.name",
            "is_sealed": "EXISTS(SELECT 1 FROM attachments a WHERE a.owner_id = t.id"
            " AND a.deleted_at IS NULL)",
        },
        {"issued_at": "t.issued_at", "number": "t.number", "client": "czech_key(c.name)"},
        {"kind": "t.kind = ?", "void": "(t.voided_at IS NOT NULL) = ?"},
    ),
}


def sortable(noun: str) -> tuple[str, ...]:
    """Return the columns that a noun's list can be sorted by."""
    return tuple(_LISTS[noun].sorts)


def fields(noun: str) -> tuple[str, ...]:
    """Return the fields of a noun's summaries, with those that are computed from others."""
    record = _LISTS[noun].record
    computed = [name for name, value in vars(record).items() if isinstance(value, property)]
    return (*rows.columns(record), *computed)


def page(db: Database, query: ListQuery, after: Key | None, limit: int) -> Page:
    """Read the rows that follow a key.

    Args:
        db: the open database.
        query: what the list shows.
        after: the last row already read, or None for the beginning.
        limit: rows at most.
    """
    listed = _LISTS[query.noun]
    record = listed.record
    names = rows.columns(record)
    values = ", ".join(listed.values.get(name, f"t.{name}") for name in names)
    found = _read(db, query, f"{values}, {_sort(query)}", listed.joins, after, limit + 1)
    kept = found[:limit]
    return Page(
        [rows.decode(record, row[:-1]) for row in kept],
        [(row[-1], row[0]) for row in kept],
        len(found) <= limit,
    )


def anchors(db: Database, query: ListQuery, after: Key | None, step: int, count: int) -> Anchors:
    """Find the next places at even distances.

    Args:
        db: the open database.
        query: what the list shows.
        after: the last anchor already known, or None.
        step: rows between two anchors.
        count: anchors at most.
    """
    what = f"{_sort(query)}, t.id"
    keys: list[Key] = []
    for _ in range(count):
        found = _read(db, query, what, _needed_joins(query), after, step)
        if len(found) < step:
            return Anchors(keys, len(found))
        after = (found[-1][0], found[-1][1])
        keys.append(after)
    return Anchors(keys, None)


def ids(db: Database, query: ListQuery, limit: int) -> list[int]:
    """Return the ids of a list's rows, for a step over the whole selection."""
    return [row[0] for row in _read(db, query, "t.id", _needed_joins(query), None, limit)]


def count(db: Database, query: ListQuery) -> int:
    """Return how many rows a list has."""
    where, parameters = _where(db, query)
    found = db.conn.execute(
        f"SELECT count(*) FROM {query.noun} t {_needed_joins(query)} WHERE {where}", parameters
    ).fetchone()
    return int(found[0])


def _needed_joins(query: ListQuery) -> str:
    listed = _LISTS[query.noun]
    return listed.joins if "c." in _sort(query) or (listed.words and query.text) else ""


def _sort(query: ListQuery) -> str:
    return _LISTS[query.noun].sorts[query.sort]


def _read(
    db: Database, query: ListQuery, what: str, joins: str, after: Key | None, limit: int
) -> list[tuple[Any, ...]]:
    """Read rows in order: first the rest of those that sort alike, then those behind them.

    In two steps because each of them is a plain range of the index, which a comparison of
    (value, id) pairs over an index of an expression is not.
    """
    where, parameters = _where(db, query)
    sort, direction = _sort(query), "DESC" if query.descending else "ASC"
    beyond = "<" if query.descending else ">"
    select = f"SELECT {what} FROM {query.noun} t {joins} WHERE {where}"
    order = f"ORDER BY {sort} {direction}, t.id {direction} LIMIT ?"
    if after is None:
        first: list[tuple[Any, ...]] = db.conn.execute(
            f"{select} {order}", [*parameters, limit]
        ).fetchall()
        return first
    value, row = after
    found: list[tuple[Any, ...]] = db.conn.execute(
        f"{select} AND {sort} = ? AND t.id {beyond} ? ORDER BY t.id {direction} LIMIT ?",
        [*parameters, value, row, limit],
    ).fetchall()
    if len(found) < limit:
        found += db.conn.execute(
            f"{select} AND {sort} {beyond} ? {order}", [*parameters, value, limit - len(found)]
        ).fetchall()
    return found


def _where(db: Database, query: ListQuery) -> tuple[str, list[Any]]:
    """Return the conditions of a list, written so that the better index is used.

    Where only few rows fit, they are found by the conditions and then sorted; where many
    fit, the sorted index is walked and the plus sign keeps the planner from the other way.
    """
    listed = _LISTS[query.noun]
    conditions: list[str] = []
    parameters: list[Any] = []
    if query.client_id and listed.client:
        conditions.append(f"{listed.client} = ?")
        parameters.append(query.client_id)
    for name, value in query.filters:
        conditions.append(f"({listed.filters[name]})")
        parameters.append(value)
    if conditions and _many_fit(db, query.noun, conditions, parameters):
        conditions = [f"+{condition}" for condition in conditions]
    for word in _words(query.text) if listed.words else ():
        conditions.append(f"instr(unaccented({listed.words}), unaccented(?))")
        parameters.append(word)
    words = "" if listed.words else search.match(query.text, query.noun, query.client_id)
    if words:
        newest = "" if query.is_whole else f" ORDER BY rowid DESC LIMIT {FOUND_AT_MOST}"
        conditions.append(f"t.id IN (SELECT rowid FROM search WHERE search MATCH ?{newest})")
        parameters.append(words)
    return " AND ".join(["t.deleted_at IS NULL", *conditions]), parameters


def _words(text: str) -> list[str]:
    """Return what a text asks for; digits that spaces part are one number."""
    joined = "".join(text.split())
    return [joined] if joined.isdecimal() else text.split()


def _many_fit(
    db: Database, noun: str, conditions: Sequence[str], parameters: Sequence[Any]
) -> bool:
    found = db.conn.execute(
        f"SELECT count(*) FROM (SELECT 1 FROM {noun} t WHERE {' AND '.join(conditions)}"
        f" LIMIT {_MANY})",
        parameters,
    ).fetchone()
    return bool(found[0] == _MANY)
