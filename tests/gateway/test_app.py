"""The worker as a whole: parts that come back, a rehearsal's seed that no real server takes."""

import asyncio

import pytest

from server import app
from server.app import create_app, keep_running
from server.settings import Settings


async def test_a_part_that_fails_or_ends_is_started_again_and_says_no_more_than_that(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(app, "RESTART_SECONDS", 0.0)
    runs, lives = 0, asyncio.Event()

    async def part() -> None:
        nonlocal runs
        runs += 1
        if runs == 1:
            raise RuntimeError("the plan of the enemy")
        if runs == 2:
            raise ExceptionGroup("two at once", [ValueError("the plan of the enemy")])
        if runs == 4:
            lives.set()
            await asyncio.Event().wait()

    keeping = asyncio.create_task(keep_running("clock", part))
    await asyncio.wait_for(lives.wait(), 20)
    keeping.cancel()
    await asyncio.wait([keeping])
    assert keeping.cancelled()
    assert runs == 4
    assert "plan" not in "".join(capfd.readouterr())


async def test_a_part_that_loses_a_cancellation_is_ended_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "RESTART_SECONDS", 0.0)
    lost, waits = 0, asyncio.Event()

    async def part() -> None:
        nonlocal lost
        while lost < 2:
            waits.set()
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                lost += 1
        await asyncio.Event().wait()

    task = asyncio.create_task(part())
    await waits.wait()
    await asyncio.wait_for(app.end([task]), 20)
    assert task.cancelled()
    assert lost == 2


def test_a_seed_that_is_known_is_taken_in_a_rehearsal_alone() -> None:
    known = {"redis_url": "redis://nowhere.example", "deal_seed": "19" * 32}
    with pytest.raises(RuntimeError, match="gives every secret away"):
        create_app(Settings.model_validate(known))
    create_app(Settings.model_validate({**known, "clock": "hand"}))


def test_a_worker_without_a_store_says_what_it_lacks() -> None:
    with pytest.raises(RuntimeError, match="REDIS_URL"):
        create_app(Settings.model_validate({"redis_url": None}))
