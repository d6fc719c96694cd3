"""Reports of compliance: every rule of counting by its name, counted by hand."""

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from console import cli
from console.domain.agreement import Reopening
from console.domain.client import Client
from console.domain.compliance import Cause, ClauseCompliance, median, percentile
from console.domain.request import Channel, EntryKind, Kind, RequestState
from console.domain.story import TECHNICAL_DIFFICULTIES
from console.errors import KnownError
from console.services import agreements, compliance, documents, reports, requests
from console.services.shipped import shipped
from console.workspace import Workspace
from tests.conftest import PASSPHRASE
from tests.services.story_telling import Teller, at

MARCH = (date(2026, 3, 1), date(2026, 3, 31))
APRIL = (date(2026, 4, 1), date(2026, 4, 30))


@pytest.fixture
def teller(opened: Workspace, client: Client) -> Teller:
    return Teller(opened, client, "o2-public-sector")


def _rows(teller: Teller, period: tuple[date, date] = MARCH) -> dict[str, ClauseCompliance]:
    teller.now = max(teller.now, at(6, 1))
    found = compliance.report(teller.workspace, teller.client.id, *period)
    return {row.clause: row for row in found.clauses}


def _figures(row: ClauseCompliance) -> tuple[int, int, int]:
    return (row.met, row.missed, row.open_overdue)


def test_met_missed_and_open_overdue_are_told_apart_by_clause(teller: Teller) -> None:
    teller.resolve(at(3, 2, 12), teller.log(at(3, 2, 10)))
    teller.resolve(at(3, 4, 12), teller.log(at(3, 2, 11)))
    teller.log(at(3, 5, 10))
    teller.resolve(at(3, 9, 10), teller.log(at(3, 6, 10), channel=Channel.LETTER))
    rows = _rows(teller)
    assert _figures(rows["single-24h"]) == (1, 2, 1)
    assert _figures(rows["written-5wd"]) == (1, 0, 0)
    assert rows["single-24h"].counted == 3
    assert "at most 24 hours" in rows["single-24h"].reference


def test_resolved_at_the_deadline_is_met_and_a_second_later_missed(teller: Teller) -> None:
    first, second = teller.log(at(3, 2, 10)), teller.log(at(3, 2, 10))
    teller.resolve(at(3, 3, 10), first)
    teller.resolve(at(3, 3, 10, 0, 1), second)
    assert _figures(_rows(teller)["single-24h"]) == (1, 1, 0)


def test_what_was_due_or_resolved_in_the_period_is_its_denominator(teller: Teller) -> None:
    teller.resolve(at(3, 31, 23, 59), teller.log(at(3, 31, 20)))  # due in April
    teller.resolve(at(4, 5, 10), teller.log(at(3, 30, 10)))  # due in March, late in April
    teller.log(at(4, 29, 10), channel=Channel.LETTER)  # neither in March nor in April
    march, april = _rows(teller), _rows(teller, APRIL)
    assert _figures(march["single-24h"]) == (1, 1, 1)
    assert _figures(april["single-24h"]) == (1, 1, 0)
    assert "written-5wd" not in april


def test_overdue_of_an_earlier_period_is_apart_and_not_counted_again(teller: Teller) -> None:
    teller.log(at(3, 2, 10))
    april = _rows(teller, APRIL)["single-24h"]
    assert _figures(april) == (0, 0, 1)
    assert april.median is None


def test_cancelled_and_refused_requests_do_not_count(teller: Teller) -> None:
    for target in (RequestState.CANCELLED, RequestState.REFUSED):
        teller.step(at(3, 5, 10), teller.log(at(3, 2, 10)), target)
    assert _rows(teller) == {}


def test_time_to_resolution_has_its_median_and_its_ninetieth_percentile(teller: Teller) -> None:
    for hours in range(1, 11):
        teller.resolve(at(3, 2, 10 + hours), teller.log(at(3, 2, 10)))
    row = _rows(teller)["single-24h"]
    assert row.median == timedelta(hours=5, minutes=30)
    assert row.percentile_90 == timedelta(hours=9)


@pytest.mark.parametrize(
    ("values", "middle", "ninetieth"),
    [([3], 3, 3), ([1, 2], 1.5, 2), ([1, 2, 9], 2, 9), (list(range(1, 101)), 50.5, 90)],
)
def test_median_and_percentile_by_hand(values: list[int], middle: float, ninetieth: float) -> None:
    times = [timedelta(hours=value) for value in values]
    assert median(times) == timedelta(hours=middle)
    assert percentile(times, 90) == timedelta(hours=ninetieth)


