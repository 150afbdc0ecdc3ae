"""A whole bot: it sits down with the token that a host gave it, and plays anything legal at random, match after match.

python server/gateway/bots/example_bot.py ws://127.0.0.1:8019/ws TOKEN [NICKNAME]

It needs Python 3.11 and `websockets`. `server/gateway/bots.md` explains it; a better bot has another `choose`.
"""

import asyncio
import json
import random
import secrets
import sys
from contextlib import suppress
from random import choice as pick
from typing import Any

from websockets import ConnectionClosed, connect

Json = dict[str, Any]


def merged(old: Any, patch: Any) -> Any:
    """What a JSON merge patch (RFC 7396) makes of a value."""
    if not isinstance(patch, dict):
        return patch
    old = old if isinstance(old, dict) else {}
    new = {key: merged(old.get(key), value) for key, value in patch.items() if value is not None}
    return {key: value for key, value in old.items() if key not in patch} | new


def choose(can: Json) -> list[Json]:
    """The moves of a phase, out of all that `match.can` allows: one of every kind in any order, and then ready."""
    words: list[Json] = [{"type": "speak", "channel": channel} for channel in can.get("speak", ())]
    if "letter" in can and can["letter"]["left"]:
        words.append({"type": "speak", "channel": "letter", "to": pick(can["letter"]["to"])})
    if "wireless" in can and can["wireless"]["left"]:
        words.append({"type": "speak", "channel": "wireless", "book": pick(can["wireless"]["books"])})
    if "sign" in can and can["sign"]["left"]:
        words.append({"type": "sign", "to": pick(can["sign"]["to"])})
    moves = [{**word, "body": {"type": "text", "text": pick(("?", "!", "..."))}} for word in words]
    moves += [pick(can[kind]) for kind in ("use", "answer") if kind in can]  # these are whole moves already
    names = {"phone": "order", "open_envelope": "envelope", "pick": "patron", "demand": "what"}
    for kind, name in {**names, "report": "seat", "denote": "seat"}.items():
        moves += [{"type": kind, name: pick(can[kind])}] if kind in can else []
    if hand := can.get("hand_book"):
        moves.append({"type": "hand_book", "book": pick(hand["books"]), "to": pick(hand["to"])})
    if seal := can.get("seal"):
        moves.append({"type": "seal", "orders": random.choices(seal["orders"], k=seal["slots"])})
    return [*random.sample(moves, len(moves)), {"type": "ready", "ready": True}]


class Bot:
    """What it has been told, and the moves that it has still to make: the first, if any, has been asked for as `id`."""

    def __init__(self, token: str, nickname: str) -> None:
        self.enter: Json = {"type": "enter", "ticket": token, "nickname": nickname, "instance": secrets.token_hex(8)}
        self.document, self.bye, self.moves = Json(), Json(), list[Json]()
        self.phase, self.id, self.number = (0, 0), 1, 0

    def hear(self, message: Json) -> bool:
        """Take in what the server says; whether the first of the moves is to be asked for now, or once more."""
        kind, was_busy = message["type"], bool(self.moves)
        if kind == "welcome":
            self.enter["cursor"] = {"stream": message["stream"], "n": self.number}
            return was_busy
        if kind in ("done", "refused") and message["id"] == self.id:  # refused: an earlier move made it idle
            self.moves, self.id = self.moves[1:], self.id + 1
            return bool(self.moves)
        if kind in ("whole", "change"):
            self.document = message["document"] if kind == "whole" else merged(self.document, message["patch"])
            self.number = self.enter["cursor"]["n"] = message["n"]
            match, matches = self.document.get("match", {}), self.document["table"]["matches"]
            phase, can = (matches, match.get("phase_number", 0)), match.get("can", {})
            if phase != self.phase and can.get("ready") and not match["you"].get("ready"):
                self.phase, self.moves = phase, [*self.moves[:1], *choose(can)]  # those of the last phase are dropped
                return not was_busy
        self.bye = message if kind == "bye" else self.bye
        return kind in ("busy", "unknown")


async def play(url: str, token: str, nickname: str = "Example") -> str:
    """Play until the server says not to come again, whatever breaks meanwhile; the reason that it gave."""
    bot = Bot(token, nickname)
    async for line in connect(url):  # again and again, with a growing delay while nobody answers
        with suppress(ConnectionClosed):
            await line.send(json.dumps(bot.enter))
            async for frame in line:
                if bot.hear(message := json.loads(frame)):
                    await asyncio.sleep(1 if message["type"] in ("busy", "unknown") else 0)
                    command = {"type": "play", "move": bot.moves[0]}
                    await line.send(json.dumps({"type": "do", "id": bot.id, "command": command}))
        if not bot.bye.get("again", True):
            break
        await asyncio.sleep(random.uniform(0.5, 3))
    return str(bot.bye["reason"])


if __name__ == "__main__":
    print(asyncio.run(play(*sys.argv[1:])))
