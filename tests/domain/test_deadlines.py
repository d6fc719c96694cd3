"""Every rule of deadlines by its name, counted by hand."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from console.domain import explanation as say
from console.domain.agreement import (
    Agreement,
    Clause,
    ClauseException,
    ClauseUnit,
    Dimension,
    DueMoment,
    Nature,
    Reopening,
    StartPolicy,
    Words,
)
from console.domain.deadline import Deadline
from console.domain.deadlines import Deadlines, check_received, compute, to_json
from console.domain.local_time import PRAGUE
from console.domain.request import Channel, Kind
from console.domain.story import (
    Addition,
    Facts,
    Pause,
    RecordedException,
    Reopened,
    Story,
)
from console.errors import KnownError
from console.services.shipped import shipped

PUBLIC = shipped("o2-public-sector")
MONDAY = datetime(2026, 3, 2, 10, tzinfo=PRAGUE)
OFFICE = {
    "office": {
        **dict.fromkeys(("mon", "tue", "wed", "thu"), (("08:00", "16:00"),)),
        "fri": (("08:00", "12:00"),),
    }
}


def _at(month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, second, tzinfo=PRAGUE)


def _end_of(month: int, day: int) -> datetime:
    return _at(month, day, 23, 59, 59)


def _facts(
    received: datetime,
    count: int = 1,
    channel: Channel = Channel.PHONE,
    kind: Kind = Kind.FAULT,
    foreign: bool = False,
    delivered_on: date | None = None,
) -> Facts:
    return Facts(
        kind=kind,
        channel=channel,
        count=count,
        received=received,
        foreign_operator=foreign,
        delivered_on=delivered_on,
    )


def _own(**clause: object) -> Agreement:
    rule = Clause(id="rule", reference=Words(en="the rule", cs="pravidlo"), **clause)  # type: ignore[arg-type]
    return Agreement(
        key="own", name=Words(en="Own", cs="Vlastní"), calendars=OFFICE, clauses=(rule,)
    )


def _governing(found: Deadlines) -> Deadline:
    assert found.governing is not None
    return found.governing


def _due(agreement: Agreement, facts: Facts, story: Story = Story(), **more: object) -> datetime:  # noqa: B008
    return _governing(compute(agreement, facts, story, **more)).due  # type: ignore[arg-type]


def _steps(found: Deadlines) -> list[str]:
    return [step.step for step in _governing(found).explanation]


@pytest.mark.parametrize("count", [1, 2, 9])
def test_one_to_nine_numbers_by_phone_have_24_hours(count: int) -> None:
    assert _due(PUBLIC, _facts(MONDAY, count)) == _at(3, 3, 10)


@pytest.mark.parametrize("count", [10, 11, 400])
def test_ten_and_more_numbers_have_48_hours(count: int) -> None:
    assert _due(PUBLIC, _facts(MONDAY, count)) == _at(3, 4, 10)


def test_letter_about_twelve_numbers_goes_by_the_channel_and_says_what_gave_way() -> None:
    found = compute(PUBLIC, _facts(MONDAY, 12, Channel.LETTER))
    assert _governing(found).clause == "written-5wd"
    assert _governing(found).due == _end_of(3, 9)
    lost = [step for step in _governing(found).explanation if step.step == say.LOST]
    assert len(lost) == 1
    assert "48 hours" in lost[0].text


def test_precedence_of_the_agreement_can_put_the_quantity_first() -> None:
    by_quantity = replace(
        PUBLIC, precedence=(Dimension.QUANTITY, Dimension.CHANNEL, Dimension.KIND)
    )
    assert _due(by_quantity, _facts(MONDAY, 12, Channel.LETTER)) == _at(3, 4, 10)


def test_call_at_2350_has_24_hours_and_the_same_day_as_our_own_target() -> None:
    found = compute(PUBLIC, _facts(_at(3, 2, 23, 50)))
    assert _governing(found).due == _at(3, 3, 23, 50)
    soft = next(d for d in found.all if d.nature is Nature.SOFT)
    assert soft.due == _end_of(3, 2)


def test_received_outside_hours_starts_at_the_next_opening() -> None:
    agreement = _own(
        unit=ClauseUnit.WORKING_HOURS, amount=4, calendar="office", start=StartPolicy.OPENING
    )
    found = compute(agreement, _facts(_at(3, 6, 13)))
    assert _governing(found).start == _at(3, 9, 8)
    assert _governing(found).due == _at(3, 9, 12)


def test_nine_numbers_growing_to_twelve_before_the_deadline_have_48_hours() -> None:
    story = Story(additions=(Addition(at=_at(3, 3, 8), count=12),))
    found = compute(PUBLIC, _facts(MONDAY, 9), story)
    assert _governing(found).due == _at(3, 4, 10)
    assert _governing(found).clause == "bulk-48h"
    assert say.ADDED in _steps(found)


def test_nine_numbers_growing_to_twelve_after_the_deadline_get_no_longer() -> None:
    story = Story(additions=(Addition(at=_at(3, 3, 10, 0, 1), count=12),))
    found = compute(PUBLIC, _facts(MONDAY, 9), story)
    assert _governing(found).due == _at(3, 3, 10)
    assert say.ADDED in _steps(found)


def test_pause_over_a_weekend_extends_working_time_by_its_open_hours_only() -> None:
    agreement = _own(unit=ClauseUnit.WORKING_HOURS, amount=8, calendar="office")
    pause = Pause(reason="awaiting-client", start=_at(3, 6, 11), end=_at(3, 9, 10))
    assert _due(agreement, _facts(_at(3, 6, 10))) == _at(3, 9, 14)
    assert _due(agreement, _facts(_at(3, 6, 10)), Story(pauses=(pause,))) == _at(3, 10, 9)


def test_pause_over_a_weekend_extends_elapsed_time_by_all_of_it() -> None:
    pause = Pause(reason="awaiting-client", start=_at(3, 7), end=_at(3, 9))
    assert _due(PUBLIC, _facts(_at(3, 6, 12)), Story(pauses=(pause,))) == _at(3, 9, 12)


def test_overlapping_pauses_are_united() -> None:
    pauses = (
        Pause(reason="awaiting-client", start=_at(3, 2, 14), end=_at(3, 2, 18)),
        Pause(reason="force-majeure", start=_at(3, 2, 16), end=_at(3, 2, 20)),
    )
    found = compute(PUBLIC, _facts(MONDAY), Story(pauses=pauses))
    assert _governing(found).due == _at(3, 3, 16)
    assert _steps(found).count(say.PAUSE) == 1


def test_pause_after_the_deadline_changes_nothing() -> None:
    pause = Pause(reason="awaiting-client", start=_at(3, 3, 10), end=_at(3, 5))
    assert _due(PUBLIC, _facts(MONDAY), Story(pauses=(pause,))) == _at(3, 3, 10)


def test_pause_that_lasts_counts_until_now() -> None:
    pause = Pause(reason="awaiting-client", start=_at(3, 2, 12))
    assert _due(PUBLIC, _facts(MONDAY), Story(pauses=(pause,)), now=_at(3, 2, 15)) == _at(3, 3, 13)


def test_pause_for_another_reason_is_refused() -> None:
    pause = Pause(reason="holiday-of-the-manager", start=_at(3, 2, 12), end=_at(3, 2, 13))
    with pytest.raises(ValueError, match="holiday"):
        compute(PUBLIC, _facts(MONDAY), Story(pauses=(pause,)))


def test_clause_that_never_stands_still_ignores_pauses() -> None:
    agreement = _own(unit=ClauseUnit.HOURS, amount=24, pausable=False)
    pause = Pause(reason="awaiting-client", start=_at(3, 2, 12), end=_at(3, 2, 20))
    assert _due(agreement, _facts(MONDAY), Story(pauses=(pause,))) == _at(3, 3, 10)


def test_reopened_request_goes_on_with_what_was_left() -> None:
    story = Story(reopenings=(Reopened(resolved=_at(3, 2, 12), reopened=_at(3, 5, 12)),))
    found = compute(PUBLIC, _facts(MONDAY), story)
    assert _governing(found).due == _at(3, 6, 10)
    assert _governing(found).first_met is True


def test_reopened_request_begins_a_new_period_where_the_agreement_says_so() -> None:
    agreement = replace(PUBLIC, reopening=Reopening.NEW_CYCLE)
    story = Story(reopenings=(Reopened(resolved=_at(3, 2, 12), reopened=_at(3, 5, 12)),))
    assert _due(agreement, _facts(MONDAY), story) == _at(3, 6, 12)


def test_reopening_keeps_the_breach_of_the_first_resolution() -> None:
    story = Story(reopenings=(Reopened(resolved=_at(3, 3, 11), reopened=_at(3, 5, 12)),))
    found = compute(PUBLIC, _facts(MONDAY), story)
    assert _governing(found).first_met is False
    assert _governing(found).due == _at(3, 3, 10)


def test_complaint_of_10_february_2026_is_governed_by_the_law_before_the_contract() -> None:
    found = compute(PUBLIC, _facts(_at(2, 10, 9), kind=Kind.COMPLAINT))
    due = {deadline.nature: deadline.due for deadline in found.all}
    assert due[Nature.STATUTORY] == _end_of(3, 10)
    assert due[Nature.CONTRACTUAL] == _end_of(3, 12)
    assert _governing(found).nature is Nature.STATUTORY
    assert found.in_conflict
    assert say.CONFLICT in [step.step for step in found.warnings]


def test_complaint_with_a_foreign_operator_has_two_months_by_law() -> None:
    found = compute(PUBLIC, _facts(_at(2, 10, 9), kind=Kind.COMPLAINT, foreign=True))
    statutory = next(d for d in found.all if d.nature is Nature.STATUTORY)
    assert statutory.due == _end_of(4, 10)
    assert _governing(found).nature is Nature.CONTRACTUAL
    assert not found.in_conflict


def test_complaint_of_31_january_is_due_after_a_month_on_the_next_working_day() -> None:
    found = compute(None, _facts(_at(1, 31, 9), kind=Kind.COMPLAINT))
    assert _governing(found).due == _end_of(3, 2)
    assert say.NOT_COUNTED in _steps(found)


def test_statutory_clock_never_stands_still() -> None:
    pause = Pause(reason="force-majeure", start=_at(2, 11), end=_at(3, 9))
    found = compute(PUBLIC, _facts(_at(2, 10, 9), kind=Kind.COMPLAINT), Story(pauses=(pause,)))
    statutory = next(d for d in found.all if d.nature is Nature.STATUTORY)
    assert statutory.due == _end_of(3, 10)


def test_complaint_lodged_late_is_a_warning_and_no_refusal() -> None:
    late = _facts(_at(2, 3, 9), kind=Kind.COMPLAINT, delivered_on=date(2025, 12, 1))
    in_time = replace(late, received=_at(2, 2, 9))
    assert say.WARNING in [step.step for step in compute(PUBLIC, late).warnings]
    assert say.WARNING not in [step.step for step in compute(PUBLIC, in_time).warnings]
    assert compute(PUBLIC, late).governing is not None


def test_five_working_days_over_easter_2026() -> None:
    found = compute(PUBLIC, _facts(_at(4, 1, 9), channel=Channel.EMAIL))
    assert _governing(found).due == _end_of(4, 10)
    skipped = next(s for s in _governing(found).explanation if s.step == say.NOT_COUNTED)
    for day in ("3 Apr", "4 Apr", "5 Apr", "6 Apr"):
        assert day in skipped.text or day.replace(" Apr", ". 4.") in skipped.text


@pytest.mark.parametrize(
    ("received", "due"),
    [(_at(3, 28, 12), _at(3, 29, 13)), (_at(10, 24, 12), _at(10, 25, 11))],
    ids=["spring", "autumn"],
)
def test_24_hours_over_the_clock_change_stay_24_hours(received: datetime, due: datetime) -> None:
    found = _due(PUBLIC, _facts(received))
    assert found == due
    assert found.astimezone(UTC) - received.astimezone(UTC) == timedelta(hours=24)


@pytest.mark.parametrize(
    ("received", "due"),
    [(_at(11, 16, 9), _end_of(11, 24)), (_at(12, 18, 9), _end_of(12, 29))],
    ids=["17 November", "Christmas"],
)
def test_holidays_are_no_working_days(received: datetime, due: datetime) -> None:
    assert _due(PUBLIC, _facts(received, channel=Channel.LETTER)) == due


def test_closures_of_the_client_are_no_working_days() -> None:
    closed = frozenset({date(2026, 3, 4)})
    facts = _facts(MONDAY, channel=Channel.LETTER)
    assert _due(PUBLIC, facts, closures=closed) == _end_of(3, 10)


def test_technical_difficulties_stop_the_clock_while_they_last_and_name_the_proof() -> None:
    difficulty = RecordedException(
        reason="technical-difficulties",
        start=_at(3, 2, 12),
        end=_at(3, 3, 12),
        evidence="INC-42",
    )
    found = compute(PUBLIC, _facts(MONDAY, 10), Story(exceptions=(difficulty,)))
    assert _governing(found).due == _at(3, 5, 10)
    told = next(s for s in _governing(found).explanation if s.step == say.EXCEPTION)
    assert "INC-42" in told.text


def test_technical_difficulties_make_60_days_of_30_for_a_complaint() -> None:
    difficulty = RecordedException(
        reason="technical-difficulties", start=_at(2, 11), end=None, evidence="INC-43"
    )
    found = compute(
        PUBLIC, _facts(_at(2, 10, 9), kind=Kind.COMPLAINT), Story(exceptions=(difficulty,))
    )
    contractual = next(d for d in found.all if d.nature is Nature.CONTRACTUAL)
    assert contractual.due == _end_of(4, 13)  # 11 April is a Saturday


def test_circumstance_that_the_clause_does_not_list_changes_nothing() -> None:
    other = RecordedException(reason="snow", start=MONDAY, end=_at(3, 5), evidence="")
    assert _due(PUBLIC, _facts(MONDAY, 10), Story(exceptions=(other,))) == _at(3, 4, 10)


def test_resolved_at_the_deadline_is_in_time_and_a_second_later_is_not() -> None:
    deadline = _governing(compute(PUBLIC, _facts(MONDAY)))
    assert deadline.is_met(_at(3, 3, 10))
    assert not deadline.is_met(_at(3, 3, 10, 0, 1))


def test_warnings_come_at_half_three_quarters_nine_tenths_and_the_end_each_once() -> None:
    deadline = _governing(compute(PUBLIC, _facts(MONDAY)))
    assert deadline.warnings_due(_at(3, 2, 21, 59)) == ()
    assert deadline.warnings_due(_at(3, 2, 22)) == (50,)
    assert deadline.warnings_due(_at(3, 3, 4), already=50) == (75,)
    assert deadline.warnings_due(_at(3, 3, 7, 36), already=75) == (90,)
    assert deadline.warnings_due(_at(3, 3, 7, 36), already=90) == ()


def test_warnings_are_caught_up_after_sleep() -> None:
    deadline = _governing(compute(PUBLIC, _facts(MONDAY)))
    assert deadline.warnings_due(_at(3, 4), already=50) == (75, 90, 100)


def test_open_fault_is_owed_news_and_giving_notice_puts_it_off() -> None:
    told = Story(notices=(_at(3, 2, 15),))
    assert compute(PUBLIC, _facts(MONDAY)).news_due == _at(3, 3, 10)
    assert compute(PUBLIC, _facts(MONDAY), told).news_due == _at(3, 3, 15)
    assert compute(PUBLIC, _facts(MONDAY), Story(resolved=_at(3, 2, 12))).news_due is None
    assert compute(PUBLIC, _facts(MONDAY, kind=Kind.INFORMATION)).news_due is None


def test_reopened_fault_is_owed_news_from_its_reopening() -> None:
    story = Story(reopenings=(Reopened(resolved=_at(3, 2, 12), reopened=_at(3, 5, 9)),))
    assert compute(PUBLIC, _facts(MONDAY), story).news_due == _at(3, 6, 9)


def test_conflict_with_the_law_is_told_in_the_explanation_of_the_law() -> None:
    found = to_json(compute(PUBLIC, _facts(_at(2, 10, 9), kind=Kind.COMPLAINT)))
    steps = {d["nature"]: [s["step"] for s in d["explanation"]] for d in found["deadlines"]}
    assert steps["statutory"][-2:] == [say.CONFLICT, say.DUE]
    assert say.CONFLICT not in steps["contractual"]


def test_due_at_the_end_of_hours_is_closing_time() -> None:
    agreement = _own(
        unit=ClauseUnit.WORKING_DAYS, amount=2, calendar="office", due=DueMoment.END_OF_HOURS
    )
    assert _due(agreement, _facts(_at(3, 4, 9))) == _at(3, 6, 12)
    assert _due(agreement, _facts(_at(3, 5, 9))) == _at(3, 9, 16)


@pytest.mark.parametrize(
    ("unit", "amount", "due"),
    [
        (ClauseUnit.DAYS, 5, _end_of(3, 9)),
        (ClauseUnit.WEEKS, 1, _end_of(3, 9)),
        (ClauseUnit.MONTHS, 1, _end_of(4, 2)),
        (ClauseUnit.WORKING_DAYS, 1, _end_of(3, 3)),
        (ClauseUnit.HOURS, 72, _at(3, 5, 10)),
    ],
)
def test_every_unit_counts_as_the_law_says(unit: ClauseUnit, amount: int, due: datetime) -> None:
    moment = DueMoment.EXACT if unit is ClauseUnit.HOURS else DueMoment.END_OF_DAY
    assert _due(_own(unit=unit, amount=amount, due=moment), _facts(MONDAY)) == due


def test_exception_of_a_clause_may_set_another_amount() -> None:
    agreement = _own(exceptions=(ClauseException(reason="flood", amount=72),))
    flood = RecordedException(reason="flood", start=MONDAY, end=None, evidence="dispatch 7")
    assert _due(agreement, _facts(MONDAY), Story(exceptions=(flood,))) == _at(3, 5, 10)


def test_dating_back_needs_a_reason_and_the_future_is_refused() -> None:
    now = _at(3, 2, 10)
    check_received(now - timedelta(hours=24), now, "")
    check_received(now - timedelta(hours=25), now, "letter lay in the post room")
    for received, code in (
        (now - timedelta(hours=24, seconds=1), "received-reason-needed"),
        (now + timedelta(seconds=1), "received-in-future"),
    ):
        with pytest.raises(KnownError) as caught:
            check_received(received, now, " ")
        assert caught.value.code == code


def test_without_an_agreement_only_the_law_sets_a_deadline() -> None:
    assert compute(None, _facts(MONDAY)).governing is None
    assert [d.nature for d in compute(None, _facts(MONDAY, kind=Kind.COMPLAINT)).all] == [
        Nature.STATUTORY
    ]


def test_explanation_goes_from_receipt_over_the_clause_to_the_end() -> None:
    pause = Pause(reason="awaiting-client", start=_at(4, 2, 9), end=_at(4, 8, 9))
    found = compute(PUBLIC, _facts(_at(4, 1, 9), channel=Channel.EMAIL), Story(pauses=(pause,)))
    steps = _steps(found)
    assert steps[0] == say.RECEIVED
    assert steps[1] == say.CLAUSE
    assert steps[-1] == say.DUE
    assert steps.index(say.NOT_COUNTED) < steps.index(say.PAUSE)
