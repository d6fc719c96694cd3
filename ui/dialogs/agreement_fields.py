"""The fields of an agreement's editor, over the plain data that ``domain.terms`` reads."""

from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from itertools import permutations
from typing import Any, Final

from console.domain.agreement import (
    ALWAYS,
    ClauseUnit,
    Dimension,
    DueMoment,
    Nature,
    Reopening,
    Role,
    StartPolicy,
)
from console.domain.request import Channel, Kind
from console.domain.story import TECHNICAL_DIFFICULTIES
from console.domain.working_time import WEEKDAYS
from console.texts import N_, _
from ui.widgets.field_form import Choices, Field, FieldKind, Row

_UNITS: Final = {
    ClauseUnit.HOURS: N_("hours by the clock"),
    ClauseUnit.WORKING_HOURS: N_("working hours"),
    ClauseUnit.WORKING_DAYS: N_("working days"),
    ClauseUnit.DAYS: N_("days"),
    ClauseUnit.WEEKS: N_("weeks"),
    ClauseUnit.MONTHS: N_("months"),
}
_NATURES: Final = {
    Nature.CONTRACTUAL: N_("binding, by the contract"),
    Nature.SOFT: N_("our own target"),
}
_STARTS: Final = {
    StartPolicy.RECEIVED: N_("when the request comes"),
    StartPolicy.OPENING: N_("at the next opening"),
}
_DUES: Final = {
    DueMoment.EXACT: N_("to the minute"),
    DueMoment.END_OF_DAY: N_("at the end of the day"),
    DueMoment.END_OF_HOURS: N_("at the end of office hours"),
}
_REOPENINGS: Final = {
    Reopening.CONTINUE: N_("the period goes on"),
    Reopening.NEW_CYCLE: N_("a new period begins"),
}
_DIMENSIONS: Final = {
    Dimension.CHANNEL: N_("channel"),
    Dimension.QUANTITY: N_("quantity"),
    Dimension.KIND: N_("kind"),
}
NOTHING, STANDS_STILL, LONGER = "", "still", "longer"
_DIFFICULTIES: Final = {
    NOTHING: N_("change nothing"),
    STANDS_STILL: N_("stop the clock"),
    LONGER: N_("give more time"),
}
_WEEKDAY_LABELS: Final = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)


def _words(labels: dict[Any, str]) -> Choices:
    return lambda: [(str(word), _(label)) for word, label in labels.items()]


def _labelled(words: Iterable[StrEnum]) -> Choices:
    return lambda: [(word.value, str(getattr(word, "label", word))) for word in words]


def _both(path: str, label: str, english: str, *, is_column: bool = False) -> tuple[Field, Field]:
    """Return the fields of a text in both languages."""
    return (Field(f"{path}.cs", label, is_column=is_column), Field(f"{path}.en", english))


def _lines(path: str, label: str) -> Field:
    """Return a field with a text in both languages on each line, parted by a bar."""

    def read(row: Row) -> str:
        texts = row.get(path, ())
        return "\n".join(" | ".join(filter(None, (t.get("cs"), t.get("en")))) for t in texts)

    def write(row: Row, value: str) -> None:
        parts = [line.partition("|") for line in value.splitlines() if line.strip()]
        row[path] = [
            {"cs": czech.strip(), "en": english.strip() or czech.strip()}
            for czech, _bar, english in parts
        ]

    return Field(path, label, FieldKind.LINES, read=read, write=write)


