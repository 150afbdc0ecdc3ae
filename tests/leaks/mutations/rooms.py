"""Leaks around the match: the table, the list of rooms, the clock, the HTTP API, logs and error pages."""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
import pytest
from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from msgspec.structs import replace

from rules.ids import ROLES, SEATS, Seat, Viewer
from rules.owed import owed
from rules.state import State
from server.gateway import http
from server.rooms import document, open_room, schedule, stand_ins, ticks
from server.rooms import table as t
from server.rooms.listing import Listing
from server.rooms.open_room import OpenRoom
from server.rooms.refusals import RoomCode
from server.rooms.room import Room
from tests.leaks import test_before_the_end, test_moments, test_words
from tests.leaks.kept import KeptBlocks
from tests.leaks.mutations.catalogue import awaited, called, leak, worlds, worlds_by_http
from tests.leaks.worlds import CODE

routes = awaited(test_before_the_end.test_no_route_gives_the_file_the_seed_or_a_role_before_the_end)
ends = called(test_moments.test_the_end_of_a_phase_follows_from_its_opening_and_the_number_of_ready_seats)


def sealed(room: Room) -> int:
    """How many seats have sealed something."""
    match = room.match
    return 0 if match is None or not match.turns else sum(bool(turn.orders) for turn in match.turn.seats)


@leak(caught_by=worlds)
def ready_flags_on_the_table(patched: pytest.MonkeyPatch) -> None:
    placed = document._place

    def place(room: Room, seat: Seat) -> t.Place:
        return replace(placed(room, seat), ready=room.match is not None and seat in room.match.ready)

    patched.setattr(document, "_place", place)


@leak(caught_by=worlds)
def when_anybody_did_anything(patched: pytest.MonkeyPatch) -> None:
    shown = document._table
    patched.setattr(document, "_table", lambda room: replace(shown(room), matches=len(room.acted)))


@leak(caught_by=worlds)
def deadlines_that_come_nearer_with_every_order(patched: pytest.MonkeyPatch) -> None:
    planned = schedule._wanted

    def wanted(before: Room, after: Room, now: int) -> t.Scheduled:
        plan = planned(before, after, now)
        return replace(plan, deadline=plan.deadline - 1000 * sealed(after)) if plan.deadline else plan

    patched.setattr(schedule, "_wanted", wanted)


@leak(caught_by=ends)
def an_end_when_all_have_sealed(patched: pytest.MonkeyPatch) -> None:
    planned = schedule._wanted

    def wanted(before: Room, after: Room, now: int) -> t.Scheduled:
        plan = planned(before, after, now)
        return replace(plan, deadline=plan.earliest) if sealed(after) >= 3 else plan

    patched.setattr(schedule, "_wanted", wanted)


@leak(caught_by=called(test_moments.test_the_moments_of_bots_are_the_same_for_every_deal))
def bots_as_quick_as_their_roles_let_them(patched: pytest.MonkeyPatch) -> None:
    woken = schedule._wakes

    def wakes(room: Room, match: State, span: Any, now: int) -> Iterator[tuple[Seat, int]]:
        for seat, at in woken(room, match, span, now):
            yield seat, at + 500 * ROLES.index(match.officer(seat).role)

    patched.setattr(schedule, "_wakes", wakes)


def an_officer_is_heard_or_ready() -> None:
    """The check of bots, at one level."""
    test_moments.test_a_bot_is_not_ready_in_the_moment_in_which_it_is_heard(t.BotLevel.OFFICER, they_stand_in=False)


def a_stand_in_is_heard_or_ready() -> None:
    """The same of those that stand in."""
    test_moments.test_a_bot_is_not_ready_in_the_moment_in_which_it_is_heard(stand_ins.STAND_IN, they_stand_in=True)


@leak(caught_by=called(an_officer_is_heard_or_ready))
def bots_that_speak_as_they_get_ready(patched: pytest.MonkeyPatch) -> None:
    patched.setattr(ticks, "one_at_a_time", lambda moves, moments_left: moves)


@leak(caught_by=called(a_stand_in_is_heard_or_ready))
def stand_ins_that_speak_as_they_get_ready(patched: pytest.MonkeyPatch) -> None:
    patched.setattr(ticks, "one_at_a_time", lambda moves, moments_left: moves)


@leak(caught_by=worlds)
def missed_choices_for_everybody(patched: pytest.MonkeyPatch) -> None:
    def told(room: Room, viewer: Viewer) -> int:
        return max((p.missed for seat in SEATS if (p := room.person(seat)) is not None), default=0)

    patched.setattr(document, "_missed", told)


@leak(caught_by=worlds)
def how_much_the_seats_have_done(patched: pytest.MonkeyPatch) -> None:
    shown = document._table
    patched.setattr(document, "_table", lambda room: replace(shown(room), matches=sum(room.spent)))


@leak(caught_by=called(test_moments.test_what_is_missed_is_the_same_for_every_deal))
def a_last_name_that_counts_as_missed(patched: pytest.MonkeyPatch) -> None:
    patched.setattr(stand_ins, "_COUNTED", (*stand_ins._COUNTED, "name"))


