"""What comes out when, and no sooner: files, the Room, the inquiry, the end. More leaks that happened elsewhere."""

import msgspec

from rules import commands as c
from rules.codec import decode_events, encode_events, encode_view
from rules.evolve import replay
from rules.forms import Text
from rules.ids import (
    SEATS,
    SECTORS,
    VIEWERS,
    WATCHER,
    AnswerKind,
    Book,
    Channel,
    DemandKind,
    OrderKind,
    Phase,
    PowerKind,
    Role,
    Seat,
    Sector,
)
from rules.orders import Order
from rules.project import project
from rules.refusals import Code
from rules.state import State
from tests.rules.table import Table, on_the_wire

CANARY = "canary 4711"
HOLD = Order(OrderKind.HOLD, Sector.RIVER)


def field(data: bytes, name: str) -> object:
    return msgspec.json.decode(data).get(name)


# Itemised score changes; tallies; statistics that change before the reveal.


def test_suspicion_shows_as_a_new_value_once_a_turn_and_without_its_causes() -> None:
    table = on_the_wire()
    table.must(table.irina, c.Seal((Order(OrderKind.REQUEST, Sector.RAIL),)))
    table.close()
    while table.state.phase is Phase.INQUIRY:
        assert all(officer.suspicion == 0 for officer in table.view(WATCHER).officers.values())
        table.close()
    for viewer in VIEWERS:
        assert b"refused_request" not in table.bytes(viewer).replace(b'"refused_request":1', b"")
        assert b'"moves"' not in table.bytes(viewer)


def broken(table: Table) -> Table:
    """A table in its inquiry: everybody falls back until a directive is broken."""
    for _ in range(20):
        for sector in SECTORS:
            if table.state.phase is Phase.INQUIRY:
                return table
            demanded = table.state.turn.directive.sector or sector
            table.must(table.rudenko, c.Seal((Order(OrderKind.WITHDRAW, demanded),)))
            table.close()
    raise AssertionError("no directive was broken")


def test_an_inquiry_publishes_no_tally_and_no_authors() -> None:
    one, two = broken(on_the_wire()), broken(on_the_wire())
    one.must(one.pavel, c.Report(one.irina))
    two.must(two.malenkov, c.Report(two.irina))
    two.must(two.rudenko, c.Report(two.irina))
    one.close()
    two.close()
    assert one.bytes(WATCHER) == two.bytes(WATCHER)
    assert one.bytes(one.beria) == two.bytes(two.beria)


def test_nothing_is_judged_named_or_opened_before_the_end() -> None:
    table = Table()
    while table.state.phase is not Phase.FINISHED:
        if table.state.phase is Phase.NAMING:
            table.must(table.beria, c.Denote(table.malenkov))
        for viewer in VIEWERS:
            assert {"file", "judgement", "naming"}.isdisjoint(msgspec.json.decode(table.bytes(viewer)))
        table.close()


def test_berias_name_is_his_alone_until_the_judgement() -> None:
    table = Table()
    table.close(until=Phase.NAMING)
    before = {viewer: table.bytes(viewer) for viewer in VIEWERS}
    table.must(table.beria, c.Denote(table.malenkov))
    assert {viewer for viewer in VIEWERS if table.bytes(viewer) != before[viewer]} == {table.beria}


# Time-out or notification text that says more than it should; an announcement that names the hidden side.


def test_a_default_shows_to_nobody_else() -> None:
    """Pavel's patron is taken to be Malenkov as the last wire to choose in closes."""
    table, other = on_the_wire(), on_the_wire()
    other.must(other.pavel, c.Pick(Role.BERIA))
    while table.state.turn_number < 6:
        for viewer in table.outsiders(table.pavel):
            assert table.bytes(viewer) == other.bytes(viewer)
        table.close()
        other.close()


def test_a_summons_by_beria_is_announced_like_any_other() -> None:
    table, other = on_the_wire(), on_the_wire()
    seat = table.irina
    for one in (table, other):
        one.state = with_suspicion(one, seat)
    table.must(table.beria, c.Use(PowerKind.SUMMON, seat=seat))
    table.close(until=Phase.WIRE)
    other.close(until=Phase.WIRE)
    assert table.state.prisoner is other.state.prisoner is seat
    for viewer in table.outsiders(table.beria):
        assert table.bytes(viewer) == other.bytes(viewer)


