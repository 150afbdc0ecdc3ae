"""The same match, played by the rules beside the browsers: what each page ought to show, who may hold which secret."""

from collections.abc import Iterator

from rules import commands as c
from rules.decide import close, deal, decide
from rules.evolve import begin, evolve
from rules.forms import Text
from rules.ids import VIEWERS, Seat, Viewer
from rules.project import project
from rules.refusals import Refusal
from rules.scenario import load
from rules.state import State
from rules.view import View


class Mirror:
    """A match by the rules alone, from the same seed as the server's."""

    def __init__(self, seed: str, scenario: str = "nineteenth", setting: str = "front") -> None:
        self.state: State = begin(deal(load(scenario, setting), bytes.fromhex(seed), bytes(32)))

    def play(self, seat: Seat, command: c.SeatCommand) -> None:
        """A seat's command; it must be legal."""
        verdict = decide(self.state, seat, command)
        assert not isinstance(verdict, Refusal), (seat, command, verdict)
        for event in verdict:
            self.state = evolve(self.state, event)

    def close(self) -> None:
        """The phase ends."""
        verdict = close(self.state, c.Close(self.state.phase_number))
        assert not isinstance(verdict, Refusal), verdict
        for event in verdict:
            self.state = evolve(self.state, event)

    def view(self, viewer: Viewer) -> View:
        """What a viewer ought to be shown."""
        return project(self.state, viewer)

    def canaries(self) -> Iterator[tuple[str, frozenset[Viewer]]]:
        """Each secret text that was sent, and who has read it."""
        for place, message in enumerate(self.state.messages):
            if isinstance(message.body, Text) and message.body.text.startswith("kanareyka"):
                yield message.body.text, frozenset(v for v in VIEWERS if place in self.state.papers_of(v))
