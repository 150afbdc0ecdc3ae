"""An example: a hundred matches of agents that take any action they are offered, and how often each role won.

Run it with `python -m server.research.hundred_matches`. It trains nothing; a policy would stand in place of `sample`.
"""

from collections import Counter

from rules.ids import ROLES, Role
from server.research.environment import env
from server.research.observations import part

MATCHES = 100
SCENARIO, SETTING = "first_night", "garrison"
"""The gentlest there is: harder fronts break under random orders nearly always, and then nobody wins."""

SEED = 1941


def wins_by_role(matches: int, seed: int = SEED) -> Counter[Role]:
    """How many of the matches each role won. The same seed plays the same matches."""
    wins: Counter[Role] = Counter()
    table = env(SCENARIO, SETTING)
    for number in range(matches):
        table.reset(seed=seed if number == 0 else None)
        for place, agent in enumerate(table.possible_agents):
            table.action_space(agent).seed(seed + number * len(table.possible_agents) + place)
        for agent in table.agent_iter():
            observation, reward, terminated, truncated, _ = table.last()
            assert observation is not None, "an agent that moves has an observation"
            if terminated or truncated:
                role = ROLES[part(observation["observation"], "role").argmax()]
                wins[role] += reward > 0
                table.step(None)
            else:
                table.step(table.action_space(agent).sample(observation["action_mask"]))
    return wins


def main() -> None:
    """Play, and print a line a role."""
    wins = wins_by_role(MATCHES)
    for role in ROLES:
        print(f"{role:<10}{wins[role]:>4} of {MATCHES}")


if __name__ == "__main__":
    main()
