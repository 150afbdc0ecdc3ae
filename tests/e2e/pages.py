"""What a page received: its frames folded as any client would, so that a test knows what is before a person's eyes."""

import json
from typing import Any

Json = dict[str, Any]


def folded(frames: list[str]) -> Json:
    """The viewer's document after these frames, and proof that its numbers had no gap."""
    document: Json = {}
    number = 0
    for frame in frames:
        message = json.loads(frame)
        if message["type"] == "whole":
            document, number = message["document"], message["n"]
        elif message["type"] == "change":
            assert message["n"] == number + 1, "a viewer's numbers have no gap"
            document, number = merged(document, message["patch"]), message["n"]
    return document


def merged(target: Json, patch: Json) -> Json:
    """RFC 7396."""
    out = dict(target)
    for key, value in patch.items():
        if value is None:
            out.pop(key, None)
        elif isinstance(value, dict):
            inner = out.get(key)
            out[key] = merged(inner if isinstance(inner, dict) else {}, value)
        else:
            out[key] = value
    return out
