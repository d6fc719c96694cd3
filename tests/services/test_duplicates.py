"""Duplicates: found by what they share, merged so that nothing is lost, taken back as one."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.domain.client import Client
from console.domain.contact import Authority, Contact
from console.domain.device import Device
from console.domain.line import Line, LineChange
from console.domain.line_history import breaks
from console.domain.request import Request, RequestLine
from console.domain.sim import Sim
from console.services import contacts, duplicates, history, lines, search
from console.storage import journal
from console.workspace import Workspace
from tests.services.steps import add_contact, add_line, another_client, log, refused


def two_lines(opened: Workspace, client: Client, **theirs: Any) -> tuple[Line, Line]:
    """Put the same number into the register of two clients, as files of old times did."""
    kept = add_line(opened, client, "799000001", tariff="Profi 100")
    other = another_client(opened)
    with opened.store.unit("old"):
        twin = opened.store.insert(Line(client_id=other.id, msisdn=kept.msisdn, **theirs))
    return kept, twin


def test_number_of_two_clients_is_found(opened: Workspace, client: Client) -> None:
    kept, twin = two_lines(opened, client)
    add_line(opened, client, "799000002")
    (group,) = duplicates.find(opened, "lines")
    assert [record.id for record in group.records] == [kept.id, twin.id]
    assert "799 000 001" in group.why
    assert [record.client for record in group.records] == [client.name, "Základní škola Žižkova"]


def test_people_are_found_by_name_mail_or_phone_within_their_client(
    opened: Workspace, client: Client
) -> None:
    add_contact(opened, client, "Jana Nováková", email="jana@urad.example")
    add_contact(opened, client, "jana novakova")
    add_contact(opened, client, "J. N.", email="JANA@urad.example")
    add_contact(opened, client, "Petr", mobile="777 123 456")
    add_contact(opened, client, "P. Malý", mobile="+420777123456")
    add_contact(opened, another_client(opened), "Jana Nováková")
    found = duplicates.find(opened, "contacts")
    assert sorted(len(group.records) for group in found) == [2, 2, 2]


def test_cards_and_clients_are_found(opened: Workspace, client: Client) -> None:
    with opened.store.unit("old"):
        for _time in range(2):
            opened.store.insert(Sim(client_id=client.id, iccid="8942010007990000012"))
        opened.store.insert(Client(name="Jiný", ico=client.ico))
    assert len(duplicates.find(opened, "sims")) == 1
    (group,) = duplicates.find(opened, "clients")
    assert client.ico in group.why


def test_merged_number_has_what_both_had(opened: Workspace, client: Client) -> None:
    kept, twin = two_lines(opened, client, tariff="M2M", holder="Řehoř", barrings=("data",))
    with opened.store.unit("old"):
        card = opened.store.insert(Sim(client_id=twin.client_id, line_id=twin.id, iccid="89"))
        opened.store.update(twin, sim_id=card.id)
        device = opened.store.insert(Device(client_id=twin.client_id, model="M", line_id=twin.id))
    request = log(opened, opened.store.get(Client, twin.client_id), numbers=(kept.msisdn,))
    merged = duplicates.merge(opened, "lines", kept.id, [twin.id]).result
    assert isinstance(merged, Line)
    assert (merged.tariff, merged.holder, merged.barrings) == ("Profi 100", "Řehoř", ("data",))
    assert "Tariff: M2M" in merged.note
    assert merged.sim_id == card.id
    moved = opened.store.get(Device, device.id)
    assert (moved.line_id, moved.client_id) == (kept.id, client.id)
    assert [line.id for line in opened.store.select(Line)] == [kept.id]
    (part,) = opened.store.select(RequestLine, "request_id = ?", [request.id])
    assert part.line_id == kept.id
    assert duplicates.find(opened, "lines") == []


def test_merge_is_one_action_with_one_undo(opened: Workspace, client: Client) -> None:
    kept, twin = two_lines(opened, client, tariff="M2M", holder="Řehoř")
    duplicates.merge(opened, "lines", kept.id, [twin.id])
    history.undo_last(opened)
    found = {line.id: line.tariff for line in opened.store.select(Line)}
    assert found == {kept.id: "Profi 100", twin.id: "M2M"}
    assert journal.verify(opened.store.db) == []


def test_histories_of_merged_numbers_have_neither_gap_nor_overlap(
    opened: Workspace, client: Client
) -> None:
    kept, twin = two_lines(opened, client, tariff="A", holder="Petr")
    day = opened.store.today()
    lines.change_line(opened, twin, day, tariff="Profi 100")
    lines.change_line(opened, opened.store.get(Line, twin.id), day, holder="Jana")
    lines.change_line(opened, kept, day, holder="Šárka")
    duplicates.merge(opened, "lines", kept.id, [twin.id])
    for name in ("tariff", "holder"):
        chain = opened.store.select(LineChange, "line_id = ? AND field = ?", [kept.id, name])
        assert breaks(chain) == []
        assert chain[-1].after == getattr(opened.store.get(Line, kept.id), name)


def test_contact_takes_requests_and_authorities_along(opened: Workspace, client: Client) -> None:
    kept = add_contact(opened, client, "Jana Malá", function="starostka")
    twin = add_contact(opened, client, "Jana Mala", function="vedoucí", authorised=True)
    with opened.store.unit("grant"):
        opened.store.insert(Authority(client_id=client.id, contact_id=twin.id, mandate="Plná moc"))
    request = log(opened, client, contact_id=twin.id)
    preview = {m.name: m for m in duplicates.preview(opened, "contacts", kept.id, [twin.id])}
    assert (preview["function"].value, preview["function"].noted) == ("starostka", ("vedoucí",))
    merged = duplicates.merge(opened, "contacts", kept.id, [twin.id]).result
    assert isinstance(merged, Contact)
    assert "vedoucí" in merged.note
    assert opened.store.get(Request, request.id).contact_id == kept.id
    (grant,) = opened.store.select(Authority)
    assert grant.contact_id == kept.id


def test_authority_is_never_given_by_merging(opened: Workspace, client: Client) -> None:
    kept = add_contact(opened, client, "Jana")
    twin = add_contact(opened, client, "Jana", authorised=True)
    merged = duplicates.merge(opened, "contacts", kept.id, [twin.id]).result
    assert isinstance(merged, Contact)
    assert not merged.authorised
    assert "Authorised person: yes" in merged.note


def test_client_takes_everything_along_and_is_searched_under_its_own(
    opened: Workspace, client: Client
) -> None:
    other = another_client(opened)
    line = add_line(opened, other, "799000005", holder="Kunhuta")
    add_contact(opened, other, "Vendelín")
    duplicates.merge(opened, "clients", client.id, [other.id])
    assert opened.store.get(Line, line.id).client_id == client.id
    assert [c.name for c in contacts.contacts_of(opened, client.id)] == ["Vendelín"]
    assert [hit.id for hit in search.find(opened, "Kunhuta", client_id=client.id)] == [line.id]
    assert search.find(opened, "Kunhuta", client_id=other.id) == []
    history.undo_last(opened)
    assert [hit.id for hit in search.find(opened, "Kunhuta", client_id=other.id)] == [line.id]


def test_cards_with_different_puks_are_not_merged(opened: Workspace, client: Client) -> None:
    with opened.store.unit("old"):
        cards = [
            opened.store.insert(Sim(client_id=client.id, iccid="89", puk=puk))
            for puk in ("11112222", "33334444", "")
        ]
    ids = [card.id for card in cards]
    with refused("merge-secrets") as caught:
        duplicates.merge(opened, "sims", ids[0], [ids[1]])
    assert "1111" not in str(caught.value)
    merged = duplicates.merge(opened, "sims", ids[2], [ids[1]]).result
    assert isinstance(merged, Sim)
    assert merged.puk == "33334444"


WORDS = st.sampled_from(("", "Řehoř", "Šárka", "Odbor 1", "100"))
FIELDS = ("holder", "department", "cost_centre", "tariff", "forwarding", "note")


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=st.lists(st.fixed_dictionaries(dict.fromkeys(FIELDS, WORDS)), min_size=2, max_size=4))
def test_merging_loses_nothing(
    opened: Workspace, client: Client, rows: list[dict[str, str]]
) -> None:
    number = f"+420799{opened.store.new_id() % 10**6:06}"
    with opened.store.unit("old"):
        ids = [
            opened.store.insert(Line(client_id=client.id, msisdn=number, **row)).id for row in rows
        ]
    merged = duplicates.merge(opened, "lines", ids[0], ids[1:]).result
    assert isinstance(merged, Line)
    for name in FIELDS:
        for value in {row[name] for row in rows} - {""}:
            assert value == getattr(merged, name) or value in merged.note
