"""What may be asked of a room, by whom, and when: everything that is not allowed here is refused."""

from typing import get_args

import pytest
from msgspec.structs import replace

from rules.commands import Ready
from rules.events import Dealt
from rules.ids import SEATS, Seat
from server.rooms import table as t
from server.rooms.refusals import RoomCode
from server.rooms.room import Room, fold
from server.rooms.verdicts import NICKNAME_MOST, Asker, Verdict, ask, enter, sit
from tests.rooms.tables import ENTROPY, OPTIONS, folded, lobby, playing

OTHER = t.Options("first_night", "garrison", t.Pace.BLITZ, listed=False, spectators=False)
EXAMPLES: dict[type, t.RoomCommand] = {
    t.TakeSeat: t.TakeSeat(Seat.VOLGA),
    t.Leave: t.Leave(),
    t.GetReady: t.GetReady(True),
    t.Rename: t.Rename("Another"),
    t.SeatBot: t.SeatBot(Seat.VOLGA, t.BotLevel.CONSCRIPT),
    t.Dismiss: t.Dismiss(Seat.BERYOZA),
    t.Choose: t.Choose(OTHER),
    t.HandHost: t.HandHost(Seat.BERYOZA),
    t.Start: t.Start(),
    t.Rematch: t.Rematch(),
    t.ComeBack: t.ComeBack(),
    t.Play: t.Play(Ready(True)),
}
THE_HOSTS = [t.SeatBot, t.Dismiss, t.Choose, t.HandHost, t.Start]
IN_THE_LOBBY = [t.TakeSeat, t.GetReady, t.Rename, t.SeatBot, t.Choose, t.Start]


def by(player: str, room: Room, command: t.RoomCommand) -> Verdict:
    return ask(room, Asker(player, generation=0), command, ENTROPY)


def over(room: Room) -> Room:
    return replace(room, stage=t.Stage.OVER)


def test_every_command_has_an_example() -> None:
    assert set(EXAMPLES) == set(get_args(t.RoomCommand))


@pytest.mark.parametrize("room", [lobby(3), playing(), over(playing())], ids=["lobby", "match", "over"])
@pytest.mark.parametrize("command", EXAMPLES.values(), ids=lambda command: type(command).__name__)
def test_nothing_is_done_for_who_has_no_seat_is_barred_or_plays_from_an_older_window(
    room: Room, command: t.RoomCommand
) -> None:
    room = replace(room, barred=("sent away",))
    assert by("a stranger", room, command) is RoomCode.NOT_SEATED
    assert by("sent away", room, command) is RoomCode.BARRED
    newer = fold(room, t.SeatEntered(Seat.SOKOL, 1))
    assert by("player 0", newer, command) is RoomCode.TAKEN_OVER


@pytest.mark.parametrize("room", [lobby(3), playing()], ids=["lobby", "match"])
@pytest.mark.parametrize("kind", THE_HOSTS, ids=lambda kind: kind.__name__)
def test_what_is_the_hosts_is_nobody_elses(room: Room, kind: type) -> None:
    assert by("player 1", room, EXAMPLES[kind]) is RoomCode.NOT_HOST
    assert by("player 0", room, EXAMPLES[kind]) is not RoomCode.NOT_HOST


@pytest.mark.parametrize("kind", IN_THE_LOBBY, ids=lambda kind: kind.__name__)
def test_the_table_is_laid_before_a_match_and_not_while_it_is_played(kind: type) -> None:
    assert by("player 0", lobby(3), EXAMPLES[kind]) is not RoomCode.IN_MATCH
    for room in (playing(), over(playing())):
        assert by("player 0", room, EXAMPLES[kind]) is RoomCode.IN_MATCH


def test_the_first_to_sit_is_the_host_and_seats_are_given_in_order() -> None:
    assert sit(lobby(0), "me", "Me", None) == (t.PersonSat("me", "Me", Seat.SOKOL), t.HostNamed(Seat.SOKOL))
    assert sit(lobby(2), "me", "Me", None) == (t.PersonSat("me", "Me", Seat.BERYOZA),)
    assert sit(lobby(2), "me", "Me", Seat.VOLGA) == (t.PersonSat("me", "Me", Seat.VOLGA),)


def test_a_seat_is_refused_to_who_is_barred_late_or_too_many() -> None:
    assert sit(replace(lobby(1), barred=("me",)), "me", "Me", None) is RoomCode.BARRED
    assert sit(playing(4), "me", "Me", None) is RoomCode.IN_MATCH
    assert sit(lobby(5), "me", "Me", None) is RoomCode.ROOM_FULL
    assert sit(lobby(1), "me", "Me", Seat.SOKOL) is RoomCode.SEAT_TAKEN
    assert sit(lobby(1), "player 0", "Me", Seat.VOLGA) == ()


@pytest.mark.parametrize("nickname", ["", " \t ", "\u200b", "x" * (NICKNAME_MOST + 1), "\u0301" * 30])
def test_a_nickname_is_short_and_can_be_seen(nickname: str) -> None:
    assert sit(lobby(1), "me", nickname, None) is RoomCode.BAD_NICKNAME