def test_complaint_counts_for_the_contract_and_for_the_law(teller: Teller) -> None:
    teller.resolve(at(3, 11, 9), teller.log(at(2, 10, 9), Kind.COMPLAINT))
    rows = _rows(teller)
    assert _figures(rows["complaint-30d"]) == (1, 0, 0)
    assert _figures(rows["127/2005 s. 64"]) == (0, 1, 0)


def test_own_targets_have_their_row_but_are_not_in_the_sums(teller: Teller) -> None:
    teller.resolve(at(3, 3, 9), teller.log(at(3, 2, 10)))
    teller.now = at(6, 1)
    found = compliance.report(teller.workspace, teller.client.id, *MARCH)
    assert {row.clause: _figures(row) for row in found.clauses} == {
        "single-24h": (1, 0, 0),
        "same-day": (0, 1, 0),
    }
    assert (found.met, found.missed, found.open_overdue) == (1, 0, 0)


def test_reopening_keeps_the_breach_and_counts_once(teller: Teller) -> None:
    request = teller.resolve(at(3, 3, 11), teller.log(at(3, 2, 10)))
    request = teller.step(at(3, 5, 12), request, RequestState.IN_PROGRESS)
    teller.resolve(at(3, 5, 13), request)
    assert _figures(_rows(teller)["single-24h"]) == (0, 1, 0)


def test_new_period_after_reopening_counts_for_itself_beside_the_breach(teller: Teller) -> None:
    terms = replace(shipped("o2-public-sector"), reopening=Reopening.NEW_CYCLE)
    agreements.amend_agreement(teller.workspace, teller.client.id, terms, date(2026, 2, 1))
    request = teller.resolve(at(3, 3, 11), teller.log(at(3, 2, 10)))
    request = teller.step(at(3, 5, 12), request, RequestState.IN_PROGRESS)
    teller.resolve(at(3, 5, 13), request)
    row = _rows(teller)["single-24h"]
    assert _figures(row) == (1, 1, 0)
    assert row.median == (timedelta(hours=25) + timedelta(hours=1)) / 2


def test_later_reopening_changes_no_earlier_month(teller: Teller) -> None:
    request = teller.resolve(at(3, 2, 12), teller.log(at(3, 2, 10)))
    before = _rows(teller)
    teller.now = at(6, 2)
    teller.step(at(6, 2), request, RequestState.IN_PROGRESS)
    assert _rows(teller) == before


def test_numbers_added_and_pauses_count_as_they_moved_the_deadline(teller: Teller) -> None:
    request = teller.log(at(3, 2, 10))
    request = teller.step(at(3, 2, 12), request, RequestState.WAITING_CLIENT)
    request = teller.step(at(3, 4, 12), request, RequestState.IN_PROGRESS)
    teller.resolve(at(3, 5, 10), request)
    assert _figures(_rows(teller)["single-24h"]) == (1, 0, 0)


@pytest.mark.parametrize(
    ("state", "cause"),
    [
        (RequestState.WAITING_OPERATOR, Cause.AWAITING_OPERATOR),
        (RequestState.IN_PROGRESS, Cause.OUR_DELAY),
    ],
)
def test_cause_of_a_miss_is_what_took_most_of_the_time(
    teller: Teller, state: RequestState, cause: Cause
) -> None:
    request = teller.step(at(3, 2, 12), teller.log(at(3, 2, 10)), state)
    teller.resolve(at(3, 4, 12), request)
    causes = _rows(teller)["single-24h"].causes
    assert [(found.cause, found.count) for found in causes] == [(cause, 1)]


def test_waiting_for_the_client_is_the_cause_where_the_clock_went_on(teller: Teller) -> None:
    request = teller.log(at(2, 10, 9), Kind.COMPLAINT)
    request = teller.step(at(2, 11), request, RequestState.WAITING_CLIENT)
    request = teller.step(at(3, 16), request, RequestState.IN_PROGRESS)
    teller.resolve(at(3, 17), request)
    (cause,) = _rows(teller)["127/2005 s. 64"].causes
    assert cause.cause is Cause.AWAITING_CLIENT


