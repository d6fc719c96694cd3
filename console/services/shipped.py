"""The agreements that ship with the program."""

from functools import lru_cache

import resources
from console.domain.agreement import Agreement
from console.domain.terms import parse_agreement
from console.errors import KnownError


def shipped_keys() -> tuple[str, ...]:
    """Return the keys of all shipped agreements, in the order of the alphabet."""
    return tuple(sorted(file.stem for file in resources.path("agreements").glob("*.toml")))


@lru_cache(maxsize=32)
def shipped(key: str) -> Agreement:
    """Return a shipped agreement.

    Raises:
        KnownError: ``agreement-unknown``, or ``terms-field`` where its file is wrong.
    """
    if key not in shipped_keys():
        raise KnownError("agreement-unknown", key=key)
    name = f"agreements/{key}.toml"
    import tomllib

    return parse_agreement(name, tomllib.loads(resources.text(name)))
