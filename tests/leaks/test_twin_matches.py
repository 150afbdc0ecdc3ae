"""Two matches at real sockets and two workers that differ in who is Beria and who Rudenko, and in what these two do in
secret. The other three and a spectator are sent the same bytes, through resumes and fresh pages in every phase.

Whoever may not know acts by what he sees, so he does the same in both as long as he sees the same. One deal in the
ordinary run; `NINETEENTH_CASES` asks for more.
"""

import os
import re
from dataclasses import dataclass, field
from functools import partial

import msgspec
import pytest
from msgspec.structs import replace

from rules import commands as c
from rules import lots
from rules.codec import VERSION
from rules.decide import deal
from rules.events import Dealt
from rules.forms import Text
from rules.ids import SEATS, SECTORS, VIEWERS, WATCHER, Book, Channel, OrderKind, Phase, PowerKind, Role, Seat, Viewer
from rules.orders import Order
from rules.players.conscript import act
from rules.scenario import load
from server.gateway import wire
from server.rooms import table as t
from server.rooms.delivery import after
from server.rooms.journal import StoredJournal
from server.rooms.ports import Change, Committed
from server.rooms.room import Room
from server.rooms.schedule import scheduled
from server.rooms.unfolding import unfolded
from tests.gateway.conftest import Arrive
from tests.gateway.guests import Guest, Window
from tests.gateway.matches import Party, end_phase, seated
from tests.gateway.workers import Running
from tests.leaks.cases import parted

DEALS = 1 + int(os.environ.get("NINETEENTH_CASES", "0")) // 10_000
TURNS = 3
WAKES = 2
_TIMES = re.compile(r'"(now|opened|earliest|deadline)":([0-9]{13})')
_CIPHER = re.compile(r"[0-9]{5}(?: [0-9]{5})+")
_STREAM = re.compile(r'"stream":"[0-9a-f]+')


@dataclass
class Twin:
    """One of two matches, and what its viewers were sent: numbered frames, and answers by their ids."""

    party: Party
    journal: StoredJournal
    workers: tuple[Running, Running]
    roles: dict[Role, Seat]
    is_second: bool
    spectator: Guest
    windows: dict[Viewer, Window] = field(default_factory=dict)
    numbered: dict[Viewer, list[str]] = field(default_factory=lambda: {viewer: [] for viewer in VIEWERS})
    answers: dict[Viewer, list[str]] = field(default_factory=lambda: {viewer: [] for viewer in VIEWERS})

    async def room(self) -> Room:
        """The room as the log has it."""
        loaded = await self.journal.load(self.party.code)
        assert loaded is not None
        return unfolded(loaded)[0].room

    async def settled(self) -> None:
        """Everybody has been sent everything."""
        counts = dict(zip(VIEWERS, (await self.room()).counts, strict=True))
        for viewer, window in self.windows.items():
            await window.until(partial(_stands_at, counts[viewer]))

    def note(self, viewer: Viewer) -> None:
        """Put down what a window has been sent, before it is left."""
        window = self.windows[viewer]
        for frame, message in zip(window.frames, window.heard, strict=True):
            match message:
                case wire.Welcome() | wire.Whole() | wire.Change() | wire.Bye():
                    self.numbered[viewer].append(frame)
                case wire.Presence() | wire.Pong():
                    pass
                case _:
                    self.answers[viewer].append(frame)

    async def comes_back(self, viewer: Viewer, phase: int) -> None:
        """His line breaks. He resumes it, here or there, or opens the page anew."""
        self.note(viewer)
        broken, guest = self.windows[viewer], self._guest(viewer)
        await broken.drop()
        earlier = None if phase % 3 == 2 else broken
        window = await guest.enter(self.party.code, self.workers[phase % 2], after=earlier)
        self.windows[viewer] = await window.shown()
        if isinstance(viewer, Seat):
            self.party.windows[viewer] = window

    def _guest(self, viewer: Viewer) -> Guest:
        return self.spectator if viewer is WATCHER else self.party.guests[Seat(viewer)]

    def told(self, viewer: Viewer) -> tuple[list[str], list[str]]:
        """All that he was sent, apart from names that are random in every room, and from when the match began."""
        opened, found = 0, []
        for frame in self.numbered[viewer]:
            if '"file"' in frame:
                break  # the match is judged, and everybody learns everything
            text = _STREAM.sub('"stream":"', frame.replace(self.party.code, "A" * 8))
            moments = dict(_TIMES.findall(text))
            opened = int(moments.get("opened", opened))
            text = _TIMES.sub(partial(_since, opened), text)
            found.append(_CIPHER.sub(lambda line: re.sub("[0-9]", "0", line[0]), text))
        return found, self.answers[viewer]


def _stands_at(number: int, window: Window) -> bool:
    return window.number == number


def _since(opened: int, moment: re.Match[str]) -> str:
    if moment[1] in ("now", "opened"):
        return f'"{moment[1]}":0'
    return f'"{moment[1]}":{int(moment[2]) - opened}'


async def begins(journal: StoredJournal, code: str, dealt: Dealt) -> None:
    """The match begins with this deal, as some worker committed it."""
    loaded = await journal.load(code)
    assert loaded is not None
    room, now = unfolded(loaded)[0].room, await journal.now()
    events = (t.MatchBegan(), dealt)
    plan = scheduled(room, after(room, events), now)
    assert plan is not None
    payload = msgspec.json.encode(t.Commit(now, VERSION, (*events, plan)))
    assert isinstance(await journal.commit(code, loaded.head, Change(payload, plan.deadline)), Committed)