@pytest.mark.parametrize("nickname", ["MOSCOW", "М0СКВА", "Sokol", "V0lga", "Бе рё за"])
def test_nobody_goes_by_a_call_sign_or_as_moscow(nickname: str) -> None:
    assert sit(lobby(1), "me", nickname, None) is RoomCode.NICKNAME_RESERVED


@pytest.mark.parametrize(
    "nickname", ["0fficer 0", "Оfficer o", "ÓFFICER-0", "officer 0", "OFFICER 0", " Officer  0 ", "Officer\u200b 0"]
)
def test_two_at_a_table_do_not_go_by_one_name(nickname: str) -> None:
    assert sit(lobby(1), "me", nickname, None) is RoomCode.NICKNAME_TAKEN
    assert by("player 0", lobby(1), t.Rename("OFFICER 0")) == (t.Renamed(Seat.SOKOL, "OFFICER 0"),)


def test_each_window_that_enters_has_a_newer_generation_and_who_watches_has_none() -> None:
    room = lobby(1)
    for generation in (1, 2, 3):
        assert enter(room, "player 0") == (t.SeatEntered(Seat.SOKOL, generation),)
        room = fold(room, t.SeatEntered(Seat.SOKOL, generation))
    assert enter(room, "a stranger") == ()
    assert enter(replace(room, barred=("sent away",)), "sent away") is RoomCode.BARRED


def test_who_leaves_the_lobby_frees_his_seat_and_hands_the_office_on() -> None:
    assert by("player 0", lobby(2), t.Leave()) == (t.SeatLeft(Seat.SOKOL), t.HostNamed(Seat.GRANIT))
    assert by("player 0", lobby(1), t.Leave()) == (t.SeatLeft(Seat.SOKOL), t.HostGone())
    assert by("player 1", lobby(2), t.Leave()) == (t.SeatLeft(Seat.GRANIT),)


def test_who_leaves_a_match_leaves_an_officer_behind() -> None:
    gone = by("player 1", playing(), t.Leave())
    assert gone == (t.SeatLeft(Seat.GRANIT), t.BotSat(Seat.GRANIT, t.BotLevel.OFFICER))


def test_a_person_who_is_dismissed_is_barred_and_a_bot_is_not() -> None:
    assert by("player 0", lobby(2), t.Dismiss(Seat.GRANIT)) == (t.SeatLeft(Seat.GRANIT, "player 1"),)
    seated = fold(lobby(1), t.BotSat(Seat.LUNA, t.BotLevel.CONSCRIPT))
    assert by("player 0", seated, t.Dismiss(Seat.LUNA)) == (t.SeatLeft(Seat.LUNA),)
    assert by("player 0", seated, t.Dismiss(Seat.VOLGA)) is RoomCode.SEAT_FREE
    assert by("player 0", playing(1), t.Dismiss(Seat.VOLGA)) is RoomCode.IN_MATCH


def test_the_office_goes_to_a_person_alone() -> None:
    seated = fold(lobby(2), t.BotSat(Seat.LUNA, t.BotLevel.CONSCRIPT))
    assert by("player 0", seated, t.HandHost(Seat.GRANIT)) == (t.HostNamed(Seat.GRANIT),)
    assert by("player 0", seated, t.HandHost(Seat.LUNA)) is RoomCode.IS_BOT
    assert by("player 0", seated, t.HandHost(Seat.VOLGA)) is RoomCode.SEAT_FREE
    assert by("player 0", seated, t.HandHost(Seat.SOKOL)) == ()


def test_a_match_begins_with_five_who_are_ready() -> None:
    ready = folded(lobby(5), (t.GotReady(seat, True) for seat in SEATS[1:]))
    began = by("player 0", ready, t.Start())
    assert isinstance(began, tuple)
    assert isinstance(began[0], t.MatchBegan)
    assert isinstance(began[1], Dealt)
    assert by("player 0", lobby(4), t.Start()) is RoomCode.SEATS_FREE
    assert by("player 0", fold(ready, t.GotReady(Seat.VOLGA, False)), t.Start()) is RoomCode.NOT_READY


def test_bots_are_always_ready() -> None:
    seated = folded(lobby(1), (t.BotSat(seat, t.BotLevel.CONSCRIPT) for seat in SEATS[1:]))
    assert isinstance(by("player 0", seated, t.Start()), tuple)


def test_a_rematch_is_asked_for_once_and_not_before_the_end() -> None:
    assert by("player 1", playing(), t.Rematch()) is RoomCode.NOT_OVER
    assert by("player 1", over(playing()), t.Rematch()) == (t.BackInLobby(),)
    assert by("player 2", lobby(5), t.Rematch()) == ()


def test_options_that_name_no_scenario_are_refused_and_the_same_again_change_nothing() -> None:
    assert by("player 0", lobby(1), t.Choose(OTHER)) == (t.OptionsChosen(OTHER),)
    assert by("player 0", lobby(1), t.Choose(OPTIONS)) == ()
    for wrong in (replace(OTHER, scenario="chess"), replace(OTHER, setting="")):
        assert by("player 0", lobby(1), t.Choose(wrong)) is RoomCode.BAD_OPTIONS


def test_no_move_is_made_without_a_match() -> None:
    assert by("player 0", lobby(5), t.Play(Ready(True))) is RoomCode.NO_MATCH
