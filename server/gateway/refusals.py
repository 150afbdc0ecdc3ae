"""Every code that a client may be refused or closed with, each with its sentence: one registry for code and contract.

It belongs to the last clause of the loop. It must not know when a code applies; it gathers what `rules`, rooms and the
gateway name.
"""

from enum import StrEnum
from itertools import chain
from typing import Final

from msgspec import Struct

from rules import refusals as of_rules
from server.rooms import refusals as of_rooms
from server.rooms.refusals import RoomCode


class GatewayCode(StrEnum):
    """What the gateway says for itself; each has its sentence in SENTENCES."""

    MALFORMED = "malformed"
    UNKNOWN_COMMAND = "unknown_command"
    OUT_OF_TURN_ID = "out_of_turn_id"
    TOO_MANY = "too_many"
    TOO_LARGE = "too_large"
    NOT_TEXT = "not_text"
    NO_ENTER = "no_enter"
    TICKET_REFUSED = "ticket_refused"
    SIGNED_OUT = "signed_out"
    SLOW = "slow"
    FULL = "full"
    DRAINING = "draining"
    FAILED = "failed"
    NO_SESSION = "no_session"
    FOREIGN_ORIGIN = "foreign_origin"
    YOURSELF = "yourself"
    BLOCKS_FULL = "blocks_full"
    BUSY = "store_busy"
    NO_SUCH_PATH = "no_such_path"


SENTENCES: Final[dict[GatewayCode, str]] = {
    GatewayCode.MALFORMED: "That is not a message of this contract.",
    GatewayCode.UNKNOWN_COMMAND: "This server knows no command of that type.",
    GatewayCode.OUT_OF_TURN_ID: "Ids count 1, 2, 3… in an instance, and this one is not next.",
    GatewayCode.TOO_MANY: "Too much was asked in too short a time.",
    GatewayCode.TOO_LARGE: "The message is larger than 16,384 bytes, or the body of the request larger than 65,536.",
    GatewayCode.NOT_TEXT: "The frame is binary; messages are JSON in text frames.",
    GatewayCode.NO_ENTER: "The first message, `enter`, did not come in time, or something else came first.",
    GatewayCode.TICKET_REFUSED: "The ticket may not be used here and now; each serves once, within 30 seconds.",
    GatewayCode.SIGNED_OUT: "The session that opened this connection has ended.",
    GatewayCode.SLOW: "Messages were not read as fast as they came.",
    GatewayCode.FULL: "The server has as many connections as it takes.",
    GatewayCode.DRAINING: "This worker is going away; another takes over.",
    GatewayCode.FAILED: "Something went wrong in the server.",
    GatewayCode.NO_SESSION: "There is no guest's cookie with this request; POST /api/session gives one.",
    GatewayCode.FOREIGN_ORIGIN: "The request came from another site's page.",
    GatewayCode.YOURSELF: "That is you.",
    GatewayCode.BLOCKS_FULL: "You have blocked as many players as one may; let somebody off first.",
    GatewayCode.BUSY: "The store did not answer, or has no space left; try again in a moment.",
    GatewayCode.NO_SUCH_PATH: "There is nothing here.",
}

AnyCode = of_rules.Code | RoomCode | GatewayCode

ALL: Final[dict[AnyCode, str]] = dict(
    chain[tuple[AnyCode, str]](of_rules.SENTENCES.items(), of_rooms.SENTENCES.items(), SENTENCES.items())
)
"""Every code there is, with its sentence. No word is used twice."""

_ANSWERS: Final = (
    GatewayCode.MALFORMED,
    GatewayCode.UNKNOWN_COMMAND,
    GatewayCode.OUT_OF_TURN_ID,
    GatewayCode.TOO_MANY,
)
REFUSALS: Final[tuple[AnyCode, ...]] = (*of_rules.Code, *RoomCode, *_ANSWERS)
"""What `refused` may carry."""


class Close(Struct, frozen=True):
    """How the server closes a WebSocket: its `code`, and whether to come `again`, with a new ticket, after a while."""

    code: int
    again: bool


CLOSES: Final[dict[AnyCode, Close]] = {
    GatewayCode.DRAINING: Close(1012, again=True),
    GatewayCode.FAILED: Close(1011, again=True),
    GatewayCode.SLOW: Close(4008, again=True),
    GatewayCode.MALFORMED: Close(4400, again=False),
    GatewayCode.TICKET_REFUSED: Close(4401, again=True),
    RoomCode.TOKEN_REFUSED: Close(4402, again=False),
    RoomCode.BARRED: Close(4403, again=False),
    RoomCode.NO_SUCH_ROOM: Close(4404, again=False),
    GatewayCode.NO_ENTER: Close(4408, again=True),
    RoomCode.TAKEN_OVER: Close(4409, again=False),
    GatewayCode.SIGNED_OUT: Close(4410, again=False),
    GatewayCode.TOO_LARGE: Close(4413, again=False),
    GatewayCode.NOT_TEXT: Close(4415, again=False),
    RoomCode.BAD_NICKNAME: Close(4422, again=False),
    RoomCode.NICKNAME_TAKEN: Close(4423, again=False),
    RoomCode.NICKNAME_RESERVED: Close(4424, again=False),
    GatewayCode.TOO_MANY: Close(4429, again=True),
    RoomCode.FROZEN: Close(4500, again=False),
    GatewayCode.FULL: Close(4503, again=True),
}
"""Why the server closes, by the `reason` of `bye`, which is the close frame's reason too."""

PROTOCOL_CLOSES: Final[dict[int, str]] = {
    1001: "The server stopped.",
    1002: "A frame broke the WebSocket protocol.",
    1003: "A frame was of a kind that is not taken.",
    1006: "The line broke. No close frame came: come again.",
    1007: "A text frame was not UTF-8.",
    1009: "A frame was larger than 16,384 bytes; the server did not read it.",
}
"""Closes that the WebSocket layer makes itself, before or instead of `bye`."""

HTTP_ONLY: Final = (
    GatewayCode.NO_SESSION,
    GatewayCode.FOREIGN_ORIGIN,
    GatewayCode.YOURSELF,
    GatewayCode.BLOCKS_FULL,
    GatewayCode.BUSY,
    GatewayCode.NO_SUCH_PATH,
)
"""What only the HTTP API says; it also says many of the others."""