def test_nobody_but_beria_can_tell_when_he_is_the_prisoner() -> None:
    """The view outside the Room is the same function of the call sign, whoever sits there."""
    for number in range(6):
        table = on_the_wire(number)
        table.state = with_suspicion(table, table.beria)
        table.close(until=Phase.WIRE)
        assert table.state.prisoner is table.beria
        assert table.state.turn.demand is not None
        for viewer in table.outsiders(table.beria):
            assert b'demand":"' not in table.bytes(viewer)
            assert table.give(table.irina, c.Demand(DemandKind.ROLE)) is Code.NOT_YOURS
        assert table.own_turn(table.beria, 2).demand is table.state.turn.demand
        table.must(table.beria, c.Answer(AnswerKind.CONFESS))
        table.close()
        assert table.state.turns[1].fact is None


def with_suspicion(table: Table, seat: Seat) -> State:
    officers = tuple(
        msgspec.structs.replace(officer, suspicion=5 if place == SEATS.index(seat) else 0)
        for place, officer in enumerate(table.state.officers)
    )
    return msgspec.structs.replace(table.state, officers=officers)


def test_the_interrogator_has_no_name_in_the_room() -> None:
    table = on_the_wire()
    table.summon(table.irina)
    table.must(table.beria, c.Speak(Channel.ROOM, Text("who are you?")))
    paper = list(table.view(table.irina).papers.values())[-1]
    assert (paper.channel, paper.author, paper.to) == (Channel.ROOM, None, None)
    assert table.view(table.beria).papers[len(table.view(table.beria).papers)].author is table.beria


def test_what_was_said_and_chosen_in_the_room_stays_there() -> None:
    table = on_the_wire()
    table.summon(table.irina)
    before = {viewer: table.bytes(viewer) for viewer in VIEWERS}
    table.must(table.beria, c.Demand(DemandKind.ROLE), c.Speak(Channel.ROOM, Text(CANARY)))
    table.must(table.irina, c.Speak(Channel.ROOM, Text(CANARY)))
    beria_so_far = table.bytes(table.beria)
    table.must(table.irina, c.Answer(AnswerKind.CONFESS))
    assert table.bytes(table.beria) == beria_so_far
    for viewer in table.outsiders(table.irina, table.beria):
        assert table.bytes(viewer) == before[viewer]
    table.close()
    fact = table.own_turn(table.beria, 2).fact
    assert fact is not None
    assert fact.role is Role.IRINA
    assert table.own_turn(table.irina, 2).fact is None


# Reconnecting, rejoining: an earlier phase's data after coming back.


def test_the_prisoner_reads_nothing_from_outside_until_he_is_back_and_then_all_of_it() -> None:
    table = on_the_wire()
    table.summon(table.malenkov)
    before = table.bytes(table.malenkov)
    table.must(table.irina, c.Speak(Channel.OPEN, Text("open")))
    table.must(table.irina, c.Speak(Channel.LETTER, Text("letter"), to=table.malenkov))
    table.must(table.irina, c.Speak(Channel.WIRELESS, Text("staff"), book=Book.STAFF))
    table.must(table.beria, c.Sign(Text("signed"), to=table.malenkov))
    assert table.bytes(table.malenkov) == before
    table.close(until=Phase.WIRE)
    read = [paper.body for paper in table.view(table.malenkov).papers.values()]
    assert [body.text for body in read if isinstance(body, Text)] == ["open", "letter", "staff", "signed"]


def test_a_view_taken_late_is_the_view_of_who_was_there_all_along() -> None:
    table = on_the_wire()
    table.must(table.irina, c.Speak(Channel.LETTER, Text("19"), to=table.pavel))
    late = replay(decode_events(encode_events(tuple(table.log))))
    for viewer in VIEWERS:
        assert encode_view(project(late, viewer)) == table.bytes(viewer)


# A replay that over-shows or still hides.


def test_at_the_end_the_whole_file_is_open_to_all_alike() -> None:
    table = on_the_wire()
    table.must(table.irina, c.Speak(Channel.LETTER, Text(CANARY), to=table.malenkov), c.Seal((HOLD,)))
    table.close(until=Phase.FINISHED)
    files = {msgspec.json.encode(field(table.bytes(viewer), "file")) for viewer in VIEWERS}
    assert len(files) == 1
    file = table.view(WATCHER).file
    assert file is not None
    assert file.roles == {seat: table.state.officer(seat).role for seat in SEATS}
    assert file.turns[1].seats[table.irina].orders == (HOLD,)
    assert Text(CANARY) in [paper.body for paper in file.messages.values()]
    assert (file.seed, file.salt) == (table.state.seed, table.state.salt)
