"""Leaks that happened elsewhere, and signals of a role that have leaked in other games: each is a test."""

from copy import copy

import msgspec
import pytest

from rules import commands as c
from rules.forms import Agree, Text, Will
from rules.ids import (
    SEATS,
    SECTORS,
    VIEWERS,
    WATCHER,
    AnswerKind,
    Book,
    Channel,
    DemandKind,
    OrderKind,
    Phase,
    PowerKind,
    Role,
    Seat,
    Sector,
)
from rules.orders import Order
from rules.refusals import Code
from rules.scenario import load
from tests.rules.strategies import quiet
from tests.rules.table import Table, on_the_wire

CANARY = "canary 4711"
HOLD = Order(OrderKind.HOLD, Sector.RIVER)


def field(data: bytes, name: str) -> object:
    return msgspec.json.decode(data).get(name)


# A richer view for a watcher; everything sent and hidden only by the page.


def test_a_watcher_gets_no_card_no_actions_and_nothing_owed() -> None:
    table = on_the_wire()
    assert {"you", "can", "owed"}.isdisjoint(msgspec.json.decode(table.bytes(WATCHER)))


def test_a_watcher_reads_the_open_wire_and_moscow_to_all_alone() -> None:
    table = on_the_wire()
    table.must(table.irina, c.Speak(Channel.OPEN, Text("to all")), c.Speak(Channel.MOSCOW, Text(CANARY)))
    table.must(table.irina, c.Speak(Channel.LETTER, Text(CANARY), to=table.pavel))
    table.must(table.irina, c.Speak(Channel.WIRELESS, Text(CANARY), book=Book.STAFF))
    table.must(table.beria, c.Sign(Text("from MOSCOW")), c.Sign(Text(CANARY), to=table.irina))
    assert [paper.channel for paper in table.view(WATCHER).papers.values()] == ["moscow", "open", "moscow"]
    assert CANARY.encode() not in table.bytes(WATCHER)


@pytest.mark.parametrize("number", range(5))
def test_a_secret_word_is_in_the_bytes_of_its_readers_alone(number: int) -> None:
    table = on_the_wire(number)
    readers = {
        c.Speak(Channel.LETTER, Text(f"{CANARY} letter"), to=table.pavel): {table.irina, table.pavel},
        c.Speak(Channel.WIRELESS, Text(f"{CANARY} staff"), book=Book.STAFF): {table.irina, table.malenkov},
        c.Speak(Channel.MOSCOW, Text(f"{CANARY} moscow")): {table.irina, table.beria},
    }
    for command, known_to in readers.items():
        table.must(table.irina, command)
        assert isinstance(command.body, Text)
        for phase_over in (False, True):
            seen = copy(table)
            if phase_over:
                seen.close()
            holding = {viewer for viewer in VIEWERS if command.body.text.encode() in seen.bytes(viewer)}
            assert holding == known_to


# Secrets in the initial state; a state that is sent before anyone is entitled to it.


def test_the_first_view_of_a_match_holds_nobodys_role_but_ones_own() -> None:
    table = Table()
    for seat in SEATS:
        view = msgspec.json.decode(table.bytes(seat))
        assert view["you"].pop("role") == table.state.officer(seat).role
        view.pop("scenario")  # which role holds which book at the deal is public
        known = view["you"].pop("known", [])
        assert not any(f'"{role}"'.encode() in msgspec.json.encode(view) for role in Role)
        assert bool(known) == (table.state.officer(seat).role in (Role.MALENKOV, Role.PAVEL))


def test_pavel_cannot_tell_malenkov_from_irina() -> None:
    for number in range(8):
        table = Table(number)
        view = table.view(table.pavel)
        assert view.you is not None
        assert view.you.known[0].seats == tuple(s for s in SEATS if s in (table.malenkov, table.irina))


def test_seed_and_salt_are_in_no_view_before_the_end() -> None:
    table = Table()
    while table.state.phase is not Phase.FINISHED:
        for viewer in VIEWERS:
            assert table.state.seed.encode() not in table.bytes(viewer)
            assert table.state.salt.encode() not in table.bytes(viewer)
        table.close()
    for viewer in VIEWERS:
        assert table.state.seed.encode() in table.bytes(viewer)


# Unrevealed simultaneous orders sent to clients; the number of orders.


