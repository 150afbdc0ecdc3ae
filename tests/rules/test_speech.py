"""What may be said, to whom, how long and how often; and what becomes of the words."""

import pytest

from rules.commands import HandBook, SeatCommand, Sign, Speak
from rules.forms import Agree, Am, Ask, Offer, Refuse, Text, Will
from rules.ids import SEATS, Book, Channel, OrderKind, Phase, Role, Seat, Sector
from rules.orders import Order
from rules.refusals import Code
from rules.scenario import load
from tests.rules.strategies import quiet
from tests.rules.table import Table, on_the_wire

SPEAKABLE = Text("19")
HOLD = Order(OrderKind.HOLD, Sector.RIVER)


def test_a_letter_wants_one_addressee_who_is_somebody_else() -> None:
    table = on_the_wire()
    assert table.give(table.irina, Speak(Channel.LETTER, SPEAKABLE)) is Code.BAD_ADDRESSEE
    assert table.give(table.irina, Speak(Channel.LETTER, SPEAKABLE, to=table.irina)) is Code.BAD_ADDRESSEE
    in_cipher = Speak(Channel.LETTER, SPEAKABLE, to=table.pavel, book=Book.STAFF)
    assert table.give(table.irina, in_cipher) is Code.NO_SUCH_BOOK
    assert table.give(table.irina, Speak(Channel.LETTER, SPEAKABLE, to=table.pavel)) is None


@pytest.mark.parametrize("channel", [Channel.OPEN, Channel.MOSCOW, Channel.WIRELESS])
def test_no_other_channel_takes_an_addressee(channel: Channel) -> None:
    table = on_the_wire()
    book = Book.STAFF if channel is Channel.WIRELESS else None
    assert table.give(table.irina, Speak(channel, SPEAKABLE, to=table.pavel, book=book)) is Code.BAD_ADDRESSEE


def test_a_wireless_message_wants_a_book_that_its_author_holds() -> None:
    table = on_the_wire()
    assert table.give(table.irina, Speak(Channel.WIRELESS, SPEAKABLE)) is Code.NO_SUCH_BOOK
    assert table.give(table.irina, Speak(Channel.WIRELESS, SPEAKABLE, book=Book.FIELD)) is Code.NO_SUCH_BOOK
    assert table.give(table.irina, Speak(Channel.OPEN, SPEAKABLE, book=Book.STAFF)) is Code.NO_SUCH_BOOK
    assert table.give(table.irina, Speak(Channel.WIRELESS, SPEAKABLE, book=Book.STAFF)) is None


def test_words_are_cleaned_and_measured_afterwards() -> None:
    table = on_the_wire()
    most = table.state.scenario.wire.text_most
    table.must(table.irina, Speak(Channel.OPEN, Text("  hold\n the   line ")))
    assert table.state.messages[-1].body == Text("hold the line")
    assert table.give(table.irina, Speak(Channel.OPEN, Text(" \u200b "))) is Code.EMPTY
    assert table.give(table.irina, Speak(Channel.OPEN, Text("x" * (most + 1)))) is Code.TOO_LONG
    assert table.give(table.irina, Speak(Channel.OPEN, Text("x" * most + "   "))) is None


def test_the_wireless_takes_fewer_words_and_only_what_fits_its_sheet() -> None:
    table = on_the_wire()
    most = table.state.scenario.wire.wireless_most
    assert table.give(table.irina, Speak(Channel.WIRELESS, Text("x" * (most + 1)), book=Book.STAFF)) is Code.TOO_LONG
    assert table.give(table.irina, Speak(Channel.WIRELESS, Text("漢" * most), book=Book.STAFF)) is Code.WILL_NOT_FIT
    assert table.give(table.irina, Speak(Channel.WIRELESS, Text("ж" * most), book=Book.STAFF)) is None


def test_letters_wireless_and_moscows_lines_run_out_and_come_back_with_the_next_turn() -> None:
    table = on_the_wire(scenario=load())
    wire = table.state.scenario.wire
    budgets: list[tuple[Seat, SeatCommand, int]] = [
        (table.irina, Speak(Channel.LETTER, SPEAKABLE, to=table.pavel), wire.letters),
        (table.irina, Speak(Channel.WIRELESS, SPEAKABLE, book=Book.STAFF), wire.wireless),
        (table.beria, Sign(SPEAKABLE, to=table.irina), wire.signed),
    ]
    for _ in range(2):
        for seat, command, most in budgets:
            table.must(seat, *[command] * most)
            assert table.give(seat, command) is Code.NONE_LEFT
        table.close(until=Phase.WIRE)
        assert table.state.prisoner is None


def test_two_wireless_messages_take_the_two_lines_of_the_sheet() -> None:
    for number in range(6):
        table = on_the_wire(number)
        table.must(table.irina, *[Speak(Channel.WIRELESS, SPEAKABLE, book=Book.STAFF)] * 2)
        assert {message.line for message in table.state.messages[-2:]} == {0, 1}


