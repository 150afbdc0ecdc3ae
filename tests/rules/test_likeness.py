"""Names that look alike are alike, whatever they are written with; and a name is like nothing that looks otherwise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.likeness import is_reserved, likeness
from rules.wording import clean

ALIKE = [
    ("Ivan", "IVAN"),
    ("Ivan", "lvan"),
    ("Ivan", "1van"),
    ("Ivan", "I v a n"),
    ("Ivan", "I.v_a-n"),
    ("Ivan", "Iv\u200ban\u202e"),
    ("Ivan", "Iván\u0323"),
    ("Ivan", "\uff29\uff56\uff41\uff4e"),
    ("Ivan", "\U0001d408\U0001d42f\U0001d41a\U0001d427"),
    ("Ivan", "\u0406van"),  # the Ukrainian letter
    ("Hope", "Норе"),
    ("Anna", "Аnnа"),
    ("Oscar", "0scar"),
    ("Modern", "Modem"),
    ("Willow", "VVillow"),
    ("Андрей", "Андреи"),
    ("Straße", "STRASSE"),
]
RESERVED = [
    "MOSCOW",
    "moscow",
    "M0SCOW",
    "МОЅСОW",
    "M.O.S.C.O.W.",
    "Ｍｏｓｃｏｗ",
    "Москва",
    "MOCKBA",
    "Sokol",
    "S0K0L",
    "Сокол",
    "Берёза",
    "береза",
    "Beryoza",
    "VOLGA",
    "Vo1ga",
    "Волга!",
    "гранит",
    "L\u200buna",
    "\u202aLuna",
]


ORDINARY = ["Anna", "Anya", "Иван", "Ivan", "Mosco", "Moscovite", "Falcon", "Lunatic", "🎖", "🪖", "李"]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_names_of_one_look_are_alike(one: str, other: str) -> None:
    assert likeness(one) == likeness(other)


@pytest.mark.parametrize("name", RESERVED)
def test_no_name_may_pass_for_a_call_sign_or_for_moscow(name: str) -> None:
    assert is_reserved(name)


@pytest.mark.parametrize("name", ORDINARY)
def test_an_ordinary_name_is_free_and_like_no_other(name: str) -> None:
    assert not is_reserved(name)
    assert likeness(name) not in {likeness(other) for other in ORDINARY if other != name}


@given(st.text(max_size=30))
def test_cleaning_a_name_changes_nothing_in_its_likeness_and_what_can_be_seen_is_like_something(name: str) -> None:
    assert likeness(clean(name)) == likeness(name)
    assert bool(likeness(name)) == bool(clean(name))