def test_sealed_orders_change_nobody_elses_bytes_before_they_are_carried_out() -> None:
    table = on_the_wire()
    before = {viewer: table.bytes(viewer) for viewer in VIEWERS}
    table.must(table.irina, c.Seal((HOLD,)))
    table.must(table.malenkov, c.Phone(HOLD))
    for viewer in table.outsiders(table.irina, table.malenkov):
        assert table.bytes(viewer) == before[viewer]


def test_orders_are_never_published_with_their_authors() -> None:
    table = on_the_wire()
    table.must(table.irina, c.Seal((HOLD,)))
    other = on_the_wire()
    other.must(other.rudenko, c.Seal((HOLD,)))
    table.close()
    other.close()
    for viewer in table.outsiders(table.irina, table.rudenko):
        assert table.bytes(viewer) == other.bytes(viewer)


def test_the_front_report_counts_no_mines_and_no_paperwork() -> None:
    table, other = on_the_wire(), on_the_wire()
    table.must(table.irina, c.Seal((Order(OrderKind.MINES, Sector.RAIL),)))
    table.must(table.pavel, c.Seal((Order(OrderKind.PAPERWORK),)))
    report = table_report(table)
    assert all(kind not in counts for counts in report for kind in ("mines", "paperwork"))
    assert report == table_report(other)


def table_report(table: Table) -> list[dict[str, int]]:
    table.close()
    report = table.view(WATCHER).turns[1].report
    assert report is not None
    return [report[sector].orders for sector in SECTORS]


def test_laid_mines_and_the_blown_bridge_are_in_no_view() -> None:
    table, other = on_the_wire(), on_the_wire()
    table.must(table.irina, c.Seal((Order(OrderKind.MINES, Sector.RIVER),)))
    table.close(until=Phase.WIRE)
    other.close(until=Phase.WIRE)
    assert table.state.bridge_blown
    for viewer in table.outsiders(table.irina):
        assert table.bytes(viewer) == other.bytes(viewer)


def test_two_phone_calls_look_like_two_orders() -> None:
    table, other = on_the_wire(), on_the_wire()
    table.must(table.malenkov, c.Phone(HOLD))
    other.must(other.irina, c.Seal((HOLD,)))
    other.must(other.rudenko, c.Seal((HOLD,)))
    table.close()
    other.close()
    for viewer in table.outsiders(table.malenkov, table.irina, table.rudenko, table.beria):
        assert table.bytes(viewer) == other.bytes(viewer)


def test_the_phone_tells_beria_where_it_rang_and_not_who_called() -> None:
    table = on_the_wire()
    table.must(table.malenkov, c.Phone(HOLD))
    assert table.own_turn(table.beria).phone_rang is False
    table.close()
    mine = table.own_turn(table.beria)
    assert (mine.phone_rang, mine.rang, mine.phone) == (True, Sector.RIVER, None)


# A command that answers differently by the true role; refusals that differ by the truth.


def test_handing_a_book_answers_alike_whether_or_not_the_taker_has_it() -> None:
    table = on_the_wire()
    before = {seat: table.bytes(seat) for seat in SEATS}
    before_of_watcher = table.bytes(WATCHER)
    for taker in table.others(table.malenkov):
        assert table.give(table.malenkov, c.HandBook(Book.FIELD, taker)) is None
        assert table.give(table.malenkov, c.HandBook(Book.FIELD, taker)) is None
    assert table.bytes(table.malenkov) == before[table.malenkov]
    assert table.bytes(table.rudenko) == before[table.rudenko]
    assert table.bytes(WATCHER) == before_of_watcher


def test_whoever_is_not_in_the_room_is_refused_it_alike() -> None:
    table = on_the_wire()
    table.summon(table.irina)
    outside = table.others(table.irina, table.beria)
    for command in (c.Speak(Channel.ROOM, Text("19")), c.Demand(DemandKind.ROLE), c.Answer(AnswerKind.ENDURE)):
        assert {table.give(seat, command) for seat in outside} == {Code.NOT_YOURS}


def test_powers_are_refused_alike_to_everyone_who_lacks_them() -> None:
    table = on_the_wire()
    asked: dict[c.SeatCommand, Seat] = {
        c.Use(PowerKind.TRACE, sector=Sector.RAIL): table.beria,
        c.Sign(Text("19")): table.beria,
        c.Denote(table.irina): table.beria,
        c.Phone(HOLD): table.malenkov,
        c.OpenEnvelope(1): table.pavel,
        c.Pick(Role.BERIA): table.pavel,
    }
    for command, holder in asked.items():
        assert {table.give(seat, command) for seat in table.others(holder)} == {Code.NOT_YOURS}


