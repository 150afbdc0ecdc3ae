"""Orders, directives and the other small values as the short words that cases are written in."""

from collections.abc import Iterable

from rules.ids import Seat
from rules.orders import Directive, Order
from rules.state import Fact, SectorReport


def of_order(order: Order | Directive) -> str:
    """`hold river`, `paperwork`."""
    return f"{order.kind} {order.sector}" if order.sector else order.kind.value


def of_orders(orders: Iterable[Order]) -> str:
    """Orders between commas, or `nothing`."""
    return ", ".join(of_order(order) for order in orders) or "nothing"


def of_seat(seat: Seat | None) -> str:
    """A call sign, or `nobody`."""
    return seat.value if seat else "nobody"


def of_losses(report: SectorReport) -> str:
    """What a sector lost."""
    return f"ground {report.ground_lost}, regiments {report.regiments_lost}"


def of_arrivals(report: SectorReport) -> str:
    """The orders that a report shows, or `none`."""
    return ", ".join(f"{kind} {count}" for kind, count in report.orders.items()) or "none"


def of_fact(fact: Fact | None) -> str:
    """What a confession told."""
    if fact is None:
        return "nothing"
    if fact.role is not None:
        return f"{fact.seat} role: {fact.role}"
    if fact.books is not None:
        return f"{fact.seat} books: {', '.join(fact.books) or 'none'}"
    return f"{fact.seat} orders: {'; '.join(of_orders(orders) for orders in fact.orders or ())}"
