"""The tables that the game is measured by: each differs from a table of officers in what it says it does."""

import pytest

from rules import events as e
from rules import forms as f
from rules import lots
from rules.ids import SEATS, SECTORS, Channel, DirectiveKind, OrderKind, Phase, Role, level_of
from rules.players import conscript
from rules.players.conscript import MUTTERINGS
from rules.players.tables import TABLES, seated
from rules.scenario import load
from rules.simulate import Played, play


def seed(number: int) -> bytes:
    return lots.draw(b"tables", str(number), 0)


def matches(table: str, count: int = 6) -> list[Played]:
    return [play(load(), seed(number), seated(table, seed(number), {})) for number in range(count)]


def is_muttering(body: f.Body) -> bool:
    """Only a conscript speaks so."""
    return isinstance(body, f.Text) and body.text in MUTTERINGS


@pytest.mark.parametrize("table", TABLES)
def test_every_table_plays_to_its_end(table: str) -> None:
    assert all(over.state.phase is Phase.FINISHED for over in matches(table, 3))


def test_the_obedient_give_moscow_what_it_demands() -> None:
    for over in matches("obedient"):
        for turn in over.state.turns:
            for own in turn.seats:
                for order in own.orders:
                    match turn.directive.kind:
                        case DirectiveKind.PAPERWORK:
                            assert order.kind is OrderKind.PAPERWORK
                        case DirectiveKind.GUNS_FROZEN:
                            assert order.kind is OrderKind.HOLD
                        case kind:
                            assert (order.kind.value, order.sector) == (kind.value, turn.directive.sector)
        assert all(turn.obeyed for turn in over.state.turns if any(own.orders for own in turn.seats))


def test_at_an_open_table_irina_tells_everybody_the_whole_plan_every_turn() -> None:
    for over in matches("open"):
        irina = over.state.seat_of(Role.IRINA)
        for turn in over.state.turns:
            if turn.prisoner is irina:
                continue
            said = [
                m.body
                for m in over.state.messages
                if m.turn == turn.number and m.author is irina and m.channel is Channel.OPEN
            ]
            plan = [f.Thrust(sector, level_of(thrust)) for sector, thrust in zip(SECTORS, turn.thrusts, strict=True)]
            assert said[:3] == plan


def test_liars_are_wrong_about_the_enemy_more_often_than_officers() -> None:
    def share_of_true_claims(table: str) -> float:
        claims = [
            level_of(over.state.turns[m.turn - 1].thrusts[SECTORS.index(m.body.sector)]) is m.body.level
            for over in matches(table, 12)
            for m in over.state.messages
            if isinstance(m.body, f.Thrust) and m.turn >= 1
        ]
        return sum(claims) / len(claims)

    assert share_of_true_claims("liars") < share_of_true_claims("officers") - 0.1


def test_one_front_side_seat_of_a_table_with_a_novice_plays_at_random() -> None:
    def mutters(over: Played, role: Role) -> bool:
        seat = over.state.seat_of(role)
        return any(is_muttering(m.body) and m.author is seat for m in over.state.messages)

    found = matches("novices", 12)
    novices = [[role for role in Role if mutters(over, role)] for over in found]
    assert all(len(roles) <= 1 and set(roles) <= {Role.MALENKOV, Role.IRINA, Role.RUDENKO} for roles in novices)
    assert any(novices)


def test_a_guest_plays_his_role_in_whichever_seat_it_was_dealt_to() -> None:
    for number in range(4):
        over = play(load(), seed(number), seated("officers", seed(number), {Role.PAVEL: conscript.act}))
        texts = {m.author for m in over.state.messages if is_muttering(m.body)}
        assert texts <= {over.state.seat_of(Role.PAVEL)}
        assert isinstance(over.events[0], e.Dealt)
    assert list(seated("officers", seed(0), {})) == list(SEATS)
