"""Sealing documents with the manager's certificate, and saying what a seal is worth.

Source:
    ETSI EN 319 142-1, PAdES baseline B-B. The field is invisible and outside of the page, so
    that the file stays archival (ISO 19005-3, 6.3.2) and accessible (ISO 14289-1, 7.18.1).
"""

import io
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from console.domain import formats
from console.errors import KnownError
from console.services import certificates
from console.system_reasons import reason_of
from console.texts import _

_FIELD: Final = "Seal"
_NAMELESS: Final = "?"
"""The library wants a name, which a certificate need not have."""
_DAMAGED: Final = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError)
"""What reading a damaged file may end with."""


@dataclass(frozen=True, slots=True)
class Seal:
    """What a seal in a document says.

    Args:
        who: subject of the certificate: a person, otherwise an organisation or an address.
        issuer: who issued the certificate.
        at: when it was sealed, as the sealing machine said; None where it did not.
        is_intact: whether the sealed bytes are what they were.
        is_whole: whether the seal covers the whole file: nothing was added since.
        was_valid: whether the certificate was valid at that time.
    """

    who: str
    issuer: str
    at: datetime | None
    is_intact: bool
    is_whole: bool
    was_valid: bool

    @property
    def is_good(self) -> bool:
        """Whether the certificate was valid then and nothing was changed since."""
        return self.is_intact and self.is_whole and self.was_valid


def told(seal: Seal) -> str:
    """Return what a seal says: who, by whose certificate, when, and what it is worth."""
    if seal.is_good:
        text = _("Sealed by {who} on {at}; nothing was changed since.")
    elif not seal.is_intact:
        text = _("Sealed by {who} on {at}; it was changed since. Do not rely on it.")
    elif not seal.is_whole:
        text = _("Sealed by {who} on {at}; something was added since. Do not rely on it.")
    else:
        text = _("Sealed by {who} on {at}; the certificate was not valid then. Do not rely on it.")
    nobody = _("nobody named")
    said = text.format(who=seal.who or nobody, at=formats.moment(seal.at))
    issuer = _("Certificate issued by {issuer}").format(issuer=seal.issuer or nobody)
    return f"{said} {issuer}"


def seal(
    content: bytes, certificate: Path, passphrase: str, reason: str = "", place: str = ""
) -> bytes:
    """Seal a document.

    Args:
        content: the PDF.
        certificate: a PKCS#12 file with key and certificate.
        passphrase: of that file.
        reason: why it is sealed.
        place: where.

    Raises:
        KnownError: as :func:`console.services.certificates.signer`, and ``certificate-unfit``,
            ``document-not-pdf``, ``document-sealed``.
    """
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign import fields, signers
    from pyhanko.sign.general import SigningError

    signer = certificates.signer(certificate, passphrase)
    _check_unsealed(content)
    invisible = fields.InvisSigSettings(
        set_print_flag=True, set_hidden_flag=False, box_out_of_bounds=True
    )
    meta = signers.PdfSignatureMetadata(
        field_name=_FIELD,
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
        reason=reason or None,
        location=place or None,
        name=certificates.holder(signer.signing_cert.subject) or _NAMELESS,
    )
    try:
        writer = _writer(content)
        spec = fields.SigFieldSpec(_FIELD, invis_sig_settings=invisible)
        sealed: Any = signers.PdfSigner(meta, signer, new_field_spec=spec).sign_pdf(writer)
    except SigningError as error:
        raise KnownError("certificate-unfit") from error
    except (PdfError, *_DAMAGED) as error:
        raise KnownError("document-not-pdf") from error
    return bytes(sealed.getvalue())


def _check_unsealed(content: bytes) -> None:
    """Refuse a file with a seal, whoever's: one more would make that one worthless."""
    if seals(content):
        raise KnownError("document-sealed")


def _writer(content: bytes) -> Any:
    """Return what adds to a document and leaves its own description as it was issued.

    The library would write the description anew, in a form that archival files do not allow.
    """
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    class Writer(IncrementalPdfFileWriter):
        def _update_meta(self) -> None:
            pass

    return Writer(io.BytesIO(content))


def read_file(file: Path) -> bytes:
    """Return a file's bytes.

    Raises:
        KnownError: ``file-unreadable``.
    """
    try:
        return file.read_bytes()
    except OSError as error:
        reason = reason_of(error)
        raise KnownError("file-unreadable", name=file.name, reason=reason) from error


def seals(content: bytes) -> list[Seal]:
    """Return what the seals in a document say, the oldest first.

    Raises:
        KnownError: ``document-not-pdf``.
    """
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        found = PdfFileReader(io.BytesIO(content)).embedded_signatures
        return [_read(signature) for signature in found]
    except Exception as error:
        # A damaged file makes the reader stumble anywhere: in a stream, a number, a reference.
        raise KnownError("document-not-pdf") from error


def _read(signature: Any) -> Seal:
    from pyhanko.sign.validation import SignatureCoverageLevel

    signature.compute_integrity_info()
    digest = signature.compute_digest()
    intact = _is_intact(signature, digest)
    whole = signature.coverage == SignatureCoverageLevel.ENTIRE_FILE
    certificate, at = signature.signer_cert, signature.self_reported_timestamp
    return Seal(
        who=certificates.holder(certificate.subject),
        issuer=certificates.holder(certificate.issuer),
        at=at,
        is_intact=intact,
        is_whole=whole,
        was_valid=certificates.was_valid(certificate, at),
    )


def _is_intact(signature: Any, digest: bytes) -> bool:
    """Return whether bytes, stated digest and signature fit each other."""
    from pyhanko.sign.validation.generic_cms import validate_sig_integrity

    intact, valid = validate_sig_integrity(
        signature.signer_info,
        signature.signer_cert,
        expected_content_type="data",
        actual_digest=digest,
    )
    return bool(intact and valid)
