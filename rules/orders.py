"""Orders as they are sealed, and directives as they are sent: small values, no behaviour.

Source: the rulebook, "Orders" and "Start of a turn".
"""

from msgspec import Struct

from rules.ids import DirectiveKind, OrderKind, Sector


class Order(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One sealed order. `sector` is absent for paperwork, and only there."""

    kind: OrderKind
    sector: Sector | None = None

    @property
    def is_whole(self) -> bool:
        """Whether it names a sector exactly if its kind wants one."""
        return (self.sector is None) == (self.kind is OrderKind.PAPERWORK)


class Directive(Struct, frozen=True, omit_defaults=True):
    """Moscow's public demand for a turn. `sector` is absent for guns_frozen and paperwork."""

    kind: DirectiveKind
    sector: Sector | None = None
