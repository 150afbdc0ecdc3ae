"""Bots that stand in for the absent: after two missed choices, for all to see, until the player is back."""

from dataclasses import dataclass
from itertools import permutations

import msgspec
import pytest
from msgspec.structs import replace

from rules.commands import Ready, Report, Speak
from rules.forms import Text
from rules.ids import SEATS, VIEWERS, Channel, Phase, Role, Seat, Watcher
from rules.project import project
from rules.state import State
from server.rooms import table as t
from server.rooms.document import documents
from server.rooms.refusals import RoomCode
from server.rooms.room import Room
from server.rooms.ticks import tick
from server.rooms.verdicts import Asker, Verdict, ask, enter
from tests.rooms.tables import ENTROPY, after, folded, lobby, player_of, playing

ABSENT = Seat.LUNA
HOST = SEATS[0]
OTHERS = tuple(seat for seat in SEATS if seat is not ABSENT)


def by(seat: Seat, room: Room, command: t.RoomCommand) -> Verdict:
    person = room.person(seat)
    assert person is not None
    return ask(room, Asker(player_of(seat), person.generation), command, ENTROPY)


def done(room: Room, seat: Seat, command: t.RoomCommand) -> Room:
    """The room after something that is allowed."""
    verdict = by(seat, room, command)
    assert isinstance(verdict, tuple), (seat, command, verdict)
    return after(room, verdict, room.last + 1)


def moved(room: Room, *seats: Seat) -> Room:
    """Each of these seats makes a move."""
    for seat in seats:
        person, is_ready = room.person(seat), room.match is not None and seat in room.match.ready
        assert person is not None
        if room.is_stood_in(seat):
            room = done(room, seat, t.ComeBack())
        else:
            room = done(room, seat, t.Play(Ready(not is_ready)))
    return room


def closed(room: Room) -> tuple[Room, tuple[object, ...]]:
    """The room once the clock has ended its phase, bots first, and what the end of the phase was made of."""
    number = match_of(room).phase_number
    events: tuple[object, ...] = ()
    while match_of(room).phase_number == number:
        due = room.due()
        assert due is not None
        commit = tick(room, due)
        room, events = after(room, commit, due), commit
    return room, events


def match_of(room: Room) -> State:
    assert room.match is not None
    return room.match


def next_phase(room: Room, *moving: Seat) -> Room:
    """Some move, and the phase ends."""
    return closed(moved(room, *moving))[0]


def first_wire(begun: Room | None = None) -> Room:
    """The first turn of a match in a country so wide that no front breaks, though nobody holds it."""
    room = closed(playing() if begun is None else begun)[0]
    return replace(room, match=replace(match_of(room), ground=(60, 60, 60)))


def two_missed(room: Room | None = None, *moving: Seat) -> Room:
    """One seat makes no move in the first two phases in which it owes something."""
    room = first_wire() if room is None else room
    return next_phase(next_phase(room, *(moving or OTHERS)), *(moving or OTHERS))


def place(room: Room, seat: Seat, viewer: Seat | Watcher = Watcher.WATCHER) -> t.Place:
    return documents(room)[viewer].table.seats[seat]


def test_after_two_missed_choices_an_officer_plays_for_the_seat_and_everybody_sees_it() -> None:
    once = next_phase(first_wire(), *OTHERS)
    assert all(place(once, ABSENT, viewer) == t.Place("Officer 3") for viewer in VIEWERS)
    twice = next_phase(once, *OTHERS)
    expected = t.Place("Officer 3", stand_in=t.BotLevel.OFFICER)
    assert all(place(twice, ABSENT, viewer) == expected for viewer in VIEWERS)
    assert all(place(twice, seat).stand_in is None for seat in OTHERS)
    assert {seat for seat, _ in twice.bots} == {ABSENT}


def test_the_one_who_missed_is_warned_after_the_first_and_nobody_else_is_told() -> None:
    room = next_phase(first_wire(), *OTHERS)
    assert {viewer: documents(room)[viewer].missed for viewer in VIEWERS} == {
        viewer: int(viewer is ABSENT) for viewer in VIEWERS
    }
    written = {viewer: msgspec.json.encode(documents(room)[viewer]) for viewer in VIEWERS}
    assert [viewer for viewer in VIEWERS if b'"missed"' in written[viewer]] == [ABSENT]


def test_reading_ones_card_is_no_choice() -> None:
    _, events = closed(moved(playing(), *OTHERS))
    assert not any(isinstance(event, t.ChoiceMissed) for event in events)


