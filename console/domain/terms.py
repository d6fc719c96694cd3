"""Agreements to plain data and back: the form of the shipped files and of what is stored.

Every mistake names the file, the clause and the field.
"""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Any, Final, TypeVar

from console.domain.agreement import (
    ALWAYS,
    Agreement,
    Clause,
    ClauseException,
    ClauseUnit,
    ContactPoint,
    Dimension,
    DueMoment,
    Nature,
    Reopening,
    Role,
    Specialist,
    StartPolicy,
    SupportLevel,
    Windows,
    Words,
)
from console.domain.request import Channel, Kind
from console.domain.working_time import WorkingHours
from console.errors import KnownError

_Word = TypeVar("_Word", bound=StrEnum)
_Part = TypeVar("_Part")
_MOST: Final = 10_000
"""More of any unit than a contract gives; keeps years within those that dates have."""
_HOUR_UNITS: Final = (ClauseUnit.HOURS, ClauseUnit.WORKING_HOURS)


class _Reader:
    """Reads one table of fields; knows where it is, for the messages."""

    def __init__(self, file: str, part: str, data: Any) -> None:
        self._file, self._part = file, part
        if not isinstance(data, Mapping):
            raise self.wrong("")
        self._data = data
        self._used: set[str] = set()

    def wrong(self, name: str) -> KnownError:
        return KnownError("terms-field", file=self._file, part=self._part, field=name)

    def take(self, name: str, kind: type[_Part], default: _Part | None = None) -> _Part:
        self._used.add(name)
        value = self._data.get(name, default)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise self.wrong(name)
        return value

    def word(self, name: str, words: type[_Word], default: _Word) -> _Word:
        try:
            return words(self.take(name, str, default.value))
        except ValueError as error:
            raise self.wrong(name) from error

    def words(self, name: str, words: type[_Word]) -> frozenset[_Word]:
        try:
            return frozenset(words(word) for word in self.take(name, list, []))
        except ValueError as error:
            raise self.wrong(name) from error

    def filled(self, name: str) -> str:
        """Read a text that says something."""
        value = self.take(name, str)
        if not value.strip():
            raise self.wrong(name)
        return value

    def text(self, name: str, needed: bool = False) -> Words:
        self._used.add(name)
        return self.both(name, self._data.get(name, {}), needed)

    def texts(self, name: str) -> tuple[Words, ...]:
        """Read a list of texts in both languages."""
        return tuple(self.both(name, value, True) for value in self.take(name, list, []))

    def both(self, name: str, value: Any, needed: bool) -> Words:
        if not isinstance(value, Mapping) or not set(value) <= {"cs", "en"}:
            raise self.wrong(name)
        if not all(isinstance(text, str) for text in value.values()):
            raise self.wrong(name)
        words = Words(value.get("cs", ""), value.get("en", ""))
        if needed and not (words.cs.strip() and words.en.strip()):
            raise self.wrong(name)
        return words

    def whole(self, name: str, default: int | None, least: int = 0) -> int | None:
        self._used.add(name)
        value = self._data.get(name, default)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.wrong(name)
        if not least <= value <= _MOST:
            raise self.wrong(name)
        return value

    def needed(self, name: str) -> int:
        """Read a whole number that may not be left out."""
        value = self.whole(name, None)
        if value is None:
            raise self.wrong(name)
        return value

    def parts(self, name: str, read: Callable[["_Reader"], _Part]) -> tuple[_Part, ...]:
        items = self.take(name, list, [])
        return tuple(
            self._part_done(read, _Reader(self._file, _name_of(name, index, item), item))
            for index, item in enumerate(items, 1)
        )

    @staticmethod
    def _part_done(read: Callable[["_Reader"], _Part], reader: "_Reader") -> _Part:
        part = read(reader)
        reader.finish()
        return part

    def finish(self) -> None:
        """Refuse fields that nobody knows: most likely a slip of the pen."""
        unknown = sorted(set(self._data) - self._used)
        if unknown:
            raise self.wrong(unknown[0])


def _name_of(name: str, index: int, item: Any) -> str:
    own = item.get("id") or item.get("name") if isinstance(item, Mapping) else None
    return own if isinstance(own, str) and own.strip() else f"{name} {index}"


def parse_agreement(file: str, data: Mapping[str, Any]) -> Agreement:
    """Read an agreement from plain data.

    Args:
        file: what the messages call the source.
        data: as TOML or JSON gives it.

    Raises:
        KnownError: ``terms-field`` names file, clause and field.
    """
    reader = _Reader(file, "agreement", data)
    agreement = Agreement(
        key=reader.filled("key"),
        name=reader.text("name", needed=True),
        summary=reader.text("summary"),
        services=reader.texts("services"),
        calendars=_calendars(reader),
        contact_points=reader.parts("contact_points", _contact_point),
        specialists=reader.parts("specialists", _specialist),
        levels=reader.parts("levels", _level),
        clauses=reader.parts("clauses", _clause),
        authorised_only=reader.take("authorised_only", bool, False),
        charges_allowed=reader.take("charges_allowed", bool, True),
        logs_access=reader.take("logs_access", bool, False),
        purpose=reader.text("purpose"),
        responsible=reader.text("responsible"),
        news_hours=reader.whole("news_hours", 0) or 0,
        reopening=reader.word("reopening", Reopening, Reopening.CONTINUE),
        precedence=_precedence(reader),
    )
    reader.finish()
    _check_references(file, agreement)
    return agreement


