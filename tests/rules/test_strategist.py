"""The strategist: a belief over the deals that fit, nights played out in the head, and what follows from both."""

import pytest

from rules import commands as c
from rules import forms as f
from rules import lots
from rules.evolve import evolve
from rules.front import Arrived, carry_out
from rules.ids import ROLES, SEATS, SECTORS, Channel, OrderKind, Phase, Role
from rules.orders import Order
from rules.players import bargaining, officer, strategist
from rules.players.deals import Deals
from rules.players.reading import read
from rules.players.strategist import Strategist
from rules.players.tables import seated
from rules.players.worlds import World
from rules.project import project
from rules.scenario import load
from rules.simulate import Played, play
from rules.state import State
from rules.view import View


def draw(purpose: str, n: int) -> int:
    return lots.below(b"strategist", purpose, n)


def match(number: int, table: str = "officers") -> Played:
    seed = lots.draw(b"strategists", str(number), 0)
    return play(load(), seed, seated(table, seed, {}))


MATCHES = [match(number) for number in range(4)]


def positions(phase: Phase = Phase.WIRE) -> list[State]:
    """States of played matches as a phase stood open, the last of each phase."""
    found = []
    for over in MATCHES:
        first, *rest = over.events
        state = before = evolve(None, first)  # type: ignore[arg-type]
        for event in rest:
            state = evolve(state, event)
            if before.phase is phase and state.phase_number != before.phase_number:
                found.append(before)
            before = state
    return found


def view_of(state: State, role: Role) -> View:
    return project(state, state.seat_of(role))


def thinker(view: View) -> Strategist:
    assert view.you is not None
    assert view.can is not None
    return Strategist(view, view.you, view.can, draw, "en")


@pytest.mark.parametrize("role", ROLES)
def test_the_chances_of_a_role_sum_to_one_and_leave_out_what_one_knows(role: Role) -> None:
    for state in positions():
        view = view_of(state, role)
        assert view.you is not None
        deals = Deals(view, read(view))
        for wanted in ROLES:
            assert sum(deals.chances(wanted).values()) == pytest.approx(1)
        assert deals.chances(role)[view.you.seat] == pytest.approx(1)
        for known in view.you.known:
            among = sum(deals.chances(each)[seat] for each in known.roles for seat in known.seats)
            assert among == pytest.approx(len(known.seats))


def test_a_confession_of_who_one_is_settles_it_for_the_interrogator() -> None:
    told = 0
    for state in positions():
        view = view_of(state, Role.BERIA)
        assert view.you is not None
        for own in view.you.turns.values():
            if own.fact is not None and own.fact.role is not None:
                told += 1
                assert Deals(view, read(view)).chances(own.fact.role)[own.fact.seat] > 0.99
    assert told


def test_beria_finds_malenkov_more_often_by_the_deals_than_by_an_officers_eye() -> None:
    by_deals = by_eye = 0.0
    for state in positions(Phase.NAMING):
        view, malenkov = view_of(state, Role.BERIA), state.seat_of(Role.MALENKOV)
        assert view.you is not None
        assert view.can is not None
        by_deals += thinker(view).suspects()[malenkov]
        by_eye += officer.Officer(view, view.you, view.can, draw, "en").suspects()[malenkov]
    assert by_deals > by_eye


def test_a_night_in_the_head_is_the_night_that_the_rules_carry_out() -> None:
    for state in positions():
        view = view_of(state, Role.IRINA)
        others = [Arrived(Order(OrderKind.AMBUSH, SECTORS[1])), Arrived(Order(OrderKind.WITHDRAW, SECTORS[0]))]
        world = World(view, state.turn.thrusts, others)
        nothing = world.dawn(None)
        for order in (Order(OrderKind.HOLD, SECTORS[1]), Order(OrderKind.WITHDRAW, SECTORS[2])):
            own = Arrived(order)
            there = tuple(each for each in (*others, own) if each.order.sector is order.sector)
            report = carry_out(view.scenario.front, world.position, order.sector or SECTORS[0], there)
            place = SECTORS.index(order.sector or SECTORS[0])
            dawn = world.dawn(own)
            assert dawn.ground[place] == world.position.ground[place] - report.ground_lost + report.ground_regained
            elsewhere = [other for other in range(3) if other != place]
            assert [dawn.ground[other] for other in elsewhere] == [nothing.ground[other] for other in elsewhere]


def test_the_same_view_and_lots_give_the_same_commands() -> None:
    for state in positions()[:6]:
        for seat in SEATS:
            view = project(state, seat)
            assert strategist.act(view, draw) == strategist.act(view, draw)


def test_pavel_under_beria_points_malenkov_out_every_night_and_under_malenkov_away() -> None:
    pointed = 0
    for number in range(3):
        seed = lots.draw(b"pavels", str(number), 0)
        state = play(load(), seed, seated("officers", seed, {Role.PAVEL: strategist.act})).state
        pavel, pair = state.seat_of(Role.PAVEL), {state.seat_of(Role.MALENKOV), state.seat_of(Role.IRINA)}
        for message in state.messages:
            if message.author is not pavel or message.channel is not Channel.MOSCOW or message.turn <= 4:
                continue
            assert isinstance(message.body, f.Suspect)
            pointed += 1
            assert (message.body.seat in pair) == (state.patron is Role.BERIA)
    assert pointed


def test_it_asks_two_seats_a_night_at_most_the_first_of_them_for_a_bargain() -> None:
    asked = 0
    for state in positions():
        view = view_of(state, Role.IRINA)
        if view.can is None or view.can.seal is None or view.you is None:
            continue
        reading, worth = read(view), dict.fromkeys(view.can.seal.orders, 1.0)
        own = (view.can.seal.orders[0],)
        wishes = [*bargaining.wishes(view, view.can, reading, worth, own, thinker(view).lot)]
        assert len(wishes) <= bargaining.ASKED
        for first in wishes[:1]:
            assert isinstance(first, c.Speak)
            asked += isinstance(first.body, f.Offer) or view.can.letter is None
    assert asked
