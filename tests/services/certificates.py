"""Certificates for tests: the manager's own, made here."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID

SECRET = "tajné heslo"


def make(folder: Path, who: str = "Jana Nováková") -> Path:
    """Make a PKCS#12 file with a key and a certificate for it."""
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, who)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(42)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=365))
        .sign(key, hashes.SHA256())
    )
    file = folder / "jana.p12"
    packed = pkcs12.serialize_key_and_certificates(
        b"jana", key, made, None, BestAvailableEncryption(SECRET.encode())
    )
    file.write_bytes(packed)
    return file
