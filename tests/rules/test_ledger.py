"""The promise ledger: who is bound by which words, and whether they were kept."""

from rules.commands import Report, Seal, Speak
from rules.forms import Agree, Am, Ask, Body, Name, Offer, Refuse, Said, Suspect, Text, Thrust, Will
from rules.ids import SECTORS, Channel, OrderKind, Phase, Role, Seat, Sector, level_of
from rules.ledger import ledger
from rules.orders import Order
from tests.rules.table import Table, on_the_wire

HOLD = Order(OrderKind.HOLD, Sector.RIVER)
SMOKE = Order(OrderKind.SMOKE, Sector.RAIL)


def said(table: Table, seat: Seat, body: Said) -> None:
    table.must(seat, Speak(Channel.OPEN, body))


def answered(table: Table, seat: Seat, yes: bool = True) -> None:
    """The seat answers what it read last."""
    last = len(table.view(seat).papers)
    said(table, seat, Agree(last) if yes else Refuse(last))


def entries(table: Table) -> list[tuple[Seat, Body, bool | None]]:
    return [(entry.by, entry.what, entry.kept) for entry in ledger(table.state)]


def test_a_promise_is_checked_against_the_order_that_was_given() -> None:
    table = on_the_wire()
    said(table, table.irina, Will(HOLD))
    said(table, table.pavel, Will(HOLD))
    table.must(table.irina, Seal((HOLD,)))
    table.must(table.pavel, Seal((SMOKE,)))
    assert {kept for _, _, kept in entries(table)} == {None}
    table.close()
    assert entries(table) == [(table.irina, Will(HOLD), True), (table.pavel, Will(HOLD), False)]


def test_a_claim_is_checked_against_the_truth() -> None:
    table = on_the_wire()
    truth = level_of(table.state.turn.thrusts[0])
    said(table, table.irina, Am(Role.IRINA))
    said(table, table.pavel, Am(Role.IRINA))
    said(table, table.irina, Thrust(SECTORS[0], truth))
    said(table, table.irina, Thrust(SECTORS[0], next(level for level in type(truth) if level is not truth)))
    assert [kept for _, _, kept in entries(table)] == [True, False, True, False]


def test_a_guess_a_wish_and_plain_words_promise_nothing() -> None:
    table = on_the_wire()
    for body in (Text("I swear"), Suspect(table.pavel, Role.BERIA), Ask(table.pavel, HOLD), Name(table.pavel)):
        said(table, table.irina, body)
    assert entries(table) == []


def test_a_wish_binds_the_seat_it_was_put_to_once_it_agrees() -> None:
    table = on_the_wire()
    said(table, table.irina, Ask(table.pavel, HOLD))
    answered(table, table.pavel)
    table.must(table.pavel, Seal((HOLD,)))
    table.close()
    assert entries(table) == [(table.pavel, Will(HOLD), True)]


def test_a_wish_binds_nobody_when_it_is_refused_or_another_agrees() -> None:
    table = on_the_wire()
    said(table, table.irina, Ask(table.pavel, HOLD))
    answered(table, table.pavel, yes=False)
    said(table, table.irina, Ask(table.pavel, HOLD))
    answered(table, table.rudenko)
    assert entries(table) == []


def test_a_bargain_binds_its_giver_and_whoever_agrees() -> None:
    table = on_the_wire()
    said(table, table.irina, Offer(Will(HOLD), Will(SMOKE)))
    answered(table, table.pavel)
    table.must(table.irina, Seal((HOLD,)))
    table.must(table.pavel, Seal((HOLD,)))
    table.close()
    assert entries(table) == [(table.irina, Will(HOLD), True), (table.pavel, Will(SMOKE), False)]


def test_a_bargain_put_as_a_wish_binds_the_seat_that_it_names() -> None:
    table = on_the_wire()
    said(table, table.irina, Offer(Ask(table.irina, HOLD), Ask(table.pavel, SMOKE)))
    answered(table, table.pavel)
    said(table, table.irina, Offer(Ask(table.rudenko, HOLD), Ask(table.rudenko, SMOKE)))
    answered(table, table.pavel)
    said(table, table.irina, Offer(Suspect(table.pavel, Role.BERIA), Suspect(table.pavel, Role.BERIA)))
    answered(table, table.pavel)
    assert [(by, what) for by, what, _ in entries(table)] == [(table.irina, Will(HOLD)), (table.pavel, Will(SMOKE))]


def test_nobody_strikes_a_bargain_with_himself() -> None:
    table = on_the_wire()
    said(table, table.irina, Offer(Will(HOLD), Will(SMOKE)))
    answered(table, table.irina)
    assert entries(table) == []


def test_a_name_in_a_bargain_is_tested_by_an_inquiry_alone() -> None:
    table = on_the_wire()
    said(table, table.irina, Offer(Name(table.pavel), Name(table.beria)))
    answered(table, table.rudenko)
    break_the_directive(table)
    table.must(table.irina, Report(table.pavel))
    assert [kept for _, _, kept in entries(table)] == [None, None]
    table.close()
    assert [kept for _, _, kept in entries(table)] == [True, False]


def break_the_directive(table: Table) -> None:
    """By falling back where Moscow says hold, or by leaving undone what it demands."""
    directive = table.state.turn.directive
    if directive.sector is not None:
        table.must(table.rudenko, Seal((Order(OrderKind.WITHDRAW, directive.sector),)))
    elif directive.kind == "guns_frozen":
        table.must(table.rudenko, Seal((Order(OrderKind.GUNS, Sector.RAIL),)))
    table.close()
    assert table.state.phase is Phase.INQUIRY


def test_words_from_before_the_first_turn_are_tested_by_nothing_but_a_role() -> None:
    table = Table()
    said(table, table.irina, Will(HOLD))
    said(table, table.irina, Am(Role.IRINA))
    table.close(until=Phase.FINISHED)
    assert [kept for _, _, kept in entries(table)] == [None, True]
