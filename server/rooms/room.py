"""A room as a value, and its fold: what the log's commits make of a table and the match on it. No verdicts here.

Every worker folds the same log to the same room, its viewers' numbers included. It knows no socket and no clock.
"""

from msgspec import Struct
from msgspec.structs import replace

from rules import evolve as rules_evolve
from rules.events import Dealt, Event
from rules.ids import SEATS, VIEWERS, Seat, Viewer, Watcher
from rules.state import State
from server.rooms import table as t

INSTANCES_KEPT = 64
INSTANCES_OF_ONE = 8
COMMANDS_KEPT = 24
OF = ":"
"""Between a player's public name and his instance."""


class Person(Struct, frozen=True, omit_defaults=True):
    """Who plays a seat by a connection: a session's public name, and how often a window has entered for it.

    `program`: its author's program does, by a token. One that is awaited has an empty nickname, and is not ready.
    `missed`: owed choices missed in a row; `seen_in`: the number of the last phase of the match with a move of its.
    """

    player: str
    nickname: str
    ready: bool = False
    generation: int = 0
    program: bool = False
    missed: int = 0
    seen_in: int = 0


class Sitter(Struct, frozen=True, omit_defaults=True):
    """One of the five places: a person or a program, a bot of a level, or nobody; or a bot that stands in for one."""

    person: Person | None = None
    bot: t.BotLevel | None = None


class Acted(Struct, frozen=True):
    """The commands of one client instance that had an effect, newest last. `instance`: a player, OF, his own word."""

    instance: str
    numbers: tuple[int, ...]


class Room(Struct, frozen=True, omit_defaults=True):
    """The whole room. `counts`: how many changes each of VIEWERS has been sent. Times are ms of the store's clock.

    `spent`: how many commands of each seat had an effect in this phase, or since the table has been in the lobby.
    """

    code: str
    options: t.Options
    stage: t.Stage = t.Stage.LOBBY
    sitters: tuple[Sitter, ...] = (Sitter(),) * len(SEATS)
    host: Seat | None = None
    barred: tuple[str, ...] = ()
    matches: int = 0
    match: State | None = None
    opened: int | None = None
    earliest: int | None = None
    deadline: int | None = None
    bots: tuple[tuple[Seat, int], ...] = ()
    acted: tuple[Acted, ...] = ()
    counts: tuple[int, ...] = (0,) * len(VIEWERS)
    last: int = 0
    closed: bool = False
    spent: tuple[int, ...] = (0,) * len(SEATS)

    def sitter(self, seat: Seat) -> Sitter:
        """Who has a seat."""
        return self.sitters[SEATS.index(seat)]

    def person(self, seat: Seat) -> Person | None:
        """The person on a seat, or the program, if there is one."""
        return self.sitter(seat).person

    def seat_of(self, player: str) -> Seat | None:
        """The seat of a player; none for whoever watches."""
        return next((s for s in SEATS if (p := self.person(s)) is not None and p.player == player), None)

    def viewer_of(self, player: str) -> Viewer:
        """As whom a player sees this room."""
        return self.seat_of(player) or Watcher.WATCHER

    def free_seats(self) -> tuple[Seat, ...]:
        """The seats that nobody has."""
        return tuple(s for s in SEATS if self.sitter(s) == Sitter())

    def people(self) -> tuple[Seat, ...]:
        """The seats that persons have, and no programs."""
        return tuple(s for s in SEATS if (p := self.person(s)) is not None and not p.program)

    def is_stood_in(self, seat: Seat) -> bool:
        """Whether a bot plays for the person or program that has the seat."""
        sitter = self.sitter(seat)
        return sitter.person is not None and sitter.bot is not None

    def has_acted(self, instance: str, number: int) -> bool:
        """Whether this very command has had its effect already. One too old to be remembered never has another."""
        numbers = next((acted.numbers for acted in self.acted if acted.instance == instance), ())
        return number in numbers or (len(numbers) == COMMANDS_KEPT and number < min(numbers))

    def due(self) -> int | None:
        """When the clock has to look at this room next."""
        times = [at for _, at in self.bots]
        times += [self.deadline] if self.deadline is not None else []
        return min(times, default=None)


def opened(event: t.RoomOpened) -> Room:
    """The room right after it was opened."""
    return Room(code=event.code, options=event.options)


