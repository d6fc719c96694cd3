"""The passphrase: right, wrong, short, in either form of Unicode, at a price that is capped."""

import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from console.errors import KnownError
from console.vault import passphrase
from console.vault.slots import Slots

WORDS = "správná kobyla baterie"
HONEST = {"memory_kib": 65536, "rounds": 4, "lanes": 2}


class Argon:
    """Stands in for Argon2id where only the price that is asked matters."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []

    def __call__(self, secret: bytes, salt: bytes, **price: Any) -> bytes:
        self.asked.append(price)
        return (secret + salt).ljust(32, b"\0")[:32]


@pytest.fixture
def argon(monkeypatch: pytest.MonkeyPatch) -> Argon:
    """Argon2id that costs nothing."""
    stand_in = Argon()
    monkeypatch.setattr(passphrase, "hash_secret_raw", stand_in)
    return stand_in


def with_facts(slots: Slots, **facts: Any) -> Slots:
    """Return the slots with facts of the passphrase altered."""
    slot = slots.slot("passphrase")
    assert slot is not None
    kept: Mapping[str, Any] = {**slot.facts, **facts}
    return slots.with_slot(replace(slot, facts={n: v for n, v in kept.items() if v != "gone"}))


def fails(slots: Slots, words: str) -> str:
    """Return the code of the error that unlocking meets."""
    with pytest.raises(KnownError) as caught:
        passphrase.unlock(slots, words)
    assert words.strip() not in str(caught.value).split()
    return caught.value.code


def test_right_passphrase_opens_and_wrong_ones_do_not(empty: Slots, key: bytes) -> None:
    """The real Argon2id; all other tests of passphrases go without its price."""
    slots = empty.with_slot(passphrase.make(empty, WORDS, key))
    assert passphrase.unlock(slots, WORDS) == key
    assert fails(slots, WORDS.upper()) == "passphrase-wrong"
    assert fails(replace(slots, workspace_id="f" * 32), WORDS) == "passphrase-wrong"


@pytest.mark.parametrize("wrong", ["", " ", WORDS + " ", WORDS[:-1], "spravna kobyla baterie"])
def test_wrong_passphrase_is_refused(argon: Argon, empty: Slots, key: bytes, wrong: str) -> None:
    slots = empty.with_slot(passphrase.make(empty, WORDS, key))
    assert fails(slots, wrong + "\0") == fails(slots, wrong or "x") == "passphrase-wrong"


@pytest.mark.parametrize("typed", ["NFC", "NFD"])
@pytest.mark.parametrize("made", ["NFC", "NFD"])
def test_keyboards_may_differ_in_how_they_compose(
    argon: Argon, empty: Slots, key: bytes, made: Any, typed: Any
) -> None:
    slots = empty.with_slot(passphrase.make(empty, unicodedata.normalize(made, WORDS), key))
    assert passphrase.unlock(slots, unicodedata.normalize(typed, WORDS)) == key


@pytest.mark.parametrize(
    "short", ["", "sedmých", "1234567", unicodedata.normalize("NFD", "ěščřžýá")]
)
def test_short_passphrase_is_refused(argon: Argon, empty: Slots, key: bytes, short: str) -> None:
    with pytest.raises(KnownError) as caught:
        passphrase.make(empty, short, key)
    assert caught.value.code == "passphrase-short"
    assert "8" in str(caught.value)
    assert argon.asked == []


def test_eight_characters_are_enough(argon: Argon, empty: Slots, key: bytes) -> None:
    assert passphrase.make(empty, "ěščřžýáí", key).kind == passphrase.KIND


def test_price_is_at_least_that_of_the_design(argon: Argon, empty: Slots, key: bytes) -> None:
    slot = passphrase.make(empty, WORDS, key)
    assert argon.asked[0]["memory_cost"] >= 64 * 1024
    assert slot.facts["memory_kib"] == argon.asked[0]["memory_cost"]
    assert slot.facts["kdf"] == "argon2id"


def test_each_slot_has_a_salt_of_its_own(argon: Argon, empty: Slots, key: bytes) -> None:
    salts = {passphrase.make(empty, WORDS, key).facts["salt"] for _ in range(5)}
    assert len(salts) == 5


def test_price_in_the_file_is_the_price_that_is_paid(
    argon: Argon, empty: Slots, key: bytes
) -> None:
    slots = empty.with_slot(passphrase.make(empty, WORDS, key))
    passphrase.unlock(with_facts(slots, memory_kib=131072, rounds=5), WORDS)
    assert (argon.asked[-1]["memory_cost"], argon.asked[-1]["time_cost"]) == (131072, 5)


@pytest.mark.parametrize(
    "price", [{"memory_kib": 10**12}, {"rounds": 10**9}, {"lanes": 10**7}], ids=str
)
def test_price_in_the_file_is_capped(
    argon: Argon, empty: Slots, key: bytes, price: dict[str, int]
) -> None:
    slots = empty.with_slot(passphrase.make(empty, WORDS, key))
    passphrase.unlock(with_facts(slots, **price), WORDS)
    asked = argon.asked[-1]
    assert asked["memory_cost"] <= 1 << 20
    assert asked["time_cost"] <= 64
    assert asked["parallelism"] <= 16


@pytest.mark.parametrize(
    "facts",
    [
        {"salt": "gone"},
        {"salt": ""},
        {"salt": 7},
        {"salt": "ř"},
        {"memory_kib": "gone"},
        {"memory_kib": 1},
        {"memory_kib": -5},
        {"rounds": 0},
        {"rounds": "many"},
        {"rounds": None},
        {"lanes": 0},
        {"lanes": []},
    ],
    ids=str,
)
def test_damaged_facts_are_told_as_damage(
    argon: Argon, empty: Slots, key: bytes, facts: Any
) -> None:
    slots = empty.with_slot(passphrase.make(empty, WORDS, key))
    from argon2.low_level import hash_secret_raw

    with pytest.MonkeyPatch.context() as real:
        real.setattr(passphrase, "hash_secret_raw", hash_secret_raw)
        assert fails(with_facts(slots, **facts), WORDS) == "slots-damaged"


def test_slots_without_a_passphrase_are_told_as_wrong(empty: Slots) -> None:
    assert fails(empty, WORDS) == "passphrase-wrong"
