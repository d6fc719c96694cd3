"""The register's fields as fields of a form: the words are theirs, the editors are ours."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final

from console.domain.register_fields import FieldType, RegisterField, words_of
from console.services.field_values import Written
from console.texts import N_, _
from ui.widgets.field_form import Field, FieldKind, Row

_KINDS: Final = {
    FieldType.CHOICE: FieldKind.CHOICE,
    FieldType.FLAG: FieldKind.CHOICE,
    FieldType.MANY: FieldKind.MANY,
    FieldType.LIST: FieldKind.LINES,
}
_HINTS: Final = {
    FieldType.DAY: N_("31. 12. 2026"),
    FieldType.SECRET: N_("kept as it is; type to replace it"),
    FieldType.LINE: N_("a number of the client"),
    FieldType.SIM: N_("the ICCID of a card of the client"),
    FieldType.ORDER: N_("the number of an order of the client"),
    FieldType.VOLUME: N_("10 GB, or unlimited"),
    FieldType.AMOUNT: N_("100, or unlimited"),
    FieldType.LIST: "",
}


def form_field(field: RegisterField) -> Field:
    """Return what a form makes of a field."""
    return Field(
        field.name,
        field.label,
        _KINDS.get(field.holds, FieldKind.TEXT),
        partial(words_of, field),
        all_label=N_("every one") if field.name == "actions" else N_("none"),
        hint=_(_HINTS[field.holds]) if _HINTS.get(field.holds) else "",
    )


def as_row(fields: Sequence[RegisterField], values: Mapping[str, Written]) -> Row:
    """Return values as a form edits them."""
    return {field.name: _editable(field, values[field.name]) for field in fields}


def _editable(field: RegisterField, value: Written) -> Any:
    if isinstance(value, tuple):
        return "\n".join(value) if field.holds is FieldType.LIST else list(value)
    return value


def as_written(fields: Sequence[RegisterField], row: Row) -> dict[str, Written]:
    """Return what a form holds as the services take it; a field that is empty says nothing."""
    return {field.name: _written(field, row.get(field.name)) for field in fields}


def _written(field: RegisterField, value: Any) -> Written:
    if field.holds is FieldType.LIST:
        lines = str(value or "").split("\n")
        return tuple(part for line in lines if (part := line.strip()))
    if field.holds is FieldType.MANY:
        return tuple(value or ())
    return "" if value is None else str(value)
