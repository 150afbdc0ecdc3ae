"""Connections that come and go: a window has what its viewer may know now, and learns nothing by trying again."""

from rules import events as e
from rules.commands import Ready, Speak
from rules.forms import Text
from rules.ids import SEATS, WATCHER, Channel, OrderKind, Seat
from rules.orders import Order
from rules.state import Message
from server.gateway import wire
from server.rooms import table as t
from server.rooms.limits import Limits
from server.rooms.open_room import SNAPSHOT_EVERY
from server.rooms.refusals import RoomCode
from server.rooms.room import INSTANCES_KEPT
from tests.gateway.conftest import Arrive
from tests.gateway.matches import begun
from tests.gateway.workers import Running
from tests.leaks.cases import in_a_room
from tests.leaks.worlds import Cast, Window, World
from tests.rules.strategies import match

SOKOL, GRANIT, LUNA = SEATS[0], SEATS[1], SEATS[3]
ORDERS = (Order(OrderKind.PAPERWORK),)


async def on_the_wire(limits: Limits | None = None) -> World:
    """A world in the first turn of a match, the wire open."""
    step = next(step for step in match(0).steps if step.before.turns)
    cast = Cast()
    return await World(in_a_room(step.before, cast), cast, limits).opened()


def letter(words: str, by: Seat, to: Seat) -> e.Spoke:
    return e.Spoke(Message(1, Channel.LETTER, Text(words), by, to))


def heard(window: Window) -> list[wire.ServerMessage]:
    return [wire.decode_server(frame) for frame in window.outbox.frames]


async def test_an_older_window_of_a_seat_is_closed_and_is_sent_no_more() -> None:
    world = await on_the_wire()
    old = await world.enters(LUNA)
    new = await world.enters(LUNA, worker=1)
    assert old.session.bye is RoomCode.TAKEN_OVER
    told = len(old.frames)
    await world.happens((letter("secret", GRANIT, LUNA),))
    assert len(old.frames) == told
    assert b"secret" in new.frames[-1]


async def test_who_is_sent_away_is_sent_no_more() -> None:
    world = await on_the_wire()
    window = await world.enters(LUNA)
    await world.happens((t.SeatLeft(LUNA, barred=world.cast.player(LUNA)), t.BotSat(LUNA, t.BotLevel.OFFICER)))
    told = len(window.frames)
    await world.happens((e.Spoke(Message(1, Channel.OPEN, Text("he is gone"), GRANIT)),))
    assert window.session.bye is RoomCode.BARRED
    assert len(window.frames) == told


async def test_a_table_without_spectators_shows_nothing_to_whoever_has_no_seat() -> None:
    step, cast = match(0).steps[0], Cast()
    room = in_a_room(step.before, cast)
    closed = t.OptionsChosen(t.Options("nineteenth", "front", t.Pace.LIVE, listed=True, spectators=False))
    world = await World(room, cast).opened()
    await world.happens((closed,))
    window = await world.enters(WATCHER)
    assert window.session.bye is RoomCode.NO_SUCH_ROOM
    assert [type(message) for message in heard(window)] == [wire.Bye]


async def test_a_cursor_of_anothers_numbers_brings_nothing_of_them() -> None:
    world = await on_the_wire()
    cursors = [(await world.enters(other)).cursor for other in (GRANIT, WATCHER)]
    await world.happens((e.Spoke(Message(1, Channel.OPEN, Text("all hear it"), SOKOL)),))
    for cursor in cursors:
        window = await world.enters(LUNA, cursor=cursor)
        assert [type(message) for message in heard(window)] == [wire.Welcome, wire.Whole]


