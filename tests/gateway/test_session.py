"""What a connection shows and answers, over real sockets at two workers: numbers, cursors, seats, second tries."""

import asyncio

import pytest

from rules.commands import Ready, Speak
from rules.forms import Text
from rules.ids import SEATS, Channel, Phase, Seat, Watcher
from server.gateway import wire
from server.gateway.outbox import Outbox
from server.gateway.refusals import GatewayCode
from server.gateway.session import Session
from server.rooms import table as t
from server.rooms.embedded import EmbeddedValkey
from server.rooms.journal import StoredJournal
from server.rooms.refusals import RoomCode
from tests.gateway.conftest import Arrive
from tests.gateway.guests import Window
from tests.gateway.matches import (
    agrees_with_the_log,
    as_sent,
    begun,
    end_phase,
    log_of,
    play_out,
    refolded,
    seated,
    sit_out,
)
from tests.gateway.workers import Running, running

Workers = tuple[Running, Running]


def say(words: str) -> t.Play:
    return t.Play(Speak(Channel.OPEN, Text(words)))


def changes_after(window: Window, number: int) -> list[str]:
    """The frames that brought a window beyond a number, as they came."""
    pairs = zip(window.heard, window.frames, strict=True)
    return [frame for message, frame in pairs if isinstance(message, wire.Change) and message.n > number]


async def test_a_whole_match_at_two_workers_shows_everybody_what_the_log_gives_him(
    arrive: Arrive, workers: Workers, journal: StoredJournal
) -> None:
    party = await begun(arrive, workers)
    spectator = await (await (await arrive(workers[1])).enter(party.code)).shown()

    async def one_line_breaks(phase: int) -> None:
        seat = SEATS[phase % 5]
        broken = party.windows[seat]
        await broken.drop()
        party.windows[seat] = await party.guests[seat].enter(party.code, workers[phase % 2], after=broken)
        assert party.windows[seat].welcome.resumed

    assert await play_out(party, journal, one_line_breaks) >= 4
    for seat in SEATS:
        await agrees_with_the_log(journal, party.code, seat, party.windows[seat])
        assert party.windows[seat].match.file is not None
    await agrees_with_the_log(journal, party.code, Watcher.WATCHER, spectator)


async def test_a_second_match_at_the_same_table_goes_on_in_the_same_numbers(
    arrive: Arrive, workers: Workers, journal: StoredJournal
) -> None:
    party = await begun(arrive, workers, scenario="first_night", pace="blitz")
    await sit_out(party, journal)
    asked = (party.windows[SEATS[1]], party.windows[SEATS[2]])
    await asyncio.gather(*(window.done(t.Rematch()) for window in asked))
    await party.all_see(lambda window: window.table.stage is t.Stage.LOBBY)
    events = [event for commit in await log_of(journal, party.code) for event in commit.events]
    assert events.count(t.BackInLobby()) == 1
    assert all("match" not in window.document for window in party.windows.values())
    for seat in SEATS[1:]:
        await party.windows[seat].done(t.GetReady(True))
    await party.host.done(t.Start())
    await party.all_see(lambda window: window.table.matches == 2 and window.match.phase is Phase.DEAL)
    for seat in SEATS:
        await agrees_with_the_log(journal, party.code, seat, party.windows[seat])


@pytest.mark.parametrize("where", [0, 1])
async def test_a_cursor_brings_exactly_what_is_missing(arrive: Arrive, workers: Workers, where: int) -> None:
    party = await begun(arrive, workers)
    one, other = await arrive(workers[0]), await arrive(workers[1])
    leaving = await (await one.enter(party.code)).shown()
    staying = await (await other.enter(party.code)).shown()
    await leaving.drop()
    assert leaving.number is not None
    for number, seat in enumerate(SEATS):
        await party.windows[seat].done(t.Play(Ready(True)))
        await staying.until(lambda window, ready=number + 1: window.match.ready == ready)
    back = await one.enter(party.code, workers[where], after=leaving)
    await back.until(lambda window: window.number == staying.number)
    assert back.welcome is not None
    assert back.welcome.resumed
    assert changes_after(back, 0) == changes_after(staying, leaving.number)
    assert not any(isinstance(message, wire.Whole) for message in back.heard)
    assert back.document == staying.document


async def test_a_worker_that_never_knew_the_room_resumes_it_too(
    arrive: Arrive, workers: Workers, valkey: EmbeddedValkey
) -> None:
    party = await begun(arrive, workers)
    seat = SEATS[3]
    await party.windows[seat].drop()
    await party.host.done(t.Play(Ready(True)))
    await party.host.until(lambda window: window.match.ready == 1)
    async with running(valkey.url) as third:
        back = await party.guests[seat].enter(party.code, third, after=party.windows[seat])
        await back.until(lambda window: window.match.ready == 1)
        assert back.welcome is not None
        assert back.welcome.resumed
        await back.drop()


