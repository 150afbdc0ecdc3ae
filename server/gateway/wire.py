"""Every message between a client and the server: the one source of the client's types and of the AsyncAPI document.

First and last clause of the loop. It must not know what a message is good for, nor who sent it; `loop.md` beside this
file tells in what order messages come.
"""

import json
from enum import StrEnum
from typing import Annotated, Any, Final, get_args

import msgspec
from msgspec import Meta, Raw, Struct

from rules.commands import SeatCommand
from rules.ids import Seat
from server.gateway.refusals import CLOSES, AnyCode, GatewayCode
from server.rooms.table import RoomCommand

LARGEST_FRAME: Final = 16_384
"""Bytes of a frame that a client may send. A room's texts are far shorter, and refused by the rules with a sentence."""

_MOST: Final = 2**53 - 1  # what every JSON reader can count exactly
Count = Annotated[int, Meta(ge=0, le=_MOST)]
Number = Annotated[int, Meta(ge=1, le=_MOST)]
Milliseconds = Annotated[int, Meta(ge=0, le=_MOST)]
_NAME = r"^[A-Za-z0-9_-]+(?![\s\S])"  # a bare $ would let a line break through
Ticket = Annotated[str, Meta(min_length=8, max_length=128, pattern=_NAME)]
Instance = Annotated[str, Meta(min_length=8, max_length=64, pattern=_NAME)]
Stream = Annotated[str, Meta(min_length=1, max_length=64)]
Nickname = Annotated[str, Meta(max_length=200)]


# What a client may send.


class Cursor(Struct, frozen=True, forbid_unknown_fields=True):
    """The last number `n` that the client has, and the `stream` it belongs to. A position, not a right to anything."""

    stream: Stream
    n: Count


class Enter(Struct, frozen=True, tag="enter", omit_defaults=True, forbid_unknown_fields=True):
    """The first message, always. `ticket` is single-use; `instance` is random, one for as long as a page lives.

    A program shows its bot token as `ticket`, every time, and says by `nickname` how it is called; others leave it out.
    """

    ticket: Ticket
    instance: Instance
    cursor: Cursor | None = None
    nickname: Nickname | None = None


class Do(Struct, frozen=True, tag="do", forbid_unknown_fields=True):
    """Please do this. `id` counts 1, 2, 3… in an instance; resent with the same id until answered, it happens once."""

    id: Number
    command: RoomCommand


class Ping(Struct, frozen=True, tag="ping", forbid_unknown_fields=True):
    """A question for the time. `at` is any number of the client's, ms of its own clock for instance."""

    at: Milliseconds


ClientMessage = Enter | Do | Ping


# What the server sends.


class Standing(StrEnum):
    """As what a connection has entered."""

    SEAT = "seat"
    SPECTATOR = "spectator"


class Welcome(Struct, frozen=True, tag="welcome", omit_defaults=True):
    """The client has entered, for `seat` or as a spectator. `now` is the server's clock, ms since 1970.

    `stream` names the numbering of what follows. `resumed`: the missing changes follow; else a whole document does.
    A second welcome on a connection begins another stream.
    """

    standing: Standing = msgspec.field(name="as")
    now: int
    stream: Stream
    resumed: bool
    seat: Seat | None = None


class Whole(Struct, frozen=True, tag="whole"):
    """Everything that the viewer may know, in place of all that it had. `n` is the viewer's number from here on."""

    n: Count
    document: Raw


class Change(Struct, frozen=True, tag="change"):
    """What is new since `n - 1`: a JSON merge patch (RFC 7396) of the viewer's document."""

    n: Number
    patch: Raw


class Done(Struct, frozen=True, tag="done"):
    """The command with this id has had its effect. Nothing takes it back."""

    id: Number


class Refused(Struct, frozen=True, tag="refused"):
    """The command with this id had no effect and never will; `code` says why (`x-refusals`)."""

    id: Number
    code: str


class Busy(Struct, frozen=True, tag="busy"):
    """The command with this id has had no effect so far. Send it again, with the same id, after `retry_ms`."""

    id: Number
    retry_ms: Milliseconds


class Unknown(Struct, frozen=True, tag="unknown"):
    """Nobody can say yet what became of the command with this id. Send it again, with the same id."""

    id: Number


