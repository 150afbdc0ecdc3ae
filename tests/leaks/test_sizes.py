"""How long frames are tells whoever watches an encrypted line nothing of the role that sits at its end."""

import json
from collections import Counter

import msgspec

from rules import commands as c
from rules.forms import Text
from rules.ids import SEATS, VIEWERS, Channel, Phase, PowerKind
from server.gateway import sizes, wire
from server.rooms import table as t
from server.rooms.delivery import Delivery, apply, show
from tests.leaks.cases import in_a_room
from tests.leaks.worlds import NOW, Cast, World
from tests.rules.strategies import Step, answered, match

MATCHES = 24
LONGEST = Text("Ж" * 280)


def length(delivery: Delivery) -> int:
    """Bytes of a change as a connection sends it, but for its padding."""
    return len(wire.encode(wire.Change(delivery.number + 10_000, delivery.patch)))


def lengths_of(step: Step) -> dict[str, int]:
    """What one step sends each seat, as long as it is without spaces."""
    room = in_a_room(step.before, Cast())
    _, deliveries = apply(show(room), t.Commit(NOW + 1, "1", (*step.events, t.Scheduled(NOW + 1))))
    return {str(viewer): length(delivery) for viewer, delivery in deliveries.items() if viewer in SEATS}


def openings(number: int) -> list[Step]:
    """The ends of phases of a match, but for its last."""
    steps = match(number).steps
    return [step for step in steps if isinstance(step.command, c.Close) and step.after.phase is not Phase.FINISHED]


async def test_a_deal_and_every_opening_are_as_long_for_each_seat() -> None:
    """Without spaces they are not: the second figure says so, lest this test prove nothing."""
    differed = 0
    for number in range(0, MATCHES, 3):
        cast = Cast()
        world = await World(in_a_room(None, cast), cast).opened()
        windows = {seat: await world.enters(seat) for seat in SEATS}
        await world.happens((t.MatchBegan(), match(number).dealt))
        assert {len(window.outbox.frames[-1]) for window in windows.values()} == {sizes.OPENING}
        first = openings(number)[0]
        await world.happens(first.events)
        assert {len(window.outbox.frames[-1]) for window in windows.values()} == {sizes.OPENING}
    for number in range(MATCHES):
        for step in openings(number):
            found = lengths_of(step)
            assert set(found) == set(SEATS)
            differed += len(set(found.values())) > 1
            assert {sizes.size_of(each, sizes.OPENING) for each in found.values()} == {sizes.OPENING}, found
    assert differed > 50


def test_what_a_command_changes_is_as_long_whatever_it_was() -> None:
    """But for what opens a whole bundle of papers at once: a tap, and a book with its past traffic."""
    seen: Counter[str] = Counter()
    for number in range(0, MATCHES, 2):
        for step in match(number).steps[::3]:
            bundle = isinstance(step.command, c.HandBook) or _is_tap(step.command)
            if not isinstance(step.command, c.Close) and not bundle:
                seen[type(step.command).__name__] += 1
                assert all(each <= sizes.CHANGE for each in lengths_of(step).values()), step.command
    assert len(seen) >= 8, seen


def _is_tap(command: c.Command) -> bool:
    return isinstance(command, c.Use) and command.power is PowerKind.TAP


def test_the_longest_letter_is_no_longer_than_any_other_change() -> None:
    steps = match(0).steps
    step = next(step for step in steps if step.before.phase is Phase.WIRE)
    for channel, to in ((Channel.OPEN, None), (Channel.LETTER, SEATS[1]), (Channel.MOSCOW, None)):
        events = answered(step.before, SEATS[0], c.Speak(channel, LONGEST, to=to))
        assert isinstance(events, tuple)
        said = Step(SEATS[0], step.command, step.before, events, step.after)
        assert all(each <= sizes.CHANGE for each in lengths_of(said).values())


def test_documents_that_are_come_back_to_have_few_sizes() -> None:
    """Near a step two seats may lie on either side of it: rarely, and never in the first turn."""
    apart = asked = 0
    for number in range(0, MATCHES, 2):
        for step in openings(number):
            room = in_a_room(step.after, Cast())
            shown = show(room).documents
            whole = {len(msgspec.json.encode(shown[seat])) for seat in SEATS}
            found = {sizes.size_of(each + 60, sizes.WHOLE) for each in whole}
            asked += 1
            apart += len(found) > 1
            assert len(found) == 1 or step.after.turn_number > 1
    assert apart / asked < 0.1, (apart, asked)


def test_a_frame_is_read_the_same_with_its_spaces() -> None:
    frame = wire.encode(wire.Refused(7, "not_yours"))
    for padded in (sizes.padded(frame, sizes.SHORT), sizes.padded(frame, sizes.CHANGE)):
        assert wire.decode_server(padded) == wire.Refused(7, "not_yours")
        assert json.loads(padded)["code"] == "not_yours"
    assert len(sizes.padded(b"x" * 40_000, sizes.WHOLE)) == 65_536
    assert len(sizes.padded(b"x" * 128, sizes.SHORT)) == 128
    assert len(sizes.padded(b"x" * 129, sizes.SHORT)) == 1_024


async def test_everything_that_a_connection_sends_has_one_of_the_sizes() -> None:
    step, cast = match(0).steps[40], Cast()
    world = await World(in_a_room(step.before, cast), cast).opened()
    windows = [await world.enters(viewer) for viewer in VIEWERS]
    await world.happens(step.events)
    for window in windows:
        await window.does(t.Play(c.Ready(True)))
        await window.session.hear(wire.Ping(19))
        window.session.present(SEATS, 3)
    known = {sizes.SHORT, sizes.CHANGE, sizes.OPENING, sizes.WHOLE, 2 * sizes.WHOLE}
    assert {len(frame) for window in windows for frame in window.outbox.frames} <= known
