"""Addresses of mails, as people type them."""


def is_address(text: str) -> bool:
    """Return whether a text is one plain address, without a line break or a second one."""
    name, at, host = text.partition("@")
    return bool(name and at and "." in host) and not set(text) & set(' ,;<>\r\n"')


def split(text: str) -> tuple[list[str], list[str]]:
    """Return the addresses of a field, and what in it is none.

    Args:
        text: parted by commas, semicolons or spaces.
    """
    parts = text.replace(";", ",").replace(" ", ",").split(",")
    given = [part.strip() for part in parts if part.strip()]
    return [p for p in given if is_address(p)], [p for p in given if not is_address(p)]