async def test_where_a_resume_may_begin_tells_nothing_of_hidden_commits() -> None:
    """A worker that has just read the room brings back the same, whether others have written many letters or none."""
    reached = []
    for letters in (0, SNAPSHOT_EVERY // 2, 3 * SNAPSHOT_EVERY):
        world = await on_the_wire()
        await world.happens((t.Scheduled(opened=1, earliest=2, deadline=3), e.ReadySaid(SOKOL, True)))
        for number in range(4):
            await world.happens((e.Spoke(Message(1, Channel.OPEN, Text(f"{number}"), SOKOL)),))
            for _ in range(letters // 4):
                await world.happens((e.Sealed(GRANIT, ORDERS),))
        newest = (await world.enters(WATCHER)).cursor
        world.forget(1)
        found = []
        for back in range(6):
            window = await world.enters(WATCHER, 1, wire.Cursor(newest.stream, max(0, newest.n - back)))
            found.append([type(message).__name__ for message in heard(window)])
        reached.append(found)
    assert reached[0] == reached[1] == reached[2]


async def test_nobody_finds_out_by_asking_again_that_another_has_acted() -> None:
    """What is remembered of a player's commands is pushed out by his own alone."""
    world = await on_the_wire()
    window = await world.enters(LUNA)
    for number in range(INSTANCES_KEPT + 2):
        await world.happens((t.Acted(f"{world.cast.player(LUNA)}:filling-{number:03}", 1),))
    await window.does(t.Play(Speak(Channel.OPEN, Text("once"))), id=1)
    for seat in (SOKOL, GRANIT):
        for number in range(INSTANCES_KEPT // 4):
            await world.happens((t.Acted(f"{world.cast.player(seat)}:page-{number:03}", 1),))
    window = await world.enters(LUNA)  # the same page, whose line broke: a line remembers its own answers
    told = len(window.frames)
    await window.does(t.Play(Speak(Channel.OPEN, Text("once"))), id=1)
    assert [type(message) for message in heard(window)[told:]] == [wire.Done]


async def test_nobody_is_refused_for_what_others_have_done() -> None:
    """How much a seat has done in a phase counts for that seat alone."""
    world = await on_the_wire(Limits(commands=3))
    window = await world.enters(LUNA)
    for seat in (SOKOL, GRANIT):
        for number in range(1, 9):
            await world.happens((t.Acted(f"{world.cast.player(seat)}:page", number, seat),))
    for number in range(4):
        await window.does(t.Play(Speak(Channel.OPEN, Text(f"{number}"))), id=number + 1)
    answers = [message for message in heard(window) if isinstance(message, wire.Done | wire.Refused)]
    assert answers == [wire.Done(1), wire.Done(2), wire.Done(3), wire.Refused(4, RoomCode.PHASE_SPENT)]


async def test_the_end_of_a_session_is_nothing_to_the_others_at_the_table(
    arrive: Arrive, workers: tuple[Running, Running]
) -> None:
    """They see that nobody is connected to the seat, as if a page had been closed."""
    party = await begun(arrive, workers)
    others = [window for seat, window in party.windows.items() if seat is not GRANIT]
    others.append(await (await (await arrive(workers[1])).enter(party.code)).shown())
    told = [len(window.heard) for window in others]
    numbers = [window.number or 0 for window in others]
    assert (await party.guests[GRANIT].ask("DELETE", "/session")).status_code == 204
    assert await party.windows[GRANIT].ended() == (4410, "signed_out")
    await party.host.done(t.HandHost(LUNA))
    for window, before, number in zip(others, told, numbers, strict=True):
        await window.until(lambda window: window.table.host is LUNA)
        fresh = [m for m in window.heard[before:] if not isinstance(m, wire.Presence | wire.Done)]
        assert [(type(message), getattr(message, "n", None)) for message in fresh] == [(wire.Change, number + 1)]


async def test_the_word_of_anothers_page_opens_nothing() -> None:
    """Two pages of the same word are two pages: what one has done is not answered to the other."""
    world = await on_the_wire()
    luna, granit = [await world.enters(seat, instance="the-same-word") for seat in (LUNA, GRANIT)]
    await luna.does(t.Play(Ready(True)), id=1)
    told = len(granit.frames)
    await granit.does(t.Play(Speak(Channel.ROOM, Text("not in the Room"))), id=1)
    assert [type(message) for message in heard(granit)[told:]] == [wire.Refused]