def test_the_first_wireless_message_may_stand_on_either_line() -> None:
    lines = set()
    for number in range(12):
        table = on_the_wire(number)
        table.must(table.irina, Speak(Channel.WIRELESS, SPEAKABLE, book=Book.STAFF))
        lines.add(table.state.messages[-1].line)
    assert lines == {0, 1}


def test_an_answer_refers_to_a_paper_that_its_author_has_read() -> None:
    table = on_the_wire()
    papers = len(table.view(table.irina).papers)
    for wrong in (None, -1, 0, papers + 1):
        assert table.give(table.irina, Speak(Channel.OPEN, Agree(wrong))) is Code.NO_SUCH_MESSAGE
        assert table.give(table.irina, Speak(Channel.OPEN, Refuse(wrong))) is Code.NO_SUCH_MESSAGE
    assert table.give(table.irina, Speak(Channel.OPEN, Agree(papers))) is None


def test_a_reference_reads_in_each_readers_own_numbers() -> None:
    table = on_the_wire()
    table.must(table.irina, Speak(Channel.LETTER, SPEAKABLE, to=table.malenkov))
    table.must(table.irina, Speak(Channel.OPEN, Text("to all")))
    number = len(table.view(table.malenkov).papers)
    table.must(table.malenkov, Speak(Channel.OPEN, Agree(number)))
    for seat in SEATS:
        papers = table.view(seat).papers
        answer = papers[len(papers)].body
        assert isinstance(answer, Agree)
        assert answer.message is not None
        assert papers[answer.message].body == Text("to all")


@pytest.mark.parametrize(
    "order", [Order(OrderKind.HOLD), Order(OrderKind.PAPERWORK, Sector.RIVER), Order(OrderKind.GUNS, Sector.RAIL)]
)
def test_a_form_names_only_orders_that_are_whole_and_in_play(order: Order) -> None:
    table = on_the_wire(scenario=quiet(load("first_night")))
    seat = SEATS[0]
    for form in (Will(order), Ask(SEATS[1], order), Offer(Am(Role.IRINA), Will(order)), Offer(Will(order), Will(HOLD))):
        assert table.give(seat, Speak(Channel.OPEN, form)) is Code.BAD_FORM
    assert table.give(seat, Speak(Channel.OPEN, Offer(Will(HOLD), Will(HOLD)))) is None


def test_a_channel_that_the_scenario_leaves_out_is_refused() -> None:
    table = on_the_wire(scenario=load("first_night"))
    assert table.give(table.irina, Speak(Channel.WIRELESS, SPEAKABLE, book=Book.STAFF)) is Code.NOT_IN_PLAY
    assert table.give(table.irina, HandBook(Book.STAFF, table.pavel)) is Code.NOT_IN_PLAY


def test_before_the_first_turn_and_after_the_last_only_the_open_wire_talks() -> None:
    table = Table()
    assert table.give(table.irina, Speak(Channel.OPEN, SPEAKABLE)) is None
    assert table.state.messages[-1].turn == 0
    for channel in (Channel.MOSCOW, Channel.LETTER, Channel.ROOM):
        to = table.pavel if channel is Channel.LETTER else None
        assert table.give(table.irina, Speak(channel, SPEAKABLE, to=to)) is Code.WRONG_PHASE
    table.close(until=Phase.FINISHED)
    assert table.give(table.irina, Speak(Channel.OPEN, SPEAKABLE)) is None
    assert table.state.messages[-1].turn == 0


def test_moscow_does_not_sign_to_itself() -> None:
    table = on_the_wire()
    assert table.give(table.beria, Sign(SPEAKABLE, to=table.beria)) is Code.BAD_ADDRESSEE
    assert table.give(table.beria, Sign(Text(""), to=table.irina)) is Code.EMPTY


def test_a_book_goes_to_another_seat_or_to_moscow() -> None:
    table = on_the_wire()
    assert table.give(table.irina, HandBook(Book.STAFF, table.irina)) is Code.BAD_ADDRESSEE
    assert table.give(table.irina, HandBook(Book.CENTRE, table.pavel)) is Code.NO_SUCH_BOOK
    assert table.give(table.irina, HandBook(Book.STAFF)) is None
    assert Book.STAFF in table.state.officer(table.beria).books


def test_berias_own_book_handed_to_moscow_changes_nothing() -> None:
    table = on_the_wire()
    before = table.state
    assert table.give(table.beria, HandBook(Book.CENTRE)) is None
    assert table.state == before


def test_whoever_is_handed_a_book_reads_its_past_and_its_future() -> None:
    table = on_the_wire()
    table.must(table.irina, Speak(Channel.WIRELESS, Text("past"), book=Book.STAFF))
    table.must(table.irina, HandBook(Book.STAFF, table.pavel))
    table.must(table.irina, Speak(Channel.WIRELESS, Text("future"), book=Book.STAFF))
    read = [paper.body for paper in table.view(table.pavel).papers.values()]
    assert read[-2:] == [Text("past"), Text("future")]
