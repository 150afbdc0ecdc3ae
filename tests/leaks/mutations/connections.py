"""Leaks in what a connection is sent, under which number, when, and how long."""

from typing import Any

import pytest
from msgspec import Raw
from msgspec.structs import replace

from rules.ids import SEATS, VIEWERS, Viewer
from server.gateway import session, sizes, wire
from server.gateway.session import Session
from server.rooms import delivery, open_room
from server.rooms import room as rooms
from server.rooms.delivery import Delivery, Shown
from server.rooms.limits import Limits
from server.rooms.open_room import Did, OpenRoom
from server.rooms.refusals import RoomCode
from server.rooms.room import Room
from server.rooms.table import Commit
from tests.leaks import test_moments, test_sizes, test_windows
from tests.leaks.mutations.catalogue import awaited, leak, worlds

silence = awaited(test_moments.test_whoever_may_notice_nothing_is_sent_nothing)
lengths = awaited(test_sizes.test_a_deal_and_every_opening_are_as_long_for_each_seat)


@leak(caught_by=silence)
def numbers_that_all_share(patched: pytest.MonkeyPatch) -> None:
    applied = delivery.apply

    def apply(shown: Shown, commit: Commit) -> tuple[Shown, dict[Viewer, Delivery]]:
        after, deliveries = applied(shown, commit)
        number = max(shown.room.counts) + 1
        room = replace(after.room, counts=(number,) * len(VIEWERS))
        return replace(after, room=room), {v: replace(d, number=number) for v, d in deliveries.items()}

    patched.setattr(open_room, "apply", apply)


@leak(caught_by=silence)
def frames_for_whom_nothing_changed(patched: pytest.MonkeyPatch) -> None:
    applied = delivery.apply

    def apply(shown: Shown, commit: Commit) -> tuple[Shown, dict[Viewer, Delivery]]:
        after, deliveries = applied(shown, commit)
        empty = Delivery(1, Raw(b"{}"))
        return after, {viewer: deliveries.get(viewer, empty) for viewer in VIEWERS}

    patched.setattr(open_room, "apply", apply)


@leak(caught_by=awaited(test_windows.test_where_a_resume_may_begin_tells_nothing_of_hidden_commits))
def resumes_from_where_the_snapshot_lies(patched: pytest.MonkeyPatch) -> None:
    patched.setattr(OpenRoom, "_since_opening", lambda self, deliveries: ())


@leak(caught_by=awaited(test_windows.test_a_cursor_of_anothers_numbers_brings_nothing_of_them))
def resumes_in_anothers_numbers(patched: pytest.MonkeyPatch) -> None:
    began = Session._begin

    def begin(self: Session, shown: Shown, cursor: wire.Cursor | None) -> None:
        own = f"{self._room.stream}.{shown.room.viewer_of(self.player)}"
        began(self, shown, None if cursor is None else wire.Cursor(own, cursor.n))

    patched.setattr(Session, "_begin", begin)


@leak(caught_by=awaited(test_windows.test_nobody_finds_out_by_asking_again_that_another_has_acted))
def memory_of_commands_that_others_use_up(patched: pytest.MonkeyPatch) -> None:
    patched.setattr(rooms, "_owner", lambda instance: "")


@leak(caught_by=awaited(test_windows.test_the_word_of_anothers_page_opens_nothing))
def answers_to_anothers_commands(patched: pytest.MonkeyPatch) -> None:
    patched.setattr(Did, "by", lambda self, player: self)


@leak(caught_by=awaited(test_windows.test_nobody_is_refused_for_what_others_have_done))
def allowances_that_others_use_up(patched: pytest.MonkeyPatch) -> None:
    patched.setattr(Limits, "has_spent", lambda self, room, seat: sum(room.spent) >= self.commands)


def lenient(patched: pytest.MonkeyPatch, code: RoomCode) -> None:
    """This is no reason to look no longer."""
    refused = Session._why_not

    def why_not(self: Session, room: Room) -> RoomCode | None:
        found = refused(self, room)
        return None if found is code else found

    patched.setattr(Session, "_why_not", why_not)


@leak(caught_by=awaited(test_windows.test_an_older_window_of_a_seat_is_closed_and_is_sent_no_more))
def windows_that_outlive_a_newer_one(patched: pytest.MonkeyPatch) -> None:
    lenient(patched, RoomCode.TAKEN_OVER)


@leak(caught_by=awaited(test_windows.test_who_is_sent_away_is_sent_no_more))
def windows_that_outlive_a_dismissal(patched: pytest.MonkeyPatch) -> None:
    lenient(patched, RoomCode.BARRED)


@leak(caught_by=awaited(test_windows.test_a_table_without_spectators_shows_nothing_to_whoever_has_no_seat))
def private_rooms_watched_by_link(patched: pytest.MonkeyPatch) -> None:
    patched.setattr(session, "may_watch", lambda room: True)


@leak(caught_by=worlds)
def a_seat_for_whoever_has_none(patched: pytest.MonkeyPatch) -> None:
    patched.setattr(Room, "viewer_of", lambda self, player: self.seat_of(player) or SEATS[0])


@leak(caught_by=worlds)
def presence_whenever_somebody_acts(patched: pytest.MonkeyPatch) -> None:
    changed = Session.changed

    def told(self: Session, shown: Shown, deliveries: dict[Viewer, Delivery]) -> None:
        changed(self, shown, deliveries)
        self._hear_presence()

    patched.setattr(Session, "changed", told)


@leak(caught_by=lengths)
def frames_as_long_as_what_they_say(patched: pytest.MonkeyPatch) -> None:
    patched.setattr(sizes, "padded", lambda frame, least: frame)


@leak(caught_by=lengths)
def frames_in_many_sizes(patched: pytest.MonkeyPatch) -> None:
    patched.setattr(sizes, "size_of", lambda length, least: -(-length // 64) * 64)


@leak(caught_by=worlds)
def lengths_that_follow_from_others_frames(patched: pytest.MonkeyPatch) -> None:
    """All frames of a commit as long as its longest: equal on the line, but a seat learns how much others are told."""
    put = Session.changed

    def changed(self: Session, shown: Shown, deliveries: dict[Viewer, Delivery]) -> None:
        longest = max((len(bytes(d.patch)) for d in deliveries.values()), default=0)
        padded: dict[Viewer, Any] = {v: replace(d, patch=_longer(d.patch, longest)) for v, d in deliveries.items()}
        put(self, shown, padded)

    patched.setattr(Session, "changed", changed)


def _longer(patch: Raw, length: int) -> Raw:
    return Raw(bytes(patch).ljust(length))
