"""The file of key slots: its form, its replacement in one step, its copy, its seal."""

import base64
import contextlib
import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.errors import KnownError
from console.vault import keys, slots
from console.vault.slots import Slots

BROKEN = ["", "{", "[]", "null", "7", "{}", '{"format": 2}', '{"format": 1}', "\x00" * 99]
BROKEN += ["[" * 100_000, '{"format": 1, "workspace": "", "generation": 1e999}']


def body_of(folder: Path) -> dict[str, Any]:
    """Return the file's content."""
    read: dict[str, Any] = json.loads((folder / slots.FILE_NAME).read_text(encoding="utf-8"))
    return read


def spoil(folder: Path, **fields: Any) -> None:
    """Alter fields of the file."""
    altered = {**body_of(folder), **fields}
    (folder / slots.FILE_NAME).write_text(json.dumps(altered), encoding="utf-8")


# Form


def test_what_is_written_is_read(tmp_path: Path, filled: Slots, key: bytes) -> None:
    slots.write(tmp_path, filled, key)
    assert slots.read(tmp_path) == filled


def test_file_has_the_fields_that_other_versions_rely_on(
    tmp_path: Path, filled: Slots, key: bytes
) -> None:
    slots.write(tmp_path, filled, key)
    body = body_of(tmp_path)
    assert set(body) == {"format", "workspace", "generation", "device", "slots", "seal"}
    assert (body["format"], body["generation"], body["device"]) == (1, 1, 7)
    (slot,) = body["slots"]
    assert set(slot) == {"kind", "hint", "nonce", "wrapped"}
    assert len(base64.b64decode(slot["nonce"])) == 12
    assert len(base64.b64decode(slot["wrapped"])) == 32 + 16


def test_file_holds_no_key_in_clear(
    tmp_path: Path, filled: Slots, key: bytes, wrapping_key: bytes
) -> None:
    slots.write(tmp_path, filled, key)
    text = (tmp_path / slots.FILE_NAME).read_text()
    for secret in (key, wrapping_key):
        assert secret.hex() not in text
        assert base64.b64encode(secret).decode() not in text


def test_file_is_the_persons_own(tmp_path: Path, filled: Slots, key: bytes) -> None:
    slots.write(tmp_path, filled, key)
    assert (tmp_path / slots.FILE_NAME).stat().st_mode & 0o077 == 0


def test_slot_shows_nothing_but_its_kind(filled: Slots) -> None:
    assert repr(filled.slots[0]) == "Slot(recovery)"


def test_one_slot_of_each_kind(filled: Slots, key: bytes) -> None:
    other = slots.wrap(filled, "recovery", {}, keys.new_key(), key)
    more = filled.with_slot(other).with_slot(replace(other, kind="keyring"))
    assert [slot.kind for slot in more.slots] == ["recovery", "keyring"]
    assert more.slot("recovery") == other
    assert more.without("recovery").slot("recovery") is None
    assert more.slot("nothing") is None


# Wrapping


def test_slot_opens_with_its_key_only(filled: Slots, key: bytes, wrapping_key: bytes) -> None:
    slot = filled.slots[0]
    assert slots.unwrap(filled, slot, wrapping_key) == key
    assert slots.unwrap(filled, slot, keys.new_key()) is None


@pytest.mark.parametrize("change", [{"workspace_id": "f" * 32}, {"generation": 2}])
def test_slot_of_another_workspace_or_generation_does_not_open(
    filled: Slots, wrapping_key: bytes, change: dict[str, Any]
) -> None:
    assert slots.unwrap(replace(filled, **change), filled.slots[0], wrapping_key) is None


def test_slot_of_another_kind_does_not_open(filled: Slots, wrapping_key: bytes) -> None:
    posing = replace(filled.slots[0], kind="passphrase")
    assert slots.unwrap(filled, posing, wrapping_key) is None


@pytest.mark.parametrize("part", ["nonce", "wrapped"])
@pytest.mark.parametrize("at", [0, 5, -1])
def test_altered_slot_does_not_open(filled: Slots, wrapping_key: bytes, part: str, at: int) -> None:
    altered = bytearray(getattr(filled.slots[0], part))
    altered[at] ^= 1
    assert (
        slots.unwrap(filled, replace(filled.slots[0], **{part: bytes(altered)}), wrapping_key)
        is None
    )


@pytest.mark.parametrize("nonce", [b"", b"\0" * 4, b"\0" * 200])
def test_nonce_of_another_length_does_not_open(
    filled: Slots, wrapping_key: bytes, nonce: bytes
) -> None:
    assert slots.unwrap(filled, replace(filled.slots[0], nonce=nonce), wrapping_key) is None


# Replacing