@leak(caught_by=called(test_moments.test_what_is_missed_is_the_same_for_every_deal))
def a_patron_that_counts_as_missed(patched: pytest.MonkeyPatch) -> None:
    """Whatever Pavel does, as long as he picks none. Beside the order, which all owe, it would not be noticed."""
    silent = stand_ins._silent

    def without_patron(room: Room) -> Iterator[Seat]:
        yield from silent(room)
        match = room.match
        owing = [] if match is None else [s for s in SEATS for choice in owed(match, s) if choice.what == "patron"]
        yield from (seat for seat in owing if room.match is not None and room.match.patron is None)

    patched.setattr(stand_ins, "_silent", without_patron)


@leak(caught_by=worlds_by_http)
def seats_taken_that_count_sealed_orders(patched: pytest.MonkeyPatch) -> None:
    patched.setattr(Room, "free_seats", lambda self: SEATS[: sealed(self)])


@leak(caught_by=worlds_by_http)
def a_list_of_matches_that_run(patched: pytest.MonkeyPatch) -> None:
    def listing(room: Room) -> bytes:
        return msgspec.json.encode(Listing("Host", sealed(room), room.options))

    patched.setattr(open_room, "listing", listing)


def with_route(patched: pytest.MonkeyPatch, path: str, answer: Any) -> None:
    """The HTTP API with one route more, before all others."""
    more = APIRouter()
    more.add_api_route(f"/api/rooms/{{code}}{path}", answer)
    more.include_router(http.router)
    patched.setattr(http, "router", more)


async def match_of(request: Request) -> State:
    """The match in the room."""
    found = await request.app.state.gateway.keeper.find(CODE)
    assert found.room.match is not None
    state: State = found.room.match
    return state


@leak(caught_by=routes)
def a_replay_before_the_end(patched: pytest.MonkeyPatch) -> None:
    async def replay(request: Request) -> JSONResponse:
        return JSONResponse({"seed": (await match_of(request)).seed})

    with_route(patched, "/replay", replay)


@leak(caught_by=worlds_by_http)
def a_room_with_its_roles(patched: pytest.MonkeyPatch) -> None:
    async def look(request: Request) -> JSONResponse:
        return JSONResponse({"roles": [officer.role for officer in (await match_of(request)).officers]})

    with_route(patched, "", look)


def by_ticket(test: Any, *others: Any) -> Any:
    """A check of the uniform answer, by one of the routes."""

    async def answers_alike() -> None:
        await test(*others, "ticket")

    answers_alike.__name__ = f"{test.__name__}_by_ticket"
    return awaited(answers_alike)


closed = by_ticket(test_before_the_end.test_a_room_that_is_closed_to_somebody_answers_like_one_that_does_not_exist)
blocked = by_ticket(
    test_before_the_end.test_a_room_whose_host_has_blocked_somebody_answers_him_like_one_that_does_not_exist
)
unreadable = by_ticket(
    test_before_the_end.test_a_room_that_cannot_be_read_answers_like_one_that_does_not_exist, SEATS[0]
)
listed = awaited(test_before_the_end.test_a_list_shows_the_blocked_what_it_shows_when_there_is_nothing)


@leak(caught_by=blocked)
def who_is_blocked(patched: pytest.MonkeyPatch) -> None:
    async def may_look(here: http.Gateway, room: Room, player: str) -> bool:
        host = room.person(room.host) if room.host is not None else None
        if host is not None and await here.blocks.has(host.player, player):
            raise http.Refusal(RoomCode.BARRED)
        return True

    patched.setattr(http, "_may_look", may_look)


@leak(caught_by=listed)
def rooms_that_the_blocked_are_shown(patched: pytest.MonkeyPatch) -> None:
    async def nobody(self: KeptBlocks, whom: str, among: Iterable[str]) -> frozenset[str]:
        return frozenset()

    patched.setattr(KeptBlocks, "who_has", nobody)


@leak(caught_by=unreadable)
def rooms_that_exist_and_cannot_be_read(patched: pytest.MonkeyPatch) -> None:
    looked_up = http._looked_up

    async def told(typed: str, here: http.Gateway) -> OpenRoom | None:
        found = await looked_up(typed, here)
        if found is None and await here.keeper._journal.load(typed) is not None:
            raise http.Refusal(RoomCode.FROZEN)
        return found

    patched.setattr(http, "_looked_up", told)


@leak(caught_by=closed)
def rooms_that_exist_and_are_closed(patched: pytest.MonkeyPatch) -> None:
    may_look = http._may_look

    async def told(here: http.Gateway, room: Room, player: str) -> bool:
        if not await may_look(here, room, player):
            raise http.Refusal(RoomCode.IN_MATCH)
        return True

    patched.setattr(http, "_may_look", told)


@leak(caught_by=awaited(test_words.test_an_error_page_repeats_nothing_of_what_was_sent))
def error_pages_that_repeat_what_was_sent(patched: pytest.MonkeyPatch) -> None:
    async def answer(_: Request, fault: Exception) -> Response:
        return JSONResponse({"code": "malformed", "message": str(fault)}, status_code=422)

    patched.setattr(http, "answer_invalid", answer)


@leak(caught_by=awaited(test_words.test_a_room_that_breaks_says_what_kind_of_error_it_was_and_nothing_of_it))
def log_lines_with_the_text_of_an_error(patched: pytest.MonkeyPatch) -> None:
    def freeze(self: OpenRoom, error: Exception) -> RoomCode:
        open_room._log.error("room_frozen", room=self.code, error="ValueError", said=str(error))
        return self.end(RoomCode.FROZEN)

    patched.setattr(OpenRoom, "_freeze", freeze)
