"""The HTTP side of the gateway: a guest's cookie, rooms, seats, tickets, bot tokens. Sockets are `socket`'s.

A room that does not exist and a room that is not open to whoever asks, by its host's block for instance, get the same
answer. Errors are `{"code", "message"}` with a code of `refusals`.
"""

import asyncio
import time
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from rules.ids import Seat
from rules.refusals import Code
from server.gateway import limits
from server.gateway.addresses import address_of
from server.gateway.endings import Endings
from server.gateway.limits import Limits
from server.gateway.people import YEAR_SECONDS, cookie_name, new_cookie, player_of
from server.gateway.programs import new_token, program_of
from server.gateway.refusals import ALL, AnyCode, GatewayCode
from server.gateway.session import may_watch
from server.rooms import table as t
from server.rooms.blocks import Blocks
from server.rooms.codes import read_code
from server.rooms.keeper import Keeper
from server.rooms.open_room import OpenRoom, Result, Trouble
from server.rooms.ports import StoreTrouble
from server.rooms.refusals import RoomCode
from server.rooms.room import Room
from server.rooms.tickets import Claim, Tickets
from server.rooms.unfolding import Unreadable
from server.rooms.wrong_codes import WrongCodes

REFUSED_AFTER_SECONDS: Final = 0.05
"""No room is refused sooner, whatever was looked up for it: how long it takes tells nothing of whether it exists."""

STATUS: dict[AnyCode, int] = {
    RoomCode.NO_SUCH_ROOM: 404,
    RoomCode.BARRED: 403,
    RoomCode.BAD_NICKNAME: 422,
    RoomCode.NICKNAME_RESERVED: 422,
    RoomCode.BAD_OPTIONS: 422,
    RoomCode.NO_SPACE: 503,
    GatewayCode.MALFORMED: 422,
    GatewayCode.NO_SUCH_PATH: 404,
    GatewayCode.TOO_LARGE: 413,
    GatewayCode.NO_SESSION: 401,
    GatewayCode.FOREIGN_ORIGIN: 403,
    GatewayCode.YOURSELF: 422,
    GatewayCode.TOO_MANY: 429,
    GatewayCode.BUSY: 503,
    GatewayCode.FAILED: 500,
}
"""What is not listed is 409: the room is not in a state for it."""


class Refusal(Exception):
    """A request that had no effect, and why."""

    def __init__(self, code: AnyCode) -> None:
        super().__init__(code)
        self.code = code


class Problem(BaseModel):
    """Why a request had no effect: a documented code and its sentence."""

    code: str
    message: str


class Guest(BaseModel):
    """Who you are to this server: `player` is the public name of your cookie."""

    player: str


class RoomOptions(BaseModel):
    """What a host decides. `scenario`: nineteenth, first_night. `setting`: garrison, front, moscow.

    `language`: in which the bots at the table have words of their own.
    """

    model_config = ConfigDict(extra="forbid")
    scenario: str = Field(default="nineteenth", max_length=32)
    setting: str = Field(default="front", max_length=32)
    pace: t.Pace = t.Pace.LIVE
    listed: bool = False
    spectators: bool = True
    language: t.Language = t.Language.EN

    def options(self) -> t.Options:
        """The same, as the room knows them."""
        return t.Options(self.scenario, self.setting, self.pace, self.listed, self.spectators, self.language)


class NewRoom(RoomOptions):
    """A room to be opened, with its host's nickname."""

    nickname: str = Field(max_length=200)


class RoomCodeOnly(BaseModel):
    """The code of a room, eight characters; people write it as XXXX-XXXX."""

    code: str


class SeatWish(BaseModel):
    """A seat to be taken; the first free one if none is wished for."""

    model_config = ConfigDict(extra="forbid")
    nickname: str = Field(max_length=200)
    seat: Seat | None = None


class SeatTaken(BaseModel):
    """The seat that is yours."""

    seat: Seat


class ListedRoom(RoomOptions):
    """An open room that anybody may join."""

    code: str
    host: str
    seats_taken: int


class RoomSummary(RoomOptions):
    """What may be known of a room before entering it. `seat` is yours, if you have one."""

    code: str
    stage: t.Stage
    seats_taken: int
    seat: Seat | None = None


class TicketGiven(BaseModel):
    """A single-use ticket for one socket, to be shown within 30 seconds."""

    ticket: str


class ProgramWish(BaseModel):
    """The free seat that a program shall have."""

    model_config = ConfigDict(extra="forbid")
    seat: Seat


class TokenGiven(BaseModel):
    """A bot token. Whoever has it plays the seat; it is shown this once and kept nowhere."""

    token: str


