"""B1-B4: whatever comes in a frame, it is a message or has a documented code, and nobody else notices.

The forger draws from the contract's own types (a seed a batch). `NINETEENTH_FUZZ=10` forges ten times as much.
"""

import asyncio
import os
import time
from contextlib import suppress
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from websockets.exceptions import ConnectionClosed

from rules.commands import Speak
from rules.forms import Text
from rules.ids import SEATS, Channel
from server.gateway import wire
from server.gateway.refusals import CLOSES, PROTOCOL_CLOSES, REFUSALS
from server.gateway.wire import LARGEST_FRAME, Malformed, decode
from server.rooms import table as t
from server.rooms.embedded import EmbeddedValkey
from server.rooms.journal import StoredJournal
from tests.gateway.abuse.forger import BROKEN, Forger
from tests.gateway.abuse.raw import CONTINUATION, PING, PONG, TEXT, Raw
from tests.gateway.conftest import Arrive
from tests.gateway.guests import Window
from tests.gateway.matches import Party, agrees_with_the_log, begun, end_phase
from tests.gateway.workers import Running, running

FUZZ = int(os.environ.get("NINETEENTH_FUZZ", "1"))
"""How many times the usual number of frames are forged."""

AT_ONCE = 50
Workers = tuple[Running, Running]
DOCUMENTED = {(close.code, str(reason)) for reason, close in CLOSES.items()} | {
    (code, None) for code in PROTOCOL_CLOSES
}


def fate(frame: str | bytes) -> str:
    """What has to become of a frame on a connection that has entered."""
    if isinstance(frame, bytes):
        return "closed"
    try:
        message = decode(frame)
    except Malformed as fault:
        is_documented = fault.code in (CLOSES if fault.id is None else REFUSALS)
        return "undocumented" if not is_documented else "closed" if fault.id is None else "answered"
    return {wire.Do: "answered", wire.Ping: "ponged", wire.Enter: "closed"}[type(message)]


@settings(max_examples=200 * FUZZ, deadline=None)
@given(st.integers(0, 2**32))
def test_ten_thousand_forged_frames_are_messages_or_have_a_documented_code(seed: int) -> None:
    for frame in islice(Forger(seed).frames(), AT_ONCE):
        assert fate(frame) != "undocumented"
        if isinstance(frame, bytes):
            assert fate(frame.decode("latin-1")) != "undocumented"


def test_the_forger_makes_every_kind_of_fault() -> None:
    assert {fate(frame) for frame in islice(Forger(1).frames(), 2_000)} == {"answered", "ponged", "closed"}


@pytest.mark.skipif(FUZZ == 1, reason="times are judged on a quiet machine alone: NINETEENTH_FUZZ=2")
def test_no_frame_takes_five_milliseconds_to_read() -> None:
    took = []
    for frame in (*BROKEN, *islice(Forger(2).frames(), 20_000)):
        start = time.perf_counter()
        fate(frame)
        took.append(time.perf_counter() - start)
    assert max(took) < 0.005, max(took)


