"""What a commit shows each viewer: the difference of his document before and after, under his own next number.

What changes nothing for a viewer sends him nothing and takes no number, so no number tells of hidden events.
Differences are JSON merge patches (RFC 7396): hidden things are absent, so null only ever means that something is gone.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any, Final

import msgspec
from msgspec import NODEFAULT, Raw, Struct
from msgspec.structs import fields, replace

from rules.events import Event
from rules.ids import VIEWERS, Viewer
from server.rooms import table as t
from server.rooms.document import documents
from server.rooms.room import Room, fold

Json = dict[str, Any]

Found = dict[tuple[int, int], Json]
"""Differences between objects that are both there still, by their identities."""

_ABSENT: Final = object()


class Delivery(Struct, frozen=True, omit_defaults=True):
    """One change for one viewer: his own number 1, 2, 3…, and a merge patch of his document, written once for all.

    `opens`: a phase opened with it, which is public.
    """

    number: int
    patch: Raw
    opens: bool = False


class Shown(Struct, frozen=True):
    """A room with what each viewer has before him: what the next differences are taken from."""

    room: Room
    documents: dict[Viewer, t.Document]


def show(room: Room) -> Shown:
    """A room that was just loaded."""
    return Shown(room, documents(room))


def apply(shown: Shown, commit: t.Commit) -> tuple[Shown, dict[Viewer, Delivery]]:
    """Fold a commit, and say what each viewer gets for it. The same on every worker."""
    room = shown.room
    for event in commit.events:
        room = fold(room, event)
    now = documents(room)
    found: Found = {}
    patches = {viewer: difference(shown.documents[viewer], now[viewer], found) for viewer in VIEWERS}
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


def difference(before: Any, now: Any, found: Found) -> Json:
    """The merge patch that turns one object into the other, as they are written; empty when they are equal.

    Both are structs or dictionaries. Only what differs is looked into, and nothing is written here: what the patch
    holds is as it is in `now`. `found`: what was found between the same objects, as those are that all viewers share.
    """
    patch: Json = {}
    for key, was, value in _differing(before, now):
        if value is _ABSENT:
            patch[key] = None
        elif isinstance(was, Struct | dict) and isinstance(value, Struct | dict):
            pair = id(was), id(value)
            patch[key] = found.get(pair) or found.setdefault(pair, difference(was, value, found))
        else:
            patch[key] = value
    return patch


def _differing(before: Any, now: Any) -> Iterator[tuple[Any, Any, Any]]:
    """The members that differ: written name, before, now. Most of a document stays, and comparing is cheap."""
    if isinstance(now, Struct) and type(before) is type(now):
        for name, key, default in _fields(type(now)):
            was, value = getattr(before, name), getattr(now, name)
            if was is not value and was != value:
                yield key, _ABSENT if was is default else was, _ABSENT if value is default else value
        return
    old, new = _members(before), _members(now)
    yield from ((key, was, _ABSENT) for key, was in old.items() if key not in new)
    for key, value in new.items():
        was = old.get(key, _ABSENT)
        if was is not value and was != value:
            yield key, was, value


def _members(thing: Any) -> Json:
    """The members of an object that are written."""
    if isinstance(thing, dict):
        return thing
    kind: Any = type(thing)
    members = ((key, getattr(thing, name), default) for name, key, default in _fields(kind))
    written = {key: value for key, value, default in members if value is not default}
    config = kind.__struct_config__
    return written if config.tag is None else {config.tag_field: config.tag, **written}


@cache
def _fields(kind: type[Struct]) -> tuple[tuple[str, str, Any], ...]:
    """Of each field its name, its written name, and the value with which it is not written."""
    omits = kind.__struct_config__.omit_defaults
    return tuple((f.name, f.encode_name, f.default if omits else NODEFAULT) for f in fields(kind))


def _written(patch: Json) -> Raw:
    return Raw(msgspec.json.encode(patch))
