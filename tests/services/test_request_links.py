"""Requests that belong together: linked, merged, split; no deadline gets later by it."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from console.domain.client import Client
from console.domain.request import (
    Confirmation,
    Kind,
    Request,
    RequestLine,
    RequestState,
)
from console.domain.request_link import LinkKind
from console.services import (
    authority_checks,
    carrying_out,
    complaints,
    history,
    request_links,
    requests,
)
from console.workspace import Workspace
from tests.services.steps import (
    Clock,
    add_contact,
    agree,
    another_client,
    log,
    numbers,
    refused,
    step,
)


def _asked(opened: Workspace, request: Request) -> list[str]:
    return sorted(
        n.msisdn for n in opened.store.select(RequestLine, "request_id = ?", [request.id])
    )


def test_link_is_seen_from_both_ends_and_once(opened: Workspace, client: Client) -> None:
    first, second = log(opened, client), log(opened, client)
    request_links.link(opened, first, second)
    (one,) = request_links.links_of(opened, first.id)
    (other,) = request_links.links_of(opened, second.id)
    assert (one.other.id, one.is_from, other.other.id, other.is_from) == (
        second.id,
        True,
        first.id,
        False,
    )
    with refused("link-known"):
        request_links.link(opened, second, first)
    request_links.unlink(opened, one.link)
    assert requests.dossier(opened, first.id).links == []


def test_only_two_requests_of_one_client_belong_together(opened: Workspace, client: Client) -> None:
    request = log(opened, client)
    stranger = log(opened, another_client(opened))
    with refused("link-self"):
        request_links.link(opened, request, request)
    with refused("link-other-client"):
        request_links.merge(opened, request, stranger)
    with refused("merge-kinds"):
        request_links.merge(opened, request, log(opened, client, kind=Kind.INFORMATION))
    closed = step(opened, log(opened, client), RequestState.CANCELLED)
    with refused("request-closed"):
        request_links.merge(opened, request, closed)


@pytest.mark.parametrize("later_first", [True, False])
def test_merged_request_goes_on_as_the_one_that_came_first(
    opened: Workspace, client: Client, clock: Clock, later_first: bool
) -> None:
    agree(opened, client, "o2-public-sector")
    first = log(opened, client, numbers=numbers(2))
    clock.now += timedelta(hours=2)
    second = log(opened, client, numbers=numbers(2, 799_000_001))
    pair = (second, first) if later_first else (first, second)
    kept: Any = request_links.merge(opened, *pair).result
    assert kept.id == first.id
    assert _asked(opened, kept) == list(numbers(3))
    assert kept.due_at == first.due_at
    gone = opened.store.get(Request, second.id)
    assert gone.state is RequestState.CANCELLED
    (link,) = request_links.links_of(opened, gone.id)
    assert (link.link.kind, link.other.id) == (LinkKind.MERGED, first.id)
    history.undo_last(opened)
    assert _asked(opened, first) == list(numbers(2))
    assert opened.store.get(Request, second.id).state is RequestState.NEW


def test_parts_keep_the_deadline_of_what_was_asked_for_at_once(
    opened: Workspace, client: Client, clock: Clock
) -> None:
    agree(opened, client, "o2-public-sector")
    request = log(opened, client, numbers=numbers(12))
    whole = request.due_at
    waiting = step(opened, request, RequestState.WAITING_CLIENT)
    clock.now += timedelta(hours=3)
    going = step(opened, waiting, RequestState.IN_PROGRESS)
    assert whole is not None
    assert going.due_at == whole + timedelta(hours=3)
    made: Any = request_links.split(opened, going, numbers(5)).result
    kept = opened.store.get(Request, request.id)
    assert (made.due_at, kept.due_at) == (going.due_at, going.due_at)
    assert _asked(opened, made) == list(numbers(5))
    assert _asked(opened, kept) == list(numbers(7, 799_000_005))
    assert made.number != kept.number
    assert made.received_at == kept.received_at
    history.undo_last(opened)
    assert _asked(opened, request) == list(numbers(12))
    assert len(opened.store.select(Request)) == 1


@pytest.mark.parametrize("going", [(), numbers(3), ("+420777777777",)])
def test_some_numbers_go_and_some_stay(
    opened: Workspace, client: Client, going: tuple[str, ...]
) -> None:
    request = log(opened, client, numbers=numbers(3))
    with refused("split-numbers"):
        request_links.split(opened, request, going)
    assert _asked(opened, request) == list(numbers(3))


def test_merged_request_waits_for_the_confirmation_of_the_other(
    opened: Workspace, client: Client, clock: Clock
) -> None:
    person = add_contact(opened, client, "Jana Malá", authorised=True)
    first = log(opened, client, kind=Kind.TARIFF_CHANGE, contact_id=person.id, numbers=numbers(1))
    clock.now += timedelta(hours=1)
    draft = requests.Draft(
        client_id=client.id, kind=Kind.TARIFF_CHANGE, numbers=numbers(1, 799_000_001)
    )
    second: Any = requests.log_to_confirm(opened, draft).result
    kept: Any = request_links.merge(opened, first, second).result
    assert (kept.id, kept.confirmation) == (first.id, Confirmation.WANTED)
    with refused("confirmation-missing"):
        carrying_out.carry_out(opened, kept, clock.now.date(), {"": "Profi 300"})
    history.undo_last(opened)
    assert opened.store.get(Request, first.id).confirmation is Confirmation.NONE


def test_part_of_a_complaint_names_the_bill_and_needs_it(opened: Workspace, client: Client) -> None:
    request = log(
        opened, client, kind=Kind.COMPLAINT, numbers=numbers(2), invoice="2026081234",
        amount=Decimal(500), override_authority=True, reason="dopisem",
    )  # fmt: skip
    part: Any = request_links.split(opened, request, numbers(1)).result
    bill = complaints.complaint_of(opened, part.id)
    assert bill
    assert (bill.invoice, bill.amount, bill.is_of_bill) == ("2026081234", None, True)
    with refused("facts-missing"):
        requests.take_step(opened, part, RequestState.RESOLVED)
    assert authority_checks.checks_of(opened, part.id)
