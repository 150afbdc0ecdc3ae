"""What a commit sends each viewer: exactly the difference, under his own next number, and nothing if there is none."""

import itertools
import json
from typing import Any

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rules.codec import VERSION
from rules.events import Event, ReadySaid, Sealed, Spoke, TurnOpened
from rules.forms import Text
from rules.ids import SEATS, VIEWERS, Channel, Role, Viewer, Watcher
from rules.players.conscript import act
from rules.scenario import load
from rules.simulate import play
from rules.state import Message
from server.rooms import table as t
from server.rooms.delivery import Delivery, Shown, apply, difference, show
from tests.gateway.guests import merged
from tests.rooms.tables import NOW, lobby, playing

ON_ANY_MACHINE = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
LEAVES = st.booleans() | st.integers(-3, 3) | st.text(max_size=3) | st.lists(st.integers(0, 2), max_size=2)
OBJECTS = st.recursive(
    st.dictionaries(st.sampled_from("abc"), LEAVES, max_size=3),
    lambda inner: st.dictionaries(st.sampled_from("abc"), LEAVES | inner, max_size=3),
    max_leaves=12,
)


def commit(*events: t.RoomEvent | Event) -> t.Commit:
    return t.Commit(now=NOW, rules=VERSION, events=events)


def patches(deliveries: dict[Viewer, Delivery]) -> dict[Viewer, Any]:
    return {viewer: json.loads(bytes(delivery.patch)) for viewer, delivery in deliveries.items()}


@ON_ANY_MACHINE
@given(OBJECTS, OBJECTS)
def test_a_difference_makes_the_one_out_of_the_other_and_is_empty_for_the_same(before: Any, now: Any) -> None:
    assert merged(before, difference(before, now, {})) == now
    assert difference(now, json.loads(json.dumps(now)), {}) == {}


@ON_ANY_MACHINE
@given(OBJECTS, OBJECTS)
def test_a_difference_mentions_nothing_that_stays(before: Any, now: Any) -> None:
    patch = difference(before, now, {})
    assert not [key for key in patch if key in before and key in now and before[key] == now[key]]
    assert all((key in before and key not in now) == (value is None) for key, value in patch.items())


def test_a_whole_match_of_changes_folds_to_every_viewers_document() -> None:
    played = play(load("nineteenth", "front"), b"w" * 32, dict.fromkeys(SEATS, act))
    shown = show(playing(people=0))
    documents = {viewer: as_sent(shown, viewer) for viewer in VIEWERS}
    numbers = dict.fromkeys(VIEWERS, 0)
    for event in played.events:
        shown, deliveries = apply(shown, commit(event))
        for viewer, patch in patches(deliveries).items():
            numbers[viewer] += 1
            assert deliveries[viewer].number == numbers[viewer]
            documents[viewer] = merged(documents[viewer], patch)
    for viewer in VIEWERS:
        assert documents[viewer] == as_sent(shown, viewer) == as_sent(show(shown.room), viewer)
    assert shown.room.counts == tuple(numbers.values())


def as_sent(shown: Shown, viewer: Viewer) -> Any:
    return written(shown.documents[viewer])


def told(shown: Shown, *events: t.RoomEvent | Event) -> set[Viewer]:
    after, deliveries = apply(shown, commit(*events))
    grown = {v for v, n, m in zip(VIEWERS, shown.room.counts, after.room.counts, strict=True) if m == n + 1}
    assert grown == set(deliveries), "a number for each that is sent, and for nobody else"
    return set(deliveries)


def test_what_only_one_may_know_is_sent_to_him_alone_and_counted_for_him_alone() -> None:
    shown = show(playing())
    assert shown.room.match is not None
    assert told(shown, ReadySaid(SEATS[2], True)) == set(VIEWERS)
    played = play(load("nineteenth", "front"), b"w" * 32, dict.fromkeys(SEATS, act))
    shown = show(playing())
    opening = next(place for place, event in enumerate(played.events) if isinstance(event, TurnOpened))
    shown, _ = apply(shown, commit(*played.events[: opening + 1]))
    match = shown.room.match
    assert match is not None
    pavel = match.seat_of(Role.PAVEL)
    one, other = [seat for seat in SEATS if seat is not pavel][:2]
    letter = Message(turn=1, channel=Channel.LETTER, body=Text("secret"), author=one, to=other)
    assert told(shown, Spoke(letter)) == {one, other, pavel}
    seal = next(event for event in played.events if isinstance(event, Sealed) and event.orders)
    assert told(shown, seal) == {seal.seat}


def test_what_nobody_sees_is_sent_to_nobody() -> None:
    shown = show(lobby(2))
    assert told(shown, t.SeatEntered(SEATS[0], 1)) == set()
    assert told(shown, t.Acted("instance", 1)) == set()
    assert told(shown, t.Renamed(SEATS[0], "Officer 0")) == set()
    assert told(shown, t.Renamed(SEATS[0], "Ivan"), t.Acted("instance", 2)) == set(VIEWERS)


def test_structs_differ_as_what_is_written_of_them_does() -> None:
    played = play(load("nineteenth", "front"), b"w" * 32, dict.fromkeys(SEATS, act))
    shown = show(lobby(2))
    for events in ((t.MatchBegan(), played.events[0]), *((event,) for event in played.events[1:])):
        before, (shown, _) = shown, apply(shown, commit(*events))
        for viewer in VIEWERS:
            patch = written(difference(before.documents[viewer], shown.documents[viewer], {}))
            assert patch == difference(as_sent(before, viewer), as_sent(shown, viewer), {})


def test_structs_of_two_kinds_differ_as_what_is_written_of_them_does() -> None:
    kinds = (
        t.TakeSeat(SEATS[0]),
        t.Leave(),
        t.Place("Ivan", ready=True),
        t.Place(),
        t.GetReady(True),
        {"type": "leave"},
    )
    for before, now in itertools.product(kinds, kinds):
        assert written(difference(before, now, {})) == difference(written(before), written(now), {})


def written(thing: Any) -> Any:
    return json.loads(msgspec.json.encode(thing))


def test_a_patch_of_a_hidden_thing_that_ends_says_no_more_than_that_it_is_gone() -> None:
    before, after = {"a": {"secret": 1, "seen": 2}}, {"a": {"seen": 2}}
    assert difference(before, after, {}) == {"a": {"secret": None}}
    assert Watcher.WATCHER in show(lobby()).documents