def secret_deeds(twin: Twin, turn: int) -> list[tuple[Seat, c.SeatCommand]]:
    """Commands whose effect only these two may notice."""
    beria, rudenko = twin.roles[Role.BERIA], twin.roles[Role.RUDENKO]
    long, short = Text("К Москве: " + "я ничего не видел " * 9), Text("-")
    deeds: list[tuple[Seat, c.SeatCommand]] = [
        (rudenko, c.Speak(Channel.MOSCOW, short if twin.is_second else long)),
        (beria, c.Sign(long if twin.is_second else short, to=rudenko)),
        (beria, c.Use(PowerKind.TAP, seat=rudenko)),
    ]
    if twin.is_second:
        deeds += [
            (beria, c.HandBook(Book.CENTRE, rudenko)),
            (beria, c.Speak(Channel.WIRELESS, short, book=Book.CENTRE)),
            (rudenko, c.Speak(Channel.MOSCOW, long)),
        ]
    return deeds[turn % 2 :]


async def lived(
    arrive: Arrive, journal: StoredJournal, workers: tuple[Running, Running], dealt: Dealt, is_second: bool
) -> Twin:
    """A match for some turns, by people who see what they may."""
    party = await seated(arrive, workers, scenario="nineteenth", pace="blitz")
    spectator = await arrive(workers[1])
    roles = {role: seat for seat, role in zip(SEATS, dealt.roles, strict=True)}
    twin = Twin(party, journal, workers, roles, is_second, spectator)
    twin.windows.update({seat: party.windows[seat] for seat in SEATS})
    twin.windows[WATCHER] = await (await spectator.enter(party.code)).shown()
    for seat in SEATS[1:]:
        await party.windows[seat].done(t.GetReady(True))
    await twin.settled()
    await begins(journal, party.code, dealt)
    await party.all_see(lambda window: "match" in window.document)
    others = [seat for seat in SEATS if seat not in (roles[Role.BERIA], roles[Role.RUDENKO])]
    phases = 0
    while party.host.match.turn <= TURNS and party.host.match.phase in (Phase.DEAL, Phase.WIRE, Phase.INQUIRY):
        await _phase(twin, others)
        await twin.settled()
        whose: tuple[Viewer, ...] = (*others, WATCHER)
        await twin.comes_back(whose[phases % 4], phases)
        await end_phase(party, journal)
        await twin.settled()
        phases += 1
    assert phases >= TURNS
    for viewer in VIEWERS:
        twin.note(viewer)
    return twin


async def _phase(twin: Twin, others: list[Seat]) -> None:
    beria, rudenko = twin.roles[Role.BERIA], twin.roles[Role.RUDENKO]
    first, second = sorted((beria, rudenko), key=SEATS.index)
    for wake in range(WAKES):
        for seat in others:
            await twin.settled()
            window = twin.party.windows[seat]
            draw = partial(lots.below, f"{seat}{window.match.phase_number}{wake}".encode())
            for move in act(window.match, draw):
                if not isinstance(move, c.Report):  # Beria's counts twice, and so would his silence
                    await window.done(t.Play(move))
        if wake == 0:
            await _in_secret(twin, first, second)


async def _in_secret(twin: Twin, first: Seat, second: Seat) -> None:
    """Both seats order the same roads between them, and one of them is ready: in one match this one, else that one."""
    phase, turn = twin.party.host.match.phase, twin.party.host.match.turn
    roads = SECTORS[:2][:: -1 if twin.is_second else 1]
    deeds: list[tuple[Seat, c.SeatCommand]] = [(second if twin.is_second else first, c.Ready(True))]
    if phase is Phase.WIRE:
        prisoner = twin.party.host.match.prisoner
        deeds += [
            (seat, c.Seal((Order(OrderKind.HOLD, road),))) for seat, road in zip((first, second), roads, strict=True)
        ]
        deeds += secret_deeds(twin, turn)
        deeds = [(seat, deed) for seat, deed in deeds if prisoner not in (first, second) or isinstance(deed, c.Ready)]
    for seat, deed in deeds:
        await twin.party.windows[seat].done(t.Play(deed))


@pytest.mark.parametrize("number", range(DEALS))
async def test_who_may_not_know_is_sent_the_same_bytes(
    number: int, arrive: Arrive, journal: StoredJournal, workers: tuple[Running, Running]
) -> None:
    seed = lots.draw(b"twins", str(number), 0)
    dealt = deal(load("nineteenth", "front"), seed, bytes(32))
    changed = {Role.BERIA: Role.RUDENKO, Role.RUDENKO: Role.BERIA}
    other = replace(dealt, roles=tuple(changed.get(role, role) for role in dealt.roles))
    twins = []
    for is_second, roles in enumerate((dealt, other)):
        twins.append(await lived(arrive, journal, workers, roles, bool(is_second)))
    one, two = twins
    for viewer in VIEWERS:
        same = one.told(viewer) == two.told(viewer)
        may_know = viewer in (one.roles[Role.BERIA], two.roles[Role.BERIA])
        assert same is not may_know, _parted(one.told(viewer), two.told(viewer))
    assert sum(len(one.numbered[viewer]) for viewer in VIEWERS) > 150


def _parted(one: tuple[list[str], list[str]], two: tuple[list[str], list[str]]) -> str:
    pairs = [tuple(text.encode() for text in found[0] + found[1]) for found in (one, two)]
    return parted(list(pairs[0]), list(pairs[1]))
