"""Play the match of Sokol against four strategists again, and keep it: `python -m tests.rules.played.record`.

To be run whenever the bots or the numbers have changed on purpose; the transcript then shows what became of the talk.
"""

from pathlib import Path

from rules.codec import encode_events
from rules.ids import SEATS, Seat
from rules.lots import draw
from rules.players import strategist
from rules.scenario import load
from rules.simulate import Played, play
from tests.rules.played import human
from tests.rules.played.transcript import transcript

HERE = Path(__file__).parent
LOG, TOLD = HERE / "sokol-and-four-strategists.json", HERE / "sokol-and-four-strategists.txt"
SEED = draw(b"played", "sokol and four strategists", 5)


def played() -> Played:
    """The match, played now."""
    return play(load(), SEED, {**dict.fromkeys(SEATS, strategist.act), Seat.SOKOL: human.act})


def main() -> None:
    """Write the log and its transcript."""
    events = played().events
    LOG.write_bytes(encode_events(events))
    TOLD.write_text(transcript(events), encoding="utf-8")


if __name__ == "__main__":
    main()
