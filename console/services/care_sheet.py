"""The contents of a client's care sheet, out of the agreement that is in force."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from console import texts
from console.domain import formats
from console.domain.agreement import (
    ALWAYS,
    Agreement,
    Clause,
    ClauseUnit,
    Nature,
    Specialist,
)
from console.domain.agreement_version import AgreementVersion
from console.domain.care_sheet import (
    CareSheet,
    SheetChannel,
    SheetDeadline,
    SheetLevel,
    SheetSpecialist,
)
from console.domain.client import Client
from console.domain.explanation import Amount
from console.domain.legal_time import COMPLAINT_MONTHS
from console.domain.local_time import PRAGUE
from console.domain.story import reason_label
from console.errors import KnownError
from console.services import agreements, settings
from console.texts import _
from console.workspace import Workspace

_CLOSURES_AHEAD: Final = timedelta(days=365)
_CLOSURES_SHOWN: Final = 12


def version_for_sheet(workspace: Workspace, client: Client) -> AgreementVersion:
    """Return the version of the agreement that a sheet tells today.

    Raises:
        KnownError: ``agreement-missing``.
    """
    version = agreements.version_in_force(workspace, client.id, workspace.store.now())
    if version is None:
        raise KnownError("agreement-missing", client=client.name)
    return version


def care_sheet(workspace: Workspace, client: Client, number: str, revision: int) -> CareSheet:
    """Compose the care sheet of a client.

    Args:
        workspace: the open workspace.
        client: whose.
        number: of the document.
        revision: of the document.

    Raises:
        KnownError: ``agreement-missing``.
    """
    version = version_for_sheet(workspace, client)
    terms = agreements.parsed(version)
    me = settings.manager(workspace)
    return CareSheet(
        number=number,
        revision=revision,
        language=texts.language(),
        client=client.name,
        ico=client.ico,
        agreement=terms.name.shown,
        valid_from=version.valid_from,
        issued_at=workspace.store.now(),
        manager=me.name,
        manager_email=me.email,
        manager_phone=me.phone,
        operator=me.operator,
        brand=settings.brand(workspace),
        summary=terms.summary.shown,
        services=tuple(words.shown for words in terms.services),
        channels=_channels(terms),
        specialists=tuple(_specialist(terms, person) for person in terms.specialists),
        levels=tuple(
            SheetLevel(
                number=level.number,
                name=level.name.shown,
                units=", ".join(unit.shown for unit in level.units),
            )
            for level in terms.levels
        ),
        deadlines=(*(_deadline(clause) for clause in terms.clauses), _by_law()),
        rules=tuple(_rules(workspace, client, terms)),
    )


def hours_in_words(terms: Agreement, calendar: str) -> str:
    """Return when a calendar is open, in the language in use."""
    return (
        _("around the clock")
        if calendar == ALWAYS
        else formats.opening_hours(terms.calendars[calendar])
    )


def _channels(terms: Agreement) -> tuple[SheetChannel, ...]:
    return tuple(
        SheetChannel(
            label=point.label.shown,
            value=point.value,
            hours=hours_in_words(terms, point.calendar),
            note=point.note.shown,
        )
        for point in terms.contact_points
    )


def _specialist(terms: Agreement, person: Specialist) -> SheetSpecialist:
    hours = hours_in_words(terms, person.calendar)
    if person.in_crisis and person.calendar != ALWAYS:
        hours = _("{hours}; beyond that in a crisis").format(hours=hours)
    return SheetSpecialist(
        role=person.role.label,
        name=person.name,
        email=person.email,
        landline=person.landline,
        mobile=person.mobile,
        fax=person.fax,
        hours=hours,
        handles=", ".join(kind.label for kind in sorted(person.kinds)),
        channels=", ".join(channel.label for channel in sorted(person.channels)),
    )


def _deadline(clause: Clause) -> SheetDeadline:
    return SheetDeadline(
        rule=clause.reference.shown,
        within=str(Amount(clause.amount, clause.unit)),
        nature=clause.nature.label,
        exceptions=", ".join(
            "{reason}: {what}".format(
                reason=_(reason_label(exception.reason)),
                what=_("the clock stands still")
                if exception.amount is None
                else Amount(exception.amount, clause.unit),
            )
            for exception in clause.exceptions
        ),
    )


def _by_law() -> SheetDeadline:
    """Return the statutory deadline of complaints, which no agreement takes away.

    Source:
        Act 127/2005, s. 64.
    """
    return SheetDeadline(
        rule=_("Act 127/2005, section 64 (complaints)"),
        within=str(Amount(COMPLAINT_MONTHS, ClauseUnit.MONTHS)),
        nature=Nature.STATUTORY.label,
        exceptions=_("two months where a foreign operator must be asked"),
    )


def _rules(workspace: Workspace, client: Client, terms: Agreement) -> Iterator[str]:
    if terms.authorised_only:
        yield _("The dedicated line is for authorised persons only.")
    if terms.news_hours:
        yield _("On open faults and complaints there is news every {amount} at the latest.").format(
            amount=Amount(terms.news_hours, ClauseUnit.HOURS)
        )
    if not terms.charges_allowed:
        yield _("Nothing is charged for any request.")
    if terms.responsible.shown:
        yield terms.responsible.shown
    if terms.purpose.shown:
        yield terms.purpose.shown
    if terms.logs_access:
        yield _("Each opening of a person's data is logged: who, when, for which request.")
    days = _closures_ahead(workspace, client)
    if days:
        yield _("Closed beside public holidays: {days}.").format(days=days)


def _closures_ahead(workspace: Workspace, client: Client) -> str:
    today = workspace.store.now().astimezone(PRAGUE).date()
    ahead = [
        formats.day(closure.day)
        for closure in agreements.closures(workspace, client.id)
        if today <= closure.day <= today + _CLOSURES_AHEAD
    ]
    more = ["…"] if len(ahead) > _CLOSURES_SHOWN else []
    return ", ".join([*ahead[:_CLOSURES_SHOWN], *more])
