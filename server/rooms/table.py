"""The table around a match: what a room is, apart from its secrets. All of it is public to everyone who may enter.

Vocabulary alone: what a player may ask of a room, what happened in it, what everyone is shown of it.
"""

from enum import StrEnum

from msgspec import Struct

from rules.commands import SeatCommand
from rules.events import Event
from rules.ids import Seat
from rules.view import View


class Pace(StrEnum):
    """How long the phases last. Durations stand in `server.rooms.paces`."""

    BLITZ = "blitz"
    LIVE = "live"
    SLOW = "slow"
    CORRESPONDENCE = "correspondence"


class Stage(StrEnum):
    """Where a room stands. `over`: a match has been judged, and the table may play again."""

    LOBBY = "lobby"
    MATCH = "match"
    OVER = "over"


class BotLevel(StrEnum):
    """How well a bot plays: a conscript at random, an officer with sense, a strategist with a plan."""

    CONSCRIPT = "conscript"
    OFFICER = "officer"
    STRATEGIST = "strategist"


class Language(StrEnum):
    """What is spoken at a table: bots have words of their own in it. People speak as they like."""

    EN = "en"
    RU = "ru"


class Options(Struct, frozen=True, forbid_unknown_fields=True):
    """What the host decides before a match: `listed` shows the room among the open ones."""

    scenario: str
    setting: str
    pace: Pace
    listed: bool
    spectators: bool
    language: Language = Language.EN


# What may be asked of a room, by whoever sits at it (the match has commands of its own: rules.commands).


class TakeSeat(Struct, frozen=True, tag="take_seat", omit_defaults=True, forbid_unknown_fields=True):
    """Change to a free seat, in the lobby."""

    seat: Seat


class Leave(Struct, frozen=True, tag="leave", forbid_unknown_fields=True):
    """Leave the table. In a match a bot, an officer, takes the seat over; the host's office goes to the next person."""


class GetReady(Struct, frozen=True, tag="get_ready", forbid_unknown_fields=True):
    """Say in the lobby that the match may begin, or take it back."""

    ready: bool


class Rename(Struct, frozen=True, tag="rename", forbid_unknown_fields=True):
    """Change one's nickname, in the lobby."""

    nickname: str


class SeatBot(Struct, frozen=True, tag="seat_bot", forbid_unknown_fields=True):
    """Host: put a bot on a free seat, in the lobby."""

    seat: Seat
    level: BotLevel


class Dismiss(Struct, frozen=True, tag="dismiss", forbid_unknown_fields=True):
    """Host: send a bot, program or person away, who may not return; an officer takes over in a match."""

    seat: Seat


class Choose(Struct, frozen=True, tag="choose", forbid_unknown_fields=True):
    """Host: change the options, in the lobby; everybody's ready is taken back."""

    options: Options


class HandHost(Struct, frozen=True, tag="hand_host", forbid_unknown_fields=True):
    """Host: make the person on another seat the host."""

    seat: Seat


class Start(Struct, frozen=True, tag="start", forbid_unknown_fields=True):
    """Host: begin the match, once five seats are taken and every person is ready."""


class Rematch(Struct, frozen=True, tag="rematch", forbid_unknown_fields=True):
    """Back to the lobby with the same table, after a match. Whoever asks first; asking again changes nothing."""


class Play(Struct, frozen=True, tag="play", forbid_unknown_fields=True):
    """A command of the match, by the seat that sends it."""

    move: SeatCommand


class ComeBack(Struct, frozen=True, tag="come_back", forbid_unknown_fields=True):
    """In a match: I am here. What the seat missed is forgiven, and a bot that stands in for it hands it back.

    Entering hands it back as well, and so does any move that is allowed. To say that one is ready is not, until then.
    """


RoomCommand = (
    TakeSeat | Leave | GetReady | Rename | SeatBot | Dismiss | Choose | HandHost | Start | Rematch | ComeBack | Play
)


# What happened to a room.


class RoomOpened(Struct, frozen=True, tag="room_opened"):
    """The room exists."""

    code: str
    options: Options


class PersonSat(Struct, frozen=True, tag="person_sat"):
    """A person took a seat. `player` is a public-key-like name of a session: it proves nothing and opens nothing."""

    player: str
    nickname: str
    seat: Seat


class ProgramInvited(Struct, frozen=True, tag="program_invited"):
    """The host keeps a seat for a program. `player` is a digest of its token: it proves nothing and opens nothing."""

    player: str
    seat: Seat


class ProgramSat(Struct, frozen=True, tag="program_sat"):
    """The program came that a seat was kept for. It is told apart from people by everybody, and always ready."""

    seat: Seat
    nickname: str


class BotSat(Struct, frozen=True, tag="bot_sat"):
    """A bot took a seat. It is told apart from people by everybody."""

    seat: Seat
    level: BotLevel


