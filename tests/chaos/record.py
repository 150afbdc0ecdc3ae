"""What a bot writes down for the oracle: each command with its answer, each frame by its digest, each lost line."""

from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any


@dataclass(slots=True)
class Asked:
    """One command. Times are seconds of this process's clock. `answer`: done, or the code that refused it.

    `troubles`: how often it was answered busy or unknown.
    `is_sure`: it changes something whenever it is done, so the log has to have it.
    """

    id: int
    command: dict[str, Any]
    sent: float
    is_sure: bool
    answered: float = 0.0
    answer: str = ""
    tries: int = 0
    troubles: int = 0
    retry_seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Frame:
    """One numbered frame. `is_whole`: a document; else a change."""

    stream: str
    n: int
    is_whole: bool
    digest: bytes


@dataclass(slots=True)
class Record:
    """Everything of one bot. `away`: for each lost line, how many seconds until the bot was shown the room again."""

    asked: list[Asked] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)
    away: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    resets: int = 0
    closes: list[str] = field(default_factory=list)

    def acked(self) -> list[Asked]:
        """The commands that were answered `done`."""
        return [asked for asked in self.asked if asked.answer == "done"]


def digest(body: bytes) -> bytes:
    """The digest of a document or patch as it was sent."""
    return blake2b(body, digest_size=12).digest()
