"""The verdict on what is asked of a room: events or a code. It settles the table; the match's commands go to `rules`.

Pure: the moment, and entropy for a deal, come in as arguments. Every command is judged by itself, against the seat's
current generation: an older window of the same seat may do nothing.
"""

import secrets
from typing import assert_never

from msgspec import Struct

from rules import decide as rules_decide
from rules.commands import Ready, SeatCommand
from rules.events import Event
from rules.ids import SEATS, Seat
from rules.likeness import is_reserved, likeness
from rules.refusals import Code, Refusal
from rules.scenario import UnknownScenario, load
from rules.wording import clean
from server.rooms import stand_ins
from server.rooms import table as t
from server.rooms.refusals import RoomCode
from server.rooms.room import Room, Sitter

NICKNAME_MOST = 24

Happened = tuple[t.RoomEvent | Event, ...]
Verdict = Happened | RoomCode | Code


class Asker(Struct, frozen=True):
    """Who asks: a session's public name, and the seat's generation that his window entered with."""

    player: str
    generation: int


class Entropy(Struct, frozen=True):
    """What a deal needs from outside: 32 bytes each."""

    seed: bytes
    salt: bytes


def fresh_entropy() -> Entropy:
    """Seed and salt that nobody can guess."""
    return Entropy(secrets.token_bytes(32), secrets.token_bytes(32))


def sit(room: Room, player: str, nickname: str, wanted: Seat | None) -> Verdict:
    """A person takes a seat in the lobby, the first free one if none is wanted. One who sits already stays."""
    if player in room.barred:
        return RoomCode.BARRED
    if room.seat_of(player) is not None:
        return ()
    if room.stage is not t.Stage.LOBBY:
        return RoomCode.IN_MATCH
    free = room.free_seats()
    if not free:
        return RoomCode.ROOM_FULL
    if wanted is not None and wanted not in free:
        return RoomCode.SEAT_TAKEN
    name = _nickname(room, nickname, but=None)
    if isinstance(name, RoomCode):
        return name
    seat = wanted or free[0]
    sat = t.PersonSat(player, name, seat)
    return (sat, t.HostNamed(seat)) if room.host is None else (sat,)


def enter(room: Room, player: str, generation: int | None = None) -> Verdict:
    """A window entered for a player: it has the seat from now on. Whoever only watches changes nothing.

    `generation` is the seat's when the window was allowed in, if that is known. If another has entered since, this one
    comes too late: it may hang on a line that its own page gave up long ago.
    """
    seat = room.seat_of(player)
    person = room.person(seat) if seat is not None else None
    if seat is None or person is None:
        return RoomCode.BARRED if player in room.barred else ()
    if generation is not None and person.generation != generation:
        return RoomCode.TAKEN_OVER
    return (t.SeatEntered(seat, person.generation + 1), *stand_ins.entered(room, seat))


def settle(room: Room, player: str) -> Verdict:
    """A window that watched has seen its player sit down: it enters, unless another window has, which plays then."""
    seat = room.seat_of(player)
    person = room.person(seat) if seat is not None else None
    return RoomCode.TAKEN_OVER if person is not None and person.generation else enter(room, player)


def invite(room: Room, host: str, seat: Seat, program: str) -> Verdict:
    """The host keeps a free seat, in the lobby, for the program with this public name."""
    if room.host is None or room.seat_of(host) is not room.host:
        return RoomCode.BARRED if host in room.barred else RoomCode.NOT_HOST
    free = seat in room.free_seats()
    return _in_lobby(room) or ((t.ProgramInvited(program, seat),) if free else RoomCode.SEAT_TAKEN)


def arrive(room: Room, program: str, nickname: str) -> Verdict:
    """A program entered by its token: it has the seat from now on. The first time it sits down, under its nickname."""
    seat = room.seat_of(program)
    found = room.person(seat) if seat is not None else None
    if seat is None or found is None or not found.program:
        return RoomCode.TOKEN_REFUSED
    entered = t.SeatEntered(seat, found.generation + 1)
    if found.nickname:
        return (entered, *stand_ins.entered(room, seat))
    name = _nickname(room, nickname, but=seat)
    return name if isinstance(name, RoomCode) else (t.ProgramSat(seat, name), entered)


def ask(room: Room, asker: Asker, command: t.RoomCommand, entropy: Entropy) -> Verdict:
    """One command by somebody who sits at the table."""
    seat = room.seat_of(asker.player)
    if seat is None:
        return RoomCode.BARRED if asker.player in room.barred else RoomCode.NOT_SEATED
    person = room.person(seat)
    if person is None or person.generation != asker.generation:
        return RoomCode.TAKEN_OVER
    if person.program and isinstance(command, t.TakeSeat | t.GetReady | t.Rematch):
        return RoomCode.IS_BOT
    match command:
        case t.Play(Ready()) if room.is_stood_in(seat):
            return RoomCode.STOOD_IN  # with the hand-back would come a count that rises: all knew whose readiness it is
        case t.Play(move):
            verdict = play(room, seat, move)
            return (*stand_ins.showed_up(room, seat), *verdict) if isinstance(verdict, tuple) else verdict
        case t.ComeBack():
            return stand_ins.showed_up(room, seat) if room.stage is t.Stage.MATCH else RoomCode.NO_MATCH
        case t.Leave():
            return vacate(room, seat, barred="")
        case t.TakeSeat(wanted):
            return _in_lobby(room) or _move(room, seat, wanted)
        case t.GetReady(ready):
            return _in_lobby(room) or (() if person.ready == ready else (t.GotReady(seat, ready),))
        case t.Rename(nickname):
            return _in_lobby(room) or _rename(room, seat, nickname)
        case t.Rematch():
            return _rematch(room)
        case t.SeatBot() | t.Dismiss() | t.Choose() | t.HandHost() | t.Start():
            return RoomCode.NOT_HOST if room.host is not seat else _by_host(room, command, entropy)
        case _:
            assert_never(command)


