"""The columns of every list, as data: one file for what is worked on together."""

from collections.abc import Sequence
from dataclasses import replace

from ui.models.columns.desk import DOCUMENTS, REQUESTS, document_number, due_text, request_tone
from ui.models.columns.orders import CATALOGUE, ORDERS, USAGE, order_tone
from ui.models.columns.register import (
    CLIENTS,
    CONTACTS,
    DEVICES,
    LINES,
    SIMS,
    TARIFFS,
    line_tone,
)
from ui.models.record_table import Column

__all__ = [
    "CATALOGUE",
    "CLIENTS",
    "CONTACTS",
    "DEVICES",
    "DOCUMENTS",
    "LINES",
    "ORDERS",
    "REQUESTS",
    "SIMS",
    "TARIFFS",
    "USAGE",
    "document_number",
    "due_text",
    "line_tone",
    "order_tone",
    "request_tone",
    "within_client",
]


def within_client(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Return the columns of a list inside a client's dossier: who the client is goes unsaid.

    The room that this leaves shows when requests were received.
    """
    return tuple(
        replace(column, shown=True) if column.name == "received" else column
        for column in columns
        if column.name != "client"
    )
