"""The manager's certificate: a PKCS#12 file that is opened for one seal and kept nowhere.

What is wrong with it is told one by one; the library that seals would blame the passphrase for
everything, and write the path of the file into the log.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from cryptography.hazmat.primitives.serialization import pkcs12

from console.domain import formats
from console.errors import KnownError
from console.system_reasons import reason_of

_NAMES: Final = ("common_name", "organization_name", "email_address", "organizational_unit_name")
"""What says whose a certificate is, the most telling one first."""


def signer(certificate: Path, passphrase: str) -> Any:
    """Return what seals with a certificate that is valid now.

    Args:
        certificate: a PKCS#12 file with key and certificate.
        passphrase: of that file.

    Raises:
        KnownError: ``certificate-needed``, ``certificate-unreadable``,
            ``certificate-not-pkcs12``, ``certificate-wrong``, ``certificate-no-key``,
            ``certificate-expired``, ``certificate-not-yet``.
    """
    from pyhanko.sign import signers

    content = _read(certificate)
    secret = _fitting(content, passphrase, certificate.name)
    load: Any = signers.SimpleSigner.load_pkcs12_data
    made = load(content, other_certs=(), passphrase=secret)
    _check_dates(made.signing_cert)
    return made


def _read(certificate: Path) -> bytes:
    if not certificate.name:
        raise KnownError("certificate-needed")
    try:
        return certificate.read_bytes()
    except OSError as error:
        reason = reason_of(error)
        raise KnownError("certificate-unreadable", name=certificate.name, reason=reason) from error


def _fitting(content: bytes, passphrase: str, name: str) -> bytes | None:
    """Return the passphrase as the file takes it; without one there are two ways."""
    ways: Sequence[bytes | None] = [passphrase.encode()] if passphrase else [None, b""]
    for way in ways:
        try:
            key, found, _others = pkcs12.load_key_and_certificates(content, way)
        except (ValueError, TypeError):
            continue
        if key is None or found is None:
            raise KnownError("certificate-no-key", name=name)
        return way
    code = "certificate-wrong" if _is_pkcs12(content) else "certificate-not-pkcs12"
    raise KnownError(code, name=name)


def _is_pkcs12(content: bytes) -> bool:
    from asn1crypto.pkcs12 import Pfx

    try:
        return bool(Pfx.load(content, strict=True)["version"].native == "v3")
    except (ValueError, TypeError):
        return False


def _check_dates(certificate: Any) -> None:
    now = datetime.now(UTC)
    who = holder(certificate.subject)
    begins, ends = certificate.not_valid_before, certificate.not_valid_after
    if now < begins:
        raise KnownError("certificate-not-yet", who=who, at=formats.moment(begins))
    if now > ends:
        raise KnownError("certificate-expired", who=who, at=formats.moment(ends))


def holder(name: Any) -> str:
    """Return whom a subject or issuer names: a person, otherwise an organisation or address."""
    known = name.native
    for each in _NAMES:
        value = known.get(each)
        if value:
            return ", ".join(value) if isinstance(value, list) else str(value)
    return str(name.human_friendly) if known else ""


def was_valid(certificate: Any, at: datetime | None) -> bool:
    """Return whether a certificate was valid at a time, where the time is known."""
    return at is None or bool(certificate.not_valid_before <= at <= certificate.not_valid_after)
