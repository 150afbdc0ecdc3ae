"""The outbox: in order, bounded, and known to be empty."""

import asyncio

import pytest

from server.gateway.outbox import Outbox, Overflow


async def test_frames_come_out_in_the_order_in_which_they_went_in() -> None:
    outbox = Outbox()
    taking = asyncio.create_task(outbox.take())
    await asyncio.sleep(0)
    outbox.put(b"one")
    outbox.put(b"two")
    assert [await taking, await outbox.take()] == [b"one", b"two"]


async def test_it_takes_so_many_frames_and_so_many_bytes() -> None:
    frames, size = Outbox(most_frames=2), Outbox(most_bytes=10)
    frames.put(b"one")
    frames.put(b"two")
    size.put(b"12345678")
    size.put(b"90")
    for full in (frames, size):
        with pytest.raises(Overflow):
            full.put(b"x")
        await full.take()
        full.put(b"x")


async def test_what_is_alone_may_be_of_any_size() -> None:
    outbox = Outbox(most_bytes=10)
    outbox.put(b"a whole document")
    assert await outbox.take() == b"a whole document"
    outbox.put(b"another document")


async def test_it_is_drained_once_the_last_frame_is_out() -> None:
    outbox = Outbox()
    await outbox.drained()
    outbox.put(b"one")
    waiting = asyncio.create_task(outbox.drained())
    await outbox.take()
    await asyncio.sleep(0)
    assert not waiting.done()  # it was taken, but it is not out
    outbox.sent()
    await asyncio.wait_for(waiting, 20)


async def test_what_waits_may_be_thrown_away() -> None:
    outbox = Outbox(most_frames=1)
    outbox.put(b"one")
    outbox.drop()
    outbox.put(b"farewell")
    assert await outbox.take() == b"farewell"
