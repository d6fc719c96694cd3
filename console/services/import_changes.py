"""What a file would change of what the register knows, field by field, in words."""

from dataclasses import dataclass
from typing import Any, Final

from console.domain import formats
from console.domain.field_names import field_name
from console.domain.register_fields import FIELDS, SECRETS, RegisterField
from console.services import field_values
from console.services.import_lines import SIM_FIELDS, KnownLine
from console.workspace import Workspace

TOLD: Final = 500
"""Records whose changes are told one by one; of more there is only the count."""
_NOUNS: Final = {"numbers": "lines", "catalogue": "catalogue_items"}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that a row gives otherwise than the register.

    Args:
        row: as the spreadsheet counts, from 1.
        title: what a person calls the record.
        field: the field's name in the language in use.
        before: the register's value in words; secrets are hidden.
        after: the file's value in words.
    """

    row: int
    title: str
    field: str
    before: str
    after: str

    @property
    def message(self) -> str:
        """The change in one line."""
        return f"{self.title}: {self.field}: {self.before or '–'} → {self.after or '–'}"


def told(
    workspace: Workspace, what: str, row: int, title: str, change: tuple[Any, str, Any]
) -> FieldChange:
    """Return a change in words.

    Args:
        workspace: the open workspace.
        what: a key of ``imports.SPECS``.
        row: the number of the file's row.
        title: what a person calls the record.
        change: what the register knows, the name of the field, the file's value.
    """
    seen, name, value = change
    field = _field(what, name)
    label = field.label if field else field_name(name)
    return FieldChange(row, title, label, *in_words(workspace, what, seen, name, value))


def in_words(workspace: Workspace, what: str, seen: Any, name: str, value: Any) -> tuple[str, str]:
    """Return the register's value of a field and the file's, in words; secrets are hidden."""
    if isinstance(seen, KnownLine):
        seen = seen.sim if name in SIM_FIELDS else seen.line
    before = getattr(seen, name) if seen else ""
    after = field_values.HIDDEN if name in SECRETS else _shown(workspace, what, name, value)
    return _shown(workspace, what, name, before) if seen else "", after


def _field(what: str, name: str) -> RegisterField | None:
    noun = "sims" if name in SIM_FIELDS else _NOUNS.get(what, what)
    return next((field for field in FIELDS.get(noun, ()) if field.name == name), None)


def _shown(workspace: Workspace, what: str, name: str, value: Any) -> str:
    field = _field(what, name)
    return field_values.shown(workspace, field, value) if field else formats.anything(value)
