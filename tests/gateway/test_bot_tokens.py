"""Programs that play by a token: whole matches, who learns of the token, and what becomes of one that is dead."""

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from rules.commands import Ready
from rules.ids import SEATS, Phase, Seat
from server.gateway import programs, wire
from server.gateway.bots import example_bot
from server.rooms import table as t
from server.rooms.embedded import EmbeddedValkey
from server.rooms.journal import StoredJournal
from tests.gateway.conftest import Arrive
from tests.gateway.guests import PATIENCE, Guest, Window
from tests.gateway.matches import log_of, pass_time
from tests.gateway.test_canaries import overheard, process
from tests.gateway.workers import Running

NAMES = ("Program", "Bot 1", "Bot 2", "Bot 3")


async def invited(host: Guest, code: str, seat: Seat) -> str:
    """A bot token for a seat."""
    return str((await host.got("POST", f"/rooms/{code}/program", {"seat": seat}))["token"])


async def shown(guest: Guest, token: str, nickname: str | None = "Example", after: Window | None = None) -> Window:
    """A socket that a program has shown its token on; `after`: the same program once more, with its cursor."""
    window = await guest.dial(instance=after.instance if after is not None else None)
    cursor = after.cursor if after is not None else None
    if after is not None:
        window.resumes(after)
    await window.say(wire.encode(wire.Enter(token, window.instance, cursor, nickname)).decode())
    await window.until(lambda window: window.welcome is not None or window.bye is not None)
    return window


async def hosted(arrive: Arrive) -> tuple[Guest, str, Window]:
    """A host in the lobby of a room, with a window on it."""
    host = await arrive()
    code = await host.open_room("Host")
    return host, code, await (await host.enter(code)).shown()


async def end_phase_when_all_are_ready(host: Window, journal: StoredJournal) -> None:
    """The four others are programs: wait until they have nothing more to do."""
    number = host.match.phase_number
    await host.until(lambda window: window.match.ready == 4)
    await host.done(t.Play(Ready(True)))
    await host.until(lambda window: window.match.ready == 5 or window.match.phase_number != number)
    assert host.table.deadline is not None
    await pass_time(journal, host.table.deadline)
    await host.until(lambda window: window.match.phase_number != number)


@asynccontextmanager
async def four_example_bots(url: str, tokens: list[str]) -> AsyncIterator[Callable[[], Awaitable[list[str]]]]:
    """They play: the first as a program of its own, the others in here. Call it for the reasons why they ended."""
    first, *others = tokens
    command = (sys.executable, example_bot.__file__, url, first, NAMES[0])
    program = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    named = zip(others, NAMES[1:], strict=True)
    playing = [asyncio.create_task(example_bot.play(url, token, name)) for token, name in named]

    async def reasons() -> list[str]:
        async with asyncio.timeout(PATIENCE):
            said, _ = await program.communicate()
            return [said.decode().strip(), *await asyncio.gather(*playing)]

    try:
        yield reasons
    finally:
        for task in playing:
            task.cancel()
        if program.returncode is None:
            program.kill()
            await program.wait()


async def test_four_example_bots_play_a_whole_match_and_nobody_else_learns_their_tokens(
    valkey: EmbeddedValkey, arrive: Arrive, journal: StoredJournal, tmp_path: Path
) -> None:
    log = tmp_path / "worker.log"
    with process(valkey.url, log) as worker:
        async with overheard(valkey.url) as published:
            guest, stranger = await arrive(worker), await arrive(worker)  # type: ignore[arg-type]
            code = await guest.open_room("Host", pace="blitz")
            host, watching = [await (await who.enter(code)).shown() for who in (guest, stranger)]
            tokens = [await invited(guest, code, seat) for seat in SEATS[1:]]
            await host.until(lambda window: len(window.table.seats) == 5)
            assert await host.refused(t.Start()) == "not_ready"
            async with four_example_bots(worker.ws, tokens) as reasons:
                await host.until(lambda window: all(window.table.seats[seat].ready for seat in SEATS[1:]))
                assert [host.table.seats[seat] for seat in SEATS[1:]] == [
                    t.Place(name, ready=True, program=True) for name in NAMES
                ]
                await host.until(lambda window: window.presence and len(window.presence.seats) == 5)
                await host.done(t.Start())
                await host.until(lambda window: "match" in window.document)
                while host.match.phase is not Phase.FINISHED:
                    await end_phase_when_all_are_ready(host, journal)
                await host.until(lambda window: window.table.stage is t.Stage.OVER)
                assert host.match.file is not None
                authors = {paper.author for paper in host.match.file.messages.values()}
                assert set(SEATS[1:]) <= authors  # they did more than say ready
                for seat in SEATS[1:]:
                    await host.done(t.Dismiss(seat))
                assert await reasons() == ["token_refused"] * 4
            await watching.until(lambda window: len(window.table.seats) == 1)
    kept = b"".join([entry.payload for entry in await journal.tail(code, 0)])
    told = "".join((*host.frames, *watching.frames))
    for token in tokens:
        known = programs.program_of(token)
        assert known is not None
        assert known.player not in told
        assert known.player.encode() in kept
        secret = token.removeprefix(f"program-{code}-")
        assert secret not in told + log.read_text()
        assert secret.encode() not in kept + b"".join(published)


