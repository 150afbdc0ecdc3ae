"""The officer plays whole matches from its view alone, legally and briefly, believing what follows from its papers."""

from collections import Counter

import pytest
from msgspec.structs import replace

from rules import events as e
from rules import forms as f
from rules import lots
from rules.decide import decide
from rules.evolve import begin, evolve
from rules.ids import SEATS, SECTORS, Channel, OrderKind, Phase, PowerKind, Role, Seat, level_of
from rules.orders import Order
from rules.players.aims import aims
from rules.players.estimate import Estimate
from rules.players.officer import MESSAGES_A_TURN, act
from rules.players.plans import plans
from rules.players.reading import Reading, read
from rules.players.suspects import malenkov
from rules.project import project
from rules.refusals import Refusal
from rules.scenario import SCENARIOS, SETTINGS, load
from rules.simulate import Played, play
from rules.state import Fact, State
from rules.view import Paper, View
from tests.rules.strategies import drawing

FIVE = dict.fromkeys(SEATS, act)


def seed(number: int) -> bytes:
    return lots.draw(b"officers", str(number), 0)


@pytest.fixture(scope="module")
def matches() -> list[Played]:
    return [play(load(), seed(number), FIVE) for number in range(24)]


def wires(over: Played) -> list[State]:
    """The states in which each wire of a match opened."""
    found: list[State] = []
    state: State | None = None
    for event in over.events:
        if isinstance(event, e.Dealt):
            state = begin(event)
            continue
        assert state is not None
        state = evolve(state, event)
        if isinstance(event, e.TurnOpened):
            found.append(state)
    return found


@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize("name", SCENARIOS)
def test_five_officers_play_every_scenario_to_its_end_without_a_refusal(name: str, setting: str) -> None:
    for number in range(6):
        assert play(load(name, setting), seed(number), FIVE).state.phase is Phase.FINISHED


def test_the_same_seed_plays_the_same_match(matches: list[Played]) -> None:
    assert play(load(), seed(3), FIVE) == matches[3]


def test_officers_use_every_order_every_power_and_every_channel(matches: list[Played]) -> None:
    seen: Counter[object] = Counter()
    for over in matches:
        for event in over.events:
            match event:
                case e.Sealed(orders=orders):
                    seen.update(order.kind for order in orders)
                case e.PowerChosen(use):
                    seen[use.power] += 1
                case e.Spoke(message) if message.author is not None:
                    seen[message.channel] += 1
                    seen[message.body.__struct_config__.tag] += 1
                case e.PhoneLifted() | e.EnvelopeOpened() | e.PatronPicked():
                    seen[type(event)] += 1
                case _:
                    pass
    forms = ("thrust", "will", "ask", "name", "suspect", "offer", "agree", "refuse", "am")
    wanted = (*OrderKind, *PowerKind, *Channel, *forms, e.PhoneLifted, e.EnvelopeOpened, e.PatronPicked)
    assert [kind for kind in wanted if not seen[kind]] == []


def test_an_officer_never_floods_the_wire(matches: list[Played]) -> None:
    for over in matches:
        said = Counter((m.turn, m.author) for m in over.state.messages if m.author is not None and m.turn)
        assert max(said.values()) <= MESSAGES_A_TURN


def test_an_officer_owes_nothing_after_its_second_wake_and_falls_silent(matches: list[Played]) -> None:
    for state in wires(matches[0])[:4]:
        for seat in SEATS:
            after = woken(woken(state, seat, "first"), seat, "second")
            assert all(owed.done for owed in project(after, seat).owed)
            for wake in range(6):
                after = woken(after, seat, str(wake))
            assert act(project(after, seat), drawing(seed(0), "last")) == ()


def woken(state: State, seat: Seat, wake: str) -> State:
    for command in act(project(state, seat), drawing(seed(0), wake)):
        events = decide(state, seat, command)
        assert not isinstance(events, Refusal), command
        for event in events:
            state = evolve(state, event)
    return state


def test_an_officer_answers_the_same_view_and_lots_alike_and_does_nothing_for_a_watcher(matches: list[Played]) -> None:
    state = wires(matches[1])[2]
    for seat in SEATS:
        view = project(state, seat)
        assert act(view, drawing(seed(1), "x")) == act(view, drawing(seed(1), "x"))
        assert act(replace(view, you=None, can=None), drawing(seed(1), "x")) == ()


