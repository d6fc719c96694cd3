"""Who sent a mail: a contact of ours, told apart where several share the address."""

from collections.abc import Sequence
from dataclasses import dataclass

from console.domain.authority import Verdict
from console.domain.client import Client
from console.domain.contact import Contact
from console.domain.mail import Mail
from console.intake.values import plain
from console.services import lines
from console.texts import N_
from console.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Sender:
    """Whose a mail is, as far as it tells.

    Args:
        client: by the address, or by the numbers that the mail names.
        contact: who wrote it, or None where that is not sure.
        doubt: why one of them is missing, or None where both are known.
    """

    client: Client | None
    contact: Contact | None
    doubt: Verdict | None = None


def sender(workspace: Workspace, mail: Mail, numbers: Sequence[str]) -> Sender:
    """Return who sent a mail.

    An address that contacts of several clients have is that of the client whose numbers the
    mail names; one that several people of a client share is that of whom the mail is signed by.

    Args:
        workspace: the open workspace.
        mail: as it was read.
        numbers: E.164, that it names.
    """
    people = _people(workspace, mail.sender)
    owners = _owners(workspace, numbers)
    if not people:
        stranger = Verdict(False, N_("The sender is no contact of any client."))
        return Sender(_client(workspace, owners), None, stranger)
    ours = sorted({person.client_id for person in people})
    if len(ours) > 1:
        ours = [client_id for client_id in ours if client_id in owners]
    if len(ours) != 1:
        return Sender(None, None, _many_clients(workspace, people))
    client = workspace.store.get(Client, ours[0])
    return _of_client(client, [one for one in people if one.client_id == client.id], mail)


def _people(workspace: Workspace, address: str) -> list[Contact]:
    if not address:
        return []
    return workspace.store.select(Contact, "lower(email) = ?", [address])


def _owners(workspace: Workspace, numbers: Sequence[str]) -> list[int]:
    """Return the clients whose numbers they are, in the order of the numbers."""
    known = lines.lines_by_number(workspace, numbers)
    return list(dict.fromkeys(known[n].client_id for n in numbers if n in known))


def _client(workspace: Workspace, owners: Sequence[int]) -> Client | None:
    return workspace.store.get(Client, owners[0]) if owners else None


def _of_client(client: Client, people: Sequence[Contact], mail: Mail) -> Sender:
    named = [one for one in people if plain(one.name) == plain(mail.sender_name)]
    found = people if len(people) == 1 else named
    if len(found) == 1:
        return Sender(client, found[0])
    names = ", ".join(one.name for one in people)
    shared = N_("Several people share the address of the sender: {names}. Say who asks.")
    return Sender(client, None, Verdict(False, shared, {"names": names}))


def _many_clients(workspace: Workspace, people: Sequence[Contact]) -> Verdict:
    ids = sorted({person.client_id for person in people})
    names = ", ".join(workspace.store.get(Client, one).name for one in ids)
    told = N_("Contacts of several clients have the sender's address: {names}. Say whose it is.")
    return Verdict(False, told, {"names": names})
