"""A field for a passphrase: shows dots, and is read aloud by its name."""

from PySide6.QtWidgets import QLineEdit


def passphrase_field(name: str) -> QLineEdit:
    """Return the field."""
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setAccessibleName(name)
    return field