def test_a_summons_is_refused_by_the_published_file_and_not_by_the_true_one() -> None:
    scenario = quiet(load())
    scenario = msgspec.structs.replace(scenario, moscow=msgspec.structs.replace(scenario.moscow, beria_summons_from=2))
    table = on_the_wire(scenario=scenario)
    officers = tuple(msgspec.structs.replace(officer, suspicion=9) for officer in table.state.officers)
    table.state = msgspec.structs.replace(table.state, officers=officers)
    assert table.give(table.beria, c.Use(PowerKind.SUMMON, seat=table.irina)) is Code.BAD_TARGET


# Presence, mute or typing that shows who acts; per-seat ready flags.


def test_of_readiness_only_the_number_shows() -> None:
    table, other = on_the_wire(), on_the_wire()
    table.must(table.irina, c.Ready(True))
    other.must(other.rudenko, c.Ready(True))
    for viewer in table.outsiders(table.irina, table.rudenko):
        assert table.bytes(viewer) == other.bytes(viewer)
        assert field(table.bytes(viewer), "ready") == 1


# Missing messages; a skip frame or a shared number that says that something hidden happened.


def test_moscow_sends_its_line_every_turn_whether_or_not_beria_signs() -> None:
    table = on_the_wire()
    while table.state.phase is not Phase.FINISHED:
        if table.state.phase is Phase.WIRE:
            papers = table.view(WATCHER).papers.values()
            assert sum(paper.signed and paper.turn == table.state.turn_number for paper in papers) == 1
        table.close()


def test_a_line_that_beria_signed_names_no_author_to_anyone_else() -> None:
    table = on_the_wire()
    table.must(table.beria, c.Sign(Text(CANARY)))
    for viewer in table.outsiders(table.beria):
        paper = list(table.view(viewer).papers.values())[-1]
        assert (paper.body, paper.author, paper.signed) == (Text(CANARY), None, True)


def test_numbers_of_papers_have_no_gap_where_others_wrote_to_each_other() -> None:
    table, other = on_the_wire(), on_the_wire()
    for _ in range(3):
        table.must(table.irina, c.Speak(Channel.LETTER, Text(CANARY), to=table.malenkov))
    for one in (table, other):
        one.must(one.irina, c.Speak(Channel.OPEN, Text("after it")))
    for viewer in table.outsiders(table.irina, table.malenkov, table.pavel):
        assert table.bytes(viewer) == other.bytes(viewer)


def test_an_answer_to_a_letter_tells_others_nothing_of_the_letter() -> None:
    table, other = on_the_wire(), on_the_wire()
    table.must(table.irina, c.Speak(Channel.LETTER, Will(HOLD), to=table.rudenko))
    other.must(other.irina, c.Speak(Channel.LETTER, Text(CANARY), to=other.rudenko))
    for one in (table, other):
        last = len(one.view(one.rudenko).papers)
        one.must(one.rudenko, c.Speak(Channel.OPEN, Agree(last)))
    for viewer in table.outsiders(table.irina, table.rudenko, table.pavel):
        assert table.bytes(viewer) == other.bytes(viewer)
        assert list(table.view(viewer).papers.values())[-1].body == Agree()


def test_every_sheet_has_the_same_shape_however_much_was_sent() -> None:
    table = on_the_wire()
    table.must(table.malenkov, c.Speak(Channel.WIRELESS, Text("a"), book=Book.STAFF))
    table.must(table.malenkov, c.Speak(Channel.WIRELESS, Text("b" * 120), book=Book.FIELD))
    assert table.view(WATCHER).turns[1].sheets is None
    table.close()
    sheets = table.view(WATCHER).turns[1].sheets
    assert sheets is not None
    assert {(len(lines), *map(len, lines)) for lines in sheets.values()} == {(2, 359, 359)}


def test_only_pavel_sees_that_a_letter_passed_and_he_sees_no_word_of_it() -> None:
    table = on_the_wire()
    before = {viewer: table.bytes(viewer) for viewer in VIEWERS}
    table.must(table.irina, c.Speak(Channel.LETTER, Text(CANARY), to=table.malenkov))
    changed = {viewer for viewer in VIEWERS if table.bytes(viewer) != before[viewer]}
    assert changed == {table.irina, table.malenkov, table.pavel}
    assert CANARY.encode() not in table.bytes(table.pavel)
