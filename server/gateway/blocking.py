"""Blocking a player, by HTTP: whom a guest's own rooms are closed to, at every worker.

A player is pointed at by the seat that he has in a room: nobody learns a public name by it. Who is blocked is told
nothing, and finds no room where there is one; see `http`. It must not know what a block is kept in.
"""

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict

from rules.ids import Seat
from server.gateway import limits
from server.gateway.http import Here, Player, Problem, Refusal, room_for
from server.gateway.refusals import GatewayCode
from server.rooms.refusals import RoomCode
from server.rooms.room import Person, Room, Sitter

router = APIRouter(prefix="/api", responses={"4XX": {"model": Problem}, "503": {"model": Problem}})


class Unwelcome(BaseModel):
    """The seat of the player who is to be blocked."""

    model_config = ConfigDict(extra="forbid")
    seat: Seat


class BlockedPlayer(BaseModel):
    """One whom you have blocked: the nickname that he went by, and an `id` that means something in your list alone."""

    id: str
    nickname: str


@router.post("/rooms/{code}/block")
async def block(request: Request, code: str, wish: Unwelcome, here: Here, player: Player) -> list[BlockedPlayer]:
    """Block who sits there: rooms of which you are host do not exist for him, but where he sits. Your whole list."""
    if not here.limits.may(limits.BLOCKS_A_PLAYER, player):
        raise Refusal(GatewayCode.TOO_MANY)
    person = _person((await room_for(request, code, here, player)).room, wish.seat)
    if person.player == player:
        raise Refusal(GatewayCode.YOURSELF)
    if not await here.blocks.add(player, person.player, person.nickname):
        raise Refusal(GatewayCode.BLOCKS_FULL)
    return await blocked(here, player)


@router.get("/blocks")
async def blocked(here: Here, player: Player) -> list[BlockedPlayer]:
    """Those whom you have blocked, by nickname."""
    return [BlockedPlayer(id=entry.id, nickname=entry.nickname) for entry in await here.blocks.of(player)]


@router.delete("/blocks/{id}")
async def unblock(id: str, here: Here, player: Player) -> list[BlockedPlayer]:
    """Let somebody off your list, if he is on it. The list as it is then."""
    await here.blocks.remove(player, id)
    return await blocked(here, player)


def _person(room: Room, seat: Seat) -> Person:
    sitter = room.sitter(seat)
    if sitter == Sitter():
        raise Refusal(RoomCode.SEAT_FREE)
    if sitter.person is None or sitter.person.program:
        raise Refusal(RoomCode.IS_BOT)
    return sitter.person
