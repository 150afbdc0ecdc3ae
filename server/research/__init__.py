"""The game for researchers: a PettingZoo environment over the rules. Beside the loop; README.md here is its manual."""

from server.research.environment import env, raw_env

__all__ = ["env", "raw_env"]
