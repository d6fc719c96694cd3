"""Office hours in words, the same on the screen and on the care sheet."""

import pytest

from console import texts
from console.domain.formats import opening_hours
from console.services.shipped import shipped

Windows = dict[str, tuple[tuple[str, str], ...]]
DAY = (("08:00", "17:00"),)


@pytest.mark.parametrize(
    ("windows", "words"),
    [
        (dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), DAY), "Mo–Fr 8:00–17:00"),
        (dict.fromkeys(("mon", "tue"), DAY), "Mo, Tu 8:00–17:00"),
        (dict.fromkeys(("mon", "wed", "fri"), DAY), "Mo, We, Fr 8:00–17:00"),
        ({"sun": (("00:00", "24:00"),)}, "Su 0:00–24:00"),
        (
            {"mon": (("08:00", "12:00"), ("14:00", "17:00")), "tue": ()},
            "Mo 8:00–12:00, 14:00–17:00",
        ),
        ({"fri": (("08:00", "12:00"),), "mon": DAY}, "Mo 8:00–17:00; Fr 8:00–12:00"),
    ],
)
def test_days_with_the_same_hours_are_said_together(windows: Windows, words: str) -> None:
    assert opening_hours(windows).replace("\u00a0", " ") == words


def test_weekdays_speak_czech() -> None:
    texts.use_language("cs")
    said = opening_hours(shipped("municipal-tender").calendars["office"])
    assert said.replace("\u00a0", " ") == "Po, St 8:00–17:00; Út, Čt 8:00–14:00; Pá 8:00–12:00"
