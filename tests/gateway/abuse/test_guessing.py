"""C8: room codes have 40 bits, whoever guesses them is stopped over all workers, and no answer tells more."""

import asyncio
import time

from rules.ids import SEATS
from server.gateway import wire
from server.gateway.http import REFUSED_AFTER_SECONDS
from server.gateway.programs import new_token
from server.rooms import table as t
from server.rooms.codes import _ALPHABET, new_code
from server.rooms.journal import StoredJournal
from server.rooms.ports import Change
from server.rooms.store import Store
from server.rooms.tickets import Claim
from server.rooms.wrong_codes import AN_ADDRESS, EVERYWHERE, WrongCodes
from tests.gateway.conftest import Arrive
from tests.gateway.matches import begun
from tests.gateway.workers import Running

Workers = tuple[Running, Running]


def test_a_code_has_forty_bits_from_the_systems_own_lot() -> None:
    codes = {new_code() for _ in range(2_000)}
    assert len(codes) == 2_000
    assert len(_ALPHABET) ** 8 == 2**40
    assert set("".join(codes)) == set(_ALPHABET)


async def test_wrong_codes_are_counted_over_all_workers(arrive: Arrive, workers: Workers) -> None:
    guesser, other = await arrive(), await arrive()
    code = await other.open_room()
    answers = [await guesser.ask("GET", f"/rooms/0000000{n}", worker=workers[n % 2]) for n in range(AN_ADDRESS)]
    assert {answer.json()["code"] for answer in answers} == {"no_such_room"}
    for worker in workers:  # a right guess tells him no more than a wrong one
        for guess in (code, "00000000"):
            answer = await guesser.ask("GET", f"/rooms/{guess}", worker=worker)
            assert (answer.status_code, answer.json()["code"]) == (429, "too_many")
    await other.got("GET", f"/rooms/{code}")


async def test_a_thousand_guesses_at_once_are_not_more_guesses(arrive: Arrive, workers: Workers) -> None:
    guesser = await arrive()
    asked = (guesser.ask("GET", f"/rooms/{new_code()}", worker=workers[n % 2]) for n in range(200))
    answers = await asyncio.gather(*asked)
    codes = [answer.json()["code"] for answer in answers]
    assert codes.count("no_such_room") == AN_ADDRESS
    assert codes.count("too_many") == 200 - AN_ADDRESS


async def test_all_addresses_together_guess_so_often_and_who_sits_is_not_stopped_by_it(
    arrive: Arrive, workers: Workers, connections: Store
) -> None:
    host, guest = await arrive(), await arrive()
    code = await host.open_room()
    await guest.sit(code, "Guest")
    counts = WrongCodes(connections)
    assert all([await counts.may_guess(f"address {number}") for number in range(EVERYWHERE)])
    assert not await counts.may_guess("another address")
    stranger = await arrive()
    assert await stranger.refused("GET", f"/rooms/{code}") == (429, "too_many")
    for seated in (host, guest):
        await (await seated.enter(code)).shown()


async def test_a_room_that_cannot_be_read_is_none_to_whoever_guesses_and_counts_as_a_wrong_code(
    arrive: Arrive, workers: Workers, journal: StoredJournal
) -> None:
    code, guesser = new_code(), await arrive()
    await journal.create(code, Change(b"of other rules"))
    answers = [await guesser.ask("GET", f"/rooms/{guess}", worker=workers[0]) for guess in (code, "00000000")]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content
    for _ in range(AN_ADDRESS - 2):
        assert await guesser.refused("POST", f"/rooms/{code}/ticket") == (404, "no_such_room")
    assert await guesser.refused("POST", f"/rooms/{code}/ticket") == (429, "too_many")


async def test_a_room_that_cannot_be_read_says_so_to_a_ticket_and_to_no_token(
    arrive: Arrive, workers: Workers, journal: StoredJournal
) -> None:
    code, guest = new_code(), await arrive()
    await journal.create(code, Change(b"of other rules"))
    ticket = await workers[0].parts.tickets.issue(Claim(code, guest.player, guest.player, SEATS[0], 1))
    for key, goodbye in ((ticket, (4500, "frozen")), (new_token(code), (4402, "token_refused"))):
        window = await guest.dial()
        await window.say(wire.encode(wire.Enter(key, window.instance)).decode())
        assert await window.ended() == goodbye


async def test_who_knows_a_code_uses_nothing_up(arrive: Arrive, workers: Workers) -> None:
    host, watcher = await arrive(), await arrive()
    code = await host.open_room()
    await asyncio.gather(*(watcher.got("GET", f"/rooms/{code}", worker=workers[n % 2]) for n in range(3 * AN_ADDRESS)))


async def test_no_refusal_comes_sooner_than_another(arrive: Arrive, workers: Workers) -> None:
    party = await begun(arrive, workers, spectators=False)
    await party.host.done(t.Dismiss(SEATS[1]))
    asked = [(await arrive(), party.code), (await arrive(), "00000000"), (await arrive(), "no code at all")]
    for guest, code in (*asked, (party.guests[SEATS[1]], party.code)):
        for worker in workers:
            begun_at = time.monotonic()
            assert (await guest.ask("GET", f"/rooms/{code}", worker=worker)).status_code == 404
            assert time.monotonic() - begun_at >= REFUSED_AFTER_SECONDS