async def test_forged_frames_through_a_socket_disturb_nobody(
    arrive: Arrive,
    valkey: EmbeddedValkey,
    journal: StoredJournal,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with running(valkey.url, leniency=10_000) as worker:
        party = await begun(arrive, (worker,))
        await end_phase(party, journal)
        forger = Forger(1_942, without=frozenset({"leave"}))
        sent = closed = 0
        while sent < 2_000 * FUZZ:
            batch = list(islice(forger.frames(), AT_ONCE))
            lasting = [frame for frame in batch if fate(frame) != "closed"]
            await all_answered(party.windows[SEATS[1 + closed % 4]], lasting)
            for frame in [frame for frame in batch if fate(frame) == "closed"][:1]:
                await is_closed(party, SEATS[1 + closed % 4], frame)
                closed += 1
            sent += len(lasting) + 1
        await party.host.done(t.Play(Speak(Channel.OPEN, Text("we go on"))))
        await party.all_see(lambda window: "we go on" in str(window.document))
        for seat, window in party.windows.items():
            await agrees_with_the_log(journal, party.code, seat, window)
    assert closed > 20
    said = "".join(capfd.readouterr()) + caplog.text
    assert [mark for mark in ("Traceback", "failed", "FLUSHALL", "frozen") if mark in said] == []


async def all_answered(window: Window, frames: list[str | bytes]) -> None:
    """Send frames that leave the connection open. Each command among them has one answer, with a documented code."""
    window.heard.clear()
    for frame in frames:
        await window.say(frame)
    await window.say('{"type":"ping","at":19411206}')
    await window.until(lambda w: wire.Pong in map(type, w.heard) and last_pong(w) == 19411206)
    answers = [m for m in window.heard if isinstance(m, wire.Done | wire.Refused | wire.Busy | wire.Unknown)]
    assert len(answers) == sum(fate(frame) == "answered" for frame in frames)
    assert {answer.code for answer in answers if isinstance(answer, wire.Refused)} <= set(map(str, REFUSALS))


def last_pong(window: Window) -> int:
    return [message for message in window.heard if isinstance(message, wire.Pong)][-1].at


async def is_closed(party: Party, seat: str, frame: str | bytes) -> None:
    """Send a frame that ends the connection, and come back."""
    window = party.windows[seat]  # type: ignore[index]
    await window.say(frame)
    assert await window.ended() in DOCUMENTED, frame
    party.windows[seat] = await party.guests[seat].enter(party.code, after=window)  # type: ignore[index]


async def test_a_message_in_pieces_is_one_message_and_not_larger_for_it(arrive: Arrive, workers: Workers) -> None:
    guest = await arrive()
    window = await (await guest.enter(await guest.open_room())).shown()
    await window.line.send(iter(['{"type":', '"ping",', '"at":', "7}"]))
    await window.until(lambda w: wire.Pong(7, 0).at in [m.at for m in w.heard if isinstance(m, wire.Pong)])
    with suppress(ConnectionClosed):  # it may be closed while the last pieces are sent
        await window.line.send(iter(["x" * 1_000] * (LARGEST_FRAME // 1_000 + 1)))
    assert await window.ended() == (1009, None)


async def test_text_that_is_no_text_leaves_no_trace_in_the_log(
    workers: Workers, caplog: pytest.LogCaptureFixture
) -> None:
    for pieces in ([b"KANAREIKA \xff\xfe"], [b"KANAREIKA \xd0", b"\xff"]):
        async with Raw.connected(workers[0].port) as raw:
            for number, piece in enumerate(pieces):
                raw.send(CONTINUATION if number else TEXT, piece, is_last=number == len(pieces) - 1)
            assert await raw.close_code() == 1007
    assert caplog.text == ""


@pytest.mark.parametrize("kind", [CONTINUATION, PING, PONG], ids=["pieces", "pings", "pongs"])
async def test_frames_that_reach_no_application_are_counted_all_the_same(workers: Workers, kind: int) -> None:
    async with Raw.connected(workers[0].port) as raw:
        if kind == CONTINUATION:
            raw.send(TEXT, b"", is_last=False)
        for _ in range(1_000):
            raw.send(kind, b"", is_last=kind != CONTINUATION)
        assert await raw.close_code() == 4429


HANDSHAKES = {
    "two hundred headers": [f"X-{number}: 1" for number in range(200)],
    "a header of ten thousand letters": ["X-Long: " + "x" * 10_000],
    "a version that there is not": ["Sec-WebSocket-Version: 99"],
    "a key that is none": ["Sec-WebSocket-Key: !"],
    "odd letters": ["X-Odd: \xff\xfe"],
    "an extension with odd parameters": ["Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=99"],
    "a hundred extensions": ["Sec-WebSocket-Extensions: " + ", ".join(["permessage-deflate"] * 100)],
    "a length": ["Content-Length: 100"],
}


@pytest.mark.parametrize("name", HANDSHAKES)
async def test_an_odd_handshake_opens_an_ordinary_line_or_none(
    workers: Workers, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", workers[0].port)
    writer.write(Raw.handshake(HANDSHAKES[name]))
    async with asyncio.timeout(20):
        answer = await reader.read(4_096)
    writer.transport.abort()
    assert answer[:12] in (b"HTTP/1.1 101", b"HTTP/1.1 400", b"HTTP/1.1 426", b""), answer[:80]
    assert b"permessage" not in answer
    assert "Traceback" not in caplog.text
