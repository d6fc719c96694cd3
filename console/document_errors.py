"""The sentences of errors about documents and orders; see ``errors``."""

from typing import Final

from console.texts import N_

DOCUMENTS: Final[dict[str, str]] = {
    "client-or-all": N_("Give either --client or --all. Nothing was issued."),
    "month-wrong": N_("“{month}” is no month. Nothing was issued; write it as 2026-10."),
    "month-not-over": N_(
        "The month {month} has not begun yet. Nothing was issued; choose an earlier one."
    ),
    "void-reason-needed": N_("A document is void for a reason. Nothing was changed; say why."),
    "document-void": N_("The document {number} is void already. Nothing was changed."),
    "document-superseded": N_(
        "The document {number} has revision {revision} already. Nothing was changed; take that one."
    ),
    "document-not-signed": N_(
        "“{title}” has no places to sign. Nothing was changed; choose a form, a record or a "
        "protocol."
    ),
    "signature-empty": N_(
        "Nothing is drawn, or the name is missing. Nothing was signed; draw the signature and "
        "fill in the name."
    ),
    "not-a-complaint": N_(
        "The request {number} is no complaint. Nothing was issued; choose a complaint."
    ),
    "hand-over-empty": N_("No device is handed over. Nothing was issued; add at least one."),
    "certificate-wrong": N_(
        "The certificate {name} cannot be opened with this passphrase. Nothing was sealed; type "
        "the passphrase again."
    ),
    "certificate-needed": N_(
        "No certificate is chosen. Nothing was sealed; choose a PKCS#12 file (.p12, .pfx)."
    ),
    "certificate-unreadable": N_(
        "The certificate {name} cannot be read: {reason}. Nothing was sealed; choose a PKCS#12 "
        "file (.p12, .pfx)."
    ),
    "certificate-not-pkcs12": N_(
        "{name} is no certificate in PKCS#12. Nothing was sealed; choose a file that ends in .p12 "
        "or .pfx."
    ),
    "certificate-no-key": N_(
        "{name} holds no certificate with its private key. Nothing was sealed; export the "
        "certificate again, with its key."
    ),
    "certificate-expired": N_(
        "The certificate of {who} was valid until {at}. Nothing was sealed; choose one that is "
        "valid."
    ),
    "certificate-not-yet": N_(
        "The certificate of {who} is valid only from {at}. Nothing was sealed; choose one that is "
        "valid now."
    ),
    "certificate-unfit": N_(
        "Nothing can be sealed with the key of this certificate. Nothing was changed; choose "
        "another certificate."
    ),
    "document-sealed": N_(
        "The file is sealed already; one more seal would be a change to it. Nothing was changed; "
        "seal the document as it was before."
    ),
    "document-not-pdf": N_(
        "The file is no PDF, or is damaged. Nothing was changed; choose another file."
    ),
    "mail-nobody": N_(
        "{client} has no authorised person with an e-mail address. Nothing was prepared; add an "
        "address."
    ),
    "colour-wrong": N_("“{colour}” is no colour. Nothing was saved; write it as #2456c9."),
    "logo-wrong": N_(
        "The logo is no PNG or JPEG picture of 1 MB at most. Nothing was saved; choose another "
        "file."
    ),
    "document-missing": N_(
        "The file of the document {number} is missing or was altered. Its data are kept; issue "
        "it again."
    ),
    "file-unwritable": N_(
        "The file {path} cannot be written: {reason}. The document is kept in the workspace; "
        "choose another folder."
    ),
    "order-empty": N_("The order has no lines. Nothing was saved; add at least one."),
    "order-line-wrong": N_(
        "Row {row} of the order is wrong: {field}. Nothing was saved; correct the file."
    ),
    "attachment-missing": N_(
        "The file {name} is missing or was altered. Everything else is kept; put it back from a "
        "backup."
    ),
}
