"""Whatever terms can say is read back from what the database keeps; and every slip is named."""

import copy
import tomllib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import resources
from console.domain.agreement import (
    ALWAYS,
    Agreement,
    Clause,
    ClauseException,
    ClauseUnit,
    ContactPoint,
    Dimension,
    DueMoment,
    Nature,
    Reopening,
    Role,
    Specialist,
    StartPolicy,
    SupportLevel,
    Words,
)
from console.domain.request import Channel, Kind
from console.domain.terms import parse_agreement, to_mapping
from console.errors import KnownError

TEXT = st.text(min_size=1, max_size=12).filter(str.strip)
WORDS = st.builds(Words, cs=TEXT, en=TEXT)
CALENDARS = {
    "office": {"mon": (("08:00", "12:00"), ("14:00", "24:00"))},
    "night": {"sun": (("00:00", "06:00"),)},
}
CALENDAR = st.sampled_from([ALWAYS, *CALENDARS])
HOURS = (ClauseUnit.HOURS, ClauseUnit.WORKING_HOURS)
EXCEPTIONS = st.lists(
    st.builds(ClauseException, reason=TEXT, amount=st.none() | st.integers(1, 500)),
    max_size=3,
    unique_by=lambda exception: exception.reason,
).map(tuple)


@st.composite
def _clause(draw: st.DrawFn) -> Clause:
    unit = draw(st.sampled_from(ClauseUnit))
    calendar = draw(CALENDAR)
    moments = [DueMoment.END_OF_DAY] + ([DueMoment.END_OF_HOURS] if calendar != ALWAYS else [])
    least = draw(st.integers(0, 50))
    return Clause(
        id=draw(TEXT),
        reference=draw(WORDS),
        channels=draw(st.frozensets(st.sampled_from(Channel))),
        kinds=draw(st.frozensets(st.sampled_from(Kind))),
        quantity_from=least,
        quantity_to=draw(st.none() | st.integers(least, 100)),
        unit=unit,
        amount=draw(st.integers(0 if unit is ClauseUnit.DAYS else 1, 10_000)),
        calendar=calendar,
        start=draw(st.sampled_from(StartPolicy)),
        due=DueMoment.EXACT if unit in HOURS else draw(st.sampled_from(moments)),
        nature=draw(st.sampled_from([Nature.SOFT, Nature.CONTRACTUAL])),
        pausable=draw(st.booleans()),
        exceptions=draw(EXCEPTIONS),
        precedence=draw(st.integers(-10, 10)),
    )


AGREEMENTS = st.builds(
    Agreement,
    key=TEXT,
    name=WORDS,
    summary=st.builds(Words, cs=st.text(max_size=5), en=st.text(max_size=5)),
    services=st.lists(WORDS, max_size=3).map(tuple),
    calendars=st.just(CALENDARS),
    contact_points=st.lists(
        st.builds(
            ContactPoint,
            channel=st.sampled_from(Channel),
            label=WORDS,
            value=TEXT,
            calendar=CALENDAR,
            note=WORDS,
        ),
        max_size=3,
    ).map(tuple),
    specialists=st.lists(
        st.builds(
            Specialist,
            role=st.sampled_from(Role),
            name=TEXT,
            email=st.text(max_size=5),
            landline=st.text(max_size=5),
            mobile=st.text(max_size=5),
            fax=st.text(max_size=5),
            calendar=CALENDAR,
            in_crisis=st.booleans(),
            kinds=st.frozensets(st.sampled_from(Kind)),
            channels=st.frozensets(st.sampled_from(Channel)),
        ),
        max_size=3,
    ).map(tuple),
    levels=st.lists(
        st.builds(
            SupportLevel,
            number=st.integers(0, 9),
            name=WORDS,
            units=st.lists(WORDS, max_size=2).map(tuple),
        ),
        max_size=2,
    ).map(tuple),
    clauses=st.lists(_clause(), max_size=4, unique_by=lambda clause: clause.id).map(tuple),
    authorised_only=st.booleans(),
    charges_allowed=st.booleans(),
    logs_access=st.booleans(),
    purpose=WORDS,
    responsible=WORDS,
    news_hours=st.integers(0, 200),
    reopening=st.sampled_from(Reopening),
    precedence=st.permutations(list(Dimension)).map(tuple),
)


@settings(max_examples=150, deadline=None)
@given(agreement=AGREEMENTS)
def test_any_terms_come_back_as_they_were(agreement: Agreement) -> None:
    assert parse_agreement("stored", to_mapping(agreement)) == agreement


def _public() -> dict[str, Any]:
    return tomllib.loads(resources.text("agreements/o2-public-sector.toml"))


