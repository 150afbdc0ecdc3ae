"""A match as a PettingZoo environment: the loop of `rules.simulate`, turned from outside one action at a time.

An agent gets what `server.research.observations` makes of its seat's view, never a state. Source: README.md here.
"""

import hashlib
import secrets
from typing import Any, cast

import gymnasium
import numpy as np
from gymnasium import spaces
from numpy.typing import NDArray
from pettingzoo import AECEnv
from pettingzoo.utils import wrappers

from rules import evolve, lots
from rules.commands import Close
from rules.decide import close, deal, decide
from rules.events import Event
from rules.ids import SEATS, WATCHER, Phase, Seat, place_of
from rules.project import project
from rules.refusals import Refusal
from rules.scenario import load
from rules.state import State
from rules.view import View
from server.research.actions import ACTIONS, PASS, command_of, mask_of
from server.research.observations import MOST, SIZE, numbers_of

Observation = dict[str, NDArray[np.int8]]
Action = int | np.integer[Any] | None
"""A row of ACTIONS; None once the match is over."""

ACTIONS_A_PHASE = 8
"""After so many actions in a phase a seat's move ends by itself."""

WIN = 1.0
ILLEGAL = -1.0
"""What `env` gives an agent whose action the mask does not offer; the match ends there, with 0 for the others."""


class IllegalAction(ValueError):
    """An action that the mask does not offer was given to `raw_env`."""


def env(
    scenario: str = "nineteenth", setting: str = "front", render_mode: str | None = None
) -> AECEnv[str, Observation, Action]:
    """The environment in PettingZoo's usual wrappers. Raises UnknownScenario."""
    raw = raw_env(scenario, setting, render_mode)
    legal = wrappers.TerminateIllegalWrapper(raw, illegal_reward=ILLEGAL)
    return wrappers.OrderEnforcingWrapper(wrappers.AssertOutOfBoundsWrapper(legal))


