"""Lots: unbiased, independent by purpose, the same for ever, and recomputable by a stranger."""

import hashlib
import itertools
from collections import Counter
from collections.abc import Hashable, Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules import lots

SEED = bytes(range(32))
# The chi-square that a fair lot exceeds once in a thousand trials, by degrees of freedom. All draws here come from
# fixed seeds, so a test passes always or never.
ONE_IN_A_THOUSAND = {1: 10.83, 2: 13.82, 3: 16.27, 5: 20.52, 6: 22.46, 9: 27.88, 23: 49.73, 35: 66.62, 99: 148.23}


def chi_square(seen: Iterable[Hashable], expected: dict[Hashable, float]) -> float:
    counts = Counter(seen)
    assert set(counts) <= set(expected)
    return sum((counts[value] - count) ** 2 / count for value, count in expected.items())


def hmac_by_hand(key: bytes, message: bytes) -> bytes:
    block = key.ljust(64, b"\0")
    inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in block) + message).digest()
    return hashlib.sha256(bytes(byte ^ 0x5C for byte in block) + inner).digest()


def test_a_stranger_recomputes_a_draw_from_the_published_recipe() -> None:
    assert lots.draw(SEED, "rumour:3:сокол", 7) == hmac_by_hand(SEED, "rumour:3:сокол#7".encode())


def test_a_stranger_recomputes_a_shuffle_from_the_published_recipe() -> None:
    items = list("abcdef")
    for place in range(5, 0, -1):
        word = int.from_bytes(hmac_by_hand(SEED, f"deal#{place}".encode())[:8], "big")
        other = word % (place + 1)
        items[place], items[other] = items[other], items[place]
    assert lots.shuffled(SEED, "deal", "abcdef") == tuple(items)


def test_a_stranger_recomputes_a_number_that_was_rejected_at_first() -> None:
    n, rejected = 2**63 + 1, 0
    for counter in range(40):
        at = counter
        while (word := int.from_bytes(hmac_by_hand(SEED, f"big#{at}".encode())[:8], "big")) >= n:
            at += 2**32
            rejected += 1
        assert lots.below(SEED, "big", n, counter) == word
    assert rejected > 10


def test_lots_of_a_known_seed_never_change() -> None:
    directives = [("hold", 6), ("counterattack", 2), ("guns_frozen", 1), ("paperwork", 1)]
    roles = ["malenkov", "beria", "rudenko", "irina", "pavel"]
    assert lots.draw(SEED, "plan:3", 0).hex() == "adb040dfa7bade44684f88f5d1c6b3196e22c8449b3a1b05b073529ad2f8af54"
    assert [lots.below(SEED, "golden", n) for n in (2, 6, 10, 1000)] == [1, 1, 7, 27]
    assert lots.below(SEED, "golden", 2**63 + 1) == 9087397977649780657
    assert lots.below(SEED, "golden", 2**64) == 10489128081383413027
    assert [lots.below(SEED, "many", 6, counter) for counter in range(12)] == [5, 1, 4, 3, 4, 1, 2, 2, 0, 1, 0, 1]
    assert lots.choose(SEED, "choose", ["river", "forest", "rail"]) == "river"
    assert [lots.weighted(SEED, f"directive:{turn}", directives) for turn in range(1, 8)] == (
        ["hold", "hold", "paperwork", "guns_frozen", "paperwork", "hold", "paperwork"]
    )
    assert lots.shuffled(SEED, "deal", roles) == ("pavel", "irina", "malenkov", "rudenko", "beria")
    assert [lots.chance(SEED, f"rumour:{turn}", 2, 3) for turn in range(1, 5)] == [True, True, False, True]
    assert lots.digits(SEED, "d", 40) == "6328234610719394848123512816177346807146"
    assert lots.commitment(SEED, bytes(16)) == "c3d4044bac3ab8f78dd6e837aee99243cd3d00668d9f8786d8008631fe2c0f8d"


@pytest.mark.parametrize("n", [2, 3, 6, 7, 10])
def test_numbers_below_n_are_equally_likely(n: int) -> None:
    seen = [lots.below(SEED, f"fair:{n}:{draw}", n) for draw in range(20_000)]
    assert chi_square(seen, dict.fromkeys(range(n), 20000 / n)) < ONE_IN_A_THOUSAND[n - 1]


