"""A room's log folded once more, from its first commit: what each viewer was shown under each number, and by right."""

import re
from collections.abc import Sequence
from typing import Any

import msgspec

from rules.events import Dealt, EnvelopeOpened, Spoke
from rules.forms import Text
from rules.ids import VIEWERS, Channel, Phase, Role, Seat, Viewer
from rules.state import Message, State
from server.rooms import table as t
from server.rooms.delivery import Shown, apply, show
from server.rooms.ports import Entry
from server.rooms.room import opened
from server.rooms.unfolding import read_commit
from tests.chaos.record import digest

MARK = re.compile(rb"mark\d{7}x")


class Replay:
    """The log as the rules have it. `documents` and `changes`: by viewer and number, the digest of what is sent.

    `kept`: the documents of the `wanted` viewers and numbers as they are.
    """

    def __init__(self, entries: Sequence[Entry], wanted: frozenset[tuple[str, int]] = frozenset()) -> None:
        self.changes: dict[tuple[str, int], bytes] = {}
        self.documents: dict[tuple[str, int], bytes] = {}
        self.kept: dict[tuple[str, int], Any] = {}
        self._wanted = wanted
        self.acted: dict[tuple[str, int], list[int]] = {}
        self.payloads: dict[int, bytes] = {}
        self.faults: list[str] = []
        self._messages: dict[bytes, Message] = {}
        self._opened: set[int] = set()
        self.shown = _first(entries[0])
        for entry in entries:
            self._step(entry)

    def _step(self, entry: Entry) -> None:
        commit = read_commit(entry.payload)
        self.payloads[entry.version] = entry.payload
        for event in commit.events:
            match event:
                case t.Acted(instance, number):
                    self.acted.setdefault((instance, number), []).append(entry.version)
                case Spoke(message) if isinstance(message.body, Text):
                    self._messages.update(dict.fromkeys(MARK.findall(message.body.text.encode()), message))
                case EnvelopeOpened(place):
                    self._opened.add(place)
                case Dealt():
                    self._opened.clear()
        self.shown, deliveries = apply(self.shown, commit)
        for viewer, delivery in deliveries.items():
            body = bytes(delivery.patch)
            self.changes[str(viewer), delivery.number] = digest(body)
            self._look_for_secrets(viewer, body)
        for viewer, n in zip(VIEWERS, self.shown.room.counts, strict=True):
            key = (str(viewer), n)
            if key not in self.documents:
                written = msgspec.json.encode(self.shown.documents[viewer])
                self.documents[key] = digest(written)
                if key in self._wanted:
                    self.kept[key] = msgspec.json.decode(written)

    def _look_for_secrets(self, viewer: Viewer, body: bytes) -> None:
        match = self.shown.room.match
        if match is None or match.phase is Phase.FINISHED:
            return  # the file is open to all
        for mark in MARK.findall(body):
            message = self._messages.get(mark)
            if (
                message is not None
                and not self.may_read(match, message, viewer)
                and not self._is_opened(viewer, message)
            ):
                self.faults.append(f"I6 {viewer} was shown a message on {message.channel} that he may not know")

    @staticmethod
    def may_read(match: State, message: Message, viewer: Viewer) -> bool:
        """Who may know the words of a message, said once more and apart from `rules.audience`."""
        if message.channel in (Channel.OPEN, Channel.ROOM):
            return True
        if not isinstance(viewer, Seat):
            return message.channel is Channel.MOSCOW and message.signed and message.to is None
        if viewer is message.author or match.officer(viewer).role is Role.BERIA:
            return True
        if message.channel is Channel.WIRELESS:
            return message.book in match.officer(viewer).books
        return viewer is message.to or (message.signed and message.to is None)

    def _is_opened(self, viewer: Viewer, message: Message) -> bool:
        """Whether it is a letter that Pavel took out of its envelope."""
        match = self.shown.room.match
        assert match is not None, "a letter is of a match"
        opened_now = (match.messages[place] for place in self._opened)
        return viewer is match.seat_of(Role.PAVEL) and message in opened_now


def _first(entry: Entry) -> Shown:
    event = read_commit(entry.payload).events[0]
    assert isinstance(event, t.RoomOpened), "a room's log begins with its opening"
    return show(opened(event))
