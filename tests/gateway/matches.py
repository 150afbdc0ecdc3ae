"""Matches as people play them: five at two workers, phases that end by the clock, what the log says of it all."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from itertools import cycle

import msgspec

from rules import lots
from rules.ids import SEATS, VIEWERS, Phase, Seat, Viewer
from rules.players.conscript import act
from server.rooms import table as t
from server.rooms.delivery import apply, show
from server.rooms.journal import StoredJournal
from server.rooms.room import Room, opened
from server.rooms.unfolding import read_commit, unfolded
from tests.gateway.conftest import Arrive
from tests.gateway.guests import Guest, Json, Window
from tests.gateway.workers import Running

WAKES = 3


@dataclass
class Party:
    """Five who sit in a room, each with a window, the host first."""

    code: str
    guests: dict[Seat, Guest]
    windows: dict[Seat, Window]

    @property
    def host(self) -> Window:
        return self.windows[SEATS[0]]

    async def all_see(self, is_so: Callable[[Window], object]) -> None:
        """Wait until something holds of every window."""
        await asyncio.gather(*(window.until(is_so) for window in self.windows.values()))


async def seated(arrive: Arrive, workers: tuple[Running, ...], **options: object) -> Party:
    """A room with five people, who ask the workers in turn."""
    at = cycle(workers)
    guests = {seat: await arrive(next(at)) for seat in SEATS}
    code = await guests[SEATS[0]].open_room("Officer 0", **options)
    windows = {}
    for number, (seat, guest) in enumerate(guests.items()):
        assert await guest.sit(code, f"Officer {number}") == seat
        windows[seat] = await (await guest.enter(code)).shown()
    return Party(code, guests, windows)


async def begun(arrive: Arrive, workers: tuple[Running, ...], **options: object) -> Party:
    """The same, and the match has begun."""
    party = await seated(arrive, workers, **options)
    for seat in SEATS[1:]:
        await party.windows[seat].done(t.GetReady(True))
    await party.host.done(t.Start())
    await party.all_see(lambda window: "match" in window.document)
    return party


async def pass_time(journal: StoredJournal, until_ms: int) -> None:
    """Move the clock of the rooms to a moment, if it is not there yet."""
    await journal.move_clock(max(0, until_ms - await journal.now()))


async def end_phase(party: Party, journal: StoredJournal) -> None:
    """Let the open phase end by the clock, and wait until everybody sees the next."""
    numbers = {window.match.phase_number for window in party.windows.values()}
    assert len(numbers) == 1
    deadline = party.host.table.deadline
    assert deadline is not None
    await pass_time(journal, deadline)
    await party.all_see(lambda window: window.match.phase_number not in numbers)


async def play_phase(party: Party) -> None:
    """Each seat acts a few times, by its own view, until all have said that they are ready."""
    for wake in range(WAKES):
        for seat in SEATS:
            window = party.windows[seat]
            draw = partial(lots.below, f"{seat}{window.match.phase_number}{wake}".encode())
            for move in act(window.match, draw):
                await window.done(t.Play(move))
    await party.all_see(lambda window: window.match.ready == len(SEATS))


async def play_out(party: Party, journal: StoredJournal, between: Callable[[int], Awaitable[None]]) -> int:
    """Play the match to its end, with something done after each phase; how many there were."""
    phases = 0
    while party.host.match.phase is not Phase.FINISHED:
        await play_phase(party)
        await between(phases)
        await end_phase(party, journal)
        phases += 1
    await party.all_see(lambda window: window.table.stage is t.Stage.OVER)
    return phases


async def sit_out(party: Party, journal: StoredJournal) -> None:
    """Let the clock alone end the match: nobody does anything."""
    while party.host.match.phase is not Phase.FINISHED:
        await end_phase(party, journal)
    await party.all_see(lambda window: window.table.stage is t.Stage.OVER)


async def log_of(journal: StoredJournal, code: str) -> list[t.Commit]:
    """Every commit of a room."""
    return [read_commit(entry.payload) for entry in await journal.tail(code, 0)]


async def refolded(journal: StoredJournal, code: str) -> Room:
    """The room made anew from its whole log; what is stored beside the log says the same."""
    commits = await log_of(journal, code)
    first = commits[0].events[0]
    assert isinstance(first, t.RoomOpened)
    shown = show(opened(first))
    for commit in commits:
        shown, _ = apply(shown, commit)
    loaded = await journal.load(code)
    assert loaded is not None
    assert unfolded(loaded)[0].room == shown.room
    return shown.room


def as_sent(room: Room, viewer: Viewer) -> Json:
    """A viewer's document as it comes out of the wire."""
    sent: Json = msgspec.json.decode(msgspec.json.encode(show(room).documents[viewer]))
    return sent


async def agrees_with_the_log(journal: StoredJournal, code: str, viewer: Viewer, window: Window) -> None:
    """A window that has seen everything shows exactly what the log gives its viewer, under the log's number."""
    room = await refolded(journal, code)
    number = room.counts[VIEWERS.index(viewer)]
    await window.until(lambda window: (window.number or 0) >= number)
    assert window.number == number
    assert window.document == as_sent(room, viewer)
