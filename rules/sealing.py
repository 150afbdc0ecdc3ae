"""Deciding sealed orders and the field phone. Source: the rulebook, "Orders"."""

from rules import gates
from rules.commands import Phone, Seal
from rules.events import Event, PhoneLifted, Sealed
from rules.ids import Seat
from rules.legal import all_orders, slots
from rules.refusals import Code, Refusal
from rules.state import State


def seal(state: State, seat: Seat, command: Seal) -> tuple[Event, ...] | Refusal:
    """A seat's orders of the turn, in place of what it sealed before."""
    if refused := gates.why_not_seal(state, seat):
        return Refusal(refused)
    if len(command.orders) > slots(state, seat):
        return Refusal(Code.TOO_MANY_ORDERS)
    if any(order not in all_orders(state) for order in command.orders):
        return Refusal(Code.BAD_ORDER)
    return (Sealed(seat, command.orders),)


def phone(state: State, seat: Seat, command: Phone) -> tuple[Event, ...] | Refusal:
    """Malenkov's phone order of the turn, or none again. A call is spent only as the wire closes."""
    if refused := gates.why_not_phone(state, seat):
        return Refusal(refused)
    if command.order is not None and command.order not in all_orders(state):
        return Refusal(Code.BAD_ORDER)
    return (PhoneLifted(command.order),)