class Gateway:
    """What the routes need, put together once by the app."""

    def __init__(
        self,
        keeper: Keeper,
        tickets: Tickets,
        blocks: Blocks,
        endings: Endings,
        limits: Limits,
        wrong_codes: WrongCodes,
    ) -> None:
        self.keeper = keeper
        self.tickets = tickets
        self.blocks = blocks
        self.endings = endings
        self.limits = limits
        self.wrong_codes = wrong_codes


router = APIRouter(prefix="/api", responses={"4XX": {"model": Problem}, "503": {"model": Problem}})


async def _gateway(request: Request) -> Gateway:  # async, or it would be run in a thread
    gateway: Gateway = request.app.state.gateway
    return gateway


Here = Annotated[Gateway, Depends(_gateway)]


async def _known(request: Request, here: Here) -> str | None:
    """Who asks, if he has a session that has not ended."""
    player = player_of(request.cookies.get(cookie_name(request.scope["scheme"])))
    return None if player is None or await here.endings.has_ended(player) else player


async def _player(known: "Known") -> str:
    if known is None:
        raise Refusal(GatewayCode.NO_SESSION)
    return known


Known = Annotated[str | None, Depends(_known)]
Player = Annotated[str, Depends(_player)]


@router.post("/session")
async def be_a_guest(request: Request, response: Response, here: Here, known: Known) -> Guest:
    """Get a guest's cookie, or keep the one there is. Whoever has signed out gets another, and is somebody else."""
    if known is not None:
        return Guest(player=known)
    if not here.limits.may(limits.SESSIONS_AN_ADDRESS, address_of(request)):
        raise Refusal(GatewayCode.TOO_MANY)
    cookie = new_cookie()
    scheme = request.scope["scheme"]
    response.set_cookie(
        cookie_name(scheme), cookie, YEAR_SECONDS, path="/", secure=scheme == "https", httponly=True, samesite="lax"
    )
    return Guest(player=player_of(cookie) or "")


@router.delete("/session", status_code=204)
async def sign_out(request: Request, response: Response, here: Here, known: Known) -> None:
    """End the session: its cookie opens nothing any more, and its connections are closed on every worker."""
    if known is not None:
        await here.endings.end(known)
    scheme = request.scope["scheme"]
    response.delete_cookie(cookie_name(scheme), path="/", secure=scheme == "https", httponly=True, samesite="lax")


@router.get("/rooms")
async def open_rooms(here: Here, known: Known) -> list[ListedRoom]:
    """The rooms that are listed and have a free seat, but for those whose host has blocked whoever asks."""
    rooms = await here.keeper.open_rooms()
    closed = await here.blocks.who_has(known, (entry.player for _, entry in rooms)) if known is not None else ()
    return [
        ListedRoom(code=code, host=entry.host, seats_taken=entry.seats_taken, **_options(entry.options))
        for code, entry in rooms
        if entry.player not in closed
    ]


@router.post("/rooms", status_code=201)
async def open_room(request: Request, wish: NewRoom, here: Here, player: Player) -> RoomCodeOnly:
    """Open a room and sit down in it as its host."""
    if not here.limits.may(limits.ROOMS_AN_ADDRESS, address_of(request)):
        raise Refusal(GatewayCode.TOO_MANY)
    room = await here.keeper.open(player, wish.nickname, wish.options())
    if isinstance(room, RoomCode):
        raise Refusal(room)
    return RoomCodeOnly(code=room.code)


@router.get("/rooms/{code}")
async def look_at_room(request: Request, code: str, here: Here, player: Player) -> RoomSummary:
    """What may be known of a room before entering it."""
    room = (await room_for(request, code, here, player)).room
    taken = 5 - len(room.free_seats())
    return RoomSummary(
        code=room.code, stage=room.stage, seats_taken=taken, seat=room.seat_of(player), **_options(room.options)
    )


@router.post("/rooms/{code}/seat")
async def take_seat(request: Request, code: str, wish: SeatWish, here: Here, player: Player) -> SeatTaken:
    """Sit down, in the lobby. Who sits already keeps the seat."""
    found = await room_for(request, code, here, player)
    seat = _done(await here.keeper.sit(found, player, wish.nickname, wish.seat)).seat_of(player)
    if seat is None:
        raise Refusal(RoomCode.NOT_SEATED)
    return SeatTaken(seat=seat)


