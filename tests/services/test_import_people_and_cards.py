"""What a file may not do: double a card, take another's, overwrite a person; lists of clients."""

from dataclasses import replace
from pathlib import Path

import pytest

from console.domain.client import Client, InvoiceCycle, RetentionClass
from console.domain.contact import Contact
from console.domain.line import Line
from console.domain.listing import ListQuery
from console.domain.sim import Sim
from console.services import clients, comparison, exports, history, imports, secrets, sims
from console.workspace import Workspace
from tests.services.steps import add_line, another_client, refused
from tests.services.test_imports import counts, table, take_in

STOCK, USED, FOREIGN = "8942010000000000011", "8942010000000000029", "8942010000000000037"


@pytest.fixture
def stock(opened: Workspace, client: Client) -> None:
    """A card in stock with its PUK, one in use, and one of another client."""
    sims.add_sim(opened, Sim(client_id=client.id, iccid=STOCK, puk="01234567"))
    line = add_line(opened, client, "799000009")
    sims.add_sim(opened, Sim(client_id=client.id, iccid=USED, line_id=line.id))
    other = another_client(opened)
    sims.add_sim(opened, Sim(client_id=other.id, iccid=FOREIGN))


def _card_of(opened: Workspace, number: str) -> Sim | None:
    (line,) = opened.store.select(Line, "msisdn = ?", [f"+420{number}"])
    return sims.in_use(opened, line.id)


@pytest.mark.parametrize("is_known", [False, True])
@pytest.mark.usefixtures("stock")
def test_card_in_stock_is_used_with_its_puk(
    opened: Workspace, client: Client, tmp_path: Path, is_known: bool
) -> None:
    if is_known:
        add_line(opened, client, "799000001")
    file = table(tmp_path, "Číslo;ICCID;PUK", f"799000001;{STOCK};")
    assert take_in(opened, client, file).problems == ()
    card = _card_of(opened, "799000001")
    assert card is not None
    assert secrets.reveal(opened, card.id, "puk", "zkouška").result == "01234567"
    assert len(opened.store.select(Sim, "iccid = ?", [STOCK])) == 1
    assert counts(take_in(opened, client, file)) == (0, 0, 1, 0)


@pytest.mark.parametrize("is_known", [False, True])
@pytest.mark.usefixtures("stock")
def test_card_of_somebody_else_is_named_and_not_taken(
    opened: Workspace, client: Client, tmp_path: Path, is_known: bool
) -> None:
    if is_known:
        for number in ("799000001", "799000002", "799000003"):
            add_line(opened, client, number)
    file = table(
        tmp_path,
        "Číslo;ICCID;PUK;Uživatel",
        f"799000001;{USED};11111111;Řehoř",
        f"799000002;{FOREIGN};22222222;Šárka",
        f"799000003;{STOCK};;Žofie",
        f"799000004;{STOCK};33333333;Čeněk",
    )
    outcome = take_in(opened, client, file)
    assert outcome.refused == 0
    assert [(p.row, p.code) for p in outcome.problems] == [
        (2, "card-used"),
        (3, "card-elsewhere"),
        (5, "card-repeated"),
    ]
    assert "799 000 009" in outcome.problems[0].message
    taken = {line.msisdn[-1]: line for line in opened.store.select(Line)}
    assert [taken[last].holder for last in "1234"] == ["Řehoř", "Šárka", "Žofie", "Čeněk"]
    assert [bool(taken[last].sim_id) for last in "1234"] == [False, False, True, False]
    assert len(opened.store.select(Sim)) == 3


@pytest.mark.usefixtures("stock")
def test_comparison_takes_a_stock_card_and_no_foreign_one(
    opened: Workspace, client: Client, tmp_path: Path
) -> None:
    file = table(
        tmp_path, "Číslo;ICCID", f"799000001;{STOCK}", f"799000002;{FOREIGN}", "799000009;"
    )
    read = imports.read_file(file, "numbers")
    found = comparison.compare(opened, client.id, read)
    assert [p.code for p in found.problems] == ["card-elsewhere"]
    comparison.take_theirs(opened, client.id, read, found.differences)
    card = _card_of(opened, "799000001")
    assert card is not None
    assert card.puk == "01234567"
    assert _card_of(opened, "799000002") is None


PEOPLE = ("Jméno;E-mail;Funkce", "Jana Malá;podatelna@lipova.cz;referentka")


def _people(opened: Workspace) -> list[tuple[str, str, str]]:
    return sorted((c.name, c.email, c.function) for c in opened.store.select(Contact))


def test_shared_mailbox_overwrites_nobody(
    opened: Workspace, client: Client, tmp_path: Path
) -> None:
    take_in(opened, client, table(tmp_path, *PEOPLE), "contacts")
    rows = (*PEOPLE, "Petr Velký;podatelna@lipova.cz;tajemník")
    outcome = take_in(opened, client, table(tmp_path, *rows), "contacts")
    assert counts(outcome) == (1, 0, 1, 0)
    assert [(p.row, p.code, p.value) for p in outcome.problems] == [
        (3, "contact-mailbox", "Jana Malá")
    ]
    assert _people(opened) == [
        ("Jana Malá", "podatelna@lipova.cz", "referentka"),
        ("Petr Velký", "podatelna@lipova.cz", "tajemník"),
    ]


def test_namesake_with_another_mailbox_comes_in_beside(
    opened: Workspace, client: Client, tmp_path: Path
) -> None:
    take_in(opened, client, table(tmp_path, *PEOPLE), "contacts")
    rows = (PEOPLE[0], "Jana Malá;jana@jinde.cz;starostka")
    outcome = take_in(opened, client, table(tmp_path, *rows), "contacts")
    assert (counts(outcome), outcome.problems[0].code) == ((1, 0, 0, 0), "contact-namesake")
    assert [person[2] for person in _people(opened)] == ["starostka", "referentka"]


