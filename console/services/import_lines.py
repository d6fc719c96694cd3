"""Numbers and their cards as a file gives them: a card that is known is used, never doubled."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any, Final

from console.domain import phone
from console.domain.line import Line
from console.domain.sim import Sim
from console.domain.tariff import Tariff
from console.intake.problems import KEPT, Problem
from console.intake.take_in import Row
from console.intake.values import plain
from console.services.import_noun import Changed, Noun, as_json, differs
from console.services.line_history import track_changes
from console.storage import rows
from console.workspace import Workspace

SIM_FIELDS: Final = ("iccid", "puk", "pin")
"""What a row of a number says of its card."""


@dataclass(frozen=True, slots=True)
class KnownLine:
    """A line with its card, as far as a file can change them."""

    line: Line
    sim: Sim | None


def _known(workspace: Workspace, client_id: int) -> dict[str, KnownLine]:
    store = workspace.store
    sims = {
        sim.id: sim
        for sim in store.select(
            Sim,
            "id IN (SELECT sim_id FROM lines WHERE client_id = ? AND deleted_at IS NULL)",
            [client_id],
        )
    }
    return {
        line.msisdn: KnownLine(line, sims.get(line.sim_id or 0))
        for line in store.select(Line, "client_id = ?", [client_id])
    }


def settle(
    workspace: Workspace, client_id: int, known: Mapping[str, Any], rows: Sequence[Row]
) -> list[Problem]:
    """Write tariffs as the price list does, and leave out cards that a number cannot have."""
    tariffs = workspace.store.select(Tariff, "client_id = ?", [client_id])
    tidy = {plain(tariff.name): tariff.name for tariff in tariffs}
    for row in rows:
        if row.values.get("tariff"):
            row.values["tariff"] = tidy.get(plain(row.values["tariff"]), row.values["tariff"])
    return _settle_cards(workspace, client_id, known, rows)


def _settle_cards(
    workspace: Workspace, client_id: int, known: Mapping[str, Any], rows: Sequence[Row]
) -> list[Problem]:
    carded = [row for row in rows if row.values.get("iccid")]
    taken = _taken(workspace, client_id, [row.values["iccid"] for row in carded])
    problems = []
    first: dict[str, int] = {}
    for row in carded:
        iccid = row.values["iccid"]
        stands = first.setdefault(iccid, row.number)
        ours = known.get(row.values["msisdn"])
        if ours and ours.sim and ours.sim.iccid == iccid:
            continue
        if stands != row.number:
            problem = Problem(row.number, "", "card-repeated", KEPT, first=stands)
        elif iccid in taken:
            problem = Problem(row.number, "", *taken[iccid])
        else:
            continue
        problems.append(problem)
        row.values.update(
            {name: "" if name == "iccid" else None for name in SIM_FIELDS if name in row.values}
        )
    return problems


def _taken(
    workspace: Workspace, client_id: int, iccids: Sequence[str]
) -> dict[str, tuple[str, str, str, int, str]]:
    """Return the cards that no other number can have: what to say of each, as a problem does."""
    found = workspace.store.db.conn.execute(
        "SELECT s.iccid, s.client_id, c.name, l.msisdn FROM sims s"
        " JOIN clients c ON c.id = s.client_id"
        " LEFT JOIN lines l ON l.id = s.line_id AND l.deleted_at IS NULL"
        " WHERE s.iccid IN (SELECT value FROM json_each(?)) AND s.deleted_at IS NULL"
        " AND (s.client_id != ? OR s.line_id IS NOT NULL OR s.valid_until IS NOT NULL)",
        (as_json(iccids), client_id),
    )
    return {
        iccid: (
            ("card-used", KEPT, phone.pretty(msisdn or ""), 0, "")
            if owner == client_id
            else ("card-elsewhere", KEPT, "", 0, name)
        )
        for iccid, owner, name, msisdn in found
    }


def _difference(known: KnownLine, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a row changes; a PUK belongs to a card and says nothing without one."""
    plain_values = {n: v for n, v in values.items() if n not in SIM_FIELDS and n != "msisdn"}
    difference = differs(known.line, plain_values)
    if not (known.sim or values.get("iccid")):
        return difference
    for name in SIM_FIELDS:
        value = values.get(name)
        if value and value != (getattr(known.sim, name) if known.sim else ""):
            difference[name] = value
    return difference


