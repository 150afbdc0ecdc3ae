"""When something is sent, and when something ends, follows from what everybody may know."""

from collections import Counter
from collections.abc import Iterator
from itertools import permutations
from random import Random

import pytest
from msgspec.structs import replace

from rules import events as e
from rules import lots, wireless
from rules.commands import Close
from rules.decide import close
from rules.ids import ROLES, SEATS, VIEWERS, Phase, Role, Viewer
from rules.state import State
from server.gateway import wire
from server.rooms import table as t
from server.rooms.delivery import Delivery, Shown, after, apply, show
from server.rooms.room import Room, Sitter
from server.rooms.schedule import scheduled
from server.rooms.stand_ins import missed
from server.rooms.ticks import tick
from tests.leaks.cases import in_a_room
from tests.leaks.worlds import NOW, Cast, World
from tests.rules import oracle
from tests.rules.strategies import Step, match

SOME_DEALS = list(permutations(ROLES))[::7]


def with_bots(room: Room, they_stand_in: bool) -> Room:
    """The same table with bots on all seats but the first."""
    levels = zip(room.sitters[1:], (*t.BotLevel, t.BotLevel.OFFICER), strict=True)
    bots = (replace(sitter, bot=level) if they_stand_in else Sitter(bot=level) for sitter, level in levels)
    return replace(room, sitters=(room.sitters[0], *bots))


def test_the_moments_of_bots_are_the_same_for_every_deal() -> None:
    for they_stand_in in (False, True):
        state = next(step.before for step in match(0).steps if step.before.phase is Phase.WIRE)
        found = set()
        for roles in SOME_DEALS:
            room = with_bots(in_a_room(dealt(state, roles), Cast()), they_stand_in)
            found.add(scheduled(room, replace(room, opened=None), NOW))
        assert len(found) == 1
        (plan,) = found
        assert plan is not None
        assert {seat for seat, _ in plan.bots} == set(SEATS[1:])


def dealt(state: State, roles: tuple[Role, ...]) -> State:
    """The same match, had it been dealt so."""
    officers = tuple(replace(o, role=role) for o, role in zip(state.officers, roles, strict=True))
    return replace(state, officers=officers)


def test_what_is_missed_is_the_same_for_every_deal() -> None:
    """A missed choice becomes visible with the take-over: by nothing that one role alone owes."""
    closing = [step.before for number in range(3) for step in match(number).steps if isinstance(step.command, Close)]
    assert {Phase.WIRE, Phase.INQUIRY, Phase.NAMING} <= {state.phase for state in closing}
    cast, counted = Cast(), 0
    for state in closing:
        for seen_in in (0, state.phase_number):
            found = {missed(silent(dealt(replace(state, patron=None), roles), cast, seen_in)) for roles in SOME_DEALS}
            assert len(found) == 1, (state.phase, seen_in)
            counted += found != {()}
    assert counted > 10


def silent(state: State, cast: Cast, seen_in: int) -> Room:
    """A room in which each has missed a choice; what he does next decides. `seen_in`: when he was last seen."""
    room = in_a_room(state, cast)
    people = (room.person(seat) for seat in SEATS)
    sitters = (Sitter(person=replace(p, missed=1, seen_in=seen_in)) for p in people if p is not None)
    return replace(room, sitters=tuple(sitters))


def bots_alone(
    level: t.BotLevel, ticks: int, they_stand_in: bool = False
) -> Iterator[tuple[Room, Shown, dict[Viewer, Delivery]]]:
    """A table of bots by the clock alone: the room before each tick, after it, and what was shown for it."""
    room = replace(in_a_room(None, Cast()), host=None)
    begins: tuple[t.RoomEvent | e.Event, ...] = (t.MatchBegan(), match(0).dealt)
    if they_stand_in:
        begins += tuple(t.StoodIn(seat, level) for seat in SEATS)
    else:
        room = replace(room, sitters=(Sitter(bot=level),) * len(SEATS))
    plan = scheduled(room, after(room, begins), NOW)
    assert plan is not None
    shown, _ = apply(show(room), t.Commit(NOW, "1", (*begins, plan)))
    for _ in range(ticks):
        room, due = shown.room, shown.room.due()
        if due is None:
            return
        now = max(due, room.last)
        events = tick(room, now)
        plan = scheduled(room, after(room, events), now)
        shown, deliveries = apply(shown, t.Commit(now, "1", events if plan is None else (*events, plan)))
        yield room, shown, deliveries


