"""What a commit shows each viewer: the difference of his document before and after, under his own next number.

What changes nothing for a viewer sends him nothing and takes no number, so no number tells of hidden events.
Differences are JSON merge patches (RFC 7396): hidden things are absent, so null only ever means that something is gone.
"""

from typing import Any

import msgspec
from msgspec import Raw, Struct
from msgspec.structs import replace

from rules.events import Event
from rules.ids import VIEWERS, Viewer
from server.rooms import table as t
from server.rooms.document import documents
from server.rooms.room import Room, fold

Json = dict[str, Any]


class Delivery(Struct, frozen=True, omit_defaults=True):
    """One change for one viewer: his own number 1, 2, 3…, and a merge patch of his document, written once for all.

    `opens`: a phase opened with it, which is public.
    """

    number: int
    patch: Raw
    opens: bool = False


class Shown(Struct, frozen=True):
    """A room with what each viewer has before him, as plain JSON values: what the next differences are taken from."""

    room: Room
    documents: dict[Viewer, Json]


def show(room: Room) -> Shown:
    """A room that was just loaded."""
    return Shown(room, _plain(room))


def _plain(room: Room) -> dict[Viewer, Json]:
    """The viewers' documents as JSON values, as the wire will carry them."""
    return {viewer: msgspec.to_builtins(document, str_keys=True) for viewer, document in documents(room).items()}


def apply(shown: Shown, commit: t.Commit) -> tuple[Shown, dict[Viewer, Delivery]]:
    """Fold a commit, and say what each viewer gets for it. The same on every worker."""
    room = shown.room
    for event in commit.events:
        room = fold(room, event)
    now = _plain(room)
    patches = {viewer: difference(shown.documents[viewer], now[viewer]) for viewer in VIEWERS}
    counts = tuple(n + bool(patches[v]) for n, v in zip(room.counts, VIEWERS, strict=True))
    opens = room.opened != shown.room.opened
    numbered = zip(counts, VIEWERS, strict=True)
    deliveries = {v: Delivery(n, _written(patches[v]), opens) for n, v in numbered if patches[v]}
    return Shown(replace(room, counts=counts, last=commit.now), now), deliveries


def after(room: Room, events: tuple[t.RoomEvent | Event, ...]) -> Room:
    """The room that events would make, numbers aside: for decisions that follow from others in one commit."""
    for event in events:
        room = fold(room, event)
    return room


def difference(before: Json, now: Json) -> Json:
    """The merge patch that turns one object into the other; empty when they are equal."""
    patch: Json = {key: None for key in before if key not in now}
    for key, value in now.items():
        old = before.get(key)
        if key in before and old == value:
            continue  # most of a document stays as it is, and comparing is far cheaper than walking through it
        if isinstance(value, dict) and isinstance(old, dict):
            patch[key] = difference(old, value)
        else:
            patch[key] = value
    return patch


def _written(patch: Json) -> Raw:
    return Raw(msgspec.json.encode(patch))
