"""Values of the register's fields as people write them: read, checked, and written back.

What :func:`written` gives, :func:`read` takes again, so a form that nobody touched changes
nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from console.domain import formats, phone
from console.domain.line import UNLIMITED_MB, Line
from console.domain.order import Order
from console.domain.register_fields import FieldType, RegisterField, words_of
from console.domain.sim import Sim
from console.errors import KnownError
from console.intake import values
from console.intake.values import Normaliser
from console.texts import _
from console.workspace import Workspace

HIDDEN: Final = "••••"
Written = str | tuple[str, ...]
"""A value as a form holds it: a text, or the words that are chosen."""


def _code(cell: Any) -> values.Outcome:
    """Take an identifier, in which spaces only help to read."""
    return "".join(values.written(cell).split()), ""


_READERS: Final[Mapping[FieldType, Normaliser]] = {
    FieldType.TEXT: values.text,
    FieldType.CODE: _code,
    FieldType.DAY: values.day,
    FieldType.MONEY: values.money,
    FieldType.PERCENT: values.decimal,
    FieldType.AMOUNT: values.amount,
    FieldType.VOLUME: values.volume,
    FieldType.FLAG: values.yes_no,
    FieldType.PHONE: values.contact_phone,
    FieldType.EMAIL: values.email,
    FieldType.NUMBER: values.msisdn,
    FieldType.ICCID: values.iccid,
    FieldType.IMEI: values.imei,
    FieldType.SECRET: values.text,
}
_WARNINGS: Final = frozenset({"iccid-check", "iccid-form", "phone-value", "email-value"})
"""What is said but kept as written."""


def read(
    workspace: Workspace, client_id: int, field: RegisterField, written: Written
) -> tuple[Any, str]:
    """Return the value of what somebody wrote, and the code of a warning or an empty string.

    Args:
        workspace: the open workspace.
        client_id: whose numbers, cards and orders may be referred to.
        field: where it was written.
        written: the text, or the chosen words.

    Raises:
        KnownError: ``field-missing``, ``field-wrong``; ``name`` is the field's.
    """
    if isinstance(written, tuple) or field.holds in (FieldType.LIST, FieldType.MANY):
        return _list(field, written), ""
    if not written.strip():
        if field.is_required:
            raise KnownError("field-missing", field=field.label, name=field.name)
        return _nothing(field), ""
    if field.holds is FieldType.CHOICE:
        return _choice(field, written.strip()), ""
    if field.holds in _REFERENCES:
        return _REFERENCES[field.holds](workspace, client_id, field, written), ""
    value, code = _READERS[field.holds](written)
    if code and code not in _WARNINGS:
        raise _wrong(field, written)
    return value, code


def _nothing(field: RegisterField) -> Any:
    if field.holds is FieldType.CHOICE and field.words is not None:
        has_empty = any(word.value == "" for word in field.words)
        return field.words("") if has_empty else None
    empty_text = (
        FieldType.TEXT,
        FieldType.CODE,
        FieldType.PHONE,
        FieldType.EMAIL,
        FieldType.ICCID,
        FieldType.IMEI,
        FieldType.SECRET,
    )
    return "" if field.holds in empty_text else None


def _wrong(field: RegisterField, written: str) -> KnownError:
    shown = HIDDEN if field.holds is FieldType.SECRET else written.strip()[:60]
    return KnownError("field-wrong", field=field.label, name=field.name, value=shown)


def _choice(field: RegisterField, written: str) -> Any:
    """Take a word or its label, whatever its case and accents."""
    wanted = values.plain(written)
    for word, label in words_of(field):
        if wanted in (values.plain(word), values.plain(label)) and field.words:
            return field.words(word)
    raise _wrong(field, written)


def _list(field: RegisterField, written: Written) -> tuple[str, ...]:
    parts = written if isinstance(written, tuple) else _split(written)
    if field.holds is FieldType.MANY:
        known = dict(words_of(field))
        by_label = {values.plain(label): word for word, label in known.items()}
        return tuple(sorted(_word(field, part, known, by_label) for part in parts))
    if field.name == "numbers":
        return tuple(_number(field, part) for part in parts)
    return tuple(parts)


def _word(
    field: RegisterField, part: str, known: Mapping[str, str], by_label: Mapping[str, str]
) -> str:
    word = part if part in known else by_label.get(values.plain(part), "")
    if not word:
        raise _wrong(field, part)
    return word


def _split(written: str) -> list[str]:
    return [part for piece in written.replace(";", "\n").split("\n") if (part := piece.strip())]


def _number(field: RegisterField, written: str) -> str:
    number = phone.normalise(written)
    if not number:
        raise _wrong(field, written)
    return number


def _line(workspace: Workspace, client_id: int, field: RegisterField, written: str) -> int:
    number = _number(field, written)
    found = workspace.store.select(Line, "client_id = ? AND msisdn = ?", [client_id, number])
    if not found:
        raise KnownError("reference-unknown", field=field.label, name=field.name, value=written)
    return found[0].id


def _sim(workspace: Workspace, client_id: int, field: RegisterField, written: str) -> int:
    iccid, _code = values.iccid(written)
    found = workspace.store.select(Sim, "client_id = ? AND iccid = ?", [client_id, iccid])
    if not found:
        raise KnownError("reference-unknown", field=field.label, name=field.name, value=written)
    return found[0].id


def _order(workspace: Workspace, client_id: int, field: RegisterField, written: str) -> int:
    found = workspace.store.select(Order, "client_id = ? AND number = ?", [client_id, written])
    if not found:
        raise KnownError("reference-unknown", field=field.label, name=field.name, value=written)
    return found[0].id


_Reference = Callable[[Workspace, int, RegisterField, str], int]
_REFERENCES: Final[Mapping[FieldType, _Reference]] = {
    FieldType.LINE: _line,
    FieldType.SIM: _sim,
    FieldType.ORDER: _order,
}


def written(workspace: Workspace, field: RegisterField, value: Any) -> Written:
    """Return a value as a form shows it; secrets are never shown."""
    if field.holds in _REFERENCES and value is not None:
        return _referred(workspace, field, value)
    return plain(field, value)


def plain(field: RegisterField, value: Any) -> Written:
    """Return a value as a form shows it, for fields that refer to nothing."""
    if field.holds in (FieldType.MANY, FieldType.LIST):
        return tuple(value or ())
    return "" if field.holds is FieldType.SECRET else plain_text(field, value)


def plain_text(field: RegisterField, value: Any) -> str:
    """Return a value as a person writes it, for fields that refer to nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if field.holds in (FieldType.AMOUNT, FieldType.VOLUME):
        return volume(value, in_bytes=field.holds is FieldType.VOLUME)
    if field.holds in (FieldType.NUMBER, FieldType.PHONE):
        return phone.pretty(value)
    if field.holds is FieldType.DAY:
        return formats.day(value).replace("\u00a0", " ")
    if isinstance(value, Decimal):
        return f"{value:f}".replace(".", formats.decimal_mark())
    return str(value)


