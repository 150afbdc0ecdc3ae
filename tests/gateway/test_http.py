"""The API by HTTP: who is who, which rooms there are; one answer for what does not exist and what is not for you."""

import asyncio
import re

import httpx2
import pytest
from fastapi.routing import APIRoute

from rules.ids import SEATS
from server.gateway import limits
from server.gateway.http import STATUS
from server.gateway.refusals import ALL, GatewayCode
from server.rooms import keys
from server.rooms import table as t
from server.rooms.codes import show_code
from server.rooms.journal import StoredJournal
from server.rooms.listing import IDLE_HOURS
from server.rooms.ports import Change
from server.rooms.store import Store
from tests.gateway.conftest import Arrive
from tests.gateway.guests import PATIENCE, Guest
from tests.gateway.matches import begun, seated
from tests.gateway.workers import Running

Workers = tuple[Running, Running]
A_DAY = IDLE_HOURS * 3_600_000


async def test_a_guest_gets_a_cookie_that_no_script_and_no_other_site_may_use(arrive: Arrive, workers: Workers) -> None:
    guest = Guest(workers[0])
    first = await guest.ask("POST", "/session")
    cookie = first.headers["set-cookie"]
    for part in ("HttpOnly", "SameSite=lax", "Path=/", "Max-Age=31536000"):
        assert part in cookie
    assert "Domain" not in cookie
    again = await guest.ask("POST", "/session")
    assert "set-cookie" not in again.headers
    assert again.json() == first.json()
    assert first.json()["player"] not in cookie
    await guest.leave()


