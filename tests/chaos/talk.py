"""What a bot of a crowd asks for next: by its document alone, mostly words that bear a mark of their own."""

import itertools
import random
from typing import Any

from server.gateway.bots.example_bot import choose
from tests.chaos.client import Bot

Json = dict[str, Any]
_HUSHED = ("speak", "sign")
MOST_PAPERS = 60
"""More than that is not said in one match, as people would not: a document grows with every word."""


class Talk:
    """Draws commands. A mark is one word, never used twice, that tells nobody anything."""

    def __init__(self, lot: random.Random) -> None:
        self._lot = lot
        self._marks = itertools.count(1)
        self._moves: dict[Bot, list[Json]] = {}
        self._phases: dict[Bot, tuple[int, int]] = {}

    def next(self, bot: Bot, *, is_host: bool, plays: bool = True) -> tuple[Json, bool]:
        """The next command of a bot, and whether the log must have it once it is done. `plays`: not in the lobby."""
        table, match = bot.document["table"], bot.document.get("match", {})
        if table["stage"] == "over":
            return {"type": "rematch"}, False
        if table["stage"] == "lobby":
            return self._in_lobby(table, is_host, plays)
        can = match.get("can", {})
        move = self._owed(bot, (table["matches"], match.get("phase_number", 0)), can)
        if move is None and len(match.get("papers", ())) > MOST_PAPERS:
            move = {"type": "ready", "ready": not match.get("you", {}).get("ready", False)}
        elif move is None:
            channels = can.get("speak") or ["open"]  # not now: a refusal is an answer too
            move = {"type": "speak", "channel": self._lot.choice(channels), "body": self._words()}
        return {"type": "play", "move": move}, move["type"] in _HUSHED

    def _in_lobby(self, table: Json, is_host: bool, plays: bool) -> tuple[Json, bool]:
        everybody = all(place.get("ready") for seat, place in table["seats"].items() if seat != table["host"])
        if is_host and everybody and plays:
            return {"type": "start"}, True
        if is_host or not plays or self._lot.random() < 0.2:
            return {"type": "rename", "nickname": f"Major {next(self._marks)}"}, True
        return {"type": "get_ready", "ready": True}, False

    def _owed(self, bot: Bot, phase: tuple[int, int], can: Json) -> Json | None:
        """One of the moves of this phase, in the end `ready`; None when it is time for words."""
        if self._phases.get(bot) != phase:
            self._phases[bot] = phase
            self._moves[bot] = [self._marked(move) for move in choose(can)] if can else []
        moves = self._moves[bot]
        return moves.pop(0) if moves and self._lot.random() < 0.5 else None

    def _marked(self, move: Json) -> Json:
        return {**move, "body": self._words()} if "body" in move else move

    def _words(self) -> Json:
        return {"type": "text", "text": f"mark{next(self._marks):07}x"}
