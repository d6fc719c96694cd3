"""The details of a request: its facts, the bill of a complaint, what belongs to it."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from console.domain import formats, phone
from console.domain.authority_words import basis_in_words, reworded
from console.domain.outgoing_mail import OutgoingMail
from console.domain.request import Confirmation
from console.services import complaints
from console.services.requests import Dossier
from console.texts import _
from ui.widgets.parts import button, column, facts, label, link_button, wrapped

_NUMBERS_SHOWN = 20


def detail(
    found: Dossier, open_contact: Callable[[], object], open_request: Callable[[int], object]
) -> QWidget:
    """Return the details.

    Args:
        found: the request.
        open_contact: opens who asked.
        open_request: opens another request by its id.
    """
    parts = [_warning(found), _facts(found)]
    if found.contact is not None:
        parts.append(button(_("Open the contact"), open_contact, "user"))
    parts += [_complaint(found), _links(found, open_request), _mails(found), _checks(found)]
    return column(*(part for part in parts if part is not None))


def _warning(found: Dossier) -> QWidget | None:
    if found.request.confirmation is not Confirmation.WANTED:
        return None
    return wrapped(_("An authorised person still has to confirm this."), "error")


def _facts(found: Dossier) -> QWidget:
    request = found.request
    who = found.contact.name if found.contact else request.caller
    shown = [phone.pretty(line.msisdn) for line in found.lines]
    more = f" +{len(shown) - _NUMBERS_SHOWN}" if len(shown) > _NUMBERS_SHOWN else ""
    done = sum(1 for line in found.lines if line.result)
    results = _("{done} of {all}").format(done=done, all=len(shown)) if done else ""
    return facts(
        [
            (_("State"), request.state.label),
            (_("Kind"), request.kind.label),
            (_("Channel"), request.channel.label),
            (_("Contact"), who),
            (_("Authority"), reworded(request.authority)),
            (_("Overridden"), request.authority_override),
            (_("Received"), formats.moment(request.received_at)),
            (_("Registered"), formats.moment(request.registered_at)),
            (_("Dated back"), request.received_reason),
            (_("Due"), formats.moment(request.due_at)),
            (_("News due"), formats.moment(request.news_due_at)),
            (_("Ask again"), formats.moment(request.chase_at)),
            (_("Resolved"), formats.moment(request.resolved_at)),
            (_("Place"), request.place),
            (_("Began"), formats.moment(request.began_at)),
            (_("Numbers"), ", ".join(shown[:_NUMBERS_SHOWN]) + more),
            (_("Carried out"), results),
            (_("Purpose of the data"), request.purpose),
            (_("Text"), request.text),
        ]
    )


def _complaint(found: Dossier) -> QWidget | None:
    complaint = found.complaint
    if complaint is None:
        return None
    until = complaints.rights(complaint, found.deadlines)
    shown = facts(
        [
            (_("About"), complaint.subject.label),
            (_("Invoice"), complaint.invoice),
            (_("Billing period"), complaint.period),
            (_("Disputed"), formats.money(complaint.amount)),
            (_("Bill delivered on"), formats.day(found.request.delivered_on)),
            (_("Foreign operator"), _("is asked") if found.request.foreign_operator else ""),
            (_("Settle until"), formats.day(until.settle_until)),
            (_("Decision"), complaint.outcome.label),
            (_("Decided on"), formats.day(complaint.decided_on)),
            (_("Reasons"), complaint.reasons),
            (_("Remedy"), complaint.remedy),
            (_("Reply delivered on"), formats.day(complaint.reply_delivered_on)),
            (_("Proof of the reply"), complaint.reply_proof),
            (_("Refund"), formats.money(complaint.refund)),
            (_("Refund until"), formats.day(until.refund_until)),
            (_("Refunded on"), formats.day(complaint.refund_paid_on)),
            (_("Objection to the regulator until"), formats.day(until.objection_until)),
        ]
    )
    return column(label(_("Complaint"), "heading"), shown)


def _links(found: Dossier, open_request: Callable[[int], object]) -> QWidget | None:
    if not found.links:
        return None
    parts: list[QWidget] = [label(_("Belongs together"), "heading")]
    for linked in found.links:
        other = linked.other
        way = "→" if linked.is_from else "←"
        text = f"{linked.link.kind.label} {way} {other.number} · {other.subject}"
        parts.append(link_button(text, partial(open_request, other.id)))
    return column(*parts)


def _mails(found: Dossier) -> QWidget | None:
    if not found.mails:
        return None
    return column(label(_("Mails"), "heading"), *(wrapped(_said(m), "muted") for m in found.mails))


def _said(mail: OutgoingMail) -> str:
    at = formats.moment(mail.sent_at or mail.tried_at or mail.queued_at)
    return f"{at} · {mail.state.label} · {mail.address}"


def _checks(found: Dossier) -> QWidget | None:
    """Show each check of authority with what it was based on."""
    if not found.checks:
        return None
    parts: list[QWidget] = [label(_("Checks of authority"), "heading")]
    for check in found.checks:
        who = check.person or _("somebody unknown")
        answer = _("allowed") if check.allowed else _("not allowed")
        parts.append(wrapped(f"{formats.moment(check.at)} · {who} · {answer}", "muted"))
        parts.append(
            wrapped("\n".join((reworded(check.why), *map(basis_in_words, check.basis))), "muted")
        )
    return column(*parts)
