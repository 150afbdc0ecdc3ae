"""How long frames are: in few sizes, so that whoever sees an encrypted line cannot tell a role by lengths.

The encryption of a line hides what is said, not how much. What a turn's opening tells Beria is longer than what it
tells Rudenko, and so are the documents that they come back to. Spaces after a JSON value mean nothing to a reader of
JSON. A size follows from the viewer's own frame and the public fact that a phase opened, never from others' frames.
"""

from typing import Final

SHORT: Final = 128
"""Answers, welcomes, presence."""
CHANGE: Final = 1_024
"""What one command changes: any order, power, book or message of ordinary letters."""
OPENING: Final = 8_192
"""What a phase opens with: a plan or a rumour, other choices for each role, what was kept from a prisoner."""
WHOLE: Final = 32_768
"""A document."""
_STEPS: Final = (SHORT, CHANGE, OPENING, WHOLE)


def size_of(length: int, least: int) -> int:
    """The size of a frame of so many bytes: the first step that holds it, from `least` on; beyond, the last doubles."""
    for step in _STEPS:
        if max(length, least) <= step:
            return step
    size = WHOLE
    while size < length:
        size *= 2
    return size


def padded(frame: bytes, least: int) -> bytes:
    """The frame with spaces after it, up to its size."""
    return frame.ljust(size_of(len(frame), least))