GENERAL: Final = (
    *_both("name", N_("Name in Czech"), N_("Name in English")),
    *_both("summary", N_("In short in Czech"), N_("In short in English")),
    _lines("services", N_("Services, a line each: Czech | English")),
    Field("news_hours", N_("News on faults and complaints after hours"), FieldKind.NUMBER),
    Field(
        "precedence",
        N_("Which rule wins, by what it is special in"),
        FieldKind.CHOICE,
        lambda: [
            (",".join(order), " → ".join(_(_DIMENSIONS[dimension]) for dimension in order))
            for order in permutations(_DIMENSIONS)
        ],
        read=lambda row: ",".join(row.get("precedence", _DIMENSIONS)),
        write=lambda row, value: row.update(precedence=value.split(",")),
    ),
    Field(
        "reopening",
        N_("When a request is reopened"),
        FieldKind.CHOICE,
        _words(_REOPENINGS),
        Reopening.CONTINUE.value,
    ),
    Field(
        "authorised_only", N_("The dedicated line is for authorised persons only"), FieldKind.FLAG
    ),
    Field("charges_allowed", N_("Requests may be charged for"), FieldKind.FLAG, default=True),
    Field("logs_access", N_("Each opening of a person's data is logged"), FieldKind.FLAG),
    *_both("purpose", N_("Purpose of the data in Czech"), N_("Purpose of the data in English")),
    *_both("responsible", N_("Who is responsible, in Czech"), N_("Who is responsible, in English")),
)


def channels(calendars: Choices) -> tuple[Field, ...]:
    """Return the fields of a channel; ``calendars`` gives the calendars to choose from."""
    return (
        *_both("label", N_("Label in Czech"), N_("Label in English"), is_column=True),
        Field("channel", N_("Channel"), FieldKind.CHOICE, _labelled(Channel), is_column=True),
        Field("value", N_("Number, address or link"), is_column=True),
        _calendar(calendars),
        *_both("note", N_("Note in Czech"), N_("Note in English")),
    )


def specialists(calendars: Choices) -> tuple[Field, ...]:
    """Return the fields of a specialist."""
    return (
        Field("name", N_("Full name"), is_column=True),
        Field("role", N_("Role"), FieldKind.CHOICE, _labelled(Role), is_column=True),
        Field("email", N_("E-mail")),
        Field("landline", N_("Landline")),
        Field("mobile", N_("Mobile"), is_column=True),
        Field("fax", N_("Fax")),
        _calendar(calendars),
        Field("in_crisis", N_("In a crisis beyond these hours, too"), FieldKind.FLAG),
        _kinds(N_("Looks after")),
        _channels(N_("Reached by")),
    )


LEVELS: Final = (
    *_both("name", N_("Name in Czech"), N_("Name in English"), is_column=True),
    Field("number", N_("Level"), FieldKind.NUMBER, is_column=True),
    _lines("units", N_("Units, a line each: Czech | English")),
)

CALENDARS: Final = (
    Field("name", N_("Name"), is_column=True),
    *(
        Field(day, label, is_column=True, hint="8:00-12:00, 13:00-17:00")
        for day, label in zip(WEEKDAYS, _WEEKDAY_LABELS, strict=True)
    ),
)


def clauses(calendars: Choices) -> tuple[Field, ...]:
    """Return the fields of a clause."""
    return (
        *_both("reference", N_("Rule in Czech"), N_("Rule in English"), is_column=True),
        Field("amount", N_("Amount"), FieldKind.NUMBER, is_column=True),
        Field(
            "unit",
            N_("Unit"),
            FieldKind.CHOICE,
            _words(_UNITS),
            ClauseUnit.HOURS.value,
            is_column=True,
            write=_put_unit,
        ),
        Field("nature", N_("Nature"), FieldKind.CHOICE, _words(_NATURES), is_column=True),
        _kinds(N_("For kinds")),
        _channels(N_("For channels")),
        Field("quantity_from", N_("From so many numbers"), FieldKind.NUMBER),
        Field("quantity_to", N_("To so many numbers"), FieldKind.NUMBER),
        _calendar(calendars),
        Field("start", N_("The clock starts"), FieldKind.CHOICE, _words(_STARTS)),
        Field("due", N_("Due"), FieldKind.CHOICE, _words(_DUES)),
        Field("pausable", N_("Waiting for the client stops the clock"), FieldKind.FLAG),
        Field(
            "exceptions",
            N_("Technical difficulties"),
            FieldKind.CHOICE,
            _words(_DIFFICULTIES),
            read=_difficulty,
            write=_put_difficulty,
        ),
        Field(
            "exceptions.amount",
            N_("Amount with difficulties"),
            FieldKind.NUMBER,
            read=lambda row: _exception(row).get("amount", ""),
            write=_put_longer,
        ),
        Field("precedence", N_("Goes before rules with less"), FieldKind.NUMBER),
    )


