"""Certificates for tests: the manager's own, made here."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    NoEncryption,
    pkcs12,
)
from cryptography.x509.oid import NameOID

SECRET = "tajné heslo"


JANA = ((NameOID.COMMON_NAME, "Jana Nováková"),)


def make(
    folder: Path,
    who: Sequence[tuple[x509.ObjectIdentifier, str]] = JANA,
    days: tuple[int, int] = (-1, 365),
    secret: str = SECRET,
) -> Path:
    """Make a PKCS#12 file with a key and a certificate for it.

    Args:
        folder: where.
        who: parts of the holder's name.
        days: from and until when it is valid, from now on.
        secret: its passphrase; none where empty.
    """
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(part, said) for part, said in who])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(42)
        .not_valid_before(now + timedelta(days=days[0]))
        .not_valid_after(now + timedelta(days=days[1]))
        .sign(key, hashes.SHA256())
    )
    file = folder / "jana.p12"
    locked = BestAvailableEncryption(secret.encode()) if secret else NoEncryption()
    packed = pkcs12.serialize_key_and_certificates(b"jana", key, made, None, locked)
    file.write_bytes(packed)
    return file
