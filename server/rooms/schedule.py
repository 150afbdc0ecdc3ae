"""When a phase ends and when its bots act: a pure function of the room, the pace and the moment a phase opened.

Bots' moments are lots of the match seed and know nothing of roles. Source: the rulebook, "A match".
"""

from collections.abc import Iterator

from rules import lots
from rules.ids import SEATS, Phase, Seat
from rules.state import State
from server.rooms import table as t
from server.rooms.paces import BOT_GLANCES, BOT_WAKES, BOTS_TAKE, Span, span_of
from server.rooms.room import Room


def scheduled(before: Room, after: Room, now: int) -> t.Scheduled | None:
    """What a commit changes of the schedule, if anything: a new phase, five readies, a bot that is done."""
    wanted = _wanted(before, after, now)
    kept = t.Scheduled(after.opened, after.earliest, after.deadline, after.bots)
    return None if wanted == kept else wanted


def _wanted(before: Room, after: Room, now: int) -> t.Scheduled:
    match = after.match
    span = None if match is None else span_of(after.options.pace, match.phase)
    if match is None or span is None:
        return t.Scheduled()
    if before.match is None or before.match.phase_number != match.phase_number or after.opened is None:
        opened, bots = now, tuple(_wakes(after, match, span, now))
    else:
        opened, bots = after.opened, tuple(_still(before, after, match, span, now))
    earliest = opened + 1000 * span.minimum
    everyone = len(match.ready) == len(SEATS)
    return t.Scheduled(opened, earliest, earliest if everyone else opened + 1000 * span.length, bots)


def _wakes(room: Room, match: State, span: Span, now: int) -> Iterator[tuple[Seat, int]]:
    """Each bot's moments in a phase, in the order of seats: so many in the time that bots take, so many in the rest."""
    if match.phase is Phase.FINISHED:
        return
    window = 1000 * min(BOTS_TAKE, span.length // 3)
    rest = 1000 * span.length - window
    for seat in SEATS:
        if room.sitter(seat).bot is None:
            continue
        for wake in range(BOT_WAKES + BOT_GLANCES):
            share = lots.below(bytes.fromhex(match.seed), f"bot:{match.phase_number}:{seat}:{wake}", 1000)
            if wake < BOT_WAKES:
                yield seat, now + window * (1000 * wake + share) // (1000 * BOT_WAKES)
            else:
                glance = 1000 * (wake - BOT_WAKES) + share
                yield seat, now + window + rest * glance // (1000 * BOT_GLANCES + 500)


def _still(before: Room, after: Room, match: State, span: Span, now: int) -> Iterator[tuple[Seat, int]]:
    """The moments that are left in a phase, with those of a bot that has just taken over from a person."""
    fresh = [seat for seat in SEATS if after.sitter(seat).bot is not None and before.sitter(seat).bot is None]
    yield from ((seat, at) for seat, at in after.bots if after.sitter(seat).bot is not None and seat not in fresh)
    yield from ((seat, at) for seat, at in _wakes(after, match, span, now) if seat in fresh)
