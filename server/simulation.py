"""Many matches without clock, store or people, and how they ended. Beside the loop: it turns the rules by itself.

It must not know a rule; what it counts are the judgements of finished matches. Source: the rulebook, "Balance".
"""

import hashlib
import pkgutil
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from importlib import import_module

import rules.players
from rules.ids import ROLES, SEATS, Front
from rules.scenario import load
from rules.simulate import Player, play
from rules.state import Judgement

Share = tuple[str, str, float]
"""What was counted, of which kind, and its share of the matches from 0 to 1."""

_BATCH = 25


def players() -> list[str]:
    """The names of the players that may take the seats."""
    return sorted(module.name for module in pkgutil.iter_modules(rules.players.__path__) if _has_act(module.name))


def simulate(matches: int, player: str, scenario: str, setting: str, seed: str) -> list[Share]:
    """Play `matches` matches with `player` in all five seats, on every processor, and count how they ended.

    The same `seed`, any words, gives the same matches. Raises UnknownScenario for a name that is not one.
    """
    load(scenario, setting)  # a wrong name is told before any process starts
    one = partial(_judgement, player, scenario, setting)
    seeds = (hashlib.sha256(f"{seed}:{number}".encode()).digest() for number in range(matches))
    with ProcessPoolExecutor() as pool:
        counted = Counter(what for judgement in pool.map(one, seeds, chunksize=_BATCH) for what in _figures(judgement))
    return [(kind, name, counted[kind, name] / matches) for kind, name in _all_figures()]


def _has_act(name: str) -> bool:
    return hasattr(import_module(f"rules.players.{name}"), "act")


def _judgement(player: str, scenario: str, setting: str, seed: bytes) -> Judgement:
    act: Player = import_module(f"rules.players.{player}").act
    judgement = play(load(scenario, setting), seed, dict.fromkeys(SEATS, act)).state.judgement
    assert judgement is not None, "a match that was played to its end was judged"
    return judgement


def _figures(judgement: Judgement) -> Iterator[tuple[str, str]]:
    yield "front", judgement.front
    winners = [verdict for verdict in judgement.verdicts if verdict.won]
    if not winners:
        yield "matches", "without a winner"
    for verdict in winners:
        yield "wins of a role", verdict.role
        yield "wins of a seat", verdict.seat


def _all_figures() -> Iterator[tuple[str, str]]:
    yield from (("front", front) for front in Front)
    yield from (("wins of a role", role) for role in ROLES)
    yield from (("wins of a seat", seat) for seat in SEATS)
    yield "matches", "without a winner"
