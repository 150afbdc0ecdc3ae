"""A message as plain characters for the cipher: every form is written, and no author who is hidden is named."""

import pytest

from rules import press, wireless
from rules.commands import Sign, Speak
from rules.forms import Agree, Am, Ask, Body, Line, Name, Offer, Refuse, Suspect, Text, Thrust, Will
from rules.ids import Channel, Level, OrderKind, Role, Seat, Sector
from rules.orders import Order
from tests.rules.table import on_the_wire

HOLD = Order(OrderKind.HOLD, Sector.RIVER)
PAPERWORK = Order(OrderKind.PAPERWORK)
LONGEST = Ask(Seat.BERYOZA, Order(OrderKind.COUNTERATTACK, Sector.FOREST))


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (Text("Держим!"), "Держим!"),
        (Line("line-3"), "line-3"),
        (Thrust(Sector.RAIL, Level.HEAVY), "thrust(rail heavy)"),
        (Will(HOLD), "will(hold river)"),
        (Will(PAPERWORK), "will(paperwork)"),
        (Ask(Seat.LUNA, HOLD), "ask(luna hold river)"),
        (Name(Seat.VOLGA), "name(volga)"),
        (Am(Role.IRINA), "am(irina)"),
        (Suspect(Seat.SOKOL, Role.BERIA), "suspect(sokol beria)"),
        (Offer(Will(HOLD), Name(Seat.LUNA)), "offer(will(hold river) for name(luna))"),
        (Agree(None), "agree(?)"),
        (Refuse(None), "refuse(?)"),
    ],
)
def test_every_form_is_written_in_plain_characters(body: Body, words: str) -> None:
    assert press.written(on_the_wire().state, body) == words


def test_the_longest_bargain_fits_a_sheet() -> None:
    assert wireless.fits(press.written(on_the_wire().state, Offer(LONGEST, LONGEST)))


def test_a_reference_names_the_turn_and_the_author() -> None:
    table = on_the_wire()
    table.must(table.irina, Speak(Channel.OPEN, Text("19")))
    assert press.written(table.state, Agree(len(table.state.messages) - 1)) == f"agree(1 {table.irina})"


def test_a_reference_to_moscow_or_to_the_interrogator_does_not_name_who_it_was() -> None:
    table = on_the_wire()
    table.must(table.beria, Sign(Text("19")))
    assert press.written(table.state, Refuse(len(table.state.messages) - 1)) == "refuse(1 moscow)"
    table.summon(table.irina)
    table.must(table.beria, Speak(Channel.ROOM, Text("19")))
    assert press.written(table.state, Agree(len(table.state.messages) - 1)) == "agree(2 room)"