@pytest.mark.parametrize("move", [Ready(True), Speak(Channel.OPEN, Text("here"))])
def test_any_move_of_a_phase_is_a_sign_of_life_and_forgives_what_was_missed(move: Ready | Speak) -> None:
    room = next_phase(first_wire(), *OTHERS)
    room = done(room, ABSENT, t.Play(move))
    assert documents(room)[ABSENT].missed == 0
    room, events = closed(moved(room, *OTHERS))
    assert not any(isinstance(event, t.ChoiceMissed) for event in events)
    assert place(next_phase(room, *OTHERS), ABSENT).stand_in is None


def test_the_first_move_of_a_phase_alone_is_written_down() -> None:
    room = moved(first_wire(), ABSENT)
    again = by(ABSENT, room, t.Play(Speak(Channel.OPEN, Text("more"))))
    assert isinstance(again, tuple)
    assert t.ShowedUp(ABSENT) not in again


def test_a_move_that_is_refused_is_no_sign_of_life() -> None:
    room = first_wire()
    assert by(ABSENT, room, t.Play(Report(HOST))) == "wrong_phase"
    assert by(ABSENT, room, t.Play(Ready(False))) == (t.ShowedUp(ABSENT),)


@pytest.mark.parametrize("command", [t.ComeBack(), t.Play(Speak(Channel.OPEN, Text("back")))], ids=lambda c: repr(c))
def test_a_move_or_the_word_that_one_is_back_takes_the_seat_back_at_once(command: t.RoomCommand) -> None:
    room = two_missed()
    back = done(room, ABSENT, command)
    assert place(back, ABSENT).stand_in is None
    assert documents(back)[ABSENT].missed == 0
    assert ABSENT not in {seat for seat, _ in back.bots}


def test_entering_hands_the_seat_back_and_is_worth_one_phase_without_a_move() -> None:
    room = two_missed()
    verdict = enter(room, player_of(ABSENT))
    assert verdict == (t.SeatEntered(ABSENT, 1), t.SeatHandedBack(ABSENT))
    back = after(room, verdict, room.last + 1)
    assert place(back, ABSENT).stand_in is None
    assert documents(back)[ABSENT].missed == 1
    here = next_phase(back, *OTHERS)
    assert place(here, ABSENT).stand_in is None, "the phase in which he came counts as his"
    assert place(next_phase(here, *OTHERS), ABSENT).stand_in is t.BotLevel.OFFICER
    answered = done(back, ABSENT, t.ComeBack())
    assert place(next_phase(next_phase(answered, *OTHERS), *OTHERS), ABSENT).stand_in is None


@pytest.mark.parametrize("ready", [True, False])
def test_readiness_is_not_said_before_the_seat_is_taken_back(ready: bool) -> None:
    """All see the hand-back and the number of the ready: coming together they would tell whose readiness it is."""
    room = two_missed()
    assert by(ABSENT, room, t.Play(Ready(ready))) is RoomCode.STOOD_IN
    back = done(room, ABSENT, t.ComeBack())
    assert ABSENT in match_of(done(back, ABSENT, t.Play(Ready(True)))).ready


def test_a_stand_in_knows_what_the_seat_knows_and_the_player_sees_what_it_does() -> None:
    room = two_missed()
    while match_of(room).phase is not Phase.WIRE or match_of(room).prisoner is ABSENT:
        room = next_phase(room, *OTHERS)
    while room.bots:
        due = min(at for _, at in room.bots)
        room = after(room, tick(room, due), due)
    shown = documents(room)[ABSENT].match
    assert shown == project(match_of(room), ABSENT)
    assert shown is not None
    assert shown.you is not None
    assert shown.you.turns[match_of(room).turn_number].orders
    assert ABSENT in match_of(room).ready


def test_the_hosts_office_goes_to_somebody_who_is_there() -> None:
    room = two_missed(None, *SEATS[2:])
    assert (room.host, room.is_stood_in(HOST), room.is_stood_in(SEATS[1])) == (SEATS[2], True, True)
    assert by(SEATS[2], room, t.HandHost(HOST)) is RoomCode.IS_BOT
    assert done(room, HOST, t.ComeBack()).host is SEATS[2], "it is not asked back"


def test_an_absent_host_without_a_successor_keeps_the_office_until_somebody_returns() -> None:
    room = next_phase(next_phase(first_wire()))
    assert all(room.is_stood_in(seat) for seat in SEATS)
    assert room.host is HOST
    back = done(room, SEATS[3], t.ComeBack())
    assert back.host is SEATS[3]
    assert done(room, HOST, t.ComeBack()).host is HOST


