"""Whoever may not know, is not told: what a viewer sees is a function of what the rulebook lets him know.

States are drawn from random matches, everything that the viewer may not know is changed, and his bytes must stay the
same: the view, what each of his own commands is answered, and all that he sees while the same things happen before him.
`NINETEENTH_CASES` in the environment asks for more than the ordinary run's cases, freshly drawn.
"""

import os
import re
from collections import Counter, defaultdict
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from rules import commands as c
from rules import events as e
from rules.codec import encode_view
from rules.evolve import evolve
from rules.forms import Agree, Refuse
from rules.ids import SEATS, VIEWERS, WATCHER, Channel, Phase, PowerKind, Role, Seat, Viewer
from rules.legal import can
from rules.project import project
from rules.refusals import Refusal
from rules.state import State
from rules.view import TurnView, View
from tests.rules import oracle
from tests.rules.strategies import EVERY_COMMAND, MATCHES, Step, answered, folded, listed, match, viewers

CASES = int(os.environ.get("NINETEENTH_CASES", "2000"))
drawn = settings(
    max_examples=CASES,
    deadline=None,
    derandomize="NINETEENTH_CASES" not in os.environ,
    database=None,
    suppress_health_check=list(HealthCheck),
)
entropy = st.integers(0, 2**32)


@pytest.fixture(scope="module", autouse=True)
def _pool() -> None:
    for number in range(MATCHES):
        match(number)


def look_alike(one: State, two: State, viewer: Viewer) -> bool:
    """Whether the bytes of two views are the same. Of the sheets, cipher and noise, the shape counts alone."""
    here, there = project(one, viewer), project(two, viewer)
    return encode_view(here) == encode_view(there) or encode_view(blanked(here)) == encode_view(blanked(there))


def blanked(view: View) -> View:
    return replace(view, turns={number: blanked_turn(turn) for number, turn in view.turns.items()})


def blanked_turn(turn: TurnView) -> TurnView:
    if turn.sheets is None:
        return turn
    return replace(turn, sheets={s: tuple(re.sub("[0-9]", "0", line) for line in turn.sheets[s]) for s in turn.sheets})


def verdict(answer: tuple[e.Event, ...] | Refusal) -> str:
    return answer.code if isinstance(answer, Refusal) else "done"


def running(number: int, at: int) -> State:
    """A state of a match that is not over."""
    steps = match(number).steps
    return steps[at % len(steps)].before


@drawn
@given(st.integers(0, MATCHES - 1), entropy, viewers, entropy)
def test_a_view_does_not_change_with_what_its_viewer_may_not_know(
    number: int, at: int, viewer: Viewer, chance: int
) -> None:
    state = running(number, at)
    other = oracle.scrambled(state, viewer, Random(chance))
    assert encode_view(project(other, viewer)) == encode_view(project(state, viewer))


DRAWS_A_LOT_OR_REVEALS = (c.OpenEnvelope, c.Use)


