"""Whom an officer names: to the inquiry, on the wire while it sits, and at the end."""

from collections.abc import Iterator

from rules import commands as c
from rules import forms as f
from rules.commands import SeatCommand
from rules.ids import Channel, DirectiveKind, OrderKind, Role, Seat, level_of
from rules.players import manner
from rules.players.lot import Lot
from rules.players.manner import Voice
from rules.players.reading import Reading
from rules.view import Can, View

SILENCE = 9
"""In how many of a hundred inquiries an officer keeps silent."""


def inquiry(
    view: View, can: Can, reading: Reading, voice: Voice, ready: tuple[SeatCommand, ...]
) -> Iterator[SeatCommand]:
    """Say a name, or listen to the others first; then report."""
    assert view.you is not None, "a watcher names nobody"
    own, lot = view.you.turns[view.turn], voice.lot
    if can.report and not own.has_reported:
        blame = _blame(view, can, reading, lot)
        named = lot.most("blamed", blame, lambda seat: blame[seat])
        said = any(isinstance(paper.body, f.Name) for paper in reading.own)
        if not said and Channel.OPEN in can.speak and lot.percent(45, "say it"):
            yield c.Speak(Channel.OPEN, f.Name(named))
            yield from manner.accusation(can, named, voice)
        elif not said and lot.percent(40, "wait"):
            return
        yield c.Report(None if lot.percent(SILENCE, "silence") else named)
    yield from manner.defence(view, can, reading, voice)
    yield from ready


def _blame(view: View, can: Can, reading: Reading, lot: Lot) -> dict[Seat, float]:
    """How gladly this seat would see each other one named."""
    assert view.you is not None, "a watcher names nobody"
    you, chances = view.you, reading.malenkov
    friends = {seat for known in you.known for seat in known.seats}
    blame = {}
    for seat in can.report:
        blame[seat] = (
            0.9 * reading.names[seat] + 0.12 * view.officers[seat].suspicion + 0.5 * lot.below(f"whim {seat}", 4)
        )
        blame[seat] += _said_aloud(view, reading, seat) + 0.3 * reading.faithless[seat]
        match you.role:
            case Role.BERIA:
                blame[seat] += 6 * chances[seat]
            case Role.IRINA:
                blame[seat] -= 3 * chances[seat]
            case Role.MALENKOV if seat in friends:
                blame[seat] -= 1.0
            case Role.PAVEL if seat in friends:
                blame[seat] += 4 * chances[seat] - 1 if you.patron is Role.BERIA else -1.0
            case _:
                pass
    return blame


def _said_aloud(view: View, reading: Reading, seat: Seat) -> float:
    """Who said that he would do what broke the directive, or was wrong about the enemy tonight, is an easy answer."""
    directive, record = view.directive, view.turns[view.turn]
    blame = 0.0
    for order in reading.wills.get(seat, ()):
        withdrew = order.kind is OrderKind.WITHDRAW and directive is not None and directive.kind is DirectiveKind.HOLD
        guns = order.kind is OrderKind.GUNS and directive is not None and directive.kind is DirectiveKind.GUNS_FROZEN
        blame += 1.2 * (guns or (withdrew and directive is not None and order.sector is directive.sector))
    if record.report is not None:
        wrong = [
            s
            for (author, s), level in reading.claims.items()
            if author is seat and level_of(record.report[s].thrust) is not level
        ]
        blame += 0.6 * bool(wrong)
    return blame


def naming(view: View, can: Can, reading: Reading, lot: Lot) -> Iterator[SeatCommand]:
    """Beria's last word: the likeliest seat, of equals the one with the thicker file."""
    if can.denote and view.you is not None and view.you.denoted is None:
        chances = reading.malenkov
        files = {seat: 1e-6 * view.officers[seat].suspicion for seat in can.denote}
        yield c.Denote(lot.most("named", can.denote, lambda seat: chances[seat] + files[seat]))
