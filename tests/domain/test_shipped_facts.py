"""Each shipped agreement holds every fact of its source."""

from datetime import datetime

import pytest

from console.domain.agreement import ALWAYS, Agreement, ClauseUnit, Nature, Role
from console.domain.local_time import PRAGUE
from console.domain.request import Channel, Kind
from console.services.shipped import shipped

MONDAY = datetime(2026, 3, 2, tzinfo=PRAGUE)
WRITTEN = {Channel.EMAIL, Channel.LETTER, Channel.FAX}


def _services(agreement: Agreement) -> str:
    return " | ".join(words.en for words in agreement.services)


def _values(agreement: Agreement, channel: Channel) -> list[str]:
    return [point.value for point in agreement.contact_points if point.channel is channel]


def test_parking_support_answers_questions_in_working_hours_of_working_days() -> None:
    parking = shipped("parking-support")
    assert "contract" in _services(parking)
    assert "services" in _services(parking)
    assert _values(parking, Channel.PHONE) == ["+420 800 021 110"]
    assert _values(parking, Channel.EMAIL) == ["podpora@easypark.cz"]
    hours = parking.hours("office")
    for point in parking.contact_points:
        assert point.calendar == "office"
    assert hours.is_open(MONDAY.replace(hour=10))
    assert not hours.is_open(datetime(2026, 4, 6, 10, tzinfo=PRAGUE))  # Easter Monday
    assert not hours.is_open(datetime(2026, 3, 7, 10, tzinfo=PRAGUE))


def test_retail_contact_uses_the_data_for_the_answer_and_for_nothing_else() -> None:
    purpose = shipped("retail-contact").purpose
    assert "nothing else" in purpose.en
    assert "k ničemu jinému" in purpose.cs


def test_retail_account_lets_staff_open_the_account_and_logs_it() -> None:
    account = shipped("retail-account")
    assert account.logs_access
    assert "every opening is logged" in account.summary.en


def test_order_care_tells_the_state_takes_complaints_at_any_time_and_lists_all_contacts() -> None:
    care = shipped("order-care")
    for word in ("state of an order", "questions", "comments", "complaints"):
        assert word in _services(care)
    assert {point.channel for point in care.contact_points} == {
        Channel.PHONE,
        Channel.EMAIL,
        Channel.PORTAL,
        Channel.LETTER,
    }
    assert all(point.calendar == ALWAYS for point in care.contact_points)


def test_incident_claim_clarifies_and_takes_incidents_and_claims_by_listed_contacts() -> None:
    claim = shipped("incident-claim")
    for word in ("clarification", "incident", "claim"):
        assert word in _services(claim)
    assert len(claim.contact_points) >= 2


def test_toll_provider_runs_the_whole_service_at_its_own_cost_and_responsibility() -> None:
    provider = shipped("eets-provider")
    assert "whole customer service" in _services(provider)
    assert not provider.charges_allowed
    for word in ("cost", "responsibility", "provider"):
        assert word in provider.responsible.en


def test_tender_has_a_line_for_authorised_persons_and_all_its_services() -> None:
    tender = shipped("municipal-tender")
    assert tender.authorised_only
    assert _values(tender, Channel.PHONE)
    for word in (
        "fault reports",
        "complaints of quality and billing",
        "information and consultation",
        "set-up, change and cancellation",
        "active informing about progress and result",
    ):
        assert word in _services(tender)
    assert tender.news_hours


@pytest.mark.parametrize(
    ("weekday", "closing"), [(0, 17), (1, 14), (2, 17), (3, 14), (4, 12), (5, None), (6, None)]
)
def test_office_of_the_tender_closes_by_weekday(weekday: int, closing: int | None) -> None:
    hours = shipped("municipal-tender").hours("office")
    day = MONDAY.replace(day=2 + weekday)
    opened = [hour for hour in range(24) if hours.is_open(day.replace(hour=hour))]
    assert opened == (list(range(8, closing)) if closing else [])


def test_specialists_of_the_tender_have_their_ways_and_times() -> None:
    care, back_office, urgent = shipped("municipal-tender").specialists
    assert (care.role, back_office.role, urgent.role) == tuple(Role)
    assert care.channels == {Channel.EMAIL, Channel.PHONE}
    assert urgent.channels == {Channel.PHONE}
    assert (care.calendar, back_office.calendar, urgent.calendar) == ("office", "office", ALWAYS)
    assert care.in_crisis
    assert back_office.in_crisis
    assert back_office.kinds == {
        Kind.NUMBER_ACTIVATION,
        Kind.NUMBER_DEACTIVATION,
        Kind.TARIFF_CHANGE,
    }


def test_public_sector_is_reached_by_every_listed_way_around_the_clock_and_free() -> None:
    public = shipped("o2-public-sector")
    phones = _values(public, Channel.PHONE)
    assert phones[:2] == ["800 111 777", "*77"]
    assert len(phones) == 3  # and one from abroad
    assert all(_values(public, channel) for channel in (Channel.FAX, Channel.EMAIL))
    assert _values(public, Channel.PORTAL)
    assert all(point.calendar == ALWAYS for point in public.contact_points)
    assert "free whatever the number and length of calls" in public.summary.en


def test_public_sector_offers_every_service_of_manager_line_and_portal() -> None:
    services = _services(shipped("o2-public-sector"))
    for word in (
        "fault reports",
        "complaints of quality and billing",
        "preparing and closing the contract",
        "personal meetings",
        "proposing a solution",
        "recommending the best services",
        "settling complaints",
        "set-up, change and cancellation",
        "information and consultation",
        "devices, modems, accessories and SIM cards ordered through a portal",
        "basic information",
        "handed to the business representative",
        "SIM blocks and unblocks",
        "roaming",
    ):
        assert word in services


def test_public_sector_has_two_levels_with_their_units() -> None:
    first, second = shipped("o2-public-sector").levels
    assert [unit.en for unit in first.units] == ["business representative", "dedicated line"]
    assert [unit.en for unit in second.units] == ["supervision", "operations", "network planning"]
    assert "new requirements and complaints" in second.name.en


def test_public_sector_has_every_deadline_of_its_source() -> None:
    clauses = {clause.id: clause for clause in shipped("o2-public-sector").clauses}
    same_day, single = clauses["same-day"], clauses["single-24h"]
    assert (same_day.unit, same_day.amount, same_day.nature) == (
        ClauseUnit.DAYS,
        0,
        Nature.SOFT,
    )
    assert (single.unit, single.amount, single.quantity_to) == (ClauseUnit.HOURS, 24, 9)
    bulk, written = clauses["bulk-48h"], clauses["written-5wd"]
    assert (bulk.unit, bulk.amount, bulk.quantity_from) == (ClauseUnit.HOURS, 48, 10)
    assert [e.reason for e in bulk.exceptions] == ["technical-difficulties"]
    assert (written.unit, written.amount, written.channels) == (
        ClauseUnit.WORKING_DAYS,
        5,
        WRITTEN,
    )
    complaint = clauses["complaint-30d"]
    assert (complaint.unit, complaint.amount) == (ClauseUnit.DAYS, 30)
    assert [(e.reason, e.amount) for e in complaint.exceptions] == [("technical-difficulties", 60)]


def test_written_channels_are_those_that_the_kind_of_channel_says() -> None:
    assert {channel for channel in Channel if channel.is_written} == WRITTEN
