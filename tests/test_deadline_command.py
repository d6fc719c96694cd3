"""``deadline`` on the command line, for every agreement, kind, channel and quantity."""

import json
from datetime import datetime
from typing import Any

import pytest

from console import cli
from console.domain.request import Channel, Kind
from console.services.shipped import shipped_keys


def _run(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert cli.main(["deadline", *arguments, "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def _ask(key: str, kind: str, channel: str, count: int, received: str) -> list[str]:
    return ["--agreement", key, "--kind", kind, "--channel", channel,
            "--count", str(count), "--received", received]  # fmt: skip


@pytest.mark.parametrize("key", shipped_keys())
def test_every_kind_channel_and_quantity_has_an_answer(
    key: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for kind in Kind:
        for channel in Channel:
            for count in (0, 1, 9, 10):
                found = _run(capsys, *_ask(key, kind, channel, count, "2026-03-28T23:50"))
                dues = [datetime.fromisoformat(d["due"]) for d in found["deadlines"]]
                assert dues
                assert all(due.utcoffset() is not None for due in dues)
                assert datetime.fromisoformat(found["governing"]) in dues
                for deadline in found["deadlines"]:
                    assert deadline["nature"] in ("soft", "contractual", "statutory")
                    assert deadline["explanation"][0]["step"] == "received"
                    assert deadline["explanation"][-1]["step"] == "due"
                    assert all(step["text"] for step in deadline["explanation"])


def test_complaint_shows_both_clocks_and_the_law_governs(
    capsys: pytest.CaptureFixture[str],
) -> None:
    asked = _ask("o2-public-sector", "complaint", "email", 1, "2026-02-10T09:00")
    found = _run(capsys, *asked)
    assert found["governing"] == "2026-03-10T23:59:59+01:00"
    assert {d["nature"]: d["due"][:10] for d in found["deadlines"]} == {
        "contractual": "2026-03-12",
        "statutory": "2026-03-10",
    }


def test_offset_of_the_receipt_is_heeded(capsys: pytest.CaptureFixture[str]) -> None:
    asked = _ask("o2-public-sector", "fault", "phone", 1, "2026-03-28T11:00:00+00:00")
    assert _run(capsys, *asked)["governing"] == "2026-03-29T13:00:00+02:00"


@pytest.mark.parametrize(
    ("place", "wrong", "word"),
    [(1, "unknown", "unknown"), (3, "whim", "whim"), (5, "pigeon", "pigeon"), (9, "soon", "soon")],
)
def test_wrong_word_is_named_in_one_line(
    place: int, wrong: str, word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = _ask("o2-public-sector", "fault", "phone", 1, "2026-03-02T10:00")
    asked[place] = wrong
    assert cli.main(["deadline", *asked]) == 2
    error = capsys.readouterr().err
    assert word in error
    assert error.count("\n") == 1
