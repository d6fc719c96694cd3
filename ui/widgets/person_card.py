"""Cards of a person and of a client while somebody calls; and who may ask for what."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from console.domain import formats, phone
from console.domain.authority import MayAsk
from console.domain.request import Request
from console.services import call_cards
from console.services.call_cards import ClientCard, LastContact, PersonCard
from console.texts import _
from ui.desk import Desk
from ui.widgets.parts import card, clear, facts, heading, label, link_button, wrapped

_PEOPLE_SHOWN = 20


def may_ask_card(found: Sequence[MayAsk]) -> QWidget:
    """Return who may ask for what."""
    parts: list[QWidget] = [label(_("May ask"), "heading")]
    for one in found[:_PEOPLE_SHOWN]:
        parts.append(wrapped(f"{one.contact.name}: {said(one)}"))
    if len(found) > _PEOPLE_SHOWN:
        parts.append(wrapped(_("and {count} more").format(count=len(found) - _PEOPLE_SHOWN)))
    if not found:
        parts.append(
            wrapped(_("Nobody is authorised: information, faults and emergency blocks only."))
        )
    return card(*parts)


def said(one: MayAsk) -> str:
    """Return what a person may ask for, in words."""
    if one.is_all and one.may_order:
        what = _("everything, orders too")
    elif one.is_all:
        what = _("everything but orders")
    else:
        what = ", ".join(kind.label for kind in one.kinds)
    if not one.until:
        return what
    until = _("until {day}").format(day=formats.day(one.until))
    return f"{what} ({until})"


def last_contact_text(found: LastContact | None) -> str:
    """Return when we last spoke, in words."""
    return f"{formats.moment(found.at)} · {found.what} · {found.request}" if found else ""


def requests_card(desk: Desk, found: Sequence[Request]) -> QWidget:
    """Return the open requests, each a way to it."""
    parts: list[QWidget] = [label(_("Open requests"), "heading")]
    for request in found:
        text = f"{request.number} · {request.subject} · {formats.moment(request.due_at)}"
        wish = partial(desk.request_requested.emit, request.id)
        parts.append(link_button(text, wish))
    if not found:
        parts.append(wrapped(_("None."), "muted"))
    return card(*parts)


class PersonCardView(QScrollArea):
    """Shows a person or a client."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setWidgetResizable(True)
        self.setMinimumWidth(300)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        holder = QWidget()
        self._layout = QVBoxLayout(holder)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self.setWidget(holder)

    def clear(self) -> None:
        """Forget who was shown."""
        self._fill(card(wrapped(_("Choose a person to see the card."), "muted")))

    def show_person(self, contact_id: int) -> None:
        """Show a contact by its id."""
        self._desk.tasks.query(
            lambda w: call_cards.person_card(w, contact_id), self._show_person, lambda _e: None
        )

    def show_client(self, client_id: int) -> None:
        """Show a client by its id."""
        self._desk.tasks.query(
            lambda w: call_cards.client_card(w, client_id), self._show_client, lambda _e: None
        )

    def _show_person(self, found: PersonCard) -> None:
        person = found.contact
        allowed = said(found.may_ask) if found.may_ask else _("nothing that needs authority")
        self._fill(
            card(
                heading(person.name, "title"),
                wrapped(found.client.name, "muted"),
                facts(
                    [
                        (_("May ask"), allowed),
                        (_("Function"), person.function),
                        (_("Department"), person.department),
                        (_("Mobile"), phone.pretty(person.mobile)),
                        (_("Landline"), phone.pretty(person.landline)),
                        (_("E-mail"), person.email),
                        (_("Valid until"), formats.day(person.valid_until)),
                        (_("Last contact"), last_contact_text(found.last_contact)),
                        (_("Note"), person.note),
                    ]
                ),
            ),
            requests_card(self._desk, found.open_requests),
        )

    def _show_client(self, found: ClientCard) -> None:
        client = found.client
        self._fill(
            card(
                heading(client.name, "title"),
                facts(
                    [
                        (_("IČO"), client.ico),
                        (_("Agreement"), found.agreement or _("without an agreement")),
                        (_("Last contact"), last_contact_text(found.last_contact)),
                        (_("Note"), client.note),
                    ]
                ),
            ),
            may_ask_card(found.may_ask),
            requests_card(self._desk, found.open_requests),
        )

    def _fill(self, *cards: QWidget) -> None:
        clear(self._layout)
        for one in cards:
            self._layout.addWidget(one)
        self._layout.addStretch(1)
