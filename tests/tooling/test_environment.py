"""The environment for researchers keeps PettingZoo's contract, offers what the rules allow, and tells no secret."""

import inspect
import re
import typing
import warnings
from collections.abc import Iterator

import numpy as np
import pytest
from pettingzoo.test import api_test, seed_test

from rules import commands as c
from rules.decide import decide
from rules.evolve import evolve
from rules.forms import Will
from rules.ids import ROLES, SEATS, SECTORS, WATCHER, Channel, OrderKind, Phase, Role, Seat
from rules.orders import Order
from rules.project import project
from rules.refusals import Refusal
from rules.state import State, with_seat_turn
from rules.view import View
from server.research import env, raw_env
from server.research.actions import ACTIONS, ORDERS, PASS, SAYINGS, command_of, mask_of
from server.research.environment import ACTIONS_A_PHASE, ILLEGAL, IllegalAction, public_text
from server.research.hundred_matches import wins_by_role
from server.research.observations import PARTS, SIZE, numbers_of, part
from tests.architecture.sources import ROOT
from tests.rules.strategies import match

README = (ROOT / "server" / "research" / "README.md").read_text(encoding="utf-8")

# What PettingZoo remarks on and this environment means: call signs for names, a mask beside the observation, and none
# of its actions for an agent whose match is over.
MEANT = ("named in the format", "probably should be gymnasium.spaces.box", "not a NumPy array", "no legal actions")


def play(table: raw_env, seed: int) -> Iterator[tuple[Seat, dict[str, np.ndarray], float]]:
    """A match of random agents: who moves, what it sees, and what it was rewarded, the end of each agent included."""
    table.reset(seed=seed)
    chance = np.random.default_rng(seed)
    for agent in table.agent_iter():
        observation, reward, terminated, _, info = table.last()
        assert info == {}
        yield Seat(agent), observation, reward
        table.step(None if terminated else chance.choice(np.flatnonzero(observation["action_mask"])))


def states() -> Iterator[tuple[State, Seat]]:
    """Every seat at some moments of a few whole matches of other players, of every scenario and setting."""
    for number in range(24):
        for step in match(number).steps[:: 29 + number % 5]:
            yield from ((step.before, seat) for seat in SEATS)


def rows(view: View) -> list[int]:
    return [int(row) for row in np.flatnonzero(mask_of(view))]


@pytest.mark.parametrize("scenario", ["nineteenth", "first_night"])
@pytest.mark.parametrize("make", [env, raw_env])
def test_it_passes_pettingzoos_test_of_the_interface(make: typing.Any, scenario: str) -> None:
    with warnings.catch_warnings(record=True) as remarks:
        warnings.simplefilter("always")
        api_test(make(scenario, "moscow", render_mode="ansi"))
    assert [str(r.message) for r in remarks if not any(meant in str(r.message) for meant in MEANT)] == []


def test_it_passes_pettingzoos_test_of_seeds() -> None:
    seed_test(env)
    seed_test(raw_env)


def is_untimely(row: int, view: View) -> bool:
    """A promise of an order while none can be sealed: the rules let it be said, the table does not offer it."""
    return view.can.seal is None and isinstance(getattr(ACTIONS[row], "body", None), Will)


def test_the_rules_accept_every_action_that_the_mask_offers_and_refuse_the_rest() -> None:
    seen: set[int] = set()
    for state, seat in states():
        view = project(state, seat)
        offered = rows(view)
        seen.update(offered)
        for row in (row for row in range(len(ACTIONS)) if not is_untimely(row, view)):
            answer = decide(state, seat, command_of(row, view))
            assert isinstance(answer, Refusal) == (row not in offered), ACTIONS[row]
        assert not any(is_untimely(row, view) for row in offered)
    assert seen == set(range(len(ACTIONS)))


@pytest.fixture(scope="module")
def authority() -> tuple[State, Seat]:
    found = ((state, seat) for state, seat in states() if (seal := project(state, seat).can.seal) and seal.slots == 2)
    return next(found)


def test_a_seat_with_authority_seals_two_orders_and_a_third_takes_the_place_of_the_first(
    authority: tuple[State, Seat],
) -> None:
    state, seat = authority
    state = with_seat_turn(state, seat, orders=())
    for row in (1, 2, 3):
        for event in decide(state, seat, command_of(row, project(state, seat))):
            state = evolve(state, event)
    assert project(state, seat).you.turns[state.turn_number].orders == ORDERS[1:3]


