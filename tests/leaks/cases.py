"""One case of non-interference: a viewer in two worlds that differ by what he may not know, and the same before him.

All that he is sent is compared after each step: frames as bytes, answers, goodbyes, and what HTTP tells him.
"""

import asyncio
from collections.abc import Callable
from random import Random
from typing import Any

import httpx2
from msgspec.structs import replace

from rules import commands as c
from rules import events as e
from rules.evolve import evolve
from rules.ids import SEATS, WATCHER, Channel, Role, Seat, Viewer
from rules.state import Message, State
from server.gateway import wire
from server.rooms import table as t
from server.rooms.paces import PACES
from server.rooms.room import Room, opened
from server.rooms.stand_ins import STANDS_IN_AFTER
from tests.leaks.shadows import Parting, Shadow
from tests.leaks.worlds import CODE, NOW, Cast, World
from tests.rules import oracle
from tests.rules.strategies import EVERY_COMMAND, Step, match

STEPS = 4
OPTIONS = t.Options("nineteenth", "front", t.Pace.LIVE, listed=True, spectators=True)


class Case:
    """Two worlds, the viewer's window in each, and what has happened so far."""

    def __init__(self, number: int, at: int, viewer: Viewer, chance: int, hidden: set[type]) -> None:
        self.viewer = viewer
        self.random = Random(chance)
        self.shadow = Shadow(viewer, self.random, hidden)
        steps = match(number).steps
        at %= len(steps)
        self.dealt = match(number).dealt if at == 0 else None
        self.steps = steps[at : at + STEPS]
        self.cast = Cast()
        self.done: list[Any] = []

    async def prepared(self) -> "Case":
        """Both worlds, and a window in each. The first state of a match is dealt before the viewer's eyes."""
        state = self.steps[0].before
        other = _seen_by_all(oracle.scrambled(state, self.viewer, self.random), self.viewer)
        other = _alike_tomorrow(state, other)
        self.same_lots = self.random.random() < 0.5
        if self.same_lots:
            other = replace(other, seed=state.seed)
        matches = (state, other) if self.dealt is None else (None, None)
        self.here, self.there = [await World(in_a_room(match, self.cast), self.cast).opened() for match in matches]
        self.windows = [await self.here.enters(self.viewer), await self.there.enters(self.viewer)]
        self.compare("entered")
        if self.dealt is not None:
            self.shadow.hidden.add(e.Dealt)
            await self.here.happens((t.MatchBegan(), self.dealt))
            await self.there.happens((t.MatchBegan(), _dealt(other)))
            self.compare("dealt")
        return self

    @property
    def worlds(self) -> tuple[World, World]:
        """This one, and the one that he cannot tell from it."""
        return self.here, self.there

    def compare(self, step: object) -> None:
        """Whatever was sent, in one world and in the other."""
        self.done.append(step)
        for one, two in zip(self.here.windows, self.there.windows, strict=True):
            assert one.frames == two.frames, parted(one.frames, two.frames, self.viewer, self.done)
            assert one.session.bye == two.session.bye, (self.viewer, self.done)
            assert one.told == two.told, (self.viewer, self.done)

    async def states(self) -> tuple[State, State]:
        """Where the matches stand."""
        found = [(await world.newest()).room.match for world in self.worlds]
        assert found[0] is not None
        assert found[1] is not None
        return found[0], found[1]

    async def lived(self) -> None:
        """The steps, with something else between them."""
        try:
            for step in self.steps:
                await self.random.choice(BETWEEN)(self)
                await self._step(step)
        except Parting:
            pass

    async def _step(self, step: Step) -> None:
        if step.seat == self.viewer:
            assert not isinstance(step.command, c.Close)
            await self.asks(step.command)
            return
        worker = int(self.random.random() < 0.2)
        here, there = await self.states()
        events: list[e.Event] = []
        for event in step.events:
            shadows = self.shadow.of(here, there, event)
            here, there = _after(here, event), _after(there, *shadows)
            events += shadows
        events += self.shadow.besides(there)
        await self.here.happens(step.events, worker)
        await self.there.happens(tuple(events), worker)
        self.compare((step.seat, step.command))

    async def asks(self, command: c.SeatCommand) -> None:
        """A command of the viewer's own. What would show him, by right, what differs is left out."""
        state = (await self.states())[0]
        if self._would_learn(state, command):
            return
        for window in self.windows:
            await window.does(t.Play(command))
        self.compare(command)

    def _would_learn(self, state: State, command: c.SeatCommand) -> bool:
        role = None if self.viewer is WATCHER else state.officer(Seat(self.viewer)).role
        match command:
            case c.OpenEnvelope():
                return role is Role.PAVEL
            case c.Use():
                return role is Role.BERIA
            case c.HandBook():
                return True
            case c.Speak(channel=Channel.WIRELESS):
                return not self.same_lots  # its line on the sheet is drawn
            case _:
                return False


