"""Why a match may refuse a command: a documented code, chosen only by what the seat that asked may know.

Two states that a seat cannot tell apart refuse it alike; a code never says more than the seat's own view.
"""

from enum import StrEnum
from typing import Final

from msgspec import Struct


class Code(StrEnum):
    """The codes; each has its sentence in SENTENCES."""

    WRONG_PHASE = "wrong_phase"
    IN_THE_ROOM = "in_the_room"
    NOT_IN_PLAY = "not_in_play"
    NOT_YOURS = "not_yours"
    EMPTY = "empty"
    TOO_LONG = "too_long"
    WILL_NOT_FIT = "will_not_fit"
    NONE_LEFT = "none_left"
    BAD_ADDRESSEE = "bad_addressee"
    BAD_FORM = "bad_form"
    NO_SUCH_MESSAGE = "no_such_message"
    NO_SUCH_BOOK = "no_such_book"
    TOO_MANY_ORDERS = "too_many_orders"
    BAD_ORDER = "bad_order"
    BAD_TARGET = "bad_target"
    ALREADY_DONE = "already_done"
    NO_NERVE = "no_nerve"
    STALE_PHASE = "stale_phase"


SENTENCES: Final[dict[Code, str]] = {
    Code.WRONG_PHASE: "This may not be done in this phase of the match.",
    Code.IN_THE_ROOM: "Whoever is in the Room is cut off from this until the turn ends.",
    Code.NOT_IN_PLAY: "This scenario does without it.",
    Code.NOT_YOURS: "Your seat does not have this.",
    Code.EMPTY: "A message needs at least one character that can be seen.",
    Code.TOO_LONG: "The text is longer than this channel takes.",
    Code.WILL_NOT_FIT: "In cipher this text needs more than the groups of a sheet; fewer capitals or rare signs help.",
    Code.NONE_LEFT: "You have used up what you had of this.",
    Code.BAD_ADDRESSEE: "This channel does not take a message to that addressee, or wants one named.",
    Code.BAD_FORM: "A form must name orders that are in play, and a bargain may not hold another bargain.",
    Code.NO_SUCH_MESSAGE: "You have read no message of that number.",
    Code.NO_SUCH_BOOK: "You do not hold that book.",
    Code.TOO_MANY_ORDERS: "You may not seal that many orders this turn.",
    Code.BAD_ORDER: "That order is not in play, or its sector is missing or out of place.",
    Code.BAD_TARGET: "That is not one of the choices you have.",
    Code.ALREADY_DONE: "This was done, and cannot be changed.",
    Code.NO_NERVE: "You have no nerve left to endure the Room.",
    Code.STALE_PHASE: "That phase is over.",
}


class Refusal(Struct, frozen=True):
    """A command that had no effect, and why."""

    code: Code
