"""The journal in memory and the one in a store agree, whatever is done to them in whatever order."""

import asyncio
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from server.rooms import keys
from server.rooms.embedded import EmbeddedValkey
from server.rooms.journal import StoredJournal
from server.rooms.memory import MemoryJournal
from server.rooms.ports import Change, Committed, Conflict, Loaded, Missing, Taken, Unknown, follows
from server.rooms.store import Store
from tests.rooms.cut_line import CutLine

Answer = TypeVar("Answer")
HOUR_MS = 3_600_000
# Deadlines lie half an hour off the hours by which the clock is moved, so that time that passes decides nothing.
hours = st.integers(-2, 6)
codes = st.sampled_from(("AAAAAAAA", "BBBBBBBB"))
payloads = st.binary(min_size=1, max_size=40)
changes = st.builds(
    Change,
    payload=payloads,
    deadline_ms=st.none() | hours.map(lambda hour: hour * HOUR_MS + HOUR_MS // 2),
    snapshot=st.none() | payloads,
    listing=st.none() | payloads,
)


class TwoJournals(RuleBasedStateMachine):
    """Does everything to both journals and compares what each says, heads by the version that they belong to."""

    url: str
    folder: Path

    @initialize()
    def open(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.store = Store(self.url)
        self.do(self.store.call("FLUSHALL"))
        self.real = StoredJournal(self.store, by_hand=True)
        self.line = self.do(CutLine(self.url, self.folder).__aenter__())
        self.unsure = Store(self.line.url)
        self.start = self.do(self.real.now())
        self.model = MemoryJournal(self.start)
        self.heads: dict[str, list[tuple[str, str]]] = {}
        self.create("AAAAAAAA", Change(b"first"))

    def teardown(self) -> None:
        self.do(self.unsure.aclose())
        self.do(self.line.__aexit__(None, None, None))
        self.do(self.store.aclose())
        self.loop.close()

    def do(self, asked: Coroutine[Any, Any, Answer]) -> Answer:
        return self.loop.run_until_complete(asked)

    def timed(self, change: Change) -> Change:
        deadline = None if change.deadline_ms is None else self.start + change.deadline_ms
        return Change(change.payload, deadline, change.snapshot, change.listing)

    def compare(self, code: str, model: object, real: object) -> None:
        if isinstance(model, Committed) and isinstance(real, Committed):
            self.heads.setdefault(code, []).append((model.head, real.head))
            assert model.version == real.version == len(self.heads[code])
        elif isinstance(model, Conflict) and isinstance(real, Conflict):
            assert model.version == real.version
            assert (model.head, real.head) == self.heads[code][-1]
        else:
            assert model == real
            assert model in (Taken(), Missing())

    @rule(code=codes, change=changes)
    def create(self, code: str, change: Change) -> None:
        change = self.timed(change)
        self.compare(code, self.do(self.model.create(code, change)), self.do(self.real.create(code, change)))

    @rule(code=codes, change=changes)
    def commit(self, code: str, change: Change) -> None:
        self.commit_on(code, change, behind=0)

    @rule(code=codes, change=changes, behind=st.integers(0, 2))
    def commit_perhaps_behind(self, code: str, change: Change, behind: int) -> None:
        self.commit_on(code, change, behind)

    def commit_on(self, code: str, change: Change, behind: int) -> None:
        change = self.timed(change)
        known = [("0" * 32, "0" * 32), *self.heads.get(code, [])]
        model, real = known[max(0, len(known) - 1 - behind)]
        self.compare(
            code, self.do(self.model.commit(code, model, change)), self.do(self.real.commit(code, real, change))
        )

    @rule(code=codes, change=changes)
    def commit_without_an_answer(self, code: str, change: Change) -> None:
        """It happened, or it did not, as if it had been answered: the next look tells."""
        change = self.timed(change)
        model, real = [("0" * 32, "0" * 32), *self.heads.get(code, [])][-1]
        self.line.cuts = 1
        with pytest.raises(Unknown):
            self.do(StoredJournal(self.unsure).commit(code, real, change))
        if isinstance(answer := self.do(self.model.commit(code, model, change)), Committed):
            self.heads[code].append((answer.head, self.do(self.real.heads([code]))[code].head))

    @rule(code=codes, commits=st.integers(1, 2))
    def roll_back(self, code: str, commits: int) -> None:
        """What a store has lost is lost in the log, its place and its snapshot; nobody's old head is good any more."""
        known = self.heads.get(code, [])
        if len(known) <= commits:
            return
        lost = known[-commits:]
        del known[-commits:]
        self.model.forget(code, commits)
        log, meta, version = keys.log(code), keys.meta(code), len(known)
        kept = self.do(self.store.call("XRANGE", log, "-", "+"))[:version]
        self.do(self.store.call("DEL", log))
        for name, fields in kept:
            self.do(self.store.call("XADD", log, name, *(word for field in fields.items() for word in field)))
        self.do(self.store.call("HSET", meta, "version", version, "head", known[-1][1]))
        if int(self.do(self.store.call("HGET", meta, "snapshot_version")) or 0) > version:
            self.do(self.store.call("HDEL", meta, "snapshot", "snapshot_version", "snapshot_head"))
        for model, real in lost:
            assert isinstance(self.do(self.model.commit(code, model, Change(b"of the lost branch"))), Conflict)
            assert isinstance(self.do(self.real.commit(code, real, Change(b"of the lost branch"))), Conflict)

    @rule(code=codes, after=st.integers(0, 5))
    def read(self, code: str, after: int) -> None:
        model, real = self.do(self.model.load(code)), self.do(self.real.load(code))
        assert self.without_heads(model) == self.without_heads(real)
        if real is not None:
            assert follows(real.snapshot_head, real.tail)
            assert follows(real.origin, self.do(self.real.tail(code, 0)))
        tails = self.do(self.model.tail(code, after)), self.do(self.real.tail(code, after))
        assert [(e.version, e.payload) for e in tails[0]] == [(e.version, e.payload) for e in tails[1]]

    @staticmethod
    def without_heads(room: Loaded | None) -> object:
        return room and (
            room.version,
            room.snapshot,
            room.snapshot_version,
            [(e.version, e.payload) for e in room.tail],
        )

    @rule(by=st.integers(1, 3))
    def move_clock(self, by: int) -> None:
        self.do(self.model.move_clock(by * HOUR_MS))
        self.do(self.real.move_clock(by * HOUR_MS))

    @rule(code=codes)
    @precondition(lambda self: any(len(heads) > 4 for heads in self.heads.values()))
    def expire(self, code: str) -> None:
        self.do(self.model.expire(code, 0))
        self.do(self.real.expire(code, 0))
        self.heads.pop(code, None)

    @invariant()
    def both_know_the_same_rooms(self) -> None:
        if not hasattr(self, "heads"):
            return
        assert sorted(self.do(self.model.due(100))) == sorted(self.do(self.real.due(100)))
        assert sorted(self.do(self.model.open_rooms())) == sorted(self.do(self.real.open_rooms()))
        assert self.do(self.model.count()) == self.do(self.real.count())
        for code, known in self.heads.items():
            assert self.do(self.model.stands(code, known[-1][0]))
            assert self.do(self.real.stands(code, known[-1][1]))
            assert not self.do(self.real.stands(code, "0" * 32))
        codes = [*self.heads, "00000000"]
        model, real = self.do(self.model.heads(codes)), self.do(self.real.heads(codes))
        places = {code: (len(heads), *heads[-1]) for code, heads in self.heads.items()}
        assert {code: (place.version, place.head, real[code].head) for code, place in model.items()} == places
        assert {code: place.version for code, place in real.items()} == {
            code: place[0] for code, place in places.items()
        }


def test_the_journal_in_memory_and_the_one_in_a_store_agree(valkey: EmbeddedValkey, tmp_path: Path) -> None:
    class Machine(TwoJournals):
        url = valkey.url
        folder = tmp_path

    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=25,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=(Phase.reuse, Phase.generate, Phase.shrink),
        ),
    )