def test_no_action_is_offered_once_the_match_is_over_or_to_a_watcher() -> None:
    assert rows(project(match(0).last, SEATS[0])) == []
    assert rows(project(match(0).steps[5].before, WATCHER)) == []


@pytest.mark.parametrize("action", [None, -1, len(ACTIONS), ACTIONS.index(c.Denote(SEATS[1]))])
def test_an_action_that_is_not_offered_is_an_error(action: int | None) -> None:
    table = raw_env()
    table.reset(seed=1)
    with pytest.raises(IllegalAction, match="sokol"):
        table.step(action)


def test_in_its_wrappers_an_action_that_is_not_offered_loses_the_match_for_the_agent_alone() -> None:
    table = env()
    table.reset(seed=1)
    table.step(ACTIONS.index(c.Denote(SEATS[1])))
    assert all(table.terminations.values())
    assert table.rewards == {seat: ILLEGAL if seat is SEATS[0] else 0 for seat in SEATS}


def test_seats_move_in_order_until_they_pass_or_have_acted_often_enough() -> None:
    table = raw_env()
    table.reset(seed=1)
    moves = []
    talk = ACTIONS.index(c.Speak(Channel.OPEN, SAYINGS[0]))
    for action in [talk] * ACTIONS_A_PHASE + [talk, PASS] + [PASS] * 3:
        moves.append(table.agent_selection)
        table.step(action)
    assert moves == ["sokol"] * ACTIONS_A_PHASE + ["granit"] * 2 + ["beryoza", "luna", "volga"]
    assert table.agent_selection == "sokol"
    assert part(table.observe("sokol")["observation"], "phase").tolist() == [phase is Phase.WIRE for phase in Phase]


def test_an_observation_is_made_from_a_view_alone() -> None:
    for builder in (numbers_of, mask_of):
        assert typing.get_type_hints(builder)["view"] is View
        assert list(inspect.signature(builder).parameters) == ["view"]


def test_what_a_seat_may_not_know_does_not_change_what_it_observes() -> None:
    tables = [raw_env(), raw_env()]
    for table, order in zip(tables, (1, 2), strict=True):
        table.reset(seed=3)
        for action in [PASS] * len(SEATS) + [order, PASS]:
            table.step(action)
    for seat in SEATS:
        one, other = (table.observe(seat) for table in tables)
        same = np.array_equal(one["observation"], other["observation"])
        assert same == (seat is not SEATS[0])
        assert np.array_equal(one["action_mask"], other["action_mask"])


def test_equal_views_give_equal_observations_and_every_part_tells_something() -> None:
    told = np.zeros(SIZE, bool)
    for state, seat in states():
        numbers = numbers_of(project(state, seat))
        assert np.array_equal(numbers, numbers_of(project(state, seat)))
        assert numbers.min() >= 0
        told |= numbers != 0
    assert [each.name for each in PARTS if not part(told, each.name).any()] == []


def test_an_observation_says_what_the_view_says() -> None:
    for state, seat in states():
        view = project(state, seat)
        numbers = numbers_of(view)
        assert SEATS[part(numbers, "seat").argmax()] is seat
        assert ROLES[part(numbers, "role").argmax()] is view.you.role
        assert part(numbers, "officers")[:, 0].tolist() == [officer.suspicion for officer in view.officers.values()]
        assert part(numbers, "front")[:, 0].tolist() == [here.ground for here in view.front.values()]
        for number, turn in view.you.turns.items():
            given = turn.orders if turn.phone is None else (*turn.orders, turn.phone)
            own = part(numbers, "orders")[number - 1, SEATS.index(seat)]
            assert own.tolist() == [given.count(order) for order in ORDERS]
        said = {(p.turn, p.author, p.body) for p in view.papers.values() if p.channel is Channel.OPEN}
        assert part(numbers, "heard").sum() == sum(body in SAYINGS for _, _, body in said)


def test_an_observation_of_a_watcher_has_nothing_of_a_seats_own() -> None:
    numbers = numbers_of(project(match(1).steps[-9].before, WATCHER))
    assert part(numbers, "front").any()
    for own in ("seat", "role", "roles", "rumour", "orders", "plan"):
        assert not part(numbers, own).any()