def test_file_before_stays_beside_the_new_one(tmp_path: Path, filled: Slots, key: bytes) -> None:
    slots.write(tmp_path, filled, key)
    before = (tmp_path / slots.FILE_NAME).read_bytes()
    slots.write(tmp_path, replace(filled, device=8), key)
    assert (tmp_path / slots.PREVIOUS_NAME).read_bytes() == before
    assert slots.read(tmp_path).device == 8
    assert {file.name for file in tmp_path.iterdir()} == {"slots.json", "slots.json.prev"}


@pytest.mark.parametrize("step", ["fsync", "chmod", "replace"])
def test_fault_while_writing_leaves_the_file_as_it_was(
    tmp_path: Path, filled: Slots, key: bytes, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    slots.write(tmp_path, filled, key)

    def fail(*_arguments: object, **_options: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(*((os, "fsync") if step == "fsync" else (Path, step)), fail)
    with pytest.raises(OSError, match="No space"):
        slots.write(tmp_path, replace(filled, device=8), key)
    monkeypatch.undo()
    assert slots.read(tmp_path) == filled
    assert slots.check_seal(tmp_path, key)
    slots.write(tmp_path, replace(filled, device=9), key)
    assert slots.read(tmp_path).device == 9


@pytest.mark.parametrize("content", BROKEN)
def test_damaged_file_falls_back_to_the_one_before(
    tmp_path: Path, filled: Slots, key: bytes, content: str
) -> None:
    slots.write(tmp_path, filled, key)
    slots.write(tmp_path, replace(filled, device=8), key)
    (tmp_path / slots.FILE_NAME).write_text(content)
    assert slots.read(tmp_path) == filled


def test_missing_file_falls_back_to_the_one_before(
    tmp_path: Path, filled: Slots, key: bytes
) -> None:
    slots.write(tmp_path, filled, key)
    slots.write(tmp_path, replace(filled, device=8), key)
    (tmp_path / slots.FILE_NAME).unlink()
    assert slots.read(tmp_path) == filled


@pytest.mark.parametrize("content", BROKEN)
def test_both_damaged_are_told_and_left(tmp_path: Path, content: str) -> None:
    for name in (slots.FILE_NAME, slots.PREVIOUS_NAME):
        (tmp_path / name).write_text(content)
    with pytest.raises(KnownError) as caught:
        slots.read(tmp_path)
    assert caught.value.code == "slots-damaged"
    assert (tmp_path / slots.FILE_NAME).read_text() == content


def test_folder_without_slots_is_no_workspace(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "missing"):
        with pytest.raises(KnownError) as caught:
            slots.read(folder)
        assert caught.value.code == "workspace-missing"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=6,
)
SLOT_FIELDS = st.dictionaries(st.sampled_from(("kind", "nonce", "wrapped", "salt")), JSON)


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    JSON
    | st.fixed_dictionaries(
        {
            "format": st.just(1),
            "workspace": JSON,
            "generation": JSON,
            "device": JSON,
            "slots": JSON | st.lists(SLOT_FIELDS, max_size=3),
        }
    )
)
def test_whatever_stands_in_the_file_it_is_read_or_told(tmp_path: Path, content: Any) -> None:
    (tmp_path / slots.FILE_NAME).write_text(json.dumps(content))
    with contextlib.suppress(KnownError):
        assert isinstance(slots.read(tmp_path), Slots)
    assert not slots.check_seal(tmp_path, bytes(32))


# Seal


def test_untouched_file_is_sealed(tmp_path: Path, filled: Slots, key: bytes) -> None:
    slots.write(tmp_path, filled, key)
    assert slots.check_seal(tmp_path, key)
    assert not slots.check_seal(tmp_path, keys.new_key())


@pytest.mark.parametrize(
    "change",
    [
        {"workspace": "f" * 32},
        {"generation": 2},
        {"device": 8},
        {"slots": []},
        {"extra": 1},
        {"seal": "0" * 64},
        {"seal": None},
        {"seal": "ř"},
    ],
    ids=str,
)
def test_every_altered_field_breaks_the_seal(
    tmp_path: Path, filled: Slots, key: bytes, change: dict[str, Any]
) -> None:
    slots.write(tmp_path, filled, key)
    spoil(tmp_path, **change)
    assert not slots.check_seal(tmp_path, key)


def test_altered_fact_of_a_slot_breaks_the_seal(tmp_path: Path, filled: Slots, key: bytes) -> None:
    slots.write(tmp_path, filled, key)
    (slot,) = body_of(tmp_path)["slots"]
    spoil(tmp_path, slots=[{**slot, "hint": "r"}])
    assert not slots.check_seal(tmp_path, key)


def test_layout_of_the_file_is_not_sealed(tmp_path: Path, filled: Slots, key: bytes) -> None:
    slots.write(tmp_path, filled, key)
    spoil(tmp_path)
    assert slots.check_seal(tmp_path, key)
