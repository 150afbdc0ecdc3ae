"""Secrets with a mark on them, through two real worker processes: no log line, no published word, no body and no frame
of a viewer who may not know bears a mark. The rooms' logs in the store do: they are what the server has to keep."""

import asyncio
import os
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from redis.asyncio import Redis

from rules.commands import HandBook, Ready, Seal, Sign, Speak
from rules.forms import Text
from rules.ids import SEATS, SECTORS, Book, Channel, OrderKind, Phase, Role, Seat
from rules.orders import Order
from server.gateway import wire
from server.rooms import table as t
from server.rooms.embedded import EmbeddedValkey
from server.rooms.journal import StoredJournal
from tests.gateway.conftest import Arrive
from tests.gateway.guests import Window
from tests.gateway.matches import Party, begun, end_phase

MARK = "KANAREIKA"
SEED = "19" * 32
"""A match that ends neither soon nor in the Room."""


@dataclass(frozen=True)
class Process:
    """A worker process, as far as guests need it."""

    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def ws(self) -> str:
        return f"ws://127.0.0.1:{self.port}/ws"


@contextmanager
def process(store_url: str, log: Path) -> Iterator[Process]:
    """`server.worker` as its parent starts it, saying all that it ever says."""
    read, write = os.pipe()
    said = {"REDIS_URL": store_url, "NINETEENTH_CLOCK": "hand", "NINETEENTH_LOG_LEVEL": "debug"}
    said["NINETEENTH_DEAL_SEED"] = SEED
    with socket.create_server(("127.0.0.1", 0)) as listener, log.open("wb") as output:
        worker = subprocess.Popen(
            [sys.executable, "-m", "server.worker", str(listener.fileno()), str(write)],
            pass_fds=(listener.fileno(), write),
            stdout=output,
            stderr=output,
            env={**os.environ, **said},
        )
        os.close(write)
        try:
            assert os.read(read, 1) == b".", log.read_text()
            yield Process(listener.getsockname()[1])
        finally:
            os.close(read)
            worker.terminate()
            assert worker.wait(20) == -15, log.read_text()


@asynccontextmanager
async def overheard(store_url: str) -> AsyncIterator[list[bytes]]:
    """Everything that is published meanwhile."""
    heard: list[bytes] = []
    client = Redis.from_url(store_url)
    async with client.pubsub() as line:
        await line.psubscribe("*")

        async def listen() -> None:
            async for message in line.listen():
                if message["type"] == "pmessage":
                    heard.append(message["channel"] + b" " + message["data"])

        listening = asyncio.create_task(listen())
        yield heard
        listening.cancel()
    await client.aclose()


class Marks:
    """Who may know which mark."""

    def __init__(self) -> None:
        self.readers: dict[str, frozenset[Seat]] = {}

    def text(self, *readers: Seat) -> Text:
        mark = f"{MARK}-{len(self.readers):03}"
        self.readers[mark] = frozenset(readers)
        return Text(mark)

    def leaked(self, seat: Seat | None, frames: list[str]) -> list[str]:
        """The marks that a viewer was sent and may not know."""
        everything = "".join(frames)
        return [mark for mark, readers in self.readers.items() if seat not in readers and mark in everything]

    def missing(self, seat: Seat, frames: list[str]) -> list[str]:
        """The marks that he may know and was not sent."""
        everything = "".join(frames)
        return [mark for mark, readers in self.readers.items() if seat in readers and mark not in everything]


def frames_before_the_end(window: Window) -> list[str]:
    """What a window was sent before the file was opened to all."""
    kept = []
    for frame in window.frames:
        if '"file"' in frame:
            break
        kept.append(frame)
    return kept


