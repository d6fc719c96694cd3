"""Records to rows and back: the one place that converts dates, decimals, enums and lists.

Knows the table of each record type. Queries of a noun live in that noun's file.
"""

import json
import types
import typing
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, ValuesView
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from importlib import import_module
from typing import Any, Final, TypeVar

from console.domain.record import Record

_PLACES: Final[Mapping[str, tuple[str, str]]] = {
    "Client": ("client", "clients"),
    "Contact": ("contact", "contacts"),
    "Authority": ("contact", "authorities"),
    "AgreementVersion": ("agreement_version", "agreements"),
    "Closure": ("agreement_version", "closures"),
    "Line": ("line", "lines"),
    "LineChange": ("line", "line_changes"),
    "Sim": ("sim", "sims"),
    "Tariff": ("tariff", "tariffs"),
    "Device": ("device", "devices"),
    "Request": ("request", "requests"),
    "RequestLine": ("request", "request_lines"),
    "Entry": ("request", "entries"),
    "RequestDeadline": ("request", "deadlines"),
    "Order": ("order", "orders"),
    "OrderLine": ("order", "order_lines"),
    "CatalogueItem": ("catalogue_item", "catalogue_items"),
    "Meeting": ("meeting", "meetings"),
    "MeetingPoint": ("meeting", "meeting_points"),
    "Document": ("document", "documents"),
    "Attachment": ("attachment", "attachments"),
    "Access": ("access", "accesses"),
    "Usage": ("usage", "usage"),
    "Complaint": ("complaint", "complaints"),
    "RequestLink": ("request_link", "request_links"),
    "AuthorityCheck": ("authority_check", "authority_checks"),
    "OutgoingMail": ("outgoing_mail", "outgoing_mails"),
    "Conflict": ("conflict", "conflicts"),
    "Erasure": ("erasure", "erasures"),
}
"""Record types by name: the file of the domain that holds them, and their table."""


class _Tables(Mapping[type[Record], str]):
    """The table of each record type; a type is imported when it is first asked for.

    Making all of them takes longer than opening a database, and the first page shows few.
    """

    def __getitem__(self, record_type: type[Record]) -> str:
        return _PLACES[record_type.__name__][1]

    def __iter__(self) -> Iterator[type[Record]]:
        return (_record_type(name) for name in _PLACES)

    def __len__(self) -> int:
        return len(_PLACES)

    def values(self) -> ValuesView[str]:
        return {name: table for name, (_file, table) in _PLACES.items()}.values()


TABLES: Final[Mapping[type[Record], str]] = _Tables()

AnyRecord = TypeVar("AnyRecord")
Converter = Callable[[Any], Any]


def _record_type(name: str) -> type[Record]:
    found: type[Record] = getattr(import_module(f"console.domain.{_PLACES[name][0]}"), name)
    return found


def _same(value: Any) -> Any:
    return value


def encode_datetime(value: datetime) -> str:
    """Return an aware time as UTC text of fixed width, which sorts as it follows."""
    return value.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _decode_tuple(value: str) -> tuple[Any, ...]:
    return tuple(json.loads(value))


def _encode_tuple(value: tuple[Any, ...]) -> str:
    return json.dumps(list(value), ensure_ascii=False)


_ENCODERS: Final[Mapping[type, Converter]] = {
    bool: int,
    int: _same,
    str: _same,
    Decimal: str,
    date: date.isoformat,
    datetime: encode_datetime,
    tuple: _encode_tuple,
}
_DECODERS: Final[Mapping[type, Converter]] = {
    bool: bool,
    int: _same,
    str: _same,
    Decimal: Decimal,
    date: date.fromisoformat,
    datetime: datetime.fromisoformat,
    tuple: _decode_tuple,
}


@dataclass(frozen=True, slots=True)
class _Shape:
    """How the fields of one record type are written and read, in their order."""

    names: tuple[str, ...]
    encoders: tuple[Converter, ...]
    decoders: tuple[Converter, ...]


_shapes: dict[type, _Shape] = {}


def _shape(record_type: type) -> _Shape:
    if record_type not in _shapes:
        _shapes[record_type] = _read_shape(record_type)
    return _shapes[record_type]


def _read_shape(record_type: type) -> _Shape:
    hints = typing.get_type_hints(record_type)
    names = tuple(field.name for field in fields(record_type))
    plain = [_plain_type(hints[name]) for name in names]
    return _Shape(
        names,
        tuple(_encoder(kind) for kind in plain),
        tuple(_decoder(kind) for kind in plain),
    )


def _plain_type(hint: Any) -> type:
    origin = typing.get_origin(hint)
    if origin is types.UnionType:
        return _plain_type(next(a for a in typing.get_args(hint) if a is not type(None)))
    return typing.cast("type", origin or hint)


def _encoder(kind: type) -> Converter:
    return str if issubclass(kind, StrEnum) else _ENCODERS[kind]


def _decoder(kind: type) -> Converter:
    return kind if issubclass(kind, StrEnum) else _DECODERS[kind]


def columns(record_type: type) -> tuple[str, ...]:
    """Return the column names of a record type, in the order of its fields."""
    return _shape(record_type).names


def column_list(record_type: type, alias: str = "") -> str:
    """Return the columns as SQL, each with the table's alias where one is given."""
    dot = f"{alias}." if alias else ""
    return ", ".join(dot + name for name in columns(record_type))


def encode(record: Record) -> tuple[Any, ...]:
    """Return a record's values as the database keeps them, in the order of its fields."""
    shape = _shape(type(record))
    return tuple(
        None if (value := getattr(record, name)) is None else encoder(value)
        for name, encoder in zip(shape.names, shape.encoders, strict=True)
    )


def encoder(record_type: type, name: str) -> Converter:
    """Return what turns one field's values into what the database keeps."""
    shape = _shape(record_type)
    return shape.encoders[shape.names.index(name)]


def encode_column(record_type: type, name: str, values: Sequence[Any]) -> Sequence[Any]:
    """Return one field's values of many records as the database keeps them."""
    convert = encoder(record_type, name)
    if convert is _same:
        return values
    known = {value: None if value is None else convert(value) for value in set(values)}
    return [known[value] for value in values]


def encode_field(record_type: type, name: str, value: Any) -> Any:
    """Return one field's value as the database keeps it."""
    return None if value is None else encoder(record_type, name)(value)


def decode(record_type: type[AnyRecord], row: Sequence[Any]) -> AnyRecord:
    """Return the record of a row whose columns come in the order of the fields."""
    shape = _shape(record_type)
    return record_type(
        **{
            name: None if value is None else decoder(value)
            for name, decoder, value in zip(shape.names, shape.decoders, row, strict=True)
        }
    )


def decode_all(record_type: type[AnyRecord], rows: Iterable[Sequence[Any]]) -> list[AnyRecord]:
    """Return the records of many rows."""
    return [decode(record_type, row) for row in rows]


def decode_field(table: str, name: str, value: Any) -> Any:
    """Return one field's value of a table's row; what the table does not know stays as it is."""
    known = next((kind for kind, (_file, its) in _PLACES.items() if its == table), None)
    if value is None or known is None or name not in columns(_record_type(known)):
        return value
    shape = _shape(_record_type(known))
    return shape.decoders[shape.names.index(name)](value)
