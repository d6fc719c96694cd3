"""People as a file gives them: a shared mailbox or a namesake never overwrites somebody."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Final

from console.domain.contact import Contact
from console.intake.problems import KEPT, Problem
from console.intake.take_in import Row
from console.intake.values import plain
from console.services.import_noun import Noun, differs, given, update_records
from console.workspace import Workspace


def _key(values: Mapping[str, Any]) -> str:
    return _of(values.get("name"), values.get("email"))


def _of(name: object, email: object) -> str:
    return f"{plain(str(name or ''))}|{plain(str(email or ''))}"


def _known(workspace: Workspace, client_id: int) -> dict[str, Contact]:
    """Return the people by name and e-mail, and by the name alone who has no namesake."""
    people = workspace.store.select(Contact, "client_id = ?", [client_id])
    found = {_of(person.name, person.email): person for person in people}
    named = defaultdict(list)
    for person in people:
        named[plain(person.name)].append(person)
    found.update({name: only[0] for name, only in named.items() if len(only) == 1})
    return found


def _find(known: Mapping[str, Any], values: Mapping[str, Any]) -> Contact | None:
    """Return the person of a row: by name and e-mail, by name where one of them has no e-mail."""
    exact: Contact | None = known.get(_key(values))
    if exact is not None:
        return exact
    named: Contact | None = known.get(plain(str(values["name"])))
    return named if named and not (named.email and values.get("email")) else None


def _settle(
    _workspace: Workspace, _client_id: int, known: Mapping[str, Any], rows: Sequence[Row]
) -> list[Problem]:
    """Name who comes in beside somebody of the same name or the same e-mail."""
    people = {person.id: person for person in known.values()}.values()
    names = {plain(person.name) for person in people}
    mailboxes = {plain(person.email): person.name for person in people if person.email}
    problems = []
    for row in rows:
        name, email = str(row.values["name"]), plain(str(row.values.get("email") or ""))
        if _find(known, row.values) is not None:
            continue
        if plain(name) in names:
            problems.append(Problem(row.number, "", "contact-namesake", KEPT, name))
        elif email in mailboxes:
            problems.append(Problem(row.number, "", "contact-mailbox", KEPT, mailboxes[email]))
    return problems


def _insert(workspace: Workspace, client_id: int, new: Sequence[Mapping[str, Any]]) -> None:
    for values in new:
        workspace.store.insert(Contact(client_id=client_id, **given(values)))


CONTACTS: Final = Noun(
    known=_known,
    key=_key,
    difference=differs,
    insert=_insert,
    update=update_records,
    title=lambda contact: contact.name,
    find=_find,
    settle=_settle,
)
