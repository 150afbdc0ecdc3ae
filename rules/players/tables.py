"""Tables to measure the game by: who sits in the five seats, and what is different about them.

Source: the rulebook, "Balance". A table is a player for all seats alike; what differs by role reads it from the view.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Protocol

from rules import commands as c
from rules import forms as f
from rules.commands import SeatCommand
from rules.ids import LEVELS, ROLES, SEATS, SECTORS, Channel, DirectiveKind, OrderKind, Phase, Role, Seat, level_of
from rules.lots import choose
from rules.orders import Order
from rules.players import conscript, officer, strategist
from rules.players.lot import Draw, Lot
from rules.players.plans import plans
from rules.players.reading import read
from rules.simulate import Player
from rules.view import View


class Bot(Protocol):
    """A player with words of its own, in the language of the table."""

    def __call__(self, view: View, draw: Draw, language: str = "en") -> tuple[SeatCommand, ...]: ...


PLAYERS: Mapping[str, Bot] = {"conscript": conscript.act, "officer": officer.act, "strategist": strategist.act}
"""The players that may take a seat, by the name of their level."""

FRONT_SIDE = (Role.MALENKOV, Role.IRINA, Role.RUDENKO)
"""Roles that win by the front alone: one of them is the novice of a table."""


def obedient(view: View, draw: Draw) -> tuple[SeatCommand, ...]:
    """An officer who orders what Moscow demands, to the letter; where it names no road, he holds the main one."""
    return tuple(_obeying(view, command) for command in officer.act(view, draw) if not isinstance(command, c.Phone))


def _obeying(view: View, command: SeatCommand) -> SeatCommand:
    if not isinstance(command, c.Seal) or view.directive is None:
        return command
    match view.directive.kind:
        case DirectiveKind.HOLD:
            order = Order(OrderKind.HOLD, view.directive.sector)
        case DirectiveKind.COUNTERATTACK:
            order = Order(OrderKind.COUNTERATTACK, view.directive.sector)
        case DirectiveKind.PAPERWORK:
            order = Order(OrderKind.PAPERWORK)
        case DirectiveKind.GUNS_FROZEN:
            likeliest = plans(view, read(view))[0][1]
            order = Order(OrderKind.HOLD, SECTORS[max(range(3), key=lambda place: likeliest[place])])
    return c.Seal((order,) * len(command.orders))


def open_handed(view: View, draw: Draw) -> tuple[SeatCommand, ...]:
    """An officer; as Irina he tells everybody the whole plan, each turn, before anything else."""
    own = view.you.turns.get(view.turn) if view.you is not None else None
    if view.phase is not Phase.WIRE or own is None or own.plan is None or view.prisoner is (view.you and view.you.seat):
        return officer.act(view, draw)
    told = any(
        paper.turn == view.turn and paper.author is (view.you and view.you.seat) for paper in view.papers.values()
    )
    if told:
        return officer.act(view, draw)
    return tuple(c.Speak(Channel.OPEN, f.Thrust(sector, level_of(own.plan[sector]))) for sector in SECTORS)


def lying(view: View, draw: Draw) -> tuple[SeatCommand, ...]:
    """An officer whose claims are false one time in three: about the enemy, himself and others. His promises hold."""
    lot = Lot(draw, f"lies:{view.phase_number}:{len(view.papers)}")
    return tuple(_bent(command, lot, number) for number, command in enumerate(officer.act(view, draw)))


def _bent(command: SeatCommand, lot: Lot, number: int) -> SeatCommand:
    if not isinstance(command, c.Speak) or not lot.one_in(3, f"lie {number}"):
        return command
    match command.body:
        case f.Thrust(sector, level):
            lie: f.Said = f.Thrust(
                sector, lot.choose(f"level {number}", [each for each in LEVELS if each is not level])
            )
        case f.Am(role):
            lie = f.Am(lot.choose(f"role {number}", [each for each in ROLES if each is not role]))
        case f.Suspect(seat, role):
            lie = f.Suspect(lot.choose(f"seat {number}", [each for each in SEATS if each is not seat]), role)
        case _:
            return command
    return c.Speak(command.channel, lie, to=command.to, book=command.book)


def _with_novice(novice: Role, view: View, draw: Draw) -> tuple[SeatCommand, ...]:
    is_novice = view.you is not None and view.you.role is novice
    return conscript.act(view, draw) if is_novice else officer.act(view, draw)


def _alike(player: Player) -> Callable[[bytes], Player]:
    return lambda seed: player


TABLES: Mapping[str, Callable[[bytes], Player]] = {
    "officers": _alike(officer.act),
    "strategists": _alike(strategist.act),
    "conscripts": _alike(conscript.act),
    "obedient": _alike(obedient),
    "open": _alike(open_handed),
    "liars": _alike(lying),
    "novices": lambda seed: partial(_with_novice, choose(seed, "novice", FRONT_SIDE)),
}
"""By name: what makes the player of all five seats from the seed of a match."""


def seated(table: str, seed: bytes, guests: Mapping[Role, Player]) -> dict[Seat, Player]:
    """The players of a match at this table; a guest plays his role in whichever seat it was dealt to. KeyError."""
    host = TABLES[table](seed)
    return dict.fromkeys(SEATS, partial(_guest, host, guests) if guests else host)


def _guest(host: Player, guests: Mapping[Role, Player], view: View, draw: Draw) -> tuple[SeatCommand, ...]:
    assert view.you is not None, "a player has a seat"
    return guests.get(view.you.role, host)(view, draw)
