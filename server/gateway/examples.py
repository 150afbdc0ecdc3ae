"""One example of every message, and of every command: they stand in the contract, and the tests send them around.

Beside the loop, for `contract`.
"""

from typing import Final

import msgspec
from msgspec import Raw

from rules import commands as ask
from rules.forms import Agree, Am, Ask, Name, Offer, Refuse, Said, Suspect, Text, Thrust, Will
from rules.ids import AnswerKind, Book, Channel, DemandKind, Level, OrderKind, PowerKind, Role, Seat, Sector
from rules.orders import Order
from rules.refusals import Code
from server.gateway import wire
from server.gateway.refusals import GatewayCode
from server.rooms import table

_HOLD: Final = Order(OrderKind.HOLD, Sector.RAIL)
_OPTIONS: Final = table.Options("nineteenth", "front", table.Pace.LIVE, listed=True, spectators=True)

BODIES: Final[tuple[Said, ...]] = (
    Text("Who holds the rail tonight?"),
    Thrust(Sector.RAIL, Level.HEAVY),
    Will(_HOLD),
    Ask(Seat.LUNA, Order(OrderKind.PAPERWORK)),
    Name(Seat.VOLGA),
    Am(Role.RUDENKO),
    Suspect(Seat.GRANIT, Role.BERIA),
    Offer(give=Will(_HOLD), want=Name(Seat.VOLGA)),
    Agree(7),
    Refuse(8),
)

MOVES: Final[tuple[ask.SeatCommand, ...]] = (
    *(ask.Speak(Channel.OPEN, body) for body in BODIES),
    ask.Speak(Channel.LETTER, Text("Between the two of us."), to=Seat.LUNA),
    ask.Speak(Channel.WIRELESS, Text("Hold."), book=Book.STAFF),
    ask.Sign(Text("Moscow is watching."), to=Seat.SOKOL),
    ask.HandBook(Book.FIELD, Seat.BERYOZA),
    ask.Seal((_HOLD,)),
    ask.Phone(_HOLD),
    ask.Use(PowerKind.TRACE, sector=Sector.RIVER),
    ask.OpenEnvelope(3),
    ask.Pick(Role.MALENKOV),
    ask.Demand(DemandKind.ORDERS),
    ask.Answer(AnswerKind.DENOUNCE, Seat.GRANIT),
    ask.Report(Seat.VOLGA),
    ask.Denote(Seat.SOKOL),
    ask.Ready(ready=True),
)

COMMANDS: Final[tuple[table.RoomCommand, ...]] = (
    table.TakeSeat(Seat.VOLGA),
    table.GetReady(ready=True),
    table.Rename("Mechanic"),
    table.SeatBot(Seat.LUNA, table.BotLevel.CONSCRIPT),
    table.Dismiss(Seat.LUNA),
    table.Choose(_OPTIONS),
    table.HandHost(Seat.GRANIT),
    table.Start(),
    table.Rematch(),
    table.ComeBack(),
    table.Leave(),
    *(table.Play(move) for move in MOVES),
)

LOBBY: Final = table.Document(
    table.Table(
        code="K7PQ2M4T",
        stage=table.Stage.LOBBY,
        options=_OPTIONS,
        seats={
            Seat.SOKOL: table.Place(nickname="Mechanic"),
            Seat.BERYOZA: table.Place(nickname="Example", ready=True, program=True),
            Seat.LUNA: table.Place(bot=table.BotLevel.CONSCRIPT),
        },
        matches=0,
        host=Seat.SOKOL,
    )
)

_TICKET: Final = "c2VhbGVkLW9yZGVycy1mb3ItdGhlLW5pbmV0ZWVudGg"
_TOKEN: Final = f"program-K7PQ2M4T-{_TICKET}"
_STREAM: Final = "5f0c8a1e"
_NOW: Final = 1_780_000_000_000

CLIENT: Final[tuple[wire.ClientMessage, ...]] = (
    wire.Enter(_TICKET, "Qm9vdGgtNDE"),
    wire.Enter(_TICKET, "Qm9vdGgtNDE", wire.Cursor(_STREAM, 17)),
    wire.Enter(_TOKEN, "Qm9vdGgtNDE", nickname="Example"),
    *(wire.Do(number, command) for number, command in enumerate(COMMANDS, 1)),
    wire.Ping(_NOW),
)

SERVER: Final[tuple[wire.ServerMessage, ...]] = (
    wire.Welcome(wire.Standing.SEAT, _NOW, _STREAM, resumed=True, seat=Seat.SOKOL),
    wire.Welcome(wire.Standing.SPECTATOR, _NOW, _STREAM, resumed=False),
    wire.Whole(17, Raw(msgspec.json.encode(LOBBY))),
    wire.Change(18, Raw(b'{"table":{"seats":{"luna":null,"volga":{"nickname":"Radio","ready":true}}}}')),
    wire.Done(1),
    wire.Refused(2, Code.WRONG_PHASE),
    wire.Busy(3, 400),
    wire.Unknown(4),
    wire.Presence((Seat.SOKOL, Seat.VOLGA), 2),
    wire.Pong(_NOW, _NOW + 40),
    wire.bye(GatewayCode.DRAINING),
)
