"""What the clock does to a room that is due: bots whose moment has come act, or the open phase ends, or it is given up.

As a phase ends, bots take over from those who missed too much. Pure: a tick that finds nothing due does nothing, so any
number of workers may tick the same room.
"""

from functools import partial

from rules import decide as rules_decide
from rules import lots
from rules.commands import Close, Demand, HandBook, Ready, SeatCommand, Sign, Speak
from rules.events import Event
from rules.ids import Seat
from rules.players.tables import PLAYERS
from rules.project import project
from rules.refusals import Refusal
from rules.state import State
from server.rooms import stand_ins
from server.rooms import table as t
from server.rooms.listing import idle_until
from server.rooms.paces import BOT_GLANCES
from server.rooms.room import Room, fold


def tick(room: Room, now: int) -> tuple[t.RoomEvent | Event, ...]:
    """The events of one tick. Bots first: what is due for them was due before the phase's end."""
    due = [seat for seat, at in room.bots if at <= now]
    if due:
        return _bots_act(room, due, now)
    if room.match is not None and room.deadline is not None and room.deadline <= now:
        verdict = rules_decide.close(room.match, Close(room.match.phase_number))
        return () if isinstance(verdict, Refusal) else (*stand_ins.missed(room), *verdict)
    return (t.RoomClosed(),) if room.due() is None and idle_until(room) <= now else ()


def _bots_act(room: Room, due: list[Seat], now: int) -> tuple[t.RoomEvent | Event, ...]:
    left = tuple((seat, at) for seat, at in room.bots if at > now)
    happened: list[t.RoomEvent | Event] = [t.Scheduled(room.opened, room.earliest, room.deadline, left)]
    for seat in dict.fromkeys(due):
        level = room.sitter(seat).bot
        if room.match is None or level is None:
            continue
        lots_of_wake, language = partial(_draw, room.match, seat, now), room.options.language
        moves = PLAYERS[level](project(room.match, seat), lots_of_wake, language)
        for move in one_at_a_time(moves, sum(other is seat for other, _ in left)):
            verdict = rules_decide.decide(room.match, seat, move)
            if isinstance(verdict, Refusal):
                continue
            for event in verdict:
                room = fold(room, event)
                happened.append(event)
            assert room.match is not None, "a match does not vanish while it is played"
    return tuple(happened)


_TOLD = Speak | Sign | HandBook | Demand


def one_at_a_time(moves: tuple[SeatCommand, ...], moments_left: int) -> tuple[SeatCommand, ...]:
    """A bot does not say that it is ready in the moment in which somebody hears from it: only how many are ready shows.

    Readiness waits for the next moment; in the last in which bots do a phase's business, what would be heard waits.
    """
    if not any(isinstance(move, Ready) for move in moves) or not any(isinstance(move, _TOLD) for move in moves):
        return moves
    if moments_left > BOT_GLANCES:
        return tuple(move for move in moves if not isinstance(move, Ready))
    return tuple(move for move in moves if not isinstance(move, _TOLD))


def _draw(match: State, seat: Seat, now: int, purpose: str, below: int) -> int:
    return lots.below(bytes.fromhex(match.seed), f"bot:{match.phase_number}:{seat}:{now}:{purpose}", below)
