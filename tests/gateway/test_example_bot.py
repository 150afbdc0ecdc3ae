"""The example bot by itself: it folds and asks again as the contract says, and what it asks for is legal."""

import json
import random
from collections.abc import Iterator
from functools import reduce
from typing import Any, get_args

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from rules.commands import Close, SeatCommand
from rules.decide import close, deal, decide
from rules.evolve import begin, evolve
from rules.ids import SEATS, Phase
from rules.project import project
from rules.refusals import Refusal
from rules.scenario import load
from server.gateway.bots.example_bot import Bot, choose, merged
from tests.gateway import guests

VALUES = st.recursive(
    st.none() | st.integers(0, 2) | st.lists(st.integers(0, 2), max_size=2),
    lambda inner: st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=8,
)
WELCOME = {"type": "welcome", "as": "seat", "now": 0, "stream": "s", "resumed": False, "seat": "luna"}


def told(phase: int, n: int, **more: Any) -> dict[str, Any]:
    match = {"phase_number": phase, "can": {"ready": True, **more}, "you": {}}
    return {"type": "whole", "n": n, "document": {"table": {"matches": 1}, "match": match}}


@given(VALUES, VALUES)
def test_it_folds_as_rfc_7396_says(target: Any, patch: Any) -> None:
    before = json.dumps(target)
    assert merged(target, patch) == guests.merged(target, patch)
    assert json.dumps(target) == before


def moves_of_a_match(setting: str, scenario: str, deal_number: int) -> Iterator[str]:
    """Five example bots play; what kinds of moves they make. Each is legal when its time comes."""
    random.seed(deal_number)
    state = begin(deal(load(scenario, setting), bytes([deal_number]) * 32, bytes(32)))
    while state.phase is not Phase.FINISHED:
        for seat in SEATS:
            view = msgspec.json.decode(msgspec.json.encode(project(state, seat)))
            for chosen in choose(view["can"]):
                answer = decide(state, seat, msgspec.convert(chosen, SeatCommand))  # type: ignore[arg-type]
                assert not isinstance(answer, Refusal), (answer, chosen)
                state = reduce(evolve, answer, state)
                yield chosen["type"]
        ended = close(state, Close(state.phase_number))
        assert not isinstance(ended, Refusal)
        state = reduce(evolve, ended, state)


def test_what_it_chooses_is_legal_and_of_every_kind_that_there_is() -> None:
    kinds = {kind for number in range(5) for kind in moves_of_a_match("front", "nineteenth", number)}
    kinds |= {kind for number in range(5) for kind in moves_of_a_match("garrison", "first_night", number)}
    assert kinds == {kind.__struct_config__.tag for kind in get_args(SeatCommand)}


def test_it_asks_one_thing_at_a_time_and_again_under_the_same_id() -> None:
    bot = Bot("token", "Example")
    assert not bot.hear(WELCOME)
    assert bot.hear(told(1, 5, speak=["open"]))
    assert (bot.id, bot.moves[0]["type"], bot.moves[-1]) == (1, "speak", {"type": "ready", "ready": True})
    assert bot.hear({"type": "busy", "id": 1, "retry_ms": 400})
    assert bot.hear({"type": "unknown", "id": 1})
    assert bot.hear(WELCOME)  # the line broke before the answer came
    assert (bot.id, bot.enter["cursor"]) == (1, {"stream": "s", "n": 5})
    assert bot.hear({"type": "done", "id": 1})
    assert not bot.hear({"type": "done", "id": 1})
    assert not bot.hear({"type": "refused", "id": 2, "code": "wrong_phase"})
    assert bot.moves == []


def test_it_plans_each_phase_once_and_drops_what_was_left_of_the_last_but_what_is_on_its_way() -> None:
    bot = Bot("token", "Example")
    bot.hear(WELCOME)
    assert bot.hear(told(1, 1, speak=["open"], seal={"slots": 1, "orders": [{"kind": "hold", "sector": "rail"}]}))
    on_its_way = bot.moves[0]
    assert not bot.hear(told(1, 2, speak=["open"]))
    assert not bot.hear(told(2, 3))
    assert bot.moves == [on_its_way, {"type": "ready", "ready": True}]