class SeatChanged(Struct, frozen=True, tag="seat_changed"):
    """A person moved to another seat."""

    before: Seat
    after: Seat


class SeatLeft(Struct, frozen=True, tag="seat_left"):
    """A seat is free again, or a bot's that was a person's in mid-match. `barred`: that person may not return."""

    seat: Seat
    barred: str = ""


class Renamed(Struct, frozen=True, tag="renamed"):
    """A person goes by another nickname."""

    seat: Seat
    nickname: str


class GotReady(Struct, frozen=True, tag="got_ready"):
    """A person is ready for the match to begin, or is not any more."""

    seat: Seat
    ready: bool


class HostNamed(Struct, frozen=True, tag="host_named"):
    """The person on this seat is the host now."""

    seat: Seat


class HostGone(Struct, frozen=True, tag="host_gone"):
    """No person is left to be the host; the next to sit down will be."""


class OptionsChosen(Struct, frozen=True, tag="options_chosen"):
    """The host has other plans."""

    options: Options


class SeatEntered(Struct, frozen=True, tag="seat_entered"):
    """A browser entered for a seat: its generation counts up, older connections of it are closed. Nobody sees it."""

    seat: Seat
    generation: int


class RoomClosed(Struct, frozen=True, tag="room_closed"):
    """Nothing had happened here for a day: the room is given up, and nobody finds it any more."""


class ShowedUp(Struct, frozen=True, tag="showed_up"):
    """A person or program made its first move of a phase: what it missed before is forgiven. Nobody sees it."""

    seat: Seat


class ChoiceMissed(Struct, frozen=True, tag="choice_missed"):
    """A phase closes in which a seat made no move, and owed one: the so-manieth in a row. The seat alone is told."""

    seat: Seat
    missed: int


class StoodIn(Struct, frozen=True, tag="stood_in"):
    """A bot plays for an absent person or program from now on, who keeps the seat. Everybody sees that it does."""

    seat: Seat
    level: BotLevel


class SeatHandedBack(Struct, frozen=True, tag="seat_handed_back"):
    """Who was stood in for is back and plays. Everybody sees it."""

    seat: Seat


class MatchBegan(Struct, frozen=True, tag="match_began"):
    """A match begins; its own events follow in the same commit."""


class BackInLobby(Struct, frozen=True, tag="back_in_lobby"):
    """The table wants to play again."""


class Scheduled(Struct, frozen=True, tag="scheduled", omit_defaults=True):
    """The phase's opening, earliest end and deadline, in ms of the store's clock; `bots`: when each bot acts next."""

    opened: int | None = None
    earliest: int | None = None
    deadline: int | None = None
    bots: tuple[tuple[Seat, int], ...] = ()


class Acted(Struct, frozen=True, tag="acted", omit_defaults=True):
    """A command of a client instance has had its effect: asked again, it gets the same answer. Nobody sees it.

    `seat`: whose command it was, so that what a seat does in a phase is counted.
    """

    instance: str
    number: int
    seat: Seat | None = None


RoomEvent = (
    RoomOpened
    | PersonSat
    | ProgramInvited
    | ProgramSat
    | BotSat
    | SeatChanged
    | SeatLeft
    | Renamed
    | GotReady
    | HostNamed
    | HostGone
    | OptionsChosen
    | SeatEntered
    | RoomClosed
    | ShowedUp
    | ChoiceMissed
    | StoodIn
    | SeatHandedBack
    | MatchBegan
    | BackInLobby
    | Scheduled
    | Acted
)


class Commit(Struct, frozen=True):
    """One entry of a room's log: all that one command did, at `now` (ms), in the order in which it happened."""

    now: int
    rules: str
    events: tuple[RoomEvent | Event, ...]


# What everyone is shown.


class Place(Struct, frozen=True, omit_defaults=True):
    """Who sits on a seat. `nickname`: a person, or a `program` that its author plays; `bot`: one of the server's own.

    A `program` without a nickname is awaited: the host has invited it, and it has not come yet. `stand_in`: this bot
    plays for the person or program meanwhile, who missed two choices in a row and may take the seat back at any time.
    """

    nickname: str | None = None
    bot: BotLevel | None = None
    ready: bool = False
    program: bool = False
    stand_in: BotLevel | None = None


class Table(Struct, frozen=True, omit_defaults=True):
    """The public face of a room. Times are ms of the server's clock, as `welcome` tells it."""

    code: str
    stage: Stage
    options: Options
    seats: dict[Seat, Place]
    matches: int
    host: Seat | None = None
    opened: int | None = None
    earliest: int | None = None
    deadline: int | None = None


class Document(Struct, frozen=True, omit_defaults=True):
    """Everything that one viewer may know of a room: the one thing that is sent, whole or as changes.

    `missed`: how many owed choices in a row the viewer's own seat has missed; at two a bot stands in for it.
    """

    table: Table
    match: View | None = None
    missed: int = 0