def test_the_same_seed_and_actions_play_the_same_match_and_other_seeds_other_ones() -> None:
    def told(seed: int) -> bytes:
        return b"".join(seen["observation"].tobytes() for _, seen, _ in play(raw_env(), seed))

    assert told(5) == told(5)
    assert told(5) != told(6)


def test_a_reset_without_a_seed_deals_the_next_match_of_the_series() -> None:
    def series(table: raw_env, first: int) -> list[bytes]:
        dealt = []
        for seed in (first, None, None):
            table.reset(seed=seed)
            dealt.append(b"".join(table.observe(seat)["observation"].tobytes() for seat in SEATS))
        return dealt

    assert series(raw_env(), 7) == series(raw_env(), 7)
    assert len({*series(raw_env(), 7), *series(raw_env(), 8)}) == 6


def play_with_open_cards(table: raw_env, seed: int) -> Iterator[tuple[Seat, float]]:
    """A match in which every seat holds the main road once a turn and Beria names Malenkov: each one's rewards."""
    table.reset(seed=seed)
    done = set()
    for agent in table.agent_iter():
        observation, reward, terminated, _, _ = table.last()
        yield Seat(agent), reward
        phase, turn = (part(observation["observation"], name).tobytes() for name in ("phase", "turn"))
        wanted = [] if terminated or (agent, phase, turn) in done else [hold_the_main_road(table), name_malenkov(table)]
        done.add((agent, phase, turn))
        offered = [row for row in wanted if observation["action_mask"][row]]
        table.step(None if terminated else next(iter(offered), PASS))


def hold_the_main_road(table: raw_env) -> int:
    plans = sum(part(table.observe(seat)["observation"], "plan") for seat in SEATS)
    tonight = plans[plans.any(axis=1)][-1:]
    return ACTIONS.index(c.Seal((Order(OrderKind.HOLD, SECTORS[tonight.argmax() if tonight.size else 0]),)))


def name_malenkov(table: raw_env) -> int:
    roles = [part(table.observe(seat)["observation"], "role").argmax() for seat in SEATS]
    return ACTIONS.index(c.Denote(SEATS[roles.index(ROLES.index(Role.MALENKOV))]))


def test_who_won_has_one_at_the_end_and_all_else_is_nought() -> None:
    table = raw_env("first_night", "garrison", render_mode="ansi")
    wins = 0.0
    for seed in range(5):
        rewards = list(play_with_open_cards(table, seed))
        last = dict(rewards[-len(SEATS) :])
        assert not any(reward for _, reward in rewards[: -len(SEATS)])
        told = table.render().split("Won:")[1]
        assert last == {seat: float(f"{seat} (" in told) for seat in SEATS}
        wins += sum(last.values())
    assert wins > 0


def test_it_renders_what_a_watcher_sees_and_nothing_without_a_mode() -> None:
    assert "Suspicion: sokol 0" in public_text(project(match(0).steps[9].before, WATCHER))
    table = raw_env()
    table.reset(seed=1)
    with pytest.warns(UserWarning, match="render_mode"):
        assert table.render() is None


def test_the_manual_lists_every_part_and_every_row() -> None:
    parts = re.findall(r"^\| `(\w+)` \| (\([\d, ]+\)) \|", README, re.MULTILINE)
    assert parts == [(each.name, str(each.shape)) for each in PARTS]
    assert f"shape ({SIZE},)" in README
    spans = re.findall(r"^\| (\d+)(?:-(\d+))? \|", README, re.MULTILINE)
    firsts = [int(first) for first, _ in spans]
    assert [first - 1 for first in firsts[1:]] == [int(last or first) for first, last in spans][:-1]
    assert firsts == [row for row in range(len(ACTIONS)) if row == 0 or kind_of(row) != kind_of(row - 1)]
    assert spans[-1][1] == str(len(ACTIONS) - 1)


def kind_of(row: int) -> tuple[type, type]:
    return type(ACTIONS[row]), type(getattr(ACTIONS[row], "body", None))


def test_the_manuals_example_plays(capsys: pytest.CaptureFixture[str]) -> None:
    exec(re.findall(r"```python\n(.*?)```", README, re.DOTALL)[0], {})
    assert "Won:" in capsys.readouterr().out


def test_the_hundred_matches_play_alike_every_time() -> None:
    wins = wins_by_role(3)
    assert set(wins) == set(ROLES)
    assert wins == wins_by_role(3)