async def test_a_cookie_of_another_make_is_nobodys(workers: Workers) -> None:
    guest = Guest(workers[0])
    for cookie in ("", "short", "x" * 44, "x" * 42 + "=", "é" * 43):
        guest.http.cookies.clear()
        headers = {"cookie": f"nineteenth_guest={cookie}".encode()}
        answer = await guest.http.post(f"{workers[0].url}/api/rooms/ABCDEFGH/ticket", headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (401, "no_session")
    await guest.leave()


WITH_A_ROOM = [("GET", "", None), ("POST", "/seat", {"nickname": "Me"}), ("POST", "/ticket", None)]


@pytest.mark.parametrize(("method", "path", "body"), WITH_A_ROOM)
async def test_nothing_about_rooms_is_told_to_whoever_has_no_session(
    arrive: Arrive, workers: Workers, method: str, path: str, body: object
) -> None:
    code = await (await arrive()).open_room()
    stranger = Guest(workers[0])
    assert await stranger.refused(method, f"/rooms/{code}{path}", body) == (401, "no_session")
    await stranger.leave()


@pytest.mark.parametrize(("method", "path", "body"), WITH_A_ROOM)
async def test_a_room_that_does_not_exist_and_one_that_is_not_for_you_get_the_same_answer(
    arrive: Arrive, workers: Workers, method: str, path: str, body: object
) -> None:
    party = await begun(arrive, workers, spectators=False)
    stranger, barred = await arrive(), party.guests[SEATS[1]]
    await party.host.done(t.Dismiss(SEATS[1]))
    asked = [
        (stranger, party.code),
        (stranger, "00000000"),
        (stranger, "no-code"),
        (stranger, "%00"),
        (barred, party.code),
    ]
    answers = [
        await guest.ask(method, f"/rooms/{code}{path}", body, worker) for guest, code in asked for worker in workers
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert len({frozenset(set(answer.headers.items()) - {("date", answer.headers["date"])}) for answer in answers}) == 1


async def test_a_code_is_read_as_people_type_it(arrive: Arrive) -> None:
    guest = await arrive()
    code = await guest.open_room()
    typed = [show_code(code), code.lower(), f" {show_code(code).lower()} ", code.replace("0", "o").replace("1", "l")]
    for text in typed:
        assert (await guest.got("GET", f"/rooms/{text}"))["code"] == code


async def test_a_listed_room_is_in_the_list_while_somebody_may_join_it(arrive: Arrive, workers: Workers) -> None:
    guest = await arrive(workers[1])
    hidden = await (await arrive()).open_room("Quiet")
    host = await arrive()
    code = await host.open_room("Loud", listed=True, pace="blitz")
    (found,) = await guest.got("GET", "/rooms")
    expected = {"code": code, "host": "Loud", "seats_taken": 1, "listed": True, "spectators": True, "language": "en"}
    assert found == {**expected, "scenario": "nineteenth", "setting": "front", "pace": "blitz"}
    assert found["code"] != hidden
    window = await (await host.enter(code)).shown()
    for seat in SEATS[1:]:
        await window.done(t.SeatBot(seat, t.BotLevel.CONSCRIPT))
    assert await guest.got("GET", "/rooms") == []
    await window.done(t.Dismiss(SEATS[4]))
    assert [room["seats_taken"] for room in await guest.got("GET", "/rooms")] == [4]
    await guest.sit(code, "Fifth")
    assert await guest.got("GET", "/rooms") == []


async def test_a_room_tells_who_asks_what_he_may_know_and_his_own_seat(arrive: Arrive, workers: Workers) -> None:
    party = await begun(arrive, workers)
    seen = await party.guests[SEATS[2]].got("GET", f"/rooms/{party.code}")
    assert (seen["stage"], seen["seats_taken"], seen["seat"]) == ("match", 5, SEATS[2])
    other = await (await arrive()).got("GET", f"/rooms/{party.code}")
    assert other == {**seen, "seat": None}
    assert set(seen) == {*t.Options.__struct_fields__, "code", "stage", "seats_taken", "seat"}


async def test_a_seat_is_taken_once_and_kept(arrive: Arrive, workers: Workers) -> None:
    host, guest = await arrive(workers[0]), await arrive(workers[1])
    code = await host.open_room("Ivan")
    path = f"/rooms/{code}/seat"
    assert await guest.refused("POST", path, {"nickname": "Pyotr", "seat": "sokol"}) == (409, "seat_taken")
    assert await guest.refused("POST", path, {"nickname": "IVAN"}) == (409, "nickname_taken")
    assert await guest.sit(code, "Pyotr", "volga") == "volga"
    assert await guest.sit(code, "Another name", "luna") == "volga"
    for _ in range(3):
        await (await arrive()).sit(code, f"Officer {_}")
    assert await (await arrive()).refused("POST", path, {"nickname": "Late"}) == (409, "room_full")


async def test_a_match_that_is_played_takes_nobody_in(arrive: Arrive, workers: Workers) -> None:
    party = await begun(arrive, workers)
    late = await arrive()
    assert await late.refused("POST", f"/rooms/{party.code}/seat", {"nickname": "Late"}) == (409, "in_match")


NICKNAMES = ["", "   ", "\u200b\u2060", "x" * 25, "a\nb" * 9, "\u0301" * 200, "\u202e" * 3]


@pytest.mark.parametrize("nickname", NICKNAMES, ids=range(len(NICKNAMES)))
async def test_a_nickname_is_something_to_be_seen(arrive: Arrive, nickname: str) -> None:
    guest = await arrive()
    status, code = await guest.refused("POST", "/rooms", {"nickname": nickname})
    assert (status, code) == (422, "bad_nickname")


BODIES = [
    {},
    {"nickname": 7},
    {"nickname": "x" * 64_000},
    {"nickname": "Me", "scenario": "nineteenth", "admin": True},
    {"nickname": "Me", "pace": "at once"},
    {"nickname": "Me", "listed": "perhaps"},
    [],
    "room",
]


@pytest.mark.parametrize("body", BODIES, ids=range(len(BODIES)))
async def test_a_body_of_another_shape_is_refused_and_not_repeated(arrive: Arrive, body: object) -> None:
    guest = await arrive()
    answer = await guest.ask("POST", "/rooms", body)
    assert answer.status_code == 422
    assert answer.json() == {"code": "malformed", "message": ALL[GatewayCode.MALFORMED]}


async def test_a_scenario_that_there_is_not_opens_no_room(arrive: Arrive) -> None:
    guest = await arrive()
    for wrong in ({"scenario": "chess"}, {"setting": "easy"}, {"scenario": "../nineteenth"}):
        assert await guest.refused("POST", "/rooms", {"nickname": "Me", **wrong}) == (422, "bad_options")


async def test_who_guesses_codes_is_stopped_and_nobody_else(arrive: Arrive) -> None:
    guesser, other = await arrive(), await arrive()
    code = await other.open_room()
    wrong = [await guesser.refused("GET", f"/rooms/0000000{digit}") for digit in "0123456789"]
    assert set(wrong) == {(404, "no_such_room")}
    for path in (f"/rooms/{code}", "/rooms/00000000"):  # a right guess tells him no more than a wrong one
        assert await guesser.refused("GET", path) == (429, "too_many")
    await other.got("GET", f"/rooms/{code}")


async def test_an_address_opens_so_many_rooms_a_minute(arrive: Arrive) -> None:
    guest = await arrive()
    for _ in range(limits.ROOMS_AN_ADDRESS.amount):
        await guest.open_room()
    assert await guest.refused("POST", "/rooms", {"nickname": "Me"}) == (429, "too_many")
    await (await arrive()).open_room()


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", "http://127.0.0.1:1"])
async def test_another_sites_page_changes_nothing(arrive: Arrive, workers: Workers, origin: str) -> None:
    guest = await arrive()
    url = f"{workers[0].url}/api/rooms"
    refused = await guest.http.post(url, json={"nickname": "Me"}, headers={"origin": origin})
    assert (refused.status_code, refused.json()["code"]) == (403, "foreign_origin")
    own = await guest.http.post(url, json={"nickname": "Me"}, headers={"origin": workers[0].url})
    assert own.status_code == 201


async def test_who_is_dismissed_keeps_his_cookie_and_his_other_rooms(arrive: Arrive, workers: Workers) -> None:
    party = await seated(arrive, workers)
    guest = party.guests[SEATS[1]]
    await party.host.done(t.Dismiss(SEATS[1]))
    assert await guest.refused("GET", f"/rooms/{party.code}") == (404, "no_such_room")
    other = await guest.open_room()
    assert (await guest.got("GET", f"/rooms/{other}"))["seat"] == SEATS[0]


async def test_a_room_where_nothing_happened_for_a_day_is_given_up(
    arrive: Arrive, workers: Workers, journal: StoredJournal, connections: Store
) -> None:
    guest = await arrive()
    code = await guest.open_room("Waiting", listed=True)
    windows = [await (await (await arrive(worker)).enter(code)).shown() for worker in workers]
    await journal.move_clock(A_DAY - 60_000)
    host = await (await guest.enter(code)).shown()
    await journal.move_clock(A_DAY - 60_000)  # a day since it was opened, but not since the host came back
    await host.done(t.Rename("Still waiting"))
    await journal.move_clock(A_DAY + 1)
    for window in (*windows, host):
        assert await window.ended() == (4404, "no_such_room")
    for worker in workers:
        assert (await guest.ask("GET", f"/rooms/{code}", worker=worker)).status_code == 404
    assert await guest.got("GET", "/rooms") == []
    assert 0 < await connections.call("PTTL", keys.log(code)) <= 60_000
    assert await journal.due(100) == []


async def test_a_deadline_without_a_room_is_forgotten(
    journal: StoredJournal, connections: Store, workers: Workers
) -> None:
    code = "00000019"
    await journal.create(code, Change(b"soon lost", deadline_ms=await journal.now() + 60_000))
    await connections.call("DEL", keys.log(code), keys.meta(code))
    await journal.move_clock(60_000)
    async with asyncio.timeout(PATIENCE):
        while await journal.due(10):  # the workers look ten times a second
            pass


async def test_what_is_not_there_says_so_in_the_shape_of_every_refusal(arrive: Arrive) -> None:
    guest = await arrive()
    nothing = {"code": "no_such_path", "message": ALL[GatewayCode.NO_SUCH_PATH]}
    for method, path in (("GET", "/nothing"), ("GET", "/rooms/ABCDEFGH/secrets"), ("GET", "/../api/x")):
        answer = await guest.ask(method, path)
        assert (answer.status_code, answer.json()) == (404, nothing)
    for method, path in (("DELETE", "/rooms"), ("PUT", "/session")):
        answer = await guest.ask(method, path)
        assert (answer.status_code, answer.json()["code"]) == (405, "malformed")


async def test_a_fault_in_the_server_says_nothing_of_itself(
    workers: Workers, capfd: pytest.CaptureFixture[str]
) -> None:
    app = workers[0].server.config.app

    @app.get("/api/broken", include_in_schema=False)  # type: ignore[union-attr]
    def broken() -> None:
        raise RuntimeError("the plan of the enemy")

    app.router.routes.insert(0, app.router.routes.pop())  # type: ignore[union-attr]
    try:
        async with httpx2.AsyncClient() as client:
            answer = await client.get(f"{workers[0].url}/api/broken")
    finally:
        del app.router.routes[0]  # type: ignore[union-attr]
    assert (answer.status_code, answer.json()["code"]) == (500, "failed")
    assert "plan" not in answer.text + "".join(capfd.readouterr())


async def test_every_path_of_the_api_is_documented_with_its_refusals(arrive: Arrive, workers: Workers) -> None:
    described = await (await arrive()).got("GET", "/openapi.json")
    app = workers[0].parts
    assert app is not None
    routes = [route for route in workers[0].server.config.app.routes if isinstance(route, APIRoute)]  # type: ignore[union-attr]
    ours = {
        (route.path, method.lower()) for route in routes if route.path.startswith("/api/") for method in route.methods
    }
    documented = {(path, method) for path, methods in described["paths"].items() for method in methods}
    assert ours - documented == {("/api/asyncapi.json", "get")}
    for path, method in documented:
        operation = described["paths"][path][method]
        assert operation["description"], path
        assert {"4XX", "503"} <= set(operation["responses"]), path
    assert set(STATUS) <= set(ALL)


async def test_the_contract_of_the_socket_is_served_beside_it(arrive: Arrive) -> None:
    contract = await (await arrive()).got("GET", "/asyncapi.json")
    assert re.match(r"3\.", contract["asyncapi"])


async def test_a_worker_says_whether_it_may_be_sent_players(arrive: Arrive, workers: Workers) -> None:
    async with httpx2.AsyncClient() as client:
        for path in ("/healthz", "/readyz"):
            answer = await client.get(workers[0].url + path)
            assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