@pytest.mark.parametrize("they_stand_in", [False, True], ids=["bots", "stand-ins"])
@pytest.mark.parametrize("level", [t.BotLevel.CONSCRIPT, t.BotLevel.OFFICER])
def test_a_bot_is_not_ready_in_the_moment_in_which_it_is_heard(level: t.BotLevel, they_stand_in: bool) -> None:
    """Or all would know which seat it is that is ready, and only how many may show."""
    found = 0
    for before, shown, deliveries in bots_alone(level, 60, they_stand_in):
        one, two = before.match, shown.room.match
        assert one is not None
        assert two is not None
        if one.phase_number == two.phase_number and len(two.ready) > len(one.ready):
            found += 1
            others = {viewer: bytes(d.patch) for viewer, d in deliveries.items() if viewer not in two.ready[-1:]}
            assert not any(b'"papers"' in patch for patch in others.values()), two.ready[-1]
    assert found > 10


def test_the_end_of_a_phase_follows_from_its_opening_and_the_number_of_ready_seats() -> None:
    random = Random(19)
    for number in range(4):
        for step in match(number).steps[::9]:
            for viewer in VIEWERS:
                there = oracle.scrambled(step.before, viewer, random)
                assert _times(step.before) == _times(there), (viewer, step.command)


def _times(state: State) -> t.Scheduled | None:
    room = in_a_room(state, Cast())
    return scheduled(room, replace(room, earliest=None), NOW)


def stretches() -> list[tuple[Step, ...]]:
    """The beginning of a match, and a stretch of another with a prisoner in the Room."""
    steps = match(1).steps
    at = next(at for at, step in enumerate(steps) if step.before.prisoner is not None)
    return [match(0).steps[:60], steps[at : at + 60]]


async def test_whoever_may_notice_nothing_is_sent_nothing() -> None:
    """Six windows: one change a step at most, never an empty one, and only to those who may notice."""
    silent: Counter[Viewer] = Counter()
    for steps in stretches():
        cast = Cast()
        world = await World(in_a_room(steps[0].before, cast), cast).opened()
        windows = {viewer: await world.enters(viewer) for viewer in VIEWERS}
        for step in steps:
            told = {viewer: len(window.outbox.frames) for viewer, window in windows.items()}
            may = {viewer for event in step.events for viewer in oracle.may_notice(step.before, event)}
            await world.happens(step.events)
            for viewer, window in windows.items():
                fresh = [wire.decode_server(frame) for frame in window.outbox.frames[told[viewer] :]]
                assert len(fresh) <= (viewer in may), (viewer, step.command)
                assert all(isinstance(message, wire.Change) and bytes(message.patch) != b"{}" for message in fresh)
                silent[viewer] += not fresh
        for window in windows.values():
            numbers = [m.n for f in window.outbox.frames if isinstance(m := wire.decode_server(f), wire.Change)]
            assert numbers == list(range(1, len(numbers) + 1))
    assert min(silent[viewer] for viewer in VIEWERS) > 10, silent


def test_a_line_of_noise_looks_like_one_in_cipher() -> None:
    """Every digit about as often as any other, in groups of the same shape."""
    seed = bytes(range(32))
    noise = [wireless.noise(seed, f"{number}") for number in range(40)]
    secret = lots.draw(seed, "book:staff", 0)
    cipher = [wireless.encrypt("Держим реку", secret, f"{number}") for number in range(40)]
    assert {len(line) for line in noise} == {len(line) for line in cipher}
    for lines in (noise, cipher):
        digits = Counter(digit for line in lines for digit in line if digit != " ")
        total = sum(digits.values())
        assert all(0.085 < digits[digit] / total < 0.115 for digit in "0123456789"), digits


def test_every_line_of_a_sheet_is_there_used_or_not() -> None:
    shapes = set()
    for step in match(0).steps:
        closes = next((event for event in step.events if isinstance(event, e.WireClosed)), None)
        if closes is not None:
            closed = close(step.before, Close(step.before.phase_number))
            assert isinstance(closed, tuple)
            sheets = next(event.sheets for event in closed if isinstance(event, e.WireClosed))
            shapes |= {tuple(len(line) for line in sheet) for sheet in sheets}
    assert len(shapes) == 1, "a sheet that was used has another shape than one that was not"
