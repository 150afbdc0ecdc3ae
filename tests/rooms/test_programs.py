"""A seat that the host keeps for a program: who may ask for it, what the program may do, what becomes of it."""

import pytest
from msgspec.structs import replace

from rules.commands import Ready
from rules.ids import SEATS, Seat, Watcher
from server.rooms import table as t
from server.rooms.document import documents
from server.rooms.listing import listing
from server.rooms.refusals import RoomCode
from server.rooms.room import Room, fold
from server.rooms.verdicts import Asker, arrive, ask, enter, invite, sit
from tests.rooms.tables import ENTROPY, folded, lobby, playing

PROGRAM = "a digest"
INVITED = t.ProgramInvited(PROGRAM, Seat.LUNA)
SAT = t.ProgramSat(Seat.LUNA, "Example")


def awaited(people: int = 1) -> Room:
    return fold(lobby(people), INVITED)


def seated(people: int = 1) -> Room:
    return fold(awaited(people), SAT)


def full() -> Room:
    """The host, three bots of the server, and a program."""
    others = [seat for seat in SEATS[1:] if seat is not Seat.LUNA]
    return folded(seated(), (t.BotSat(seat, t.BotLevel.CONSCRIPT) for seat in others))


def in_a_match(room: Room) -> Room:
    begun = ask(room, Asker("player 0", 0), t.Start(), ENTROPY)
    assert isinstance(begun, tuple), begun
    return folded(room, begun)


def by_program(room: Room, command: t.RoomCommand) -> object:
    return ask(room, Asker(PROGRAM, 0), command, ENTROPY)


def by_host(room: Room, command: t.RoomCommand) -> object:
    return ask(room, Asker("player 0", 0), command, ENTROPY)


def test_the_host_alone_invites_to_a_free_seat_in_the_lobby() -> None:
    assert invite(lobby(2), "player 0", Seat.LUNA, PROGRAM) == (INVITED,)
    assert invite(lobby(2), "player 0", Seat.GRANIT, PROGRAM) is RoomCode.SEAT_TAKEN
    assert invite(awaited(), "player 0", Seat.LUNA, "another") is RoomCode.SEAT_TAKEN
    for nobody in ("player 1", "a stranger", PROGRAM):
        assert invite(lobby(2), nobody, Seat.LUNA, PROGRAM) is RoomCode.NOT_HOST
    assert invite(replace(lobby(2), barred=("sent away",)), "sent away", Seat.LUNA, PROGRAM) is RoomCode.BARRED
    assert invite(playing(3), "player 0", Seat.LUNA, PROGRAM) is RoomCode.IN_MATCH
    assert invite(lobby(0), "player 0", Seat.LUNA, PROGRAM) is RoomCode.NOT_HOST


def test_a_seat_that_is_kept_is_nobody_elses() -> None:
    assert sit(awaited(), "me", "Me", Seat.LUNA) is RoomCode.SEAT_TAKEN
    assert by_host(awaited(), t.TakeSeat(Seat.LUNA)) is RoomCode.SEAT_TAKEN
    assert by_host(awaited(), t.SeatBot(Seat.LUNA, t.BotLevel.CONSCRIPT)) is RoomCode.SEAT_TAKEN


def test_a_program_sits_down_once_and_enters_as_often_as_it_likes() -> None:
    assert arrive(awaited(), PROGRAM, " Example ") == (SAT, t.SeatEntered(Seat.LUNA, 1))
    back = fold(seated(), t.SeatEntered(Seat.LUNA, 1))
    assert arrive(back, PROGRAM, "Another name") == (t.SeatEntered(Seat.LUNA, 2),)


def test_a_nickname_is_judged_as_a_persons_and_the_seat_stays_kept() -> None:
    assert arrive(awaited(), PROGRAM, "") is RoomCode.BAD_NICKNAME
    assert arrive(awaited(), PROGRAM, "officer 0") is RoomCode.NICKNAME_TAKEN
    assert sit(seated(), "me", "example", None) is RoomCode.NICKNAME_TAKEN


