"""The only randomness of the rules: `decide` draws lots here from the match seed, and records what they gave.

A lot is a pure function of the seed, a purpose and a counter; there is no generator with a state, so a lot never
depends on how many were drawn before it. This module must not know what the lots are for, nor any clock.

How a stranger recomputes a lot, once the seed is published, in any language:

1. the block of purpose `plan:3` and counter 0 is HMAC-SHA256, keyed with the bytes of the seed, of the text `plan:3#0`
   (purpose in UTF-8, `#`, counter in decimal). In a shell:
   `printf 'plan:3#0' | openssl dgst -sha256 -mac HMAC -macopt hexkey:SEED`
2. a number below n: read the block's first 8 bytes as one big-endian number v, and answer v mod n; but if v is not
   under the greatest multiple of n that 2^64 holds, add 2^32 to the counter and do it again (for the small n of this
   game that never happens in practice, and it is what makes every answer exactly as likely as any other);
3. choose: the item at that number; weighted: the first option at which the running sum of weights exceeds it;
   chance a in b: whether the number below b is under a; all three at counter 0;
4. shuffle: for i from the last place down to 1, swap the items at i and at the number below i + 1 of counter i;
5. digits: the bytes of the blocks of counters 0, 1, 2, ... that are under 250, each mod 10.

Source: the rulebook, "A match" and "Scenarios and settings".
"""

import hashlib
import hmac
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

COUNTERS = 2**32
WORD = 2**64

_UNEVEN = bytes(range(250, 256))
_LAST_DIGIT = bytes(ord(str(byte % 10)) for byte in range(256))


def draw(seed: bytes, purpose: str, counter: int) -> bytes:
    """The block of 32 bytes for this purpose and counter (step 1 above).

    The caller makes each purpose unique in its match ("plan:3", "rumour:3:sokol"). The encoding has one reading: what
    follows the last `#` is the counter. ValueError for an empty seed or a negative counter.
    """
    if not seed:
        raise ValueError("a lot needs a seed that is not empty")
    if counter < 0:
        raise ValueError(f"a counter is never negative: {counter}")
    return hmac.digest(seed, f"{purpose}#{counter}".encode(), "sha256")


def below(seed: bytes, purpose: str, n: int, counter: int = 0) -> int:
    """A whole number from 0 to n - 1, each exactly as likely (step 2).

    n is 1 to 2^64, the counter 0 to 2^32 - 1: else ValueError.
    """
    if not 1 <= n <= WORD:
        raise ValueError(f"a lot is drawn below 1 to 2^64: {n}")
    if not 0 <= counter < COUNTERS:
        raise ValueError(f"a lot's counter is 0 to 2^32 - 1: {counter}")
    fair = WORD - WORD % n
    while True:
        value = int.from_bytes(draw(seed, purpose, counter)[:8], "big")
        if value < fair:
            return value % n
        counter += COUNTERS


def choose(seed: bytes, purpose: str, options: Sequence[T]) -> T:
    """One of the options, each as likely. Their order matters, so give them in a fixed one. ValueError for none."""
    return options[below(seed, purpose, len(options))]


def weighted(seed: bytes, purpose: str, options: Sequence[tuple[T, int]]) -> T:
    """One of the options `(option, weight)`, as likely as its whole weight; a weight of 0 is never drawn.

    ValueError for a negative weight, or when no weight is above 0.
    """
    if any(weight < 0 for _, weight in options):
        raise ValueError("a weight is never negative")
    left = below(seed, purpose, sum(weight for _, weight in options))
    for option, weight in options:
        if left < weight:
            return option
        left -= weight
    raise AssertionError("a number below the sum of the weights lies within one of them")


def shuffled(seed: bytes, purpose: str, items: Sequence[T]) -> tuple[T, ...]:
    """The items in a random order, every order as likely (step 4)."""
    order = list(items)
    for place in range(len(order) - 1, 0, -1):
        other = below(seed, purpose, place + 1, place)
        order[place], order[other] = order[other], order[place]
    return tuple(order)


def chance(seed: bytes, purpose: str, numerator: int, denominator: int) -> bool:
    """True with a chance of exactly numerator in denominator. ValueError unless 0 <= numerator <= denominator > 0."""
    if not 0 <= numerator <= denominator:
        raise ValueError(f"not a chance: {numerator} in {denominator}")
    return below(seed, purpose, denominator) < numerator


def digits(key: bytes, purpose: str, count: int) -> str:
    """`count` decimal digits, each uniform and independent of the others (step 5); a longer draw begins alike."""
    found = b""
    counter = 0
    while len(found) < count:
        found += draw(key, purpose, counter).translate(_LAST_DIGIT, _UNEVEN)
        counter += 1
    return found[:count].decode()


def commitment(seed: bytes, salt: bytes) -> str:
    """What is published at the deal: 64 hexadecimal digits that bind to the seed and, without the salt, hide it.

    It is the SHA-256 of the text `nineteenth:commitment:SALT:SEED`, both in lower-case hexadecimal. In a shell:
    `printf 'nineteenth:commitment:SALT:SEED' | sha256sum`.
    """
    return hashlib.sha256(f"nineteenth:commitment:{salt.hex()}:{seed.hex()}".encode()).hexdigest()
