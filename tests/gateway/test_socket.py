"""What comes in by a socket and should not: each gets its documented code, and the match goes on for everybody else."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from fastapi import WebSocketDisconnect
from websockets.exceptions import InvalidStatus

from rules.commands import Phone, Ready, Report, Seal, Sign, Speak
from rules.forms import Text
from rules.ids import SEATS, Channel, OrderKind, Role, Seat, Sector
from rules.orders import Order
from server.gateway import wire
from server.gateway.outbox import Outbox
from server.gateway.refusals import CLOSES, GatewayCode
from server.gateway.session import Session
from server.gateway.socket import until_over
from server.gateway.threshold import Threshold
from server.rooms import table as t
from server.rooms.embedded import EmbeddedValkey
from server.rooms.journal import StoredJournal
from tests.gateway.conftest import Arrive
from tests.gateway.guests import Guest, Window
from tests.gateway.matches import Party, begun, end_phase
from tests.gateway.workers import Running, running

Workers = tuple[Running, Running]


@pytest_asyncio.fixture(loop_scope="session")
async def playing(arrive: Arrive, workers: Workers, journal: StoredJournal) -> Party:
    """Five in the first turn of a match."""
    party = await begun(arrive, workers)
    await end_phase(party, journal)
    return party


async def goes_on(party: Party, but: Seat) -> None:
    """Whether the others play on: what one says, all others see."""
    speaker = next(seat for seat in SEATS if seat is not but)
    await party.windows[speaker].done(t.Play(Speak(Channel.OPEN, Text("we go on"))))
    others = [window for seat, window in party.windows.items() if seat is not but]
    await asyncio.gather(*(window.until(lambda w: "we go on" in str(w.document)) for window in others))


FATAL: dict[str, tuple[str | bytes, int, str | None]] = {
    "no JSON": ("{", 4400, "malformed"),
    "no object": ("[1, 2]", 4400, "malformed"),
    "no kind": ("{}", 4400, "malformed"),
    "an unknown kind": ('{"type":"undo","id":1}', 4400, "malformed"),
    "an id that is no number": ('{"type":"do","id":"1","command":{"type":"leave"}}', 4400, "malformed"),
    "an id below one": ('{"type":"do","id":0,"command":{"type":"leave"}}', 4400, "malformed"),
    "deep nesting": ("[" * 16_000, 4400, "malformed"),
    "a second enter": ('{"type":"enter","ticket":"12345678","instance":"12345678"}', 4400, "malformed"),
    "a binary frame": (b"\x00\x01", 4415, "not_text"),
    "a frame of 16,385 bytes": ("x" * 16_385, 1009, None),
}


async def test_a_frame_that_is_no_message_closes_its_own_line_alone(playing: Party) -> None:
    guest, window = playing.guests[SEATS[0]], playing.host
    for name, (frame, code, reason) in FATAL.items():
        await window.say(frame)
        assert await window.ended() == (code, reason), name
        window = await guest.enter(playing.code, after=window)
        await window.done(t.Play(Ready(True)))
    await goes_on(playing, but=SEATS[0])


async def test_text_that_is_not_utf8_closes_by_the_protocol(playing: Party) -> None:
    await playing.host.line.send(b"\xff\xfe", text=True)
    assert await playing.host.ended() == (1007, None)
    await goes_on(playing, but=SEATS[0])


ANSWERED = {
    "an unknown command": ('{"type":"castle"}', "unknown_command"),
    "an unknown move": ('{"type":"play","move":{"type":"castle"}}', "unknown_command"),
    "a move of the clock": ('{"type":"play","move":{"type":"close","phase":1}}', "unknown_command"),
    "a member too many": ('{"type":"leave","at_once":true}', "malformed"),
    "a member too few": ('{"type":"take_seat"}', "malformed"),
    "a null": ('{"type":"take_seat","seat":null}', "malformed"),
    "a seat that there is not": ('{"type":"take_seat","seat":"moskva"}', "malformed"),
}


async def test_a_command_that_can_not_be_read_is_refused_and_the_line_stays(playing: Party) -> None:
    for id, (name, (command, code)) in enumerate(ANSWERED.items(), 1900):
        await playing.host.say(f'{{"type":"do","id":{id},"command":{command}}}')
        await playing.host.until(lambda window, id=id: id in window.answers)
        assert playing.host.answers[id] == wire.Refused(id, code), name
    await playing.host.done(t.Play(Ready(True)))


async def test_a_move_that_the_rules_do_not_allow_is_refused_with_their_code(playing: Party) -> None:
    roles = {you.role: seat for seat in SEATS if (you := playing.windows[seat].match.you) is not None}
    one = playing.windows[roles[Role.RUDENKO]]

    async def refused(move: object) -> str:
        return await one.refused(t.Play(move))  # type: ignore[arg-type]

    hold = Order(OrderKind.HOLD, Sector.RIVER)
    assert await refused(Speak(Channel.OPEN, Text("x" * 281))) == "too_long"
    assert await refused(Speak(Channel.OPEN, Text(" \u200b "))) == "empty"
    assert await refused(Speak(Channel.LETTER, Text("to nobody"))) == "bad_addressee"
    assert await refused(Speak(Channel.ROOM, Text("let me in"))) != "malformed"
    assert await refused(Report(SEATS[1])) == "wrong_phase"
    assert await refused(Phone(hold)) == "not_yours"
    assert await refused(Sign(Text("by order"))) == "not_yours"
    assert await refused(Seal((hold, hold))) == "too_many_orders"
    assert await refused(Seal((Order(OrderKind.HOLD),))) == "bad_order"
    for number in range(6):
        await one.done(t.Play(Speak(Channel.LETTER, Text(f"letter {number}"), to=roles[Role.IRINA])))
    assert await refused(Speak(Channel.LETTER, Text("one more"), to=roles[Role.IRINA])) == "none_left"
    await goes_on(playing, but=roles[Role.RUDENKO])


async def test_who_only_watches_may_ask_for_nothing(playing: Party, arrive: Arrive) -> None:
    watching = await (await (await arrive()).enter(playing.code)).shown()
    for command in (t.Play(Ready(True)), t.Leave(), t.Start(), t.Rematch(), t.Dismiss(SEATS[1]), t.TakeSeat(SEATS[1])):
        assert await watching.refused(command) == "not_seated"
    await goes_on(playing, but=SEATS[0])


async def test_nothing_comes_before_enter(arrive: Arrive) -> None:
    guest = await arrive()
    for frame in ('{"type":"ping","at":1}', '{"type":"do","id":1,"command":{"type":"leave"}}'):
        window = await guest.dial()
        await window.say(frame)
        assert await window.ended() == (4408, "no_enter")
        assert len(window.frames) == 1
    window = await guest.dial()
    await window.say("enter")
    assert await window.ended() == (4400, "malformed")


async def entering(guest: Guest, ticket: str, worker: Running | None = None) -> Window:
    window = await guest.dial(worker)
    await window.say(wire.encode(wire.Enter(ticket, window.instance)).decode())
    return window


async def test_a_ticket_serves_once_and_a_forged_one_never(arrive: Arrive, workers: Workers) -> None:
    guest = await arrive()
    code = await guest.open_room()
    ticket = await guest.ticket(code)
    window = await (await entering(guest, ticket)).shown()
    for again in (ticket, "x" * 43, ticket[:-1] + "-"):
        refused = await entering(guest, again, workers[1])
        assert await refused.ended() == (4401, "ticket_refused")
        assert len(refused.frames) == 1
    await window.done(t.GetReady(True))


async def test_of_many_who_show_one_ticket_at_once_one_enters(arrive: Arrive, workers: Workers) -> None:
    guest = await arrive()
    ticket = await guest.ticket(await guest.open_room())
    windows = await asyncio.gather(*(entering(guest, ticket, workers[number % 2]) for number in range(20)))
    await asyncio.gather(*(window.until(lambda w: w.number is not None or w.close_code) for window in windows))
    assert sorted(window.close_code or 0 for window in windows) == [0] + [4401] * 19


async def test_a_ticket_shows_what_its_holder_may_see_by_now_and_no_seat_of_another(
    playing: Party, arrive: Arrive
) -> None:
    stranger = await arrive()
    ticket = await stranger.ticket(playing.code)
    window = await (await entering(stranger, ticket)).shown()
    assert window.welcome is not None
    assert window.welcome.standing is wire.Standing.SPECTATOR
    assert window.match.you is None
    assert window.match.can is None


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", "http://127.0.0.1"])
async def test_a_foreign_page_opens_no_socket(arrive: Arrive, origin: str) -> None:
    guest = await arrive()
    with pytest.raises(InvalidStatus) as refused:
        await guest.dial(origin=origin)
    assert refused.value.response.status_code == 403


async def test_our_own_page_and_those_that_the_operator_names_open_sockets(
    arrive: Arrive, workers: Workers, valkey: EmbeddedValkey
) -> None:
    guest = await arrive()
    ticket = await guest.ticket(await guest.open_room())
    await (await guest.dial(origin=workers[0].url)).close()
    async with running(valkey.url, allowed_origins="https://ours.example") as third:
        window = await guest.dial(third, origin="https://ours.example")
        await window.say(wire.encode(wire.Enter(ticket, window.instance)).decode())
        await window.shown()
        await window.drop()


async def test_compression_is_not_agreed_to(arrive: Arrive) -> None:
    window = await (await arrive()).dial(compression="deflate")
    assert window.line.protocol.extensions == []


@pytest_asyncio.fixture(loop_scope="session")
async def third(valkey: EmbeddedValkey, workers: Workers) -> AsyncIterator[Running]:
    """A worker that the test may change and stop."""
    async with running(valkey.url) as found:
        yield found


async def test_a_worker_takes_so_many_connections_and_no_more(arrive: Arrive, third: Running) -> None:
    third.takes(Threshold(most=2))
    guest = await arrive(third)
    first, _second = await guest.dial(), await guest.dial()
    assert await (await guest.dial()).ended() == (4503, "full")
    await first.close()
    window = await guest.enter(await guest.open_room())
    await window.shown()
    await window.drop()


async def test_who_never_says_who_he_is_is_closed(arrive: Arrive, third: Running) -> None:
    third.takes(Threshold(enter_seconds=0.01))
    window = await (await arrive(third)).dial()
    assert await window.ended() == (4408, "no_enter")


async def test_a_worker_that_stops_sends_everybody_to_another_where_nothing_is_missing(
    arrive: Arrive, workers: Workers, third: Running
) -> None:
    party = await begun(arrive, (third, workers[0]))
    moving = [seat for seat in SEATS if party.guests[seat].worker is third]
    silent = await party.guests[moving[0]].dial(third)
    await third.stop()
    assert await silent.ended() == (1012, None)
    for seat in moving:
        assert await party.windows[seat].ended() == (1012, "draining")
        bye = party.windows[seat].bye
        assert bye is not None
        assert bye.again
        back = await party.guests[seat].enter(party.code, workers[1], after=party.windows[seat])
        await back.done(t.Play(Ready(True)))
        party.windows[seat] = back
    await party.all_see(lambda window: window.match.ready == len(moving))


async def test_who_asks_too_much_is_closed_and_nobody_else(playing: Party, third: Running) -> None:
    hasty = await (await playing.guests[SEATS[0]].enter(playing.code, third)).shown()
    flood = [wire.encode(wire.Ping(at)).decode() for at in range(200)]
    async with asyncio.TaskGroup() as tasks:
        for frame in flood:
            tasks.create_task(hasty.line.send(frame))
    assert await hasty.ended() == (4429, "too_many")
    await goes_on(playing, but=SEATS[0])


async def test_a_reader_that_ends_late_is_waited_for_and_its_end_is_nobodys_fault(
    arrive: Arrive, workers: Workers
) -> None:
    keeper = workers[0].parts.keeper
    room = await keeper.find(await (await arrive()).open_room())
    assert room is not None
    session = Session(keeper, room, "somebody", "an instance", Outbox(), hear_presence=lambda: None)
    reads = asyncio.Event()

    async def read_on() -> None:  # as a client of the store does, that finishes its call first
        try:
            reads.set()
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            raise WebSocketDisconnect(1006) from None

    async def write() -> None:
        await asyncio.Event().wait()

    reader, writer = asyncio.create_task(read_on()), asyncio.create_task(write())
    await reads.wait()
    session.leave(GatewayCode.DRAINING)
    await until_over(session, reader, writer)
    assert isinstance(reader.exception(), WebSocketDisconnect)
    writer.cancel()


def test_every_close_that_a_client_is_told_not_to_come_back_from_is_of_its_own_making() -> None:
    final = {reason.value for reason, close in CLOSES.items() if not close.again}
    assert final == {
        "malformed",
        "barred",
        "no_such_room",
        "taken_over",
        "token_refused",
        "bad_nickname",
        "nickname_taken",
        "nickname_reserved",
        "signed_out",
        "too_large",
        "not_text",
        "frozen",
    }
