"""The difference between two lists of numbers: the client's file and the register."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from console.texts import N_, _


class DifferenceKind(StrEnum):
    """How the lists differ about a number."""

    ONLY_THEIRS = "only-theirs"
    ONLY_OURS = "only-ours"
    FIELD = "field"

    @property
    def label(self) -> str:
        """The kind in the language in use."""
        return _(_LABELS[self])


_LABELS: Final = {
    DifferenceKind.ONLY_THEIRS: N_("Only in their list"),
    DifferenceKind.ONLY_OURS: N_("Only in the register"),
    DifferenceKind.FIELD: N_("Another value"),
}


@dataclass(frozen=True, slots=True)
class NumberDifference:
    """One difference, which one decision settles.

    Args:
        msisdn: the number in E.164.
        field: name of the field that differs, or empty where the whole number does.
        ours: the register's value in words; secrets are hidden.
        theirs: the file's value in words.
    """

    kind: DifferenceKind
    msisdn: str
    field: str = ""
    ours: str = ""
    theirs: str = ""

    @property
    def sort_of(self) -> tuple[DifferenceKind, str]:
        """What differences of the same kind have in common: the kind and the field."""
        return self.kind, self.field
