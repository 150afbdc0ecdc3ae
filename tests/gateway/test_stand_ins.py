"""Somebody goes away in the middle of a match, over real sockets at two workers; the clock is moved by hand."""

import asyncio
from collections.abc import AsyncIterator, Callable
from functools import partial

import pytest_asyncio

from rules import lots
from rules.commands import Ready
from rules.ids import SEATS, Phase, Seat, Watcher
from rules.players import officer
from rules.view import View
from server.gateway import wire
from server.rooms import table as t
from server.rooms.delivery import Shown
from server.rooms.embedded import EmbeddedValkey
from server.rooms.journal import StoredJournal
from server.rooms.refusals import RoomCode
from server.rooms.room import Room
from server.rooms.store import Store
from tests.gateway.conftest import Arrive
from tests.gateway.guests import PATIENCE, Window
from tests.gateway.matches import Party, agrees_with_the_log, begun, end_phase, log_of, pass_time, refolded
from tests.gateway.test_canaries import SEED
from tests.gateway.workers import Running, running

Workers = tuple[Running, Running]
ABSENT = Seat.LUNA
WAKES = 2


@pytest_asyncio.fixture(loop_scope="session")
async def rehearsal(connections: Store, valkey: EmbeddedValkey) -> AsyncIterator[Workers]:
    """Two workers that deal a match which ends neither soon nor in the Room."""
    alike = {"hasty": True, "deal_seed": SEED}
    async with running(valkey.url, **alike) as one, running(valkey.url, **alike) as two:  # type: ignore[arg-type]
        yield one, two


class Ear:
    """Hears of every commit of a room at a worker."""

    def __init__(self) -> None:
        self.heard = asyncio.Event()

    def changed(self, shown: Shown, deliveries: object) -> None:
        self.heard.set()

    def reset(self, shown: Shown) -> None:
        self.heard.set()

    def told(self, kind: str, body: bytes) -> None:
        pass

    def gone(self, code: RoomCode) -> None:
        self.heard.set()


async def until_room(worker: Running, code: str, is_so: Callable[[Room], bool]) -> Room:
    """Wait until something holds of the room as the server knows it, secrets and all."""
    room, ear = await worker.parts.keeper.find(code), Ear()
    assert room is not None
    await worker.parts.keeper.listen(room, ear)
    async with asyncio.timeout(PATIENCE):
        while not is_so(room.room):
            ear.heard.clear()
            await ear.heard.wait()
    await worker.parts.keeper.stop_listening(room, ear)
    return room.room


async def others_play(party: Party, waiting: Seat | None = None) -> None:
    """Those who are here play as officers do, until they have said that they are ready, but for one who is not."""
    for wake in range(WAKES):
        for seat, window in party.windows.items():
            draw = partial(lots.below, f"{seat}{window.match.phase_number}{wake}".encode())
            for move in officer.act(window.match, draw):
                if seat is not waiting or not isinstance(move, Ready):
                    await window.do(t.Play(move))
    for seat, window in party.windows.items():
        if seat is not waiting and window.match.you is not None and not window.match.you.ready:
            await window.done(t.Play(Ready(True)))


async def bots_play(party: Party, worker: Running, journal: StoredJournal) -> Room:
    """Move the clock from one moment of the bots to the next, until they have none left in this phase."""
    room = await until_room(worker, party.code, lambda room: True)
    while room.bots:
        left = len(room.bots)
        await pass_time(journal, min(at for _, at in room.bots))
        room = await until_room(worker, party.code, lambda room, left=left: len(room.bots) < left)  # type: ignore[misc]
    return room


def owes(view: View, seat: Seat) -> bool:
    """Whether a seat owes an order or a report, as anybody can tell."""
    return view.phase in (Phase.WIRE, Phase.INQUIRY) and view.prisoner is not seat


async def phase_without(party: Party, journal: StoredJournal) -> None:
    """The others play, and the clock ends the phase."""
    await others_play(party)
    await end_phase(party, journal)


def stand_in(window: Window) -> t.BotLevel | None:
    return window.table.seats[ABSENT].stand_in


