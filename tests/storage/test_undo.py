"""Undo and redo of every noun: whatever is done to its rows, taking it back gives them back."""

import types
import typing
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.domain.access import Access
from console.domain.agreement_version import AgreementVersion
from console.domain.authority_check import AuthorityCheck
from console.domain.client import Client
from console.domain.contact import Contact
from console.domain.document import Document
from console.domain.line import Line
from console.domain.meeting import Meeting
from console.domain.order import Order
from console.domain.record import Record
from console.domain.request import Request
from console.domain.sim import Sim
from console.services import history
from console.storage import journal
from console.storage.rows import TABLES
from console.workspace import Workspace

STORED = [noun for noun in TABLES if noun not in (Access, AuthorityCheck)]
"""All nouns but the logs of openings and of checks, which nobody changes."""
UNDONE = [noun for noun in STORED if noun is not Document]
"""Documents do not vanish, they become void."""

PARENTS: dict[str, type[Record]] = {
    "client_id": Client,
    "contact_id": Contact,
    "line_id": Line,
    "sim_id": Sim,
    "predecessor_id": Sim,
    "order_id": Order,
    "request_id": Request,
    "other_id": Request,
    "agreement_id": AgreementVersion,
    "meeting_id": Meeting,
}
TEXTS = st.text(max_size=8) | st.sampled_from(
    ("", "Řehoř", "a\x00b", '{"a": [1]}', "null", "0", "'; --", "💾", "\\u0000", " ")
)
VALUES: dict[type, st.SearchStrategy[Any]] = {
    str: TEXTS,
    bool: st.booleans(),
    int: st.integers(-(2**63), 2**63 - 1),
    Decimal: st.decimals(-(10**9), 10**9, places=2),
    date: st.dates(),
    datetime: st.datetimes(timezones=st.just(UTC)),
    tuple: st.lists(TEXTS, max_size=3).map(tuple),
}
FIXED = {"id", "version", "deleted_at", "client_id"}


def values_of(noun: type[Record]) -> dict[str, st.SearchStrategy[Any]]:
    """Return what each field of a noun may hold; references are filled in later."""
    hints = typing.get_type_hints(noun)
    names = [f.name for f in fields(noun) if f.name not in FIXED]
    return {name: _values(name, hints[name]) for name in names}


def _values(name: str, hint: Any) -> st.SearchStrategy[Any]:
    if typing.get_origin(hint) is types.UnionType:
        inner = next(a for a in typing.get_args(hint) if a is not type(None))
        return st.none() | _values(name, inner)
    if name == "terms":
        return st.sampled_from(("{}", '{"specialists": [{"name": "Řehoř"}]}'))
    if name in PARENTS:
        return st.just(PARENTS[name])
    kind = typing.get_origin(hint) or hint
    return st.sampled_from(list(kind)) if issubclass(kind, StrEnum) else VALUES[kind]


def steps_of(noun: type[Record]) -> st.SearchStrategy[list[tuple[str, int, dict[str, Any]]]]:
    """Return sequences of steps: insert a row, change fields of one, delete one."""
    fixed = values_of(noun)
    whole, some = st.fixed_dictionaries(fixed), st.fixed_dictionaries({}, optional=fixed)
    return st.lists(
        st.tuples(st.just("insert"), st.just(0), whole)
        | st.tuples(st.just("update"), st.integers(0, 5), some)
        | st.tuples(st.just("delete"), st.integers(0, 5), st.just({})),
        min_size=1,
        max_size=6,
    )


@pytest.fixture
def parents(opened: Workspace) -> dict[type[Record], int]:
    """The ids of one row of every noun that others refer to."""
    store, at = opened.store, datetime(2026, 11, 4, tzinfo=UTC)
    with store.unit("base"):
        client = store.insert(Client(name="Klient", ico="00259586")).id
        made: list[Record] = [
            store.insert(record)
            for record in (
                Contact(client_id=client, name="A"),
                Line(client_id=client, msisdn="+420799000001"),
                Sim(client_id=client, iccid="89"),
                Order(client_id=client, number="O1", ordered_on=at.date()),
                Meeting(client_id=client, held_at=at),
                AgreementVersion(
                    client_id=client, key="k", name="n", valid_from=at.date(), terms="{}"
                ),
                Request(
                    client_id=client,
                    number="R1",
                    kind=next(iter(typing.get_type_hints(Request)["kind"])),
                    channel=next(iter(typing.get_type_hints(Request)["channel"])),
                    received_at=at,
                    registered_at=at,
                ),
            )
        ]
    return {Client: client, **{type(record): record.id for record in made}}


def owner_of(noun: type[Record], parents: dict[type[Record], int]) -> dict[str, int]:
    """Return whose a record is; clients, and what is the same for all of them, are nobody's."""
    is_owned = "client_id" in {field.name for field in fields(noun)}
    return {"client_id": parents[Client]} if is_owned else {}


def take(
    opened: Workspace,
    noun: type[Record],
    parents: dict[type[Record], int],
    step: tuple[str, int, dict[str, Any]],
) -> bool:
    """Do one step as one action; return whether anything changed."""
    what, which, given_values = step
    store = opened.store
    values = {n: parents[v] if isinstance(v, type) else v for n, v in given_values.items()}
    if what == "insert":
        with store.unit(what):
            store.insert(noun(**owner_of(noun, parents), **values))
        return True
    existing = store.select(noun)
    if not existing:
        return False
    record = existing[which % len(existing)]
    with store.unit(what):
        changed = store.delete(record) if what == "delete" else store.update(record, **values)
    return changed != record


def rows(opened: Workspace, noun: type[Record]) -> list[Record]:
    """Return the visible rows of a noun, less their versions."""
    return [replace(record, version=0) for record in opened.store.select(noun)]


@pytest.mark.parametrize("noun", UNDONE, ids=lambda noun: TABLES[noun])
@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_any_steps_undone_and_redone_give_back_the_rows(
    opened: Workspace, parents: dict[type[Record], int], noun: type[Record], data: st.DataObject
) -> None:
    steps = data.draw(steps_of(noun))
    seen = [rows(opened, noun)]
    for step in steps:
        if take(opened, noun, parents, step):
            seen.append(rows(opened, noun))
    for before in reversed(seen[:-1]):
        history.undo_last(opened)
        assert rows(opened, noun) == before
    for after in seen[1:]:
        history.redo_last(opened)
        assert rows(opened, noun) == after
    for before in reversed(seen[:-1]):
        history.undo_last(opened)
        assert rows(opened, noun) == before
    assert journal.verify(opened.store.db) == []


def test_every_noun_is_among_those_that_are_tried() -> None:
    assert {*UNDONE, Document, Access, AuthorityCheck} == set(TABLES)
    tried = {name for noun in STORED for name in values_of(noun) if name.endswith("_id")}
    assert tried - set(PARENTS) <= {"owner_id", "message_id", "record_id"}


@pytest.mark.parametrize("noun", STORED, ids=lambda noun: TABLES[noun])
@settings(
    max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_stored_record_is_read_as_it_was(
    opened: Workspace, parents: dict[type[Record], int], noun: type[Record], data: st.DataObject
) -> None:
    values = data.draw(st.fixed_dictionaries(values_of(noun)))
    given_values = {n: parents[v] if isinstance(v, type) else v for n, v in values.items()}
    with opened.store.unit("insert"):
        stored = opened.store.insert(noun(**owner_of(noun, parents), **given_values))
    assert opened.store.get(noun, stored.id) == stored