@pytest.mark.parametrize(
    "wrong", [{"stream": "another"}, {"n": 10_000}, {"n": 0}], ids=["another stream", "from the future", "too old"]
)
async def test_a_cursor_that_fits_nothing_brings_the_whole(
    arrive: Arrive, workers: Workers, journal: StoredJournal, wrong: dict[str, object]
) -> None:
    party = await seated(arrive, workers)
    for turn in range(14):  # more changes than are kept, and nobody asks too much
        await asyncio.gather(*(party.windows[seat].done(t.Rename(f"{seat} {turn}")) for seat in SEATS))
    seat = SEATS[1]
    await party.windows[seat].drop()
    kept = party.windows[seat].cursor
    cursor = wire.Cursor(str(wrong.get("stream", kept.stream)), int(str(wrong.get("n", kept.n))))
    ticket = await party.guests[seat].ticket(party.code)
    back = await party.guests[seat].dial()
    await back.say(wire.encode(wire.Enter(ticket, back.instance, cursor)).decode())
    await back.shown()
    assert back.welcome is not None
    assert not back.welcome.resumed
    await agrees_with_the_log(journal, party.code, seat, back)


@pytest.mark.parametrize("where", [0, 1])
async def test_a_new_window_takes_the_seat_and_closes_the_old_one(arrive: Arrive, workers: Workers, where: int) -> None:
    party = await begun(arrive, workers)
    old = party.host
    new = await (await party.guests[SEATS[0]].enter(party.code, workers[where])).shown()
    assert await old.ended() == (4409, "taken_over")
    assert new.welcome is not None
    assert new.welcome.seat is SEATS[0]
    assert new.match.you is not None
    assert new.match.you == old.match.you
    await new.done(say("still here"))


async def test_of_two_windows_at_a_worker_that_has_not_heard_of_the_seat_the_second_takes_it(
    arrive: Arrive, workers: Workers
) -> None:
    code = await (await arrive(workers[0])).open_room()
    guest = await arrive(workers[1])
    await guest.got("GET", f"/rooms/{code}")
    seat = (await guest.got("POST", f"/rooms/{code}/seat", {"nickname": "Late"}, workers[0]))["seat"]
    first = await (await guest.enter(code)).shown()
    assert first.welcome is not None
    assert first.welcome.seat == seat
    second = await (await guest.enter(code)).shown()
    assert await first.ended() == (4409, "taken_over")
    await second.done(t.GetReady(True))


async def test_a_command_said_again_at_another_worker_has_one_effect_and_the_same_answer(
    arrive: Arrive, workers: Workers, journal: StoredJournal
) -> None:
    party = await begun(arrive, workers)
    await end_phase(party, journal)
    seat = SEATS[0]
    first = party.windows[seat]
    await first.send(say("once"), id=11)
    await first.drop()  # whether it happened, nobody here knows
    again = await party.guests[seat].enter(party.code, workers[1], after=first)
    for _ in range(3):
        assert await again.do(say("once"), id=11) == wire.Done(11)
    once_more = await party.guests[seat].enter(party.code, workers[0], after=again)
    assert await once_more.do(say("once"), id=11) == wire.Done(11)
    assert await once_more.do(say("twice"), id=12) == wire.Done(12)
    await party.windows[SEATS[4]].until(lambda window: "twice" in str(window.document))
    room = await refolded(journal, party.code)
    assert room.match is not None
    assert [message.body for message in room.match.messages if message.author is seat] == [Text("once"), Text("twice")]


async def test_what_had_no_effect_when_it_was_answered_has_none_when_it_is_said_again(
    arrive: Arrive, workers: Workers
) -> None:
    party = await seated(arrive, workers)
    seat = SEATS[1]
    window = party.windows[seat]
    assert await window.do(t.GetReady(False), id=901) == wire.Done(901)  # he was not ready
    assert await window.do(t.Start(), id=902) == wire.Refused(902, RoomCode.NOT_HOST)
    await window.done(t.GetReady(True))
    await party.host.done(t.HandHost(seat))
    await window.until(lambda w: w.document["table"]["host"] == seat)
    assert await window.do(t.GetReady(False), id=901) == wire.Done(901)
    assert await window.do(t.Start(), id=902) == wire.Refused(902, RoomCode.NOT_HOST)
    await window.done(t.Rename("Ready"))
    await window.until(lambda w: w.document["table"]["seats"][seat]["nickname"] == "Ready")
    assert window.document["table"]["seats"][seat]["ready"]