@pytest.mark.parametrize(
    ("before", "after"), [("", "jana@lipova.cz"), ("jana@lipova.cz", "")], ids=["gets", "keeps"]
)
def test_person_without_an_address_on_one_side_is_the_same(
    opened: Workspace, client: Client, tmp_path: Path, before: str, after: str
) -> None:
    for email in (before, after):
        rows = (PEOPLE[0], f"Jana Malá;{email};referentka")
        outcome = take_in(opened, client, table(tmp_path, *rows), "contacts")
    assert outcome.problems == ()
    assert _people(opened) == [("Jana Malá", "jana@lipova.cz", "referentka")]


def test_two_rows_never_fill_the_same_person(
    opened: Workspace, client: Client, tmp_path: Path
) -> None:
    take_in(opened, client, table(tmp_path, PEOPLE[0], "Jana Malá;;"), "contacts")
    rows = (PEOPLE[0], "Jana Malá;a@lipova.cz;jedna", "Jana Malá;b@lipova.cz;druhá")
    assert counts(take_in(opened, client, table(tmp_path, *rows), "contacts")) == (1, 1, 0, 0)
    assert [person[1:] for person in _people(opened)] == [
        ("a@lipova.cz", "jedna"),
        ("b@lipova.cz", "druhá"),
    ]


@pytest.mark.usefixtures("stock")
def test_dry_run_tells_every_field_that_changes_and_no_secret(
    opened: Workspace, client: Client, tmp_path: Path
) -> None:
    file = table(tmp_path, "Číslo;ICCID;PUK;Uživatel", f"799000009;{USED};87654321;Řehoř")
    outcome = imports.dry_run(opened, client.id, imports.read_file(file, "numbers"))
    assert [(c.row, c.title, c.field, c.before, c.after) for c in outcome.changes] == [
        (2, "799 000 009", "Holder", "", "Řehoř"),
        (2, "799 000 009", "PUK", "", "••••"),
    ]
    assert "87654321" not in repr(outcome)
    people = table(tmp_path, *PEOPLE)
    take_in(opened, client, people, "contacts")
    changed = table(tmp_path, PEOPLE[0], "Jana Malá;podatelna@lipova.cz;starostka")
    told = imports.dry_run(opened, client.id, imports.read_file(changed, "contacts")).changes
    assert [c.message for c in told] == ["Jana Malá: Function: referentka → starostka"]


CLIENTS = (
    "Název;IČO;DIČ;Sídlo;Střediska;Fakturační cyklus;Jazyk",
    "Obec Žďárek;00262129;CZ00262129;Žďárek 1;100, 200;měsíčně;cs",
    "Městský úřad Lípová;259586;nesmysl;Lípová 5;;;",
    "Bez čísla;;;;;;",
    "Špatné číslo;00262128;;;;;",
)


def test_clients_come_in_by_their_ico(opened: Workspace, client: Client, tmp_path: Path) -> None:
    read = imports.read_file(table(tmp_path, *CLIENTS), "clients")
    foretold = imports.dry_run(opened, 0, read)
    outcome = imports.run(opened, 0, read).result
    assert outcome == foretold
    assert counts(outcome) == (1, 1, 0, 2)
    assert [(p.row, p.code) for p in outcome.problems] == [
        (3, "dic-value"),
        (4, "ico-missing"),
        (5, "ico-value"),
    ]
    assert [c.message for c in outcome.changes] == ["Městský úřad Lípová: Seat: – → Lípová 5"]
    village = clients.client_by_ico(opened, "00262129")
    assert (village.name, village.dic, village.cost_centres) == (
        "Obec Žďárek",
        "CZ00262129",
        ("100", "200"),
    )
    assert village.invoice_cycle is InvoiceCycle.MONTHLY
    assert counts(imports.run(opened, 0, read).result) == (0, 0, 2, 2)
    history.undo_last(opened)
    assert [c.name for c in clients.all_clients(opened)] == [client.name]


def test_every_field_of_a_client_goes_out_and_comes_back(
    opened: Workspace, client: Client, tmp_path: Path
) -> None:
    full = replace(
        client,
        dic="CZ00259586",
        data_box="abc1234",
        seat="Lípová 5",
        billing_address="Lípová 6",
        delivery_address="Lípová 7",
        customer_account="700123",
        billing_accounts=("1", "2"),
        cost_centres=("100", "200"),
        office_hours="Po, St 8–17",
        invoice_cycle=InvoiceCycle.QUARTERLY,
        retention_class=RetentionClass.LONG,
        language="en",
        note="poznámka",
    )
    clients.save_client(opened, full)
    for name in ("klienti.csv", "klienti.xlsx"):
        query = ListQuery(noun="clients", sort="name")
        out = exports.Export(query=query, columns=exports.columns_of("clients"))
        exports.export(opened, out, tmp_path / name)
        read = imports.read_file(tmp_path / name, "clients")
        assert counts(imports.dry_run(opened, 0, read)) == (0, 0, 1, 0)
    history.undo_last(opened)
    imports.run(opened, 0, read)
    got = clients.client_by_ico(opened, client.ico)
    assert replace(got, version=0) == replace(full, version=0)


def test_file_of_something_else_says_so(opened: Workspace, tmp_path: Path) -> None:
    people = table(tmp_path, "Jméno;Funkce;E-mail;Oprávněná osoba;Mobil", "Jan;;;ano;799000001")
    assert imports.read_file(people, "numbers").rather == "contacts"
    assert imports.read_file(people, "contacts").rather == ""
    bill = table(tmp_path, *CLIENTS)
    with refused("table-of-others"):
        imports.read_file(bill, "sims")