def _insert(workspace: Workspace, client_id: int, new: Sequence[Mapping[str, Any]]) -> None:
    """Store new numbers in bulk, their cards first: a number refers to its card."""
    if not new:
        return
    store = workspace.store
    names = [n for n in new[0] if n not in SIM_FIELDS]
    line_ids = store.new_ids(len(new))
    sim_ids = _give_cards(workspace, client_id, list(zip(line_ids, new, strict=True)))
    values_by_column = [
        rows.encode_column(Line, name, [values[name] for values in new]) for name in names
    ]
    store.insert_many(
        Line,
        ("id", "client_id", "sim_id", *names),
        list(zip(line_ids, repeat(client_id), sim_ids, *values_by_column, strict=False)),
    )


def _give_cards(
    workspace: Workspace, client_id: int, lines: Sequence[tuple[int, Mapping[str, Any]]]
) -> list[int | None]:
    """Give new numbers their cards, from stock where they lie there; return the cards' ids."""
    store = workspace.store
    stock = _stock(workspace, client_id, [values.get("iccid") or "" for _id, values in lines])
    fresh = iter(store.new_ids(len(lines)))
    ids: list[int | None] = []
    new = []
    for line_id, values in lines:
        iccid = values.get("iccid")
        if not iccid:
            ids.append(None)
        elif iccid in stock:
            store.update(stock[iccid], line_id=line_id, **_secrets(values))
            ids.append(stock[iccid].id)
        else:
            ids.append(next(fresh))
            secrets = (values.get("puk") or "", values.get("pin") or "")
            new.append((ids[-1], client_id, line_id, iccid, *secrets))
    store.insert_many(Sim, ("id", "client_id", "line_id", "iccid", "puk", "pin"), new)
    return ids


def _stock(workspace: Workspace, client_id: int, iccids: Sequence[str]) -> dict[str, Sim]:
    """Return the client's cards that no number uses or used."""
    found = workspace.store.select(
        Sim,
        "client_id = ? AND line_id IS NULL AND valid_until IS NULL"
        " AND iccid IN (SELECT value FROM json_each(?))",
        [client_id, as_json(iccids)],
    )
    return {sim.iccid: sim for sim in found}


def _secrets(values: Mapping[str, Any]) -> dict[str, str]:
    """Return the PUK and PIN that a row gives; an empty cell says nothing."""
    return {name: values[name] for name in ("puk", "pin") if values.get(name)}


def _update(workspace: Workspace, changed: Sequence[Changed]) -> None:
    """Change numbers, their cards first."""
    lines = [(known.line, _with_card(workspace, known, dict(values))) for known, values in changed]
    track_changes(workspace, lines, workspace.store.today())


def _with_card(workspace: Workspace, known: KnownLine, changes: dict[str, Any]) -> dict[str, Any]:
    """Change a number's card; another ICCID is another card, whose predecessor stays."""
    card: dict[str, str] = {n: changes.pop(n) for n in SIM_FIELDS if n in changes}
    if "iccid" in card:
        changes["sim_id"] = _next_card(workspace, known, card).id
    elif card and known.sim:
        workspace.store.update(known.sim, **card)
    return changes


def _next_card(workspace: Workspace, known: KnownLine, card: Mapping[str, str]) -> Sim:
    """Return the card that a number has from today on, out of stock or new."""
    store = workspace.store
    today = store.today()
    if known.sim:
        store.update(known.sim, valid_until=today)
    from_today: dict[str, Any] = {
        "line_id": known.line.id,
        "predecessor_id": known.sim.id if known.sim else None,
        "valid_from": today,
        **_secrets(card),
    }
    client_id, iccid = known.line.client_id, card["iccid"]
    stock = _stock(workspace, client_id, [iccid])
    if stock:
        return store.update(stock[iccid], **from_today)
    return store.insert(Sim(client_id=client_id, iccid=iccid, **from_today))


NUMBERS: Final = Noun(
    known=_known,
    key=lambda values: str(values["msisdn"]),
    difference=_difference,
    insert=_insert,
    update=_update,
    title=lambda known: phone.pretty(known.line.msisdn),
    settle=settle,
    place="lines.msisdn",
    elsewhere="number-elsewhere",
)
