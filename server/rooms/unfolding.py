"""A room as the log keeps it, written and read: commits, snapshots, and the fold of a snapshot with what follows it.

Whatever other rules wrote is refused, not guessed at. It must not know the store, nor who looks.
"""

from collections.abc import Iterable
from typing import TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from rules.codec import VERSION
from rules.ids import VIEWERS, Viewer
from server.rooms import table as t
from server.rooms.delivery import Delivery, Shown, apply, show
from server.rooms.ports import Loaded
from server.rooms.room import Room, opened

Recent = tuple[tuple[Delivery, ...], ...]
"""What each of VIEWERS was shown since the phase opened, the newest last."""

Deliveries = dict[Viewer, Delivery]


class _Snapshot(Struct, frozen=True, omit_defaults=True):
    """A room as it is kept, and the rules under which it was made.

    `recent`: what each of VIEWERS was shown since the phase opened. So how far back a viewer may resume follows from
    his own numbers, on every worker; by the snapshot's place in the log it would count what is hidden from him.
    """

    rules: str
    room: Room
    recent: Recent = ()


class Unreadable(Exception):
    """The room's log can not be folded here: it was written by other rules, or it is broken."""


Read = TypeVar("Read", t.Commit, _Snapshot)

_write = msgspec.json.Encoder().encode
_read_commit = msgspec.json.Decoder(t.Commit).decode
_read_snapshot = msgspec.json.Decoder(_Snapshot).decode


def written_commit(commit: t.Commit) -> bytes:
    """A log's entry."""
    return _write(commit)


def written_snapshot(room: Room, recent: Recent) -> bytes:
    """A room as it is kept, so that nobody has to fold its log from the first commit."""
    return _write(_Snapshot(VERSION, room, recent))


def read_commit(payload: bytes) -> t.Commit:
    """A log's entry. ValueError for another version's: its events may mean something else."""
    commit: t.Commit = _read_commit(payload)
    return _of_these_rules(commit)


def _of_these_rules(read: Read) -> Read:
    if read.rules != VERSION:
        raise ValueError(f"written under rules {read.rules}")
    return read


def unfolded(loaded: Loaded) -> tuple[Shown, list[Deliveries]]:
    """A loaded room: its snapshot with the commits after it folded on, and what the phase has shown. Or Unreadable."""
    try:
        tail = [read_commit(entry.payload) for entry in loaded.tail]
        base, recent = _base(loaded.snapshot, tail)
        shown, changes = _folded(base, tail)
        return shown, [*recent, *changes]
    except Exception as error:
        # The kind of error alone: its text may hold what only one player knows.
        raise Unreadable(type(error).__name__) from None


def _base(snapshot: bytes | None, tail: list[t.Commit]) -> tuple[Shown, list[Deliveries]]:
    if snapshot is not None:
        kept: _Snapshot = _of_these_rules(_read_snapshot(snapshot))
        recent = zip(VIEWERS, kept.recent, strict=False)  # there is none where the phase has just opened
        return show(kept.room), [{viewer: _detached(delivery)} for viewer, found in recent for delivery in found]
    first = tail[0].events[0]
    if not isinstance(first, t.RoomOpened):
        raise ValueError("a room's log begins with its opening")
    return show(opened(first)), []


def _detached(delivery: Delivery) -> Delivery:
    """A patch that was read lies within the whole snapshot, and would keep all of it in memory."""
    return replace(delivery, patch=delivery.patch.copy())


def _folded(shown: Shown, commits: Iterable[t.Commit]) -> tuple[Shown, list[Deliveries]]:
    changes = []
    for commit in commits:
        shown, deliveries = apply(shown, commit)
        changes.append(deliveries)
    return shown, changes