def _dealt(state: State) -> e.Dealt:
    """The deal that this state comes from."""
    roles = tuple(officer.role for officer in state.officers)
    return e.Dealt(state.scenario, state.seed, state.salt, state.commitment, roles)


def _after(state: State, *events: e.Event) -> State:
    for event in events:
        state = evolve(state, event)
    return state


def _alike_tomorrow(state: State, other: State) -> State:
    """A regiment that is on its way is hidden today; tomorrow all see it come."""
    if not state.turns:
        return other
    return replace(other, turns=(*other.turns[:-1], replace(other.turn, granted=state.turn.granted)))


def _seen_by_all(other: State, viewer: Viewer) -> State:
    """A scrambled state in order again, as far as the other viewers' documents need it: a letter has an addressee."""
    messages = tuple(_whole(message) for message in other.messages)
    other = replace(other, messages=messages)
    if viewer is not WATCHER and other.officer(Seat(viewer)).role is Role.PAVEL:
        return other
    letters = tuple(place for place, message in enumerate(messages) if message.channel is Channel.LETTER)
    return replace(other, envelopes=letters, turns=tuple(replace(turn, opened=None) for turn in other.turns))


def _whole(message: Message) -> Message:
    is_broken = message.turn == 0 if message.channel is Channel.ROOM else message.to is None
    broken = is_broken and message.channel in (Channel.ROOM, Channel.LETTER)
    return replace(message, channel=Channel.MOSCOW) if broken else message


def in_a_room(state: State | None, cast: Cast) -> Room:
    """A room in which this match is played, at the opening of its phase; without one, its lobby."""
    room = cast.sitting(opened(t.RoomOpened(CODE, OPTIONS)))
    if state is None:
        return replace(room, last=NOW)
    span = PACES[OPTIONS.pace].get(state.phase)
    stage = t.Stage.MATCH if span is not None else t.Stage.OVER
    room = replace(room, stage=stage, match=state, matches=1, last=NOW)
    if span is None:
        return room
    earliest = NOW + 1000 * span.minimum
    deadline = earliest if len(state.ready) == len(SEATS) else NOW + 1000 * span.length
    return replace(room, opened=NOW, earliest=earliest, deadline=deadline)


# What may happen between two steps, the same in both worlds.


async def _nothing(case: Case) -> None:
    pass


async def _pokes(case: Case) -> None:
    """The viewer tries something, allowed or not."""
    for command in case.random.sample(EVERY_COMMAND, 3):
        await case.asks(command)


async def _asks_the_time(case: Case) -> None:
    for window in case.windows:
        await window.session.hear(wire.Ping(19))
    case.compare("ping")


async def _comes_back(case: Case) -> None:
    """His page opens another line, with a cursor that may be anywhere, on a worker that may be new."""
    worker, is_new = case.random.randrange(2), case.random.random() < 0.5
    cursor = case.windows[0].cursor
    missing = case.random.randrange(-1, 4)
    found = []
    for world, window in zip(case.worlds, case.windows, strict=True):
        if is_new:
            world.forget(worker)
        stream = window.cursor.stream
        number = max(0, cursor.n - missing)
        found.append(await world.enters(case.viewer, worker, wire.Cursor(stream, number)))
    case.windows = found
    case.compare(("came back", worker, is_new, missing))


