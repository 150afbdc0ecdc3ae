"""Addresses that misbehaved lately: who floods, says nothing or sends in drops is turned away, for a minute at most.

Closing a bad connection costs little; what costs is that it comes again at once, with its handshake and its ticket. So
after a few of them nothing more is read of what comes from that address. Whoever is there already stays. It counts on
this worker alone, and must not know rooms.
"""

from typing import Final

from server.gateway.limits import OFFENCES_AN_ADDRESS, Limits
from server.gateway.refusals import AnyCode, GatewayCode

WEIGHTS: Final[dict[AnyCode, int]] = {GatewayCode.TOO_MANY: 4, GatewayCode.NO_ENTER: 1}
"""What counts as how many offences. A page on a bad line may seem silent now and then; nobody floods by accident."""


class Offences:
    """What was noted of each address."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits

    def note(self, address: str, code: AnyCode = GatewayCode.NO_ENTER) -> None:
        """A connection from there was closed for this reason."""
        for _ in range(WEIGHTS.get(code, 0)):
            self._limits.may(OFFENCES_AN_ADDRESS, address)

    def is_barred(self, address: str) -> bool:
        """Whether nothing from there is read at present."""
        return not self._limits.has_left(OFFENCES_AN_ADDRESS, address)
