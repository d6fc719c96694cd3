"""The colours of both themes can be read."""

from dataclasses import asdict

import pytest

from ui.theme import TOKENS

PAIRS = [
    ("text", "window"), ("text", "surface"), ("text", "stripe"), ("text", "selection"),
    ("muted", "window"), ("muted", "surface"), ("accent_text", "accent"),
    ("sidebar_text", "sidebar"), ("danger", "danger_ground"), ("warning", "warning_ground"),
    ("info", "info_ground"), ("good", "good_ground"), ("neutral", "neutral_ground"),
]  # fmt: skip


def _luminance(colour: str) -> float:
    """Relative luminance. Source: WCAG 2.2, definition of relative luminance."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("theme", TOKENS)
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_stands_out_from_its_ground(theme: str, text: str, ground: str) -> None:
    """At least 4.5 to 1. Source: WCAG 2.2, success criterion 1.4.3."""
    tokens = asdict(TOKENS[theme])
    high, low = sorted((_luminance(tokens[text]), _luminance(tokens[ground])), reverse=True)
    assert (high + 0.05) / (low + 0.05) >= 4.5
