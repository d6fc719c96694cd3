"""Checks of authority: each is kept with what it was based on."""

from decimal import Decimal

from console.domain.authority import Asked, Verdict
from console.domain.authority_check import AuthorityCheck
from console.domain.order import Order
from console.domain.request import Request
from console.workspace import Workspace


def keep(
    workspace: Workspace,
    about: Request | Order,
    person: str,
    asked: Asked,
    verdict: Verdict,
    override: str = "",
    amount: Decimal | None = None,
) -> AuthorityCheck:
    """Write down a check inside the caller's unit.

    Args:
        workspace: the open workspace.
        about: the request or order that was asked for.
        person: who asked, as known now.
        asked: what was asked for.
        verdict: the answer.
        override: why it is done in spite of the answer, or empty.
        amount: of an order, CZK without VAT, or None.
    """
    is_request = isinstance(about, Request)
    return workspace.store.insert(
        AuthorityCheck(
            client_id=about.client_id,
            request_id=about.id if is_request else None,
            order_id=None if is_request else about.id,
            at=workspace.store.now(),
            contact_id=about.contact_id,
            person=person,
            kind=asked.kind,
            numbers=tuple(asked.numbers),
            amount=amount,
            allowed=verdict.allowed,
            why=verdict.why,
            basis=verdict.basis,
            override=override,
        )
    )


def checks_of(workspace: Workspace, request_id: int) -> list[AuthorityCheck]:
    """Return the checks of a request in the order of time."""
    return workspace.store.select(AuthorityCheck, "request_id = ?", [request_id], order="at, id")