async def test_what_is_no_token_or_none_any_more_is_refused(arrive: Arrive) -> None:
    host, code, window = await hosted(arrive)
    author = await arrive()
    token = await invited(host, code, Seat.LUNA)
    nowhere = f"program-{'0' * 8}-{token[-43:]}"
    for wrong in (token[:-1] + ("A" if token[-1] != "A" else "B"), token[:-1], programs.new_token(code), nowhere):
        line = await shown(author, wrong)
        assert await line.ended() == (4402, "token_refused")
        assert not line.document
    await window.done(t.Dismiss(Seat.LUNA))
    assert await (await shown(author, token)).ended() == (4402, "token_refused")  # a seat that was never taken
    assert window.presence is None or Seat.LUNA not in window.presence.seats


async def test_whoever_guesses_tokens_is_stopped(arrive: Arrive) -> None:
    host, code, _ = await hosted(arrive)
    author = await arrive()
    guesses = [await (await shown(author, programs.new_token(code))).ended() for _ in range(20)]
    assert set(guesses) == {(4402, "token_refused")}
    token = await invited(host, code, Seat.LUNA)
    assert await (await shown(author, token)).ended() == (4429, "too_many")
    await (await shown(host, token)).shown()  # from another address


async def test_a_dismissed_programs_line_is_closed_and_its_token_dead(arrive: Arrive) -> None:
    host, code, window = await hosted(arrive)
    author = await arrive()
    token = await invited(host, code, Seat.LUNA)
    line = await (await shown(author, token)).shown()
    assert line.welcome is not None
    assert line.welcome.seat is Seat.LUNA
    await window.until(lambda window: window.table.seats[Seat.LUNA].nickname == "Example")
    await window.done(t.Dismiss(Seat.LUNA))
    assert await line.ended() == (4402, "token_refused")
    assert await (await shown(author, token)).ended() == (4402, "token_refused")
    other = await invited(host, code, Seat.LUNA)
    assert other != token
    assert await (await shown(author, token)).ended() == (4402, "token_refused")
    again = await (await shown(author, other)).shown()
    await again.done(t.Leave())
    assert await again.ended() == (4402, "token_refused")
    assert await (await shown(author, other)).ended() == (4402, "token_refused")


async def test_a_program_comes_back_where_it_was_and_its_older_line_is_closed(
    arrive: Arrive, workers: tuple[Running, Running]
) -> None:
    host, code, window = await hosted(arrive)
    author = await arrive(workers[1])
    token = await invited(host, code, Seat.LUNA)
    line = await (await shown(author, token)).shown()
    await line.drop()
    await window.done(t.SeatBot(Seat.VOLGA, t.BotLevel.CONSCRIPT))
    back = await shown(author, token, nickname=None, after=line)
    assert back.welcome is not None
    assert back.welcome.resumed
    await back.until(lambda window: Seat.VOLGA in window.table.seats)
    assert back.table.seats[Seat.LUNA].nickname == "Example"
    newer = await (await shown(author, token)).shown()
    assert await back.ended() == (4409, "taken_over")
    await newer.done(t.Rename("Rook"))
    await window.until(lambda window: window.table.seats[Seat.LUNA].nickname == "Rook")


async def test_a_program_needs_a_nickname_that_is_free(arrive: Arrive) -> None:
    host, code, window = await hosted(arrive)
    author = await arrive()
    token = await invited(host, code, Seat.LUNA)
    assert await (await shown(author, token, nickname=None)).ended() == (4422, "bad_nickname")
    assert await (await shown(author, token, nickname="HOST")).ended() == (4423, "nickname_taken")
    assert window.table.seats.get(Seat.LUNA) in (None, t.Place(program=True))
    await (await shown(author, token, nickname="Rook")).shown()


async def test_a_program_never_becomes_the_host(arrive: Arrive) -> None:
    host, code, window = await hosted(arrive)
    author, other = await arrive(), await arrive()
    line = await (await shown(author, await invited(host, code, Seat.GRANIT))).shown()
    await other.sit(code, "Other", Seat.VOLGA)
    assert await window.refused(t.HandHost(Seat.GRANIT)) == "is_bot"
    assert await line.refused(t.Start()) == "not_host"
    assert await line.refused(t.GetReady(False)) == "is_bot"
    await window.done(t.Leave())
    await line.until(lambda line: line.table.host is Seat.VOLGA)
    theirs = await (await other.enter(code)).shown()
    await theirs.done(t.Leave())
    await line.until(lambda line: line.table.host is None)
    assert await other.sit(code, "Next") == Seat.SOKOL
    await line.until(lambda line: line.table.host is Seat.SOKOL)


@pytest.mark.parametrize("worker", [0, 1])
async def test_the_host_alone_gets_tokens_and_for_free_seats(
    arrive: Arrive, workers: tuple[Running, Running], journal: StoredJournal, worker: int
) -> None:
    host, code, _ = await hosted(arrive)
    other = await arrive(workers[worker])
    await other.sit(code, "Other", Seat.VOLGA)
    path = f"/rooms/{code}/program"
    assert await other.refused("POST", path, {"seat": "luna"}) == (409, "not_host")
    assert await host.refused("POST", path, {"seat": "volga"}) == (409, "seat_taken")
    assert await host.refused("POST", path, {"seat": "nowhere"}) == (422, "malformed")
    assert await host.refused("POST", "/rooms/00000000/program", {"seat": "luna"}) == (404, "no_such_room")
    answer = await host.ask("POST", path, {"seat": "luna"})
    assert (answer.status_code, answer.headers["Cache-Control"]) == (201, "no-store")
    assert await host.refused("POST", path, {"seat": "luna"}) == (409, "seat_taken")
    invitations = [
        e for commit in await log_of(journal, code) for e in commit.events if isinstance(e, t.ProgramInvited)
    ]
    assert len(invitations) == 1
