"""Any noun in a form and in a cell: read as written, checked, saved as one action, undone."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from console import texts
from console.domain.client import Client
from console.domain.contact import Authority, Contact
from console.domain.device import Device
from console.domain.line import Line, LineKind, LineState
from console.domain.record import Record
from console.domain.register_fields import FIELDS, FieldType
from console.domain.sim import Sim
from console.errors import KnownError
from console.services import clients, contacts, history, records, sims
from console.services.records import Opened, Saved
from console.workspace import Workspace
from tests.services.steps import Clock, add_line, another_client, refused

CARD, OTHER_CARD = "8942010007990000012", "8942010007990000020"
FILLED: dict[str, dict[str, Any]] = {
    "clients": {
        "name": "Škola",
        "ico": "60162694",
        "dic": "CZ60162694",
        "invoice_cycle": "monthly",
    },
    "contacts": {"name": "Jana Malá", "channel": "email", "authorised": "yes", "mobile": "777 1"},
    "lines": {
        "msisdn": "799 000 009",
        "kind": "voice",
        "data_mb": "1,5 GB",
        "barrings": ("premium",),
    },
    "sims": {"iccid": CARD, "line_id": "799 000 001", "puk": "01234567", "form": "nano"},
    "tariffs": {"code": "P", "name": "Profi", "monthly_fee": "99,50", "included_sms": "unlimited"},
    "devices": {
        "model": "Galaxy",
        "imei": "490154203237518",
        "price": "6 190",
        "line_id": "799000001",
    },
}


def new(opened: Workspace, noun: str, client: Client, **values: Any) -> Any:
    """Save a new record from a form and return it."""
    owner = {} if noun == "clients" else {"client_id": client.id}
    shown = records.blank(opened, noun, owner)
    done = records.save(opened, shown, {**shown.values, **values}).result
    assert isinstance(done, Saved)
    return done.record


@pytest.fixture(autouse=True)
def line(opened: Workspace, client: Client) -> Line:
    """A number that others refer to."""
    return add_line(opened, client, "799000001", tariff="Profi 100", holder="Řehoř")


@pytest.mark.parametrize("language", ["en", "cs"])
@pytest.mark.parametrize("noun", FILLED)
def test_form_that_nobody_touched_changes_nothing(
    opened: Workspace, client: Client, noun: str, language: str
) -> None:
    texts.use_language(language)
    made = new(opened, noun, client, **{**FILLED[noun], "note": "pozn. č. 1"})
    shown = records.opened(opened, noun, made.id)
    before = history.next_undo(opened)
    records.save(opened, shown, shown.values)
    assert history.next_undo(opened) == before
    kept = records.opened(opened, noun, made.id)
    rewritten: Record = records.entered(opened, Opened(noun, kept.record, {}), {})
    assert rewritten == kept.record


@pytest.mark.parametrize("noun", FILLED)
def test_new_record_is_one_action_with_one_undo(
    opened: Workspace, client: Client, noun: str
) -> None:
    made = new(opened, noun, client, **FILLED[noun])
    history.undo_last(opened)
    with refused("record-missing"):
        records.opened(opened, noun, made.id)
    history.redo_last(opened)
    assert records.opened(opened, noun, made.id).record.id == made.id


@pytest.mark.parametrize("noun", FILLED)
def test_deleted_record_comes_back_by_undo(opened: Workspace, client: Client, noun: str) -> None:
    made = new(opened, noun, client, **FILLED[noun])
    records.delete(opened, noun, [made.id])
    with refused("record-missing"):
        records.opened(opened, noun, made.id)
    history.undo_last(opened)
    again = records.opened(opened, noun, made.id)
    assert records.title_of(again.record) == records.title_of(made)


@pytest.mark.parametrize(
    ("noun", "name", "wrong"),
    [
        ("lines", "activated_on", "31. 2. 2026"),
        ("lines", "data_mb", "moc"),
        ("lines", "state", "spí"),
        ("tariffs", "monthly_fee", "sto"),
        ("tariffs", "vat_rate", ""),
        ("devices", "imei", "490154203237519"),
        ("contacts", "name", " "),
        ("sims", "line_id", "799 999 999"),
    ],
)
def test_wrong_value_names_its_field_and_saves_nothing(
    opened: Workspace, client: Client, noun: str, name: str, wrong: str
) -> None:
    made = new(opened, noun, client, **FILLED[noun])
    shown = records.opened(opened, noun, made.id)
    with pytest.raises(KnownError) as caught:
        records.save(opened, shown, {**shown.values, "note": "nový", name: wrong})
    assert caught.value.facts["name"] == name
    assert records.opened(opened, noun, made.id).values == shown.values


def test_wrong_secret_never_stands_in_the_message(opened: Workspace, client: Client) -> None:
    made = new(opened, "sims", client, **FILLED["sims"])
    shown = records.opened(opened, "sims", made.id)
    assert (shown.values["puk"], shown.values["pin"]) == ("", "")
    records.save(opened, shown, {**shown.values, "form": "eSIM"})
    assert opened.store.get(Sim, made.id).puk == "01234567"


@pytest.mark.parametrize("dic", ["CZ60162694", "CZ699001234", "cz 60162694"])
def test_dic_is_checked_and_taken(opened: Workspace, client: Client, dic: str) -> None:
    shown = records.plain(client)
    saved = records.save(opened, shown, {**shown.values, "dic": dic}).result
    assert isinstance(saved, Saved)


def test_wrong_dic_is_refused_but_an_old_one_does_not_stand_in_the_way(
    opened: Workspace, client: Client
) -> None:
    shown = records.plain(client)
    with refused("dic-wrong"):
        records.save(opened, shown, {**shown.values, "dic": "CZ123"})
    with opened.store.unit("old"):
        old = opened.store.update(client, dic="CZ123")
    assert clients.change_client(opened, old, note="nic").result


def test_card_with_a_wrong_check_digit_is_kept_with_a_warning(
    opened: Workspace, client: Client
) -> None:
    shown = records.blank(opened, "sims", {"client_id": client.id})
    saved = records.save(opened, shown, {**shown.values, "iccid": CARD[:-1] + "9"}).result
    assert isinstance(saved, Saved)
    assert "check digit" in saved.warnings[0]


def test_card_that_is_given_to_a_number_replaces_the_one_before(
    opened: Workspace, client: Client, line: Line, clock: Clock
) -> None:
    first = new(opened, "sims", client, **FILLED["sims"])
    second = new(opened, "sims", client, iccid=OTHER_CARD, line_id="799000001")
    assert opened.store.get(Line, line.id).sim_id == second.id
    assert opened.store.get(Sim, second.id).predecessor_id == first.id
    assert opened.store.get(Sim, first.id).valid_until == clock().date()
    sims.delete_sim(opened, opened.store.get(Sim, second.id))
    assert opened.store.get(Line, line.id).sim_id is None
    history.undo_last(opened)
    assert opened.store.get(Line, line.id).sim_id == second.id


def test_card_and_device_stand_in_the_register_once(opened: Workspace, client: Client) -> None:
    new(opened, "sims", client, **FILLED["sims"])
    with refused("sim-exists"):
        new(opened, "sims", client, iccid=CARD)
    new(opened, "devices", client, **FILLED["devices"])
    with refused("imei-exists"):
        new(opened, "devices", client, model="Jiný", imei=FILLED["devices"]["imei"])


def test_cell_is_changed_by_what_stood_in_it(opened: Workspace, line: Line) -> None:
    records.change_field(opened, "lines", line.id, "holder", "Šárka", "Řehoř")
    assert opened.store.get(Line, line.id).holder == "Šárka"
    with refused("record-changed"):
        records.change_field(opened, "lines", line.id, "holder", "Petr", "Řehoř")
    assert opened.store.get(Line, line.id).holder == "Šárka"


def test_one_change_of_the_history_is_taken_back(opened: Workspace, line: Line) -> None:
    shown = records.opened(opened, "lines", line.id)
    records.save(opened, shown, {**shown.values, "holder": "Šárka", "note": "jedna"})
    shown = records.opened(opened, "lines", line.id)
    records.save(opened, shown, {**shown.values, "note": "dvě"})
    first = history.history(opened, line.id)[1]
    records.take_back(opened, records.opened(opened, "lines", line.id), first)
    now = opened.store.get(Line, line.id)
    assert (now.holder, now.note) == ("Řehoř", "dvě")
    history.undo_last(opened)
    assert opened.store.get(Line, line.id).holder == "Šárka"


def test_client_goes_with_all_that_belongs_to_it_and_comes_back(
    opened: Workspace, client: Client, line: Line
) -> None:
    person = contacts.add_contact(opened, Contact(client_id=client.id, name="Jana")).result
    assert isinstance(person, Contact)
    records.delete(opened, "clients", [client.id])
    assert opened.store.select(Line) == opened.store.select(Contact) == []
    history.undo_last(opened)
    assert [one.id for one in opened.store.select(Line)] == [line.id]
    assert [one.name for one in opened.store.select(Contact)] == ["Jana"]


def test_authority_is_entered_in_words(opened: Workspace, client: Client) -> None:
    person = contacts.add_contact(opened, Contact(client_id=client.id, name="Jana")).result
    assert isinstance(person, Contact)
    blank = records.plain(Authority(client_id=client.id, contact_id=person.id))
    values = {
        **blank.values,
        "actions": ("sim-block",),
        "numbers": ("799 000 001",),
        "mandate": "Plná moc 12/2026",
        "mandate_until": "31. 12. 2026",
    }
    records.save(opened, blank, values)
    (stored,) = opened.store.select(Authority)
    assert (stored.actions, stored.numbers) == (("sim-block",), ("+420799000001",))
    assert stored.mandate_until == date(2026, 12, 31)


def test_number_of_another_client_cannot_be_referred_to(opened: Workspace, client: Client) -> None:
    add_line(opened, another_client(opened), "799000002")
    with refused("reference-unknown"):
        new(opened, "devices", client, model="Galaxy", line_id="799000002")


def test_every_field_of_a_form_is_a_field_of_its_record() -> None:
    for noun, known in FIELDS.items():
        names = set(records.record_type(noun).__dataclass_fields__)
        assert {field.name for field in known} <= names, noun
        chosen = (FieldType.CHOICE,)
        assert all(f.words for f in known if f.holds in chosen)


def test_values_are_stored_as_they_are_meant(opened: Workspace, client: Client) -> None:
    made = new(opened, "lines", client, **FILLED["lines"])
    assert (made.kind, made.data_mb, made.barrings) == (LineKind.VOICE, 1536, ("premium",))
    assert made.state is LineState.ACTIVE
    tariff = new(opened, "tariffs", client, **FILLED["tariffs"])
    assert (tariff.monthly_fee, tariff.included_sms) == (Decimal("99.50"), -1)
    device = new(opened, "devices", client, **FILLED["devices"])
    assert isinstance(device, Device)
    assert device.price == Decimal("6190.00")