async def _somebody_looks_in(case: Case) -> None:
    """Others come, go and do something unseen in one world alone: neither a window nor a count says so to anybody."""
    seat = case.random.choice([seat for seat in SEATS if seat is not case.viewer])
    generation = case.random.randrange(1, 9)
    await case.there.happens((t.SeatEntered(seat, generation), t.Acted("somewhere", generation, seat)))
    case.compare("a window entered")


async def _somebody_is_silent(case: Case) -> None:
    """In one world alone somebody has missed a choice, or has not: a deed that nobody sees makes the difference."""
    seat = case.random.choice([seat for seat in SEATS if seat is not case.viewer])
    noted = t.ShowedUp(seat) if case.random.random() < 0.3 else t.ChoiceMissed(seat, STANDS_IN_AFTER - 1)
    await case.there.happens((noted,))
    case.compare("a choice was missed")


async def _somebody_leaves(case: Case) -> None:
    seat = case.random.choice([seat for seat in SEATS[1:] if seat is not case.viewer])
    for world in case.worlds:
        await world.happens((t.SeatLeft(seat), t.BotSat(seat, t.BotLevel.OFFICER)))
    case.compare("an officer took over")


async def _time_passes(case: Case) -> None:
    by = 1000 * case.random.randrange(2)
    for world in case.worlds:
        await world.journal.move_clock(by)


BETWEEN: tuple[Callable[[Case], Any], ...] = (
    _nothing,
    _nothing,
    _pokes,
    _asks_the_time,
    _comes_back,
    _comes_back,
    _somebody_looks_in,
    _somebody_is_silent,
    _somebody_leaves,
    _time_passes,
)


async def live(number: int, at: int, viewer: Viewer, chance: int, hidden: set[type]) -> None:
    """One case; AssertionError if the viewer can tell the worlds apart."""
    case = await Case(number, at, viewer, chance, hidden).prepared()
    await case.lived()


def parted(one: list[bytes], two: list[bytes], *said: object) -> str:
    """Where two transcripts part."""
    at = next((at for at, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))
    ends = [frames[at].decode() if at < len(frames) else "nothing" for frames in (one, two)]
    pairs = zip(*ends, strict=False)
    same = next((at for at, (a, b) in enumerate(pairs) if a != b), 0)
    ends = [f"…{end[max(0, same - 200) : same + 200]}…" for end in ends]
    return f"{said}: frame {at} is\n{ends[0]}\nhere and there\n{ends[1]}"


# HTTP.


async def ask_over_http(case: Case) -> None:
    """Every route, as the viewer's browser asks it: nothing in an answer tells the worlds apart."""
    here, there = await asyncio.gather(*(_answers(world, case.viewer) for world in case.worlds))
    assert here == there


async def _answers(world: World, viewer: Viewer) -> list[tuple[int, dict[str, str], bytes]]:
    async with world.browser(viewer) as browser:
        return [_told(await browser.request(method, path, json=body)) for method, path, body in REQUESTS]


REQUESTS: tuple[tuple[str, str, Any], ...] = (
    ("GET", f"/api/rooms/{CODE}", None),
    ("GET", "/api/rooms", None),
    ("POST", f"/api/rooms/{CODE}/seat", {"nickname": "Ivan"}),
    ("POST", f"/api/rooms/{CODE}/seat", {"nickname": "Ivan", "seat": "luna"}),
    ("POST", f"/api/rooms/{CODE}/ticket", None),
    ("POST", f"/api/rooms/{CODE}/program", {"seat": "luna"}),
    ("POST", f"/api/rooms/{CODE}/block", {"seat": "luna"}),
    ("GET", "/api/blocks", None),
    ("GET", f"/api/rooms/{CODE}/file", None),
    ("GET", "/api/rooms/ABCDEFG0", None),
    ("POST", "/api/session", None),
)


def _told(answer: httpx2.Response) -> tuple[int, dict[str, str], bytes]:
    return answer.status_code, dict(answer.headers), answer.content


async def live_over_http(number: int, at: int, viewer: Viewer, chance: int, hidden: set[type]) -> None:
    """One case as HTTP tells of it, before and after something happened."""
    case = await Case(number, at, viewer, chance, hidden).prepared()
    await ask_over_http(case)
    await case.lived()
    await ask_over_http(case)