def test_recorded_difficulties_are_the_cause(teller: Teller) -> None:
    request = teller.log(at(3, 2, 10), count=10)
    teller.now = at(3, 3)
    requests.record_exception(
        teller.workspace,
        request,
        TECHNICAL_DIFFICULTIES,
        at(3, 2, 12),
        at(3, 2, 13),
        "INC-7",
    )
    teller.resolve(at(3, 6), request)
    (cause,) = _rows(teller)["bulk-48h"].causes
    assert cause.cause is Cause.TECHNICAL_DIFFICULTIES


def test_person_names_the_cause_when_resolving_late(teller: Teller) -> None:
    request = teller.log(at(3, 2, 10))
    teller.resolve(at(3, 4, 12), request, cause=Cause.AWAITING_OPERATOR)
    (entry,) = requests.dossier(teller.workspace, request.id).entries
    assert entry.reason == "awaiting-operator"
    (cause,) = _rows(teller)["single-24h"].causes
    assert cause.cause is Cause.AWAITING_OPERATOR


def test_silent_story_has_no_known_cause_and_in_time_needs_none(teller: Teller) -> None:
    late = teller.resolve(at(3, 4, 12), teller.log(at(3, 2, 10)))
    fast = teller.resolve(at(3, 5, 12), teller.log(at(3, 5, 10)))
    reasons = [requests.dossier(teller.workspace, r.id).entries[-1].reason for r in (late, fast)]
    assert reasons == ["unknown", ""]


def test_month_of_the_status_report_says_the_same(teller: Teller) -> None:
    teller.resolve(at(3, 2, 12), teller.log(at(3, 2, 10)))
    teller.log(at(3, 5, 10))
    teller.resolve(at(3, 11, 9), teller.log(at(2, 10, 9), Kind.COMPLAINT))
    rows = _rows(teller)
    report = reports.status_report(teller.workspace, teller.client, date(2026, 3, 1), "D1", 1)
    assert {(row.clause, row.met, row.missed) for row in report.clauses} == {
        (row.reference, row.met, row.missed) for row in rows.values() if row.clause != "same-day"
    }


def test_issued_report_stays_whatever_happens_later(teller: Teller) -> None:
    request = teller.log(at(3, 5, 10))
    teller.now = at(4, 2)
    issued = documents.issue_status_report(teller.workspace, teller.client, date(2026, 3, 1)).result
    teller.resolve(at(4, 3), request)
    kept = documents.document(teller.workspace, issued.document.id)  # type: ignore[attr-defined]
    assert documents.read(teller.workspace, kept) == issued.content  # type: ignore[attr-defined]


def test_period_that_lasts_ends_now(teller: Teller) -> None:
    teller.log(at(3, 5, 10), channel=Channel.LETTER)
    teller.now = at(3, 6)
    found = compliance.report(teller.workspace, teller.client.id, *MARCH)
    assert found.end == at(3, 6)
    assert found.clauses == ()


@pytest.mark.parametrize(
    "days", [(date(2026, 3, 2), date(2026, 2, 28)), (date(2027, 1, 1), date(2027, 1, 31))]
)
def test_period_that_cannot_be_is_refused(teller: Teller, days: tuple[date, date]) -> None:
    with pytest.raises(KnownError) as caught:
        compliance.report(teller.workspace, teller.client.id, *days)
    assert caught.value.code == "period-wrong"


def test_note_alone_does_not_move_a_resolution(teller: Teller) -> None:
    request = teller.log(at(3, 2, 10))
    requests.add_entry(teller.workspace, request, EntryKind.NOTE, "looked at it")
    teller.resolve(at(3, 2, 12), request)
    assert _figures(_rows(teller)["single-24h"]) == (1, 0, 0)


def test_command_prints_the_report(
    teller: Teller, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    teller.resolve(at(3, 4, 12), teller.log(at(3, 2, 10)))
    secret = tmp_path / "passphrase"
    secret.write_text(PASSPHRASE)
    folder = str(teller.workspace.folder)
    teller.workspace.close()
    arguments = ["--workspace", folder, "--passphrase-file", str(secret), "compliance"]
    arguments += ["--client", "00259586", "--from", "2026-03-01", "--to", "2026-03-31", "--json"]
    assert cli.main(arguments) == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["met"], data["missed"], data["open_overdue"]) == (0, 1, 0)
    row = next(row for row in data["clauses"] if row["clause"] == "single-24h")
    assert row["median_hours"] == 50.0
    assert row["causes"] == {"unknown": 1}