async def test_an_officer_plays_for_the_absent_until_he_returns_at_another_worker_and_the_match_goes_to_its_end(
    arrive: Arrive, rehearsal: Workers, journal: StoredJournal
) -> None:
    party = await begun(arrive, rehearsal, setting="garrison")
    spectators = [await (await (await arrive(worker)).enter(party.code)).shown() for worker in rehearsal]
    guest, gone = party.guests[ABSENT], party.windows.pop(ABSENT)
    assert guest.worker is rehearsal[1]
    await gone.drop()

    everybody, missed = [*party.windows.values(), *spectators], 0
    while missed < 2:
        assert all(stand_in(window) is None for window in everybody)
        missed += owes(party.host.match, ABSENT)
        await phase_without(party, journal)
    for window in everybody:
        await window.until(lambda window: stand_in(window) is t.BotLevel.OFFICER)
        assert window.table.seats[ABSENT].nickname == "Officer 3"

    phases = 0
    while phases < 2 or party.host.match.phase is not Phase.WIRE:
        await others_play(party, waiting=SEATS[0])
        room = await bots_play(party, rehearsal[0], journal)
        assert room.match is not None
        assert ABSENT in room.match.ready
        if room.match.phase is Phase.WIRE and room.match.prisoner is not ABSENT:
            assert room.match.turn.seats[SEATS.index(ABSENT)].orders
        await end_phase(party, journal)
        phases += 1
    assert all(stand_in(window) is t.BotLevel.OFFICER for window in everybody)

    back = await (await guest.enter(party.code, rehearsal[0])).shown()
    assert back.welcome is not None
    assert (back.welcome.standing, back.welcome.seat) == (wire.Standing.SEAT, ABSENT)
    assert back.document["missed"] == 1
    await agrees_with_the_log(journal, party.code, ABSENT, back)
    own = back.match.you
    assert own is not None
    assert any(turn.orders for turn in own.turns.values()), "what was done for him is in his file"
    for window in everybody:
        await window.until(lambda window: stand_in(window) is None)

    party.windows[ABSENT] = back
    while party.host.match.phase is not Phase.FINISHED:
        await phase_without(party, journal)
    await party.all_see(lambda window: window.table.stage is t.Stage.OVER)
    for seat in SEATS:
        await agrees_with_the_log(journal, party.code, seat, party.windows[seat])
        assert "missed" not in party.windows[seat].document
    await agrees_with_the_log(journal, party.code, Watcher.WATCHER, spectators[1])
    events = [event for commit in await log_of(journal, party.code) for event in commit.events]
    assert events.count(t.StoodIn(ABSENT, t.BotLevel.OFFICER)) == 1
    assert events.count(t.SeatHandedBack(ABSENT)) == 1
    assert not any(isinstance(event, t.StoodIn) and event.seat is not ABSENT for event in events)


async def test_who_is_connected_and_silent_is_warned_alone_then_stood_in_for_and_takes_the_seat_back_by_a_word(
    arrive: Arrive, rehearsal: Workers, journal: StoredJournal
) -> None:
    party = await begun(arrive, rehearsal, setting="garrison")
    silent, host = party.windows.pop(ABSENT), party.host
    await host.done(t.HandHost(ABSENT))
    while "missed" not in silent.document:
        owed = owes(host.match, ABSENT)
        await phase_without(party, journal)
        await silent.until(lambda window: window.match.phase_number == host.match.phase_number)
        assert ("missed" in silent.document) is owed
    await silent.done(t.ComeBack())
    await silent.until(lambda window: "missed" not in window.document)

    while stand_in(host) is None:
        assert host.table.host is ABSENT
        await phase_without(party, journal)
    assert host.table.host is SEATS[0]
    await silent.until(lambda window: stand_in(window) is t.BotLevel.OFFICER)
    assert silent.document["missed"] == 2
    assert not any('"missed"' in frame for window in party.windows.values() for frame in window.frames)
    await silent.done(t.ComeBack())
    for window in (silent, *party.windows.values()):
        await window.until(lambda window: stand_in(window) is None)
    assert "missed" not in silent.document
    assert (await refolded(journal, party.code)).bots == ()