def _precedence(reader: _Reader) -> tuple[Dimension, ...]:
    default = [dimension.value for dimension in Agreement(key="", name=Words()).precedence]
    try:
        found = tuple(Dimension(word) for word in reader.take("precedence", list, default))
    except ValueError as error:
        raise reader.wrong("precedence") from error
    if len(set(found)) < len(found):
        raise reader.wrong("precedence")
    return found


def _calendars(reader: _Reader) -> dict[str, Windows]:
    calendars: dict[str, Windows] = {}
    for name, days in reader.take("calendars", dict, {}).items():
        if name == ALWAYS:
            raise reader.wrong(f"calendars.{name}")
        try:
            windows = {
                day: tuple((opens, closes) for opens, closes in pairs)
                for day, pairs in days.items()
            }
            WorkingHours(windows)
        except (AttributeError, TypeError, ValueError, KnownError) as error:
            raise reader.wrong(f"calendars.{name}") from error
        calendars[name] = windows
    return calendars


def _contact_point(reader: _Reader) -> ContactPoint:
    return ContactPoint(
        channel=reader.word("channel", Channel, Channel.PHONE),
        label=reader.text("label", needed=True),
        value=reader.filled("value"),
        calendar=reader.take("calendar", str, ALWAYS),
        note=reader.text("note"),
    )


def _specialist(reader: _Reader) -> Specialist:
    return Specialist(
        role=reader.word("role", Role, Role.CARE),
        name=reader.filled("name"),
        email=reader.take("email", str, ""),
        landline=reader.take("landline", str, ""),
        mobile=reader.take("mobile", str, ""),
        fax=reader.take("fax", str, ""),
        calendar=reader.take("calendar", str, ALWAYS),
        in_crisis=reader.take("in_crisis", bool, False),
        kinds=reader.words("kinds", Kind),
        channels=reader.words("channels", Channel),
    )


def _level(reader: _Reader) -> SupportLevel:
    return SupportLevel(
        number=reader.needed("number"),
        name=reader.text("name", needed=True),
        units=reader.texts("units"),
    )


def _clause(reader: _Reader) -> Clause:
    unit = reader.word("unit", ClauseUnit, ClauseUnit.HOURS)
    usual_due = DueMoment.EXACT if unit in _HOUR_UNITS else DueMoment.END_OF_DAY
    clause = Clause(
        id=reader.filled("id"),
        reference=reader.text("reference", needed=True),
        channels=reader.words("channels", Channel),
        kinds=reader.words("kinds", Kind),
        quantity_from=reader.whole("quantity_from", 0) or 0,
        quantity_to=reader.whole("quantity_to", None),
        unit=unit,
        amount=reader.needed("amount"),
        calendar=reader.take("calendar", str, ALWAYS),
        start=reader.word("start", StartPolicy, StartPolicy.RECEIVED),
        due=reader.word("due", DueMoment, usual_due),
        nature=reader.word("nature", Nature, Nature.CONTRACTUAL),
        pausable=reader.take("pausable", bool, True),
        exceptions=reader.parts("exceptions", _exception),
        precedence=reader.take("precedence", int, 0),
    )
    _check_clause(reader, clause)
    return clause


def _check_clause(reader: _Reader, clause: Clause) -> None:
    if clause.amount == 0 and clause.unit is not ClauseUnit.DAYS:
        raise reader.wrong("amount")
    if clause.unit in _HOUR_UNITS and clause.due is not DueMoment.EXACT:
        raise reader.wrong("due")
    if clause.unit not in _HOUR_UNITS and clause.due is DueMoment.EXACT:
        raise reader.wrong("due")
    if clause.quantity_to is not None and clause.quantity_to < clause.quantity_from:
        raise reader.wrong("quantity_to")
    if clause.nature is Nature.STATUTORY:
        raise reader.wrong("nature")
    if clause.due is DueMoment.END_OF_HOURS and clause.calendar == ALWAYS:
        raise reader.wrong("calendar")
    reasons = [exception.reason for exception in clause.exceptions]
    if len(set(reasons)) < len(reasons):
        raise reader.wrong("exceptions")


def _exception(reader: _Reader) -> ClauseException:
    return ClauseException(
        reason=reader.filled("reason"), amount=reader.whole("amount", None, least=1)
    )


def _check_references(file: str, agreement: Agreement) -> None:
    known = {ALWAYS, *agreement.calendars}
    parts: Sequence[tuple[str, str]] = [
        *((clause.id, clause.calendar) for clause in agreement.clauses),
        *((person.name, person.calendar) for person in agreement.specialists),
        *((point.value, point.calendar) for point in agreement.contact_points),
    ]
    for part, calendar in parts:
        if calendar not in known:
            raise KnownError("terms-field", file=file, part=part, field="calendar")
    ids = [clause.id for clause in agreement.clauses]
    for clause_id in ids:
        if ids.count(clause_id) > 1:
            raise KnownError("terms-field", file=file, part=clause_id, field="id")


def to_mapping(agreement: Agreement) -> dict[str, Any]:
    """Return an agreement as plain data, which :func:`parse_agreement` reads back."""
    plain: dict[str, Any] = _plain(agreement)
    return plain


def _plain(value: Any) -> Any:
    """Turn records into mappings, sets into sorted lists; what is None is left out."""
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, Words):
        return {code: text for code, text in (("cs", value.cs), ("en", value.en)) if text}
    if isinstance(value, frozenset):
        return sorted(_plain(item) for item in value)
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {name: _plain(item) for name, item in value.items()}
    if hasattr(value, "__dataclass_fields__"):
        names = value.__dataclass_fields__
        return {n: _plain(v) for n in names if (v := getattr(value, n)) is not None}
    return value