def test_who_leaves_or_is_sent_away_while_a_bot_stands_in_leaves_it_behind_for_good() -> None:
    room = two_missed()
    gone = done(room, HOST, t.Dismiss(ABSENT))
    assert place(gone, ABSENT) == t.Place(bot=t.BotLevel.OFFICER, ready=True)
    assert gone.bots == room.bots, "the moments that it has left are the same"
    assert enter(gone, player_of(ABSENT)) is RoomCode.BARRED


def test_the_heir_of_a_host_who_leaves_is_somebody_who_is_there() -> None:
    room = two_missed(None, HOST, *SEATS[2:])
    assert room.is_stood_in(SEATS[1])
    assert done(room, HOST, t.Leave()).host is SEATS[2]


def test_a_table_without_anybody_plays_its_match_to_the_end_and_gets_its_seats_back_there() -> None:
    room = first_wire()
    while room.stage is t.Stage.MATCH:
        room = closed(room)[0]
    assert room.stage is t.Stage.OVER
    assert not any(room.is_stood_in(seat) or documents(room)[seat].missed for seat in SEATS)
    again = folded(room, (t.BackInLobby(),))
    assert all(place(again, seat).stand_in is None for seat in SEATS)


def test_a_program_that_is_silent_is_stood_in_for_as_a_person_is_and_never_made_host() -> None:
    program = t.ProgramInvited("a digest", ABSENT), t.ProgramSat(ABSENT, "Example")
    people = [t.PersonSat(player_of(seat), f"Officer {seat}", seat) for seat in OTHERS]
    room = folded(lobby(0), (*people, t.HostNamed(HOST), *program))
    ready = folded(room, (t.GotReady(seat, True) for seat in OTHERS[1:]))
    begun = ask(ready, Asker(player_of(HOST), 0), t.Start(), ENTROPY)
    assert isinstance(begun, tuple)
    wire = first_wire(after(ready, begun, ready.last))
    assert place(two_missed(wire), ABSENT) == t.Place("Example", ready=True, program=True, stand_in=t.BotLevel.OFFICER)
    nobody = next_phase(next_phase(wire))
    assert all(nobody.is_stood_in(seat) for seat in SEATS)
    back = ask(nobody, Asker("a digest", 0), t.ComeBack(), ENTROPY)
    assert back == (t.SeatHandedBack(ABSENT), t.ShowedUp(ABSENT))


@pytest.mark.parametrize("room", [lobby(5), replace(playing(), stage=t.Stage.OVER)], ids=["lobby", "over"])
def test_there_is_nothing_to_come_back_to_without_a_match(room: Room) -> None:
    assert by(HOST, room, t.ComeBack()) is RoomCode.NO_MATCH


@dataclass
class Course:
    """What everybody can see of who plays the seats, phase by phase."""

    marks: list[tuple[bool, ...]]
    hosts: list[Seat | None]


def course(roles: tuple[Role, ...]) -> Course:
    """Four seats that do nothing, and one that says ready, under some roles; the Room is left out of it."""
    room = first_wire()
    match = match_of(room)
    officers = tuple(replace(officer, role=role) for officer, role in zip(match.officers, roles, strict=True))
    room = replace(room, match=replace(match, officers=officers))
    seen = Course([], [])
    for _ in range(3):
        room = next_phase(room, SEATS[4])
        if match_of(room).prisoner is not None:
            break
        seen.marks.append(tuple(room.is_stood_in(seat) for seat in SEATS))
        seen.hosts.append(room.host)
    return seen


def test_when_a_bot_takes_over_does_not_depend_on_roles() -> None:
    roles = tuple(officer.role for officer in match_of(first_wire()).officers)
    courses = [course(order) for order in list(permutations(roles))[::7]]
    shortest = min(len(each.marks) for each in courses)
    assert shortest >= 2
    first = courses[0]
    for each in courses:
        assert each.marks[:shortest] == first.marks[:shortest]
        assert each.hosts[:shortest] == first.hosts[:shortest]
    assert first.marks[1] == (True, True, True, True, False)


def test_the_prisoner_owes_an_answer_that_does_not_count() -> None:
    room = next_phase(first_wire(), *OTHERS)
    match = match_of(room)
    while match.phase is not Phase.WIRE:
        room = next_phase(room, *SEATS)
        match = match_of(room)
    locked = (*match.turns[:-1], replace(match.turn, prisoner=ABSENT))
    in_the_room = replace(room, match=replace(match, turns=locked))
    free = [seat for seat in OTHERS if seat is not ABSENT]
    _, events = closed(moved(in_the_room, *free))
    assert not any(isinstance(event, t.ChoiceMissed) for event in events)
    _, events = closed(moved(room, *free))
    assert any(isinstance(event, t.ChoiceMissed) for event in events)
