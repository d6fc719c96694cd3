"""The recovery key: drawn, printed, typed back with slips, and wrapped into its slot."""

import random
import re

import pytest

from console.errors import KnownError
from console.vault import recovery_key
from console.vault.slots import Slots

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def refusal(key: str) -> KnownError:
    """Return the error that a key meets."""
    with pytest.raises(KnownError) as caught:
        recovery_key.tidy(key)
    return caught.value


def test_key_has_eight_groups_of_five() -> None:
    assert re.fullmatch(rf"([{ALPHABET}]{{5}}-){{7}}[{ALPHABET}]{{5}}", recovery_key.new())


def test_keys_differ_and_use_the_whole_alphabet() -> None:
    keys = {recovery_key.new() for _ in range(200)}
    assert len(keys) == 200
    assert set("".join(keys)) == {*ALPHABET, "-"}


@pytest.mark.parametrize("seed", range(50))
def test_key_is_taken_however_it_is_typed(seed: int) -> None:
    chance, key = random.Random(seed), recovery_key.new()
    swaps = {"0": "0Oo", "1": "1IilL", "-": ["-", " ", "", " – ", "\n"]}
    typed = "".join(chance.choice(swaps.get(c, c + c.lower())) for c in key)
    assert recovery_key.tidy(f"  {typed} ") == key


def test_every_single_slip_is_found_in_its_group() -> None:
    key = recovery_key.new()
    for place, right in enumerate(key):
        for wrong in ALPHABET:
            if right not in ("-", wrong):
                error = refusal(key[:place] + wrong + key[place + 1 :])
                assert (error.code, error.facts["group"]) == ("recovery-key-group", place // 6 + 1)


def test_two_characters_that_changed_places_are_found() -> None:
    key = recovery_key.new()
    for place in range(len(key) - 1):
        one, other = key[place], key[place + 1]
        if one != other and "-" not in (one, other):
            swapped = key[:place] + other + one + key[place + 2 :]
            assert refusal(swapped).facts["group"] == place // 6 + 1


def test_groups_that_changed_places_are_found() -> None:
    first, second, *rest = recovery_key.new().split("-")
    assert refusal("-".join([second, first, *rest])).facts["group"] == 1


@pytest.mark.parametrize("key", ["", "ABCDE", "-" * 40, "A" * 39, "A" * 41, "1" * 2000])
def test_other_lengths_are_told(key: str) -> None:
    assert refusal(key).code == "recovery-key-length"


@pytest.mark.parametrize("key", ["U" * 40, "é" * 40, "\x00" * 40, "😀" * 40])
def test_other_characters_are_told_with_their_group(key: str) -> None:
    assert refusal(key).facts["group"] == 1


def test_wrong_groups_are_known_while_typing() -> None:
    groups = recovery_key.new().split("-")
    typed = [groups[0], groups[0], groups[2][:3]]
    assert recovery_key.wrong_groups(typed) == [2]


def test_what_the_code_says_is_taken_too(empty: Slots) -> None:
    key = recovery_key.new()
    assert recovery_key.tidy(recovery_key.qr_text(empty, key)) == key
    assert recovery_key.qr_text(empty, key).isupper()


def test_key_opens_its_slot_only(empty: Slots, key: bytes) -> None:
    printed = recovery_key.new()
    slots = empty.with_slot(recovery_key.make(empty, printed, key))
    assert recovery_key.unlock(slots, printed.lower()) == key
    with pytest.raises(KnownError) as caught:
        recovery_key.unlock(slots, recovery_key.new())
    assert caught.value.code == "recovery-key-wrong"
    with pytest.raises(KnownError) as caught:
        recovery_key.unlock(empty, printed)
    assert caught.value.code == "recovery-key-missing"


@pytest.mark.parametrize("facts", [{}, {"salt": 7}, {"salt": "ř"}, {"salt": None}])
def test_spoilt_slot_is_told(empty: Slots, key: bytes, facts: dict[str, object]) -> None:
    from dataclasses import replace

    printed = recovery_key.new()
    slot = replace(recovery_key.make(empty, printed, key), facts=facts)
    with pytest.raises(KnownError) as caught:
        recovery_key.unlock(empty.with_slot(slot), printed)
    assert caught.value.code == "slots-damaged"
