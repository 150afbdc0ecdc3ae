"""The lots of one wake: each question has a purpose of its own, so no answer depends on what was asked before."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

Draw = Callable[[str, int], int]
"""A lot: a purpose and n give a number from 0 to n - 1, the same for the same purpose. Whoever binds it keeps the lots
of two seats and of two matches apart; a player keeps its own wakes apart by what its view has grown to."""

T = TypeVar("T")


class Lot:
    """Lots of one wake."""

    def __init__(self, draw: Draw, wake: str) -> None:
        self.draw, self.wake = draw, wake

    def below(self, purpose: str, n: int) -> int:
        """A number from 0 to n - 1."""
        return self.draw(f"{self.wake}:{purpose}", n)

    def one_in(self, n: int, purpose: str) -> bool:
        """True once in n times."""
        return self.below(purpose, n) == 0

    def percent(self, chance: int, purpose: str) -> bool:
        """True in so many of a hundred times."""
        return self.below(purpose, 100) < chance

    def most(self, purpose: str, options: Iterable[T], worth: Callable[[T], float]) -> T:
        """The option that is worth most; of equals one by lot, for the first of a list would be taken too often."""
        return max(options, key=lambda option: (worth(option), self.below(f"{purpose}: {option}", 1 << 16)))

    def choose(self, purpose: str, options: Sequence[T]) -> T:
        """One of the options, each as likely."""
        return options[self.below(purpose, len(options))]
