"""The contract of the WebSocket as an AsyncAPI 3.0 document: messages, schemas, and every code with its sentence.

Beside the loop, for `contract`. Said from the server's side, as AsyncAPI wants it: what clients send it receives.
"""

from importlib import resources
from typing import Any, Final

import msgspec
from msgspec import Struct

from rules.refusals import Code
from server.gateway import examples
from server.gateway.refusals import ALL, CLOSES, HTTP_ONLY, PROTOCOL_CLOSES, REFUSALS, AnyCode
from server.gateway.schemas import BASE, schemas
from server.gateway.shapes import CLIENT, SERVER, name_of, told_of
from server.rooms.refusals import RoomCode

VERSION: Final = "1.1.0"
"""Of the contract: the middle counts additions, the first what a client must follow."""

_CHANNEL: Final = "#/channels/room"


def document() -> dict[str, Any]:
    """The whole AsyncAPI document, as JSON values."""
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "The Nineteenth: the wire",
            "version": VERSION,
            "description": resources.files("server.gateway").joinpath("loop.md").read_text(encoding="utf-8"),
            "license": {"name": "MIT"},
        },
        "defaultContentType": "application/json",
        "servers": {"game": _server()},
        "channels": {"room": _channel()},
        "operations": {"hear": _operation("receive", CLIENT), "tell": _operation("send", SERVER)},
        "components": {
            "messages": {name_of(kind): _message(kind) for kind in (*CLIENT, *SERVER)},
            "schemas": schemas(),
        },
        "x-refusals": [{"code": code, "from": _source(code), "sentence": ALL[code]} for code in REFUSALS],
        "x-closes": _closes(),
        "x-http": [{"code": code, "sentence": ALL[code]} for code in HTTP_ONLY],
    }


def _server() -> dict[str, Any]:
    return {
        "host": "{host}",
        "protocol": "wss",
        "description": "Wherever the game is served; `ws` where the page is served without TLS.",
        "variables": {"host": {"default": "localhost:8019", "description": "Host and port of the page."}},
    }


def _channel() -> dict[str, Any]:
    return {
        "address": "/ws",
        "title": "One viewer's line to one room",
        "description": "Which room, and as whom, stands in the ticket.",
        "servers": [{"$ref": "#/servers/game"}],
        "messages": {name_of(kind): {"$ref": f"#/components/messages/{name_of(kind)}"} for kind in (*CLIENT, *SERVER)},
    }


def _operation(action: str, kinds: tuple[type[Struct], ...]) -> dict[str, Any]:
    return {
        "action": action,
        "channel": {"$ref": _CHANNEL},
        "messages": [{"$ref": f"{_CHANNEL}/messages/{name_of(kind)}"} for kind in kinds],
    }


def _message(kind: type[Struct]) -> dict[str, Any]:
    samples = [sample for sample in (*examples.CLIENT, *examples.SERVER) if type(sample) is kind]
    summary, _, rest = told_of(kind).partition("\n\n")
    return {
        "name": str(kind.__struct_config__.tag),
        "title": name_of(kind),
        "summary": summary,
        **({"description": rest} if rest else {}),
        "payload": {"$ref": f"{BASE}{name_of(kind)}"},
        "examples": [{"payload": msgspec.json.decode(msgspec.json.encode(sample))} for sample in samples],
    }


def _source(code: AnyCode) -> str:
    if isinstance(code, Code):
        return "rules"
    return "room" if isinstance(code, RoomCode) else "gateway"


def _closes() -> list[dict[str, Any]]:
    ours = [
        {"code": close.code, "reason": str(reason), "again": close.again, "sentence": ALL[reason]}
        for reason, close in CLOSES.items()
    ]
    theirs = [{"code": code, "sentence": sentence} for code, sentence in PROTOCOL_CLOSES.items()]
    return sorted([*ours, *theirs], key=lambda close: int(close["code"]))
