"""The oracle of every trial, I1 to I7 of the guarantees: what bots wrote down against the log in the store.

It stops the bots, reads every room's log, folds it anew from the first commit, and compares byte by byte.
"""

import asyncio
from dataclasses import replace
from itertools import chain as flat

from rules.ids import VIEWERS
from server.rooms.ports import Entry, Loaded, follows
from server.rooms.unfolding import unfolded
from tests.chaos.bench import Bench
from tests.chaos.client import Bot
from tests.chaos.crowd import Crowd, Party
from tests.chaos.figures import Figures
from tests.chaos.record import Asked
from tests.chaos.replay import Replay
from tests.chaos.waiting import until
from tests.chaos.worker_process import WorkerProcess

LIVE_SECONDS = 40.0
SEEN_SECONDS = 5.0
EMPTY_SECONDS = 40.0


async def judge(bench: Bench, figures: Figures) -> None:
    """Judge all that happened on a bench. Its bots go home by it."""
    for crowd in bench.crowds:
        await _settle(crowd, figures)
    commits = 0
    for party in flat.from_iterable(crowd.parties for crowd in bench.crowds):
        commits += await judge_room(bench, party, figures)
    figures.faults += _unhandled(bench)
    bots = [bot for crowd in bench.crowds for bot in crowd.bots]
    figures.note("commands", sum(len(bot.record.asked) for bot in bots))
    figures.note("acknowledged", sum(len(bot.record.acked()) for bot in bots))
    waits = [asked.answered - asked.sent for bot in bots for asked in bot.record.asked if asked.answer]
    figures.note("longest until an answer", max(waits, default=0.0), "s")
    figures.note("commits", commits)
    figures.note("frames compared", sum(len(bot.record.frames) for bot in bots))
    await _nothing_is_left(bench, figures)


async def _settle(crowd: Crowd, figures: Figures) -> None:
    """Everybody is there and has seen what the log has by now (I4); then everybody goes."""
    try:
        await crowd.all_live(LIVE_SECONDS)
    except AssertionError as error:
        figures.faults.append(f"G3 {error}")
    await asyncio.gather(*(_converge(crowd, party, figures) for party in crowd.parties))
    await crowd.leave()


async def _converge(crowd: Crowd, party: Party, figures: Figures) -> None:
    loaded = await crowd.bench.journal.load(party.code)
    if loaded is None:
        figures.faults.append(f"I5 {party.code} is gone")
        return
    counts = dict(zip(map(str, VIEWERS), unfolded(loaded)[0].room.counts, strict=True))
    for bot in party.bots:
        try:
            await bot.until(lambda bot: bot.number >= counts[bot.viewer], SEEN_SECONDS * figures.patience)
        except TimeoutError:
            figures.faults.append(f"I4 {bot.viewer} of {party.code} is at {bot.number} of {counts[bot.viewer]}")


async def judge_room(bench: Bench, party: Party, figures: Figures) -> int:
    """Judge one room whose bots have gone; how many commits its log has."""
    entries, loaded = await bench.journal.tail(party.code, 0), await bench.journal.load(party.code)
    if loaded is None:
        return 0
    try:
        replay = await asyncio.to_thread(Replay, entries, frozenset((bot.viewer, bot.number) for bot in party.bots))
    except Exception as error:
        figures.faults.append(f"I5 the log of {party.code} does not fold: {type(error).__name__} {error}")
        return len(entries)
    histories = [replay, *(Replay(lost) for lost in party.lost)]
    figures.faults += [f"{fault}, in {party.code}" for fault in replay.faults]
    figures.faults += _log_stands(loaded, entries, replay)
    for bot in party.bots:
        figures.faults += bot.record.faults
        figures.faults += _commands_stand(bot, histories)
        figures.faults += _frames_agree(bot, histories)
    figures.faults += _in_order(party, replay)
    return len(entries)


def _log_stands(loaded: Loaded, entries: list[Entry], replay: Replay) -> list[str]:
    """I5: chain, head, snapshot."""
    faults = []
    if not follows(loaded.origin, entries) or entries[-1].head != loaded.head:
        faults.append("I5 the log is no chain up to its head")
    if unfolded(loaded)[0].room != replay.shown.room:
        faults.append("I5 the snapshot with what follows is not what the whole log gives")
    if unfolded(replace(loaded, snapshot=None, snapshot_version=0, tail=tuple(entries)))[0].room != replay.shown.room:
        faults.append("I5 the log does not fold twice to the same")
    return faults


