"""Which dialog asks for what a document needs."""

from typing import Any

from PySide6.QtWidgets import QWidget

from console.domain.document import DocumentKind
from ui.desk import Desk
from ui.dialogs.form import FormDialog
from ui.dialogs.hand_over import HandOverDialog
from ui.dialogs.papers import ISSUES, ClientPaperDialog, RequestPaperDialog
from ui.dialogs.privacy_extract import PrivacyExtractDialog


def dialog(
    desk: Desk, kind: Any, client_id: int = 0, request_id: int = 0, parent: QWidget | None = None
) -> FormDialog:
    """Return the dialog that issues a kind of document.

    Args:
        desk: the way to the services.
        kind: a ``DocumentKind`` other than status report and order form.
        client_id: whose, or 0 to choose.
        request_id: about which request, or 0 to choose.
        parent: as in Qt.
    """
    if kind in ISSUES:
        return RequestPaperDialog(desk, kind, client_id, request_id, parent)
    if kind is DocumentKind.HAND_OVER:
        return HandOverDialog(desk, kind, client_id, parent)
    if kind is DocumentKind.PRIVACY_EXTRACT:
        return PrivacyExtractDialog(desk, kind, client_id, parent)
    return ClientPaperDialog(desk, kind, client_id, parent)