@router.post("/rooms/{code}/ticket")
async def give_ticket(request: Request, code: str, here: Here, player: Player) -> TicketGiven:
    """A ticket for one socket to this room. What it shows follows from whether you sit there."""
    if not here.limits.may(limits.TICKETS_A_PLAYER, player):
        raise Refusal(GatewayCode.TOO_MANY)
    found = await room_for(request, code, here, player)
    seat = found.room.seat_of(player)
    person = found.room.person(seat) if seat is not None else None
    generation = person.generation if person is not None else 0
    claim = Claim(room=found.code, session=player, player=player, viewer=seat or "", generation=generation)
    return TicketGiven(ticket=await here.tickets.issue(claim))


@router.post("/rooms/{code}/program", status_code=201)
async def invite_program(request: Request, code: str, wish: ProgramWish, here: Here, player: Player) -> TokenGiven:
    """Host: keep a free seat for a program, in the lobby, and get the token that it enters by."""
    if not here.limits.may(limits.TICKETS_A_PLAYER, player):
        raise Refusal(GatewayCode.TOO_MANY)
    found = await room_for(request, code, here, player)
    token = new_token(found.code)
    program = program_of(token)
    assert program is not None, "a token is what it was made to be"
    _done(await here.keeper.invite(found, player, wish.seat, program.player))
    return TokenGiven(token=token)


async def room_for(request: Request, typed: str, here: Gateway, player: str) -> OpenRoom:
    """The room, if it exists and this player may look at it; the same answer, as late, if either is not so.

    Whoever has a seat in it has guessed nothing. Who guesses wrong is counted, and who guesses right is let through
    while few do.
    """
    not_before = time.monotonic() + REFUSED_AFTER_SECONDS
    found = await _looked_up(typed, here)
    if found is not None and found.room.seat_of(player) is not None:
        return found
    address = address_of(request)
    if found is not None and await _may_look(here, found.room, player):
        may_guess = await here.wrong_codes.may_be_right(address)
        if may_guess:
            return found
    else:
        may_guess = await here.wrong_codes.may_guess(address)
    await asyncio.sleep(not_before - time.monotonic())
    raise Refusal(RoomCode.NO_SUCH_ROOM if may_guess else GatewayCode.TOO_MANY)


async def _looked_up(typed: str, here: Gateway) -> OpenRoom | None:
    """The newest that is known of the room that somebody meant.

    None for one that can not be read here: nobody can be shown to sit in it, and it is guessed like one that is not.
    """
    code = read_code(typed)
    try:
        found = await here.keeper.find(code) if code is not None else None
    except Unreadable:
        return None
    if found is None:
        return None
    await found.catch_up()
    return None if found.ended is RoomCode.NO_SUCH_ROOM else found


async def _may_look(here: Gateway, room: Room, player: str) -> bool:
    """Whether somebody without a seat may: it is open to watchers, and he is neither barred nor blocked by its host."""
    host = room.person(room.host) if room.host is not None else None
    is_blocked = host is not None and await here.blocks.has(host.player, player)
    return may_watch(room) and player not in room.barred and not is_blocked


def _done(result: Result) -> Room:
    if isinstance(result, Trouble):
        raise Refusal(GatewayCode.BUSY)
    if isinstance(result, RoomCode | Code):
        raise Refusal(result)
    return result


def _options(options: t.Options) -> dict[str, Any]:
    return {
        "scenario": options.scenario,
        "setting": options.setting,
        "pace": options.pace,
        "listed": options.listed,
        "spectators": options.spectators,
        "language": options.language,
    }


def problem(code: AnyCode) -> JSONResponse:
    """The answer to a request that had no effect."""
    return JSONResponse({"code": code, "message": ALL[code]}, status_code=STATUS.get(code, 409))


async def answer_refusal(_: Request, refusal: Exception) -> Response:
    """For the app: a Refusal as its answer."""
    assert isinstance(refusal, Refusal)
    return problem(refusal.code)


async def answer_trouble(_: Request, trouble: Exception) -> Response:
    """For the app: the store is away or full."""
    assert isinstance(trouble, StoreTrouble)
    return problem(GatewayCode.BUSY)


async def answer_unserved(_: Request, fault: Exception) -> Response:
    """For the app: a path that there is not, or a method that it does not have."""
    assert isinstance(fault, HTTPException)
    if fault.status_code == 404:
        return problem(GatewayCode.NO_SUCH_PATH)
    refused = {"code": GatewayCode.MALFORMED, "message": ALL[GatewayCode.MALFORMED]}
    return JSONResponse(refused, status_code=fault.status_code, headers=fault.headers)


async def answer_invalid(_: Request, __: Exception) -> Response:
    """For the app: a body that is not of the documented shape. Nothing that was sent is repeated."""
    return problem(GatewayCode.MALFORMED)