def play(room: Room, seat: Seat, move: SeatCommand) -> Verdict:
    """A seat's command in the match."""
    if room.match is None:
        return RoomCode.NO_MATCH
    verdict = rules_decide.decide(room.match, seat, move)
    return verdict.code if isinstance(verdict, Refusal) else verdict


def vacate(room: Room, seat: Seat, barred: str) -> Happened:
    """Somebody goes, or is sent: the seat is free, or an officer's in mid-match; a person is the host's successor."""
    left: list[t.RoomEvent | Event] = [t.SeatLeft(seat, barred)]
    if room.stage is t.Stage.MATCH:
        left.append(t.BotSat(seat, stand_ins.STAND_IN))
    if room.host is seat:
        heir = stand_ins.successor(room, seat)
        left.append(t.HostNamed(heir) if heir is not None else t.HostGone())
    return tuple(left)


def _by_host(room: Room, command: t.SeatBot | t.Dismiss | t.Choose | t.HandHost | t.Start, entropy: Entropy) -> Verdict:
    match command:
        case t.SeatBot(seat, level):
            free = seat in room.free_seats()
            return _in_lobby(room) or ((t.BotSat(seat, level),) if free else RoomCode.SEAT_TAKEN)
        case t.Dismiss(seat):
            return _dismiss(room, seat)
        case t.Choose(options):
            return _in_lobby(room) or _choose(room, options)
        case t.HandHost(seat):
            if seat not in room.people() or room.is_stood_in(seat):
                return RoomCode.SEAT_FREE if room.sitter(seat) == Sitter() else RoomCode.IS_BOT
            return () if room.host is seat else (t.HostNamed(seat),)
        case t.Start():
            return _in_lobby(room) or _start(room, entropy)


def _in_lobby(room: Room) -> RoomCode | None:
    return None if room.stage is t.Stage.LOBBY else RoomCode.IN_MATCH


def _move(room: Room, seat: Seat, wanted: Seat) -> Verdict:
    if wanted is seat:
        return ()
    return (t.SeatChanged(seat, wanted),) if wanted in room.free_seats() else RoomCode.SEAT_TAKEN


def _rename(room: Room, seat: Seat, nickname: str) -> Verdict:
    name = _nickname(room, nickname, but=seat)
    return name if isinstance(name, RoomCode) else (t.Renamed(seat, name),)


def _nickname(room: Room, wanted: str, but: Seat | None) -> str | RoomCode:
    name = clean(wanted)
    if not 1 <= len(name) <= NICKNAME_MOST:
        return RoomCode.BAD_NICKNAME
    if is_reserved(name):
        return RoomCode.NICKNAME_RESERVED
    others = [likeness(p.nickname) for s in SEATS if s is not but and (p := room.person(s)) is not None]
    return RoomCode.NICKNAME_TAKEN if likeness(name) in others else name


def _dismiss(room: Room, seat: Seat) -> Verdict:
    sitter = room.sitter(seat)
    if sitter == Sitter():
        return RoomCode.SEAT_FREE
    if sitter.person is not None:  # a program's token dies with its seat, and needs no bar
        return vacate(room, seat, barred="" if sitter.person.program else sitter.person.player)
    return _in_lobby(room) or (t.SeatLeft(seat),)


def _choose(room: Room, options: t.Options) -> Verdict:
    if not is_playable(options):
        return RoomCode.BAD_OPTIONS
    return () if options == room.options else (t.OptionsChosen(options),)


def is_playable(options: t.Options) -> bool:
    """Whether there is such a scenario under such a setting."""
    try:
        load(options.scenario, options.setting)
    except UnknownScenario:
        return False
    return True


def _start(room: Room, entropy: Entropy) -> Verdict:
    if room.free_seats():
        return RoomCode.SEATS_FREE
    waiting = [p for s in SEATS if s is not room.host and (p := room.person(s)) is not None and not p.ready]
    if waiting:
        return RoomCode.NOT_READY
    scenario = load(room.options.scenario, room.options.setting)
    return (t.MatchBegan(), rules_decide.deal(scenario, entropy.seed, entropy.salt))


def _rematch(room: Room) -> Verdict:
    """Two who ask at once mean the same: in the lobby there is nothing left to do."""
    if room.stage is t.Stage.MATCH:
        return RoomCode.NOT_OVER
    return (t.BackInLobby(),) if room.stage is t.Stage.OVER else ()
