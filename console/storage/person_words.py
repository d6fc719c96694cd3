"""What a person is found by in texts: names, addresses, and phone numbers however written."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from console.domain import phone
from console.storage.connection import Database

_CONTACT_FIELDS: Final = ("name", "email", "mobile", "landline", "fax", "other_phones")
_PHONE_FIELDS: Final = frozenset({"mobile", "landline", "fax", "other_phones"})
_SHORTEST: Final = 4
_SEPARATORS: Final = ("", " ", "\u00a0", "-", ".", "/")
_CZECH: Final = "+420"
_GROUPINGS: Final = ((3, 3, 3), (3, 2, 2, 2), (2, 3, 2, 2))
HOLDER: Final = "journal"
"""The noun of an erasure whose record is the entry of the journal that made somebody a holder."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a person is called in texts.

    Args:
        texts: names and addresses, the longest first.
        phones: E.164; those of the client's own numbers are none of the person's.
    """

    texts: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.texts or self.phones)

    def without(self, text: str) -> "Words":
        """Return the words but for one."""
        return Words(tuple(one for one in self.texts if one != text), self.phones)

    @property
    def sought(self) -> tuple[str, ...]:
        """Every spelling that a text may hold."""
        return (*self.texts, *(spelling for one in self.phones for spelling in _spellings(one)))

    def replaced(self, text: str, pseudonym: str) -> str:
        """Return a text with the pseudonym for names, and nothing for addresses and phones."""
        for word in self.texts:
            text = text.replace(word, "" if "@" in word else pseudonym)
        for number in self.phones:
            text = _pattern(number).sub("", text)
        return text


def _spellings(number: str) -> list[str]:
    """Return how people write a number: in groups, with and without what parts them."""
    if not number.startswith(_CZECH):
        return [number]
    digits = number.removeprefix(_CZECH)
    found = dict[str, None]()
    for grouping in _GROUPINGS:
        groups, at = [], 0
        for length in grouping:
            groups.append(digits[at : at + length])
            at += length
        found.update(dict.fromkeys(separator.join(groups) for separator in _SEPARATORS))
    return list(found)


def _pattern(number: str) -> re.Pattern[str]:
    """Return what finds a number that stands alone, with its prefix where it has one."""
    if not number.startswith(_CZECH):
        return re.compile(rf"{re.escape(number)}(?!\d)")
    digits = r"[\s./-]?".join(number.removeprefix(_CZECH))
    return re.compile(rf"(?<!\d)(?:(?:\+|00)420[\s./-]?)?{digits}(?!\d)")


def of(db: Database, noun: str, record_id: int) -> Words:
    """Return everything that a person was ever called.

    Args:
        db: the open database.
        noun: ``contacts``, or :data:`HOLDER`.
        record_id: of the contact, or of the journal's entry.
    """
    if noun == HOLDER:
        return named(_holder(db, record_id))
    return _of_contact(db, record_id)


def named(name: str) -> Words:
    """Return the words of somebody of whom only the name is known."""
    return Words(_texts([name]))


def _holder(db: Database, entry: int) -> str:
    found = db.conn.execute(
        "SELECT changed FROM journal WHERE id = ? AND NOT erased", (entry,)
    ).fetchone()
    return _new_holder(found[0]) if found else ""


def became_holder(db: Database, client_id: int, name: str) -> list[int]:
    """Return the entries of the journal that made somebody the holder of something."""
    found = db.conn.execute(
        "SELECT id, changed FROM journal WHERE \"table\" IN ('lines', 'devices') AND NOT erased"
        ' AND "row" IN (SELECT id FROM lines WHERE client_id = ?1 UNION ALL'
        " SELECT id FROM devices WHERE client_id = ?1) AND instr(changed, ?2)",
        (client_id, json.dumps(name, ensure_ascii=False)),
    )
    return [entry for entry, changed in found if _new_holder(changed) == name]


def _new_holder(changed: str) -> str:
    value = json.loads(changed).get("holder")
    return str((value[-1] if isinstance(value, list) else value) or "")


def _of_contact(db: Database, record_id: int) -> Words:
    values: list[tuple[str, Any]] = []
    columns = ", ".join(_CONTACT_FIELDS)
    for row in db.conn.execute(f"SELECT {columns} FROM contacts WHERE id = ?", (record_id,)):
        values += zip(_CONTACT_FIELDS, row, strict=True)
    for (changed,) in db.conn.execute(
        'SELECT changed FROM journal WHERE "table" = \'contacts\' AND "row" = ? AND NOT erased',
        (record_id,),
    ):
        for name, value in json.loads(changed).items():
            both = value if isinstance(value, list) else [value]
            values += [(name, one) for one in both if name in _CONTACT_FIELDS]
    texts = [value for name, value in values if name not in _PHONE_FIELDS]
    written = [one for name, value in values if name in _PHONE_FIELDS for one in _listed(value)]
    shared = _of_others(db, record_id)
    own_texts = (text for text in texts if text not in shared)
    return Words(_texts(own_texts), _phones(db, written, shared))


def _of_others(db: Database, record_id: int) -> set[str]:
    """Return the addresses and numbers that colleagues share: a mailbox, a switchboard."""
    columns = ", ".join(f"o.{name}" for name in _CONTACT_FIELDS if name != "name")
    found = db.conn.execute(
        f"SELECT {columns} FROM contacts o JOIN contacts t ON t.client_id = o.client_id"
        " WHERE t.id = ? AND o.id != t.id AND o.deleted_at IS NULL",
        (record_id,),
    )
    values = {value for row in found for field in row for value in [field, *_listed(field)]}
    return values | {phone.normalise(value) for value in values}


def _listed(value: Any) -> list[str]:
    """Return the numbers of a field; several stand there as JSON."""
    if isinstance(value, str) and value.startswith("["):
        return [str(one) for one in json.loads(value)]
    return [value] if isinstance(value, str) else []


def _texts(found: Iterable[Any]) -> tuple[str, ...]:
    texts = {text for text in found if isinstance(text, str) and len(text) >= _SHORTEST}
    texts |= {_without_titles(text) for text in texts if "@" not in text}
    return tuple(sorted((t for t in texts if len(t) >= _SHORTEST), key=len, reverse=True))


def _without_titles(name: str) -> str:
    """Return a name without degrees before and behind it: ``Ing. Jan Novák, Ph.D.``."""
    core = name.partition(",")[0]
    return " ".join(part for part in core.split() if not part.endswith("."))


def _phones(db: Database, written: Iterable[str], shared: set[str]) -> tuple[str, ...]:
    """Return the person's numbers; those of the client's lines the register needs."""
    found = dict.fromkeys(number for text in written if (number := phone.normalise(text)))
    numbers = [number for number in found if number not in shared]
    marks = ", ".join("?" * len(numbers))
    ours = db.conn.execute(f"SELECT msisdn FROM lines WHERE msisdn IN ({marks})", numbers)
    taken = {row[0] for row in ours}
    return tuple(number for number in numbers if number not in taken)
