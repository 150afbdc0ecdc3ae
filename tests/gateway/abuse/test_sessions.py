"""C5-C7: whoever signs out, or is sent away, is out on every worker; his cookie and his tickets are dead."""

from urllib.parse import urlsplit

import httpx2

from rules.ids import SEATS
from server.gateway.people import COOKIE, COOKIE_OVER_TLS
from server.rooms import keys
from server.rooms import table as t
from server.rooms.embedded import EmbeddedValkey
from server.rooms.sign_outs import KEPT_MS, SignOuts
from server.rooms.store import Store
from tests.gateway.conftest import Arrive
from tests.gateway.guests import Guest
from tests.gateway.matches import begun
from tests.gateway.workers import Running, running

Workers = tuple[Running, Running]


async def test_who_signs_out_is_closed_on_every_worker_and_nobody_else_is(arrive: Arrive, workers: Workers) -> None:
    party = await begun(arrive, workers)
    guest = party.guests[SEATS[1]]
    elsewhere = await guest.open_room("Elsewhere")
    others = [await (await guest.enter(elsewhere, worker)).shown() for worker in workers[:1]]
    watching = await (await (await arrive()).enter(party.code)).shown()
    answer = await guest.ask("DELETE", "/session", worker=workers[0])
    assert answer.status_code == 204
    for window in (party.windows[SEATS[1]], *others):
        assert await window.ended() == (4410, "signed_out")
    await party.host.done(t.Leave())
    assert watching.close_code is None


async def test_a_worker_that_never_heard_the_news_finds_it(
    arrive: Arrive, workers: Workers, connections: Store
) -> None:
    guest = await arrive(workers[1])
    window = await (await guest.enter(await guest.open_room())).shown()
    await SignOuts(connections, workers[0].parts.journal.now).end(guest.player)  # written, and told to nobody
    assert await window.ended() == (4410, "signed_out")


async def test_a_cookie_that_was_signed_out_opens_nothing_and_its_browser_gets_another(
    arrive: Arrive, workers: Workers
) -> None:
    guest, thief = await arrive(), Guest(workers[1])
    code = await guest.open_room()
    cookie = guest.http.cookies[COOKIE]
    answer = await guest.ask("DELETE", "/session")
    assert "Max-Age=0" in answer.headers["set-cookie"]
    for who in (guest, thief):
        who.http.cookies.clear()
        who.http.cookies.set(COOKIE, cookie, domain="127.0.0.1")
        for method, path in (("POST", "ticket"), ("POST", "seat"), ("GET", "")):
            asked = await who.ask(method, f"/rooms/{code}/{path}".rstrip("/"), {"nickname": "Me"})
            assert (asked.status_code, asked.json()["code"]) == (401, "no_session")
    before = guest.player
    await guest.arrive()
    assert guest.player != before
    assert guest.http.cookies[COOKIE] != cookie
    await thief.leave()


async def test_signing_out_twice_or_without_a_session_is_the_same(arrive: Arrive) -> None:
    guest = await arrive()
    for _ in range(2):
        assert (await guest.ask("DELETE", "/session")).status_code == 204
        guest.http.cookies.clear()


async def test_who_is_sent_away_is_closed_at_another_worker_with_every_window(arrive: Arrive, workers: Workers) -> None:
    party = await begun(arrive, workers)
    seat = SEATS[1]
    assert party.guests[seat].worker is not party.guests[SEATS[0]].worker
    ticket = await party.guests[seat].ticket(party.code)
    await party.host.done(t.Dismiss(seat))
    assert await party.windows[seat].ended() == (4403, "barred")
    late = await party.guests[seat].dial()
    await late.say(f'{{"type":"enter","ticket":"{ticket}","instance":"12345678"}}')
    assert (await late.ended())[1] in ("barred", "no_such_room")


async def test_over_tls_the_cookie_is_one_that_no_other_host_can_plant(valkey: EmbeddedValkey) -> None:
    async with running(valkey.url, trusted_proxies="127.0.0.1") as worker:
        guest = Guest(worker)
        headers = {"x-forwarded-proto": "https", "origin": f"https://{urlsplit(worker.url).netloc}"}
        async with httpx2.AsyncClient() as browser:
            answer = await browser.post(f"{worker.url}/api/session", headers=headers)
            cookie = answer.headers["set-cookie"]
            assert cookie.startswith(f"{COOKIE_OVER_TLS}=")
            assert "Secure" in cookie
            assert "Domain" not in cookie
            planted = {"cookie": f"{COOKIE}={'x' * 43}", **headers}
            refused = await browser.get(f"{worker.url}/api/rooms/ABCDEFGH", headers=planted)
            assert refused.json()["code"] == "no_session"
        await guest.leave()


async def test_ended_sessions_are_forgotten_once_no_browser_has_their_cookie(connections: Store) -> None:
    moment = 1_000_000

    async def now() -> int:
        return moment

    ended = SignOuts(connections, now)
    await ended.end("first")
    assert await ended.lately() == ["first"]
    moment += KEPT_MS + 1
    await ended.end("second")
    assert not await ended.has_ended("first")
    assert await ended.has_ended("second")
    assert await ended.lately() == ["second"]
    assert await connections.call("ZCARD", keys.SIGNED_OUT) == 1
