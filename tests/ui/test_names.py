"""Everything that the history may show has a name in words."""

import re
from pathlib import Path

from console.domain.field_names import field_name
from console.services import history
from console.storage import rows
from ui.widgets.action_names import action_name
from ui.widgets.safety_card import reason_name

ROOT = Path(__file__).parents[2]


def test_every_field_of_every_noun_has_a_name() -> None:
    shown = {
        name
        for table in rows.TABLES
        for name in rows.columns(table)
        if not name.endswith("_id") and name not in history.INTERNAL
    }
    assert [name for name in sorted(shown) if field_name(name) == name] == []


def test_every_action_has_a_name() -> None:
    sources = (ROOT / "console").rglob("*.py")
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    actions = set(re.findall(r"\.unit\(\s*\"([a-z-]+)\"", text))
    assert len(actions) > 15
    assert [name for name in sorted(actions) if action_name(name) == name] == []


def test_every_reason_of_a_backup_has_a_name() -> None:
    """The reasons that services give, as "before" plus what, "after", or on its own."""
    sources = (ROOT / "console").rglob("*.py")
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    reasons = {f"before-{what}" for what in re.findall(r"backups\.before\(\w+, \"(\w+)\"", text)}
    reasons |= set(re.findall(r"\.make\(workspace, \"([a-z-]+)\"", text))
    reasons |= {"hourly", "by-hand", "before-migration-of-schema-9"}
    assert len(reasons) > 6
    assert [reason for reason in sorted(reasons) if reason_name(reason) == reason] == []
