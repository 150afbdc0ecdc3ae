"""How long each phase lasts at each pace: a length, and a minimum before which not even five readies end it.

Source: the rulebook, "Scenarios and settings".
"""

from dataclasses import dataclass
from typing import Final

from rules.ids import Phase
from server.rooms.table import Pace

DAY = 86_400


@dataclass(frozen=True, slots=True)
class Span:
    """Seconds."""

    length: int
    minimum: int


PACES: Final[dict[Pace, dict[Phase, Span]]] = {
    Pace.BLITZ: {
        Phase.DEAL: Span(20, 3),
        Phase.WIRE: Span(75, 5),
        Phase.INQUIRY: Span(20, 3),
        Phase.NAMING: Span(20, 3),
    },
    Pace.LIVE: {
        Phase.DEAL: Span(60, 3),
        Phase.WIRE: Span(150, 8),
        Phase.INQUIRY: Span(40, 4),
        Phase.NAMING: Span(45, 4),
    },
    Pace.SLOW: {
        Phase.DEAL: Span(180, 3),
        Phase.WIRE: Span(420, 10),
        Phase.INQUIRY: Span(120, 5),
        Phase.NAMING: Span(120, 5),
    },
    Pace.CORRESPONDENCE: {
        Phase.DEAL: Span(DAY, 10),
        Phase.WIRE: Span(DAY, 60),
        Phase.INQUIRY: Span(DAY, 30),
        Phase.NAMING: Span(DAY, 30),
    },
}

BOTS_TAKE = 15
"""Seconds in which bots have done a phase's business, however long it is; a third of the phase if that is shorter."""

BOT_WAKES = 3
"""How often a bot looks at its papers in that time: to talk, to choose, to think again."""

BOT_GLANCES = 4
"""How often it looks again in the rest of the phase: somebody may have asked it something."""


def span_of(pace: Pace, phase: Phase) -> Span | None:
    """None for a phase that nothing ends."""
    return PACES[pace].get(phase)
