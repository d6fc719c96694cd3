"""What differs between two revisions of a document: in words, and one by one."""

import json
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

from console.domain import formats
from console.domain.document import Document
from console.services.frozen import to_json
from console.texts import N_, _, ngettext

_NOT_COMPARED: Final = frozenset(
    {"number", "document", "revision", "issued_at", "language", "month", "journal"}
)
"""Fields that are of the document itself, or by which its last revision was found."""
_DIFFERENCES: Final = {
    **dict.fromkeys(
        ("client", "ico", "dic", "seat", "agreement"),
        N_("the client's particulars or agreement"),
    ),
    **dict.fromkeys(
        ("manager", "manager_email", "manager_phone", "operator"),
        N_("the account manager's particulars"),
    ),
    **dict.fromkeys(("ordered_by", "authority"), N_("who orders")),
    **dict.fromkeys(("ordered_on", "delivery_address", "note"), N_("day, delivery or note")),
    **dict.fromkeys(("vat", "net", "gross"), N_("sums")),
    "kinds": N_("requests"),
    "states": N_("states"),
    "clauses": N_("deadlines"),
    "open_points": N_("open points"),
    "changes": N_("changes of numbers"),
    "tariffs": N_("tariffs"),
    "channels": N_("contacts or channels"),
    "misses": N_("missed deadlines"),
    "complaints": N_("complaints"),
    "costs": N_("costs"),
    "expiring": N_("ends of commitments"),
    "promises": N_("promises"),
    "lines": N_("numbers or lines"),
    "agreement": N_("agreement"),
    "valid_from": N_("validity"),
    "summary": N_("summary"),
    "services": N_("services"),
    "specialists": N_("specialists"),
    "levels": N_("levels of support"),
    "deadlines": N_("rules for deadlines"),
    "rules": N_("rules of care"),
    "brand": N_("the operator's look"),
    "signatures": N_("signatures"),
}

_CONTENTS: Final = N_("contents")
_FLAGS: Final = {
    "is_overdue": N_("overdue"),
    "accepted": N_("accepted"),
    "is_partial": N_("in part"),
}
"""Fields that are either so or not: what is so."""
_LONGEST: Final = 2_000
_ABSENT: Final = object()
_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+[+-]\d\d:\d\d")
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs: what it is, what it was, what it is now."""

    what: str
    before: str
    after: str


def words(last: Document | None, data: Any) -> list[str]:
    """Return what differs from the last revision, in words; nothing where it is the same.

    Numbers and times do not count. A signed document without its signatures is the same.

    Args:
        last: the last revision; without one everything differs.
        data: the finished record.
    """
    if last is None:
        return [""]
    changed = _changed(json.loads(last.data), json.loads(to_json(data)))
    if last.is_void and not changed:
        return [_("the revision before is void")]
    return list(dict.fromkeys(_word(name) for name in changed))


def one_by_one(before: Document, after: Document) -> list[Difference]:
    """Return what differs between two revisions, with what it was and what it is."""
    old, new = json.loads(before.data), json.loads(after.data)
    return [
        Difference(_word(name), *_both(old.get(name), new[name])) for name in _changed(old, new)
    ]


def _changed(before: dict[str, Any], now: dict[str, Any]) -> list[str]:
    return [
        name
        for name in now
        if name not in _NOT_COMPARED
        and not _is_same(before.get(name, _ABSENT), now[name])
        and (name != "signatures" or now[name])
    ]


def _is_same(before: Any, now: Any) -> bool:
    """Return whether a value says the same as before.

    A moment is the same in whatever zone it was written, and a field that came later says
    nothing new where it is empty.
    """
    if before is _ABSENT:
        return not now
    if isinstance(before, dict) and isinstance(now, dict):
        return all(_is_same(before.get(name, _ABSENT), part) for name, part in now.items())
    if isinstance(before, list) and isinstance(now, list):
        return len(before) == len(now) and all(map(_is_same, before, now))
    return bool(before == now) or _is_same_moment(before, now)


def _is_same_moment(before: Any, now: Any) -> bool:
    first, second = _moment(before), _moment(now)
    return first is not None and first == second


def _moment(value: Any) -> datetime | None:
    """Return an aware time out of its JSON, or None for anything else."""
    try:
        found = datetime.fromisoformat(value) if _MOMENT.fullmatch(value) else None
    except (TypeError, ValueError):
        return None
    return found


def _word(name: str) -> str:
    return _(_DIFFERENCES.get(name, _CONTENTS))


def _both(old: Any, new: Any) -> tuple[str, str]:
    if isinstance(old, list) or isinstance(new, list):
        old, new = old or [], new or []
        before, now = set(map(_key, old)), set(map(_key, new))
        gone = [item for item in old if _key(item) not in now]
        came = [item for item in new if _key(item) not in before]
        return _listed(gone, len(old)), _listed(came, len(new))
    return _shown(old), _shown(new)


def _key(item: Any) -> str:
    """Return what two rows have in common that say the same."""
    return json.dumps(_same_for_all(item), sort_keys=True)


def _same_for_all(value: Any) -> Any:
    """Return a value with its moments in UTC and without fields that say nothing."""
    if isinstance(value, dict):
        said = {name: _same_for_all(part) for name, part in value.items()}
        return {name: part for name, part in said.items() if part}
    if isinstance(value, list):
        return [_same_for_all(part) for part in value]
    at = _moment(value)
    return at.astimezone(UTC).isoformat() if at else value


def _listed(items: list[Any], count: int) -> str:
    shown = "; ".join(map(_shown, items))
    rows = ngettext("{n} row", "{n} rows", count).format(n=count)
    return f"{rows}: {_cut(shown)}" if shown else rows


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        parts = [_named(name, part) for name, part in value.items() if name != "strokes"]
        return _cut(", ".join(part for part in parts if part))
    if isinstance(value, list):
        return _cut(", ".join(map(_shown, value)))
    return _cut(_said(value))


def _named(name: str, value: Any) -> str:
    if isinstance(value, bool) and name in _FLAGS:
        return f"{_(_FLAGS[name])}: {formats.yes_no(value)}"
    return _shown(value)


def _said(value: Any) -> str:
    """Return a single value as people write it: days, times, yes and no, fractions."""
    if value is None or isinstance(value, bool):
        return formats.yes_no(value)
    if isinstance(value, float):
        return str(value).replace(".", formats.decimal_mark())
    at = _moment(value)
    if at:
        return formats.moment(at)
    if isinstance(value, str) and _DAY.fullmatch(value):
        return _day(value)
    return str(value)


def _day(text: str) -> str:
    try:
        return formats.day(date.fromisoformat(text))
    except ValueError:
        return text


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