def _put_unit(row: Row, unit: str) -> None:
    """Change the unit, and the due moment where it would not fit any more."""
    row["unit"] = unit
    is_hours = unit in (ClauseUnit.HOURS, ClauseUnit.WORKING_HOURS)
    if is_hours != (row.get("due") == DueMoment.EXACT):
        row["due"] = (DueMoment.EXACT if is_hours else DueMoment.END_OF_DAY).value


def _exception(row: Row) -> Row:
    listed = row.get("exceptions", ())
    return next((e for e in listed if e.get("reason") == TECHNICAL_DIFFICULTIES), {})


def _others(row: Row) -> list[Row]:
    return [e for e in row.get("exceptions", ()) if e.get("reason") != TECHNICAL_DIFFICULTIES]


def _difficulty(row: Row) -> str:
    found = _exception(row)
    if not found:
        return NOTHING
    return LONGER if "amount" in found else STANDS_STILL


def _put_difficulty(row: Row, word: str) -> None:
    made: Row = {"reason": TECHNICAL_DIFFICULTIES}
    if word == LONGER:
        made["amount"] = _exception(row).get("amount", 2 * int(row.get("amount") or 1))
    row["exceptions"] = [*_others(row), *([made] if word else [])]


def _put_longer(row: Row, amount: int | None) -> None:
    made: Row = {"reason": TECHNICAL_DIFFICULTIES}
    if amount is not None:
        made["amount"] = amount
    row["exceptions"] = [*_others(row), made]


def _calendar(calendars: Choices) -> Field:
    return Field("calendar", N_("Hours"), FieldKind.CHOICE, calendars, ALWAYS)


def _kinds(label: str) -> Field:
    return Field(
        "kinds", label, FieldKind.MANY, _labelled(Kind), default=(), all_label=N_("all kinds")
    )


def _channels(label: str) -> Field:
    return Field(
        "channels",
        label,
        FieldKind.MANY,
        _labelled(Channel),
        default=(),
        all_label=N_("all channels"),
    )


def calendar_rows(calendars: dict[str, dict[str, Any]]) -> list[Row]:
    """Return calendars as rows with their hours as text."""
    return [
        {"name": name, **{day: _hours_text(days.get(day, ())) for day in WEEKDAYS}}
        for name, days in calendars.items()
    ]


def _hours_text(windows: Sequence[Sequence[str]]) -> str:
    return ", ".join(f"{opens}-{closes}" for opens, closes in windows)


def calendars_of(rows: list[Row]) -> dict[str, dict[str, Any]]:
    """Return rows as calendars; what is no span of hours stays for ``terms`` to refuse."""
    return {
        str(row.get("name", "")).strip(): {
            day: _windows(row[day]) for day in WEEKDAYS if str(row.get(day, "")).strip()
        }
        for row in rows
    }


def _windows(text: str) -> list[list[str]]:
    spans = [span.replace("–", "-").split("-") for span in text.split(",") if span.strip()]
    return [[_time(part) for part in span] for span in spans]


def _time(text: str) -> str:
    """Return a time with two digits for its hour and minutes, as far as it is one."""
    hour, colon, minutes = text.strip().replace(".", ":").partition(":")
    return f"{hour.zfill(2)}:{minutes if colon else '00'}"


def fresh_id(prefix: str) -> Callable[[list[Row]], str]:
    """Return what makes an id that no row has."""

    def make(rows: list[Row]) -> str:
        taken = {row.get("id") for row in rows}
        return next(
            f"{prefix}-{n}" for n in range(1, len(rows) + 2) if f"{prefix}-{n}" not in taken
        )

    return make


def with_both_languages(value: Any) -> Any:
    """Return plain data in which a text that is given in one language stands in both."""
    if isinstance(value, dict):
        if value and set(value) <= {"cs", "en"}:
            texts = {code: str(text).strip() for code, text in value.items()}
            only = next((text for text in texts.values() if text), "")
            return {code: texts.get(code) or only for code in ("cs", "en")} if only else {}
        return {name: with_both_languages(item) for name, item in value.items()}
    if isinstance(value, list):
        return [with_both_languages(item) for item in value]
    return value