def fold(room: Room, event: t.RoomEvent | Event) -> Room:
    """The room after an event."""
    match event:
        case t.RoomOpened():
            return opened(event)
        case t.PersonSat(player, nickname, seat):
            return _seated(room, seat, Sitter(person=Person(player, nickname)))
        case t.ProgramInvited(player, seat):
            return _seated(room, seat, Sitter(person=Person(player, "", program=True)))
        case t.ProgramSat(seat, nickname):
            return _changed(room, seat, nickname=nickname, ready=True)
        case t.BotSat(seat, level):
            return _seated(room, seat, Sitter(bot=level))
        case t.SeatChanged(before, after):
            moved = _seated(_seated(room, after, room.sitter(before)), before, Sitter())
            return replace(moved, host=after) if room.host is before else moved
        case t.SeatLeft(seat, barred):
            kept = (*room.barred, barred) if barred else room.barred
            return replace(_seated(room, seat, Sitter()), barred=kept)
        case t.Renamed(seat, nickname):
            return _changed(room, seat, nickname=nickname)
        case t.GotReady(seat, ready):
            return _changed(room, seat, ready=ready)
        case t.HostNamed(seat):
            return replace(room, host=seat)
        case t.HostGone():
            return replace(room, host=None)
        case t.OptionsChosen(options):
            return _unready(replace(room, options=options))
        case t.SeatEntered(seat, generation):
            return _changed(room, seat, generation=generation)
        case t.RoomClosed():
            return replace(room, closed=True)
        case t.ShowedUp(seat):
            return _changed(room, seat, missed=0, seen_in=_phase_of(room))
        case t.ChoiceMissed(seat, missed):
            return _changed(room, seat, missed=missed)
        case t.StoodIn(seat, level):
            return _seated(room, seat, replace(room.sitter(seat), bot=level))
        case t.SeatHandedBack(seat):
            return _handed_back(room, seat)
        case t.MatchBegan():
            return replace(_all_back(_unready(room)), stage=t.Stage.MATCH, matches=room.matches + 1)
        case t.BackInLobby():
            return replace(_unready(room), stage=t.Stage.LOBBY, match=None, spent=(0,) * len(SEATS))
        case t.Scheduled(opened=at, earliest=earliest, deadline=deadline, bots=bots):
            spent = room.spent if at == room.opened else (0,) * len(SEATS)
            return replace(room, opened=at, earliest=earliest, deadline=deadline, bots=bots, spent=spent)
        case t.Acted(instance, number, seat):
            return _acted(room if seat is None else _counted(room, seat), instance, number)
        case Dealt():
            return replace(room, match=rules_evolve.begin(event))
        case _:
            assert room.match is not None, "a match's events come after its deal"
            return _played(room, rules_evolve.evolve(room.match, event))


def _played(room: Room, match: State) -> Room:
    room = replace(room, match=match)
    if match.judgement is None or room.stage is t.Stage.OVER:
        return room
    return replace(_all_back(room), stage=t.Stage.OVER)


def _seated(room: Room, seat: Seat, sitter: Sitter) -> Room:
    place = SEATS.index(seat)
    return replace(room, sitters=(*room.sitters[:place], sitter, *room.sitters[place + 1 :]))


def _changed(room: Room, seat: Seat, **changes: object) -> Room:
    sitter = room.sitter(seat)
    if sitter.person is None:
        return room
    return _seated(room, seat, replace(sitter, person=replace(sitter.person, **changes)))


def _phase_of(room: Room) -> int:
    return room.match.phase_number if room.match is not None else 0


def _handed_back(room: Room, seat: Seat) -> Room:
    """Entering proves little, a page comes back by itself too: the next phase without a move, and the bot plays on."""
    room = _seated(room, seat, replace(room.sitter(seat), bot=None))
    return _changed(room, seat, missed=1, seen_in=_phase_of(room))


def _all_back(room: Room) -> Room:
    """No match is played now: nobody owes anything, and nobody is stood in for."""
    for seat in SEATS:
        if room.person(seat) is not None:
            room = _seated(room, seat, replace(room.sitter(seat), bot=None))
            room = _changed(room, seat, missed=0, seen_in=0)
    return room


def _unready(room: Room) -> Room:
    for seat in room.people():
        room = _changed(room, seat, ready=False)
    return room


def _counted(room: Room, seat: Seat) -> Room:
    return replace(room, spent=tuple(n + (other is seat) for other, n in zip(SEATS, room.spent, strict=True)))


def _acted(room: Room, instance: str, number: int) -> Room:
    """Remember a command's effect. The instance that acted last stands last; the longest silent is forgotten first.

    A player's push out his own alone: if another's could, he would learn by asking again that the other has acted.
    """
    known = next((a.numbers for a in room.acted if a.instance == instance), ())
    others = [a for a in room.acted if a.instance != instance]
    own = [a for a in others if _owner(a.instance) == _owner(instance)]
    spent = own[: max(0, len(own) + 1 - INSTANCES_OF_ONE)]
    kept = (*(a for a in others if a not in spent), Acted(instance, (*known, number)[-COMMANDS_KEPT:]))
    return replace(room, acted=kept[-INSTANCES_KEPT:])


def _owner(instance: str) -> str:
    return instance.partition(OF)[0]