class raw_env(AECEnv[str, Observation, Action]):
    """The environment alone. Agents are named by their call signs; all have the same spaces. Raises UnknownScenario."""

    metadata: dict[str, Any] = {  # noqa: RUF012 - PettingZoo declares it so, and reads it from the class
        "name": "nineteenth_v0",
        "render_modes": ["ansi"],
        "is_parallelizable": False,
    }

    _state: State

    def __init__(self, scenario: str = "nineteenth", setting: str = "front", render_mode: str | None = None) -> None:
        super().__init__()  # type: ignore[no-untyped-call] # PettingZoo left it without types
        self.render_mode = render_mode
        self.possible_agents = [seat.value for seat in SEATS]
        self.agents = []
        self.observation_spaces = {agent: _observation_space() for agent in self.possible_agents}
        self.action_spaces = {agent: spaces.Discrete(len(ACTIONS)) for agent in self.possible_agents}
        self._scenario = load(scenario, setting)
        self._seed: int | None = None
        self._matches = 0
        self._actions = 0
        self._views: dict[Seat, View] = {}

    def observation_space(self, agent: str) -> gymnasium.Space[Observation]:
        """`observation`: (SIZE,), `action_mask`: (161,), both int8."""
        return self.observation_spaces[agent]

    def action_space(self, agent: str) -> gymnasium.Space[Action]:
        """The rows of ACTIONS."""
        return self.action_spaces[agent]

    def reset(self, seed: int | None = None, options: dict[str, Any] | None = None) -> None:
        """Deal a match: the first of this seed, or the next of the last seed. There are no options."""
        if seed is not None or self._seed is None:
            self._seed, self._matches = secrets.randbits(64) if seed is None else int(seed), 0
        self._begin(match_seed(self._seed, self._matches))
        self._matches += 1
        self.agents = self.possible_agents[:]
        self.agent_selection = self.agents[0]
        self.rewards = dict.fromkeys(self.agents, 0.0)
        self._cumulative_rewards = dict.fromkeys(self.agents, 0.0)
        self.terminations = dict.fromkeys(self.agents, False)
        self.truncations = dict.fromkeys(self.agents, False)
        self.infos = {agent: {} for agent in self.agents}

    def observe(self, agent: str) -> Observation:
        """What this seat sees now, whosever move it is."""
        view = self._view(Seat(agent))
        return {"observation": numbers_of(view), "action_mask": mask_of(view)}

    def step(self, action: Action) -> None:
        """The selected seat's action. Raises IllegalAction."""
        agent = self.agent_selection
        if self.terminations[agent]:
            self._was_dead_step(action)
            return
        self._cumulative_rewards[agent] = 0.0
        self._obey(Seat(agent), action)
        self._actions += 1
        if action == PASS or self._actions == ACTIONS_A_PHASE:
            self._end_move(Seat(agent))
        self._accumulate_rewards()

    def render(self) -> str | None:
        """What every watcher sees, as a few lines."""
        if self.render_mode is None:
            gymnasium.logger.warn("There is nothing to render without a render_mode.")
            return None
        return public_text(project(self._state, WATCHER))

    def close(self) -> None:
        """Nothing is held open."""

    def _begin(self, seed: bytes) -> None:
        self._state = evolve.begin(deal(self._scenario, seed, lots.draw(seed, "research salt", 0)))
        self._views.clear()
        self._actions = 0

    def _view(self, seat: Seat) -> View:
        if seat not in self._views:
            self._views[seat] = project(self._state, seat)
        return self._views[seat]

    def _obey(self, seat: Seat, action: Action) -> None:
        view = self._view(seat)
        if action is None or action not in np.flatnonzero(mask_of(view)):
            raise IllegalAction(f"{seat} is not offered {action}")
        self._fold(decide(self._state, seat, command_of(int(action), view)))

    def _end_move(self, seat: Seat) -> None:
        """The next seat's move begins; after the last one the clock ends the phase."""
        self._actions = 0
        following = (place_of(seat) + 1) % len(SEATS)
        self.agent_selection = self.possible_agents[following]
        if following == 0:
            self._fold(close(self._state, Close(self._state.phase_number)))
        if self._state.phase is Phase.FINISHED:
            self._judge()

    def _judge(self) -> None:
        judgement = self._state.judgement
        assert judgement is not None, "a match that was played to its end was judged"
        self.rewards = {verdict.seat.value: WIN if verdict.won else 0.0 for verdict in judgement.verdicts}
        self.terminations = dict.fromkeys(self.agents, True)

    def _fold(self, answer: tuple[Event, ...] | Refusal) -> None:
        assert not isinstance(answer, Refusal), "the rules refuse nothing that a view offers"
        for event in answer:
            self._state = evolve.evolve(self._state, event)
        self._views.clear()


def match_seed(seed: int, number: int) -> bytes:
    """The 32 bytes of a match: the one of this number, from 0, since the reset with that seed."""
    return hashlib.sha256(f"nineteenth:{seed}:{number}".encode()).digest()


def public_text(view: View) -> str:
    """A match in a few lines of English, as a watcher sees it."""
    lines = [f"Turn {view.turn} of {view.scenario.turns}, {view.phase}."]
    if view.directive is not None:
        lines.append(f"Moscow: {' '.join(filter(None, (view.directive.kind, view.directive.sector)))}.")
    front = (f"{sector} {here.ground}/{here.ground_at_start} ({here.regiments})" for sector, here in view.front.items())
    lines.append(f"Ground (regiments): {', '.join(front)}.")
    officers = (f"{seat} {o.suspicion}{' in the Room' if o.in_room else ''}" for seat, o in view.officers.items())
    lines.append(f"Suspicion: {', '.join(officers)}.")
    if view.file is not None:
        won = [f"{verdict.seat} ({verdict.role})" for verdict in view.file.judgement.verdicts if verdict.won]
        lines.append(f"The front is {view.judgement}. Won: {', '.join(won) or 'nobody'}.")
    return "\n".join(lines)


def _observation_space() -> gymnasium.Space[Observation]:
    space = spaces.Dict(
        {
            "observation": spaces.Box(0, MOST, (SIZE,), np.int8),
            "action_mask": spaces.Box(0, 1, (len(ACTIONS),), np.int8),
        }
    )
    # Gymnasium declares what such a space holds as a dictionary of spaces; it holds their elements.
    return cast("gymnasium.Space[Observation]", space)
