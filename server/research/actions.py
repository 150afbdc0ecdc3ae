"""What an agent may do, as the rows of one fixed table, and which rows a seat's view offers.

It must not know a rule: what is offered comes from `view.can` alone. The table is the same in every scenario, so that
an agent can be taken from one to another. Source: README.md here, "Actions".
"""

from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rules import commands as c
from rules import forms as f
from rules.commands import SeatCommand
from rules.ids import (
    LEVELS,
    PATRONS,
    ROLES,
    SEATS,
    SECTORS,
    AnswerKind,
    Channel,
    DemandKind,
    OrderKind,
    PowerKind,
)
from rules.orders import Order
from rules.view import Can, View

ORDERS: Final = (
    *(Order(kind, sector) for kind in OrderKind if kind is not OrderKind.PAPERWORK for sector in SECTORS),
    Order(OrderKind.PAPERWORK),
)
"""The 25 orders there are."""

USES: Final = (
    *(c.Use(PowerKind.TAP, seat=seat) for seat in SEATS),
    *(c.Use(PowerKind.TRACE, sector=sector) for sector in SECTORS),
    *(c.Use(PowerKind.PROTECT, seat=seat) for seat in SEATS),
    *(c.Use(PowerKind.SUMMON, seat=seat) for seat in SEATS),
)
"""The 18 uses of Beria's powers."""

ANSWERS: Final = (
    c.Answer(AnswerKind.CONFESS),
    c.Answer(AnswerKind.ENDURE),
    *(c.Answer(AnswerKind.DENOUNCE, seat) for seat in SEATS),
)
"""The 7 answers of a prisoner."""

SAYINGS: Final[tuple[f.Thrust | f.Name | f.Am | f.Suspect | f.Will, ...]] = (
    *(f.Thrust(sector, level) for sector in SECTORS for level in LEVELS),
    *(f.Name(seat) for seat in SEATS),
    *(f.Am(role) for role in ROLES),
    *(f.Suspect(seat, role) for seat in SEATS for role in ROLES),
    *(f.Will(order) for order in ORDERS),
)
"""The 69 forms that can be said on the open wire."""

ACTIONS: Final[tuple[SeatCommand, ...]] = (
    c.Ready(True),
    *(c.Seal((order,)) for order in ORDERS),
    *(c.Phone(order) for order in ORDERS),
    *USES,
    *(c.Pick(role) for role in PATRONS),
    *(c.Demand(what) for what in DemandKind),
    *ANSWERS,
    *(c.Report(seat) for seat in SEATS),
    c.Report(),
    *(c.Denote(seat) for seat in SEATS),
    *(c.Speak(Channel.OPEN, saying) for saying in SAYINGS),
)
"""The table: 161 commands. A seal stands for one order, see `command_of`."""

PASS: Final = 0
"""The row that ends a seat's move in a phase."""

_ROWS: Final = {command: row for row, command in enumerate(ACTIONS)}


def mask_of(view: View) -> NDArray[np.int8]:
    """1 for each row of ACTIONS that the view offers, else 0: shape (161,). All zeros once the match is over."""
    mask = np.zeros(len(ACTIONS), np.int8)
    if view.can is not None:
        mask[[_ROWS[command] for command in _offered(view.can)]] = 1
    return mask


def command_of(action: int, view: View) -> SeatCommand:
    """The command of a row. An order is sealed behind what is sealed already; the last stand, as many as there may be.

    So with authority two rows, one after the other, seal two orders, and without it the second takes the first's place.
    """
    command = ACTIONS[action]
    if not isinstance(command, c.Seal) or view.can is None or view.can.seal is None or view.you is None:
        return command
    sealed = view.you.turns[view.turn].orders
    return c.Seal((*sealed, *command.orders)[-view.can.seal.slots :])


def _offered(can: Can) -> Iterator[SeatCommand]:
    """Who may not end his move has none: talk goes on after the judgement, the match does not."""
    if not can.ready:
        return
    yield c.Ready(True)
    yield from _of_the_seat(can)
    if Channel.OPEN in can.speak:
        yield from (c.Speak(Channel.OPEN, saying) for saying in SAYINGS if _may_be_said(saying, can))


def _of_the_seat(can: Can) -> Iterator[SeatCommand]:
    if can.seal is not None:
        yield from (c.Seal((order,)) for order in can.seal.orders)
    yield from (c.Phone(order) for order in can.phone)
    yield from can.use
    yield from (c.Pick(role) for role in can.pick)
    yield from (c.Demand(what) for what in can.demand)
    yield from can.answer
    if can.report:
        yield from (c.Report(seat) for seat in (*can.report, None))
    yield from (c.Denote(seat) for seat in can.denote)


def _may_be_said(saying: f.Form, can: Can) -> bool:
    """A promise names an order that can be sealed now; every other form may be said at any time."""
    return not isinstance(saying, f.Will) or (can.seal is not None and saying.order in can.seal.orders)