class Presence(Struct, frozen=True, tag="presence"):
    """Which people's and programs' seats are connected, and how many watch. It has no number and no history."""

    seats: tuple[Seat, ...]
    watchers: Count


class Pong(Struct, frozen=True, tag="pong"):
    """The answer to a ping: its `at`, and the server's clock, ms since 1970."""

    at: Milliseconds
    now: int


class Bye(Struct, frozen=True, tag="bye"):
    """The last message before the server closes, with the close `code` and `reason` (`x-closes`).

    `again`: come back with a new ticket; else only a person can mend it.
    """

    code: int
    reason: str
    again: bool


ServerMessage = Welcome | Whole | Change | Done | Refused | Busy | Unknown | Presence | Pong | Bye


def bye(reason: AnyCode) -> Bye:
    """The farewell for a reason that `refusals.CLOSES` lists."""
    close = CLOSES[reason]
    return Bye(close.code, reason, close.again)


class Malformed(Exception):
    """A frame that is no message. `code` says why; `id` is there if it was a `do` whose id could still be read."""

    def __init__(self, code: GatewayCode, id: int | None = None) -> None:
        super().__init__(code.value)
        self.code = code
        self.id = id


class _Tagged(Struct):
    type: str


class _LooseDo(Struct, tag="do"):
    id: Number
    command: Raw


class _LoosePlay(Struct, tag="play"):
    move: _Tagged


def _said_once(members: list[tuple[str, Any]]) -> dict[str, Any]:
    """Two readers may take a member that stands twice, or a null, for different things: so neither is a message."""
    once = dict(members)
    if len(once) < len(members) or None in once.values():
        raise ValueError
    return once


_read: Final = msgspec.json.Decoder(ClientMessage).decode
_read_loosely: Final = msgspec.json.Decoder(_LooseDo).decode
_read_server: Final = msgspec.json.Decoder(ServerMessage).decode
_write: Final = msgspec.json.Encoder().encode
_read_strictly: Final = json.JSONDecoder(object_pairs_hook=_said_once).decode
_COMMANDS: Final = frozenset(kind.__struct_config__.tag for kind in get_args(RoomCommand))
_MOVES: Final = frozenset(kind.__struct_config__.tag for kind in get_args(SeatCommand))
_FAULTS: Final = (msgspec.MsgspecError, ValueError, RecursionError)


def decode(raw: str | bytes) -> ClientMessage:
    """What a client sent, as the text of one frame (`bytes`: its UTF-8). Raises Malformed."""
    if len(raw) > LARGEST_FRAME:
        raise Malformed(GatewayCode.TOO_LARGE)
    try:
        text = raw.encode() if isinstance(raw, str) else raw
        if len(text) > LARGEST_FRAME:
            raise Malformed(GatewayCode.TOO_LARGE)
        message: ClientMessage = _read(text)
        _read_strictly(text.decode())  # it has the shape of a message by now, so it is not deep
    except _FAULTS as fault:
        raise _named(raw) from fault
    return message


def encode(message: ServerMessage | ClientMessage) -> bytes:
    """A message as the UTF-8 of one text frame."""
    return _write(message)


def decode_server(raw: str | bytes) -> ServerMessage:
    """What the server sent, for clients written in Python. Raises msgspec.DecodeError."""
    message: ServerMessage = _read_server(raw)
    return message


def _named(raw: str | bytes) -> Malformed:
    """Why a frame could not be read. Only here is a frame read twice."""
    try:
        loose = _read_loosely(raw)
    except _FAULTS:
        return Malformed(GatewayCode.MALFORMED)
    return Malformed(GatewayCode.MALFORMED if _is_known(loose.command) else GatewayCode.UNKNOWN_COMMAND, loose.id)


def _is_known(command: Raw) -> bool:
    """Whether the command's type, and its move's, are in the contract; a shape without any counts as known."""
    try:
        tag = msgspec.json.decode(command, type=_Tagged).type
        if tag == "play":
            return msgspec.json.decode(command, type=_LoosePlay).move.type in _MOVES
    except _FAULTS:
        return True
    return tag in _COMMANDS