CLAUSE = ("clauses", 1)
MORNING = {"mon": [["08:00", "12:00"]]}


@pytest.mark.parametrize(
    ("place", "value", "part", "field"),
    [
        (("key",), " ", "agreement", "key"),
        (("name",), {"cs": "x", "en": " "}, "agreement", "name"),
        (("name",), {"cs": 1, "en": "x"}, "agreement", "name"),
        (("services",), [{"cs": "x"}], "agreement", "services"),
        (("services",), [{"cs": "x", "en": 7}], "agreement", "services"),
        (("calendars",), {"always": MORNING}, "agreement", "calendars.always"),
        (("calendars",), {"office": {"mon": [[8, 12]]}}, "agreement", "calendars.office"),
        (("calendars",), {"office": {"noday": []}}, "agreement", "calendars.office"),
        (("calendars",), {"office": {"mon": [["9:00", "8:00"]]}}, "agreement", "calendars.office"),
        (("news_hours",), 10**9, "agreement", "news_hours"),
        (("reopening",), "never", "agreement", "reopening"),
        (("precedence",), ["kind", "kind"], "agreement", "precedence"),
        (("precedence",), ["size"], "agreement", "precedence"),
        (("logs_access",), 1, "agreement", "logs_access"),
        (("contact_points", 0, "value"), "", "contact_points 1", "value"),
        (("contact_points", 0, "label"), {"cs": "x"}, "contact_points 1", "label"),
        (("contact_points", 0, "calendar"), "moon", "800 111 777", "calendar"),
        (("specialists",), [{"name": ""}], "specialists 1", "name"),
        (("specialists",), [{"name": "J", "role": "boss"}], "J", "role"),
        (("specialists",), [{"name": "J", "channels": ["pigeon"]}], "J", "channels"),
        (("specialists",), [{"name": "J", "kinds": ["whim"]}], "J", "kinds"),
        (("specialists",), [{"name": "J", "calendar": "moon"}], "J", "calendar"),
        (("levels", 0, "units"), [{"cs": "x"}], "levels 1", "units"),
        (("clauses",), {"id": "x"}, "agreement", "clauses"),
        (("clauses",), ["x"], "clauses 1", ""),
        ((*CLAUSE, "id"), "  ", "clauses 2", "id"),
        ((*CLAUSE, "reference"), {"cs": "x"}, "single-24h", "reference"),
        ((*CLAUSE, "quantity_from"), -1, "single-24h", "quantity_from"),
        ((*CLAUSE, "quantity_to"), "9", "single-24h", "quantity_to"),
        ((*CLAUSE, "amount"), 0, "single-24h", "amount"),
        ((*CLAUSE, "amount"), 10_001, "single-24h", "amount"),
        ((*CLAUSE, "amount"), 1.5, "single-24h", "amount"),
        ((*CLAUSE, "amount"), None, "single-24h", "amount"),
        ((*CLAUSE, "start"), "tomorrow", "single-24h", "start"),
        ((*CLAUSE, "due"), "end_of_day", "single-24h", "due"),
        ((*CLAUSE, "nature"), "statutory", "single-24h", "nature"),
        ((*CLAUSE, "nature"), "hard", "single-24h", "nature"),
        ((*CLAUSE, "pausable"), "yes", "single-24h", "pausable"),
        ((*CLAUSE, "precedence"), "first", "single-24h", "precedence"),
        ((*CLAUSE, "weight"), 3, "single-24h", "weight"),
        ((*CLAUSE, "exceptions"), [{"reason": "x"}, {"reason": "x"}], "single-24h", "exceptions"),
        ((*CLAUSE, "exceptions"), [{"reason": "x", "amount": 0}], "exceptions 1", "amount"),
        ((*CLAUSE, "exceptions"), [{"reason": " "}], "exceptions 1", "reason"),
        (("clauses", 3, "due"), "exact", "written-5wd", "due"),
        (("clauses", 3, "due"), "end_of_hours", "written-5wd", "calendar"),
    ],
)  # fmt: skip
def test_every_slip_is_named_by_file_clause_and_field(
    place: tuple[Any, ...], value: Any, part: str, field: str
) -> None:
    data = copy.deepcopy(_public())
    target: Any = data
    for step in place[:-1]:
        target = target[step]
    target[place[-1]] = value
    if value is None:
        del target[place[-1]]
    with pytest.raises(KnownError) as caught:
        parse_agreement("own.toml", data)
    assert caught.value.code == "terms-field"
    assert caught.value.facts == {"file": "own.toml", "part": part, "field": field}
