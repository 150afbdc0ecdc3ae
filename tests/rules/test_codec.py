"""Logs and states as bytes: one form for equal values, another version's refused, what is no log refused."""

import msgspec
import pytest

from rules import codec, lots
from rules.events import Dealt
from rules.evolve import replay
from rules.ids import VIEWERS
from rules.project import project
from rules.view import View
from tests.rules.strategies import match


def test_each_event_comes_back_from_its_bytes() -> None:
    for event in match(3).events:
        assert codec.decode_events(codec.encode_events((event,))) == (event,)


def test_a_log_of_another_version_is_refused() -> None:
    with pytest.raises(codec.OtherRules):
        codec.decode_events(b"[]", version="0")


@pytest.mark.parametrize("data", [b"", b"{}", b'[{"type":"unheard_of"}]', b'[{"type":"sealed"}]', b"[null]"])
def test_what_is_no_log_is_refused(data: bytes) -> None:
    with pytest.raises(msgspec.DecodeError):
        codec.decode_events(data)


def test_a_log_must_begin_with_its_deal() -> None:
    with pytest.raises(ValueError, match="deal"):
        replay(match(0).events[1:])
    with pytest.raises(ValueError, match="deal"):
        replay(())


def test_equal_states_share_a_hash_and_others_do_not() -> None:
    whole = match(1)
    assert codec.hash_of(replay(whole.events)) == codec.hash_of(whole.last)
    assert codec.hash_of(replay(whole.events[:-1])) != codec.hash_of(whole.last)
    assert len(codec.hash_of(whole.last)) == 64


def test_a_view_comes_back_from_its_bytes() -> None:
    for viewer in VIEWERS:
        view = project(match(1).last, viewer)
        assert msgspec.json.decode(codec.encode_view(view), type=View) == view


def test_the_seed_in_the_log_keeps_what_the_deal_promised() -> None:
    whole = match(5)
    dealt = codec.decode_events(codec.encode_events(whole.events))[0]
    assert isinstance(dealt, Dealt)
    assert lots.commitment(bytes.fromhex(dealt.seed), bytes.fromhex(dealt.salt)) == dealt.commitment


def test_a_second_deal_begins_anew() -> None:
    whole = match(0)
    assert replay((*whole.events, whole.dealt)) == replay((whole.dealt,))
