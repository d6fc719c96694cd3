"""Search and lists: what people type finds what it should, page by page."""

import pytest

from console.domain.client import Client
from console.domain.contact import Contact
from console.domain.line import Line
from console.domain.listing import ListQuery
from console.domain.sim import Sim
from console.services import lists, search
from console.storage.sorting import czech_key
from console.workspace import Workspace


@pytest.fixture
def line(opened: Workspace, client: Client) -> Line:
    store = opened.store
    with store.unit("t"):
        line = store.insert(
            Line(client_id=client.id, msisdn="+420777123456", holder="Žofie Nováková")
        )
        sim = store.insert(Sim(client_id=client.id, line_id=line.id, iccid="8942010007990002394"))
        store.insert(
            Contact(client_id=client.id, name="Ing. Řehoř Šťastný", email="r@urad.example")
        )
        return store.update(line, sim_id=sim.id)


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("novak", "lines"),
        ("NOVÁKOVÁ", "lines"),
        ("zofie novakova", "lines"),
        ("456", "lines"),
        ("+420 777 1", "lines"),
        ("777 123 456", "lines"),
        ("00420777123456", "lines"),
        ("77", "lines"),
        ("0002394", "sims"),
        ("8942010007990002394", "sims"),
        ("89420100", "sims"),
        ("01000799000", "sims"),
        ("7123456", "lines"),
        ("7712345", "lines"),
        ("stastny", "contacts"),
        ("r@urad", "contacts"),
        ("lipova", "clients"),
        ("00259586", "clients"),
    ],
)
def test_finds_by_any_part(opened: Workspace, line: Line, text: str, noun: str) -> None:
    assert noun in {hit.noun for hit in search.find(opened, text)}


def test_foreign_number_is_found_by_any_part(opened: Workspace, client: Client) -> None:
    with opened.store.unit("t"):
        opened.store.insert(Line(client_id=client.id, msisdn="+4915112345678"))
    for text in ("+49 151", "4915112345678", "15112345678", "345678", "1234567"):
        assert [h.title for h in search.find(opened, text)] == ["+4915112345678"], text


def test_beginnings_come_before_other_places(opened: Workspace, client: Client) -> None:
    with opened.store.unit("t"):
        for number in ("+420777123400", "+420600777123", "+420777123401"):
            opened.store.insert(Line(client_id=client.id, msisdn=number))
    titles = [h.title for h in search.find(opened, "777123") if h.noun == "lines"]
    assert titles == ["+420777123400", "+420777123401", "+420600777123"]


def test_noun_with_many_hits_starves_no_other(opened: Workspace, client: Client) -> None:
    store = opened.store
    with store.unit("t"):
        store.insert(Client(name="Obec Jana", ico="25596641"))
        for number in range(450):
            store.insert(Contact(client_id=client.id, name=f"Jana {number}"))
    hits = search.find(opened, "jana")
    assert [h.noun for h in hits].count("clients") == 1
    assert [h.noun for h in hits].count("contacts") == 8


def test_request_is_found_by_its_number(opened: Workspace, client: Client) -> None:
    from console.services import requests

    logged = requests.log_request(opened, requests.Draft(client_id=client.id)).result
    assert logged.number in [hit.title for hit in search.find(opened, logged.number)]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "text", ["", " ", '"', "'; DROP TABLE", "AND OR NOT", "*", "a" * 5000, "%"]
)
def test_strange_text_finds_nothing_and_breaks_nothing(
    opened: Workspace, line: Line, text: str
) -> None:
    assert search.find(opened, text) == []


def test_sim_opens_its_line(opened: Workspace, line: Line) -> None:
    (hit,) = [h for h in search.find(opened, "0002394") if h.noun == "sims"]
    assert hit.owner_id == line.id


def test_deleted_and_changed_records_are_found_as_they_are(opened: Workspace, line: Line) -> None:
    with opened.store.unit("t"):
        changed = opened.store.update(line, holder="Kubík")
    assert not [h for h in search.find(opened, "novakova") if h.noun == "lines"]
    assert [h for h in search.find(opened, "kubik") if h.noun == "lines"]
    with opened.store.unit("t"):
        opened.store.delete(changed)
    assert not [h for h in search.find(opened, "kubik") if h.noun == "lines"]


def test_client_filter_keeps_others_out(opened: Workspace, line: Line) -> None:
    with opened.store.unit("t"):
        other = opened.store.insert(Client(name="Jiný", ico="25596641"))
    assert search.find(opened, "novak", client_id=other.id) == []
    assert search.find(opened, "novak", client_id=line.client_id)


def _fill(opened: Workspace, client: Client, count: int) -> None:
    store = opened.store
    holders = ("Adam", "Čeněk", "Cyril", "Chrudoš", "Hana", "Ivan", "Řehoř", "Rudolf", "", "Žofie")
    with store.unit("fill"):
        store.insert_many(
            Line,
            ("id", "client_id", "msisdn", "holder"),
            [
                (store.new_id(), client.id, f"+420799{n:06}", holders[n % len(holders)])
                for n in range(count)
            ],
        )


@pytest.mark.parametrize("sort", lists.sortable("lines"))
@pytest.mark.parametrize("descending", [False, True])
def test_pages_give_every_row_once_in_order(
    opened: Workspace, client: Client, sort: str, descending: bool
) -> None:
    _fill(opened, client, 730)
    query = ListQuery(noun="lines", sort=sort, descending=descending, client_id=client.id)
    seen, after = [], None
    while True:
        page = lists.page(opened, query, after, 100)
        seen += page.rows
        after = page.keys[-1]
        if page.at_end:
            break
    assert len({row.id for row in seen}) == len(seen) == 730
    if sort == "holder":
        keys = [czech_key(row.holder) for row in seen]
        assert keys == sorted(keys, reverse=descending)


def test_anchors_part_the_list_evenly(opened: Workspace, client: Client) -> None:
    _fill(opened, client, 1030)
    query = ListQuery(noun="lines", sort="holder")
    found = lists.anchors(opened, query, None, 100, 50)
    assert len(found.keys) == 10
    assert found.rest == 30
    tenth = lists.page(opened, query, found.keys[8], 100)
    assert tenth.keys[-1] == found.keys[9]


def test_czech_order() -> None:
    names = ["Žák", "Cibulka", "Chalupa", "Čapek", "Hora", "Dvořák", "Dvorský", "Adam", "Řezníček"]
    expected = [
        "Adam",
        "Cibulka",
        "Čapek",
        "Dvorský",
        "Dvořák",
        "Hora",
        "Chalupa",
        "Řezníček",
        "Žák",
    ]
    assert sorted(names, key=czech_key) == expected
