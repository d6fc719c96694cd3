"""Seals: who, when, intact or not; any change is detected; the file stays archival."""

import io
from pathlib import Path

import pikepdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID

from console import texts
from console.errors import KnownError
from console.services import signing
from console.services.signing import Seal
from tests.documents import everything, validators
from tests.services import certificates
from tests.services.certificates import SECRET
from tests.services.steps import refused


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of the manager's own, with its key."""
    return certificates.make(tmp_path_factory.mktemp("certificate"))


@pytest.fixture(scope="module")
def sealed(certificate: Path) -> bytes:
    """A sealed document with a drawn signature in it."""
    document = everything.made("hand-over", "cs")
    return signing.seal(document, certificate, SECRET, "předání", "Žďár")


def test_seal_says_who_and_that_nothing_changed(sealed: bytes) -> None:
    (seal,) = signing.seals(sealed)
    assert (seal.who, seal.is_intact, seal.is_whole) == ("Jana Nováková", True, True)
    assert seal.at is not None


def test_document_without_a_seal_has_none() -> None:
    assert signing.seals(everything.made("hand-over", "cs")) == []


def test_sealed_document_stays_archival_and_accessible(sealed: bytes, tmp_path: Path) -> None:
    file = tmp_path / "sealed.pdf"
    file.write_bytes(sealed)
    assert validators.failures(sealed) == []
    assert validators.real_failures([file]) == ""


def _readable_seals(content: bytes) -> list[Seal]:
    """Return the seals, or none where the file cannot be read any more."""
    try:
        return signing.seals(content)
    except KnownError:
        return []


@pytest.mark.parametrize("place", [0.1, 0.3, 0.5, 0.7])
def test_any_changed_byte_is_detected(sealed: bytes, place: float) -> None:
    at = int(len(everything.made("hand-over", "cs")) * place)
    changed = sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :]
    assert not any(seal.is_good for seal in _readable_seals(changed))


def test_what_is_added_after_the_seal_is_detected(sealed: bytes, certificate: Path) -> None:
    from pyhanko.pdf_utils.generic import pdf_string
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(io.BytesIO(sealed))
    writer.set_info(writer.add_object(pdf_string("navíc")) and None)
    writer.root["/Added"] = pdf_string("navíc")
    writer.update_root()
    target = io.BytesIO()
    writer.write(target)
    (seal,) = signing.seals(target.getvalue())
    assert not seal.is_good


def test_document_saved_anew_has_no_good_seal(sealed: bytes) -> None:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(sealed)) as document:
        document.save(target)
    assert not any(seal.is_good for seal in signing.seals(target.getvalue()))


def test_wrong_passphrase_and_wrong_files_are_told(certificate: Path, tmp_path: Path) -> None:
    document = everything.made("hand-over", "cs")
    with refused("certificate-wrong"):
        signing.seal(document, certificate, "jiné")
    with refused("document-not-pdf"):
        signing.seal(b"nic", certificate, SECRET)
    with refused("document-not-pdf"):
        signing.seals(b"nic")
    with refused("file-unreadable"):
        signing.read_file(tmp_path / "nic.pdf")


def test_each_trouble_with_the_certificate_has_its_own_sentence(tmp_path: Path) -> None:
    document = everything.made("hand-over", "cs")
    table, keyless = tmp_path / "tabulka.p12", tmp_path / "bez-klice.p12"
    table.write_bytes(b"PK\3\4 nic")
    (whole := tmp_path / "cizi").mkdir()
    kept = pkcs12.load_key_and_certificates(certificates.make(whole).read_bytes(), SECRET.encode())
    locked = BestAvailableEncryption(SECRET.encode())
    keyless.write_bytes(
        pkcs12.serialize_key_and_certificates(b"x", None, None, [kept[1]], locked)  # type: ignore[list-item]
    )
    for path, code in (
        (Path(), "certificate-needed"),
        (tmp_path, "certificate-unreadable"),
        (tmp_path / "chybí.p12", "certificate-unreadable"),
        (table, "certificate-not-pkcs12"),
        (keyless, "certificate-no-key"),
    ):
        with refused(code):
            signing.seal(document, path, SECRET)


@pytest.mark.parametrize(
    ("days", "code"), [((-30, -2), "certificate-expired"), ((2, 30), "certificate-not-yet")]
)
def test_certificate_out_of_its_time_seals_nothing(
    tmp_path: Path, days: tuple[int, int], code: str
) -> None:
    file = certificates.make(tmp_path, days=days)
    with refused(code):
        signing.seal(everything.made("hand-over", "cs"), file, SECRET)


def test_seal_by_a_certificate_out_of_its_time_is_not_good(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = certificates.make(tmp_path, days=(-30, -2))
    monkeypatch.setattr("console.services.certificates._check_dates", lambda _certificate: None)
    (seal,) = signing.seals(signing.seal(everything.made("hand-over", "cs"), file, SECRET))
    assert (seal.is_intact, seal.is_whole, seal.was_valid, seal.is_good) == (
        True, True, False, False,
    )  # fmt: skip
    texts.use_language("en")
    assert "the certificate was not valid then" in signing.told(seal)


@pytest.mark.parametrize(
    ("parts", "who"),
    [
        ([(NameOID.ORGANIZATION_NAME, "Operátor, a. s.")], "Operátor, a. s."),
        ([(NameOID.EMAIL_ADDRESS, "jana@operator.example")], "jana@operator.example"),
        ([(NameOID.COUNTRY_NAME, "CZ")], "Country: CZ"),
        ([], ""),
    ],
)
def test_seal_names_somebody_where_the_certificate_names_no_person(
    tmp_path: Path, parts: list[tuple[x509.ObjectIdentifier, str]], who: str
) -> None:
    file = certificates.make(tmp_path, parts, secret="")
    (seal,) = signing.seals(signing.seal(everything.made("hand-over", "cs"), file, ""))
    assert (seal.who, seal.issuer, seal.is_good) == (who, who, True)
    texts.use_language("en")
    assert f"Certificate issued by {who or 'nobody named'}" in signing.told(seal)


def test_sealed_document_is_not_sealed_again(sealed: bytes, certificate: Path) -> None:
    with refused("document-sealed"):
        signing.seal(sealed, certificate, SECRET)
    (seal,) = signing.seals(sealed)
    assert seal.is_good
