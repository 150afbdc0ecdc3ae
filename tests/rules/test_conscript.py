"""The conscript plays whole matches from its view alone, never gives an illegal command, and never says too much."""

from collections import Counter, defaultdict

import pytest

from rules import commands as c
from rules import events as e
from rules import lots
from rules.ids import SEATS, WATCHER, Channel, OrderKind, Phase, PowerKind, Seat
from rules.players.conscript import MESSAGES_A_TURN, act
from rules.players.lot import Draw
from rules.project import project
from rules.refusals import Refusal
from rules.scenario import SCENARIOS, SETTINGS, load
from rules.simulate import IllegalCommand, Played, play
from rules.state import State
from rules.view import View
from tests.rules.strategies import answered as answer_to
from tests.rules.strategies import drawing, folded, match, quiet

FIVE = dict.fromkeys(SEATS, act)
SEEDS = 36


def seed(number: int) -> bytes:
    return lots.draw(b"conscripts", str(number), 0)


@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize("name", SCENARIOS)
def test_five_conscripts_play_every_scenario_to_its_end_without_a_refusal(name: str, setting: str) -> None:
    for number in range(SEEDS):
        scenario = load(name, setting)
        over = play(quiet(scenario) if number % 2 else scenario, seed(number), FIVE)
        assert over.state.phase is Phase.FINISHED


@pytest.fixture(scope="module")
def matches() -> list[Played]:
    return [play(quiet(load()) if n % 2 else load(), seed(n), FIVE) for n in range(40)]


def test_the_same_seed_plays_the_same_match(matches: list[Played]) -> None:
    assert play(quiet(load()), seed(1), FIVE) == matches[1]


def test_conscripts_use_every_order_every_power_every_channel_and_every_form(matches: list[Played]) -> None:
    seen: Counter[object] = Counter()
    for over in matches:
        for event in over.events:
            seen[type(event)] += 1
            match event:
                case e.Sealed(orders=orders):
                    seen.update(order.kind for order in orders)
                case e.PowerChosen(use):
                    seen[use.power] += 1
                case e.Spoke(message) if message.author is not None:
                    seen[message.channel] += 1
                    seen[str(message.body.__struct_config__.tag)] += 1
                case e.Answered(answer):
                    seen[answer.choice] += 1
                case e.BookHanded(to=to):
                    seen["to MOSCOW" if to is None else "to a seat"] += 1
                case _:
                    pass
    forms = ["text", "thrust", "will", "ask", "name", "am", "suspect", "offer", "agree", "refuse"]
    for kind in (*OrderKind, *PowerKind, *Channel, *forms, "to a seat", "confess", "endure", "denounce"):
        assert seen[kind] > 0, kind
    assert all(seen[event] for event in e.Event.__args__)


def test_conscripts_mostly_speak_in_forms(matches: list[Played]) -> None:
    said = [m.body.__struct_config__.tag for over in matches for m in over.state.messages if m.author is not None]
    assert said.count("text") < len(said) / 5


def test_a_conscript_never_says_more_than_its_share_of_a_turn(matches: list[Played]) -> None:
    for over in matches:
        said = Counter((m.turn, m.author) for m in over.state.messages if m.author is not None)
        assert max(said.values()) <= MESSAGES_A_TURN


def test_a_conscript_has_made_every_choice_it_owes_by_its_second_wake() -> None:
    for step in match(2).steps[::20]:
        for seat in SEATS:
            state = woken(woken(step.before, seat, "first"), seat, "second")
            assert all(owed.done for owed in project(state, seat).owed)


def test_a_conscript_woken_again_and_again_falls_silent_with_ready_said() -> None:
    for step in match(4).steps[::20]:
        state = step.before
        if state.phase is Phase.FINISHED:
            continue
        for wake in range(12):
            state = woken(state, SEATS[0], str(wake))
        view = project(state, SEATS[0])
        assert view.you is not None
        assert view.you.ready
        spoken = [paper for paper in view.papers.values() if paper.author is SEATS[0] and paper.turn == view.turn]
        assert len(spoken) <= max(MESSAGES_A_TURN, said_before(step.before, SEATS[0]))


def said_before(state: State, seat: Seat) -> int:
    return sum(m.author is seat and m.turn == state.turn_number for m in state.messages)


def woken(state: State, seat: Seat, wake: str) -> State:
    for command in act(project(state, seat), drawing(seed(0), wake)):
        events = answer_to(state, seat, command)
        assert not isinstance(events, Refusal), command
        state = folded(state, events)
    return state


def test_a_conscript_answers_the_same_view_and_lots_alike() -> None:
    for step in match(6).steps[::15]:
        for seat in SEATS:
            view = project(step.before, seat)
            assert act(view, drawing(seed(1), "x")) == act(view, drawing(seed(1), "x"))


def test_a_conscript_asks_no_lot_twice_in_a_wake() -> None:
    for step in match(6).steps[::15]:
        asked: defaultdict[str, int] = defaultdict(int)

        def noting(purpose: str, n: int, asked: defaultdict[str, int] = asked) -> int:
            asked[purpose] += 1
            return lots.below(seed(2), purpose, n)

        act(project(step.before, SEATS[1]), noting)
        assert all(times == 1 for times in asked.values())


def test_a_conscript_does_nothing_for_a_watcher_or_after_the_end() -> None:
    over = match(0).last
    assert act(project(match(0).steps[9].after, WATCHER), drawing(seed(0), "x")) == ()
    assert act(project(over, SEATS[0]), drawing(seed(0), "x")) == ()


def test_a_simulated_match_stops_at_the_first_illegal_command() -> None:
    def cheat(view: View, draw: Draw) -> tuple[c.SeatCommand, ...]:
        return (c.Denote(SEATS[0]),)

    with pytest.raises(IllegalCommand, match="Denote"):
        play(load(), seed(0), FIVE | {SEATS[2]: cheat})
