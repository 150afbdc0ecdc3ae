"""Why a room may refuse what is asked of it: a documented code for everything that `rules` does not refuse.

All of it is about the table, which is public; nothing here may depend on what only some seat knows of the match.
"""

from enum import StrEnum
from typing import Final


class RoomCode(StrEnum):
    """The codes; each has its sentence in SENTENCES."""

    NO_SUCH_ROOM = "no_such_room"
    ROOM_FULL = "room_full"
    SEAT_TAKEN = "seat_taken"
    SEAT_FREE = "seat_free"
    IS_BOT = "is_bot"
    NOT_HOST = "not_host"
    NOT_READY = "not_ready"
    SEATS_FREE = "seats_free"
    IN_MATCH = "in_match"
    NO_MATCH = "no_match"
    NOT_OVER = "not_over"
    NOT_SEATED = "not_seated"
    BARRED = "barred"
    BAD_NICKNAME = "bad_nickname"
    NICKNAME_TAKEN = "nickname_taken"
    NICKNAME_RESERVED = "nickname_reserved"
    BAD_OPTIONS = "bad_options"
    TAKEN_OVER = "taken_over"
    STOOD_IN = "stood_in"
    TOKEN_REFUSED = "token_refused"
    FROZEN = "frozen"
    NO_SPACE = "no_space"
    PHASE_SPENT = "phase_spent"
    ROOM_SPENT = "room_spent"


SENTENCES: Final[dict[RoomCode, str]] = {
    RoomCode.NO_SUCH_ROOM: "There is no such room, or it is not open to you.",
    RoomCode.ROOM_FULL: "All five seats are taken.",
    RoomCode.SEAT_TAKEN: "Somebody sits there already.",
    RoomCode.SEAT_FREE: "Nobody sits there.",
    RoomCode.IS_BOT: "A bot sits there, and only a person can do this.",
    RoomCode.NOT_HOST: "Only the host may do this.",
    RoomCode.NOT_READY: "Not everybody at the table is ready.",
    RoomCode.SEATS_FREE: "A match needs five; some seats are still free.",
    RoomCode.IN_MATCH: "This cannot be done while a match is being played.",
    RoomCode.NO_MATCH: "No match is being played.",
    RoomCode.NOT_OVER: "The match is not over yet.",
    RoomCode.NOT_SEATED: "Only those who have a seat may do this.",
    RoomCode.BARRED: "You were sent away from this table.",
    RoomCode.BAD_NICKNAME: "A nickname has 1 to 24 characters that can be seen, on one line.",
    RoomCode.NICKNAME_TAKEN: "Somebody at this table goes by that nickname, or one that looks like it.",
    RoomCode.NICKNAME_RESERVED: "That nickname looks like a call sign, or like MOSCOW.",
    RoomCode.BAD_OPTIONS: "There is no such scenario, setting or pace.",
    RoomCode.TAKEN_OVER: "This seat is played from another window now.",
    RoomCode.STOOD_IN: "A bot plays your seat; take it back before you say that you are ready.",
    RoomCode.TOKEN_REFUSED: "The bot token opens no seat, or none any more.",
    RoomCode.FROZEN: "Something went wrong in this room; it stands still until an operator has looked at it.",
    RoomCode.NO_SPACE: "The server has as many rooms as it can hold; try again later.",
    RoomCode.PHASE_SPENT: "Your seat has done as much as a seat may in one phase; wait for the next.",
    RoomCode.ROOM_SPENT: "This room has seen as much as a room may. Its match still ends by the clock; open another.",
}