def test_numbers_below_a_bound_that_does_not_divide_the_word_are_equally_likely() -> None:
    # Without rejection the lowest of three equal parts of 3/4 of the word would be drawn half of the time.
    n = 3 * 2**62
    seen = [lots.below(SEED, "thirds", n, counter) // 2**62 for counter in range(6_000)]
    assert chi_square(seen, dict.fromkeys(range(3), 2_000.0)) < ONE_IN_A_THOUSAND[2]


def test_orders_of_a_shuffle_are_equally_likely() -> None:
    seen = [lots.shuffled(SEED, f"order:{draw}", "abcd") for draw in range(12_000)]
    assert chi_square(seen, dict.fromkeys(itertools.permutations("abcd"), 500.0)) < ONE_IN_A_THOUSAND[23]


def test_weighted_options_come_as_often_as_their_weights() -> None:
    weights = [("hold", 6), ("counterattack", 2), ("never", 0), ("guns_frozen", 1), ("paperwork", 1)]
    seen = [lots.weighted(SEED, f"directive:{draw}", weights) for draw in range(10_000)]
    expected: dict[Hashable, float] = {option: weight * 1_000.0 for option, weight in weights if weight}
    assert chi_square(seen, expected) < ONE_IN_A_THOUSAND[3]


def test_a_chance_comes_true_as_often_as_it_says() -> None:
    seen = [lots.chance(SEED, f"rumour:{draw}", 2, 3) for draw in range(12_000)]
    assert chi_square(seen, {True: 8_000.0, False: 4_000.0}) < ONE_IN_A_THOUSAND[1]
    assert not any(lots.chance(SEED, f"none:{draw}", 0, 3) for draw in range(50))
    assert all(lots.chance(SEED, f"sure:{draw}", 3, 3) for draw in range(50))


def test_digits_are_equally_likely_also_in_pairs() -> None:
    drawn = lots.digits(SEED, "digits", 400_000)
    pairs = [drawn[place : place + 2] for place in range(0, 400_000, 2)]
    assert chi_square(drawn, dict.fromkeys("0123456789", 40_000.0)) < ONE_IN_A_THOUSAND[9]
    assert chi_square(pairs, {f"{pair:02}": 2_000.0 for pair in range(100)}) < ONE_IN_A_THOUSAND[99]


def test_lots_of_different_purposes_counters_and_seeds_are_independent() -> None:
    other = bytes(range(1, 33))
    expected: dict[Hashable, float] = dict.fromkeys(itertools.product(range(6), range(6)), 500.0)
    purposes = [(lots.below(SEED, f"a:{i}", 6), lots.below(SEED, f"b:{i}", 6)) for i in range(18_000)]
    counters = [(lots.below(SEED, f"a:{i}", 6), lots.below(SEED, f"a:{i}", 6, 1)) for i in range(18_000)]
    seeds = [(lots.below(SEED, f"a:{i}", 6), lots.below(other, f"a:{i}", 6)) for i in range(18_000)]
    for pairs in (purposes, counters, seeds):
        assert chi_square(pairs, expected) < ONE_IN_A_THOUSAND[35]


@given(st.tuples(st.text(), st.integers(0, 10**6)), st.tuples(st.text(), st.integers(0, 10**6)))
def test_two_draws_are_equal_only_if_purpose_and_counter_are(one: tuple[str, int], other: tuple[str, int]) -> None:
    assert (lots.draw(SEED, *one) == lots.draw(SEED, *other)) is (one == other)


def test_a_purpose_that_ends_like_a_counter_is_not_mistaken_for_one() -> None:
    assert len({lots.draw(SEED, *key) for key in [("a", 11), ("a1", 1), ("a#1", 1), ("a#", 11), ("a#1#", 1)]}) == 5


@given(st.lists(st.integers(), max_size=12), st.binary(min_size=1))
def test_a_shuffle_keeps_the_items(items: list[int], seed: bytes) -> None:
    assert sorted(lots.shuffled(seed, "any", items)) == sorted(items)


@given(st.integers(1, 2**64), st.binary(min_size=1), st.integers(0, 2**32 - 1))
def test_a_number_below_n_is_below_n(n: int, seed: bytes, counter: int) -> None:
    assert 0 <= lots.below(seed, "any", n, counter) < n


@given(st.integers(0, 200), st.integers(0, 200))
def test_a_longer_draw_of_digits_begins_like_a_shorter_one(short: int, more: int) -> None:
    drawn = lots.digits(SEED, "any", short)
    assert len(drawn) == short
    assert lots.digits(SEED, "any", short + more).startswith(drawn)


def test_a_commitment_binds_to_seed_and_salt_and_to_where_one_ends() -> None:
    assert len({lots.commitment(*pair) for pair in [(b"ab", b"c"), (b"a", b"bc"), (b"c", b"ab"), (b"abc", b"")]}) == 4
    text = f"nineteenth:commitment:{bytes(16).hex()}:{SEED.hex()}"
    assert lots.commitment(SEED, bytes(16)) == hashlib.sha256(text.encode()).hexdigest()


def test_lots_that_make_no_sense_are_refused() -> None:
    for impossible in (
        lambda: lots.draw(b"", "a", 0),
        lambda: lots.draw(SEED, "a", -1),
        lambda: lots.below(SEED, "a", 0),
        lambda: lots.below(SEED, "a", 2**64 + 1),
        lambda: lots.below(SEED, "a", 6, 2**32),
        lambda: lots.choose(SEED, "a", []),
        lambda: lots.weighted(SEED, "a", [("x", 0)]),
        lambda: lots.weighted(SEED, "a", [("x", 3), ("y", -1)]),
        lambda: lots.chance(SEED, "a", 4, 3),
        lambda: lots.chance(SEED, "a", 0, 0),
    ):
        with pytest.raises(ValueError, match=r"\w"):
            impossible()
