"""The verdict's frame: the deal, the clock, and saying ready."""

from collections import Counter

from rules import lots
from rules.commands import Close, Ready
from rules.decide import close, deal, decide
from rules.events import Dealt, ReadySaid
from rules.ids import ROLES, SEATS, Phase, Role
from rules.refusals import Code, Refusal
from rules.scenario import load
from tests.rules.table import Table, on_the_wire


def dealt(number: int) -> Dealt:
    return deal(load(), lots.draw(b"deals", str(number), 0), bytes(32))


def test_a_deal_gives_each_role_to_one_seat_and_binds_the_seed() -> None:
    given = dealt(0)
    assert set(given.roles) == set(ROLES)
    assert lots.commitment(bytes.fromhex(given.seed), bytes.fromhex(given.salt)) == given.commitment
    assert dealt(0) == given


def test_no_seat_is_dealt_a_role_more_often_than_another() -> None:
    """Of 2,000 deals 400 are expected each; four standard deviations are 72."""
    deals = [zip(SEATS, dealt(number).roles, strict=True) for number in range(2000)]
    seen = Counter(pair for pairs in deals for pair in pairs)
    assert len(seen) == 25
    assert all(abs(times - 400) < 72 for times in seen.values())


def test_another_salt_gives_another_commitment_and_the_same_match() -> None:
    seed = bytes(range(32))
    one, two = deal(load(), seed, bytes(32)), deal(load(), seed, b"\x01" * 32)
    assert one.roles == two.roles
    assert one.commitment != two.commitment


def test_the_clock_ends_the_phase_that_it_names_and_no_other() -> None:
    table = on_the_wire()
    number = table.state.phase_number
    for other in (number - 1, number + 1, 0, -1):
        assert close(table.state, Close(other)) == Refusal(Code.STALE_PHASE)
    assert isinstance(close(table.state, Close(number)), tuple)


def test_a_match_that_is_over_has_no_phase_to_end_and_nobody_to_be_ready() -> None:
    table = Table()
    table.close(until=Phase.FINISHED)
    assert close(table.state, Close(table.state.phase_number)) == Refusal(Code.STALE_PHASE)
    assert table.give(table.irina, Ready(True)) is Code.WRONG_PHASE


def test_ready_said_twice_is_said_once_and_may_be_taken_back() -> None:
    table = on_the_wire()
    assert decide(table.state, table.irina, Ready(False)) == ()
    assert decide(table.state, table.irina, Ready(True)) == (ReadySaid(table.irina, ready=True),)
    table.must(table.irina, Ready(True))
    assert decide(table.state, table.irina, Ready(True)) == ()
    table.must(table.irina, Ready(False))
    assert table.state.ready == ()


def test_a_new_phase_finds_nobody_ready() -> None:
    table = on_the_wire()
    for seat in SEATS:
        table.must(seat, Ready(True))
    assert table.view(table.irina).ready == len(SEATS)
    table.close()
    assert table.state.ready == ()


def test_the_prisoner_counts_among_the_ready() -> None:
    table = on_the_wire()
    table.summon(table.irina)
    assert table.give(table.irina, Ready(True)) is None


def test_everyone_finds_his_seat_by_his_role() -> None:
    table = Table()
    assert {table.seat(role) for role in Role} == set(SEATS)
