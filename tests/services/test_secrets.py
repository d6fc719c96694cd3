"""PUK and PIN: revealed with a reason that is written down, and nowhere else to be seen."""

from pathlib import Path

import pytest

from console.domain.access import Access
from console.domain.client import Client
from console.domain.listing import ListQuery
from console.domain.sim import Sim
from console.services import access, exports, history, lists, search, secrets, sims
from console.workspace import Workspace
from tests.services.steps import Clock, refused

PUK, PIN = "73519246", "8642"


@pytest.fixture
def card(opened: Workspace, client: Client, clock: Clock) -> Sim:
    """A card whose secrets the register keeps."""
    sim = Sim(client_id=client.id, iccid="8942010007990000012", puk=PUK, pin=PIN)
    added = sims.add_sim(opened, sim).result
    assert isinstance(added, Sim)
    return added


def test_secret_is_revealed_with_a_reason_that_is_written_down(
    opened: Workspace, client: Client, card: Sim
) -> None:
    assert secrets.reveal(opened, card.id, "puk", "volá držitel, zablokovaná karta").result == PUK
    assert secrets.reveal(opened, card.id, "pin", "totéž").result == PIN
    newest, first = access.accesses(opened, client.id)
    assert (first.noun, first.title, first.actor) == ("sims", card.iccid, "Jana Nováková")
    assert first.reason == "volá držitel, zablokovaná karta"
    assert newest.reason == "totéž"


def test_nothing_is_revealed_without_a_reason(opened: Workspace, card: Sim) -> None:
    with refused("reveal-reason-needed"):
        secrets.reveal(opened, card.id, "puk", "  ")
    assert opened.store.select(Access) == []


def test_revealing_stays_written_down_when_something_is_undone(
    opened: Workspace, card: Sim
) -> None:
    secrets.reveal(opened, card.id, "puk", "volá držitel")
    history.undo_last(opened)
    assert opened.store.select(Sim) == []
    assert len(opened.store.select(Access)) == 1


def test_secret_is_neither_found_nor_listed_nor_told_by_the_history(
    opened: Workspace, card: Sim
) -> None:
    sims.change_sim(opened, card, puk="11112222")
    for secret in (PUK, PIN, "11112222"):
        assert search.find(opened, secret) == []
    page = lists.page(opened, ListQuery(noun="sims", sort="iccid"))
    told = [history.readable(entry) for entry in history.history(opened, card.id)]
    for secret in (PUK, PIN, "11112222"):
        assert secret not in repr(page.rows)
        assert secret not in repr(told)


def test_table_has_secrets_only_where_they_are_asked_for_by_name(
    opened: Workspace, client: Client, card: Sim, tmp_path: Path
) -> None:
    query = ListQuery(noun="sims", sort="iccid")
    plain, full = tmp_path / "karty.csv", tmp_path / "puk.csv"
    exports.export(opened, exports.Export(query=query, columns=exports.columns_of("sims")), plain)
    assert PUK not in plain.read_text("utf-8-sig")
    asked = exports.Export(query=query, columns=("iccid",), secrets=("puk",))
    with refused("reveal-reason-needed"):
        exports.export(opened, asked, full)
    assert not full.exists()
    asked = exports.Export(query=query, columns=("iccid",), secrets=("puk",), reason="předání")
    exports.export(opened, asked, full)
    assert PUK in full.read_text("utf-8-sig")
    assert PIN not in full.read_text("utf-8-sig")
    assert [one.reason for one in access.accesses(opened, client.id)] == ["předání"]