def seat_of(state: State, role: Role) -> View:
    return project(state, state.seat_of(role))


def test_irina_believes_the_plan_that_she_sees_and_others_what_they_hear(matches: list[Played]) -> None:
    state = wires(matches[2])[1]
    irina, rudenko = seat_of(state, Role.IRINA), seat_of(state, Role.RUDENKO)
    assert plans(irina, read(irina)) == ((1.0, state.turn.thrusts),)
    believed = plans(rudenko, read(rudenko))
    assert len(believed) == 6
    assert sum(chance for chance, _ in believed) == pytest.approx(1)


def test_a_claim_of_who_was_right_before_weighs_more_than_one_of_who_was_wrong(matches: list[Played]) -> None:
    state = wires(matches[2])[3]
    rudenko = seat_of(state, Role.RUDENKO)
    main = max(SECTORS, key=lambda sector: state.turn.thrusts[SECTORS.index(sector)])
    claim = f.Thrust(main, level_of(max(state.turn.thrusts)))
    seat = SEATS[0]

    def chance(record: tuple[int, int]) -> float:
        reading = Reading(claims={(seat, main): claim.level}, record=dict.fromkeys(SEATS, (0, 0)) | {seat: record})
        return sum(c for c, plan in plans(rudenko, reading) if plan[SECTORS.index(main)] == max(plan))

    assert chance((3, 0)) > chance((0, 0)) > chance((0, 3))


def test_one_more_defender_is_worth_something_on_the_main_road_and_nothing_where_nobody_comes(
    matches: list[Played],
) -> None:
    irina = seat_of(wires(matches[4])[0], Role.IRINA)
    reading = read(irina)
    estimate = Estimate(irina, reading, aims(irina), plans(irina, reading))
    thrusts = plans(irina, reading)[0][1]
    main, pin = SECTORS[thrusts.index(max(thrusts))], SECTORS[thrusts.index(min(thrusts))]
    assert estimate.worth(Order(OrderKind.AMBUSH, main)) > estimate.worth(Order(OrderKind.AMBUSH, pin))
    assert estimate.worth(Order(OrderKind.AMBUSH, pin)) == pytest.approx(0, abs=0.05)


def test_a_promise_that_never_came_is_held_against_who_gave_it(matches: list[Played]) -> None:
    state = next(state for state in wires(matches[5]) if state.turn_number == 2)
    view = project(state, SEATS[0])
    report = view.turns[1].report
    assert report is not None
    sector = SECTORS[0]
    missing = next(
        kind for kind in (OrderKind.SMOKE, OrderKind.GUNS, OrderKind.HOLD) if kind not in report[sector].orders
    )
    lie = Paper(1, Channel.OPEN, f.Will(Order(missing, sector)), author=SEATS[1])
    assert read(replace(view, papers={**view.papers, 999: lie})).faithless[SEATS[1]] > read(view).faithless[SEATS[1]]


def test_who_confessed_is_known_to_beria(matches: list[Played]) -> None:
    state = wires(matches[6])[2]
    beria, prisoner = seat_of(state, Role.BERIA), state.seat_of(Role.MALENKOV)
    assert beria.you is not None
    own = replace(beria.you.turns[1], fact=Fact(prisoner, "role", role=Role.MALENKOV))  # type: ignore[arg-type]
    told = replace(beria, you=replace(beria.you, turns={**beria.you.turns, 1: own}))
    assert malenkov(told, read(told))[prisoner] > 0.97


def test_what_is_believed_of_malenkov_sums_to_one_and_never_names_oneself(matches: list[Played]) -> None:
    for over in matches[:6]:
        for state in wires(over):
            for seat in SEATS:
                view = project(state, seat)
                chances = malenkov(view, read(view))
                assert sum(chances.values()) == pytest.approx(1)
                assert (chances[seat] == 1) == (state.officer(seat).role is Role.MALENKOV)


def test_pavel_believes_that_malenkov_is_one_of_his_two(matches: list[Played]) -> None:
    for state in wires(matches[7]):
        chances = malenkov(seat_of(state, Role.PAVEL), read(seat_of(state, Role.PAVEL)))
        pair = {state.seat_of(Role.MALENKOV), state.seat_of(Role.IRINA)}
        assert {seat for seat, chance in chances.items() if chance > 0} == pair
