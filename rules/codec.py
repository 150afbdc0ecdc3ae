"""Events and states as bytes and back: one canonical form, so that equal values have equal bytes on every machine.

VERSION names the rules that a log was written by; a log of another version is refused, never guessed at.
"""

import hashlib

import msgspec

from rules.events import Event
from rules.state import State
from rules.view import View

VERSION = "1"

# Equal values have equal bytes: there are no sets, and every dict is built in a fixed order.
_encoder = msgspec.json.Encoder()
_events = msgspec.json.Decoder(tuple[Event, ...])


class OtherRules(ValueError):
    """The log was written under another version of the rules."""


def encode_events(events: tuple[Event, ...]) -> bytes:
    """A log as JSON bytes."""
    return _encoder.encode(events)


def decode_events(data: bytes, version: str = VERSION) -> tuple[Event, ...]:
    """A log from its bytes. OtherRules for another version's, msgspec.DecodeError for what is no log."""
    if version != VERSION:
        raise OtherRules(version)
    return _events.decode(data)


def encode_state(state: State) -> bytes:
    """A state as canonical JSON bytes."""
    return _encoder.encode(state)


def encode_view(view: View) -> bytes:
    """A view as canonical JSON bytes."""
    return _encoder.encode(view)


def hash_of(state: State) -> str:
    """64 hexadecimal digits that two equal states share, wherever they were made."""
    return hashlib.sha256(encode_state(state)).hexdigest()
