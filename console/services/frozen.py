"""Finished records as JSON and back: what a document was made from, kept for ever.

Unlike rows of the database, these are whole trees of records, always in the same order.
"""

import json
import types
import typing
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, TypeVar

AnyRecord = TypeVar("AnyRecord")


def to_json(record: Any) -> str:
    """Return a finished record as JSON, always in the same order; times are in UTC."""
    return json.dumps(_plain(record), ensure_ascii=False, indent=1)


def with_journal(plain: str, unit: int, head: str) -> str:
    """Add to a finished record where the journal stood, so that the paper vouches for it.

    Args:
        plain: from :func:`to_json`.
        unit: id of the last unit; 0 where there is none.
        head: its hash, hexadecimal.
    """
    body = {**json.loads(plain), "journal": {"unit": unit, "head": head}}
    return json.dumps(body, ensure_ascii=False, indent=1)


def journal_of(plain: str) -> tuple[int, str]:
    """Return where the journal stood; zero and nothing in documents of before that was kept."""
    found = json.loads(plain).get("journal", {})
    return int(found.get("unit", 0)), str(found.get("head", ""))


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, datetime) and value.tzinfo:
        return value.astimezone(UTC).isoformat()
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def from_json(record_type: type[AnyRecord], text: str) -> AnyRecord:
    """Return the record that was written; fields that came later have their defaults."""
    made: AnyRecord = _made(record_type, json.loads(text))
    return made


def _made(kind: Any, value: Any) -> Any:
    if isinstance(kind, types.UnionType):
        kinds = [part for part in kind.__args__ if part is not type(None)]
        return None if value is None else _made(kinds[0], value)
    if typing.get_origin(kind) is tuple:
        return _made_tuple(typing.get_args(kind), value)
    if isinstance(kind, type) and is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        known = {f.name for f in fields(kind)} & value.keys()
        return kind(**{name: _made(hints[name], value[name]) for name in known})
    if kind in (date, datetime):
        return kind.fromisoformat(value)
    return kind(value) if kind in (Decimal, float) else value


def _made_tuple(kinds: tuple[Any, ...], values: list[Any]) -> tuple[Any, ...]:
    if kinds[-1] is Ellipsis:
        return tuple(_made(kinds[0], value) for value in values)
    return tuple(_made(kind, value) for kind, value in zip(kinds, values, strict=True))