async def test_a_refused_command_changes_nothing_and_takes_no_number(
    arrive: Arrive, workers: Workers, journal: StoredJournal
) -> None:
    party = await begun(arrive, workers)
    before, numbers = await log_of(journal, party.code), {s: w.number for s, w in party.windows.items()}
    assert await party.host.refused(t.Rename("Somebody")) == "in_match"
    assert await party.windows[SEATS[1]].refused(t.Start()) == "not_host"
    assert await party.host.refused(t.Rematch()) == "not_over"
    assert await log_of(journal, party.code) == before
    assert {s: w.number for s, w in party.windows.items()} == numbers


async def test_a_hidden_command_reaches_nobody_who_may_not_know(
    arrive: Arrive, workers: Workers, journal: StoredJournal
) -> None:
    party = await begun(arrive, workers)
    await end_phase(party, journal)
    numbers = {seat: party.windows[seat].number for seat in SEATS}
    await party.host.done(t.Play(Speak(Channel.LETTER, Text("for you alone"), to=SEATS[1])))
    await party.host.done(say("for all"))
    await party.all_see(lambda window: "for all" in str(window.document))
    told = {seat: (party.windows[seat].number or 0) - (numbers[seat] or 0) for seat in SEATS}
    pavel = next(seat for seat in SEATS if (you := party.windows[seat].match.you) and you.role == "pavel")
    assert told == {seat: 2 if seat in (SEATS[0], SEATS[1], pavel) else 1 for seat in SEATS}


async def test_the_office_of_the_host_is_handed_over_and_goes_on_when_he_leaves(
    arrive: Arrive, workers: Workers
) -> None:
    party = await seated(arrive, workers)
    await party.host.done(t.HandHost(SEATS[3]))
    await party.windows[SEATS[3]].until(lambda window: window.table.host is SEATS[3])
    assert await party.host.refused(t.Dismiss(SEATS[1])) == "not_host"
    await party.windows[SEATS[3]].done(t.Leave())
    await party.host.until(lambda window: window.table.host is SEATS[0] and SEATS[3] not in window.table.seats)


@pytest.mark.parametrize("in_match", [False, True], ids=["in the lobby", "in a match"])
async def test_who_is_sent_away_is_closed_out_and_may_not_return(
    arrive: Arrive, workers: Workers, in_match: bool
) -> None:
    party = await (begun if in_match else seated)(arrive, workers)
    seat, guest = SEATS[1], party.guests[SEATS[1]]
    kept = await guest.ticket(party.code)
    await party.host.done(t.Dismiss(seat))
    assert await party.windows[seat].ended() == (4403, "barred")
    assert await guest.refused("POST", f"/rooms/{party.code}/seat", {"nickname": "Again"}) == (404, "no_such_room")
    assert await guest.refused("POST", f"/rooms/{party.code}/ticket") == (404, "no_such_room")
    back = await guest.dial(workers[0])
    await back.say(wire.encode(wire.Enter(kept, back.instance)).decode())
    assert await back.ended() == (4403, "barred")
    place = (await party.host.until(lambda w: w.table.seats.get(seat) != t.Place("Officer 1"))).table.seats.get(seat)
    assert place == (t.Place(bot=t.BotLevel.OFFICER, ready=True) if in_match else None)


@pytest.mark.parametrize("spectators", [True, False])
async def test_an_officer_takes_over_from_who_leaves_a_match_and_it_goes_on(
    arrive: Arrive, workers: Workers, journal: StoredJournal, spectators: bool
) -> None:
    party = await begun(arrive, workers, scenario="first_night", pace="blitz", spectators=spectators)
    seat = SEATS[2]
    gone = party.windows.pop(seat)
    await gone.send(t.Leave())
    if spectators:
        await gone.until(lambda window: window.welcome and window.welcome.standing is wire.Standing.SPECTATOR)
        await gone.until(lambda window: window.match.you is None)
        assert await gone.refused(say("I was here")) == "not_seated"
    else:
        assert await gone.ended() == (4404, "no_such_room")
    await party.all_see(lambda window: window.table.seats[seat].bot is t.BotLevel.OFFICER)
    while party.host.match.turn < 2:
        await end_phase(party, journal)
    events = [event for commit in await log_of(journal, party.code) for event in commit.events]
    assert t.BotSat(seat, t.BotLevel.OFFICER) in events


