"""How likely a role is to win from a position, judged by eye: what a turn costs on average, and how much that varies.

The numbers are those of tables of officers (`nineteenth simulate`); they need be no better than a player's feeling.
"""

from math import erf, exp, sqrt

from msgspec import Struct

from rules.ids import Role
from rules.scenario import Scenario

A_TURN = 0.88
A_TURN_VARIES = 0.95
"""Lines of ground that a turn costs, and the spread of it."""

REGIMENTS_VARY = 0.75
SECTOR_HAZARD = 0.24
"""How many lines a road loses in a turn when it is down to its last ones: people are careful then."""

NAMED = 0.55
"""How often Beria names Malenkov rightly."""


class Prospect(Struct, frozen=True):
    """A position after a turn: ground and regiments by sector, turns still to come, and what the files say.

    `malenkov` is the suspicion that Malenkov is expected to have, `own` one's own.
    """

    ground: tuple[int, int, int]
    regiments: int
    left: int
    malenkov: float
    own: float


def broken(prospect: Prospect) -> float:
    """The chance of a breach by the end."""
    stands = 1.0
    for lines in prospect.ground:
        stands *= 1 - _loses(lines, SECTOR_HAZARD * prospect.left)
    return 1 - stands


def held(scenario: Scenario, prospect: Prospect) -> float:
    """The chance that the front is held at the end."""
    spare = sum(prospect.ground) - A_TURN * prospect.left - scenario.front.held_from + 0.5
    return (1 - broken(prospect)) * _below(spare, A_TURN_VARIES * sqrt(prospect.left))


def wins(scenario: Scenario, role: Role, prospect: Prospect, named: float = NAMED) -> float:
    """The chance that this role wins; Pavel asks for his patron's. `named`: how likely Beria names Malenkov rightly."""
    moscow = scenario.moscow
    whole, holds = 1 - broken(prospect), held(scenario, prospect)
    bends = max(0.0, whole - holds)
    spread = 0.9 * sqrt(prospect.left) + 0.3
    clean = _below(moscow.condemned_from - 0.5 - prospect.own - 0.15 * prospect.left, spread)
    paid = 1 - _below(moscow.condemned_from_bent - 0.5 - prospect.malenkov - 0.1 * prospect.left, spread)
    sunk = 1 - _below(moscow.condemned_from - moscow.rightly_named - 0.5 - prospect.malenkov, spread)
    thick = 1 - _below(moscow.condemned_from - 0.5 - prospect.malenkov - 0.1 * prospect.left, spread)
    condemned_if_held = thick + (1 - thick) * named * sunk
    condemned_if_bent = paid + (1 - paid) * named
    match role:
        case Role.MALENKOV | Role.IRINA:
            return holds * (1 - condemned_if_held)
        case Role.RUDENKO:
            enough = prospect.regiments - moscow.rudenko_regiments + 0.5
            return whole * clean * _below(enough, REGIMENTS_VARY * sqrt(prospect.left))
        case Role.BERIA:
            return (holds * condemned_if_held + bends * condemned_if_bent) * clean
        case Role.PAVEL:
            return 0.0


def _loses(lines: int, mean: float) -> float:
    """The chance to lose so many lines or more, when so many are lost on average (Poisson)."""
    if lines <= 0:
        return 1.0
    term = total = exp(-mean)
    for number in range(1, lines):
        term *= mean / number
        total += term
    return max(0.0, 1 - total)


def _below(spare: float, spread: float) -> float:
    """The chance that what varies by this spread stays within what is spare."""
    if spread <= 0.05:
        return 1.0 if spare > 0 else 0.0
    return 0.5 * (1 + erf(spare / spread / sqrt(2)))