def _commands_stand(bot: Bot, histories: list[Replay]) -> list[str]:
    """I1 and I2: each command that was done stands once, with its words; none stands twice."""
    faults = []
    for asked in bot.record.asked:
        key = bot.as_in_the_log(asked)
        places = [(replay, version) for replay in histories for version in replay.acted.get(key, ())]
        if any(len(replay.acted.get(key, ())) > 1 for replay in histories):
            faults.append(f"I2 command {asked.id} of {bot.viewer} in {bot.code} stands twice")
        if asked.answer == "done" and asked.is_sure and not places:
            faults.append(f"I1 command {asked.id} of {bot.viewer} in {bot.code} was acknowledged and is lost")
        if places and asked.answer not in ("done", ""):
            faults.append(f"I1 command {asked.id} of {bot.viewer} in {bot.code} stands and was refused: {asked.answer}")
        if not all(_words_of(asked) in replay.payloads[version] for replay, version in places):
            faults.append(f"I1 command {asked.id} of {bot.viewer} in {bot.code} stands for another")
    return faults


def _words_of(asked: Asked) -> bytes:
    move = asked.command.get("move", asked.command)
    words = move.get("body", {}).get("text") or move.get("nickname") or ""
    return str(words).encode()


def _frames_agree(bot: Bot, histories: list[Replay]) -> list[str]:
    """I3, I4, I6: every frame is, byte by byte, what the log gives this viewer under this number."""
    for frame in bot.record.frames:
        key = (bot.viewer, frame.n)
        known = [(replay.documents if frame.is_whole else replay.changes).get(key) for replay in histories]
        if frame.digest not in known:
            kind = "document" if frame.is_whole else "change"
            return [f"I4 {kind} {frame.n} of {bot.viewer} in {bot.code} is not what the log gives him"]
    if histories[0].kept.get((bot.viewer, bot.number)) != bot.document:
        return [f"I4 {bot.viewer} in {bot.code} folded something else by {bot.number}"]
    return []


def _in_order(party: Party, replay: Replay) -> list[str]:
    """I1: what was acknowledged before another command was asked stands before it."""
    stand = [
        (bot, asked, replay.acted[bot.as_in_the_log(asked)][0])
        for bot in party.bots
        for asked in bot.record.acked()
        if bot.as_in_the_log(asked) in replay.acted
    ]
    moments = sorted(
        [(asked.answered, False, place, bot.viewer, asked.id) for bot, asked, place in stand]
        + [(asked.sent, True, place, bot.viewer, asked.id) for bot, asked, place in stand]
    )
    newest, before = 0, ""
    for _, is_sent, place, viewer, id in moments:
        this = f"command {id} of {viewer}, commit {place},"
        if is_sent and place <= newest:
            return [f"I1 in {party.code} {this} stands before {before} acknowledged before it was asked"]
        if not is_sent and place > newest:
            newest, before = place, this
    return []


def _unhandled(bench: Bench) -> list[str]:
    """Faults that no part of a worker took for its own."""
    logs = [log.read_text(errors="replace") for log in bench.logs()]
    found = [log[max(0, log.find("Traceback") - 300) :][:4000] for log in logs if "Traceback" in log]
    return [f"a worker met something that it did not handle: {text}" for text in found]


async def _nothing_is_left(bench: Bench, figures: Figures) -> None:
    """I7: no connection, no task, no descriptor, no key beyond those of the rooms and of their people."""
    try:
        await until(lambda: not any(_held(bench)), EMPTY_SECONDS)
    except TimeoutError:
        figures.faults.append(f"I7 connections that nobody holds any more, by worker: {_held(bench)}")
    for worker in filter(WorkerProcess.is_running, bench.workers):
        try:
            await _is_back(worker)
        except TimeoutError:
            figures.faults.append(f"I7 a worker held {worker.at_first} at first, and now {await worker.holds()}")
    rooms = sum(len(crowd.parties) for crowd in bench.crowds)
    keys = await bench.store.call("KEYS", "*")
    of_rooms = [key for key in keys if key.endswith((b":log", b":meta"))]
    others = [key for key in keys if not key.endswith((b":log", b":meta", b":presence", b":due", b":open", b":claim"))]
    strangers = [key for key in others if not key.startswith((b"ticket:", b"clock:", b"wrong:"))]
    if len(of_rooms) != 2 * rooms or strangers:
        figures.faults.append(f"I7 {len(of_rooms)} keys of {rooms} rooms, {len(strangers)} of no kind")


async def _is_back(worker: WorkerProcess) -> None:
    """Wait until a worker holds no more than when it began: a deadline or a sweep may be under way."""
    async with asyncio.timeout(EMPTY_SECONDS):
        while not (await worker.holds()).is_within(worker.at_first):
            pass


def _held(bench: Bench) -> list[int]:
    return [worker.connections() for worker in bench.workers if worker.is_running()]