@pytest.mark.parametrize("spectators", [True, False])
async def test_who_watches_stays_through_a_match_only_where_the_host_allows_it(
    arrive: Arrive, workers: Workers, spectators: bool
) -> None:
    party = await seated(arrive, workers)
    watching = await (await (await arrive(workers[1])).enter(party.code)).shown()
    options = t.Options("nineteenth", "front", t.Pace.LIVE, listed=False, spectators=spectators)
    await party.host.done(t.Choose(options))
    for seat in SEATS[1:]:
        await party.windows[seat].done(t.GetReady(True))
    await party.host.done(t.Start())
    if spectators:
        await watching.until(lambda window: "match" in window.document)
        assert watching.match.you is None
    else:
        assert await watching.ended() == (4404, "no_such_room")
        assert "match" not in watching.document


async def test_options_are_the_hosts_and_take_everybodys_ready_back(arrive: Arrive, workers: Workers) -> None:
    party = await seated(arrive, workers)
    await party.windows[SEATS[1]].done(t.GetReady(True))
    options = t.Options("first_night", "garrison", t.Pace.BLITZ, listed=True, spectators=False)
    assert await party.windows[SEATS[1]].refused(t.Choose(options)) == "not_host"
    assert await party.host.refused(t.Choose(t.Options("chess", "front", t.Pace.LIVE, True, True))) == "bad_options"
    await party.host.done(t.Choose(options))
    await party.all_see(lambda window: window.table.options == options)
    assert not any(place.ready for place in party.host.table.seats.values())
    assert await party.host.refused(t.Start()) == "not_ready"


async def test_who_watches_and_sits_down_becomes_that_seats_viewer_on_the_same_line(
    arrive: Arrive, workers: Workers, journal: StoredJournal
) -> None:
    code = await (await arrive(workers[0])).open_room()
    guest = await arrive(workers[1])
    window = await (await guest.enter(code)).shown()
    assert window.welcome is not None
    assert window.welcome.standing is wire.Standing.SPECTATOR
    watched = window.welcome.stream
    seat = await guest.sit(code, "Sits down", "luna")
    await window.until(lambda window: window.welcome and window.welcome.seat is Seat.LUNA and window.table.seats)
    assert window.welcome.stream != watched
    await window.done(t.TakeSeat(Seat.VOLGA))
    await window.until(lambda window: window.welcome and window.welcome.seat is Seat.VOLGA)
    await window.until(lambda window: Seat.VOLGA in window.table.seats)
    assert seat == "luna"
    assert window.document == as_sent(await refolded(journal, code), Seat.VOLGA)


async def test_a_line_that_enters_late_closes_no_newer_one_of_the_same_page(arrive: Arrive, workers: Workers) -> None:
    party = await seated(arrive, workers)
    seat, guest = SEATS[1], party.guests[SEATS[1]]
    late = await guest.ticket(party.code)
    newer = await (await guest.enter(party.code, workers[1], after=party.windows[seat])).shown()
    hung = await guest.dial(workers[0])
    await hung.say(wire.encode(wire.Enter(late, newer.instance)).decode())
    assert await hung.ended() == (4401, "ticket_refused")
    assert hung.bye == wire.Bye(4401, "ticket_refused", again=True)
    await newer.done(t.Rename("still here"))


async def test_of_two_windows_that_come_at_once_one_enters_and_the_other_may_come_again(
    arrive: Arrive, workers: Workers
) -> None:
    party = await seated(arrive, workers)
    guest = party.guests[SEATS[1]]
    tickets = [await guest.ticket(party.code, worker) for worker in workers]
    windows = [await guest.dial(worker) for worker in workers]
    for window, ticket in zip(windows, tickets, strict=True):
        await window.say(wire.encode(wire.Enter(ticket, window.instance)).decode())
    await asyncio.gather(*(window.until(lambda w: w.number is not None or w.close_code) for window in windows))
    assert sorted(window.close_code or 0 for window in windows) == [0, 4401]


async def test_who_does_not_read_is_closed_as_slow_and_holds_nobody_up(arrive: Arrive, workers: Workers) -> None:
    party = await seated(arrive, workers)
    keeper = workers[0].parts.keeper
    room = await keeper.find(party.code)
    assert room is not None
    outbox = Outbox(most_frames=5)
    stuck = Session(keeper, room, "somebody", "an instance", outbox, hear_presence=lambda: None)
    await stuck.enter(None)
    for number in range(10):
        await party.host.done(t.Rename(f"Host {number}"))
    await party.all_see(lambda window: window.table.seats[SEATS[0]].nickname == "Host 9")
    assert stuck.ended.is_set()
    assert stuck.bye is GatewayCode.SLOW
    assert wire.decode_server(await outbox.take()) == wire.bye(GatewayCode.SLOW)
    await keeper.stop_listening(room, stuck)