@settings(drawn, max_examples=max(200, CASES // 4))
@given(st.integers(0, MATCHES - 1), entropy, st.sampled_from(SEATS), entropy)
def test_answers_to_a_seats_commands_do_not_change_with_what_it_may_not_know(
    number: int, at: int, seat: Seat, chance: int
) -> None:
    state, random = running(number, at), Random(chance)
    other = oracle.scrambled(state, seat, random)
    legal = list(listed(can(state, seat), len(state.papers_of(seat))))
    for command in (*random.sample(EVERY_COMMAND, 30), *random.sample(legal, min(10, len(legal)))):
        here, there = answered(state, seat, command), answered(other, seat, command)
        assert verdict(here) == verdict(there), command
        is_wireless = isinstance(command, c.Speak) and command.channel is Channel.WIRELESS  # its line is drawn by lot
        if isinstance(here, tuple) and isinstance(there, tuple) and here and not is_wireless:
            if isinstance(command, DRAWS_A_LOT_OR_REVEALS):
                continue
            assert look_alike(folded(state, here), folded(other, there), seat), command


OCCURRENCES = 40


def test_an_event_shows_to_nobody_but_those_who_may_notice_it() -> None:
    looked: Counter[type] = Counter()
    hidden: defaultdict[type, set[Viewer]] = defaultdict(set)
    for number in range(MATCHES):
        state: State | None = None
        for event in match(number).events:
            before, state = state, (evolve(state, event) if state else evolve(match(number).steps[0].before, event))
            if before is None or (looked[type(event)] >= OCCURRENCES and not isinstance(event, e.Spoke)):
                continue
            if isinstance(event, e.Spoke) and looked[e.Spoke] >= 8 * OCCURRENCES:
                continue
            looked[type(event)] += 1
            may = oracle.may_notice(before, event)
            for viewer in VIEWERS:
                changed = encode_view(project(before, viewer)) != encode_view(project(state, viewer))
                assert not changed or viewer in may, (viewer, event)
                if not changed:
                    hidden[type(event)].add(viewer)
    every = set(e.Event.__args__)
    can_be_hidden = every - set(oracle.PUBLIC_BY_NATURE)
    share = len(can_be_hidden & set(hidden)) / len(can_be_hidden)
    assert set(looked) == every - {e.Dealt}, "every kind of event happened"
    assert share >= 0.95, can_be_hidden - set(hidden)


def test_every_paper_was_filed_where_the_rulebook_says() -> None:
    for number in range(0, MATCHES, 2):
        log: list[tuple[State, e.Event]] = []
        for count, step in enumerate(match(number).steps):
            state = step.before
            for event in step.events:
                log.append((state, event))
                state = evolve(state, event)
            if count % 25 == 0 or state.phase is Phase.FINISHED:
                assert {viewer: set(state.papers_of(viewer)) for viewer in VIEWERS} == oracle.readable(log)


# Twins: one takes a hidden command more, then both live through the same things before the viewer.

FOR_THE_PHASE = "for the phase"
FOR_GOOD = "for good"
HIDDEN_KINDS = {
    *(f"speak {channel}" for channel in Channel),
    *("sign", "hand_book", "seal", "phone", "open_envelope", "pick", "demand", "answer", "report", "denote"),
    *(f"use {power}" for power in PowerKind),
}


def kind_of(command: c.SeatCommand) -> str:
    name = str(command.__struct_config__.tag)
    match command:
        case c.Speak(channel=channel):
            return f"{name} {channel}"
        case c.Use(power=power):
            return f"{name} {power}"
        case _:
            return name


def how_long_hidden(state: State, seat: Seat, command: c.SeatCommand, viewer: Viewer) -> str | None:
    """For how long this viewer may not notice that another seat did this. None: he may, or it is public."""
    beria, pavel = state.seat_of(Role.BERIA), state.seat_of(Role.PAVEL)
    cut_off = viewer == state.prisoner
    match command:
        case c.Ready():
            return None
        case c.Speak(channel=Channel.ROOM):
            return None if viewer in (state.prisoner, beria) else FOR_GOOD
        case c.Speak(channel=Channel.LETTER, to=to):
            tap = state.turn.power
            tapped = tap is not None and tap.power is PowerKind.TAP and tap.seat in (seat, to)
            if viewer == pavel or (viewer == beria and tapped):
                return None
            if viewer == to:
                return FOR_THE_PHASE if cut_off else None
            return FOR_GOOD
        case c.Speak(channel=Channel.WIRELESS, book=book):
            if viewer is not WATCHER and book in state.officer(SEATS[VIEWERS.index(viewer)]).books:
                return FOR_THE_PHASE if cut_off else None
            return FOR_GOOD
        case c.Speak(channel=Channel.MOSCOW):
            return None if viewer == beria else FOR_GOOD
        case c.Speak(channel=Channel.OPEN):
            return FOR_THE_PHASE if cut_off and state.phase in (Phase.WIRE, Phase.INQUIRY) else None
        case c.Sign(to=to):
            if to is None or viewer == to:
                return FOR_THE_PHASE if cut_off else None
            return FOR_GOOD
        case c.HandBook(to=to):
            if viewer in (to or beria, beria):
                return None if viewer == (to or beria) else FOR_THE_PHASE
            return FOR_GOOD
        case c.OpenEnvelope() | c.Pick():
            return FOR_GOOD
        case c.Demand():
            return None if viewer in (state.prisoner, beria) else FOR_GOOD
        case c.Use(power=PowerKind.TAP):
            return FOR_GOOD if state.turn.power is None else FOR_THE_PHASE
        case _:
            return FOR_THE_PHASE


def may_differ(step: Step, viewer: Viewer, state: State, extra: c.SeatCommand, by: Seat) -> bool:
    """Whether a later command shows the viewer, by right, what was hidden, or reads another seat's numbering."""
    command = step.command
    if step.seat is None or step.seat == viewer:
        return viewer == state.seat_of(Role.BERIA) and isinstance(command, c.Use) and command.power is PowerKind.TAP
    if isinstance(command, c.HandBook):
        return viewer in (command.to, None if command.to else state.seat_of(Role.BERIA))
    if isinstance(command, c.Speak | c.Sign) and isinstance(command.body, Agree | Refuse):
        return True
    is_wireless = isinstance(command, c.Speak) and command.channel is Channel.WIRELESS
    return is_wireless and step.seat is by and kind_of(extra) == "speak wireless"  # the line that is left is another


TWIN_STEPS = 16


def test_twins_that_differ_by_a_hidden_command_look_alike_for_as_long_as_it_is_hidden() -> None:
    tried: Counter[str] = Counter()

    @settings(drawn, max_examples=max(200, CASES // 2))
    @given(st.integers(0, MATCHES - 1), entropy, viewers, entropy)
    def twins(number: int, at: int, viewer: Viewer, chance: int) -> None:
        steps, random = match(number).steps, Random(chance)
        at %= len(steps)
        state = steps[at].before
        options: dict[str, list[tuple[Seat, c.SeatCommand]]] = {}
        for seat in SEATS:
            if seat is not viewer:
                for command in listed(can(state, seat), len(state.papers_of(seat))):
                    if state.turns and how_long_hidden(state, seat, command, viewer):
                        options.setdefault(kind_of(command), []).append((seat, command))
        if not options:
            return
        kind = min(options, key=lambda kind: (tried[kind], kind))
        tried[kind] += 1
        by, extra = random.choice(options[kind])
        events = answered(state, by, extra)
        assert isinstance(events, tuple)
        live_on(steps[at : at + TWIN_STEPS], state, folded(state, events), viewer, by, extra)

    twins()
    assert set(tried) == HIDDEN_KINDS
    assert min(tried.values()) >= 5, tried


def live_on(schedule: tuple[Step, ...], one: State, two: State, viewer: Viewer, by: Seat, extra: c.SeatCommand) -> None:
    until_close = how_long_hidden(one, by, extra, viewer) == FOR_THE_PHASE
    assert look_alike(one, two, viewer), (by, extra)
    for step in schedule:
        if may_differ(step, viewer, one, extra, by):
            continue
        if isinstance(step.command, c.Close) and until_close:
            return
        here, there = answered(one, step.seat, step.command), answered(two, step.seat, step.command)
        if step.seat == viewer:
            assert verdict(here) == verdict(there), step.command
        if isinstance(here, Refusal) or isinstance(there, Refusal):
            continue
        one, two = folded(one, here), folded(two, there)
        if one.phase is Phase.FINISHED:
            return
        assert look_alike(one, two, viewer), (by, extra, step.seat, step.command)
