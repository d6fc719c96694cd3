"""Records to rows and back: the one place that converts dates, decimals, enums and lists.

Knows the table of each record type. Queries of a noun live in that noun's file.
"""

import json
import types
import typing
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final, TypeVar

from console.domain.access import Access
from console.domain.agreement_version import AgreementVersion, Closure
from console.domain.attachment import Attachment
from console.domain.authority_check import AuthorityCheck
from console.domain.catalogue_item import CatalogueItem
from console.domain.client import Client
from console.domain.complaint import Complaint
from console.domain.conflict import Conflict
from console.domain.contact import Authority, Contact
from console.domain.device import Device
from console.domain.document import Document
from console.domain.erasure import Erasure
from console.domain.line import Line, LineChange
from console.domain.meeting import Meeting, MeetingPoint
from console.domain.order import Order, OrderLine
from console.domain.outgoing_mail import OutgoingMail
from console.domain.record import Record
from console.domain.request import (
    Entry,
    Request,
    RequestDeadline,
    RequestLine,
    RequestLink,
)
from console.domain.sim import Sim
from console.domain.tariff import Tariff
from console.domain.usage import Usage

TABLES: Final[Mapping[type[Record], str]] = {
    Client: "clients",
    Contact: "contacts",
    Authority: "authorities",
    AgreementVersion: "agreements",
    Closure: "closures",
    Line: "lines",
    LineChange: "line_changes",
    Sim: "sims",
    Tariff: "tariffs",
    Device: "devices",
    Request: "requests",
    RequestLine: "request_lines",
    Entry: "entries",
    RequestDeadline: "deadlines",
    Order: "orders",
    OrderLine: "order_lines",
    CatalogueItem: "catalogue_items",
    Meeting: "meetings",
    MeetingPoint: "meeting_points",
    Document: "documents",
    Attachment: "attachments",
    Access: "accesses",
    Usage: "usage",
    Complaint: "complaints",
    RequestLink: "request_links",
    AuthorityCheck: "authority_checks",
    OutgoingMail: "outgoing_mails",
    Conflict: "conflicts",
    Erasure: "erasures",
}

AnyRecord = TypeVar("AnyRecord")
Converter = Callable[[Any], Any]


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
    record_type = next((kind for kind, known in TABLES.items() if known == table), None)
    if value is None or record_type is None or name not in columns(record_type):
        return value
    shape = _shape(record_type)
    return shape.decoders[shape.names.index(name)](value)