async def whisper(party: Party, marks: Marks, roles: dict[Role, Seat]) -> None:
    """Each seat says a secret on every channel that it has, seals an order, and Malenkov hands a book on."""
    holders = {Book.STAFF: {Role.MALENKOV, Role.IRINA}, Book.FIELD: {Role.MALENKOV, Role.RUDENKO, Role.BERIA}}
    holders[Book.CENTRE] = {Role.BERIA}
    beria = roles[Role.BERIA]
    for role, seat in roles.items():
        window = party.windows[seat]
        to = SEATS[SEATS.index(seat) - 1]
        can = window.match.can
        if can is None or can.letter is None:  # in the Room
            continue
        await window.done(t.Play(Speak(Channel.LETTER, marks.text(seat, to), to=to)))
        if Channel.MOSCOW in can.speak:
            await window.done(t.Play(Speak(Channel.MOSCOW, marks.text(seat, beria))))
        for book, roles_of in holders.items():
            if role in roles_of:
                readers = {roles[holder] for holder in roles_of} | {seat}
                if book is Book.STAFF:
                    readers.add(roles[Role.PAVEL])  # to whom Malenkov hands it
                if can.wireless is not None and len(can.wireless.books) > 1 and book is not Book.FIELD:
                    continue  # so many words a turn, and no more
                await window.done(t.Play(Speak(Channel.WIRELESS, marks.text(*readers), book=book)))
        if role is Role.BERIA:
            await window.done(t.Play(Sign(marks.text(seat, to), to=to)))
        if role is Role.MALENKOV:
            await window.done(t.Play(HandBook(Book.STAFF, roles[Role.PAVEL])))
        await window.done(t.Play(Seal((Order(OrderKind.HOLD, SECTORS[SEATS.index(seat) % 3]),))))
        assert (
            await window.refused(t.Play(Speak(Channel.LETTER, Text(f"{MARK}-refused" + "x" * 280), to=to)))
            == "too_long"
        )


async def test_no_secret_reaches_a_log_a_channel_or_a_viewer_who_may_not_know(
    valkey: EmbeddedValkey, arrive: Arrive, journal: StoredJournal, tmp_path: Path
) -> None:
    logs = [tmp_path / "one.log", tmp_path / "two.log"]
    marks, elsewhere = Marks(), list[str]()
    with process(valkey.url, logs[0]) as one, process(valkey.url, logs[1]) as two:
        async with overheard(valkey.url) as published:
            party = await begun(arrive, (one, two), pace="blitz")  # type: ignore[arg-type]
            stranger = await arrive(two)  # type: ignore[arg-type]
            watching = await (await stranger.enter(party.code)).shown()
            roles = {you.role: seat for seat in SEATS if (you := party.windows[seat].match.you) is not None}
            frames = {seat: list[str]() for seat in SEATS}
            while party.host.match.phase is not Phase.FINISHED:
                if party.host.match.phase is Phase.WIRE:
                    await whisper(party, marks, roles)
                    seat = SEATS[party.host.match.turn % 5]  # a line breaks, and a page is opened anew
                    frames[seat] += party.windows[seat].frames
                    await party.windows[seat].drop()
                    party.windows[seat] = await (await party.guests[seat].enter(party.code)).shown()
                    elsewhere.append((await stranger.ask("GET", f"/rooms/{party.code}")).text)
                await party.host.done(t.Play(Ready(True)))
                await end_phase(party, journal)
            await watching.until(lambda window: window.match.file is not None)
    assert len(marks.readers) > 40
    for seat in SEATS:
        seen = frames[seat] + frames_before_the_end(party.windows[seat])
        assert marks.leaked(seat, seen) == []
        assert marks.missing(seat, seen) == []
    assert marks.leaked(None, frames_before_the_end(watching)) == []
    assert MARK in "".join(watching.frames)  # the file tells it all in the end
    assert published
    assert MARK.encode() not in b"".join(published)
    assert MARK not in "".join(elsewhere)
    written = "".join(log.read_text() for log in logs)
    assert MARK not in written
    assert "Traceback" not in written
    for secret in (party.guests[SEATS[0]].http.cookies["nineteenth_guest"], party.code):
        assert secret not in written
    assert all(isinstance(message, wire.Presence) is False or message.watchers <= 1 for message in watching.heard)