def volume(value: int, *, in_bytes: bool) -> str:
    """Return an included volume as a person writes it, exactly.

    Args:
        value: megabytes, or a count of minutes or SMS; UNLIMITED_MB for no limit.
        in_bytes: whether it is megabytes.
    """
    if value == UNLIMITED_MB:
        return _("unlimited")
    if not in_bytes:
        return str(value)
    is_whole = value and value % 1024 == 0
    return f"{value // 1024} GB" if is_whole else f"{value} MB"


def _referred(workspace: Workspace, field: RegisterField, value: int) -> str:
    select = workspace.store.select
    if field.holds is FieldType.LINE:
        return "".join(phone.pretty(line.msisdn) for line in select(Line, "id = ?", [value]))
    if field.holds is FieldType.SIM:
        return "".join(sim.iccid for sim in select(Sim, "id = ?", [value]))
    return "".join(order.number for order in select(Order, "id = ?", [value]))


def shown(workspace: Workspace, field: RegisterField, value: Any) -> str:
    """Return a value in words, for previews; secrets are hidden."""
    if field.holds is FieldType.SECRET:
        return HIDDEN if value else ""
    if field.holds is FieldType.FLAG:
        return formats.yes_no(value)
    if field.holds in (FieldType.CHOICE, FieldType.MANY):
        labels = dict(words_of(field))
        chosen: Sequence[str] = value if isinstance(value, tuple) else (value or "",)
        return ", ".join(labels.get(word, word) for word in chosen)
    text = written(workspace, field, value)
    return ", ".join(text) if isinstance(text, tuple) else text