@pytest.mark.parametrize("room", [lobby(5), playing(5), fold(awaited(), t.SeatLeft(Seat.LUNA))])
def test_a_token_opens_the_seat_that_is_kept_for_it_and_nothing_else(room: Room) -> None:
    assert arrive(room, PROGRAM, "Example") is RoomCode.TOKEN_REFUSED
    assert arrive(room, "player 0", "Example") is RoomCode.TOKEN_REFUSED
    assert enter(room, PROGRAM) == ()


def test_everybody_sees_that_it_is_a_program_and_nobody_who() -> None:
    for viewer in (Seat.SOKOL, Watcher.WATCHER):
        assert documents(awaited())[viewer].table.seats[Seat.LUNA] == t.Place(program=True)
        assert documents(seated())[viewer].table.seats[Seat.LUNA] == t.Place("Example", ready=True, program=True)
        assert PROGRAM not in repr(documents(seated())[viewer])
    assert listing(awaited()) is not None


def test_the_match_waits_for_a_program_to_come_and_then_for_no_ready_of_its() -> None:
    others = [seat for seat in SEATS[1:] if seat is not Seat.LUNA]
    waiting = folded(awaited(), (t.BotSat(seat, t.BotLevel.CONSCRIPT) for seat in others))
    assert by_host(waiting, t.Start()) is RoomCode.NOT_READY
    room = in_a_match(fold(waiting, SAT))
    assert room.stage is t.Stage.MATCH
    over = replace(room, stage=t.Stage.OVER)
    assert in_a_match(fold(over, t.BackInLobby())).matches == 2


def test_a_program_plays_renames_itself_and_leaves_and_lays_no_table() -> None:
    for command in (t.TakeSeat(Seat.VOLGA), t.GetReady(False), t.Rematch()):
        assert by_program(seated(), command) is RoomCode.IS_BOT
    for host_s in (t.Start(), t.Dismiss(Seat.SOKOL), t.HandHost(Seat.LUNA), t.SeatBot(Seat.VOLGA, "conscript")):  # type: ignore[arg-type]
        assert by_program(seated(), host_s) is RoomCode.NOT_HOST
    assert by_program(seated(), t.Rename("Rook")) == (t.Renamed(Seat.LUNA, "Rook"),)
    assert by_program(seated(), t.Play(Ready(True))) is RoomCode.NO_MATCH
    assert isinstance(by_program(in_a_match(full()), t.Play(Ready(True))), tuple)
    assert by_program(seated(), t.Leave()) == (t.SeatLeft(Seat.LUNA),)


def test_an_older_connection_of_a_program_may_do_nothing() -> None:
    assert by_program(fold(seated(), t.SeatEntered(Seat.LUNA, 1)), t.Leave()) is RoomCode.TAKEN_OVER


def test_a_program_is_sent_away_without_a_bar_and_leaves_a_bot_in_a_match() -> None:
    for room in (awaited(), seated()):
        assert by_host(room, t.Dismiss(Seat.LUNA)) == (t.SeatLeft(Seat.LUNA),)
    left = by_program(in_a_match(full()), t.Leave())
    assert by_host(in_a_match(full()), t.Dismiss(Seat.LUNA)) == left
    assert isinstance(left, tuple)
    assert left[0] == t.SeatLeft(Seat.LUNA)
    assert isinstance(left[1], t.BotSat)


def test_a_program_never_becomes_the_host() -> None:
    assert by_host(seated(), t.HandHost(Seat.LUNA)) is RoomCode.IS_BOT
    assert by_host(awaited(), t.HandHost(Seat.LUNA)) is RoomCode.IS_BOT
    assert by_host(seated(), t.Leave()) == (t.SeatLeft(Seat.SOKOL), t.HostGone())
    assert by_host(seated(2), t.Leave()) == (t.SeatLeft(Seat.SOKOL), t.HostNamed(Seat.GRANIT))
    alone = folded(seated(), (t.SeatLeft(Seat.SOKOL), t.HostGone()))
    assert arrive(alone, PROGRAM, "Example") == (t.SeatEntered(Seat.LUNA, 1),)
    assert sit(alone, "me", "Me", None) == (t.PersonSat("me", "Me", Seat.SOKOL), t.HostNamed(Seat.SOKOL))
