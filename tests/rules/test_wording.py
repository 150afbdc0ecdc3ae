"""Words as they are kept: one normal form, one line, nothing unseen."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.wording import MARKS_IN_A_ROW, clean

ACUTE = "\u0301"
UNSEEN = {
    "direction override": "\u202e",
    "isolate": "\u2066",
    "zero width space": "\u200b",
    "byte order mark": "\ufeff",
    "soft hyphen": "\u00ad",
    "private use": "\ue000",
    "lone surrogate": "\ud800",
    "tag letter": "\U000e0041",
}


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Держим реку", "Держим реку"),
        ("  two\t lines\r\nbecome  one\u2028line ", "two lines become one line"),
        ("no\u00a0break", "no break"),
        ("bell\x07", "bell"),
        ("e" + ACUTE, "é"),
        ("и\u0306", "й"),
        ("👩\u200d🚒", "👩\u200d🚒"),
        ("", ""),
        ("   \n", ""),
        (ACUTE * 3, ""),
        ("\u200d", ""),
        ("\u3164\u2800", ""),
        ("...", "..."),
    ],
)
def test_words_are_kept_in_one_form_on_one_line(said: str, kept: str) -> None:
    assert clean(said) == kept


@pytest.mark.parametrize("name", UNSEEN)
def test_what_cannot_be_seen_is_gone(name: str) -> None:
    assert clean(f"no{UNSEEN[name]}rth") == "north"
    assert clean(UNSEEN[name] * 9) == ""


@pytest.mark.parametrize("between", ["", "\u200b", "\u200d", "\u202e"])
def test_marks_do_not_pile_up_whatever_stands_between_them(between: str) -> None:
    kept = clean("x" + (ACUTE + between) * 300)
    assert kept.count(ACUTE) <= MARKS_IN_A_ROW


@pytest.mark.parametrize(
    "marks", ["\u0301\u0323", "\u0323\u0301", "\u0345\u0300\u0316"], ids=["in order", "against it", "three"]
)
def test_what_has_to_be_put_in_order_is_short_before_it_is(marks: str) -> None:
    signs = "e" + marks * 100_000  # sorted as they come, this takes minutes
    assert len(clean(signs)) <= 1 + MARKS_IN_A_ROW


@pytest.mark.parametrize("text", ["Iv\u200dan", "\u200d\u200d\u200dx", "x\u200d" * 100])
def test_a_joiner_that_joins_no_pictures_is_gone(text: str) -> None:
    assert "\u200d" not in clean(text)


def test_sixty_four_thousand_marks_leave_four() -> None:
    assert clean("x" + ACUTE * 64_000) == "x" + ACUTE * MARKS_IN_A_ROW


@settings(deadline=None, max_examples=300, derandomize=True, database=None)
@given(st.text(st.one_of(st.characters(), st.sampled_from(["e", " ", ACUTE, "\u0323", *UNSEEN.values(), "\u200d"]))))
def test_kept_words_are_normal_stay_as_they_are_and_hold_no_control(said: str) -> None:
    kept = clean(said)
    assert unicodedata.is_normalized("NFC", kept)
    assert clean(kept) == kept
    assert kept == " ".join(kept.split(" "))
    assert all(unicodedata.category(sign) not in ("Cc", "Zl", "Zp", "Cs", "Co", "Cn") for sign in kept)
    assert all(unicodedata.category(sign) != "Cf" or sign == "\u200d" for sign in kept)
    assert len(kept.encode()) <= 4 * len(unicodedata.normalize("NFC", said))
