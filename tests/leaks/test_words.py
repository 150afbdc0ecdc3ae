"""What the server says to anybody but a viewer: log lines, hints between workers, error pages. No content is in them.

`tests.gateway.test_canaries` plays marked secrets through two worker processes; here is each of the places by itself.
"""

import re
from pathlib import Path
from typing import Any, cast

import httpx2
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from structlog.testing import capture_logs

from rules.commands import Ready, Seal, Speak
from rules.forms import Text
from rules.ids import SEATS, Channel
from server.app import create_app
from server.gateway import http
from server.gateway.refusals import ALL
from server.rooms import table as t
from server.rooms.embedded import EmbeddedValkey
from server.rooms.ports import Change
from server.rooms.room import Room
from server.settings import Settings
from tests.gateway.conftest import Arrive
from tests.gateway.matches import Party, begun
from tests.gateway.test_canaries import overheard
from tests.gateway.workers import Running
from tests.leaks.cases import in_a_room
from tests.leaks.worlds import CODE, Cast, World
from tests.rules.strategies import match

MARK = "KANAREIKA"
HINT = re.compile(
    rb"\{s[0-9]{2}\}:room:[0-9A-Z]{8}:hints (moved [0-9]+ [0-9a-f]{32}|told presence )|workers told [a-z_]+ ?[0-9a-f]*"
)
"""A place in a log, or that somebody may have come or gone; or that a session ended. Nothing else is ever published."""


def a_world() -> World:
    cast = Cast()
    return World(in_a_room(match(0).steps[30].before, cast), cast)


async def test_a_room_that_breaks_says_what_kind_of_error_it_was_and_nothing_of_it() -> None:
    world = await a_world().opened()

    def breaks(room: Room, now: int) -> Any:
        raise ValueError(f"{MARK} is Malenkov")

    with capture_logs() as lines:
        await (await world.room()).act(breaks)
    assert lines
    assert MARK not in repr(lines)
    assert lines[-1]["error"] == "ValueError"


async def test_a_room_that_cannot_be_read_says_nothing_of_what_stands_in_it() -> None:
    world = await a_world().opened()
    payload = b'{"now":1,"rules":"1","events":[{"type":"spoke","message":"' + MARK.encode() + b'"}]}'
    found = await world.room()
    await world.journal.commit(CODE, found.head, Change(payload))
    with capture_logs() as lines:
        await found.catch_up()
    assert lines
    assert MARK not in repr(lines)


async def test_an_error_page_repeats_nothing_of_what_was_sent() -> None:
    world = await a_world().opened()
    bodies: tuple[Any, ...] = ({"nickname": [MARK]}, {"nickname": MARK, MARK: 1}, MARK, {"nickname": "x", "seat": MARK})
    async with world.browser(SEATS[0]) as browser:
        for body in bodies:
            answer = await browser.post(f"/api/rooms/{CODE}/seat", json=body)
            assert answer.status_code == 422
            assert MARK not in answer.text
            assert set(answer.json()) == {"code", "message"}
        assert MARK not in (await browser.get(f"/api/rooms/{MARK}")).text
        assert MARK not in (await browser.get(f"/api/{MARK}")).text


async def test_a_route_that_fails_says_so_and_nothing_of_why(valkey: EmbeddedValkey, tmp_path: Path) -> None:
    async def breaks() -> None:
        raise RuntimeError(f"{MARK} is Malenkov")

    settings = Settings.model_validate({"redis_url": valkey.url, "client_folder": tmp_path, "log_level": "debug"})
    app = create_app(settings)
    app.router.routes.insert(0, APIRoute("/api/breaks", breaks))
    with capture_logs() as lines:
        transport = httpx2.ASGITransport(app=cast(Any, app))
        async with httpx2.AsyncClient(transport=transport, base_url="http://room") as browser:
            answer = await browser.get("/api/breaks")
    assert answer.status_code == 500
    assert answer.json()["code"] == "failed"
    assert [line["error"] for line in lines] == ["RuntimeError"]
    assert MARK not in answer.text + str(answer.headers) + repr(lines)


async def hidden_deeds(party: Party) -> None:
    """Letters, orders and readiness of all seats."""
    await party.host.done(t.Play(Ready(True)))
    for seat in SEATS:
        window = party.windows[seat]
        can = window.match.can
        assert can is not None
        if can.letter is not None:
            await window.done(t.Play(Speak(Channel.LETTER, Text(MARK), to=SEATS[SEATS.index(seat) - 1])))
        if can.seal is not None:
            await window.done(t.Play(Seal((can.seal.orders[0],))))


async def test_hints_between_workers_say_where_a_log_stands_and_nothing_else(
    arrive: Arrive, workers: tuple[Running, Running], valkey: EmbeddedValkey
) -> None:
    async with overheard(valkey.url) as published:
        party = await begun(arrive, workers, pace="blitz")
        await hidden_deeds(party)
        await party.windows[SEATS[2]].drop()
        await party.host.done(t.Play(Ready(False)))
    assert len(published) > 15
    assert [line for line in published if not HINT.fullmatch(line)] == []


def test_every_problem_is_a_code_and_the_sentence_of_the_code() -> None:
    for code, sentence in ALL.items():
        assert http.problem(code).body == JSONResponse({"code": code, "message": sentence}).body
